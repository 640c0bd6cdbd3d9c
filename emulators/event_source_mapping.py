"""Lambda between a stream and a function: batches, attempts, partial answers, and where what is given up goes.

As the mapping's properties in the template say, which are read as Lambda's guide explains them.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Record = dict[str, Any]
_WAIT = 30.0
"""Seconds between two attempts."""


class EventSourceMapping:
    """``function`` is handed a batch and answers, or raises. ``clock`` tells epoch seconds; ``wait`` lets some pass.

    ``given_up`` has what Lambda leaves in the queue for failures: which records, and when they came, not the records.
    """

    def __init__(
        self,
        properties: Mapping[str, Any],
        function: Callable[[dict[str, Any]], Mapping[str, Any]],
        clock: Callable[[], float],
        wait: Callable[[float], None],
    ) -> None:
        [only] = properties["FilterCriteria"]["Filters"]
        self._wanted: dict[str, list[str]] = json.loads(only["Pattern"])
        self._size: int = properties["BatchSize"]
        self._oldest: int = properties["MaximumRecordAgeInSeconds"]
        self._bisects: bool = properties["BisectBatchOnFunctionError"]
        if (
            properties["FunctionResponseTypes"] != ["ReportBatchItemFailures"]
            or properties["MaximumRetryAttempts"] != -1
        ):
            raise NotImplementedError(properties)
        self._function = function
        self._clock = clock
        self._wait = wait
        self.given_up: list[dict[str, Any]] = []

    def hand_out(self, records: Sequence[Record]) -> None:
        """Hands out a shard's records, in their order, until each was taken or given up."""
        wanted = [record for record in records if all(record[name] in values for name, values in self._wanted.items())]
        for begin in range(0, len(wanted), self._size):
            self._attempt(wanted[begin : begin + self._size])

    def _attempt(self, batch: Sequence[Record]) -> None:
        while batch:
            if self._clock() - _created(batch[0]) > self._oldest:
                self._give_up(batch)
                return
            try:
                answer = self._function({"Records": list(batch)})
            except Exception:  # noqa: BLE001  (Lambda, too, takes whatever it is for a failure)
                self._wait(_WAIT)
                if self._bisects and len(batch) > 1:
                    middle = len(batch) // 2
                    self._attempt(batch[:middle])
                    batch = batch[middle:]
                continue
            batch = _from_the_first_failure(batch, answer)
            if batch:
                self._wait(_WAIT)

    def _give_up(self, batch: Sequence[Record]) -> None:
        self.given_up.append(
            {
                "requestContext": {"condition": "RecordAgeExceeded"},
                "DDBStreamBatchInfo": {
                    "startSequenceNumber": batch[0]["dynamodb"]["SequenceNumber"],
                    "endSequenceNumber": batch[-1]["dynamodb"]["SequenceNumber"],
                    "approximateArrivalOfFirstRecord": _created(batch[0]),
                    "approximateArrivalOfLastRecord": _created(batch[-1]),
                    "batchSize": len(batch),
                },
            }
        )


def _created(record: Record) -> float:
    return float(record["dynamodb"]["ApproximateCreationDateTime"])


def _from_the_first_failure(batch: Sequence[Record], answer: Mapping[str, Any]) -> Sequence[Record]:
    failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
    for position, record in enumerate(batch):
        if record["dynamodb"]["SequenceNumber"] in failed:
            return batch[position:]
    return ()
