"""moto's server answers for as long as one likes, one request at a time."""

import json
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from moto.dynamodb.models.dynamo_type import Item
from werkzeug.test import Client

from emulators.moto_server import moto_server, one_at_a_time


@pytest.fixture
def moto() -> Iterator[Client]:
    client = Client(moto_server())
    yield client
    client.post("/moto-api/reset")


def call(moto: Client, operation: str, **arguments: object) -> None:
    headers = {
        "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/dynamodb/aws4_request",
        "X-Amz-Target": f"DynamoDB_20120810.{operation}",
    }
    answer = moto.post("/", data=json.dumps(arguments), headers=headers)
    assert answer.status_code == 200, answer.text


def test_nothing_is_left_of_the_copies_that_transactions_make(moto: Client) -> None:
    call(
        moto,
        "CreateTable",
        TableName="things",
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    for number in range(5):
        put = {"Put": {"TableName": "things", "Item": {"p": {"S": str(number)}}}}
        call(moto, "TransactWriteItems", TransactItems=[put])
    assert Item.instances_tracked == []  # type: ignore[attr-defined]


def test_moto_is_asked_one_request_at_a_time() -> None:
    at_once = 0
    most = 0

    def app(_environ: Any, _start_response: Any) -> Iterable[bytes]:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        time.sleep(0.01)
        yield b"answer"
        at_once -= 1

    locked = one_at_a_time(app)
    answers: list[Iterable[bytes]] = []
    threads = [threading.Thread(target=lambda: answers.append(locked({}, None))) for _ in range(8)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert answers == [[b"answer"]] * 8
