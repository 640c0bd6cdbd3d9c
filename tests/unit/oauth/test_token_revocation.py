"""A client ends its own token, and no other's (RFC 7009 §2.1, §2.2)."""

import pytest
from msgspec.structs import replace

from chalicelib.errors import InvalidClient, UnauthorizedClient
from chalicelib.oauth.client_authentication import PresentedToken
from chalicelib.oauth.token_revocation import TokenRevocation, access_token_id
from tests.support.oauth_lab import AUDIENCES, REPORTS, OAuthLab


@pytest.fixture
def lab() -> OAuthLab:
    return OAuthLab()


@pytest.fixture
def revocation(lab: OAuthLab) -> TokenRevocation:
    return TokenRevocation(lab.clients, lab.tokens, lab.revoked, lab.uses, AUDIENCES)


def test_a_revoked_token_is_remembered_for_as_long_as_it_could_be_accepted(
    lab: OAuthLab, revocation: TokenRevocation
) -> None:
    token = lab.token(REPORTS)
    claims = lab.tokens.verify(token, AUDIENCES)
    for _ in range(2):
        revocation.revoke(PresentedToken(client=lab.client, token=token))
    assert lab.revoked.until == {access_token_id(claims.jti): lab.tokens.last_second(claims)}
    assert lab.tokens.last_second(claims) > claims.exp


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_what_is_no_token_needs_no_revocation(lab: OAuthLab, revocation: TokenRevocation, token: str) -> None:
    revocation.revoke(PresentedToken(client=lab.client, token=token))
    assert lab.revoked.until == {}


def test_another_clients_token_is_left_alone(lab: OAuthLab, revocation: TokenRevocation) -> None:
    theirs = lab.token(credential=replace(lab.reader.credential, client_id="another"))
    with pytest.raises(UnauthorizedClient):
        revocation.revoke(PresentedToken(client=lab.client, token=theirs))
    assert lab.revoked.until == {}


def test_a_client_that_is_not_authenticated_ends_nothing(lab: OAuthLab, revocation: TokenRevocation) -> None:
    with pytest.raises(InvalidClient):
        revocation.revoke(PresentedToken(client=lab.wrong_client, token=lab.token()))
    assert lab.revoked.until == {}
