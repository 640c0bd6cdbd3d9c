"""The token just signed is given out again to the same request, and to nobody else, and never once it is revoked."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.credentials.callers import Actor
from chalicelib.credentials.credential import Credential
from chalicelib.oauth.access_tokens import AccessTokens
from chalicelib.oauth.token_cache import TokenCache, TokenWanted
from chalicelib.oauth.token_revocation import access_token_id
from chalicelib.security_profiles import SecurityProfiles
from chalicelib.signing_keys.keys import PublicKey, SigningKey
from tests.support.clocks import Clock

CREDENTIAL = Credential(
    tenant_id="t",
    client_id="c",
    name="n",
    status="active",
    generation=1,
    scopes=("a", "b"),
    secrets={},
    created_by=Actor(subject="s", name="n"),
    created_at=0,
    status_index=0,
)
WANTED = TokenWanted(client_id="c", scopes=None, audiences=frozenset(), jkt=None)


class Key:
    algorithm = "RS256"

    def __init__(self, kid: str) -> None:
        self.kid = kid

    def sign(self, message: bytes) -> bytes:
        return b"signature"


class Keys:
    def __init__(self) -> None:
        self.signing: SigningKey = Key("first")

    def signing_key(self) -> SigningKey:
        return self.signing

    def verification_keys(self) -> list[PublicKey]:
        return []


class Lab:
    """``revoked``: the ids of revoked tokens, which a grant reads with the credential."""

    def __init__(self, clock: Clock, lifetime: int = 900, seconds: int = 60) -> None:
        self.keys, self.clock, self.monotonic = Keys(), clock, Clock(0)
        self.revoked: set[str] = set()
        tokens = AccessTokens(self.keys, SecurityProfiles(), "https://issuer.example", lifetime, clock=clock)
        self.tokens = TokenCache(tokens, self.keys, seconds, clock, self.monotonic)

    def issue(self, wanted: TokenWanted = WANTED, **changed: Any) -> Any:
        """As a grant does it: the credential is read after the token is recalled."""
        recalled = self.tokens.recall(wanted)
        unrevoked = recalled if recalled is not None and recalled.token_id not in self.revoked else None
        terms: dict[str, Any] = {
            "credential": CREDENTIAL,
            "scopes": ("a",),
            "audience": "https://api.example",
            "jkt": None,
        }
        return self.tokens.issue(wanted, **terms | changed, unrevoked=unrevoked)


@pytest.fixture
def lab(clock: Clock) -> Lab:
    return Lab(clock)


def test_the_same_request_gets_the_same_token_with_the_time_that_is_left(lab: Lab) -> None:
    first = lab.issue()
    lab.clock.advance(59)
    again = lab.issue()
    assert again.token == first.token
    assert (first.expires_in, again.expires_in) == (900, 841)


def test_when_its_time_is_over_the_token_is_new(lab: Lab) -> None:
    first = lab.issue()
    lab.clock.advance(60)
    assert lab.issue().token != first.token


def test_a_token_with_less_than_nine_tenths_left_is_not_given_out_again(clock: Clock) -> None:
    lab = Lab(clock, lifetime=300)
    first = lab.issue()
    clock.advance(30)
    assert lab.issue().token == first.token
    clock.advance(1)
    assert lab.issue().token != first.token


def test_a_clock_that_is_set_back_gives_no_token_out_for_longer(lab: Lab) -> None:
    first = lab.issue()
    lab.clock.advance(5)
    lab.monotonic.advance(60)
    assert lab.issue().claims.jti != first.claims.jti


def test_a_clock_that_went_back_ends_reuse(lab: Lab) -> None:
    first = lab.issue()
    lab.clock.advance(-2)
    assert lab.issue().token != first.token


@pytest.mark.parametrize(
    "changed",
    [
        {"credential": replace(CREDENTIAL, generation=2)},
        {"credential": replace(CREDENTIAL, client_id="d")},
        {"credential": replace(CREDENTIAL, expires_at=1_800_000_100)},
        {"scopes": ("a", "b")},
        {"scopes": ()},
        {"audience": "https://other.example"},
        {"jkt": "thumbprint"},
    ],
)
def test_a_request_that_differs_never_gets_anothers_token(lab: Lab, changed: dict[str, Any]) -> None:
    assert lab.issue().token != lab.issue(**changed).token


@pytest.mark.parametrize(
    "changed", [{"client_id": "d"}, {"scopes": ("a",)}, {"audiences": frozenset({"x"})}, {"jkt": "thumbprint"}], ids=str
)
def test_what_is_asked_otherwise_recalls_nothing(lab: Lab, changed: dict[str, Any]) -> None:
    lab.issue()
    assert lab.tokens.recall(WANTED) is not None
    assert lab.tokens.recall(replace(WANTED, **changed)) is None


def test_without_reuse_nothing_is_recalled_and_each_token_is_new(clock: Clock) -> None:
    lab = Lab(clock, seconds=0)
    first = lab.issue()
    assert lab.tokens.recall(WANTED) is None
    assert lab.issue().token != first.token


def test_a_token_bound_to_one_dpop_key_never_goes_to_another(lab: Lab) -> None:
    assert lab.issue(jkt="one").token != lab.issue(jkt="two").token
    assert lab.issue(jkt="one").claims.cnf.jkt == "one"


def test_a_revoked_token_is_not_given_out_again(lab: Lab) -> None:
    first = lab.issue()
    lab.revoked.add(access_token_id(first.claims.jti))
    second = lab.issue()
    assert second.token != first.token
    assert lab.issue().token == second.token


def test_the_token_of_a_key_that_no_longer_signs_is_not_given_out_again(lab: Lab) -> None:
    first = lab.issue()
    lab.keys.signing = Key("second")
    assert lab.issue().token != first.token


def test_an_execution_environment_forgets_the_oldest_of_many(lab: Lab) -> None:
    first = lab.issue()
    for n in range(1_000):
        lab.issue(replace(WANTED, client_id=str(n)))
    assert lab.issue().token != first.token
