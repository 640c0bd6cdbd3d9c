"""A small in-process DynamoDB: the calls and expressions that this service uses, atomic under one lock.

It stands in for moto where moto's cost grows with the table, and where a test must cut a call off at a chosen point.
The tests hold it to moto's behaviour, but for what DynamoDB documents and moto does not do: a transaction under way
holds its rows, a ClientRequestToken makes a transaction idempotent, an expression has a longest size. It counts calls
and capacity units as the DynamoDB documentation defines them.
"""

import copy
import math
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from botocore.exceptions import ClientError
from sortedcontainers import SortedDict

from chalicelib.tables import TABLES, Table

Item = dict[str, Any]
Hook = Callable[[str], object]

_LONGEST_EXPRESSION = 4096
_LARGEST_READ = 2**20
"""Bytes."""
_TOKEN = re.compile(r"\s*(<>|<=|>=|[()=<>,+-]|[#:]?[A-Za-z0-9_.#]+)")
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


class DynamoDB:
    """The methods of a boto3 DynamoDB client. ``clock`` dates the records of its streams.

    ``before`` and ``after`` see each call's name, and may raise or wait. ``during`` may wait while a transaction holds
    its rows: what else is written to them then is refused.
    """

    def __init__(
        self,
        tables: Iterable[Table] = TABLES,
        *,
        before: Hook | None = None,
        during: Hook | None = None,
        after: Hook | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._tables = {table.name: table for table in tables}
        self._rows: dict[str, dict[str, SortedDict[str, Item]]] = {name: {} for name in self._tables}
        self._streams: dict[str, list[Item]] = {table.name: [] for table in self._tables.values() if table.has_stream}
        self._lock = threading.Lock()
        self._held: set[tuple[str, str, str]] = set()
        self._transactions: dict[str, list[Item] | None] = {}
        """What each ClientRequestToken was sent with; None while it is under way."""
        self.before = before
        self.during = during
        self.after = after
        self._clock = clock
        self.calls: Counter[str] = Counter()
        self.read_units = 0.0
        self.write_units = 0.0

    # --- the client's methods -----------------------------------------------------------------------------------------

    def get_item(self, *, TableName: str, Key: Item, ConsistentRead: bool = False, **_: Any) -> Item:
        def get() -> Item:
            item = self._find(TableName, Key)
            self.read_units += _read_units(item, ConsistentRead)
            return {} if item is None else {"Item": copy.deepcopy(item)}

        return self._call("GetItem", get)

    def batch_get_item(self, *, RequestItems: Mapping[str, Item]) -> Item:
        def get() -> Item:
            responses: dict[str, list[Item]] = {name: [] for name in RequestItems}
            for name, request in RequestItems.items():
                for key in request["Keys"]:
                    item = self._find(name, key)
                    self.read_units += _read_units(item, request.get("ConsistentRead", False))
                    if item is not None:
                        responses[name].append(copy.deepcopy(item))
            return {"Responses": responses, "UnprocessedKeys": {}}

        return self._call("BatchGetItem", get)

    def put_item(self, *, TableName: str, **action: Any) -> Item:
        return self._call("PutItem", lambda: self._single({"Put": {"TableName": TableName, **action}}))

    def update_item(self, *, TableName: str, **action: Any) -> Item:
        return self._call("UpdateItem", lambda: self._single({"Update": {"TableName": TableName, **action}}))

    def transact_write_items(self, *, TransactItems: list[Item], ClientRequestToken: str = "", **_: Any) -> Item:
        return self._call("TransactWriteItems", lambda: self._transact_once(TransactItems, ClientRequestToken))

    def query(
        self,
        *,
        TableName: str,
        KeyConditionExpression: str,
        ExpressionAttributeValues: Item,
        ScanIndexForward: bool = True,
        ConsistentRead: bool = False,
        Limit: int = 10**9,
        ExclusiveStartKey: Item | None = None,
        **_: Any,
    ) -> Item:
        def query() -> Item:
            partition_condition, _and, sort_condition = KeyConditionExpression.partition(" AND ")
            value = ExpressionAttributeValues[partition_condition.split()[-1]]["S"]
            rows: SortedDict[str, Item] = self._rows[TableName].get(value, SortedDict())
            low, high, inclusive = _range(sort_condition, ExpressionAttributeValues)
            found: list[Item] = []
            more, size = False, 0
            keys: Iterable[str] = rows.irange(low, high, inclusive, reverse=not ScanIndexForward)
            if ExclusiveStartKey is not None:
                start = self._key(TableName, ExclusiveStartKey)[1]
                keys = [key for key in keys if (key > start if ScanIndexForward else key < start)]
            for key in keys:
                if len(found) == Limit:
                    more = True
                    break
                size += _size(rows[key])
                found.append(copy.deepcopy(rows[key]))
                if size > _LARGEST_READ:
                    more = True
                    break
            self.read_units += math.ceil(size / 4096) * (1 if ConsistentRead else 0.5)
            # A page that is exactly full says that there may be more, as DynamoDB's does.
            last = {"LastEvaluatedKey": self._key_of(TableName, found[-1])} if more or len(found) == Limit else {}
            return {"Items": found, "Count": len(found), **last}

        return self._call("Query", query)

    def scan(
        self,
        *,
        TableName: str,
        FilterExpression: str = "",
        Limit: int = 10**9,
        ExclusiveStartKey: Item | None = None,
        **names: Any,
    ) -> Item:
        def scan() -> Item:
            items = [item for rows in self._rows[TableName].values() for item in rows.values()]
            if ExclusiveStartKey is not None:
                start = self._key(TableName, ExclusiveStartKey)
                items = items[[self._key(TableName, item) for item in items].index(start) + 1 :]
            # The filter comes after the limit, as DynamoDB has it.
            items = items[:Limit]
            self.read_units += math.ceil(sum(_size(item) for item in items) / 4096)
            kept = [item for item in items if not FilterExpression or _holds(FilterExpression, item, names)]
            last = {"LastEvaluatedKey": self._key_of(TableName, items[-1])} if len(items) == Limit else {}
            return {"Items": copy.deepcopy(kept), **last}

        return self._call("Scan", scan)

    # --- for tests and benchmarks -------------------------------------------------------------------------------------

    def load(self, table: str, items: "list[Item]") -> None:
        """Puts items without counting."""
        for item in items:
            self._replace(table, item, item)

    def items(self, table: str) -> list[Item]:
        """Everything in a table, without counting."""
        return [item for rows in self._rows[table].values() for item in rows.values()]

    def stream(self, table: str) -> list[Item]:
        """The records of a table's stream, as Lambda hands them out, in the order of the writes."""
        return list(self._streams[table])

    # --- inside -------------------------------------------------------------------------------------------------------

    def _call(self, name: str, work: Callable[[], Item]) -> Item:
        if self.before is not None:
            self.before(name)
        with self._lock:
            self.calls[name] += 1
            answer = work()
        if self.after is not None:
            self.after(name)
        return answer

    def _single(self, action: Item) -> Item:
        _require_short_expressions([action])
        if self._held_by_others([action]) != ["None"]:
            raise client_error("TransactionConflictException", "Transaction is ongoing for the item")
        self._count_write(action, factor=1)
        if not self._condition_holds(action):
            raise client_error("ConditionalCheckFailedException", "The conditional request failed")
        table, item, key = self._applied(action)
        self._replace(table, key, item)
        ((_kind, body),) = action.items()
        return {"Attributes": copy.deepcopy(item)} if body.get("ReturnValues") == "ALL_NEW" else {}

    def _transact_once(self, actions: list[Item], token: str) -> Item:
        """A transaction that was carried out under its token is not carried out again, and answers the same."""
        if not token:
            return self._transact(actions)
        if token in self._transactions:
            known = self._transactions[token]
            if known is None:
                raise client_error("TransactionInProgressException", "The transaction is in progress")
            if known != actions:
                raise client_error("IdempotentParameterMismatchException", "The token was sent with other parameters")
            return {}
        self._transactions[token] = None
        try:
            answer = self._transact(actions)
        except BaseException:
            del self._transactions[token]
            raise
        self._transactions[token] = copy.deepcopy(actions)
        return answer

    def _transact(self, actions: list[Item]) -> Item:
        if len(actions) > 100:
            raise client_error("ValidationException", "a transaction has at most 100 actions")
        _require_short_expressions(actions)
        keys = self._keys(actions)
        if len(set(keys)) != len(keys):
            raise client_error(
                "ValidationException", "Transaction request cannot include multiple operations on one item"
            )
        conflicts = self._held_by_others(actions)
        if "TransactionConflict" in conflicts:
            raise cancelled(conflicts)
        for action in actions:
            self._count_write(action, factor=2)
        if self.during is not None:
            self._held.update(keys)
            self._lock.release()
            try:
                self.during("TransactWriteItems")
            finally:
                self._lock.acquire()
                self._held.difference_update(keys)
        held = [self._condition_holds(action) for action in actions]
        if not all(held):
            raise cancelled(["None" if ok else "ConditionalCheckFailed" for ok in held])
        for table, item, key in [self._applied(action) for action in actions]:
            self._replace(table, key, item)
        return {}

    def _keys(self, actions: list[Item]) -> list[tuple[str, str, str]]:
        bodies = [body for action in actions for body in action.values()]
        return [(body["TableName"], *self._key(body["TableName"], _row(body))) for body in bodies]

    def _held_by_others(self, actions: list[Item]) -> list[str]:
        """A cancellation reason for each action: a row is held by a transaction that is under way."""
        return ["TransactionConflict" if key in self._held else "None" for key in self._keys(actions)]

    def _condition_holds(self, action: Item) -> bool:
        ((_kind, body),) = action.items()
        condition = body.get("ConditionExpression")
        item = self._find(body["TableName"], _row(body))
        return condition is None or _holds(condition, item or {}, body)

    def _applied(self, action: Item) -> tuple[str, Item | None, Item]:
        """The table, what the action makes of its item, and the item's key; nothing is stored yet."""
        ((kind, body),) = action.items()
        table, key = body["TableName"], _row(body)
        if kind == "Put":
            return table, copy.deepcopy(body["Item"]), key
        if kind == "Delete":
            return table, None, key
        item = self._find(table, key)
        if kind == "Update":
            item = copy.deepcopy(item) if item is not None else dict(key)
            _update(body["UpdateExpression"], item, body)
        return table, item, key

    def _replace(self, table: str, key: Item, item: Item | None) -> None:
        partition, sort = self._key(table, key)
        rows = self._rows[table].setdefault(partition, SortedDict())
        if table in self._streams:
            self._streams[table].append(self._stream_record(table, key, rows.get(sort), item))
        if item is None:
            rows.pop(sort, None)
        else:
            rows[sort] = item

    def _stream_record(self, table: str, key: Item, before: Item | None, after: Item | None) -> Item:
        name = "REMOVE" if after is None else "INSERT" if before is None else "MODIFY"
        image = {} if after is None else {"NewImage": copy.deepcopy(after)}
        number = f"{len(self._streams[table]) + 1:021}"
        change = {
            "ApproximateCreationDateTime": int(self._clock()),
            "Keys": self._key_of(table, key),
            "SequenceNumber": number,
            "StreamViewType": "NEW_IMAGE",
            **image,
        }
        return {"eventID": number, "eventName": name, "eventSource": "aws:dynamodb", "dynamodb": change}

    def _count_write(self, action: Item, factor: int) -> None:
        ((_kind, body),) = action.items()
        before = self._find(body["TableName"], _row(body)) or {}
        self.write_units += factor * max(1, math.ceil(max(_size(before), _size(_row(body))) / 1024))

    def _key(self, table: str, item: Item) -> tuple[str, str]:
        keys = self._tables[table]
        return item[keys.partition_key]["S"], item[keys.sort_key]["S"] if keys.sort_key else ""

    def _key_of(self, table: str, item: Item) -> Item:
        keys = self._tables[table]
        return {name: item[name] for name in (keys.partition_key, keys.sort_key) if name is not None}

    def _find(self, table: str, key: Item) -> Item | None:
        partition, sort = self._key(table, key)
        rows = self._rows[table].get(partition)
        return None if rows is None else rows.get(sort)


def client_error(code: str, message: str = "", status: int = 400, **members: Any) -> ClientError:
    """What boto3 raises when DynamoDB answers with this error."""
    response = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}, **members}
    return ClientError(response, "DynamoDB")  # type: ignore[arg-type]


