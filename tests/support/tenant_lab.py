"""One tenant of the real services over a DynamoDB of the test's choice, whose operations write a history."""

import base64
import contextlib
import itertools
import random
import secrets
import threading
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from jwt.algorithms import ECAlgorithm
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.audit_event_reader import DynamoDBAuditEventReader
from chalicelib.aws.stores.credential_reader import DynamoDBCredentialReader
from chalicelib.aws.stores.credential_writer import DynamoDBCredentialWriter
from chalicelib.aws.stores.exchange_counter import DynamoDBExchangeCounter
from chalicelib.aws.stores.last_use_writer import DynamoDBLastUseWriter
from chalicelib.aws.stores.refusal_writer import DynamoDBRefusalWriter
from chalicelib.aws.stores.revocation_writer import DynamoDBRevocationWriter
from chalicelib.aws.stores.secret_digest_rows import DynamoDBSecretDigestWriter
from chalicelib.aws.stores.secret_hash_writer import DynamoDBSecretHashWriter
from chalicelib.aws.stores.sweep_store import DynamoDBSweepStore
from chalicelib.aws.stores.token_record_store import DynamoDBIdempotencyRecords
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.client_secrets import ClientSecret, SecretHasher
from chalicelib.credentials.credential import Credential, CredentialWithTenant
from chalicelib.credentials.credential_changes import CredentialChanges
from chalicelib.credentials.credential_list import CredentialList
from chalicelib.credentials.credential_patch import CredentialPatch
from chalicelib.credentials.credential_service import CredentialService
from chalicelib.credentials.last_use import LastUses
from chalicelib.credentials.new_credential import CredentialRequest, SecretRequest
from chalicelib.credentials.ports import CredentialReader, SweepStarter, SweepStore
from chalicelib.credentials.profile_rules import ProfileRules
from chalicelib.credentials.refusals import Refusals
from chalicelib.credentials.revocation import RevocationService
from chalicelib.credentials.sweep import Sweeper
from chalicelib.credentials.tenant import Tenant
from chalicelib.errors import (
    Conflict,
    CredentialNotActive,
    CredentialRevoked,
    InvalidClient,
    LastSecret,
    OverlapNotOver,
    PreconditionFailed,
    Refusal,
    SecretNotFound,
    Unavailable,
)
from chalicelib.oauth.access_tokens import AccessTokens
from chalicelib.oauth.client_assertions import ClientAssertions
from chalicelib.oauth.client_authentication import ClientAuthentication, PresentedSecret
from chalicelib.oauth.client_credentials_grant import ClientCredentialsGrant, TokenRequest
from chalicelib.oauth.dpop import DPoPProofs
from chalicelib.oauth.exchange_limits import ExchangeLimits
from chalicelib.oauth.status_list import SIZE, StatusLists
from chalicelib.oauth.token_cache import TokenCache
from chalicelib.security_profiles import SecurityProfiles
from chalicelib.settings import Argon2Settings
from chalicelib.signing_keys.jws import JwtSigner
from chalicelib.signing_keys.keys import PublicKey, public_key
from chalicelib.signing_keys.signing_algorithm import ScheduledAlgorithm
from tests.support.callers import caller
from tests.support.key_schedules import KeyScheduleInMemory
from tests.support.linearizability import NOBODYS, Kind, Operation, Result
from tests.support.token_records_in_memory import ReplayGuardInMemory

NAMES = {table: table.name for table in tables.TABLES}
ADMIN = caller("acme")
SCOPES = {"orders:read": "", "orders:write": "", "reports:read": "", "reports:write": ""}
_RESULTS: dict[type[Refusal], Result] = {
    CredentialNotActive: "refused",
    CredentialRevoked: "refused",
    OverlapNotOver: "full",
    LastSecret: "last",
    SecretNotFound: "missing",
    PreconditionFailed: "stale",
}


