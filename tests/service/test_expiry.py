"""Credentials that end: how long they may live, and who is told before."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from tests.support.api_client import Api


def in_days(days: float) -> str:
    return (datetime.now(timezone.utc) + timedelta(days=days)).isoformat()


def life(credential: dict[str, Any]) -> timedelta:
    end, start = (
        datetime.fromisoformat(credential[name].replace("Z", "+00:00")) for name in ("expires_at", "created_at")
    )
    return end - start


def test_a_credential_ends_when_it_must_unless_it_is_to_end_before(api: Api) -> None:
    api.restart(MAX_CREDENTIAL_LIFETIME_DAYS="30")
    assert life(api.create()) == timedelta(days=30)
    assert timedelta(days=9) < life(api.create(expires_at=in_days(10))) <= timedelta(days=10)


def test_a_credential_cannot_be_made_or_edited_to_live_too_long(api: Api) -> None:
    api.restart(MAX_CREDENTIAL_LIFETIME_DAYS="30")
    made = api.console("POST", "/v1/credentials", {"name": "x", "expires_at": in_days(31)})
    one = f"/v1/credentials/{api.create(expires_at=in_days(1))['client_id']}"
    edited = [api.console("PATCH", one, {"expires_at": end}) for end in (in_days(31), None)]
    for answer in (made, *edited):
        assert (answer.status, [error["pointer"] for error in answer.json["errors"]]) == (400, ["/expires_at"])
    assert api.console("PATCH", one, {"expires_at": in_days(29)}).status == 200
    api.clock.shift = 20 * 86_400.0
    assert api.console("PATCH", one, {"expires_at": in_days(40)}).status == 400, "its life began when it was made"


def test_what_was_made_before_keeps_its_end_until_that_is_edited(api: Api) -> None:
    one = f"/v1/credentials/{api.create()['client_id']}"
    api.restart(MAX_CREDENTIAL_LIFETIME_DAYS="30")
    assert api.console("PATCH", one, {"name": "y"}).json["expires_at"] is None


@pytest.mark.parametrize("notices", ["14,3,1", ""])
def test_an_audit_event_tells_of_what_ends_soon_unless_that_is_off(api: Api, notices: str) -> None:
    api.restart(EXPIRY_NOTICE_DAYS=notices)
    soon = api.create("Export", expires_at=in_days(0.5))
    api.create(expires_at=in_days(100))
    told_of = [api.run_schedule("tell_expiring") for _ in range(2)]
    assert told_of == [{"told": int(bool(notices))}, {"told": 0}]
    told = api.console("GET", "/v1/audit-events?action=credential.expiring").json["audit_events"]
    assert [event["client_id"] for event in told] == ([soon["client_id"]] if notices else [])
    assert [event["details"]["days_ahead"] for event in told] == ([1] if notices else [])
    assert [c["name"] for c in api.console("GET", "/v1/credentials?status=expiring").json["credentials"]] == ["Export"]