def cancelled(reasons: list[str]) -> ClientError:
    """A cancelled transaction, with a reason for each action."""
    return client_error("TransactionCanceledException", CancellationReasons=[{"Code": reason} for reason in reasons])


def _require_short_expressions(actions: list[Item]) -> None:
    for action in actions:
        for body in action.values():
            for name in ("ConditionExpression", "UpdateExpression"):
                size = len(body.get(name, "").encode())
                if size > _LONGEST_EXPRESSION:
                    raise client_error("ValidationException", f"Invalid {name}: expression size: {size} bytes")


def _range(sort_condition: str, values: Item) -> tuple[str | None, str | None, tuple[bool, bool]]:
    """The bounds of a condition on a sort key, and which of them belong to the range."""
    match sort_condition.split():
        case []:
            return None, None, (False, False)
        case [_, ">", low]:
            return values[low]["S"], None, (False, False)
        case [_, ">=", low]:
            return values[low]["S"], None, (True, False)
        case [_, "<", high]:
            return None, values[high]["S"], (False, False)
        case [_, "BETWEEN", low, "AND", high]:
            if values[low]["S"] > values[high]["S"]:
                raise client_error("ValidationException", "The BETWEEN operator requires upper bound to be greater")
            return values[low]["S"], values[high]["S"], (True, True)
    raise client_error("ValidationException", f"cannot read {sort_condition!r}")


