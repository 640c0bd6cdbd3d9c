"""The tables of docs/reliability.md, from what was seen."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import NamedTuple

from emulators.faults import FAULTS, Fault
from tests.reliability.operations import Operation
from tests.reliability.trial import Cell, Step

_BEGIN, _END = "<!-- python -m tests.reliability: begin -->", "<!-- end -->"
Seen = Mapping[str, tuple[Cell, Cell]]
"""By the fault's name: what came of it once, and while it lasts."""


class Row(NamedTuple):
    operation: Operation
    step: Step
    seen: Seen


_WHY = {
    "ok": "As if nothing had happened: the call was attempted again, or its answer was not needed. The tables hold "
    "what they hold without the fault.",
    "503": "Nothing that was asked for is written. The same request, sent again, is answered as the first would have "
    "been.",
    "unknown": "It may be written: no answer came. The same request, sent again with its `Idempotency-Key`, ends in "
    "what one call would have left, audit trail included. A report of a leaked secret needs no key.",
    "renew": "Nothing was done, and the proof is used: the authorizer let the request in, and the function behind it "
    "failed. The next request, which a client signs anew as it does each, is answered. (Elsewhere an assertion or a "
    "proof is good again after a 503: its use is given back, or was not confirmed.)",
    "409": "Others changed the same rows at each attempt, and nothing is written.",
    "later": "What was asked for is done, and answered. The sweep behind it is not; the schedule ends it. The "
    "credentials are revoked since the fence.",
    "fails": "A function in the background: it is invoked again, by Lambda or by the schedule, and goes on from what "
    "is written. Its alarm rings.",
    "again": "What is not on the bus yet is handed out again, by Lambda to the function behind the stream, by the "
    "operator's command to the other. Each event arrives, some of them twice, under one id.",
    "withheld": "No outage: who disables or deletes a key in KMS wants nothing accepted that it signed. It is not "
    "published, and its tokens are refused, until KMS gives it out again.",
}
"""What each word of the table means, and why it is true."""


def page(text: str, rows: list[Row]) -> str:
    """The text of the page with what was seen between its markers."""
    before, written = text.split(_BEGIN)
    _, after = written.split(_END)
    return "\n".join([before + _BEGIN, *_answers(rows), "", *_table(rows), _END + after])


def _table(rows: list[Row]) -> list[str]:
    columns = list(_columns(rows))
    lines = ["| operation | call | " + " | ".join(", ".join(names) for names in columns) + " |"]
    lines.append("|---" * (len(columns) + 2) + "|")
    for operation, of_operation in groupby(rows, key=lambda row: row.operation.name):
        name = operation
        for cells, alike in groupby(of_operation, key=lambda row: _cells(row, columns)):
            lines.append(f"| {name} | {'<br>'.join(_call(row.step) for row in alike)} | {' | '.join(cells)} |")
            name = ""
    return lines


def _columns(rows: list[Row]) -> Iterable[tuple[str, ...]]:
    """The names of the faults, those together that look the same in each row."""
    alike: dict[tuple[str, ...], list[Fault]] = {}
    for fault in FAULTS:
        alike.setdefault(tuple(_cell(row, fault.name) for row in rows), []).append(fault)
    return (tuple(fault.name for fault in faults) for faults in alike.values())


def _cells(row: Row, columns: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(_cell(row, names[0]) for names in columns)


def _cell(row: Row, fault: str) -> str:
    if fault not in row.seen:
        return "–"
    once, lasting = (f"**{cell.seen}!**" if cell.wrong else cell.seen for cell in row.seen[fault])
    return once if once == lasting else f"{once} · {lasting}"


def _call(step: Step) -> str:
    return step.name if step.nth == 1 else f"{step.name} ({step.nth})"


def _answers(rows: list[Row]) -> list[str]:
    """A line for each word, with all the answers that it stands for."""
    answers: dict[str, set[str]] = {}
    for row in rows:
        for cell in (cell for cells in row.seen.values() for cell in cells):
            answers.setdefault(cell.seen, set()).add(_answer(cell))
    head = ["| | the caller sees | why it is true |", "|---|---|---|"]
    return head + [
        f"| `{word}` | {'<br>'.join(sorted(answers[word]))} | {why} |" for word, why in _WHY.items() if word in answers
    ]


def _answer(cell: Cell) -> str:
    reply = cell.reply
    if cell.seen == "ok":
        return "the usual answer"
    if cell.seen == "withheld":
        return "200 without the key, `active: false`, or 401; to sign: 503"
    if cell.seen == "again":
        return "`batchItemFailures` with the first record that is not done; a `cursor`, and `done: false`"
    if cell.seen == "later":
        return "202 with `remaining` above 0; a function: `done: false`"
    if reply.status == "fails":
        return "the invocation fails"
    code = reply.body.get("error") or reply.body.get("type", "").rpartition(":")[2]
    after = f", `Retry-After: {reply.headers['retry-after']}`" if "retry-after" in reply.headers else ""
    return f"{reply.status} `{code}`{after}: “{reply.detail}”"
