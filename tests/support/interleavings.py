"""Every interleaving of a few small programs, one DynamoDB call at a time, over the real services.

An operation meets the others only in its calls to DynamoDB, so what it does next follows from the answers it has had.
It is run, in this thread, on the answers recorded so far and stopped at its next call; the call is then made on the
rows of any moment. Interleavings that reach the same state go on together: the same rows, the same answers had by each
operation under way, the same history so far. Each is counted. (Stateless search: Godefroid 1997.)
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from botocore.exceptions import ClientError
from msgspec.structs import replace

from chalicelib.credentials.client_secrets import ClientSecret
from emulators.dynamodb import DynamoDB, client_error
from tests.support.linearizability import Operation, describe, is_linearizable
from tests.support.tenant_lab import NAMES, TenantLab

Step = tuple[str, int | None]
"""An operation of TenantLab, and which of the known credentials it is for; None where it is for none."""
Known = tuple[str, ClientSecret]
_LOST = client_error("InternalServerError", status=500)
"""What boto3 raises where an answer did not arrive."""
_READS = frozenset({"get_item", "batch_get_item", "query"})


class Interleavings(NamedTuple):
    """How many were checked, with every answer arriving and with one lost, and how many states they went through."""

    undisturbed: int
    one_lost: int
    states: int


class Call(NamedTuple):
    method: str
    arguments: dict[str, Any]


class Made(NamedTuple):
    """A call that was made: the rows after it and its answer, by their numbers, and whether it wrote."""

    rows: int
    answer: int
    wrote: bool


class Ended(msgspec.Struct, frozen=True, cache_hash=True):
    """What an operation wrote into the history, its times aside, and the ids of the secrets it made known."""

    operation: Operation | None
    made_known: tuple[str, ...]


class Event(msgspec.Struct, frozen=True, cache_hash=True):
    """The start of the ``position``-th operation of a program, or its end with what came of it."""

    program: int
    position: int
    ended: Ended | None = None


class UnderWay(msgspec.Struct, frozen=True, cache_hash=True):
    """An operation that has had these answers; ``known`` were the secrets known at its start, by their ids.

    ``read`` are the rows of a batch that were read so far: a BatchGetItem is no snapshot, its rows are read one by one.
    """

    program: int
    position: int
    known: tuple[str, ...]
    answers: tuple[int, ...] = ()
    read: frozenset[tuple[int, int]] = frozenset()


class State(msgspec.Struct, frozen=True, cache_hash=True):
    """Where an interleaving has got to; ``rows`` is the number of a content of the tables.

    ``programs`` has of each the operation under way, or the position of the next. ``events`` is the history as far as
    anybody could tell: by turns a set of starts and a set of ends, for only the order of an end and a start tells. An
    operation whose caller got an error is in ``unknown`` and has no end.
    """

    rows: int
    programs: tuple[UnderWay | int, ...]
    may_lose: bool
    events: tuple[frozenset[Event], ...] = ()
    unknown: frozenset[Event] = frozenset()


Witness = tuple["Witness", str] | None
"""How a state was reached, the last call first."""


class _AtACall(BaseException):
    """Stops an operation at a call that has no recorded answer; no code of ours may catch it."""

    def __init__(self, call: Call) -> None:
        super().__init__(call)
        self.call = call


class _RecordedAnswers:
    """A DynamoDB client that gives recorded answers, and stops its caller at the first call beyond them."""

    def __init__(self, answers: Sequence[Any]) -> None:
        self._answers = iter(answers)

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def answered(**arguments: Any) -> Any:
            for answer in self._answers:
                if isinstance(answer, ClientError):
                    # A new one each time: an exception that is raised again keeps the tracebacks of every time before.
                    raise ClientError(answer.response, answer.operation_name)
                return answer
            raise _AtACall(Call(method, arguments))

        return answered


class _Numbered:
    """Gives equal contents the same number."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._contents: list[Any] = []

    def number(self, content: Any, key: bytes | None = None) -> int:
        key = msgspec.json.encode(content, order="deterministic") if key is None else key
        number = self._numbers.setdefault(key, len(self._contents))
        if number == len(self._contents):
            self._contents.append(content)
        return number

    def __getitem__(self, number: int) -> Any:
        return self._contents[number]


