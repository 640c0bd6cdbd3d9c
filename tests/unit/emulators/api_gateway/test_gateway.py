"""The local gateway answers as API Gateway would, in the words of the API's gateway responses."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest
from chalice.app import AuthRequest, AuthResponse, Chalice, Response

from emulators.api_gateway.chalice_api import ChaliceApi, api_definition, app_server
from emulators.api_gateway.gateway import ApiGateway
from emulators.api_gateway.gateway_responses import GatewayResponses
from emulators.http_server import LARGEST_BODY, Request

ISSUER = "https://credentials.example.com"
METADATA = f"{ISSUER}/.well-known/oauth-protected-resource"
DEFINITION = api_definition(ISSUER)
RESPONSES = GatewayResponses(DEFINITION)
DEFAULTS = ("DEFAULT_4XX", "DEFAULT_5XX")
STATUS_OF_AWS = {
    "ACCESS_DENIED": 403,
    "API_CONFIGURATION_ERROR": 500,
    "AUTHORIZER_CONFIGURATION_ERROR": 500,
    "AUTHORIZER_FAILURE": 500,
    "BAD_REQUEST_BODY": 400,
    "BAD_REQUEST_PARAMETERS": 400,
    "EXPIRED_TOKEN": 403,
    "INTEGRATION_FAILURE": 504,
    "INTEGRATION_TIMEOUT": 504,
    "INVALID_API_KEY": 403,
    "INVALID_SIGNATURE": 403,
    "MISSING_AUTHENTICATION_TOKEN": 403,
    "QUOTA_EXCEEDED": 429,
    "REQUEST_TOO_LARGE": 413,
    "RESOURCE_NOT_FOUND": 404,
    "THROTTLED": 429,
    "UNAUTHORIZED": 401,
    "UNSUPPORTED_MEDIA_TYPE": 415,
    "WAF_FILTERED": 403,
}
"""Every type that API Gateway has, and its status where an API says nothing: "Gateway response types", in its guide."""
MEANT = {
    "AUTHORIZER_CONFIGURATION_ERROR": 503,
    "AUTHORIZER_FAILURE": 503,
    "ACCESS_DENIED": 401,  # our authorizers deny tokens that are no good, not what a good one may do
    "EXPIRED_TOKEN": 404,
    "INTEGRATION_FAILURE": 502,
    "INVALID_SIGNATURE": 404,
    "MISSING_AUTHENTICATION_TOKEN": 404,
}
"""Where ours is another on purpose."""


def small_app() -> Chalice:
    app = Chalice("small")

    @app.authorizer()
    def guard(request: AuthRequest) -> Any:
        if request.token == "raise":
            raise RuntimeError("secret-in-an-exception")
        if request.token == "nothing":
            return None
        allowed = ["*"] if request.token == "good" else []
        return AuthResponse(routes=[*allowed], principal_id="somebody", context={"challenge": "Bearer of this denial"})

    @app.route("/echo", methods=["POST", "GET"], content_types=["*/*"])
    def echo() -> dict[str, Any]:
        request: Any = app.current_request
        return {"body": request.raw_body.decode(), "id": request.context["requestId"]}

    @app.route("/things/{thing}", authorizer=guard)
    def thing(thing: str) -> dict[str, str]:
        return {"thing": thing}

    @app.route("/shared", cors=True)
    def shared() -> str:
        return "shared"

    @app.route("/deleted", methods=["DELETE"])
    def deleted() -> Response:
        return Response("nobody reads this", status_code=204)

    @app.route("/binary")
    def binary() -> Response:
        return Response(b"\x00\xff", headers={"Content-Type": "application/octet-stream"})

    return app


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with closing(app_server(small_app(), ISSUER)) as server:
        yield server.port


@pytest.fixture
def connection(port: int) -> Iterator[HTTPConnection]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    yield connection
    connection.close()


def ask(connection: HTTPConnection, method: str, path: str, **headers: str) -> tuple[HTTPResponse, dict[str, Any]]:
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    return response, json.loads(response.read())


def send_raw(port: int, request: bytes) -> tuple[int, bytes]:
    """All that comes back on a connection until the server closes it: the first status, and everything."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as raw:
        raw.sendall(request)
        received = b""
        while piece := raw.recv(65536):
            received += piece
    return int(received.split(b" ", 2)[1]), received


def assert_is_problem(response: HTTPResponse, body: dict[str, Any], status: int, code: str) -> None:
    assert response.status == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert set(body) == {"type", "title", "status", "detail", "request_id"}
    assert (body["type"], body["status"]) == (f"urn:problem-type:{code}", status)
    assert response.headers["X-Request-Id"] == body["request_id"]
    assert len(body["request_id"]) == 36


