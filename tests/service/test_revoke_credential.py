"""A credential is revoked: POST /v1/credentials/{client_id}/revoke."""

from tests.support.api_client import Api


def test_revoking_again_gives_the_same_answer(api: Api) -> None:
    path = f"/v1/credentials/{api.create()['client_id']}/revoke"
    first, second = api.console("POST", path), api.console("POST", path, name="Somebody Else", sub="else")
    assert first.status == second.status == 200
    assert first.json == second.json
    assert first.json["revoked_by"] == {"subject": "ada", "name": "Ada Admin", "type": "console_user"}


def test_after_a_revoke_no_exchange_succeeds_and_no_older_token_is_accepted(api: Api) -> None:
    created = api.create()
    token = api.access_token(created)
    api.console("POST", f"/v1/credentials/{created['client_id']}/revoke")
    answer = api.exchange(created)
    assert (answer.status, answer.json["error"]) == (401, "invalid_client")
    assert "WWW-Authenticate" in answer.headers
    assert api.whoami(token).status == 403  # a deny; the gateway response makes it 401, as tests over a socket show