def _row(body: Item) -> Item:
    row: Item = body.get("Item") or body["Key"]
    return row


def _size(item: Mapping[str, Any]) -> int:
    """Bytes, by the documented rule: names and values in UTF-8, numbers by their digits, 3 for each map or list."""

    def value_size(value: Mapping[str, Any]) -> int:
        ((kind, content),) = value.items()
        if kind == "S":
            return len(content.encode())
        if kind == "N":
            return math.ceil(len(content.lstrip("-")) / 2) + 1
        if kind == "M":
            return 3 + sum(1 + len(name.encode()) + value_size(member) for name, member in content.items())
        if kind == "L":
            return 3 + sum(1 + value_size(member) for member in content)
        return 1

    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def _read_units(item: Item | None, consistent: bool) -> float:
    return max(1, math.ceil(_size(item or {}) / 4096)) * (1 if consistent else 0.5)


# --- expressions ------------------------------------------------------------------------------------------------------


class _Tokens:
    """An expression's words, with names and values put in place as they are read."""

    _CACHE: ClassVar[dict[str, list[str]]] = {}

    def __init__(self, expression: str, item: Item, body: Mapping[str, Any]) -> None:
        if expression not in self._CACHE:
            self._CACHE[expression] = _TOKEN.findall(expression)
        self._words = self._CACHE[expression]
        self._at = 0
        self.item = item
        self._names = body.get("ExpressionAttributeNames", {})
        self._values = body.get("ExpressionAttributeValues", {})

    def peek(self) -> str:
        return self._words[self._at] if self._at < len(self._words) else ""

    def take(self, expected: str | None = None) -> str:
        word = self.peek()
        if not word or (expected is not None and word.upper() != expected):
            raise client_error("ValidationException", f"expected {expected}, got {word!r}")
        self._at += 1
        return word

    def path(self) -> list[str]:
        return [self._names[part] if part.startswith("#") else part for part in self.take().split(".")]

    def operand(self) -> Any:
        """An attribute value, or None where the path leads nowhere."""
        word = self.peek()
        if word == "if_not_exists":
            self.take()
            self.take("(")
            present = _at(self.item, self.path())
            self.take(",")
            default = self.operand()
            self.take(")")
            return default if present is None else present
        if word.startswith(":"):
            return self._values[self.take()]
        return _at(self.item, self.path())


