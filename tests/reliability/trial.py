"""Tries one operation with one fault at one of its calls, and judges what the caller saw against what is true."""

import base64
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from chalicelib.errors import OutcomeUnknown, ReportUnfinished
from emulators.faults import FAULTS, KEY_STATES, Call, Fault
from tests.reliability.operations import Operation, done, schedule
from tests.reliability.world import Asked, Reply, World, name_of, numbered

WITHHOLDING = tuple(fault for fault in KEY_STATES if fault.name != "KeyUnavailable")
OK, LATER, UNKNOWN, RENEW, FAILS, WITHHELD, AGAIN = "ok", "later", "unknown", "renew", "fails", "withheld", "again"
_IDS = re.compile(r"(acc_[0-9a-z]{26})?[0-7][0-9a-hjkmnp-tv-z]{25}|[0-9a-f]{8}-[0-9a-f-]{27}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_EPOCH = 1_500_000_000
_AS_IT_COMES = {"has_digest", "last_used_at", "last_used_from", "last_uses"}
"""Attributes that an exchange writes if its one attempt succeeds: no answer depends on them."""
_OF_THIS_RUN = {
    "client_secret",
    "dead_below",
    "expires_in",
    "hash",
    "hint",
    "next_status_index",
    "overlap_ends_at",
    "request_id",
    "secret_id",
    "secret_ids",
    "status_index",
}
"""Members whose values are made anew in each run."""


class Step(NamedTuple):
    """One of an operation's calls: the ``nth`` of this ``name``."""

    name: str
    nth: int
    call: Call


class Usual(NamedTuple):
    """An operation when all is well: the ``rows`` before it, and what comes of it."""

    operation: Operation
    asked: Asked
    rows: dict[str, list[dict[str, Any]]]
    steps: list[Step]
    reply: Reply
    end: object
    sign_again: Callable[[], Asked] | None


class Cell(NamedTuple):
    """What came of a fault. ``seen`` is the page's word for it, ``wrong`` says what must not be."""

    seen: str
    reply: Reply
    wrong: str = ""


class Plan:
    """Chooses a fault for the nth call of a name, once or from then on. Not before it is ``armed``."""

    def __init__(self, step: Step, fault: Fault, lasting: bool) -> None:
        self.armed = False
        self.struck = 0
        self._step, self._fault, self._lasting = step, fault, lasting
        self._seen = 0

    def __call__(self, call: Call) -> Fault | None:
        if not self.armed or name_of(call) != self._step.name:
            return None
        self._seen += 1
        if self._seen == self._step.nth or (self._lasting and self._seen > self._step.nth):
            self.struck += 1
            return self._fault
        return None


def usual(world: World, operation: Operation) -> Usual:
    world.sign_again = None
    asked = operation.prepare(world)
    rows = world.rows()
    made: list[Call] = []

    def note(call: Call) -> None:
        if armed:
            made.append(call)

    armed = False
    with world.environment(note, operation.variables):
        if operation.warm:
            done(world, asked)
            rows = world.rows()
        armed = True
        reply = world.send(asked)
    names = numbered(name_of(call) for call in made)
    steps = [
        Step(name, nth, call) for (name, nth), call in zip(names, made, strict=True) if name.startswith(operation.calls)
    ]
    assert reply.status == 401 if operation.refused else reply.status in (200, 201, 202, 204, "returns"), reply
    return Usual(operation, asked, rows, steps, reply, _end(world, operation), world.sign_again)


def faults_at(step: Step) -> Iterator[Fault]:
    yield from (fault for fault in FAULTS if fault.strikes(step.call))


def attempt(world: World, usual: Usual, step: Step, fault: Fault, lasting: bool) -> Cell:
    """Sends what is asked while the fault lasts, and again when it is over."""
    world.load(usual.rows)
    plan = Plan(step, fault, lasting)
    deadline = {"REQUEST_DEADLINE_SECONDS": str(usual.operation.deadline)}
    with world.environment(plan, usual.operation.variables | deadline):
        if usual.operation.warm:
            done(world, usual.asked)
        before = _visible(world)
        plan.armed = True
        reply = world.send(usual.asked)
        if reply.status == 503 and usual.sign_again is not None:
            plan.armed = False
            return _signed_again(world, usual, usual.sign_again, reply)
    if not plan.struck:
        return Cell("?", reply, "the fault did not strike")
    if step.name == "kms: GetPublicKey" and fault in WITHHOLDING:
        if usual.sign_again is not None:
            with world.environment():
                return _signed_anew(world, usual, usual.sign_again, reply, WITHHELD)
        return _repeated(world, usual, reply, WITHHELD)
    return _judged(world, usual, reply, _visible(world) != before)


def _judged(world: World, usual: Usual, reply: Reply, changed: bool) -> Cell:
    if _names_what_is_not_done(reply):
        return _repeated(world, usual, reply, AGAIN)
    if reply.status == usual.reply.status:
        same = _shape(reply.body) == _shape(usual.reply.body)
        if _end(world, usual.operation) != usual.end:
            return Cell("wrong", reply, "the answer is as usual, the tables are not")
        if not same and reply.status not in (202, "returns"):
            return Cell("wrong", reply, f"the answer says something else: {reply.body}")
        return Cell(OK if same else LATER, reply)
    if reply.status in (500, 401, 400, 403, 404):
        return Cell(str(reply.status), reply, f"{reply.status} {reply.body}")
    if reply.status == 503 and not reply.headers.get("retry-after", "").isdigit():
        return Cell("503", reply, "no Retry-After")
    unknown = reply.detail in (OutcomeUnknown.detail, ReportUnfinished.detail)
    if changed and not unknown and reply.status != FAILS:
        return Cell(str(reply.status), reply, f"something was written, and the answer does not say so: {reply.detail}")
    return _repeated(world, usual, reply, UNKNOWN if unknown else str(reply.status))


def _names_what_is_not_done(reply: Reply) -> bool:
    """Whether a function of the audit events returned before it was through."""
    if reply.status != "returns" or not isinstance(reply.body, dict):
        return False
    return bool(reply.body.get("batchItemFailures")) or ("cursor" in reply.body and not reply.body["done"])


def _signed_again(world: World, usual: Usual, sign_again: Callable[[], Asked], reply: Reply) -> Cell:
    """What is good once: where it was not confirmed to be used, the same is good again; else a new one must be."""
    if world.send(usual.asked).status == usual.reply.status:
        return Cell("503", reply)
    return _signed_anew(world, usual, sign_again, reply, RENEW)


def _signed_anew(world: World, usual: Usual, sign_again: Callable[[], Asked], reply: Reply, seen: str) -> Cell:
    again = world.send(sign_again())
    return Cell(seen, reply, "" if again.status == usual.reply.status else f"signed anew: {again.status} {again.body}")


def _repeated(world: World, usual: Usual, reply: Reply, seen: str) -> Cell:
    """The caller's own retry, when AWS is well again, ends as one call would have ended."""
    with world.environment(changed=usual.operation.variables):
        again = world.send(usual.asked)
    if again.status not in (usual.reply.status, usual.operation.done_before if seen == UNKNOWN else None):
        return Cell(seen, reply, f"repeated: {again.status} {again.body}")
    if _end(world, usual.operation) != usual.end:
        return Cell(seen, reply, "repeated: not what one call would have left")
    return Cell(seen, reply)


def _end(world: World, operation: Operation) -> object:
    """What the tables say once the schedule has ended what was begun, and what was published, repetitions apart."""
    with world.environment():
        done(world, schedule("sweep_unfinished"))
    rows_of = {
        table: _shape([_plain({"M": row}) for row in rows if not _is_dispensable(row, operation)])
        for table, rows in world.rows().items()
    }
    arrived = {detail["event_id"]: detail for detail in world.bus.arrived}
    return rows_of, _shape(list(arrived.values())), sorted(set(world.queue.messages))


def _is_dispensable(row: dict[str, Any], operation: Operation) -> bool:
    """It is written if the one attempt succeeds: no answer depends on it."""
    token_id = row.get("token_id", {}).get("S", "")
    return _tells_of_a_refusal(row) or token_id.startswith(operation.dispensable)


def _tells_of_a_refusal(row: dict[str, Any]) -> bool:
    return row.get("action") == {"S": "credential.refused"}


def _visible(world: World) -> object:
    """What an admin can see of them. That a proof was used, or a tenant was met, is nothing that was asked for."""
    rows = world.rows()
    events = [row for row in rows["audit_events"] if not _tells_of_a_refusal(row)]
    known = [row for row in rows["tenants"] if row.get("revocations", {}).get("M")]
    return _shape({"tenants": known, "credentials": rows["credentials"], "audit_events": events})


def _plain(value: dict[str, Any]) -> Any:
    """An attribute value as a value."""
    ((kind, content),) = value.items()
    match kind:
        case "M":
            return {name: _plain(member) for name, member in content.items()}
        case "L":
            return [_plain(member) for member in content]
        case "N":
            return int(content)
        case _:
            return content


def _shape(value: Any, name: str = "") -> Any:
    """A value without what differs from run to run: times, ids, secrets. What is unordered is put in order."""
    match value:
        case _ if name in _OF_THIS_RUN:
            return "*"
        case {"token_id": str(token_id)}:
            return token_id.partition(":")[0]
        case Mapping() if name == "secrets":
            return _shape(list(value.values()))
        case Mapping():
            return {key: _shape(member, key) for key, member in value.items() if key not in _AS_IT_COMES}
        case list():
            return sorted((_shape(member) for member in value), key=repr)
        case str() if value.startswith("ey"):
            return _shape(_claims(value).get("status_list", "token"))
        case str() if _IDS.fullmatch(value) or _TIME.fullmatch(value):
            return "*"
        case int() if value > _EPOCH:
            return "*"
        case _:
            return value


def _claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims
