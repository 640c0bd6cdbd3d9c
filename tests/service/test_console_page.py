"""The console page as the app serves it."""

import re

import pytest

from tests.support.api_client import Api
from tests.support.identity_provider import IdentityProvider

HASHED = re.compile(r"\./console/([\w.-]+-[\w-]{8}\.\w+)")


def test_the_page_is_served_at_the_root_and_asked_for_again(api: Api) -> None:
    answer = api.call("GET", "/")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_page_loads_only_hashed_files_that_are_there_and_kept_for_good(api: Api) -> None:
    names = HASHED.findall(api.call("GET", "/").text)
    assert len(names) == 4
    for name in names:
        answer = api.call("GET", f"/console/{name}")
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_every_address_in_the_page_is_relative(api: Api) -> None:
    addresses = re.findall(r'(?:src|href)="([^"]+)"', api.call("GET", "/").text)
    assert addresses
    assert all(address.startswith("./") for address in addresses)


def test_the_address_to_embed_does_not_change_and_is_asked_for_again(api: Api) -> None:
    answer = api.call("GET", "/console/api-client-credentials.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("path", ["/", "/console/api-client-credentials.js"])
@pytest.mark.parametrize("condition", ["{}", "W/{}", '"other", {}', "*"])
def test_a_file_that_is_known_is_not_sent_again(api: Api, path: str, condition: str) -> None:
    tag = api.call("GET", path).headers["ETag"]
    answer = api.call("GET", path, headers={"If-None-Match": condition.format(tag)})
    assert (answer.status, answer.text) == (304, "")
    assert answer.headers["ETag"] == tag


def test_another_tag_gets_the_file(api: Api) -> None:
    assert api.call("GET", "/", headers={"If-None-Match": '"other"'}).status == 200


@pytest.mark.parametrize("name", ["nothing.js", "..%2Findex.html", "..%2F..%2Fsettings.py", "index.html"])
def test_no_other_file_is_served(api: Api, name: str) -> None:
    answer = api.call("GET", f"/console/{name}")
    assert answer.status == 404
    assert answer.json["type"] == "urn:problem-type:file_not_found"


def test_the_page_is_told_where_to_sign_in(api: Api, identity_provider: IdentityProvider) -> None:
    body = api.call("GET", "/console/config.json").json
    assert body == {"authority": identity_provider.issuer, "client_id": "console", "scope": "openid profile email"}


def test_the_page_runs_nothing_but_its_own_files(api: Api) -> None:
    policy = dict(part.split(" ", 1) for part in api.call("GET", "/").headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in str(policy)


def test_an_answer_may_be_read_by_a_page_on_another_origin(api: Api) -> None:
    answer = api.console("GET", "/v1/credentials")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_browsers_ask_for_the_page_over_https_from_then_on(api: Api) -> None:
    assert api.call("GET", "/").headers["Strict-Transport-Security"] == "max-age=31536000"
