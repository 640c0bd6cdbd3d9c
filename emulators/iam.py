"""IAM as far as our policies use it, and which permissions a request to AWS needs."""

import fnmatch
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from chalicelib.tables import TABLES

_TRANSACTED = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}
_EXPRESSIONS = ("UpdateExpression", "ConditionExpression")
_PARTITION_KEYS = {table.partition_key for table in TABLES}


class Permission(NamedTuple):
    """One thing a caller must be allowed to do, with what conditions ask about.

    ``attributes`` and ``leading_keys``: the top-level attributes and the partition keys that a DynamoDB request names;
    ``tags``: the resource's, as ``key=value``.
    """

    action: str
    resource: str
    attributes: frozenset[str] = frozenset()
    leading_keys: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


class Key(NamedTuple):
    """A KMS key; ``tags`` as ``key=value``."""

    arn: str
    tags: frozenset[str]


def allows(statements: Iterable[Mapping[str, Any]], wanted: Permission) -> bool:
    return any(_matches(statement, wanted) for statement in statements)


def granted(statements: Iterable[Mapping[str, Any]]) -> set[tuple[str, str]]:
    """Every action with every resource that the statements name."""
    return {(action, arn) for s in statements for action in _list(s["Action"]) for arn in _list(s["Resource"])}


def _matches(statement: Mapping[str, Any], wanted: Permission) -> bool:
    if statement["Effect"] != "Allow":
        raise NotImplementedError("a policy that denies")
    return (
        wanted.action in _list(statement["Action"])
        and any(fnmatch.fnmatchcase(wanted.resource, pattern) for pattern in _list(statement["Resource"]))
        and all(_holds(kind, keys, wanted) for kind, keys in statement.get("Condition", {}).items())
    )


def _holds(kind: str, keys: Mapping[str, Any], wanted: Permission) -> bool:
    ((key, values),) = keys.items()
    listed = set(_list(values))
    match kind, key.partition("/")[0]:
        case "ForAllValues:StringEquals", "dynamodb:Attributes":
            return wanted.attributes <= listed
        case "ForAllValues:StringEquals", "dynamodb:LeadingKeys":
            return wanted.leading_keys <= listed
        case "ForAllValues:StringLike", "dynamodb:LeadingKeys":
            return all(any(fnmatch.fnmatchcase(named, pattern) for pattern in listed) for named in wanted.leading_keys)
        case "ForAllValues:StringNotEquals", "dynamodb:LeadingKeys":
            return not wanted.leading_keys & listed
        case "StringEquals", "aws:ResourceTag":
            return any(f"{key.partition('/')[2]}={value}" in wanted.tags for value in listed)
        case _:
            raise NotImplementedError(f"the condition {kind} on {key}")


def _list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def permissions_of(path: str, target: str, body: bytes, keys: Mapping[str, Key], prefix: str) -> list[Permission]:
    """The permissions that a request's caller needs. ``keys``: by what names them; ``prefix``: ``region:account``."""
    service, _, operation = target.partition(".")
    if service.startswith("DynamoDB"):
        return _of_dynamodb(operation, json.loads(body), f"arn:aws:dynamodb:{prefix}:table/")
    if service == "TrentService":
        key = keys[json.loads(body)["KeyId"]]
        return [Permission(f"kms:{operation}", key.arn, tags=key.tags)]
    if target == "AWSEvents.PutEvents":
        buses = {entry["EventBusName"] for entry in json.loads(body)["Entries"]}
        return [Permission("events:PutEvents", f"arn:aws:events:{prefix}:event-bus/{bus}") for bus in sorted(buses)]
    if target == "AmazonSQS.SendMessage":
        # Of the queue whose URL is its ARN: nothing here looks into one.
        return [Permission("sqs:SendMessage", json.loads(body)["QueueUrl"])]
    invocation = re.fullmatch(r"/2015-03-31/functions/([^/]+)/invocations", unquote(path))
    if invocation:
        return [Permission("lambda:InvokeFunction", f"arn:aws:lambda:{prefix}:function:{invocation[1]}")]
    raise NotImplementedError(f"a request to {path} ({target})")


def _of_dynamodb(operation: str, request: dict[str, Any], tables: str) -> list[Permission]:
    if operation == "BatchGetItem":
        return [
            Permission("dynamodb:BatchGetItem", tables + name, leading_keys=_keys_of_batch(batch))
            for name, batch in request["RequestItems"].items()
        ]
    if operation == "TransactWriteItems":
        actions = [(_TRANSACTED[kind], item) for action in request["TransactItems"] for kind, item in action.items()]
    elif operation == "TransactGetItems":
        actions = [("GetItem", action["Get"]) for action in request["TransactItems"]]
    else:
        actions = [(operation, request)]
    return [
        Permission(f"dynamodb:{action}", tables + item["TableName"], _attributes(item), _leading_keys(item))
        for action, item in actions
    ]


def _keys_of_batch(batch: Mapping[str, Any]) -> frozenset[str]:
    return frozenset().union(*(_leading_keys({"Key": key}) for key in batch["Keys"]))


def _leading_keys(item: Mapping[str, Any]) -> frozenset[str]:
    """A Query or Scan that names the partition key only in an expression names none here."""
    named = {**item.get("Item", {}), **item.get("Key", {})}
    return frozenset(named[key]["S"] for key in _PARTITION_KEYS if key in named)


def _attributes(item: Mapping[str, Any]) -> frozenset[str]:
    """The top-level attributes that a request names, as IAM's dynamodb:Attributes lists them."""
    named = set(item.get("Key", {})) | set(item.get("Item", {}))
    aliases = item.get("ExpressionAttributeNames", {})
    for expression in _EXPRESSIONS:
        text = re.sub(r":\w+", "", item.get(expression, ""))
        for path in re.findall(r"#?\w+(?:\.#?\w+)*", text):
            first = path.partition(".")[0]
            if first.startswith("#"):
                named.add(aliases[first])
            elif not first.isupper() and first not in ("if_not_exists", "attribute_exists", "attribute_not_exists"):
                named.add(first)
    return frozenset(named)
