"""An answer comes whole or not at all, and a connection that may hold the rest of one is not used again."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.server import BaseHTTPRequestHandler

import pytest

from chalicelib.aws.transport.connections import FAILURES, ConnectionPool
from tests.unit.aws.transport.conftest import Script, ScriptedService, answering, sending

REQUEST = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n"
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
Make = Callable[..., ScriptedService]


@pytest.fixture
def pool_to(scripted_service: Make) -> Iterator[Callable[..., ConnectionPool]]:
    pools: list[ConnectionPool] = []

    def make(*scripts: Script) -> ConnectionPool:
        pools.append(ConnectionPool(scripted_service(*scripts).url, ssl.create_default_context))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", id="half a head"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", id="no body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}", id="half a body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", id="no last chunk"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", id="half a last chunk"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n{}", id="no length"),
        pytest.param(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}", id="as long as the connection"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n{}", id="an encoding without an end"),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n", id="only an interim answer"),
    ],
)
def test_half_an_answer_is_none(pool_to: Callable[..., ConnectionPool], answer: bytes) -> None:
    with pytest.raises(FAILURES):
        pool_to(sending(answer)).send(REQUEST, 3)


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("Content-Length: 2\r\nContent-Length: 3", id="two lengths"),
        pytest.param("Content-Length: 2\r\nTransfer-Encoding: chunked", id="a length and chunks"),
        pytest.param("Transfer-Encoding: chunked\r\nContent-Length: 2", id="chunks and a length"),
        pytest.param("Content-Length: 2, 2", id="a list of lengths"),
        pytest.param("Content-Length: +2", id="a length with a sign"),
        pytest.param("Content-Length: 99999999999999999999999", id="a length beyond all numbers"),
        pytest.param("Content-Length : 2", id="a space before the colon"),
        pytest.param("X: a\r\n b\r\nContent-Length: 2", id="a folded line"),
        pytest.param("X: a\0b\r\nContent-Length: 2", id="a null byte"),
        pytest.param("X: a\nContent-Length: 2", id="a bare line feed"),
        pytest.param("Transfer-Encoding: chunked, gzip", id="chunks inside another encoding"),
        pytest.param("X: " + "a" * 140_000 + "\r\nContent-Length: 2", id="a head too long"),
    ],
)
def test_an_ambiguous_answer_is_refused(pool_to: Callable[..., ConnectionPool], head: str) -> None:
    with pytest.raises(FAILURES):
        pool_to(sending(f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n{{}}".encode())).send(REQUEST, 3)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"<html>" * 20, id="no status line"),
        pytest.param(b"HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\n{}", id="a status of two digits"),
        pytest.param(b"HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\n{}", id="a status of four digits"),
        pytest.param(b"HTTP/3.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", id="another version"),
        pytest.param(b"HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n" + WHOLE, id="another protocol"),
        pytest.param(WHOLE + WHOLE, id="two answers"),
        pytest.param(WHOLE + b"HT", id="the start of a second answer"),
    ],
)
def test_what_answers_no_request_of_ours_is_refused(pool_to: Callable[..., ConnectionPool], answer: bytes) -> None:
    with pytest.raises(FAILURES):
        pool_to(sending(answer)).send(REQUEST, 3)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([WHOLE], id="at once"),
        pytest.param([WHOLE[i : i + 1] for i in range(len(WHOLE))], id="byte by byte"),
        pytest.param(
            [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"], id="chunks"
        ),
        pytest.param([b"HTTP/1.1 100 Continue\r\n\r\n" + WHOLE], id="after an interim answer"),
        pytest.param([b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", WHOLE], id="some time after an interim answer"),
        pytest.param(
            [WHOLE.replace(b"\r\n\r\n", b"\r\nX: " + b"a" * 60_000 + b"\r\n\r\n")], id="a head just in bounds"
        ),
    ],
)
def test_a_whole_answer_is_read_and_its_connection_kept(scripted_service: Make, parts: list[bytes]) -> None:
    service = scripted_service(sending(*parts, close=False))
    with closing(ConnectionPool(service.url, ssl.create_default_context)) as pool:
        assert [pool.send(REQUEST, 3) for _ in range(3)] == [(200, bytearray(b"{}"))] * 3
    assert service.connections == 1


@pytest.mark.parametrize("head", ["HTTP/1.1 200 OK\r\nConnection: close", "HTTP/1.0 200 OK"])
def test_a_connection_that_its_answer_ends_is_not_used_again_even_if_open(scripted_service: Make, head: str) -> None:
    service = scripted_service(sending(f"{head}\r\nContent-Length: 2\r\n\r\n{{}}".encode(), close=False))
    with closing(ConnectionPool(service.url, ssl.create_default_context)) as pool:
        assert [pool.send(REQUEST, 3) for _ in range(3)] == [(200, bytearray(b"{}"))] * 3
    assert service.connections == 3


def test_a_body_larger_than_one_read_is_whole(pool_to: Callable[..., ConnectionPool]) -> None:
    body = b"x" * 1_000_000
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    assert pool_to(sending(answer)).send(REQUEST, 3) == (200, bytearray(body))


def test_a_connection_that_was_closed_while_idle_is_replaced(scripted_service: Make) -> None:
    service = scripted_service(sending(WHOLE))
    with closing(ConnectionPool(service.url, ssl.create_default_context)) as pool:
        for _ in range(3):
            assert pool.send(REQUEST, 3) == (200, bytearray(b"{}"))
            assert service.closed.acquire(timeout=5)
    assert service.connections == 3


def test_a_connection_with_bytes_that_nobody_asked_for_is_replaced(scripted_service: Make) -> None:
    answered, sent = threading.Event(), threading.Event()

    def then_more(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(WHOLE)
        answered.wait(5)
        handler.wfile.write(WHOLE.replace(b"{}", b"[]"))
        sent.set()

    service = scripted_service(then_more, answering(200, {}))
    with closing(ConnectionPool(service.url, ssl.create_default_context)) as pool:
        assert pool.send(REQUEST, 3) == (200, bytearray(b"{}"))
        answered.set()
        assert sent.wait(5)
        assert pool.send(REQUEST, 3) == (200, bytearray(b"{}"))
    assert service.connections == 2


def test_what_comes_drop_by_drop_is_not_waited_for(pool_to: Callable[..., ConnectionPool]) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        with suppress(OSError):
            for _ in range(100):
                handler.wfile.write(b"x")
                time.sleep(0.05)

    begin = time.monotonic()
    with pytest.raises(FAILURES):
        pool_to(drip).send(REQUEST, 0.3)
    assert time.monotonic() - begin < 2


def test_no_more_than_32_connections_stay_open_idle(scripted_service: Make) -> None:
    together = threading.Barrier(40)

    def answer_together(handler: BaseHTTPRequestHandler) -> None:
        together.wait(10)
        answering(200, {})(handler)

    service = scripted_service(answer_together)
    with closing(ConnectionPool(service.url, ssl.create_default_context)) as pool:
        threads = [threading.Thread(target=pool.send, args=(REQUEST, 10)) for _ in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert service.connections == 40
        for _ in range(8):
            assert service.closed.acquire(timeout=5)
        assert not service.closed.acquire(timeout=0.2)
