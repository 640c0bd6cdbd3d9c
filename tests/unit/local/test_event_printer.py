"""What leaves the service is printed, once, in the order in which it was written."""

import json
from typing import Any

import pytest

from chalicelib.credentials.published_event import DETAIL_TYPE, SOURCE, published_event
from local.event_printer import EventPrinter, Terminal
from tests.support.event_lab import EventLab
from tests.unit.credentials.test_published_event import EVENT, ISSUER


class Streams:
    """A table with a stream of one shard, an iterator over which is the number of the records before it."""

    def __init__(self, lab: EventLab) -> None:
        self._lab = lab

    def describe_table(self, **_: object) -> Any:
        return {"Table": {"LatestStreamArn": "stream"}}

    def describe_stream(self, **_: object) -> Any:
        return {"StreamDescription": {"Shards": [{"ShardId": "shard"}]}}

    def get_shard_iterator(self, **_: object) -> Any:
        return {"ShardIterator": "0"}

    def get_records(self, *, ShardIterator: str) -> Any:  # noqa: N803
        records = self._lab.records()
        return {"Records": records[int(ShardIterator) :], "NextShardIterator": str(len(records))}


def test_each_event_is_a_line_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    lab = EventLab()
    streams: Any = Streams(lab)
    printer = EventPrinter(streams, streams, "audit_events", ISSUER)
    printer.print_new()
    written = [lab.write("acme") for _ in range(2)]
    printer.print_new()
    written.append(lab.write("other"))
    printer.print_new()
    printer.print_new()
    printed = capsys.readouterr()
    lines = [json.loads(line) for line in printed.err.splitlines()]
    assert [line["detail"]["event_id"] for line in lines] == [event.event_id for event in written]
    assert {(line["source"], line["detail-type"]) for line in lines} == {(SOURCE, DETAIL_TYPE)}
    assert printed.out == ""


def test_the_terminal_takes_every_event(capsys: pytest.CaptureFixture[str]) -> None:
    event = published_event(EVENT, ISSUER)
    assert Terminal().put([event, event]) == ["accepted", "accepted"]
    Terminal().tell(event)
    assert len(capsys.readouterr().err.splitlines()) == 3
