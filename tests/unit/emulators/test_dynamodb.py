"""The in-process DynamoDB does what moto does, call for call."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.tables import Table
from emulators.dynamodb import DynamoDB

TABLES = [Table("things", "p", "s")]

numbers = st.integers(-9, 9).map(lambda n: {"N": str(n)})
attributes = st.fixed_dictionaries(
    {},
    optional={
        "n": numbers,
        "status": st.sampled_from(["a", "active"]).map(lambda text: {"S": text}),
        "m": st.dictionaries(st.sampled_from("xy"), numbers).map(lambda members: {"M": members}),
    },
)
keys = st.builds(lambda p, s: {"p": {"S": p}, "s": {"S": s}}, st.sampled_from("PQ"), st.sampled_from("abc"))
items = st.builds(lambda key, rest: key | rest, keys, attributes)

conditions = st.sampled_from(
    [
        None,
        "attribute_not_exists(s)",
        "attribute_exists(m)",
        "n = :v",
        "n < :v",
        "n >= :v AND #status = :w",
        "m = :m",
        "m.x = :v OR attribute_not_exists(n)",
    ]
)
updates = st.sampled_from(
    [
        "SET n = :v",
        "SET n = if_not_exists(n, :v) + :one",
        "SET n = if_not_exists(n, :one) - :one",
        "SET m.x = :v",
        "SET m.#y = if_not_exists(m.#y, :v) + :one, n = :v",
        "SET #status = :w REMOVE n, m.x",
        "SET m = :m REMOVE n",
    ]
)
expression_values = st.fixed_dictionaries(
    {":v": st.integers(-3, 3).map(lambda n: {"N": str(n)}), ":w": st.sampled_from([{"S": "active"}, {"S": "a"}])}
)


def _arguments(expression: str, given_values: dict[str, Any]) -> dict[str, Any]:
    """DynamoDB refuses names and values that the expressions do not use."""
    all_values = given_values | {":one": {"N": "1"}, ":m": {"M": {"x": {"N": "1"}}}}
    used_values = {name: value for name, value in all_values.items() if name in expression}
    used_names = {name: name[1:] for name in ("#status", "#y") if name in expression}
    return ({"ExpressionAttributeValues": used_values} if used_values else {}) | (
        {"ExpressionAttributeNames": used_names} if used_names else {}
    )


@st.composite
def actions(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["Put", "Update", "ConditionCheck", "Delete"]))
    condition = draw(conditions)
    if kind == "ConditionCheck":
        condition = condition or "attribute_exists(n)"
    body: dict[str, Any] = {"TableName": "things"}
    text = condition or ""
    if condition:
        body["ConditionExpression"] = condition
    if kind == "Put":
        body["Item"] = draw(items)
    else:
        body["Key"] = draw(keys)
    if kind == "Update":
        body["UpdateExpression"] = draw(updates)
        text += " " + body["UpdateExpression"]
    return {kind: body | _arguments(text, draw(expression_values))}


def _outcome(call: Callable[..., Any], **arguments: Any) -> Any:
    try:
        call(**arguments)
    except ClientError as error:
        reasons = error.response.get("CancellationReasons", [])
        return error.response["Error"]["Code"], [reason.get("Code") for reason in reasons]
    return "done"


def _contents(client: Any) -> list[Any]:
    found = client.scan(TableName="things", ConsistentRead=True)["Items"]
    return sorted(found, key=lambda item: (item["p"]["S"], item["s"]["S"]))


@pytest.fixture
def moto_client(aws: None) -> Any:
    return boto3.client("dynamodb")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(actions(), min_size=1, max_size=3), max_size=8))
def test_transactions_have_the_same_outcome_and_leave_the_same_items(
    moto_client: Any, transactions: list[list[dict[str, Any]]]
) -> None:
    moto_client.create_table(
        TableName="things",
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in "ps"],
        BillingMode="PAY_PER_REQUEST",
    )
    try:
        fake = DynamoDB(TABLES)
        for transaction in transactions:
            real = _outcome(moto_client.transact_write_items, TransactItems=transaction)
            ours = _outcome(fake.transact_write_items, TransactItems=transaction)
            if "ValidationException" in (ours[0], real[0]):
                return  # A path that leads nowhere: ours never do, and the two word their refusal differently.
            assert ours == real, transaction
            assert _contents(fake) == _contents(moto_client)
    finally:
        moto_client.delete_table(TableName="things")


@pytest.mark.parametrize("forward", [True, False])
@pytest.mark.parametrize(
    "condition",
    ["p = :p", "p = :p AND s > :s", "p = :p AND s < :s", "p = :p AND s >= :s", "p = :p AND s BETWEEN :s AND :t"],
)
@pytest.mark.parametrize("limit", [1, 2, 3, 10])
def test_queries_find_the_same_pages(moto_client: Any, forward: bool, condition: str, limit: int) -> None:
    moto_client.create_table(
        TableName="things",
        KeySchema=[{"AttributeName": "p", "KeyType": "HASH"}, {"AttributeName": "s", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in "ps"],
        BillingMode="PAY_PER_REQUEST",
    )
    fake = DynamoDB(TABLES)
    for sort in "abcde":
        for client in (moto_client, fake):
            client.put_item(TableName="things", Item={"p": {"S": "P"}, "s": {"S": sort}})
    values = {name: {"S": text} for name, text in {":p": "P", ":s": "b", ":t": "d"}.items() if name in condition}
    answers = [
        client.query(
            TableName="things",
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ScanIndexForward=forward,
            Limit=limit,
        )
        for client in (moto_client, fake)
    ]
    assert answers[0]["Items"] == answers[1]["Items"]
    # moto knows whether anything follows; DynamoDB, as the fake, only that the page is full.
    assert ("LastEvaluatedKey" in answers[0]) <= ("LastEvaluatedKey" in answers[1])


def test_the_fake_counts_what_dynamodb_would_charge() -> None:
    fake = DynamoDB(TABLES)
    item = {"p": {"S": "P"}, "s": {"S": "a"}, "text": {"S": "x" * 1500}}
    fake.put_item(TableName="things", Item=item)
    assert fake.write_units == 2  # 1.5 KB
    fake.transact_write_items(TransactItems=[{"Put": {"TableName": "things", "Item": item}}])
    assert fake.write_units == 6  # twice that in a transaction
    fake.get_item(TableName="things", Key={"p": {"S": "P"}, "s": {"S": "a"}}, ConsistentRead=True)
    assert fake.read_units == 1


def test_a_transaction_of_over_a_hundred_actions_is_refused() -> None:
    puts = [{"Put": {"TableName": "things", "Item": {"p": {"S": "P"}, "s": {"S": str(i)}}}} for i in range(101)]
    assert _outcome(DynamoDB(TABLES).transact_write_items, TransactItems=puts)[0] == "ValidationException"


KEY = {"p": {"S": "P"}, "s": {"S": "a"}}
PUT = {"Put": {"TableName": "things", "Item": KEY, "ConditionExpression": "attribute_not_exists(p)"}}


def test_a_transaction_under_way_holds_its_rows_and_no_others() -> None:
    met: list[Any] = []

    def meet(_call: str) -> None:
        fake.during = None
        met.append(_outcome(fake.put_item, TableName="things", Item=KEY))
        met.append(_outcome(fake.update_item, TableName="things", Key=KEY, UpdateExpression="REMOVE n"))
        other = {"Put": {"TableName": "things", "Item": KEY | {"s": {"S": "b"}}}}
        met.append(_outcome(fake.transact_write_items, TransactItems=[other, PUT]))
        met.append(_outcome(fake.put_item, TableName="things", Item=KEY | {"s": {"S": "c"}}))

    fake = DynamoDB(TABLES, during=meet)
    fake.transact_write_items(TransactItems=[PUT])
    assert met == [
        ("TransactionConflictException", []),
        ("TransactionConflictException", []),
        ("TransactionCanceledException", ["None", "TransactionConflict"]),
        "done",
    ]
    assert {item["s"]["S"] for item in fake.items("things")} == {"a", "c"}
    assert _outcome(fake.put_item, TableName="things", Item=KEY) == "done"


def test_a_transaction_is_carried_out_once_under_its_token() -> None:
    fake = DynamoDB(TABLES)
    assert _outcome(fake.transact_write_items, TransactItems=[PUT], ClientRequestToken="t") == "done"
    assert _outcome(fake.transact_write_items, TransactItems=[PUT], ClientRequestToken="t") == "done"
    again = _outcome(fake.transact_write_items, TransactItems=[PUT], ClientRequestToken="another")
    assert again == ("TransactionCanceledException", ["ConditionalCheckFailed"])
    # What was cancelled was not carried out: its token is free.
    other = {"Put": {"TableName": "things", "Item": KEY | {"s": {"S": "b"}}}}
    assert _outcome(fake.transact_write_items, TransactItems=[other], ClientRequestToken="another") == "done"
    mismatch = _outcome(fake.transact_write_items, TransactItems=[other], ClientRequestToken="t")
    assert mismatch[0] == "IdempotentParameterMismatchException"


def test_the_token_of_a_transaction_under_way_is_taken() -> None:
    met: list[Any] = []

    def meet(_call: str) -> None:
        met.append(_outcome(fake.transact_write_items, TransactItems=[PUT], ClientRequestToken="t"))

    fake = DynamoDB(TABLES, during=meet)
    fake.transact_write_items(TransactItems=[PUT], ClientRequestToken="t")
    assert met == [("TransactionInProgressException", [])]


def test_an_expression_has_a_longest_size() -> None:
    expression = "REMOVE " + ", ".join(f"m.a{n:04}" for n in range(500))
    update = {"TableName": "things", "Key": KEY, "UpdateExpression": expression}
    assert len(expression) > 4096
    assert _outcome(DynamoDB(TABLES).update_item, **update)[0] == "ValidationException"
    assert _outcome(DynamoDB(TABLES).transact_write_items, TransactItems=[{"Update": update}])[0] == (
        "ValidationException"
    )
