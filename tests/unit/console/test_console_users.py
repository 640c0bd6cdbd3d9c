"""Whom the identity provider's tokens make a console user, and whom not."""

from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.console.console_users import ConsoleUsers
from chalicelib.credentials.identifiers import tenant_key
from chalicelib.errors import InvalidToken, Unavailable
from chalicelib.settings import OidcSettings, Settings
from tests.support.environ import ENVIRON
from tests.support.identity_provider import IdentityProvider


def settings(provider: IdentityProvider, **environ: str) -> OidcSettings:
    return Settings.from_env(ENVIRON | {"OIDC_ISSUER": provider.issuer} | environ).oidc


@pytest.fixture
def users(identity_provider: IdentityProvider) -> ConsoleUsers:
    return ConsoleUsers(settings(identity_provider))


def test_a_token_of_the_provider_is_a_console_user(users: ConsoleUsers, identity_provider: IdentityProvider) -> None:
    user = users.verify(identity_provider.token())
    assert (user.tenant_id, user.subject, user.name) == (tenant_key("acme"), "ada", "Ada Admin")
    assert user.roles == {"admin"}


def test_claims_are_found_where_the_settings_say(identity_provider: IdentityProvider) -> None:
    users = ConsoleUsers(
        settings(
            identity_provider,
            OIDC_TENANT_CLAIM="org_id",
            OIDC_NAME_CLAIM="nickname",
            OIDC_ROLES_CLAIM="groups",
            OIDC_ADMIN_ROLE="key-admins",
        )
    )
    user = users.verify(identity_provider.token(org_id="org_1", nickname="Ada", groups="other key-admins"))
    assert (user.tenant_id, user.name, user.roles) == (tenant_key("org_1"), "Ada", frozenset({"admin"}))


def test_a_user_without_a_name_goes_by_the_subject(users: ConsoleUsers, identity_provider: IdentityProvider) -> None:
    for name in (None, "", " ", "\u3164", "\u200b", "\ud800", 7):
        assert users.verify(identity_provider.token(name=name)).name == "ada"


def test_a_name_is_as_the_provider_has_it(users: ConsoleUsers, identity_provider: IdentityProvider) -> None:
    assert users.verify(identity_provider.token(name="Ada\u202e nimdA")).name == "Ada\u202e nimdA"


@pytest.mark.parametrize("claims", [{"tenant": "\ud800"}, {"sub": "a\udfff"}])
def test_a_claim_that_is_no_text_makes_nobody(
    users: ConsoleUsers, identity_provider: IdentityProvider, claims: dict[str, Any]
) -> None:
    with pytest.raises(InvalidToken):
        users.verify(identity_provider.token(**claims))


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1},
        {"exp": None},
        {"nbf": 4_000_000_000},
        {"aud": "another"},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"sub": None},
        {"tenant": None},
        {"tenant": ""},
        {"tenant": ["acme"]},
        {"roles": []},
        {"roles": ["superuser"]},
        {"roles": None},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_is_refused(
    users: ConsoleUsers, identity_provider: IdentityProvider, claims: dict[str, Any]
) -> None:
    with pytest.raises(InvalidToken):
        users.verify(identity_provider.token(**claims))


def test_a_token_signed_by_somebody_else_is_refused(users: ConsoleUsers, identity_provider: IdentityProvider) -> None:
    forger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(InvalidToken):
        users.verify(identity_provider.token(key=forger))


def test_the_public_key_does_not_serve_as_an_hmac_secret(
    users: ConsoleUsers, identity_provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = (
        identity_provider.keys["key-1"]
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    monkeypatch.setattr(jwt.algorithms.HMACAlgorithm, "prepare_key", lambda self, key: key)  # let the forger forge
    with pytest.raises(InvalidToken):
        users.verify(identity_provider.token(key=pem, algorithm="HS256"))


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.", "eyJhbGciOiJub25lIiwia2lkIjoia2V5LTEifQ.e30."])
def test_garbage_is_refused(users: ConsoleUsers, token: str) -> None:
    with pytest.raises(InvalidToken):
        users.verify(token)


def test_a_good_token_is_not_refused_while_the_provider_is_away(identity_provider: IdentityProvider) -> None:
    users = ConsoleUsers(settings(identity_provider, OIDC_ISSUER="http://127.0.0.1:9"))
    with pytest.raises(Unavailable):
        users.verify(identity_provider.token())


def test_garbage_is_refused_while_the_provider_is_away(identity_provider: IdentityProvider) -> None:
    with pytest.raises(InvalidToken):
        ConsoleUsers(settings(identity_provider, OIDC_ISSUER="http://127.0.0.1:9")).verify("not.a.token")