@pytest.mark.parametrize("response_type", DEFINITION["x-amazon-apigateway-gateway-responses"])
def test_every_gateway_response_is_a_problem_with_its_own_status(response_type: str) -> None:
    rendered = RESPONSES.render(response_type, "the-id")
    body = json.loads(rendered.body)
    assert body.get("status") == (None if response_type in DEFAULTS else rendered.status)
    assert body["request_id"] == "the-id"
    headers = dict(rendered.headers)
    assert headers["X-Request-Id"] == "the-id"
    assert headers["Content-Type"] == "application/problem+json"
    assert headers["Cache-Control"] == "no-store"


def test_every_type_of_gateway_response_is_defined() -> None:
    assert set(DEFINITION["x-amazon-apigateway-gateway-responses"]) == {*STATUS_OF_AWS, *DEFAULTS}


@pytest.mark.parametrize("response_type", DEFAULTS)
def test_a_default_gateway_response_leaves_every_other_its_status(response_type: str) -> None:
    assert "statusCode" not in DEFINITION["x-amazon-apigateway-gateway-responses"][response_type]


@pytest.mark.parametrize(("response_type", "status"), STATUS_OF_AWS.items())
def test_a_gateway_response_has_the_status_that_fits_it(response_type: str, status: int) -> None:
    expected = MEANT.get(response_type, status)
    assert RESPONSES.render(response_type, "the-id").status == expected


@pytest.mark.parametrize("response_type", ["THROTTLED", "QUOTA_EXCEEDED"])
def test_a_throttled_caller_is_told_when_to_come_back(response_type: str) -> None:
    rendered = RESPONSES.render(response_type, "the-id")
    assert rendered.status == 429
    assert int(dict(rendered.headers)["Retry-After"]) > 0


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer secret-in-a-header"}])
def test_an_unmatched_route_is_not_found_and_repeats_no_header(
    connection: HTTPConnection, headers: dict[str, str]
) -> None:
    response, body = ask(connection, "GET", "/nowhere", **headers)
    assert_is_problem(response, body, 404, "not_found")
    assert "secret-in-a-header" not in json.dumps(body) + str(response.headers)


def test_a_missing_token_is_asked_for(connection: HTTPConnection) -> None:
    response, body = ask(connection, "GET", "/things/1")
    assert_is_problem(response, body, 401, "token_required")
    assert response.headers["WWW-Authenticate"] == f'Bearer resource_metadata="{METADATA}"'


def test_a_denied_token_is_invalid_and_the_authorizer_words_the_challenge(connection: HTTPConnection) -> None:
    response, body = ask(connection, "GET", "/things/1", Authorization="bad")
    assert_is_problem(response, body, 401, "invalid_token")
    assert response.headers["WWW-Authenticate"] == "Bearer of this denial"


@pytest.mark.parametrize("token", ["raise", "nothing"])
def test_a_broken_authorizer_is_temporary_and_says_nothing_of_the_token(connection: HTTPConnection, token: str) -> None:
    response, body = ask(connection, "GET", "/things/1", Authorization=token)
    assert_is_problem(response, body, 503, "temporarily_unavailable")
    assert int(response.headers["Retry-After"]) >= 1
    assert "WWW-Authenticate" not in response.headers
    assert "secret-in-an-exception" not in json.dumps(body)
    assert ask(connection, "GET", "/things/1", Authorization="good")[0].status == 200


def test_a_broken_app_is_an_answer_and_not_a_dropped_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    app = small_app()
    gateway = ApiGateway(ChaliceApi(app, DEFINITION), RESPONSES)
    monkeypatch.setattr(type(app), "__call__", lambda *_: 1 / 0)
    assert gateway.answer(Request("GET", "/echo", [], b"")).status == 502


def test_a_path_parameter_arrives_as_it_was_sent(connection: HTTPConnection) -> None:
    # API Gateway's REST APIs do not decode them either.
    assert ask(connection, "GET", "/things/a%2Fb%20c", Authorization="good")[1] == {"thing": "a%2Fb%20c"}


def test_a_body_is_text_as_in_lambda(connection: HTTPConnection) -> None:
    connection.request("POST", "/echo", "grün\xff".encode("latin-1"), {"Content-Type": "text/plain"})
    assert json.loads(connection.getresponse().read())["body"] == "gr\ufffdn\ufffd"


def test_a_chunked_body_arrives_whole(connection: HTTPConnection) -> None:
    connection.request("POST", "/echo", iter([b"one ", b"two"]), {"Content-Type": "text/plain"}, encode_chunked=True)
    assert json.loads(connection.getresponse().read())["body"] == "one two"