def _at(item: Item, path: list[str]) -> Any:
    value: Any = {"M": item}
    for part in path:
        if value is None or "M" not in value:
            return None
        value = value["M"].get(part)
    return value


def _holds(expression: str, item: Item, body: Mapping[str, Any]) -> bool:
    tokens = _Tokens(expression, item, body)
    result = _either(tokens)
    if tokens.peek():
        raise client_error("ValidationException", f"cannot read on at {tokens.peek()!r}")
    return result


def _either(tokens: _Tokens) -> bool:
    result = _both(tokens)
    while tokens.peek().upper() == "OR":
        tokens.take()
        result = _both(tokens) or result
    return result


def _both(tokens: _Tokens) -> bool:
    result = _term(tokens)
    while tokens.peek().upper() == "AND":
        tokens.take()
        result = _term(tokens) and result
    return result


def _term(tokens: _Tokens) -> bool:
    word = tokens.peek()
    if word == "(":
        tokens.take()
        result = _either(tokens)
        tokens.take(")")
        return result
    if word in ("attribute_exists", "attribute_not_exists"):
        tokens.take()
        tokens.take("(")
        exists = _at(tokens.item, tokens.path()) is not None
        tokens.take(")")
        return exists == (word == "attribute_exists")
    left, operator, right = tokens.operand(), tokens.take(), tokens.operand()
    if operator.upper() == "BETWEEN":
        tokens.take("AND")
        high = tokens.operand()
        return _compare(left, ">=", right) and _compare(left, "<=", high)
    return _compare(left, operator, right)