class Explorer:
    """``lab_of(client, now, environment=…)`` makes the services. Two credentials are there before the programs start,
    and the steps in ``before`` were made.

    ``may_lose`` has one answer lost at every call in turn. ``swept`` says that no row may be left in between.
    """

    def __init__(
        self,
        programs: Sequence[Sequence[Step]],
        lab_of: Callable[..., TenantLab] = TenantLab,
        *,
        before: Sequence[Step] = (),
        may_lose: bool = True,
        swept: bool = True,
    ) -> None:
        self._programs = programs
        self._lab_of = lab_of
        self._swept = swept
        self._tables = _Numbered()
        self._answers = _Numbered()
        self._following: dict[UnderWay, Call | Ended] = {}
        self._made: dict[tuple[int, UnderWay, int], Made] = {}
        self._final: dict[tuple[int, tuple[str, ...]], list[Operation]] = {}
        self._explained: set[tuple[Operation, ...]] = set()
        self._secrets: dict[str, Known] = {}
        client = DynamoDB()
        lab = self._lab(client, environment=0)
        lab.create()
        lab.create()
        for name, which in before:
            getattr(lab, name)(*([] if which is None else [which]))
        self._history_before = [replace(operation, start=-1, end=-1) for operation in lab.history]
        self._known_before = self._remember(lab.known)
        self._start = State(self._number_of(client), (0,) * len(programs), may_lose=may_lose)

    def check(self) -> Interleavings:
        """Checks each interleaving.

        Raises AssertionError, with the calls in their order, where no serial order explains the history, or where a row
        is left in between.
        """
        ends: Counter[bool] = Counter()
        states = 0
        level: dict[State, tuple[int, Witness]] = {self._start: (1, None)}
        while level:
            states += len(level)
            reached: dict[State, tuple[int, Witness]] = {}
            for state, (paths, witness) in level.items():
                if all(self._is_over(number, program) for number, program in enumerate(state.programs)):
                    ends[state.may_lose] += paths
                    self._check_end(state, witness)
                for after, call in self._steps(state):
                    paths_so_far, first_witness = reached.get(after, (0, (witness, call)))
                    reached[after] = (paths_so_far + paths, first_witness)
            level = reached
        undisturbed = ends[self._start.may_lose]
        return Interleavings(undisturbed, ends.total() - undisturbed, states)

    # --- steps --------------------------------------------------------------------------------------------------------

    def _is_over(self, number: int, program: UnderWay | int) -> bool:
        return program == len(self._programs[number])

    def _steps(self, state: State) -> Iterator[tuple[State, str]]:
        """The states one call further on, and what the call was.

        An operation starts at its first call and ends at its last: a caller who started earlier, or heard of the end
        later, would leave more orders to explain what happened, and so say less.
        """
        for number, program in enumerate(state.programs):
            if self._is_over(number, program):
                continue
            if isinstance(program, int):
                operation = UnderWay(number, program, self._known_in(state))
                events = _with(state.events, Event(number, program), end=False)
                yield from self._step(replace(state, events=events), operation)
            else:
                yield from self._step(state, program)

    def _step(self, state: State, operation: UnderWay) -> Iterator[tuple[State, str]]:
        call = self._next(operation)
        assert isinstance(call, Call), "an operation without a call"
        name = f"{operation.program}: {self._programs[operation.program][operation.position][0]}: {call.method}"
        if call.method == "batch_get_item":
            yield from self._batch_step(state, operation, call, name)
            made = Made(state.rows, -1, wrote=False)
        else:
            made = self._make(state.rows, operation, call)
            yield self._answered(state, operation, made.rows, made.answer), name
        if state.may_lose and not operation.read:
            lost = self._answers.number(_LOST, b"lost")
            disturbed = replace(state, may_lose=False)
            yield self._answered(disturbed, operation, state.rows, lost), f"{name}, lost before it took effect"
            if made.wrote:
                yield self._answered(disturbed, operation, made.rows, lost), f"{name}, its answer lost"

    def _batch_step(self, state: State, operation: UnderWay, batch: Call, name: str) -> Iterator[tuple[State, str]]:
        """One more row of the batch is read, whichever; the last one makes the answer whole."""
        requests = batch.arguments["RequestItems"]
        keys = [(table, key) for table, request in requests.items() for key in request["Keys"]]
        for index in set(range(len(keys))) - {index for index, _ in operation.read}:
            table, key = keys[index]
            get = Call(
                "get_item",
                {"TableName": table, "Key": key, "ConsistentRead": requests[table].get("ConsistentRead", False)},
            )
            made = self._make(state.rows, replace(operation, read=frozenset()), get, index)
            read = operation.read | {(index, made.answer)}
            if len(read) < len(keys):
                yield _with_program(state, replace(operation, read=read)), f"{name} of {table}"
            else:
                responses: dict[str, list[Any]] = {table: [] for table in requests}
                for position, answer in sorted(read):
                    responses[keys[position][0]] += [item for _, item in self._answers[answer].items()]
                whole = self._answers.number({"Responses": responses, "UnprocessedKeys": {}})
                yield (
                    self._answered(state, replace(operation, read=frozenset()), state.rows, whole),
                    f"{name} of {table}",
                )

    def _make(self, rows: int, operation: UnderWay, call: Call, index: int = 0) -> Made:
        """Makes the call on these rows; ``index`` tells the calls of one batch apart."""
        if (rows, operation, index) not in self._made:
            client = self._client(rows)
            try:
                answer = getattr(client, call.method)(**call.arguments)
            except ClientError as refused:
                made = Made(rows, self._answers.number(refused, repr(refused.response).encode()), wrote=False)
            else:
                wrote = call.method not in _READS
                made = Made(self._number_of(client) if wrote else rows, self._answers.number(answer), wrote)
            self._made[rows, operation, index] = made
        return self._made[rows, operation, index]

    def _answered(self, state: State, operation: UnderWay, rows: int, answer: int) -> State:
        """The state once the operation has one more answer, and has come to its next call or its end."""
        state = replace(state, rows=rows)
        operation = replace(operation, answers=(*operation.answers, answer))
        following = self._next(operation)
        if isinstance(following, Call):
            return _with_program(state, operation)
        end = Event(operation.program, operation.position, following)
        programs = list(state.programs)
        programs[operation.program] = operation.position + 1
        if following.operation is not None and following.operation.result == "unknown":
            return replace(state, programs=tuple(programs), unknown=state.unknown | {end})
        return replace(state, programs=tuple(programs), events=_with(state.events, end, end=True))

    # --- operations ---------------------------------------------------------------------------------------------------

    def _next(self, operation: UnderWay) -> Call | Ended:
        """What an operation does once it has had its answers."""
        operation = replace(operation, read=frozenset())
        if operation not in self._following:
            self._following[operation] = self._run(operation)
        return self._following[operation]

    def _run(self, operation: UnderWay) -> Call | Ended:
        client = _RecordedAnswers([self._answers[number] for number in operation.answers])
        # An environment for each operation: what is random in it, and its clock, follow from the operation alone.
        lab = self._lab(client, environment=1 + operation.program + len(self._programs) * operation.position)
        lab.known = [self._secrets[secret_id] for secret_id in operation.known]
        name, which = self._programs[operation.program][operation.position]
        try:
            getattr(lab, name)(*([] if which is None else [which]))
        except _AtACall as stopped:
            return stopped.call
        made_known = self._remember(lab.known[len(operation.known) :])
        written = [replace(done, start=0, end=0) for done in lab.history]
        return Ended(written[0] if written else None, made_known)

    def _known_in(self, state: State) -> tuple[str, ...]:
        """The ids of the secrets that have been shown: in the same order, whichever was shown first."""
        shown = sorted(
            (event.program, event.position, event.ended.made_known)
            for events in state.events[1::2]
            for event in events
            if event.ended is not None
        )
        return self._known_before + tuple(secret_id for _, _, made_known in shown for secret_id in made_known)

    def _remember(self, known: Sequence[Known]) -> tuple[str, ...]:
        self._secrets.update({secret.secret_id: (client_id, secret) for client_id, secret in known})
        return tuple(secret.secret_id for _, secret in known)

    # --- ends ---------------------------------------------------------------------------------------------------------

    def _check_end(self, state: State, witness: Witness) -> None:
        """What must hold once all programs have ended: of the history, and of the rows when a sweep is done."""
        try:
            history = self._history(state)
            if history not in self._explained:
                assert is_linearizable(history), describe(history)
                self._explained.add(history)
        except AssertionError as error:
            raise AssertionError("\n".join([*_path(witness), str(error)])) from error

    def _history(self, state: State) -> tuple[Operation, ...]:
        starts = {
            (event.program, event.position): 2.0 * turn
            for turn, events in enumerate(state.events[::2])
            for event in events
        }
        ends = [(2.0 * turn + 1, event) for turn, events in enumerate(state.events[1::2]) for event in events]
        ends += [(float("inf"), event) for event in state.unknown]
        during = [
            replace(event.ended.operation, start=starts[event.program, event.position], end=end)
            for end, event in ends
            if event.ended is not None and event.ended.operation is not None
        ]
        after = [
            replace(done, start=len(state.events) + time, end=len(state.events) + time)
            for time, done in enumerate(self._finals(state))
        ]
        return (*self._history_before, *during, *after)

    def _finals(self, state: State) -> list[Operation]:
        """What each known secret is good for when a sweep has come to its end, one after the other."""
        known = self._known_in(state)
        if (state.rows, known) not in self._final:
            lab = self._lab(self._client(state.rows), environment=0)
            lab.known = [self._secrets[secret_id] for secret_id in known]
            lab.sweep()
            for which in range(len(known)):
                lab.exchange(which)
            if self._swept:
                lab.assert_swept()
            self._final[state.rows, known] = lab.history
        return self._final[state.rows, known]

    # --- tables -------------------------------------------------------------------------------------------------------

    def _lab(self, client: Any, environment: int) -> TenantLab:
        instants = iter(range(10**9))
        return self._lab_of(client, instants.__next__, environment=environment)

    def _client(self, rows: int) -> DynamoDB:
        client = DynamoDB()
        for table, items in self._tables[rows].items():
            client.load(table, items)
        return client

    def _number_of(self, client: DynamoDB) -> int:
        return self._tables.number({table: client.items(table) for table in NAMES.values()})


def _with_program(state: State, operation: UnderWay) -> State:
    programs = list(state.programs)
    programs[operation.program] = operation
    return replace(state, programs=tuple(programs))


def _with(events: tuple[frozenset[Event], ...], event: Event, *, end: bool) -> tuple[frozenset[Event], ...]:
    """The events with one more: in the last set if that is of its kind, else in a set of its own."""
    if events and (len(events) % 2 == 0) == end:
        return (*events[:-1], events[-1] | {event})
    return (*events, frozenset({event}))


def _path(witness: Witness) -> list[str]:
    calls = []
    while witness is not None:
        witness, call = witness
        calls.append(call)
    return calls[::-1]
