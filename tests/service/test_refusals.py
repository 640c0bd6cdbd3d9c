"""An admin sees in the audit trail that a credential was refused, and why."""

from typing import Any

from tests.support.api_client import Api


def refusals(api: Api) -> list[Any]:
    events = api.console("GET", "/v1/audit-events").json["audit_events"]
    return [event for event in events if event["action"] == "credential.refused"]


def test_a_revoked_credential_that_is_still_in_use_shows_once_an_interval(api: Api) -> None:
    created = api.create()
    api.console("POST", f"/v1/credentials/{created['client_id']}/revoke")
    for _ in range(3):
        assert api.exchange(created).status == 401
    [event] = refusals(api)
    assert (event["client_id"], event["outcome"], event["source_ip"]) == (created["client_id"], "failure", "127.0.0.1")
    assert event["details"] == {"name": created["name"], "reason": "revoked"}
    assert event["actor"] == {"subject": created["client_id"], "name": created["name"], "type": "credential"}


def test_another_execution_environment_does_not_write_it_again_until_the_interval_is_over(api: Api) -> None:
    created, other = api.create(), api.create()
    wrong = created | {"client_secret": other["client_secret"]}
    for _ in range(2):
        assert api.exchange(wrong).status == 401
        api.restart()
    assert [event["details"]["reason"] for event in refusals(api)] == ["authentication"]
    api.clock.shift += 3601
    assert api.exchange(wrong).status == 401
    assert len(refusals(api)) == 2


def test_each_reason_shows(api: Api) -> None:
    created = api.create(allowed_addresses=["203.0.113.0/24"])
    api.exchange(created)
    api.exchange(created | {"client_secret": api.create()["client_secret"]})
    api.console("POST", f"/v1/credentials/{created['client_id']}/suspend")
    api.exchange(created)
    assert [event["details"]["reason"] for event in refusals(api)] == ["suspended", "authentication", "address"]


def test_where_it_is_off_nothing_shows(api: Api) -> None:
    api.restart(REFUSAL_EVENT_INTERVAL_SECONDS="0")
    created = api.create()
    assert api.exchange(created | {"client_secret": api.create()["client_secret"]}).status == 401
    assert refusals(api) == []


def test_another_tenant_sees_nothing_of_it(api: Api) -> None:
    api.exchange(api.create() | {"client_secret": api.create()["client_secret"]})
    assert api.console("GET", "/v1/audit-events", tenant="globex").json["audit_events"] == []
