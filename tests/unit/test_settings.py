"""Every environment variable is checked, and a wrong one named."""

import pytest

from chalicelib.settings import LONGEST_SCOPE, MOST_SCOPES, Settings, SettingsError, resources_with_a_path
from tests.support.environ import ENVIRON


def test_a_complete_environment_is_read() -> None:
    settings = Settings.from_env(ENVIRON)
    assert settings.issuer == "https://credentials.example.com"
    assert settings.access_token_lifetime == 900
    assert settings.default_scopes == ("orders:read",)


@pytest.mark.parametrize(
    "name",
    [
        "TENANTS_TABLE",
        "CREDENTIALS_TABLE",
        "AUDIT_EVENTS_TABLE",
        "TOKEN_RECORDS_TABLE",
        "SIGNING_KEY_ID",
        "ISSUER",
        "AUDIENCE",
        "OIDC_ISSUER",
        "OIDC_AUDIENCE",
    ],
)
def test_a_missing_variable_is_named(name: str) -> None:
    environ = {key: value for key, value in ENVIRON.items() if key != name}
    with pytest.raises(SettingsError, match=name):
        Settings.from_env(environ)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ISSUER", "http://credentials.example.com"),
        ("ISSUER", "https://credentials.example.com?x=1"),
        ("ISSUER", "http://127.0.0.1.evil.example"),
        ("AUTHORIZATION_ENDPOINT", "login"),
        ("OIDC_ISSUER", "ftp://login.example.com"),
        ("ACCESS_TOKEN_LIFETIME_SECONDS", "59"),
        ("EXPIRY_NOTICE_DAYS", "14,"),
        ("EXPIRY_NOTICE_DAYS", "0"),
        ("EXPIRY_NOTICE_DAYS", "two"),
        ("EXPIRY_NOTICE_DAYS", "1,2,3,4,5,6,7,8,9,10,11"),
        ("MAX_CREDENTIAL_LIFETIME_DAYS", "3651"),
        ("MAX_EXCHANGES_PER_MINUTE_PER_CREDENTIAL", "60001"),
        ("MAX_EXCHANGES_PER_MINUTE_PER_TENANT", "-1"),
        ("ACCESS_TOKEN_LIFETIME_SECONDS", "3601"),
        ("ACCESS_TOKEN_LIFETIME_SECONDS", "ten"),
        ("ACCESS_TOKEN_LIFETIME_SECONDS", "-900"),
        ("LEAKED_SECRET_CONSEQUENCE", "shout"),
        ("GITHUB_SECRET_TYPE", "two words"),
        ("GITHUB_KEYS_URL", "http://api.github.com/keys"),
        ("AUDIENCES", "reports"),
        ("AUDIENCES", "https://reports.example.com#now"),
        ("SCOPES", "[]"),
        ("SCOPES", '{"two words": "x"}'),
        ("SCOPES", '{"credentials:read": "x"}'),
        ("DEFAULT_SCOPES", "unknown"),
        ("DEFAULT_SCOPES", "credentials:read"),
        ("OIDC_ALGORITHMS", "HS256"),
        ("OIDC_ALGORITHMS", "none"),
        ("ARGON2_MEMORY_KIB", "0"),
        ("SECURITY_PROFILE", "fapi1"),
        ("RSA_ALGORITHM", "RS512"),
        ("TOKEN_REQUEST_JSON", "yes"),
        ("TOKEN_PATH_ALIASES", "v1/token"),
        ("TOKEN_PATH_ALIASES", "/v1/token/"),
        ("TOKEN_PATH_ALIASES", "/v1//token"),
        ("TOKEN_PATH_ALIASES", "/v1/{client}/token"),
        ("TOKEN_PATH_ALIASES", "/v1/../token"),
        ("TOKEN_PATH_ALIASES", "/v1/token?x=1"),
        ("TOKEN_PATH_ALIASES", "https://credentials.example.com/v1/token"),
        ("TOKEN_PATH_ALIASES", "/v1/token /v2/token /v1/token"),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env(ENVIRON | {name: value})


def test_a_security_profile_settles_how_rsa_keys_sign() -> None:
    assert (Settings.from_env(ENVIRON).security_profile, Settings.from_env(ENVIRON).rsa_algorithm) == (None, "RS256")
    held = Settings.from_env(ENVIRON | {"SECURITY_PROFILE": "fapi2"})
    assert (held.security_profile, held.rsa_algorithm) == ("fapi2", "PS256")
    assert Settings.from_env(ENVIRON | {"RSA_ALGORITHM": "PS256"}).rsa_algorithm == "PS256"


