"""An audit event tells who did what, when and from where."""

from chalicelib.credentials.audit_event import audit_event
from tests.support.callers import caller


def test_an_event_is_of_its_caller_and_of_now() -> None:
    ada = caller()
    event = audit_event(ada, "credential.revoked", 12.9, bytes, client_id="c", details={"name": "x"})
    assert (event.tenant_id, event.actor, event.source_ip) == (ada.tenant_id, ada.actor, ada.source_ip)
    assert (event.request_id, event.at, event.client_id, event.details) == (ada.request_id, 12, "c", {"name": "x"})


def test_events_sort_by_time() -> None:
    ids = [audit_event(caller(), "credential.created", now, bytes).event_id for now in (1.0, 1.5, 2.0, 1e9)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 4
