"""Whose credential is behind a request: each method, and what must fail (RFC 6749 §2.3, RFC 7523 §2.2)."""

import secrets
from typing import Literal

import pytest
from msgspec.structs import replace

from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.callers import RequestOrigin
from chalicelib.credentials.client_secrets import ClientSecret, SecretHasher
from chalicelib.credentials.credential import Credential, StoredSecret
from chalicelib.credentials.identifiers import client_id
from chalicelib.credentials.public_keys import read_key
from chalicelib.credentials.refusals import Refusals
from chalicelib.credentials.secret_digests import secret_digest
from chalicelib.errors import InvalidClient, Unavailable
from chalicelib.oauth.client_assertions import ClientAssertions
from chalicelib.oauth.client_authentication import (
    ClientAuthentication,
    PresentedAssertion,
    PresentedClient,
    PresentedSecret,
    PresentedToken,
)
from chalicelib.security_profiles import SecurityProfiles
from chalicelib.settings import Argon2Settings
from tests.support.argon2_work import hashes_verified
from tests.support.client_key import ClientKey
from tests.support.credentials import CREDENTIAL, NOW, TENANT
from tests.support.oauth_lab import RefusalWriterInMemory
from tests.support.readers_in_memory import CredentialReaderInMemory
from tests.support.token_records_in_memory import ReplayGuardInMemory, SecretDigestsInMemory

ISSUER = "https://credentials.example.com"
SECRET = ClientSecret.generate(secrets.token_bytes)
OTHER = ClientSecret.generate(secrets.token_bytes)
KEY = ClientKey()
UNKNOWN = client_id(TENANT.tenant_id, NOW + 1, bytes)
YESTERDAYS = SecretHasher(Argon2Settings(memory_kib=8, time_cost=1, parallelism=1), secrets.token_bytes)


class HashWriter:
    """Keeps the hashes that were replaced; raises ``error`` instead, where there is one."""

    def __init__(self) -> None:
        self.replaced: list[tuple[str, str, StoredSecret, StoredSecret]] = []
        self.error: Exception | None = None

    def replace_hash(self, client_id: str, secret_id: str, old: StoredSecret, new: StoredSecret) -> None:
        if self.error is not None:
            raise self.error
        self.replaced.append((client_id, secret_id, old, new))


class Lab:
    def __init__(self, credential: Credential) -> None:
        self.reader, self.writer = CredentialReaderInMemory(credential, TENANT), HashWriter()
        hasher = SecretHasher(Argon2Settings(memory_kib=16, time_cost=1, parallelism=1), secrets.token_bytes)
        assertions = ClientAssertions(ISSUER, frozenset({ISSUER}), ReplayGuardInMemory(), lambda: NOW)
        self.refusals = RefusalWriterInMemory()
        refusals = Refusals(self.refusals, 3600, lambda: NOW)
        self.digests = SecretDigestsInMemory()
        self.authentication = ClientAuthentication(
            self.reader, self.writer, self.digests, hasher, assertions, refusals, SecurityProfiles(), lambda: NOW
        )

    def authenticate(self, client: PresentedClient) -> Credential:
        return self.authentication.authenticate(client).credential

    def refuses(self, client: PresentedClient) -> None:
        with pytest.raises(InvalidClient):
            self.authenticate(client)


@pytest.fixture
def by_secret() -> Lab:
    stored = StoredSecret(hash=YESTERDAYS.hash(SECRET), hint=SECRET.hint, created_at=NOW)
    return Lab(replace(CREDENTIAL, secrets={SECRET.secret_id: stored}))


@pytest.fixture
def by_key() -> Lab:
    return Lab(replace(CREDENTIAL, token_endpoint_auth_method="private_key_jwt", keys=(read_key(KEY.jwk),)))


def presented(
    secret: str = SECRET.reveal(),
    client_id: str = CREDENTIAL.client_id,
    method: Literal["client_secret_basic", "client_secret_post"] = "client_secret_basic",
) -> PresentedSecret:
    return PresentedSecret(method=method, client_id=client_id, client_secret=secret)


def assertion(client_id: str = CREDENTIAL.client_id, named: str | None = None) -> PresentedAssertion:
    signed = KEY.assertion(client_id, exp=NOW + 60, iat=None)
    return PresentedAssertion(client_id=named, assertion=signed)


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_the_right_secret_shows_the_credential_whichever_way_it_came(
    by_secret: Lab, method: Literal["client_secret_basic", "client_secret_post"]
) -> None:
    assert by_secret.authenticate(presented(method=method)) == by_secret.reader.credential


@pytest.mark.parametrize(
    "client",
    [
        presented(OTHER.reveal()),
        presented(client_id=CREDENTIAL.client_id[:-1] + "1"),
        presented("accs_x"),
        presented(client_id="x"),
        assertion(),
    ],
    ids=["another secret", "an unknown client", "no secret", "no client_id", "an assertion"],
)
def test_what_is_not_the_secret_is_refused(by_secret: Lab, client: PresentedClient) -> None:
    by_secret.refuses(client)


