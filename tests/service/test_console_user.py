"""What a console user may do, and learns of it: GET /v1/console-user."""

import pytest

from tests.support.api_client import Api


@pytest.mark.parametrize(
    "path", ["/v1/credentials", "/v1/credentials/{client_id}/revoke", "/v1/credentials/revoke-all"]
)
def test_a_viewer_may_not_change_anything(api: Api, path: str) -> None:
    client_id = api.create()["client_id"]
    answer = api.console("POST", path.format(client_id=client_id), {"name": "x"}, roles=["viewer"])
    assert (answer.status, answer.json["type"]) == (403, "urn:problem-type:forbidden")
    assert len(api.console("GET", "/v1/credentials", roles=["viewer"]).json["credentials"]) == 1


def test_a_console_user_learns_roles_scopes_and_what_a_revoke_all_would_stop(api: Api) -> None:
    api.create()
    user = api.console("GET", "/v1/console-user").json
    assert user["roles"] == ["admin"]
    assert user["active_credentials"] == 1
    assert {"name": "orders:read", "description": "Read orders"} in user["scopes"]
