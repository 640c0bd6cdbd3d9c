"""A client's credential becomes an access token (RFC 6749 §4.4, RFC 8707 §2, RFC 9449 §5)."""

from typing import Any

import pytest

from chalicelib.credentials.public_keys import thumbprint
from chalicelib.errors import (
    InvalidClient,
    InvalidDPoPProof,
    InvalidScope,
    InvalidTarget,
    Refusal,
    UnsupportedGrantType,
)
from chalicelib.oauth.client_credentials_grant import ClientCredentialsGrant, TokenRequest, TokenResponse
from tests.support.client_key import TOKEN_ENDPOINT, WHOAMI, ClientKey
from tests.support.oauth_lab import API, AUDIENCES, ISSUER, REPORTS, OAuthLab


@pytest.fixture
def lab() -> OAuthLab:
    return OAuthLab()


def ask(lab: OAuthLab, **changed: Any) -> TokenResponse:
    grant = ClientCredentialsGrant(lab.clients, lab.limits, lab.proofs, lab.token_cache, lab.uses, AUDIENCES)
    usual: dict[str, Any] = {"url": TOKEN_ENDPOINT, "grant_type": "client_credentials", "client": lab.client}
    return grant.issue(TokenRequest(**usual | changed))


def test_a_client_gets_a_bearer_token_with_all_its_scopes_for_the_first_audience(lab: OAuthLab) -> None:
    answer = ask(lab)
    assert (answer.token_type, answer.expires_in, answer.scope) == ("Bearer", 900, "a b")
    assert lab.tokens.verify(answer.access_token, AUDIENCES).aud == API


@pytest.mark.parametrize(("asked", "scope"), [(("b",), "b"), (("b", "a", "b"), "b a"), ((), "")])
def test_a_client_may_ask_for_less_than_it_has(lab: OAuthLab, asked: tuple[str, ...], scope: str) -> None:
    assert ask(lab, scopes=asked).scope == scope


def test_a_resource_chooses_the_audience(lab: OAuthLab) -> None:
    assert lab.tokens.verify(ask(lab, resources=(REPORTS,)).access_token, AUDIENCES).aud == REPORTS


def test_a_proof_binds_the_token_to_its_key(lab: OAuthLab) -> None:
    key = ClientKey()
    answer = ask(lab, proof=key.proof())
    confirmation = lab.tokens.verify(answer.access_token, AUDIENCES).cnf
    assert answer.token_type == "DPoP"
    assert confirmation is not None
    assert confirmation.jkt == thumbprint(key.jwk)


def test_a_proof_is_for_the_url_that_was_called(lab: OAuthLab) -> None:
    alias = f"{ISSUER}/v1/partner/oauth/token"
    assert ask(lab, url=alias, proof=ClientKey().proof(url=alias)).token_type == "DPoP"
    with pytest.raises(InvalidDPoPProof, match="htu"):
        ask(lab, url=alias, proof=ClientKey().proof())


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"grant_type": "password"}, UnsupportedGrantType),
        ({"scopes": ("a", "c")}, InvalidScope),
        ({"scopes": ("",)}, InvalidScope),
        ({"resources": ("https://elsewhere.example.com",)}, InvalidTarget),
        ({"resources": (API, REPORTS)}, InvalidTarget),
        ({"proof": "x"}, InvalidDPoPProof),
        ({"proof": ClientKey().proof(url=WHOAMI)}, InvalidDPoPProof),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_request_that_breaks_a_rule_gets_no_token(
    lab: OAuthLab, changed: dict[str, Any], kind: type[Refusal]
) -> None:
    with pytest.raises(kind):
        ask(lab, **changed)


def test_a_client_learns_of_no_other_fault_before_it_is_authenticated(lab: OAuthLab) -> None:
    with pytest.raises(InvalidClient):
        ask(lab, client=lab.wrong_client, scopes=("c",), resources=("x",), proof="x")


def test_a_proof_is_not_used_up_by_a_request_that_is_refused_before(lab: OAuthLab) -> None:
    proof = ClientKey().proof()
    with pytest.raises(InvalidScope):
        ask(lab, proof=proof, scopes=("c",))
    assert ask(lab, proof=proof).token_type == "DPoP"
