"""Who gets what. ``build`` makes the services of one execution environment; each part is made when it is first used."""

import secrets
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from chalicelib import tables
from chalicelib.aws.kms import KmsKeys
from chalicelib.aws.stores.audit_event_store import DynamoDBAuditEventStore
from chalicelib.aws.stores.credential_store import DynamoDBCredentialStore
from chalicelib.aws.stores.dynamodb import Database, Tables
from chalicelib.aws.stores.key_schedule_store import DynamoDBKeyScheduleStore
from chalicelib.aws.stores.revocation_store import DynamoDBRevocationStore
from chalicelib.aws.stores.token_record_store import DynamoDBTokenRecordStore
from chalicelib.aws.sweep_starter import LambdaSweepStarter
from chalicelib.aws.transport.clients import DYNAMODB, KMS, AwsSession, LeanDynamoDBClient, LeanKmsClient
from chalicelib.console.console_files import ConsoleFiles
from chalicelib.credentials.audit import AuditService
from chalicelib.credentials.client_secrets import SecretHasher
from chalicelib.credentials.identifiers import tenant_key
from chalicelib.credentials.revocation import RevocationService, SweepStarter
from chalicelib.credentials.service import CredentialService
from chalicelib.oauth.access_tokens import AccessTokens
from chalicelib.oauth.client_assertions import ClientAssertions
from chalicelib.oauth.client_authentication import ClientAuthentication
from chalicelib.oauth.client_credentials_grant import Exchange, TokenIssuer
from chalicelib.oauth.dpop import DPoPProofs
from chalicelib.oauth.introspection import Introspection, TokenRevocation
from chalicelib.oauth.protected_resource import ProtectedResource
from chalicelib.oauth.server_metadata import TOKEN_PATH, ServerMetadata, server_metadata
from chalicelib.oauth.status_list import StatusLists
from chalicelib.oauth.token_cache import ReusedTokens
from chalicelib.oauth.token_validation import LiveTokens
from chalicelib.settings import Settings
from chalicelib.signing_keys.jws import JwtSigner
from chalicelib.signing_keys.key_operations import KeyOperations
from chalicelib.signing_keys.key_ring import ScheduledKeyRing
from chalicelib.signing_keys.keys import KeyRing

if TYPE_CHECKING:
    from botocore.config import Config
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_lambda import LambdaClient

    from chalicelib.console.console_users import ConsoleUsers


