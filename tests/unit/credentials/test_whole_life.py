"""The whole life of credentials, in any order, with the clock, lost answers, and a revoke-all at any time.

The service runs by its own wiring, in two execution environments over one DynamoDB, so that what one remembers of a
secret or a token cannot outlive what the other has ended.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any, Literal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from chalicelib.aws.transport.clients import LeanKmsClient
from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.credential import Status
from chalicelib.credentials.credential_list import CredentialFilter
from chalicelib.credentials.credential_patch import CredentialPatch
from chalicelib.credentials.new_credential import CredentialRequest, SecretRequest
from chalicelib.credentials.public_keys import MOST_KEYS
from chalicelib.errors import (
    CredentialHasNoKey,
    CredentialHasNoSecret,
    CredentialNotActive,
    CredentialRevoked,
    InvalidClient,
    LastKey,
    LastSecret,
    OverlapNotOver,
    Refusal,
    SecretNotFound,
    TooManyKeys,
    Unavailable,
)
from chalicelib.oauth.client_authentication import PresentedAssertion, PresentedClient, PresentedSecret
from chalicelib.oauth.client_credentials_grant import TokenRequest
from chalicelib.wiring import Zones, build
from emulators.dynamodb import DynamoDB, client_error
from emulators.kms import Kms
from tests.support.callers import caller
from tests.support.client_key import ClientKey
from tests.support.clocks import Clock
from tests.support.environ import ENVIRON
from tests.support.tenant_lab import bits_of

ADMIN = caller("acme")
TOKEN_ENDPOINT = f"{ENVIRON['ISSUER']}/oauth/token"
START = 1_800_000_000
SCOPES = ["orders:read", "orders:write", "reports:read"]
MOST_ALIVE = 3
ENDLESS = math.inf
PURSES = [ClientKey() for _ in range(8)]
"""Keys of clients: to make one takes longer than to use it."""

Lost = tuple[int, Literal["before", "after"]] | None
"""Which transaction's answer is lost, and whether before it took effect or after; None: every answer arrives."""

which = st.integers(0, 9)
lives = st.sampled_from([None, None, None, 61, 7200])
"""Seconds until a credential expires."""
lost = st.none() | st.none() | st.tuples(st.sampled_from([1, 1, 2]), st.sampled_from(["before", "after"]))


class InProcess:
    """AWS without a socket. Implements ``wiring.clients.AwsClients``."""

    events: Any = None
    sqs: Any = None

    def __init__(self, dynamodb: DynamoDB) -> None:
        self.dynamodb: Any = dynamodb
        self.kms: Any = LeanKmsClient(self)  # type: ignore[arg-type]
        self._kms = Kms()

    def call(self, operation: str, _members: object = (), /, **arguments: Any) -> dict[str, Any]:
        return self._kms.call(operation, arguments)

    @property
    def lambda_(self) -> Any:
        raise NotImplementedError


@dataclass
class Model:
    """What is known of one credential. ``secrets`` has, by id, until when each is valid; one that was ended is gone."""

    client_id: str
    generation: int
    expires_at: int | None
    secrets: dict[str, int | None] = field(default_factory=dict)
    keys: dict[str, ClientKey] = field(default_factory=dict)
    scope: str = SCOPES[0]
    suspended: bool = False
    revoked: bool = False

    def status(self, generation: int, now: int) -> Status:
        if self.revoked or self.generation < generation:
            return "revoked"
        if self.expires_at is not None and self.expires_at <= now:
            return "expired"
        return "suspended" if self.suspended else "active"

    def valid_secrets(self, now: int) -> set[str]:
        return {secret_id for secret_id, end in self.secrets.items() if end is None or end > now}


def moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, timezone.utc)


