"""The console's zone: it changes credentials, and has neither a signing key nor a token."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib import tables
from chalicelib.aws.stores.audit_event_reader import DynamoDBAuditEventReader
from chalicelib.aws.stores.credential_reader import DynamoDBCredentialReader
from chalicelib.aws.stores.credential_writer import DynamoDBCredentialWriter
from chalicelib.aws.stores.expiry_notice_store import DynamoDBCredentialDirectory, DynamoDBNoticeWriter
from chalicelib.aws.stores.key_schedule_store import DynamoDBKeyScheduleReader
from chalicelib.aws.stores.revocation_writer import DynamoDBRevocationWriter
from chalicelib.aws.stores.sweep_store import DynamoDBSweepStore
from chalicelib.aws.stores.token_record_store import DynamoDBIdempotencyRecords
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.aws.sweep_starter import LambdaSweepStarter
from chalicelib.clock import Clock, Sleep
from chalicelib.console.console_files import ConsoleFiles
from chalicelib.credentials.audit_trail import AuditTrail
from chalicelib.credentials.client_secrets import SecretHasher
from chalicelib.credentials.credential_changes import CredentialChanges
from chalicelib.credentials.credential_list import CredentialList
from chalicelib.credentials.credential_service import CredentialService
from chalicelib.credentials.expiry_notices import ExpiryNotices
from chalicelib.credentials.identifiers import Random
from chalicelib.credentials.ports import SweepStarter
from chalicelib.credentials.profile_rules import ProfileRules
from chalicelib.credentials.revocation import RevocationService
from chalicelib.credentials.sweep import Sweeper
from chalicelib.security_profiles import SecurityProfiles
from chalicelib.settings import Settings
from chalicelib.signing_keys.signing_algorithm import ScheduledAlgorithm
from chalicelib.wiring.clients import AwsClients

if TYPE_CHECKING:
    from chalicelib.console.console_users import ConsoleUsers


class ConsoleZone:
    def __init__(
        self,
        settings: Settings,
        clients: AwsClients,
        starter: SweepStarter | None,
        clock: Clock,
        sleep: Sleep,
        random: Random,
    ) -> None:
        self._settings = settings
        self._clients = clients
        self._starter = starter
        self._clock = clock
        self._sleep = sleep
        self._random = random

    @cached_property
    def users(self) -> "ConsoleUsers":
        from chalicelib.console.console_users import ConsoleUsers  # here: only sign-ins need an HTTP client

        return ConsoleUsers(self._settings.oidc)

    @cached_property
    def files(self) -> ConsoleFiles:
        return ConsoleFiles(Path(__file__).parents[1] / "console_assets")

    @cached_property
    def credentials(self) -> CredentialService:
        return CredentialService(
            self._reader,
            self._writer,
            self._records,
            SecretHasher(self._settings.argon2, self._random),
            self._profiles,
            self._settings.grantable_scopes,
            self._settings.default_scopes,
            self._settings.longest_credential_life,
            self._settings.most_credentials,
            self._clock,
            self._random,
        )

    @cached_property
    def credential_list(self) -> CredentialList:
        return CredentialList(self._reader, self._settings.expiring, self._clock)

    @cached_property
    def changes(self) -> CredentialChanges:
        return CredentialChanges(
            self._reader,
            self._writer,
            self._profiles,
            self._settings.grantable_scopes,
            self._settings.longest_credential_life,
            self._clock,
            self._random,
        )

    @cached_property
    def revocations(self) -> RevocationService:
        writer = DynamoDBRevocationWriter(
            self._clients.dynamodb, self._settings.tables[tables.TENANTS], self._transactions, self._sleep
        )
        return RevocationService(self._reader, writer, self._records, self.sweeper, self._clock, self._random)

    @cached_property
    def sweeper(self) -> Sweeper:
        store = DynamoDBSweepStore(self._clients.dynamodb, self._settings.tables, self._transactions, self._sleep)
        starter, function = self._starter, self._settings.sweep_function_name
        if starter is None and function is not None:
            starter = LambdaSweepStarter(self._clients.lambda_, function)
        return Sweeper(self._reader, store, starter, self._clock, self._random)

    @cached_property
    def expiry_notices(self) -> ExpiryNotices:
        return ExpiryNotices(
            DynamoDBCredentialDirectory(self._clients.dynamodb, self._settings.tables[tables.CREDENTIALS]),
            self._reader,
            self._records,
            DynamoDBNoticeWriter(self._transactions),
            self._settings.expiry_notice_days,
            self._clock,
            self._random,
        )

    @cached_property
    def audit_trail(self) -> AuditTrail:
        return AuditTrail(DynamoDBAuditEventReader(self._clients.dynamodb, self._settings.tables[tables.AUDIT_EVENTS]))

    @cached_property
    def _profiles(self) -> ProfileRules:
        schedule = DynamoDBKeyScheduleReader(self._clients.dynamodb, self._settings.tables[tables.TENANTS])
        profiles = SecurityProfiles(self._settings.security_profile)
        return ProfileRules(profiles, ScheduledAlgorithm(schedule, self._clock))

    @cached_property
    def _reader(self) -> DynamoDBCredentialReader:
        return DynamoDBCredentialReader(self._clients.dynamodb, self._settings.tables, self._sleep)

    @cached_property
    def _writer(self) -> DynamoDBCredentialWriter:
        return DynamoDBCredentialWriter(self._clients.dynamodb, self._settings.tables, self._transactions, self._sleep)

    @cached_property
    def _records(self) -> DynamoDBIdempotencyRecords:
        return DynamoDBIdempotencyRecords(
            self._clients.dynamodb, self._settings.tables[tables.TOKEN_RECORDS], self._clock
        )

    @cached_property
    def _transactions(self) -> Transactions:
        return Transactions(self._clients.dynamodb, self._settings.tables, self._settings.audit_retention, self._sleep)
