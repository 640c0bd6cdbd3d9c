from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from chalicelib.console.console_users import ConsoleUsers
from chalicelib.credentials.identifiers import tenant_key
from chalicelib.errors import InvalidToken
from chalicelib.settings import OidcSettings, Settings
from tests.support.environ import ENVIRON
from tests.support.identity_provider import IdentityProvider
from tests.support.log_lines import LogLines


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
    assert users.verify(identity_provider.token(name=None)).name == "ada"


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


def test_the_key_set_is_fetched_once_for_many_tokens(users: ConsoleUsers, identity_provider: IdentityProvider) -> None:
    for _ in range(5):
        users.verify(identity_provider.token())
    assert identity_provider.fetches == 1


def test_tokens_with_unknown_key_ids_do_not_hammer_the_provider(
    users: ConsoleUsers, identity_provider: IdentityProvider
) -> None:
    users.verify(identity_provider.token())
    key = identity_provider.keys["key-1"]
    for i in range(5):
        with pytest.raises(InvalidToken):
            users.verify(identity_provider.token(kid=f"unknown-{i}", key=key))
    assert identity_provider.fetches == 1


def test_a_discovery_document_of_another_issuer_is_refused(
    users: ConsoleUsers, identity_provider: IdentityProvider
) -> None:
    identity_provider.discovered_issuer = "https://evil.example"
    with pytest.raises(InvalidToken):
        users.verify(identity_provider.token())


def test_an_unreachable_provider_is_a_refusal(identity_provider: IdentityProvider) -> None:
    users = ConsoleUsers(settings(identity_provider, OIDC_ISSUER="http://127.0.0.1:9"))
    with pytest.raises(InvalidToken):
        users.verify(identity_provider.token())


def test_an_identity_provider_out_of_reach_is_a_line_that_the_alarm_counts(
    environ: dict[str, str], identity_provider: IdentityProvider, lines: LogLines
) -> None:
    nobody = Settings.from_env(environ | {"OIDC_ISSUER": "http://127.0.0.1:1"})
    with pytest.raises(InvalidToken):
        ConsoleUsers(nobody.oidc).verify(identity_provider.token())
    assert [written["identity_provider"] for written in lines()] == ["unreachable"]