class Services:
    """The services of one execution environment, and the clients and stores behind them."""

    def __init__(self, settings: Settings, environ: Mapping[str, str]) -> None:
        self.settings = settings
        self._environ = environ

    # boto3 for what console users do, imported when it is needed, since it takes 100 ms. For what programs wait for,
    # clients that are ready at once and cost a quarter.

    @cached_property
    def dynamodb(self) -> "DynamoDBClient":
        import boto3

        return boto3.client("dynamodb", config=_boto3_config())

    @cached_property
    def lambda_(self) -> "LambdaClient":
        import boto3

        return boto3.client("lambda", config=_boto3_config())

    @cached_property
    def aws_session(self) -> AwsSession:
        return AwsSession(self._environ)

    @cached_property
    def token_dynamodb(self) -> "DynamoDBClient":
        return cast("DynamoDBClient", LeanDynamoDBClient(self.aws_session.client(DYNAMODB)))

    @cached_property
    def token_kms(self) -> "KMSClient":
        return cast("KMSClient", LeanKmsClient(self.aws_session.client(KMS)))

    @cached_property
    def tables(self) -> Tables:
        return Tables(
            tenants=self.settings.tables[tables.TENANTS],
            credentials=self.settings.tables[tables.CREDENTIALS],
            audit_events=self.settings.tables[tables.AUDIT_EVENTS],
        )

    @cached_property
    def database(self) -> Database:
        return Database(self.dynamodb, self.tables, self.settings.audit_retention)

    @cached_property
    def token_database(self) -> Database:
        return Database(self.token_dynamodb, self.tables, self.settings.audit_retention)

    @cached_property
    def credential_store(self) -> DynamoDBCredentialStore:
        return DynamoDBCredentialStore(self.database)

    @cached_property
    def token_credential_store(self) -> DynamoDBCredentialStore:
        return DynamoDBCredentialStore(self.token_database)

    @cached_property
    def revocation_store(self) -> DynamoDBRevocationStore:
        return DynamoDBRevocationStore(self.database)

    @cached_property
    def hasher(self) -> SecretHasher:
        return SecretHasher(self.settings.argon2, secrets.token_bytes)

    @cached_property
    def key_schedule_store(self) -> DynamoDBKeyScheduleStore:
        return DynamoDBKeyScheduleStore(self.token_database)

    @cached_property
    def kms_keys(self) -> KmsKeys:
        return KmsKeys(self.token_kms, self.settings.rsa_algorithm)

    @cached_property
    def key_ring(self) -> KeyRing:
        return ScheduledKeyRing(self.key_schedule_store, self.kms_keys, self.settings.signing_key_id)

    @cached_property
    def key_operations(self) -> KeyOperations:
        return KeyOperations(self.key_schedule_store, self.kms_keys, self.settings.signing_key_id)

    @cached_property
    def access_tokens(self) -> AccessTokens:
        return AccessTokens(
            self.key_ring,
            self.settings.issuer,
            self.settings.access_token_lifetime,
            self.status_lists if self.settings.status_list_ttl else None,
        )

    @cached_property
    def token_records(self) -> DynamoDBTokenRecordStore:
        return DynamoDBTokenRecordStore(self.token_dynamodb, self.settings.tables[tables.TOKEN_RECORDS])

    @cached_property
    def dpop_proofs(self) -> DPoPProofs:
        return DPoPProofs(self.token_records)

    @cached_property
    def clients(self) -> ClientAuthentication:
        # RFC 7523 §3: its token endpoint may name the server, too. Libraries use either.
        names = frozenset({self.settings.issuer, self.settings.issuer + TOKEN_PATH})
        return ClientAuthentication(
            self.token_credential_store, self.hasher, ClientAssertions(names, self.token_records)
        )

    @cached_property
    def status_lists(self) -> StatusLists:
        signer = JwtSigner(self.key_ring)
        return StatusLists(self.token_credential_store, signer, self.settings.issuer, self.settings.status_list_ttl)

    @cached_property
    def sweep_starter(self) -> SweepStarter | None:
        name = self.settings.sweep_function_name
        return None if name is None else LambdaSweepStarter(self.lambda_, name)

    @cached_property
    def credentials(self) -> CredentialService:
        return CredentialService(self.credential_store, self.hasher, self.settings.scopes, self.settings.default_scopes)

    @cached_property
    def revocations(self) -> RevocationService:
        return RevocationService(self.credential_store, self.revocation_store, self.sweep_starter)

    @cached_property
    def audit(self) -> AuditService:
        return AuditService(DynamoDBAuditEventStore(self.database))

    @cached_property
    def token_issuer(self) -> TokenIssuer:
        if not self.settings.token_reuse:
            return self.access_tokens
        return ReusedTokens(self.access_tokens, self.key_ring, self.token_records, self.settings.token_reuse)

    @cached_property
    def exchange(self) -> Exchange:
        return Exchange(
            self.clients,
            self.dpop_proofs,
            self.token_issuer,
            self.settings.audiences,
            self.settings.issuer + TOKEN_PATH,
        )

    @cached_property
    def introspection(self) -> Introspection:
        vendor = frozenset(tenant_key(claim) for claim in self.settings.vendor_tenants)
        return Introspection(self.clients, self.live_tokens, self.settings.audiences, vendor)

    @cached_property
    def token_revocation(self) -> TokenRevocation:
        return TokenRevocation(self.clients, self.access_tokens, self.token_records, self.settings.audiences)

    @cached_property
    def server_metadata(self) -> ServerMetadata:
        return server_metadata(self.settings.issuer, tuple(self.settings.scopes))

    @cached_property
    def live_tokens(self) -> LiveTokens:
        return LiveTokens(self.access_tokens, self.token_credential_store, self.token_records)

    @cached_property
    def protected_resource(self) -> ProtectedResource:
        # An answer that is kept lets the next request in without a look at its proof.
        proofs = None if self.settings.authorizer_cache else self.dpop_proofs
        return ProtectedResource(self.live_tokens, proofs, self.settings.audiences[0])

    @cached_property
    def console_files(self) -> ConsoleFiles:
        return ConsoleFiles(Path(__file__).parents[1] / "console_assets")

    @cached_property
    def console_users(self) -> "ConsoleUsers":
        from chalicelib.console.console_users import ConsoleUsers  # here, for what it imports to verify sign-ins

        return ConsoleUsers(self.settings.oidc)


def build(environ: Mapping[str, str], **replacements: object) -> Services:
    """The services for these variables; ``replacements``, by attribute name, stand in for what would be built.

    Raises SettingsError.
    """
    services = Services(Settings.from_env(environ), environ)
    vars(services).update(replacements)
    return services


def _boto3_config() -> "Config":
    from botocore.config import Config

    # One slow call must not eat the time of the request: two more tries fit into API Gateway's 29 seconds.
    return Config(
        connect_timeout=1,
        read_timeout=3,
        retries={"mode": "standard", "total_max_attempts": 3},
        max_pool_connections=32,
        tcp_keepalive=True,
    )
