"""A credential gets a second secret: POST /v1/credentials/{client_id}/secrets."""

import time

import pytest

from tests.support.api_client import Api


def test_a_second_secret_works_beside_the_first_until_the_overlap_ends(api: Api) -> None:
    created = api.create()
    path = f"/v1/credentials/{created['client_id']}/secrets"
    answer = api.console("POST", path, {"overlap_seconds": 3600})
    assert answer.status == 201
    assert answer.json["client_secret"] != created["client_secret"]
    assert [secret["expires_at"] is None for secret in answer.json["secrets"]] == [False, True]
    assert api.exchange(created).status == api.exchange(answer.json).status == 200


def test_without_an_overlap_the_old_secret_dies_at_once(api: Api) -> None:
    created = api.create()
    added = api.console("POST", f"/v1/credentials/{created['client_id']}/secrets", {"overlap_seconds": 0}).json
    assert api.exchange(created).status == 401
    assert api.exchange(added).status == 200


def test_a_third_secret_waits_for_the_overlap_to_end(api: Api) -> None:
    created = api.create()
    path = f"/v1/credentials/{created['client_id']}/secrets"
    api.console("POST", path, {})
    refused = api.console("POST", path, {})
    assert (refused.status, refused.json["type"]) == (409, "urn:problem-type:overlap_not_over")
    valid = api.console("GET", f"/v1/credentials/{created['client_id']}").json["secrets"]
    assert refused.json["secret_ids"] == [secret["secret_id"] for secret in valid]
    at_once = api.console("POST", path, {"overlap_seconds": 0})
    assert at_once.status == 201
    assert len(at_once.json["secrets"]) == 1


def test_without_an_end_of_the_overlap_both_secrets_work_until_one_is_ended(api: Api) -> None:
    created = api.create()
    path = f"/v1/credentials/{created['client_id']}/secrets"
    added = api.console("POST", path, {"overlap_seconds": None}).json
    assert [secret["expires_at"] for secret in added["secrets"]] == [None, None]
    api.clock.set(time.time() + 366 * 86_400)
    assert api.exchange(created).status == api.exchange(added).status == 200
    assert api.console("POST", path, {"overlap_seconds": None}).json["type"] == "urn:problem-type:overlap_not_over"
    assert api.console("DELETE", f"{path}/{created['secrets'][0]['secret_id']}").status == 204
    assert (api.exchange(created).status, api.exchange(added).status) == (401, 200)


def test_an_overlap_without_end_does_not_prolong_one_that_has_an_end(api: Api) -> None:
    created = api.create()
    path = f"/v1/credentials/{created['client_id']}/secrets"
    added = api.console("POST", path, {"overlap_seconds": 3600}).json
    first, second = added["secrets"]
    assert api.console("DELETE", f"{path}/{second['secret_id']}").status == 204
    again = api.console("POST", path, {"overlap_seconds": None}).json
    assert again["secrets"][0] == first


def test_a_revoked_credential_gets_no_new_secret(api: Api) -> None:
    path = f"/v1/credentials/{api.create()['client_id']}"
    api.console("POST", f"{path}/revoke")
    assert api.console("POST", f"{path}/secrets", {}).json["type"] == "urn:problem-type:credential_not_active"


@pytest.mark.parametrize("overlap", [-1, 2_592_001, "1", 1.5])
def test_a_faulty_overlap_is_refused(api: Api, overlap: object) -> None:
    answer = api.console("POST", f"/v1/credentials/{api.create()['client_id']}/secrets", {"overlap_seconds": overlap})
    assert [error["pointer"] for error in answer.json["errors"]] == ["/overlap_seconds"]
