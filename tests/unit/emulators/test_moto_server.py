"""moto's server answers for as long as one likes, one request at a time."""

import json
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodbstreams.models import dynamodbstreams_backends
from werkzeug.test import Client

from emulators.moto_server import moto_server, one_at_a_time


@pytest.fixture
def moto() -> Iterator[Client]:
    client = Client(moto_server())
    yield client
    client.post("/moto-api/reset")


STREAMS = {"DescribeStream", "GetRecords", "GetShardIterator"}


def call(moto: Client, operation: str, **arguments: object) -> Any:
    headers = {
        "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/eu-central-1/dynamodb/aws4_request",
        "X-Amz-Target": f"DynamoDB{'Streams' if operation in STREAMS else ''}_20120810.{operation}",
    }
    answer = moto.post("/", data=json.dumps(arguments), headers=headers)
    assert answer.status_code == 200, answer.text
    return json.loads(answer.text)


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


def test_what_is_written_is_in_the_stream_and_old_iterators_are_forgotten(moto: Client) -> None:
    stream = {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}
    table = call(
        moto,
        "CreateTable",
        TableName="things",
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "p", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification=stream,
    )["TableDescription"]
    arn = {"StreamArn": table["LatestStreamArn"]}
    [shard] = call(moto, "DescribeStream", **arn)["StreamDescription"]["Shards"]
    begin = {"ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
    position = call(moto, "GetShardIterator", **arn, **begin)["ShardIterator"]
    seen = []
    for number in range(150):
        if number % 50 == 0:
            call(moto, "PutItem", TableName="things", Item={"p": {"S": str(number)}})
        page = call(moto, "GetRecords", ShardIterator=position)
        position = page["NextShardIterator"]
        seen += [(record["eventName"], record["dynamodb"]["NewImage"]["p"]["S"]) for record in page["Records"]]
    assert seen == [("INSERT", "0"), ("INSERT", "50"), ("INSERT", "100")]
    backends = [backend for account in dynamodbstreams_backends.values() for backend in account.values()]
    assert max(len(backend.shard_iterators) for backend in backends) == 100


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
