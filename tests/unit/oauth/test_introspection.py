"""Who is told what of a token (RFC 7662 §2.2)."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.credentials.callers import RequestOrigin
from chalicelib.errors import InvalidClient, UnauthorizedClient
from chalicelib.oauth.client_authentication import PresentedToken
from chalicelib.oauth.introspection import SCOPE, Introspection
from tests.support.oauth_lab import AUDIENCES, OAuthLab


@pytest.fixture
def lab() -> OAuthLab:
    lab = OAuthLab()
    lab.reader.credential = replace(lab.reader.credential, scopes=(SCOPE,))
    return lab


def state(lab: OAuthLab, token: str, *vendor_tenants: str) -> Any:
    introspection = Introspection(lab.clients, lab.validation, lab.uses, AUDIENCES, frozenset(vendor_tenants))
    return msgspec.to_builtins(introspection.introspect(PresentedToken(client=lab.client, token=token)))


def test_of_an_active_token_every_claim_but_our_own_is_told(lab: OAuthLab) -> None:
    token = lab.token()
    claims = msgspec.to_builtins(lab.tokens.verify(token, AUDIENCES))
    del claims["generation"]
    assert state(lab, token) == claims | {"active": True, "token_type": "Bearer"}


def test_of_a_bound_token_its_key_is_told(lab: OAuthLab) -> None:
    told = state(lab, lab.token(jkt="thumbprint"))
    assert (told["token_type"], told["cnf"]) == ("DPoP", {"jkt": "thumbprint"})


def test_where_a_limited_token_may_be_used_is_told_to_the_api_that_sees_where_it_comes_from(lab: OAuthLab) -> None:
    blocks = ("192.0.2.0/24",)
    lab.reader.credential = replace(lab.reader.credential, allowed_addresses=blocks)
    lab.client = replace(lab.client, origin=RequestOrigin("192.0.2.7"))
    assert state(lab, lab.token())["allowed_addresses"] == blocks


def test_of_a_token_that_is_not_active_nothing_else_is_told(lab: OAuthLab) -> None:
    assert state(lab, "x") == {"active": False}
    dead = lab.token(credential=replace(lab.reader.credential, client_id="x"))
    assert state(lab, dead) == {"active": False}


def test_another_tenants_token_is_told_to_the_vendors_clients_alone(lab: OAuthLab) -> None:
    theirs = lab.token(credential=replace(lab.reader.credential, tenant_id="another"))
    assert state(lab, theirs) == {"active": False}
    assert state(lab, theirs, lab.reader.credential.tenant_id)["active"] is True


def test_a_client_without_the_scope_or_the_secret_is_told_nothing(lab: OAuthLab) -> None:
    introspection = Introspection(lab.clients, lab.validation, lab.uses, AUDIENCES, frozenset())
    with pytest.raises(InvalidClient):
        introspection.introspect(PresentedToken(client=lab.wrong_client, token=lab.token()))
    lab.reader.credential = replace(lab.reader.credential, scopes=("a",))
    with pytest.raises(UnauthorizedClient):
        introspection.introspect(PresentedToken(client=lab.client, token=lab.token()))
