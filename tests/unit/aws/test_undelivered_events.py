"""An operator is told which event no bus took."""

import json
from typing import Any

import boto3
import pytest

from chalicelib.aws.undelivered_events import UndeliveredEventQueue
from chalicelib.credentials.published_event import published_event
from chalicelib.errors import Unavailable
from emulators.dynamodb import client_error
from tests.unit.credentials.test_published_event import EVENT, ISSUER


def test_the_queue_gets_the_keys_of_the_event_and_its_time(aws: None) -> None:
    client: Any = boto3.client("sqs")
    url = client.create_queue(QueueName="undelivered")["QueueUrl"]
    UndeliveredEventQueue(client, url).tell(published_event(EVENT, ISSUER))
    [message] = client.receive_message(QueueUrl=url)["Messages"]
    assert json.loads(message["Body"]) == {
        "undelivered": {"tenant_id": EVENT.tenant_id, "event_id": EVENT.event_id, "at": "2027-01-15T08:00:00Z"}
    }


class Failing:
    def send_message(self, *, QueueUrl: str, MessageBody: str) -> Any:  # noqa: N803
        raise client_error("RequestThrottled")


def test_a_queue_that_does_not_serve_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        UndeliveredEventQueue(Failing(), "url").tell(published_event(EVENT, ISSUER))
