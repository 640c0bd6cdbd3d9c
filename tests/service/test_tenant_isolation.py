"""No call reaches beyond the tenant of its caller."""

import pytest

from tests.support.api_client import Api
from tests.support.client_key import ClientKey


def test_a_revoke_all_stops_at_the_tenant(api: Api) -> None:
    others = api.console("POST", "/v1/credentials", {"name": "theirs"}, tenant="globex").json
    api.console("POST", "/v1/credentials/revoke-all")
    assert api.exchange(others).status == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/credentials/{client_id}", None),
        ("PATCH", "/v1/credentials/{client_id}", {"name": "mine now"}),
        ("POST", "/v1/credentials/{client_id}/secrets", {}),
        ("DELETE", "/v1/credentials/{client_id}/secrets/{secret_id}", None),
        ("POST", "/v1/credentials/{client_id}/keys", {"jwk": dict(ClientKey().jwk)}),
        ("DELETE", "/v1/credentials/{client_id}/keys/kid", None),
        ("POST", "/v1/credentials/{client_id}/suspend", None),
        ("POST", "/v1/credentials/{client_id}/resume", None),
        ("POST", "/v1/credentials/{client_id}/revoke", None),
        ("GET", "/v1/revocations/{revocation_id}", None),
    ],
)
def test_another_tenants_things_do_not_exist(api: Api, method: str, path: str, body: object) -> None:
    client_id = api.create()["client_id"]
    revocation_id = api.console("POST", "/v1/credentials/revoke-all").json["revocation_id"]
    created = api.create()
    client_id, secret_id = created["client_id"], created["secrets"][0]["secret_id"]
    before = api.console("GET", f"/v1/credentials/{client_id}").json
    path = path.format(client_id=client_id, revocation_id=revocation_id, secret_id=secret_id)
    answer = api.console(method, path, body, tenant="globex")
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert api.console("GET", f"/v1/credentials/{client_id}").json == before
