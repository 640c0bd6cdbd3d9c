"""The keys of a private_key_jwt credential change: POST /v1/credentials/{client_id}/keys and DELETE …/keys/{kid}."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.support.api_client import Api
from tests.support.client_key import ASSERTION_TYPE, ClientKey


def status(api: Api, client_id: str, key: ClientKey, **header: Any) -> int:
    """Of an exchange with this key."""
    form = {"grant_type": "client_credentials", "client_assertion_type": ASSERTION_TYPE}
    return api.form("/oauth/token", {**form, "client_assertion": key.assertion(client_id, header=header)}).status


def test_a_key_is_replaced_without_a_failed_exchange(api: Api) -> None:
    old, new = ClientKey(), ClientKey()
    client_id = api.create(jwks={**old.jwk, "kid": "old"})["client_id"]
    one = f"/v1/credentials/{client_id}"
    added = api.console("POST", f"{one}/keys", {"jwk": {**new.jwk, "kid": "new"}})
    assert (added.status, added.headers["ETag"]) == (201, '"2"')
    assert [key["kid"] for key in added.json["jwks"]["keys"]] == ["old", "new"]
    # A client that names no key works on beside the new one.
    assert [status(api, client_id, old), status(api, client_id, new), status(api, client_id, new, kid="new")] == [
        200
    ] * 3
    assert api.console("DELETE", f"{one}/keys/old").status == 204
    assert [status(api, client_id, old), status(api, client_id, old, kid="old"), status(api, client_id, new)] == [
        401,
        401,
        200,
    ]


@pytest.mark.parametrize("kid", ["a/b", "a b", "ä", "%2F", "..", "?x#y", "x" * 256])
def test_a_key_is_removed_by_whatever_name_its_client_gave_it(api: Api, kid: str) -> None:
    client_id = api.create(jwks={"keys": [{**ClientKey().jwk, "kid": kid}, ClientKey().jwk]})["client_id"]
    path = f"/v1/credentials/{client_id}/keys/{quote(kid, safe='')}"
    assert api.console("DELETE", path).status == 204
    assert api.console("DELETE", path).json["type"] == "urn:problem-type:key_not_found"


def test_the_last_key_is_not_removed(api: Api) -> None:
    client_id = api.create(jwks={**ClientKey().jwk, "kid": "a"})["client_id"]
    refused = api.console("DELETE", f"/v1/credentials/{client_id}/keys/a")
    assert (refused.status, refused.json["type"]) == (409, "urn:problem-type:last_key")


@pytest.mark.parametrize(
    ("jwk", "pointer"),
    [({}, "/jwk/kty"), ({"kty": "oct", "k": "AAAA"}, "/jwk/k"), (None, "/jwk"), ([], "/jwk")],
)
def test_a_faulty_key_is_refused_where_it_is_wrong(api: Api, jwk: Any, pointer: str) -> None:
    client_id = api.create(jwks=ClientKey().jwk)["client_id"]
    answer = api.console("POST", f"/v1/credentials/{client_id}/keys", {"jwk": jwk})
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_a_key_that_is_there_and_a_sixth_are_refused(api: Api) -> None:
    keys = [{**ClientKey().jwk, "kid": str(number)} for number in range(5)]
    path = f"/v1/credentials/{api.create(jwks={'keys': keys})['client_id']}/keys"
    refused = [api.console("POST", path, {"jwk": jwk}) for jwk in (keys[0], ClientKey().jwk)]
    assert [answer.status for answer in refused] == [409, 409]
    assert [answer.json["type"].rpartition(":")[2] for answer in refused] == ["key_exists", "too_many_keys"]


def test_a_credential_with_a_secret_gets_no_key(api: Api) -> None:
    path = f"/v1/credentials/{api.create()['client_id']}/keys"
    assert api.console("POST", path, {"jwk": ClientKey().jwk}).json["type"] == "urn:problem-type:credential_has_no_key"


def test_a_viewer_changes_no_key(api: Api) -> None:
    client_id = api.create(jwks={**ClientKey().jwk, "kid": "a"})["client_id"]
    assert (
        api.console("POST", f"/v1/credentials/{client_id}/keys", {"jwk": ClientKey().jwk}, roles=["viewer"]).status
        == 403
    )
    assert api.console("DELETE", f"/v1/credentials/{client_id}/keys/a", roles=["viewer"]).status == 403
