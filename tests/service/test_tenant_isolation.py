"""No call reaches beyond the tenant of its caller."""

import pytest

from tests.support.api_client import Api


def test_a_revoke_all_stops_at_the_tenant(api: Api) -> None:
    others = api.console("POST", "/v1/credentials", {"name": "theirs"}, tenant="globex").json
    api.console("POST", "/v1/credentials/revoke-all")
    assert api.exchange(others).status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/credentials/{client_id}"),
        ("POST", "/v1/credentials/{client_id}/suspend"),
        ("POST", "/v1/credentials/{client_id}/resume"),
        ("POST", "/v1/credentials/{client_id}/revoke"),
        ("GET", "/v1/credentials/revoke-all/{revocation_id}"),
    ],
)
def test_another_tenants_things_do_not_exist(api: Api, method: str, path: str) -> None:
    client_id = api.create()["client_id"]
    revocation_id = api.console("POST", "/v1/credentials/revoke-all").json["revocation_id"]
    client_id = api.create()["client_id"]
    answer = api.console(method, path.format(client_id=client_id, revocation_id=revocation_id), tenant="globex")
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert api.console("GET", f"/v1/credentials/{client_id}").json["status"] == "active"
