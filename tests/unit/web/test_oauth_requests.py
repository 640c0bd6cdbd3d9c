"""How requests to the OAuth endpoints are read (RFC 6749 §2.3.1, §3.2, §4.4.2)."""

import base64
import json
from urllib.parse import urlencode

import pytest
from chalice.app import Request

from chalicelib.credentials.callers import RequestOrigin
from chalicelib.errors import InvalidClient, InvalidRequest, Refusal
from chalicelib.oauth.client_assertions import ASSERTION_TYPE
from chalicelib.oauth.client_authentication import PresentedAssertion, PresentedSecret
from chalicelib.oauth.client_credentials_grant import TokenRequest
from chalicelib.settings import Settings
from chalicelib.web.oauth_requests import read_presented_token, read_token_request
from tests.support.api_client import basic
from tests.support.chalice_requests import request
from tests.support.environ import ENVIRON

FORM = {"content-type": "application/x-www-form-urlencoded"}
GRANT = ("grant_type", "client_credentials")
POST = [("client_id", "c"), ("client_secret", "s")]
SETTINGS = Settings.from_env(ENVIRON)
ORIGIN = RequestOrigin("192.0.2.1", "request-1")


def read(asked: Request, **changed: str) -> TokenRequest:
    return read_token_request(asked, Settings.from_env(ENVIRON | changed))


def header(text: str) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(text.encode()).decode()}"}


def refused(kind: type[Refusal], body: str, headers: dict[str, str] | None = None) -> None:
    with pytest.raises(kind):
        read(request(body, FORM | (headers or {})))


def test_a_request_is_read_whole() -> None:
    body = urlencode([GRANT, *POST, ("scope", "a b"), ("resource", "r1"), ("resource", "r2"), ("audience", "r3")])
    asked = read(request(body, FORM))
    assert (asked.grant_type, asked.scopes, asked.resources) == ("client_credentials", ("a", "b"), ("r1", "r2", "r3"))
    assert asked.client == PresentedSecret(method="client_secret_post", client_id="c", client_secret="s", origin=ORIGIN)
    assert asked.proof is None


def test_the_halves_of_a_basic_header_are_form_encoded() -> None:
    credentials = {"authorization": basic("c:é", "s +%")["Authorization"]}
    client = read(request(urlencode([GRANT]), FORM | credentials)).client
    assert client == PresentedSecret(method="client_secret_basic", client_id="c:é", client_secret="s +%", origin=ORIGIN)


def test_an_assertion_may_come_with_and_without_its_client_id() -> None:
    fields = [GRANT, ("client_assertion_type", ASSERTION_TYPE), ("client_assertion", "a.b.c")]
    for more, client_id in (([], None), ([("client_id", "c")], "c")):
        client = read(request(urlencode(fields + more), FORM)).client
        assert client == PresentedAssertion(client_id=client_id, assertion="a.b.c", origin=ORIGIN)


def test_a_parameter_without_a_value_is_left_out() -> None:
    asked = read(request(urlencode([GRANT, *POST, ("scope", ""), ("resource", ""), ("audience", "")]), FORM))
    assert (asked.scopes, asked.resources) == (None, ())


@pytest.mark.parametrize(
    "body",
    [
        urlencode(POST),
        urlencode([("grant_type", ""), *POST]),
        urlencode([GRANT, GRANT, *POST]),
        urlencode([GRANT, *POST, ("client_assertion", "a.b.c")]),
        urlencode([GRANT, ("client_assertion", "a.b.c")]),
        urlencode([GRANT, *POST, *((f"x{i}", "1") for i in range(30))]),
        "grant_type=client_credentials&client_id=%FF&client_secret=s",
    ],
    ids=["no grant", "an empty grant", "twice", "two methods", "no assertion type", "too many fields", "no UTF-8"],
)
def test_a_form_that_is_not_well_formed_is_refused(body: str) -> None:
    refused(InvalidRequest, body)


@pytest.mark.parametrize("body", [urlencode([GRANT]), urlencode([GRANT, POST[0]]), urlencode([GRANT, POST[1]])])
def test_a_client_that_does_not_authenticate_is_refused(body: str) -> None:
    refused(InvalidClient, body)


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"authorization": "Bearer x"}, InvalidClient),
        ({"authorization": ""}, InvalidClient),
        ({"authorization": "Basic !!!"}, InvalidRequest),
        (header("no colon"), InvalidRequest),
        (header("%FF:s"), InvalidRequest),
        ({"content-type": "application/json"}, InvalidRequest),
    ],
    ids=str,
)
def test_a_header_that_is_not_well_formed_is_refused(headers: dict[str, str], kind: type[Refusal]) -> None:
    refused(kind, urlencode([GRANT]), headers)


def test_a_basic_header_and_another_client_id_do_not_go_together() -> None:
    refused(InvalidRequest, urlencode([GRANT, ("client_id", "d")]), header("c:s"))
    refused(InvalidRequest, urlencode([GRANT, ("client_secret", "s")]), header("c:s"))


def test_the_url_that_was_called_is_the_issuers() -> None:
    assert read(request(urlencode([GRANT, *POST]), FORM)).url == f"{ENVIRON['ISSUER']}/x"


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", ";charset=UTF-8"])
def test_a_json_object_is_read_where_the_settings_allow_it(charset: str) -> None:
    body = json.dumps({**dict([GRANT, *POST]), "scope": "a b", "resource": "r1"})
    headers = {"content-type": f"application/json{charset}"}
    as_form = read(request(urlencode([GRANT, *POST, ("scope", "a b"), ("resource", "r1")]), FORM))
    assert read(request(body, headers), TOKEN_REQUEST_JSON="true") == as_form
    with pytest.raises(InvalidRequest):
        read(request(body, headers))


def test_a_form_is_still_read_where_json_is() -> None:
    assert read(request(urlencode([GRANT, *POST]), FORM), TOKEN_REQUEST_JSON="true").grant_type == GRANT[1]


def test_two_methods_are_refused_in_json_as_in_a_form() -> None:
    body = json.dumps(dict([GRANT, *POST]))
    headers = {"content-type": "application/json"}
    with pytest.raises(InvalidRequest, match="one method"):
        read(request(body, headers | header("c:s")), TOKEN_REQUEST_JSON="true")


def test_a_presented_token_must_be_named() -> None:
    assert read_presented_token(request(urlencode([("token", "t"), *POST]), FORM), SETTINGS).token == "t"
    for fields in (POST, [("token", ""), *POST]):
        with pytest.raises(InvalidRequest):
            read_presented_token(request(urlencode(fields), FORM), SETTINGS)