@pytest.mark.parametrize("client", [presented("accs_x"), presented(client_id="x")])
def test_what_is_malformed_is_refused_before_any_read(by_secret: Lab, client: PresentedSecret) -> None:
    by_secret.refuses(client)
    assert by_secret.reader.reads == 0


def of_same_name(stored_as: ClientSecret = SECRET, **changed: object) -> dict[str, object]:
    """The credential's secret kept under the id and with the hint of another."""
    kept = StoredSecret(hash=YESTERDAYS.hash(SECRET), hint=stored_as.hint, created_at=NOW)
    return {"secrets": {stored_as.secret_id: replace(kept, **changed)}}


@pytest.mark.parametrize(
    ("client", "changed", "hashes"),
    [
        (presented("accs_x"), {}, 0),
        (presented(SECRET.reveal()[:-1] + ("0" if SECRET.reveal()[-1] != "0" else "1")), {}, 0),
        (presented(client_id="x"), {}, 0),
        (presented(client_id=UNKNOWN), {}, 0),
        (presented(), {"status": "revoked"}, 0),
        (presented(), {"generation": 0}, 0),
        (presented(), {"suspended_at": NOW}, 0),
        (presented(), {"expires_at": NOW}, 0),
        (presented(), of_same_name(expires_at=NOW), 0),
        (presented(), {"token_endpoint_auth_method": "client_secret_post"}, 0),
        (presented(), {"security_profile": "fapi2"}, 0),
        (presented(OTHER.reveal()), {}, 0),
        (presented(), of_same_name(hint="none"), 0),
        (presented(OTHER.reveal()), of_same_name(OTHER), 1),
        (presented(), {"allowed_addresses": ("192.0.2.0/24",)}, 1),
    ],
    ids=[
        "malformed",
        "wrong checksum",
        "no client_id",
        "unknown client",
        "revoked",
        "behind a fence",
        "suspended",
        "expired",
        "its overlap is over",
        "sent another way",
        "a profile without secrets",
        "wrong secret",
        "another hint",
        "wrong secret with the right id and hint",
        "right secret from a wrong address",
    ],
)
def test_only_a_secret_that_could_be_right_is_hashed(
    by_secret: Lab, client: PresentedSecret, changed: dict[str, object], hashes: int
) -> None:
    by_secret.reader.credential = replace(by_secret.reader.credential, **changed)
    with hashes_verified() as verified:
        by_secret.refuses(client)
    assert len(verified) == hashes


@pytest.mark.parametrize(
    "changed",
    [
        {"status": "revoked"},
        {"expires_at": NOW},
        {"generation": 2},
        {"token_endpoint_auth_method": "client_secret_post"},
    ],
    ids=str,
)
def test_the_right_secret_does_not_open_a_credential_that_is_dead_or_made_for_another_way(
    by_secret: Lab, changed: dict[str, object]
) -> None:
    by_secret.reader.credential = replace(by_secret.reader.credential, **changed)
    by_secret.refuses(presented())


def test_a_secret_whose_overlap_is_over_is_refused(by_secret: Lab) -> None:
    (stored,) = by_secret.reader.credential.secrets.values()
    for end, good in ((NOW + 1, True), (NOW, False)):
        ending = {SECRET.secret_id: stored.ending_by(end)}
        by_secret.reader.credential = replace(by_secret.reader.credential, secrets=ending)
        if good:
            by_secret.authenticate(presented())
        else:
            by_secret.refuses(presented())


def test_a_hash_of_yesterdays_cost_is_written_anew_once_its_secret_was_right(by_secret: Lab) -> None:
    by_secret.refuses(presented(OTHER.reveal()))
    assert by_secret.writer.replaced == []
    by_secret.authenticate(presented())
    [(client_id, secret_id, old, new)] = by_secret.writer.replaced
    assert (client_id, secret_id) == (CREDENTIAL.client_id, SECRET.secret_id)
    assert replace(new, hash=old.hash) == old
    assert "m=16," in new.hash


@pytest.mark.parametrize("error", [Superseded(), Unavailable()])
def test_a_hash_that_cannot_be_written_anew_concerns_no_client(by_secret: Lab, error: Exception) -> None:
    by_secret.writer.error = error
    assert by_secret.authenticate(presented()).client_id == CREDENTIAL.client_id


def test_a_secret_of_an_earlier_release_gets_its_digest_once_it_was_right(by_secret: Lab) -> None:
    by_secret.refuses(presented(OTHER.reveal()))
    assert by_secret.digests.written == []
    by_secret.authenticate(presented())
    assert by_secret.digests.written == [(secret_digest(SECRET, CREDENTIAL.client_id), SECRET.secret_id)]