def test_the_connection_can_be_used_on_after_trailers(port: int) -> None:
    status, received = send_raw(
        port,
        b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nTrailer: t\r\n\r\n"
        b"GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    )
    assert status == 200
    assert received.count(b"HTTP/1.1 200") == 2


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(b"Content-Length: three\r\n\r\nabc", id="length is no number"),
        pytest.param(b"Content-Length: -1\r\n\r\n", id="length is negative"),
        pytest.param(b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc", id="two lengths"),
        pytest.param(b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", id="length and encoding"),
        pytest.param(b"Content-Length : 3\r\n\r\nabc", id="space before the colon"),
        pytest.param(b"Content-Length\t: 3\r\n\r\nabc", id="tab before the colon"),
        pytest.param(b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", id="space before the encoding's colon"),
        pytest.param(b"X-Broken\r\nContent-Length: 3\r\n\r\nabc", id="line without a colon"),
        pytest.param(b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", id="unknown encoding"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", id="chunk size is no number"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n", id="chunk is too long"),
        pytest.param(b"Transfer-Encoding: chunked\r\n\r\n0\r\nno end", id="trailer has no end"),
    ],
)
def test_a_body_that_cannot_be_told_apart_is_refused_and_the_connection_closed(port: int, request_: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as raw:
        raw.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\n" + request_)
        raw.shutdown(socket.SHUT_WR)
        received = b""
        while piece := raw.recv(65536):
            received += piece
    assert received.startswith(b"HTTP/1.1 400 ")
    assert received.count(b"HTTP/1.1") == 1
    assert b"urn:problem-type:invalid_request" in received


@pytest.mark.parametrize("space", [b" ", b"\t"])
def test_a_space_before_the_colon_hides_no_second_request_in_a_body(port: int, space: bytes) -> None:
    # RFC 9112 §5.1. A proxy that takes the header for what it seems sees one request here; we must not see two.
    hidden = b"GET /shared HTTP/1.1\r\nHost: x\r\n\r\n"
    length = b"Content-Length" + space + b": %d" % len(hidden)
    status, received = send_raw(port, b"POST /echo HTTP/1.1\r\nHost: x\r\n" + length + b"\r\n\r\n" + hidden)
    assert status == 400
    assert received.count(b"HTTP/1.1 ") == 1
    assert b"Connection: close\r\n" in received
    assert b"shared" not in received


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_10_mb_is_refused(connection: HTTPConnection, chunked: bool) -> None:
    body = [b"x" * (LARGEST_BODY + 1)]
    if chunked:
        connection.request("POST", "/echo", iter(body), encode_chunked=True)
    else:
        connection.request("POST", "/echo", body[0])
    response = connection.getresponse()
    assert_is_problem(response, json.loads(response.read()), 413, "request_too_large")


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(b"BREW /echo HTTP/1.1\r\nHost: x\r\n\r\n", id="unknown method"),
        pytest.param(b"GET /echo HTTP/9.9\r\nHost: x\r\n\r\n", id="unknown version"),
        pytest.param(b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n", id="long path"),
        pytest.param(b"GET /echo HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", id="long header"),
    ],
)
def test_what_is_not_a_request_is_refused_as_a_problem(port: int, request_: bytes) -> None:
    status, received = send_raw(port, request_)
    assert status == 400
    assert b"urn:problem-type:invalid_request" in received
    assert b"BREW" not in received


def test_head_has_no_body(port: int) -> None:
    _, received = send_raw(port, b"HEAD /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert received.endswith(b"\r\n\r\n")


def test_204_has_neither_a_body_nor_a_length(port: int) -> None:
    status, received = send_raw(port, b"DELETE /deleted HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert status == 204
    assert received.endswith(b"\r\n\r\n")
    assert b"content-length" not in received.lower()  # RFC 9110 §8.6


def test_preflight_is_answered_where_a_route_is_shared_across_origins(connection: HTTPConnection) -> None:
    connection.request("OPTIONS", "/shared")
    response = connection.getresponse()
    response.read()
    assert response.status == 200
    assert response.headers["Access-Control-Allow-Methods"] == "GET,OPTIONS"
    assert len(response.headers["X-Request-Id"]) == 36


def test_preflight_is_no_method_of_other_routes(connection: HTTPConnection) -> None:
    assert ask(connection, "OPTIONS", "/echo")[0].status == 405


def test_a_client_that_waits_for_100_continue_is_let_on_at_once(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as raw:
        raw.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
        assert raw.recv(1024) == b"HTTP/1.1 100 Continue\r\n\r\n"
        raw.sendall(b"abc")
        assert raw.recv(1024).startswith(b"HTTP/1.1 200 ")


def test_requests_at_once_keep_their_own_ids(port: int) -> None:
    seen: list[str] = []

    def asks() -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        seen.extend([ask(connection, "GET", "/echo")[1]["id"] for _ in range(20)])
        connection.close()

    threads = [threading.Thread(target=asks) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 160
