"""Every credential of a tenant is revoked: POST /v1/credentials/revoke-all."""

from tests.support.api_client import Api


def test_after_revoke_all_every_credential_is_dead_and_a_new_one_lives(api: Api) -> None:
    old = [api.create(f"old {i}") for i in range(3)]
    tokens = [api.access_token(credential) for credential in old]
    answer = api.console("POST", "/v1/credentials/revoke-all")
    assert answer.status == 202
    assert answer.json["total"] == 3
    new = api.create("new")
    assert [api.exchange(credential).json["error"] for credential in old] == ["invalid_client"] * 3
    assert [api.whoami(token).status for token in tokens] == [403] * 3
    assert api.whoami(api.access_token(new)).status == 200


def test_a_revoke_all_tells_its_progress(api: Api) -> None:
    api.create()
    begun = api.console("POST", "/v1/credentials/revoke-all").json
    progress = api.console("GET", f"/v1/revocations/{begun['revocation_id']}")
    assert progress.status == 200
    assert (progress.json["swept"], progress.json["remaining"]) == (1, 0)
    assert progress.json["completed_at"] is not None