def test_a_secret_that_has_its_digest_costs_no_write(by_secret: Lab) -> None:
    (stored,) = by_secret.reader.credential.secrets.values()
    with_digest = {SECRET.secret_id: replace(stored, has_digest=True)}
    by_secret.reader.credential = replace(by_secret.reader.credential, secrets=with_digest)
    by_secret.authenticate(presented())
    assert by_secret.digests.written == []


@pytest.mark.parametrize("error", [Superseded(), Unavailable()])
def test_a_digest_that_cannot_be_written_concerns_no_client(by_secret: Lab, error: Exception) -> None:
    by_secret.digests.error = error
    assert by_secret.authenticate(presented()).client_id == CREDENTIAL.client_id


def test_an_assertion_by_the_key_shows_the_credential(by_key: Lab) -> None:
    assert by_key.authenticate(assertion()) == by_key.reader.credential
    assert by_key.authenticate(assertion(named=CREDENTIAL.client_id)) == by_key.reader.credential


@pytest.mark.parametrize(
    "client",
    [
        assertion(named="somebody else"),
        assertion("x"),
        PresentedAssertion(client_id=None, assertion="x"),
        PresentedAssertion(
            client_id=None, assertion=ClientKey().assertion(CREDENTIAL.client_id, exp=NOW + 60, iat=None)
        ),
        presented(),
    ],
    ids=["another client_id", "no client_id", "no assertion", "another key", "a secret"],
)
def test_what_is_not_the_keys_assertion_is_refused(by_key: Lab, client: PresentedClient) -> None:
    by_key.refuses(client)


@pytest.mark.parametrize("address", ["192.0.3.7", "", None])
@pytest.mark.parametrize("way", ["by_secret", "by_key"])
def test_who_has_proved_to_be_the_client_learns_that_it_may_not_be_used_from_here(
    way: str, address: str | None, request: pytest.FixtureRequest
) -> None:
    lab: Lab = request.getfixturevalue(way)
    lab.reader.credential = replace(lab.reader.credential, allowed_addresses=("192.0.2.0/24",))
    client = presented() if way == "by_secret" else assertion()
    with pytest.raises(InvalidClient, match="this address"):
        lab.authenticate(replace(client, origin=RequestOrigin(address)))
    client = presented() if way == "by_secret" else assertion()
    assert lab.authenticate(replace(client, origin=RequestOrigin("192.0.2.7"))) == lab.reader.credential


def test_who_has_no_secret_does_not_learn_of_a_limit(by_secret: Lab) -> None:
    by_secret.reader.credential = replace(by_secret.reader.credential, allowed_addresses=("192.0.2.0/24",))
    with pytest.raises(InvalidClient) as refusal:
        by_secret.authenticate(presented(OTHER.reveal()))
    assert refusal.value.detail == InvalidClient.detail


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"status": "revoked"}, "revoked"),
        ({"generation": 0}, "revoked"),
        ({"expires_at": NOW}, "expired"),
        ({"suspended_at": NOW}, "suspended"),
        ({"allowed_addresses": ("192.0.2.0/24",)}, "address"),
        ({"token_endpoint_auth_method": "client_secret_post"}, "authentication"),
        ({"secrets": {}}, "authentication"),
    ],
    ids=str,
)
def test_the_refusal_of_a_known_client_is_noted_with_its_reason(
    by_secret: Lab, changed: dict[str, object], reason: str
) -> None:
    by_secret.reader.credential = replace(by_secret.reader.credential, **changed)
    by_secret.refuses(replace(presented(), origin=RequestOrigin("203.0.113.9", "request-1")))
    [event] = by_secret.refusals.written
    assert (event.action, event.outcome, event.client_id) == ("credential.refused", "failure", CREDENTIAL.client_id)
    assert (event.source_ip, event.request_id) == ("203.0.113.9", "request-1")
    assert event.details == {"name": CREDENTIAL.name, "reason": reason}


def test_the_refusal_of_an_assertion_is_noted(by_key: Lab) -> None:
    forged = ClientKey().assertion(CREDENTIAL.client_id, exp=NOW + 60, iat=None)
    by_key.refuses(PresentedAssertion(client_id=None, assertion=forged))
    by_key.refuses(presented())
    assert [event.details["reason"] for event in by_key.refusals.written] == ["authentication"]


def test_what_names_no_known_client_is_not_noted(by_secret: Lab) -> None:
    for client in (presented(client_id="x"), presented("accs_x"), presented(client_id=UNKNOWN)):
        by_secret.refuses(client)
    by_secret.authenticate(presented())
    assert by_secret.refusals.written == []


def test_nothing_that_was_presented_shows_its_secret() -> None:
    by_assertion = assertion()
    shown = repr([presented(), by_assertion, PresentedToken(client=presented(), token="the-token")])
    assert CREDENTIAL.client_id in shown
    for hidden in (SECRET.reveal(), by_assertion.assertion, "the-token"):
        assert hidden not in shown
