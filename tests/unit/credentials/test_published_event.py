"""An event as it leaves the service."""

import json
from typing import Any

import msgspec
import pytest

from chalicelib.aws.eventbridge import entry
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.callers import Actor
from chalicelib.credentials.published_event import PublishedEvent, published_event
from chalicelib.web.managed_responses import AuditEventBody, audit_event_body
from tests.support.credentials import ADA, NOW, TENANT_ID

ISSUER = "https://credentials.example.com"
EVENT = AuditEvent(
    tenant_id=TENANT_ID,
    event_id="01hqw5k3x0",
    at=NOW,
    action="credential.edited",
    actor=ADA,
    source_ip="192.0.2.1",
    request_id="r",
    outcome="success",
    client_id="acc_x",
    details={"name": "Export", "before": {"scopes": ("a",)}, "after": {"scopes": ("a", "b")}},
)


def in_json(record: Any) -> Any:
    return json.loads(msgspec.json.encode(record))


def test_it_says_what_the_audit_endpoint_says_and_whose_it_is() -> None:
    own = {"schema_version": 1, "issuer": ISSUER, "tenant_id": TENANT_ID}
    assert in_json(published_event(EVENT, ISSUER)) == own | in_json(audit_event_body(EVENT))


@pytest.mark.parametrize(
    "event",
    [
        EVENT,
        msgspec.structs.replace(EVENT, client_id=None, details={}),
        msgspec.structs.replace(EVENT, action="of.a.release.to.come", actor=Actor(subject="", name="", type="robot")),
    ],
)
def test_what_has_no_value_is_there_all_the_same(event: AuditEvent) -> None:
    assert in_json(published_event(event, ISSUER)).keys() == set(PublishedEvent.__struct_fields__)
    assert set(AuditEventBody.__struct_fields__) < set(PublishedEvent.__struct_fields__)


def test_an_entry_of_the_bus_has_the_time_of_the_event() -> None:
    put = entry(published_event(EVENT, ISSUER))
    assert (put["Time"], json.loads(put["Detail"])["at"]) == (NOW, "2027-01-15T08:00:00Z")
