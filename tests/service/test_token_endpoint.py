"""The client credentials grant over HTTP (RFC 6749 §4.4) and the token that it gives (RFC 9068, RFC 8707)."""

import jwt
import pytest

from tests.support.api_client import Api, basic, claims_of

REPORTS = "https://reports.example.com"


def test_an_access_token_is_a_jwt_of_rfc_9068(api: Api) -> None:
    created = api.create(scopes=["orders:read", "orders:write"])
    answer = api.exchange(created)
    assert answer.json["token_type"] == "Bearer"
    assert answer.json["expires_in"] == 900
    assert answer.json["scope"] == "orders:read orders:write"
    assert answer.headers["Cache-Control"] == "no-store"
    token = answer.json["access_token"]
    header = jwt.get_unverified_header(token)
    (key,) = api.call("GET", "/.well-known/jwks.json").json["keys"]
    assert (header["typ"], header["alg"], header["kid"]) == ("at+jwt", "RS256", key["kid"])
    claims = jwt.decode(
        token,
        jwt.PyJWK(key),
        algorithms=["RS256"],
        audience="https://api.example.com",
        issuer="https://credentials.example.com",
    )
    assert claims["sub"] == claims["client_id"] == created["client_id"]
    assert claims["generation"] == 1
    assert claims["exp"] - claims["iat"] == 900
    assert claims["tenant_id"] in created["client_id"]


def test_a_token_may_have_fewer_scopes_than_its_credential(api: Api) -> None:
    created = api.create(scopes=["orders:read", "orders:write"])
    assert api.exchange(created, scope="orders:write").json["scope"] == "orders:write"


def test_a_token_may_not_have_more_scopes_than_its_credential(api: Api) -> None:
    answer = api.exchange(api.create(scopes=["orders:read"]), scope="orders:read orders:write")
    assert (answer.status, answer.json["error"]) == (400, "invalid_scope")


def test_an_exchange_by_client_secret_post_succeeds(api: Api) -> None:
    created = api.create()
    fields = {key: created[key] for key in ("client_id", "client_secret")}
    assert api.form("/oauth/token", {"grant_type": "client_credentials", **fields}).status == 200


def test_an_exchange_of_an_expired_credential_fails(api: Api) -> None:
    created = api.create(expires_at="2099-01-01T00:00:00Z")
    api.clock.set(4_100_000_000)
    assert api.exchange(created).json["error"] == "invalid_client"


def test_a_wrong_secret_and_an_unknown_client_get_the_same_answer(api: Api) -> None:
    created, other = api.create(), api.create()
    unknown = created["client_id"][:-1] + ("0" if created["client_id"][-1] != "0" else "1")
    answers = [
        api.exchange(created | {"client_secret": other["client_secret"]}),
        api.exchange(created | {"client_secret": "guess"}),
        api.exchange(created | {"client_id": unknown}),
        api.exchange(created | {"client_id": "nobody"}),
    ]
    api.console("POST", f"/v1/credentials/{other['client_id']}/revoke")
    answers.append(api.exchange(other))
    for answer in answers:
        answer.headers.pop("X-Request-Id")
        assert answer == answers[0]
    assert answers[0].status == 401


def _fields(*pairs: tuple[str, str]) -> list[tuple[str, str]]:
    return [("grant_type", "client_credentials"), *pairs]


@pytest.mark.parametrize(
    ("fields", "status", "error"),
    [
        ([], 400, "invalid_request"),
        ([("grant_type", "")], 400, "invalid_request"),
        ([("grant_type", "password")], 400, "unsupported_grant_type"),
        (_fields(("grant_type", "client_credentials")), 400, "invalid_request"),
        (_fields(("scope", "orders:read"), ("scope", "orders:read")), 400, "invalid_request"),
        (_fields(("client_secret", "x")), 400, "invalid_request"),
        (_fields(("client_id", "somebody else")), 400, "invalid_request"),
        (_fields(("scope", "a  b")), 400, "invalid_scope"),
    ],
)
def test_a_wrong_token_request_gets_the_error_of_rfc_6749(
    api: Api, fields: list[tuple[str, str]], status: int, error: str
) -> None:
    created = api.create()
    answer = api.form("/oauth/token", fields, basic(created["client_id"], created["client_secret"]))
    assert (answer.status, answer.json["error"]) == (status, error)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("authorization", "status", "error"),
    [
        ("Basic !!!", 400, "invalid_request"),
        ("Basic bm8gY29sb24=", 400, "invalid_request"),
        ("Bearer abc", 401, "invalid_client"),
        ("", 401, "invalid_client"),
        ("Basic Og==", 401, "invalid_client"),
    ],
)
def test_a_malformed_authorization_header_is_refused(api: Api, authorization: str, status: int, error: str) -> None:
    answer = api.form("/oauth/token", _fields(), {"Authorization": authorization})
    assert (answer.status, answer.json["error"]) == (status, error)


