"""The audit trail: GET /v1/audit-events."""

from tests.support.api_client import Api


def test_every_change_is_in_the_audit_trail(api: Api) -> None:
    first = api.create("first")["client_id"]
    api.console("POST", f"/v1/credentials/{first}/revoke")
    api.create("second")
    api.console("POST", "/v1/credentials/revoke-all")
    events = api.console("GET", "/v1/audit-events").json["audit_events"]
    assert [event["action"] for event in events if event["action"] != "credentials.swept"] == [
        "credentials.revoked_all",
        "credential.created",
        "credential.revoked",
        "credential.created",
    ]
    assert events[-1]["client_id"] == first
    assert events[-1]["actor"] == {"subject": "ada", "name": "Ada Admin"}
    assert all(event["outcome"] == "success" for event in events)


def test_the_audit_trail_has_pages(api: Api) -> None:
    for i in range(3):
        api.create(f"Credential {i}")
    first = api.console("GET", "/v1/audit-events?limit=2").json
    second = api.console("GET", f"/v1/audit-events?limit=2&cursor={first['next_cursor']}").json
    ids = [event["event_id"] for event in first["audit_events"] + second["audit_events"]]
    assert len(set(ids)) == 3
    assert second["next_cursor"] is None