class LocalKeyRing:
    """A signing key in this process, in place of KMS."""

    def __init__(self) -> None:
        self._key: EllipticCurvePrivateKey = generate_private_key(SECP256R1())
        jwk = ECAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        self.public: PublicKey = public_key(jwk, "ES256")
        self.kid, self.algorithm = self.public.kid, self.public.algorithm

    def sign(self, message: bytes) -> bytes:
        return ECAlgorithm(ECAlgorithm.SHA256).sign(message, self._key)

    def signing_key(self) -> "LocalKeyRing":
        return self

    def verification_keys(self) -> Sequence[PublicKey]:
        return [self.public]


KEY_RING = LocalKeyRing()


def bits_of(token: str) -> list[int]:
    """The bits of a status list, in order."""
    lst = jwt.decode(token, options={"verify_signature": False})["status_list"]["lst"]
    content = zlib.decompress(base64.urlsafe_b64decode(lst + "=" * (-len(lst) % 4)))
    return [byte >> bit & 1 for byte in content for bit in range(8)]


class TenantLab:
    """Operations on one tenant, each by the real use case; ``history`` has what they did and when."""

    def __init__(
        self,
        client: Any,
        now: Callable[[], float],
        *,
        environment: int = 0,
        writer: Callable[..., DynamoDBCredentialWriter] = DynamoDBCredentialWriter,
        revocations: Callable[[CredentialReader, SweepStore], Any] | None = None,
        starter: SweepStarter | None = None,
        sweep_in_request: float = float("inf"),
        last_used_interval: int = 0,
        sleep: Callable[[float], None] = lambda _: None,  # the other threads have their turns at each call
    ) -> None:
        # What is random is the same in every run of a test: a history then follows from the order of the calls alone.
        chosen = random.Random(environment).randbytes  # noqa: S311
        instants = itertools.count(1_800_000_000)
        clock = instants.__next__

        transactions = Transactions(client, NAMES, 86_400, sleep)
        self.reader = DynamoDBCredentialReader(client, NAMES, sleep)
        hasher = SecretHasher(Argon2Settings(memory_kib=8, time_cost=1, parallelism=1), secrets.token_bytes)
        credential_writer = writer(client, NAMES, transactions, sleep)
        records = DynamoDBIdempotencyRecords(client, NAMES[tables.TOKEN_RECORDS], clock)
        profiles = ProfileRules(SecurityProfiles(), ScheduledAlgorithm(KeyScheduleInMemory()))
        self.service = CredentialService(
            self.reader, credential_writer, records, hasher, profiles, SCOPES, (), clock=clock, random=chosen
        )
        self.list = CredentialList(self.reader, 14 * 86_400, clock)
        self.changes = CredentialChanges(self.reader, credential_writer, profiles, SCOPES, clock=clock, random=chosen)
        self._events = DynamoDBAuditEventReader(client, NAMES[tables.AUDIT_EVENTS])
        sweep_store = DynamoDBSweepStore(client, NAMES, transactions, sleep)
        self.sweeper = Sweeper(self.reader, sweep_store, starter, clock, chosen)
        revocation_writer = DynamoDBRevocationWriter(client, NAMES[tables.TENANTS], transactions, sleep)
        self.revocations: Any = RevocationService(
            self.reader, revocation_writer, records, self.sweeper, clock, chosen, sweep_in_request
        )
        if revocations is not None:
            self.revocations = revocations(self.reader, sweep_store)
        self._clock = clock
        replay = ReplayGuardInMemory()
        refusals = Refusals(DynamoDBRefusalWriter(NAMES, transactions), 0, clock, chosen)
        authentication = ClientAuthentication(
            self.reader,
            DynamoDBSecretHashWriter(client, NAMES[tables.CREDENTIALS]),
            DynamoDBSecretDigestWriter(NAMES, transactions),
            hasher,
            ClientAssertions("https://issuer.example", frozenset(), replay, clock),
            refusals,
            SecurityProfiles(),
            clock,
        )
        tokens = AccessTokens(KEY_RING, SecurityProfiles(), "https://issuer.example", 900, self.status_lists())
        self._grant = ClientCredentialsGrant(
            authentication,
            ExchangeLimits(DynamoDBExchangeCounter(client, NAMES[tables.TOKEN_RECORDS]), refusals, 0, 0, clock),
            DPoPProofs(replay, clock),
            TokenCache(tokens, KEY_RING, 0, clock),
            LastUses(DynamoDBLastUseWriter(client, NAMES[tables.CREDENTIALS]), last_used_interval, clock),
            ("https://api.example",),
        )
        self._now = now
        self._lock = threading.Lock()
        self._edits = environment
        self.history: list[Operation] = []
        self.known: list[tuple[str, ClientSecret]] = []
        """Every (client_id, secret) that an admin has been shown, in order."""

    def status_lists(self) -> StatusLists:
        """With nothing in its cache."""
        return StatusLists(
            self.reader, JwtSigner(KEY_RING, SecurityProfiles()), "https://issuer.example", 300, self._clock
        )

    def create(self) -> None:
        start = self._now()
        try:
            credential, secret = self.service.create(ADMIN, CredentialRequest(name="x"))
        except (Unavailable, Conflict):
            return  # Its client_id and secret were shown to nobody.
        assert secret is not None
        self._record("create", "done", start, credential.client_id, secret.secret_id)
        self.known.append((credential.client_id, secret))

    def exchange(self, which: int) -> None:
        if not self.known:
            return
        client_id, secret = self.known[which % len(self.known)]
        client = PresentedSecret(method="client_secret_basic", client_id=client_id, client_secret=secret.reveal())
        request = TokenRequest(url="https://issuer.example/oauth/token", grant_type="client_credentials", client=client)
        start = self._now()
        try:
            scope = self._grant.issue(request).scope
        except InvalidClient:
            self._record("exchange", "inactive", start, client_id, secret.secret_id)
        except Unavailable:
            pass  # It says nothing and changes nothing.
        else:
            self._record("exchange", "active", start, client_id, secret.secret_id, scope)

    def revoke(self, which: int) -> None:
        self._change("revoke", which, lambda client_id: self.service.revoke(ADMIN, client_id))

    def suspend(self, which: int) -> None:
        self._change("suspend", which, lambda client_id: self.changes.suspend(ADMIN, client_id))

    def resume(self, which: int) -> None:
        self._change("resume", which, lambda client_id: self.changes.resume(ADMIN, client_id))

    def rotate(self, which: int) -> None:
        self._add_secret("rotate", which, overlap_seconds=0)

    def add_secret(self, which: int) -> None:
        """Beside the one there is, which stays valid for longer than any test lasts."""
        self._add_secret("add_secret", which, overlap_seconds=30 * 86_400)

    def end_secret(self, which: int) -> None:
        """That very secret, of whichever credential."""
        if self.known:
            secret_id = self.known[which % len(self.known)][1].secret_id
            self._change(
                "end_secret", which, lambda client_id: self.changes.end_secret(ADMIN, client_id, secret_id), secret_id
            )

    def edit(self, which: int) -> None:
        scope = self._next_scope()
        patch = CredentialPatch(scopes=(scope,))
        self._change("edit", which, lambda client_id: self.changes.edit(ADMIN, client_id, patch), scope=scope)

    def edit_what_is_seen(self, which: int) -> None:
        """Gets the credential, and edits the version that it is shown."""
        if not self.known:
            return
        client_id, _ = self.known[which % len(self.known)]
        start = self._now()
        try:
            seen = self.service.get(ADMIN, client_id).version
        except Unavailable:
            return
        scope = self._next_scope()
        self._change(
            "edit",
            which,
            lambda client_id: self.changes.edit(ADMIN, client_id, CredentialPatch(scopes=(scope,)), frozenset({seen})),
            scope=scope,
            expected=seen,
            start=start,
        )

    def revoke_all(self) -> None:
        start = self._now()
        try:
            self.revocations.revoke_all(ADMIN)
        except Conflict:
            pass
        except Unavailable:
            self._record("revoke_all", "unknown", start)
        else:
            self._record("revoke_all", "done", start)

    def sweep(self) -> None:
        with contextlib.suppress(Unavailable):  # Somebody else goes on.
            self.sweeper.sweep(ADMIN.tenant_id, lambda: True)

    def tenant(self) -> Tenant:
        tenant = self.reader.read_tenant(ADMIN.tenant_id)
        assert tenant is not None
        return tenant

    def credentials(self) -> list[Credential]:
        rows: list[Credential] = []
        while True:
            page = self.reader.oldest_first(ADMIN.tenant_id, rows[-1].client_id if rows else "", 1000)
            rows += page.rows
            if not page.more:
                return rows

    def audit_events(self) -> Sequence[AuditEvent]:
        """The newest first."""
        return self._events.newest_first(ADMIN.tenant_id, None, 1000).rows

    @staticmethod
    def unversioned(credential: Credential) -> Credential:
        """All of it but the number of its version."""
        return replace(credential, version=0)

    def assert_swept(self) -> None:
        """What must hold of the rows once a sweep has come to its end: none is half one thing and half the other."""
        tenant, rows = self.tenant(), self.credentials()
        assert tenant.sweep is None
        for row in rows:
            if row.generation < tenant.generation:
                assert row.status == "revoked", "a row behind the fence is still stored as active"
            assert (row.status == "revoked") == (row.revoked_at is not None) == (row.revoked_by is not None)
        active = [row for row in rows if row.status == "active"]
        assert tenant.active_counts.get(tenant.generation, 0) == len(active)
        for fence, revocation in tenant.revocations.items():
            stamped = [row for row in rows if row.revocation_id == revocation.revocation_id]
            assert tenant.total(fence) == len(stamped), "the proof does not add up"
            assert all(row.revoked_at == revocation.fenced_at for row in stamped)
        assert len({row.status_index for row in rows}) == len(rows), "two credentials share a place in the status list"
        bits = bits_of(self.status_lists().get(ADMIN.tenant_id, "0"))
        assert [bits[row.status_index] for row in rows if row.status_index < SIZE] == [
            int(not CredentialWithTenant(row, tenant).is_active(0)) for row in rows if row.status_index < SIZE
        ]

    def _add_secret(self, kind: Kind, which: int, overlap_seconds: int) -> None:
        def add(client_id: str) -> None:
            _, secret = self.service.add_secret(ADMIN, client_id, SecretRequest(overlap_seconds=overlap_seconds))
            made.append((client_id, secret))

        made: list[tuple[str, ClientSecret]] = []
        # Where the answer is lost there is perhaps one more secret, that nobody knows.
        self._change(kind, which, add, lambda: made[0][1].secret_id if made else NOBODYS)
        self.known += made

    def _next_scope(self) -> str:
        """Another one than the last; in each environment they begin elsewhere."""
        self._edits += 1
        return [*SCOPES][self._edits % len(SCOPES)]

    def _change(
        self,
        kind: Kind,
        which: int,
        change: Callable[[str], object],
        secret: str | Callable[[], str] = "",
        scope: str = "",
        expected: int = 0,
        start: float | None = None,
    ) -> None:
        """Has one of the known credentials changed, and records what came of it."""
        if not self.known:
            return
        client_id, _ = self.known[which % len(self.known)]
        start = self._now() if start is None else start
        result: Result = "done"
        try:
            change(client_id)
        except Conflict:
            return  # Nothing was written, and nothing was said.
        except Unavailable:
            result = "unknown"
        except Refusal as refusal:
            result = _RESULTS[type(refusal)]
        self._record(kind, result, start, client_id, secret if isinstance(secret, str) else secret(), scope, expected)

    def _record(
        self,
        kind: Kind,
        result: Result,
        start: float,
        client_id: str = "",
        secret: str = "",
        scope: str = "",
        expected: int = 0,
    ) -> None:
        end = float("inf") if result == "unknown" else self._now()
        with self._lock:
            self.history.append(Operation(kind, result, start, end, client_id, secret, scope, expected))