def test_a_token_request_in_json_is_refused(api: Api) -> None:
    answer = api.call(
        "POST", "/oauth/token", headers={"Content-Type": "application/json"}, body='{"grant_type":"client_credentials"}'
    )
    assert (answer.status, answer.json["error"]) == (400, "invalid_request")


def test_a_huge_token_request_is_refused(api: Api) -> None:
    answer = api.form("/oauth/token", _fields(("scope", "x" * 20_000)))
    assert (answer.status, answer.json["error"]) == (400, "invalid_request")


def test_other_parameters_of_a_token_request_are_ignored(api: Api) -> None:
    assert api.exchange(api.create(), redirect_uri="something", foo="bar").status == 200


def test_a_token_is_for_the_default_audience(api: Api) -> None:
    assert claims_of(api.access_token(api.create()))["aud"] == "https://api.example.com"


def test_a_resource_chooses_the_audience(api: Api) -> None:
    assert claims_of(api.access_token(api.create(), resource=REPORTS))["aud"] == REPORTS


@pytest.mark.parametrize("written", [f"{REPORTS}/", "HTTPS://Reports.Example.com:443", f"{REPORTS}/./"])
def test_a_resource_in_other_words_is_the_same_and_the_token_names_the_configured_one(api: Api, written: str) -> None:
    assert claims_of(api.access_token(api.create(), resource=written))["aud"] == REPORTS


def test_an_audience_is_a_resource(api: Api) -> None:
    assert claims_of(api.access_token(api.create(), audience=REPORTS))["aud"] == REPORTS
    assert claims_of(api.access_token(api.create(), audience=REPORTS, resource=f"{REPORTS}/"))["aud"] == REPORTS


@pytest.mark.parametrize("parameter", ["resource", "audience"])
@pytest.mark.parametrize(
    "resource", ["https://elsewhere.example.com", "https://reports.example.com/x", f"{REPORTS}#x", "x"]
)
def test_a_resource_that_is_not_served_is_refused(api: Api, resource: str, parameter: str) -> None:
    answer = api.exchange(api.create(), **{parameter: resource})
    assert (answer.status, answer.json["error"]) == (400, "invalid_target")


@pytest.mark.parametrize("parameter", ["resource", "audience"])
def test_a_token_for_two_resources_is_refused(api: Api, parameter: str) -> None:
    created = api.create()
    fields = [("grant_type", "client_credentials"), ("resource", REPORTS), (parameter, "https://api.example.com")]
    answer = api.form("/oauth/token", fields, basic(created["client_id"], created["client_secret"]))
    assert (answer.status, answer.json["error"]) == (400, "invalid_target")


def test_an_answer_with_a_token_is_not_cached_and_holds_no_refresh_token(api: Api) -> None:
    answer = api.exchange(api.create())
    assert (answer.headers["Cache-Control"], answer.headers["Pragma"]) == ("no-store", "no-cache")
    assert answer.json.keys() == {"access_token", "token_type", "expires_in", "scope"}


def test_a_parameter_without_a_value_counts_as_left_out(api: Api) -> None:
    assert api.exchange(api.create(), scope="", resource="").json["scope"] == "orders:read"


def test_a_client_that_asks_twice_gets_one_token_until_its_credential_is_revoked(api: Api) -> None:
    credential = api.create()
    first = api.access_token(credential)
    assert api.access_token(credential) == first
    client = basic(credential["client_id"], credential["client_secret"])
    assert api.form("/oauth/revoke", {"token": first}, client).status == 200
    second = api.access_token(credential)
    assert second != first
    assert api.whoami(second).status == 200
    assert api.console("POST", f"/v1/credentials/{credential['client_id']}/revoke").status == 200
    assert api.exchange(credential).status == 401
