"""The recipe for a program's own client, against the running service: caching, rotation, outages, threads."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
import requests
from access_tokens import (
    PATIENCE,
    AccessRefused,
    AccessTokens,
    CredentialRefused,
    Login,
    RequestRefused,
    TokenError,
    Unavailable,
    from_secrets_manager,
)

from emulators.http_server import HttpServer, Request, Response
from tests.support.clocks import Clock
from tests.support.local_stack import LocalStack

pytestmark = pytest.mark.slow
LONG = 30


class Front:
    """Stands before the service, and counts the exchanges; ``instead`` answers in its place, or None lets it."""

    def __init__(self, stack: LocalStack) -> None:
        self.exchanges = 0
        self.instead: Callable[[], Response | None] = lambda: None
        self._stack = stack
        self._server = HttpServer(self._answer)
        self.url = self._server.url

    def _answer(self, request: Request) -> Response:
        if request.path == "/oauth/token":
            self.exchanges += 1
            answer = self.instead()
            if answer is not None:
                return answer
        answered = requests.request(
            request.method,
            self._stack.base_url + request.target,
            headers={name: value for name, value in request.headers if name.lower() not in ("host", "connection")},
            data=request.body,
            timeout=LONG,
            allow_redirects=False,
        )
        content_type = [("Content-Type", answered.headers["Content-Type"])] if answered.content else []
        return Response(answered.status_code, content_type, answered.content)

    def close(self) -> None:
        self._server.close()


def busy(retry_after: str = "7") -> Callable[[], Response]:
    return lambda: Response(503, [("Retry-After", retry_after)], b'{"error": "temporarily_unavailable"}')


class Program:
    """A credential whose secret is kept somewhere, and its tokens, on a clock that the test moves."""

    def __init__(self, stack: LocalStack, console_token: str, front: Front) -> None:
        self._stack = stack
        self._console_token = console_token
        self.front = front
        self.clock = Clock(1000.0)
        self.share = 0.5
        self.pauses: list[float] = []
        self.reads = 0
        created = self.console("POST", "/v1/credentials", {"name": "A program", "scopes": ["orders:read"]}).json()
        self.path = f"/v1/credentials/{created['client_id']}"
        self.kept = Login(created["client_id"], created["client_secret"])
        self.tokens = self.new_tokens()

    def new_tokens(self, **arguments: Any) -> AccessTokens:
        return AccessTokens(
            self.front.url, self._read, clock=self.clock, pause=self._pause, share=lambda: self.share, **arguments
        )

    def console(self, method: str, path: str, body: object = None) -> requests.Response:
        return requests.request(
            method,
            self._stack.base_url + path,
            json=body,
            headers={"Authorization": f"Bearer {self._console_token}"},
            timeout=LONG,
        )

    def rotate(self) -> None:
        """The former secret is ended at once."""
        added = self.console("POST", f"{self.path}/secrets", {"overlap_seconds": 0}).json()
        self.kept = Login(added["client_id"], added["client_secret"])

    def end_token(self, token: str) -> None:
        answer = requests.post(
            f"{self._stack.base_url}/oauth/revoke",
            data={"token": token},
            auth=(self.kept.client_id, self.kept.client_secret),
            timeout=LONG,
        )
        assert answer.status_code == 200

    def whoami(self) -> str:
        with self.tokens.open(f"{self.front.url}/v1/whoami") as answer:
            said: dict[str, str] = json.loads(answer.read())
        return said["client_id"]

    def _read(self) -> Login:
        self.reads += 1
        return self.kept

    def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.clock.advance(seconds)


@pytest.fixture(scope="module")
def console_token(running_stack: LocalStack) -> str:
    return running_stack.token()


@pytest.fixture
def front(running_stack: LocalStack) -> Iterator[Front]:
    front = Front(running_stack)
    yield front
    front.close()


@pytest.fixture
def program(running_stack: LocalStack, console_token: str, front: Front) -> Program:
    return Program(running_stack, console_token, front)


def at_once(count: int, call: Callable[[], str]) -> list[str]:
    """What each thread got, or the name of what it raised."""
    outcomes: list[str] = []
    begin = threading.Barrier(count)

    def run() -> None:
        begin.wait(LONG)
        try:
            outcomes.append(call())
        except TokenError as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG)
    assert len(outcomes) == count
    return outcomes


# --- caching ----------------------------------------------------------------------------------------------------------


def test_a_token_is_fetched_once_and_given_out_until_it_is_renewed(program: Program) -> None:
    assert {program.tokens.get() for _ in range(5)} == {program.tokens.get()}
    assert program.whoami() == program.kept.client_id
    assert (program.front.exchanges, program.reads) == (1, 1)


@pytest.mark.parametrize(("share", "after"), [(0.0, 0.7), (1.0, 0.9)])
def test_a_token_is_renewed_before_its_end_not_by_all_programs_together(
    program: Program, share: float, after: float
) -> None:
    program.share = share
    program.tokens.get()
    program.clock.advance(900 * after - 2)
    program.tokens.get()
    assert program.front.exchanges == 1
    program.clock.advance(4)
    program.tokens.get()
    program.tokens.get()
    assert program.front.exchanges == 2


def test_many_threads_without_a_token_make_one_exchange(program: Program) -> None:
    got = at_once(16, program.tokens.get)
    assert len(set(got)) == 1
    assert got[0].count(".") == 2
    assert program.front.exchanges == 1


def test_while_one_thread_renews_the_others_are_given_the_old_token(program: Program) -> None:
    old = program.tokens.get()
    program.clock.advance(850)
    asked, go_on = threading.Event(), threading.Event()

    def wait() -> None:
        asked.set()
        assert go_on.wait(LONG)

    program.front.instead = wait
    renewing = threading.Thread(target=program.tokens.get)
    renewing.start()
    assert asked.wait(LONG)
    assert program.tokens.get() == old
    go_on.set()
    renewing.join(LONG)
    assert program.front.exchanges == 2


# --- rotation and revocation ------------------------------------------------------------------------------------------


def test_a_rotation_is_not_noticed(program: Program) -> None:
    program.tokens.get()
    program.rotate()
    program.clock.advance(1000)
    assert program.whoami() == program.kept.client_id
    assert (program.front.exchanges, program.reads) == (3, 2)


def test_a_rotation_is_not_noticed_by_many_threads(program: Program) -> None:
    program.tokens.get()
    program.rotate()
    program.clock.advance(1000)
    assert len(set(at_once(16, program.tokens.get))) == 1
    assert (program.front.exchanges, program.reads) == (3, 2)


def test_a_token_that_was_revoked_is_replaced_and_the_call_made_again(program: Program) -> None:
    revoked = program.tokens.get()
    program.end_token(revoked)
    assert program.whoami() == program.kept.client_id
    assert program.tokens.get() != revoked
    assert program.front.exchanges == 2


def test_many_threads_whose_token_was_revoked_make_one_exchange(program: Program) -> None:
    program.end_token(program.tokens.get())
    assert set(at_once(8, program.whoami)) == {program.kept.client_id}
    assert program.front.exchanges == 2


def test_a_credential_that_was_revoked_gets_a_clear_error_without_a_secret(program: Program) -> None:
    program.tokens.get()
    program.console("POST", f"{program.path}/revoke")
    with pytest.raises(CredentialRefused, match="revoked") as refused:
        program.whoami()
    assert program.kept.client_secret not in f"{refused.value!r} {refused.value.__context__!r}"
    assert program.kept.client_secret not in repr(program.kept)


def test_an_api_that_refuses_every_token_is_asked_twice_and_no_more(program: Program) -> None:
    asked: list[str] = []

    def refuse(request: Request) -> Response:
        asked.append(request.header("authorization"))
        return Response(401, [], b"{}")

    api = HttpServer(refuse)
    with pytest.raises(AccessRefused):
        program.tokens.open(api.url)
    api.close()
    assert 1 <= len(asked) <= 2


# --- outages ----------------------------------------------------------------------------------------------------------


def test_a_busy_service_is_asked_again_when_it_says(program: Program) -> None:
    answers = iter([busy("7")(), busy("7")(), None])
    program.front.instead = lambda: next(answers)
    program.share = 0
    assert program.whoami() == program.kept.client_id
    assert program.pauses == [7, 7]


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_service_that_stays_busy_is_not_waited_for_without_end(program: Program, status: int) -> None:
    program.front.instead = lambda: Response(status, [("Retry-After", "9")], b"<html>")
    with pytest.raises(Unavailable, match=str(status)) as raised:
        program.tokens.get()
    assert raised.value.retry_after == 9
    assert sum(program.pauses) <= PATIENCE * 1.25


def test_while_the_service_is_busy_a_token_that_is_good_is_given_out(program: Program) -> None:
    old = program.tokens.get()
    program.clock.advance(850)
    program.front.instead = busy("7")
    assert [program.tokens.get(), program.tokens.get()] == [old, old]
    assert (program.front.exchanges, program.pauses) == (2, [])
    program.clock.advance(8)
    program.front.instead = lambda: None
    program.tokens.get()
    assert program.front.exchanges == 3


def test_threads_that_wait_for_an_exchange_share_its_failure(program: Program) -> None:
    waiting: set[int] = set()
    all_wait = threading.Event()

    def clock() -> float:
        waiting.add(threading.get_ident())
        if len(waiting) == 8:
            all_wait.set()
        return 1000.0

    def refuse() -> Response:
        assert all_wait.wait(LONG)
        return busy("60")()

    program.front.instead = refuse
    tokens = AccessTokens(program.front.url, lambda: program.kept, clock=clock)
    assert at_once(8, tokens.get) == ["Unavailable"] * 8
    assert program.front.exchanges == 1
    program.front.instead = lambda: None
    assert tokens.get()


def test_a_service_that_is_away_or_talks_nonsense_is_unavailable(program: Program) -> None:
    program.front.instead = lambda: Response(200, [], b"<html>")
    with pytest.raises(Unavailable):
        program.tokens.get()
    program.front.close()
    with pytest.raises(Unavailable):
        program.tokens.get()


def test_what_the_credential_may_not_have_is_refused_and_not_asked_again(program: Program) -> None:
    with pytest.raises(RequestRefused, match="invalid_scope"):
        program.new_tokens(scope="orders:write").get()
    assert program.front.exchanges == 1


# --- the edges --------------------------------------------------------------------------------------------------------


def test_a_token_is_not_carried_to_where_an_answer_leads(program: Program) -> None:
    asked: list[Request] = []

    def note(request: Request) -> Response:
        asked.append(request)
        return Response(200)

    elsewhere = HttpServer(note)
    api = HttpServer(lambda _: Response(302, [("Location", elsewhere.url)]))
    with pytest.raises(OSError, match="302"):
        program.tokens.open(api.url)
    api.close()
    elsewhere.close()
    assert asked == []


@pytest.mark.parametrize("url", ["http://credentials.example.com", "credentials.example.com", ""])
def test_neither_secret_nor_token_goes_anywhere_without_tls(program: Program, url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        AccessTokens(url, lambda: program.kept)
    with pytest.raises(ValueError, match=r"https|unknown url type"):
        program.tokens.open(url)


def test_the_secret_is_read_from_secrets_manager(aws: None) -> None:
    client = boto3.client("secretsmanager")
    client.create_secret(Name="payroll", SecretString='{"client_id": "acc_1", "client_secret": "accs_1", "x": 1}')
    assert from_secrets_manager(client, "payroll")() == Login("acc_1", "accs_1")
