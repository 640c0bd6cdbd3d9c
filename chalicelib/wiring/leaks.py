"""The zone of leaked secrets: it ends what it is shown, finds nothing by itself, and neither lists nor signs."""

from functools import cached_property
from typing import TYPE_CHECKING

from chalicelib import tables
from chalicelib.aws.stores.answered_report_store import DynamoDBAnsweredReports
from chalicelib.aws.stores.credential_reader import DynamoDBCredentialReader
from chalicelib.aws.stores.leak_store import DynamoDBLeakWriter, DynamoDBSecretDigestReader
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.clock import Clock, Sleep
from chalicelib.credentials.identifiers import Random
from chalicelib.credentials.leaked_secrets import LeakedSecrets
from chalicelib.credentials.presented_secrets import PresentedSecrets
from chalicelib.errors import ReportsNotTaken
from chalicelib.settings import Settings
from chalicelib.wiring.clients import AwsClients

if TYPE_CHECKING:
    from chalicelib.secret_scanning.github_reports import GithubReports


class LeaksZone:
    def __init__(self, settings: Settings, clients: AwsClients, clock: Clock, sleep: Sleep, random: Random) -> None:
        self._settings = settings
        self._clients = clients
        self._clock = clock
        self._sleep = sleep
        self._random = random

    @cached_property
    def presented(self) -> PresentedSecrets:
        return PresentedSecrets(self._leaked.report, self._sleep)

    def require_github_reports(self) -> "GithubReports":
        """Raises ReportsNotTaken where the operator has not named the type of the secrets."""
        if self._settings.github_secret_type is None:
            raise ReportsNotTaken
        return self._github_reports

    @cached_property
    def _github_reports(self) -> "GithubReports":
        from chalicelib.secret_scanning.github_keys import github_keys  # here: most requests need no HTTP client
        from chalicelib.secret_scanning.github_reports import GithubReports

        settings = self._settings
        answered = DynamoDBAnsweredReports(self._clients.dynamodb, settings.tables[tables.TOKEN_RECORDS], self._sleep)
        keys = github_keys(settings.github_keys_url)
        return GithubReports(keys, answered, self._leaked.report, settings.github_secret_type or "", self._clock)

    @cached_property
    def _leaked(self) -> LeakedSecrets:
        settings, dynamodb = self._settings, self._clients.dynamodb
        transactions = Transactions(dynamodb, settings.tables, settings.audit_retention, self._sleep)
        return LeakedSecrets(
            DynamoDBSecretDigestReader(dynamodb, settings.tables[tables.TOKEN_RECORDS], self._sleep),
            DynamoDBCredentialReader(dynamodb, settings.tables, self._sleep),
            DynamoDBLeakWriter(settings.tables, transactions),
            settings.leaked_secret_consequence,
            self._clock,
            self._random,
        )