@pytest.mark.parametrize(
    ("name", "value"), [("RSA_ALGORITHM", "RS256"), ("ACCESS_TOKEN_AUTHORIZER_CACHE_SECONDS", "60")]
)
def test_what_a_security_profile_does_not_allow_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env(ENVIRON | {"SECURITY_PROFILE": "fapi2", name: value})


def test_what_older_clients_need_is_off_unless_it_is_asked_for() -> None:
    settings = Settings.from_env(ENVIRON)
    assert (settings.token_request_json, settings.token_paths) == (False, ("/oauth/token",))
    asked = {"TOKEN_REQUEST_JSON": "true", "TOKEN_PATH_ALIASES": "/v1/partner/oauth/token  /auth/token.json"}
    settings = Settings.from_env(ENVIRON | asked)
    assert settings.token_request_json
    assert settings.token_paths == ("/oauth/token", "/v1/partner/oauth/token", "/auth/token.json")


def test_this_service_is_an_audience_too_and_once() -> None:
    others = ("https://api.example.com", "https://reports.example.com")
    settings = Settings.from_env(ENVIRON)
    assert (settings.audiences, settings.own_audience) == ((*others, settings.issuer), settings.issuer)
    named = Settings.from_env(ENVIRON | {"AUDIENCES": "https://CREDENTIALS.example.com:443/"})
    assert (named.audiences, named.own_audience) == (
        ("https://api.example.com", "https://CREDENTIALS.example.com:443/"),
        "https://CREDENTIALS.example.com:443/",
    )


@pytest.mark.parametrize(
    ("audience", "path"),
    [
        ("https://credentials.example.com/orders", "/orders"),
        ("https://Credentials.example.com:443/v1/orders/", "/v1/orders"),
        ("https://credentials.example.com/auth", "/auth"),
        ("https://credentials.example.com", None),
        ("https://credentials.example.com/", None),
        ("https://credentials.example.com.evil.example/orders", None),
        ("https://other.example.com/orders", None),
        ("http://credentials.example.com/orders", None),
        ("https://credentials.example.com/orders?kind=1", None),
        ("https://credentials.example.com/{orders}", None),
        ("urn:example:/orders", None),
    ],
)
def test_a_resource_on_this_services_host_has_its_metadata_below_the_well_known_path(
    audience: str, path: str | None
) -> None:
    found = Settings.from_env(ENVIRON | {"AUDIENCES": audience}).protected_resources
    assert [resource for at, resource in found.items() if at != "/.well-known/oauth-protected-resource"] == (
        [audience] if path else []
    )
    assert path is None or found[f"/.well-known/oauth-protected-resource{path}"] == audience


def test_without_an_issuer_no_resource_is_on_its_host() -> None:
    assert resources_with_a_path({}) == {}


def test_plain_http_is_let_through_on_this_machine() -> None:
    assert Settings.from_env(ENVIRON | {"ISSUER": "http://127.0.0.1:8000"}).issuer == "http://127.0.0.1:8000"


@pytest.mark.parametrize("origin", ["http://plain.example", "https://a.example/path", "https://a.example;", "*"])
def test_what_is_not_an_https_origin_does_not_get_into_the_policy(environ: dict[str, str], origin: str) -> None:
    with pytest.raises(SettingsError, match="CONSOLE_CONNECT_ORIGINS"):
        Settings.from_env(environ | {"CONSOLE_CONNECT_ORIGINS": origin})


@pytest.mark.parametrize("names", [[f"s{i}" for i in range(MOST_SCOPES + 1)], ["x" * (LONGEST_SCOPE + 1)]], ids=len)
def test_default_scopes_have_the_bounds_of_a_credentials_scopes(names: list[str]) -> None:
    scopes = "{" + ", ".join(f'"{name}": "x"' for name in names) + "}"
    with pytest.raises(SettingsError, match="DEFAULT_SCOPES must be at most"):
        Settings.from_env(ENVIRON | {"SCOPES": scopes, "DEFAULT_SCOPES": " ".join(names)})
    Settings.from_env(ENVIRON | {"SCOPES": scopes, "DEFAULT_SCOPES": ""})


@pytest.mark.parametrize(
    ("text", "days", "expiring"),
    [(None, (14, 3, 1), 14), ("", (), 14), (" 1, 30,30 ", (30, 1), 30)],
)
def test_notices_come_on_the_days_that_are_set_and_soon_begins_with_the_first(
    text: str | None, days: tuple[int, ...], expiring: int
) -> None:
    chosen = Settings.from_env(ENVIRON if text is None else ENVIRON | {"EXPIRY_NOTICE_DAYS": text})
    assert (chosen.expiry_notice_days, chosen.expiring) == (days, expiring * 86_400)
