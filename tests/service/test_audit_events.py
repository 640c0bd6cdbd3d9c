"""The audit trail: GET /v1/audit-events."""

import io
import json
import re
from typing import Any

import pytest
import requests

from deploy.stages import PROJECT
from tests.support.api_client import Api
from tests.support.local_stack import PATIENCE, LocalStack


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
    assert events[-1]["actor"] == {"subject": "ada", "name": "Ada Admin", "type": "console_user"}
    assert all(event["outcome"] == "success" for event in events)


def test_the_audit_trail_has_pages(api: Api) -> None:
    for i in range(3):
        api.create(f"Credential {i}")
    first = api.console("GET", "/v1/audit-events?limit=2").json
    second = api.console("GET", f"/v1/audit-events?limit=2&cursor={first['next_cursor']}").json
    ids = [event["event_id"] for event in first["audit_events"] + second["audit_events"]]
    assert len(set(ids)) == 3
    assert second["next_cursor"] is None


def test_events_are_found_by_what_they_say(api: Api) -> None:
    first = api.create("first")["client_id"]
    api.create("second")
    api.console("POST", f"/v1/credentials/{first}/revoke")

    def actions(query: str, **claims: str) -> list[str]:
        page = api.console("GET", f"/v1/audit-events?{query}", **claims).json
        return [event["action"] for event in page["audit_events"]]

    assert actions(f"client_id={first}") == ["credential.revoked", "credential.created"]
    assert actions("action=credential.revoked") == ["credential.revoked"]
    assert actions("actor=ada&since=2020-01-01T00:00:00Z") == ["credential.revoked", *2 * ["credential.created"]]
    assert actions("until=2020-01-01T00:00:00Z") == []
    assert actions(f"client_id={first}", tenant="globex") == []
    assert api.console("GET", "/v1/audit-events?action=credential.eaten").status == 400


def test_the_audit_trail_is_exported_in_lines(api: Api) -> None:
    made = [api.create(f"Credential {number}")["client_id"] for number in range(3)]
    token = api.identity_provider.token(roles=["viewer"])
    answer = api.call(
        "GET", "/v1/audit-events", headers={"Authorization": f"Bearer {token}", "Accept": "application/jsonl"}
    )
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/jsonl")
    events = [json.loads(line) for line in answer.text.splitlines()]
    assert [event["client_id"] for event in events] == made[::-1]
    assert events == api.console("GET", "/v1/audit-events").json["audit_events"]


@pytest.mark.slow
def test_the_loop_of_the_operators_page_exports_every_event(running_stack: LocalStack) -> None:
    page = (PROJECT / "docs" / "operations.md").read_text().partition("## Export the audit trail")[2]
    source = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert source is not None
    printed: dict[str, Any] = {}
    exec(source[1].replace("2026-01-01", "2020-01-01"), printed)  # noqa: S102  (a page of ours)
    token = running_stack.token()
    headers = {"Authorization": f"Bearer {token}"}
    made = [
        requests.post(
            f"{running_stack.base_url}/v1/credentials", json={"name": "x"}, headers=headers, timeout=PATIENCE
        ).json()["client_id"]
        for _ in range(3)
    ]
    exported = io.BytesIO()
    printed["export"](running_stack.base_url, token, exported)
    assert set(made) <= {json.loads(line)["client_id"] for line in exported.getvalue().splitlines()}
