"""The functions that bring audit events on the bus, called as Lambda calls them, with a rule and a queue behind it."""

import json
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from chalice.local import LambdaContext
from jsonschema import Draft202012Validator

import app
from chalicelib.settings import SettingsError
from deploy import event_schema
from tests.support.api_client import Api
from tests.support.table_items import TableItems

_PATTERN = json.dumps({"source": ["api-client-credentials"], "detail-type": ["Audit event"]})
Received = Callable[[], list[dict[str, Any]]]


def invoke(name: str, event: dict[str, Any]) -> Any:
    return app.app.handler_map[name](event, LambdaContext(name, 512, max_runtime_ms=60_000))


@pytest.fixture
def received(api: Api) -> Received:
    """What a rule for all of our events has brought to its target since the last time."""
    api.restart(AUDIT_EVENT_BUS="audit")
    client: Any = boto3.client("sqs")
    url = client.create_queue(QueueName="target")["QueueUrl"]
    arn = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    events: Any = boto3.client("events")
    events.create_event_bus(Name="audit")
    events.put_rule(Name="all", EventBusName="audit", EventPattern=_PATTERN)
    events.put_targets(Rule="all", EventBusName="audit", Targets=[{"Id": "queue", "Arn": arn}])

    def receive() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        while messages := client.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            found += [json.loads(message["Body"]) for message in messages]
            for message in messages:
                client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return found

    return receive


def stream(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What Lambda hands out when these rows were written."""
    return {
        "Records": [
            {"eventName": "INSERT", "dynamodb": {"SequenceNumber": str(number), "NewImage": row}}
            for number, row in enumerate(rows)
        ]
    }


def test_what_an_admin_did_comes_out_of_the_bus_as_the_audit_trail_has_it(
    api: Api, received: Received, table_items: TableItems
) -> None:
    client_id = api.create()["client_id"]
    api.console("PATCH", f"/v1/credentials/{client_id}", {"name": "Renamed"})
    api.console("POST", "/v1/credentials/revoke-all")
    rows = table_items("audit_events")
    assert invoke("publish_audit_events", stream(rows)) == {"batchItemFailures": []}
    events = {event["detail"]["event_id"]: event for event in received()}
    trail = api.console("GET", "/v1/audit-events").json["audit_events"]
    assert len(trail) == len(rows) == len(events)
    valid = Draft202012Validator(event_schema.schema())
    for told in trail:
        detail = events[told["event_id"]]["detail"]
        assert {name: detail[name] for name in told} == told
        valid.validate(events[told["event_id"]] | {"time": detail["at"]})


def test_no_event_has_a_secret_or_its_hash(api: Api, received: Received, table_items: TableItems) -> None:
    created = api.create()
    added = api.console("POST", f"/v1/credentials/{created['client_id']}/secrets", {}).json
    invoke("publish_audit_events", stream(table_items("audit_events")))
    published = json.dumps(received())
    assert "credential.secret_added" in published
    assert created["client_secret"] not in published
    assert added["client_secret"] not in published
    assert "accs_" not in published
    assert "argon2" not in published


def test_a_span_sent_again_brings_the_same_events(api: Api, received: Received, table_items: TableItems) -> None:
    api.create()
    api.create()
    invoke("publish_audit_events", stream(table_items("audit_events")))
    first = [event["detail"] for event in received()]
    now = int(api.clock())
    span = {"since": now - 60, "until": now + 60}
    assert invoke("resend_audit_events", span) == {"published": 2, "cursor": None, "done": True}
    again = [event["detail"] for event in received()]
    assert again == sorted(first, key=lambda detail: str(detail["event_id"]))
    assert invoke("resend_audit_events", span | {"tenant_id": first[0]["tenant_id"]})["published"] == 2
    assert invoke("resend_audit_events", {"since": 0, "until": now - 60})["published"] == 0


@pytest.mark.parametrize(
    ("name", "event"), [("publish_audit_events", {"Records": []}), ("resend_audit_events", {"since": 0, "until": 1})]
)
def test_without_a_bus_the_functions_say_so(api: Api, name: str, event: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="AUDIT_EVENT_BUS is not set"):
        invoke(name, event)
