"""The authorization server's parts over one credential in memory, by the machine's clock."""

import secrets
import time
from collections import Counter

from msgspec.structs import replace

from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.client_secrets import ClientSecret, SecretHasher
from chalicelib.credentials.credential import Credential, StoredSecret, Use
from chalicelib.credentials.last_use import LastUses
from chalicelib.credentials.refusals import Refusals
from chalicelib.oauth.access_tokens import AccessTokens
from chalicelib.oauth.client_assertions import ClientAssertions
from chalicelib.oauth.client_authentication import ClientAuthentication, PresentedSecret
from chalicelib.oauth.dpop import DPoPProofs
from chalicelib.oauth.exchange_limits import ExchangeLimits
from chalicelib.oauth.token_cache import TokenCache
from chalicelib.oauth.token_validation import TokenValidation
from chalicelib.security_profiles import SecurityProfileName, SecurityProfiles
from chalicelib.settings import Argon2Settings
from chalicelib.signing_keys.keys import KeyRing
from tests.support.client_key import TOKEN_ENDPOINT
from tests.support.credentials import CREDENTIAL, TENANT
from tests.support.readers_in_memory import CredentialReaderInMemory
from tests.support.tenant_lab import KEY_RING
from tests.support.token_records_in_memory import ReplayGuardInMemory, RevokedTokensInMemory, SecretDigestsInMemory

ISSUER = "https://credentials.example.com"
API, REPORTS = "https://api.example.com", "https://reports.example.com"
AUDIENCES = (API, REPORTS)


class NoHashWriter:
    """Hashes here are of today's cost: nobody writes one anew."""

    def replace_hash(self, client_id: str, secret_id: str, old: StoredSecret, new: StoredSecret) -> None:
        raise NotImplementedError


class LastUseWriterInMemory:
    """``written``: what was written of whom; raises ``error`` instead, where there is one."""

    def __init__(self) -> None:
        self.written: list[tuple[str, str, Use, int]] = []
        self.error: Exception | None = None

    def write(self, credential: Credential, used: str, use: Use, due: int) -> None:
        if self.error is not None:
            raise self.error
        self.written.append((credential.client_id, used, use, due))


class RefusalWriterInMemory:
    """``written``: the events; raises ``error`` instead, where there is one."""

    def __init__(self) -> None:
        self.written: list[AuditEvent] = []
        self.error: Exception | None = None

    def write(self, event: AuditEvent, reason: str, until: int) -> None:
        if self.error is not None:
            raise self.error
        self.written.append(event)


class ExchangeCounterInMemory:
    """``counts``: by counter; raises ``error`` instead, where there is one. ``calls``: how often it was asked."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.calls = 0
        self.error: Exception | None = None

    def add(self, counter_id: str, limit: int, until: int) -> None:
        self.calls += 1
        if self.error is not None:
            raise self.error
        if self.counts[counter_id] >= limit:
            raise Superseded
        self.counts[counter_id] += 1


class OAuthLab:
    """``client`` is the credential's client with its right secret; ``reader.credential`` is for a test to change.

    ``profile`` is the deployment's; ``keys`` sign and verify its tokens.
    """

    def __init__(self, profile: SecurityProfileName | None = None, keys: KeyRing = KEY_RING) -> None:
        profiles = SecurityProfiles(profile)
        hasher = SecretHasher(Argon2Settings(memory_kib=8, time_cost=1, parallelism=1), secrets.token_bytes)
        secret = ClientSecret.generate(secrets.token_bytes)
        stored = StoredSecret(hash=hasher.hash(secret), hint=secret.hint, created_at=0)
        credential = replace(CREDENTIAL, secrets={secret.secret_id: stored}, scopes=("a", "b"))
        self.replay = replay = ReplayGuardInMemory()
        self.revoked = RevokedTokensInMemory()
        self.reader = CredentialReaderInMemory(credential, TENANT, self.revoked.until)
        self.tokens = AccessTokens(keys, profiles, ISSUER, 900)
        self.token_cache = TokenCache(self.tokens, keys, 60)
        self.validation = TokenValidation(self.tokens, self.reader, profiles)
        self.proofs = DPoPProofs(replay)
        self.use_writer = LastUseWriterInMemory()
        self.refusals = Refusals(RefusalWriterInMemory(), 3600)
        self.limits = ExchangeLimits(ExchangeCounterInMemory(), self.refusals, 0, 0)
        self.uses = LastUses(self.use_writer, 900)
        self.clients = ClientAuthentication(
            self.reader,
            NoHashWriter(),
            SecretDigestsInMemory(),
            hasher,
            ClientAssertions(ISSUER, frozenset({ISSUER, TOKEN_ENDPOINT}), replay),
            self.refusals,
            profiles,
            time.time,
        )
        self.client = PresentedSecret(
            method="client_secret_basic", client_id=credential.client_id, client_secret=secret.reveal()
        )
        self.wrong_client = PresentedSecret(
            method="client_secret_basic",
            client_id=credential.client_id,
            client_secret=ClientSecret.generate(secrets.token_bytes).reveal(),
        )

    def token(self, audience: str = API, jkt: str | None = None, credential: Credential | None = None) -> str:
        return self.tokens.issue(credential or self.reader.credential, ("a",), audience, jkt).token