def _compare(left: Any, operator: str, right: Any) -> bool:
    if left is None or right is None:
        return False
    ((left_kind, left_content),) = left.items()
    ((right_kind, right_content),) = right.items()
    if left_kind != right_kind:
        return operator == "<>"
    if left_kind == "N":
        return _COMPARISONS[operator](int(left_content), int(right_content))
    return _COMPARISONS[operator](left_content, right_content)


def _update(expression: str, item: Item, body: Mapping[str, Any]) -> None:
    tokens = _Tokens(expression, copy.deepcopy(item), body)
    writes: list[tuple[list[str], Any]] = []
    clause = ""
    while tokens.peek():
        clause = tokens.take().upper() if tokens.peek().upper() in ("SET", "REMOVE") else clause
        path = tokens.path()
        writes.append((path, _assigned(tokens) if clause == "SET" else None))
        if tokens.peek() == ",":
            tokens.take()
    for path, value in writes:
        _write(item, path, value)


def _assigned(tokens: _Tokens) -> Any:
    tokens.take("=")
    value = tokens.operand()
    if tokens.peek() in ("+", "-"):
        sign = 1 if tokens.take() == "+" else -1
        other = tokens.operand()
        if value is None or other is None:
            raise client_error(
                "ValidationException", "The provided expression refers to an attribute that does not exist"
            )
        return {"N": str(int(value["N"]) + sign * int(other["N"]))}
    if value is None:
        raise client_error("ValidationException", "The provided expression refers to an attribute that does not exist")
    return value


def _write(item: Item, path: list[str], value: Any) -> None:
    parent = _at(item, path[:-1])
    if parent is None or "M" not in parent:
        raise client_error("ValidationException", "The document path provided in the update expression is invalid")
    if value is None:
        parent["M"].pop(path[-1], None)
    else:
        parent["M"][path[-1]] = copy.deepcopy(value)