@pytest.mark.slow
class WholeLife(RuleBasedStateMachine):
    """Claim: an exchange succeeds exactly when the model says so, for every secret and key that was ever issued."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock(START)
        self.lost: Lost = None
        self.transactions = 0
        self.client = DynamoDB(before=self.before, after=self.after)
        clients = InProcess(self.client)
        self.environments = [self.started(clients) for _ in range(2)]
        self.fresh: Callable[[], Zones] = lambda: self.started(clients)
        self.generation = 1
        self.credentials: list[Model] = []
        self.issued_secrets: list[tuple[Model, ClientSecret]] = []
        self.issued_keys: list[tuple[Model, str, ClientKey]] = []
        self.assertions = 0

    def started(self, clients: InProcess) -> Zones:
        return build(ENVIRON, clients, clock=self.clock, sleep=self.clock.advance)

    # --- answers that are lost ----------------------------------------------------------------------------------------

    def before(self, call: str) -> None:
        self.transactions += call == "TransactWriteItems"
        self.lose(call, "before")

    def after(self, call: str) -> None:
        self.lose(call, "after")

    def lose(self, call: str, at: Literal["before", "after"]) -> None:
        if call == "TransactWriteItems" and self.lost == (self.transactions, at):
            self.lost = None
            raise client_error("InternalServerError", status=500)

    def asked(self, ask: Callable[[], Any], lost: Lost, refused_with: type[Refusal] | None = None) -> tuple[bool, Any]:
        """Whether it took effect, and the answer: None where it was lost. Asserts that it is refused as it must be."""
        self.transactions, self.lost = 0, lost
        refusal: Refusal | None = None
        answer = None
        try:
            answer = ask()
        except Refusal as raised:
            refusal = raised
        was_lost, self.lost = lost is not None and self.lost is None, None
        if isinstance(refusal, Unavailable):
            assert was_lost
            return lost is not None and lost[1] == "after", None
        assert (None if refusal is None else type(refusal)) is refused_with
        return refusal is None, answer

    # --- what an admin does -------------------------------------------------------------------------------------------

    @property
    def now(self) -> int:
        return int(self.clock())

    @property
    def admin(self) -> Zones:
        """Another execution environment each time."""
        self.environments.reverse()
        return self.environments[0]

    def chosen(self, which: int) -> Model:
        """One that is alive, mostly: what is revoked is soon told."""
        pool = self.credentials if which == 0 else self.alive() or self.credentials
        return pool[which % len(pool)]

    def alive(self) -> list[Model]:
        return [model for model in self.credentials if self.status(model) != "revoked"]

    def status(self, model: Model) -> Status:
        return model.status(self.generation, self.now)

    @precondition(lambda self: len(self.alive()) < MOST_ALIVE)
    @rule(key=st.none() | st.none() | st.integers(0, 7), life=lives, lost=lost)
    def create(self, key: int | None, life: int | None, lost: Lost) -> None:
        expires_at = None if life is None else self.now + life
        jwks = None if key is None else {**PURSES[key].jwk, "kid": str(key)}
        request = CredentialRequest(
            name="x",
            scopes=(SCOPES[0],),
            jwks=jwks,
            expires_at=moment(expires_at),
        )
        took_effect, answer = self.asked(lambda: self.admin.console.credentials.create(ADMIN, request), lost)
        if not took_effect:
            return
        known = {model.client_id for model in self.credentials}
        (row,) = (row for row in self.listed() if row.client_id not in known)
        model = Model(row.client_id, self.generation, expires_at, dict.fromkeys(row.secrets))
        self.credentials.append(model)
        if key is not None:
            model.keys[str(key)] = PURSES[key]
            self.issued_keys.append((model, str(key), PURSES[key]))
        elif answer is not None:
            self.issued_secrets.append((model, answer[1]))

    @precondition(lambda self: self.credentials)
    @rule(
        which=which,
        overlap=st.none() | st.sampled_from([0, 1, 60, 86_400, ENDLESS]),
        secret=which,
        seconds=st.sampled_from([0, 0, 60]),
        lost=lost,
    )
    def change_secrets(self, which: int, overlap: float | None, secret: int, seconds: int, lost: Lost) -> None:
        """Together, since what is of interest takes both: adds one with this overlap, or else ends one."""
        self.clock.advance(seconds)
        with_secrets = [model for model in self.alive() if model.secrets]
        model = with_secrets[which % len(with_secrets)] if which and with_secrets else self.chosen(which)
        if overlap is None:
            self.end_secret(model, secret, lost)
        else:
            self.add_secret(model, overlap, lost)

    def add_secret(self, model: Model, overlap: float, lost: Lost) -> None:
        end = self.now + overlap
        ends = {s: min(end, ENDLESS if old is None else old) for s, old in model.secrets.items()}
        kept = {s: None if until == ENDLESS else int(until) for s, until in ends.items() if until > self.now}
        refused_with: type[Refusal] | None = None
        if self.status(model) in ("revoked", "expired"):
            refused_with = CredentialNotActive
        elif model.keys:
            refused_with = CredentialHasNoSecret
        elif len(kept) > 1:
            refused_with = OverlapNotOver
        took_effect, answer = self.asked(
            lambda: self.admin.console.credentials.add_secret(
                ADMIN, model.client_id, SecretRequest(overlap_seconds=None if overlap == ENDLESS else int(overlap))
            ),
            lost,
            refused_with,
        )
        if took_effect:
            row = self.admin.console.credentials.get(ADMIN, model.client_id)
            (new,) = row.secrets.keys() - model.secrets.keys()
            model.secrets = {**kept, new: None}
            if answer is not None:
                self.issued_secrets.append((model, answer[1]))

    def end_secret(self, model: Model, secret: int, lost: Lost) -> None:
        """Also one that nobody knows, that has ended, or that is another credential's."""
        issued = [issued.secret_id for _, issued in self.issued_secrets]
        ids = [*model.secrets] if secret < 7 and model.secrets else [*issued, "aaaaaa"]
        secret_id, valid = ids[secret % len(ids)], model.valid_secrets(self.now)
        refused_with: type[Refusal] | None = None
        if self.status(model) == "revoked":
            refused_with = CredentialRevoked
        elif secret_id not in valid:
            refused_with = SecretNotFound
        elif len(valid) == 1:
            refused_with = LastSecret
        if self.asked(
            lambda: self.admin.console.changes.end_secret(ADMIN, model.client_id, secret_id), lost, refused_with
        )[0]:
            del model.secrets[secret_id]

    @precondition(lambda self: self.credentials)
    @rule(which=which, key=st.integers(0, 7), lost=lost)
    def add_or_remove_key(self, which: int, key: int, lost: Lost) -> None:
        """Adds the key, or removes it where it is there."""
        model, kid, jwk = self.chosen(which), str(key), {**PURSES[key].jwk, "kid": str(key)}
        changes, is_there = self.admin.console.changes, kid in model.keys
        refused_with: type[Refusal] | None = None
        if self.status(model) == "revoked":
            refused_with = CredentialRevoked
        elif not model.keys:
            refused_with = CredentialHasNoKey
        elif is_there and len(model.keys) == 1:
            refused_with = LastKey
        elif not is_there and len(model.keys) == MOST_KEYS:
            refused_with = TooManyKeys
        if is_there:
            took_effect, _ = self.asked(lambda: changes.remove_key(ADMIN, model.client_id, kid), lost, refused_with)
        else:
            took_effect, _ = self.asked(lambda: changes.add_key(ADMIN, model.client_id, jwk), lost, refused_with)
        if took_effect and is_there:
            del model.keys[kid]
        elif took_effect:
            model.keys[kid] = PURSES[key]
            self.issued_keys.append((model, kid, PURSES[key]))

    @precondition(lambda self: self.credentials)
    @rule(which=which, suspend=st.booleans(), lost=lost)
    def suspend_or_resume(self, which: int, suspend: bool, lost: Lost) -> None:
        model, changes = self.chosen(which), self.admin.console.changes
        change = changes.suspend if suspend else changes.resume
        refused_with = CredentialRevoked if self.status(model) == "revoked" else None
        if self.asked(lambda: change(ADMIN, model.client_id), lost, refused_with)[0]:
            model.suspended = suspend

    @precondition(lambda self: self.credentials)
    @rule(which=which, scope=st.sampled_from(SCOPES), life=lives, lost=lost)
    def edit(self, which: int, scope: str, life: int | None, lost: Lost) -> None:
        model, expires_at = self.chosen(which), None if life is None else self.now + life
        patch = CredentialPatch(
            scopes=(scope,),
            expires_at=moment(expires_at),
        )
        refused_with = CredentialRevoked if self.status(model) == "revoked" else None
        if self.asked(lambda: self.admin.console.changes.edit(ADMIN, model.client_id, patch), lost, refused_with)[0]:
            model.scope, model.expires_at = scope, expires_at

    @precondition(lambda self: len(self.alive()) == MOST_ALIVE)  # or most of what is tried would be with revoked ones
    @rule(which=which, every=st.booleans(), lost=lost)
    def revoke(self, which: int, every: bool, lost: Lost) -> None:
        """Where a revoke-all's second transaction is lost, it is the sweep that is cut off: rows stay unstamped."""
        model = self.chosen(which)
        if every:
            self.generation += self.asked(lambda: self.admin.console.revocations.revoke_all(ADMIN), lost)[0]
        elif self.asked(lambda: self.admin.console.credentials.revoke(ADMIN, model.client_id), lost)[0]:
            model.revoked = True

    @rule()
    def the_schedule_sweeps(self) -> None:
        self.admin.console.sweeper.resume_all(lambda: True)

    @rule(seconds=st.sampled_from([1, 30, 60, 61, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds)

    # --- what must hold -----------------------------------------------------------------------------------------------

    def listed(self) -> Any:
        return (
            self.environments[0]
            .console.credential_list.page(ADMIN, CredentialFilter(status="all"), None, 100)
            .credentials
        )

    def granted(self, zones: Zones, client: PresentedClient) -> str | None:
        """The scope of the token, or None where the exchange is refused."""
        request = TokenRequest(url=TOKEN_ENDPOINT, grant_type="client_credentials", client=client)
        try:
            return zones.oauth.client_credentials_grant.issue(request).scope
        except InvalidClient:
            return None

    def good_for(self, model: Model, is_valid: bool) -> str | None:
        return model.scope if is_valid and self.status(model) == "active" else None

    @invariant()
    def every_secret_ever_issued_is_good_for_what_the_model_says(self) -> None:
        for zones in self.environments:
            for model, secret in self.issued_secrets:
                client = PresentedSecret(
                    method="client_secret_basic", client_id=model.client_id, client_secret=secret.reveal()
                )
                is_valid = secret.secret_id in model.valid_secrets(self.now)
                assert self.granted(zones, client) == self.good_for(model, is_valid)

    @invariant()
    def every_key_ever_issued_is_good_for_what_the_model_says(self) -> None:
        for zones in self.environments:
            for model, kid, key in self.issued_keys:
                self.assertions += 1
                assertion = key.assertion(
                    model.client_id, exp=self.now + 60, iat=self.now, jti=f"{self.assertions}", header={"kid": kid}
                )
                client = PresentedAssertion(client_id=None, assertion=assertion)
                assert self.granted(zones, client) == self.good_for(model, kid in model.keys)

    @invariant()
    def the_list_the_counts_and_the_status_list_agree(self) -> None:
        rows = self.listed()
        assert {row.client_id: row.status for row in rows} == {
            model.client_id: self.status(model) for model in self.credentials
        }
        assert self.environments[0].console.credentials.count_active(ADMIN) == len(self.alive())
        if self.credentials:
            bits = bits_of(self.fresh().oauth.status_lists.get(ADMIN.tenant_id, "0"))
            assert {row.client_id: bits[row.status_index] for row in rows} == {
                model.client_id: int(self.status(model) != "active") for model in self.credentials
            }


TestWholeLife = WholeLife.TestCase
TestWholeLife.settings = settings(max_examples=settings().max_examples, stateful_step_count=40, deadline=None)
