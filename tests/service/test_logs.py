"""Log lines, and the metrics in them."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib import logs
from chalicelib.aws.errors import translated_errors
from chalicelib.console.console_users import ConsoleUsers
from chalicelib.errors import InvalidToken, Unavailable
from chalicelib.settings import Settings
from tests.support.api_client import Api, basic
from tests.support.identity_provider import IdentityProvider


def line(namespace: str | None = None, **extra: Any) -> Any:
    record = logging.makeLogRecord({"msg": "token request", "levelname": "INFO", **extra})
    return json.loads(logs.JsonLines(namespace).format(record))


def test_what_a_line_is_given_becomes_its_members() -> None:
    assert line(outcome="issued")["outcome"] == "issued"


def test_what_is_none_is_left_out() -> None:
    assert "client_id" not in line(client_id=None)


def test_every_line_of_a_request_has_its_id() -> None:
    token = logs.request_id.set("request-1")
    try:
        assert line()["request_id"] == "request-1"
    finally:
        logs.request_id.reset(token)
    assert "request_id" not in line()


def test_metrics_are_in_the_embedded_metric_format() -> None:
    metrics = {"TokenRequests": (1, "Count"), "Duration": (2.5, "Milliseconds")}
    written = line("Credentials/prod", outcome="issued", metrics=metrics, dimensions=("outcome",), created=1.5)
    assert written["TokenRequests"] == 1
    assert written["Duration"] == 2.5
    assert written["_aws"] == {
        "Timestamp": 1500,
        "CloudWatchMetrics": [
            {
                "Namespace": "Credentials/prod",
                "Dimensions": [["outcome"]],
                "Metrics": [{"Name": "TokenRequests", "Unit": "Count"}, {"Name": "Duration", "Unit": "Milliseconds"}],
            }
        ],
    }


def test_without_a_namespace_metrics_are_plain_members() -> None:
    written = line(metrics={"TokenRequests": (1, "Count")})
    assert written["TokenRequests"] == 1
    assert "_aws" not in written


class Kept(logging.Handler):
    """Keeps the lines as they were at the moment they were written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logs.JsonLines("Credentials"))
        self.lines: list[Any] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[Any]:
    """What was logged so far, as the lines that CloudWatch would get."""
    caplog.set_level(logging.INFO, "chalicelib")
    kept = Kept()
    logging.getLogger("chalicelib").addHandler(kept)
    yield lambda: kept.lines
    logging.getLogger("chalicelib").removeHandler(kept)


def exchanges(lines: Any) -> list[Any]:
    return [written for written in lines() if written["message"] == "token request"]


def test_an_exchange_is_one_line_that_names_the_client_and_no_secret(api: Api, lines: Any) -> None:
    credential = api.create()
    token = api.access_token(credential)
    [written] = exchanges(lines)
    assert written["outcome"] == "issued"
    assert written["client_id"] == credential["client_id"]
    assert written["request_id"]
    assert written["Duration"] > 0
    everything = json.dumps(lines())
    assert credential["client_secret"] not in everything
    assert token not in everything


def test_a_refused_exchange_is_one_line_with_the_error_code(api: Api, lines: Any) -> None:
    credential = api.create()
    api.exchange(credential, scope="orders:write")
    api.exchange(credential | {"client_secret": "accs_wrong"})
    assert [written["outcome"] for written in exchanges(lines)] == ["invalid_scope", "invalid_client"]


def test_a_secret_in_the_field_of_the_client_id_is_not_logged(api: Api, lines: Any) -> None:
    secret = api.create()["client_secret"]
    api.form("/oauth/token", {"grant_type": "client_credentials"}, basic(secret, secret))
    [written] = exchanges(lines)
    assert "client_id" not in written
    assert secret not in json.dumps(lines())


def test_a_request_that_cannot_be_read_does_not_get_the_client_of_the_one_before(api: Api, lines: Any) -> None:
    api.exchange(api.create())
    api.call("POST", "/oauth/token", body="x")
    assert "client_id" not in exchanges(lines)[-1]


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "ThrottlingException"}, "ResponseMetadata": {"HTTPStatusCode": 400}}, "Sign"),  # type: ignore[typeddict-item]
        EndpointConnectionError(endpoint_url="https://kms.example.com"),
    ],
    ids=["throttled", "not reached"],
)
def test_a_failure_of_aws_is_a_line_that_names_the_service(error: Exception, lines: Any) -> None:
    with pytest.raises(Unavailable), translated_errors("kms"):
        raise error
    assert [written["aws_service"] for written in lines()] == ["kms"]


def test_an_identity_provider_out_of_reach_is_a_line_that_the_alarm_counts(
    environ: dict[str, str], identity_provider: IdentityProvider, lines: Any
) -> None:
    nobody = Settings.from_env(environ | {"OIDC_ISSUER": "http://127.0.0.1:1"})
    with pytest.raises(InvalidToken):
        ConsoleUsers(nobody.oidc).verify(identity_provider.token())
    assert [written["identity_provider"] for written in lines()] == ["unreachable"]


def test_a_console_token_that_is_only_wrong_does_not_ring_that_alarm(api: Api, lines: Any) -> None:
    api.console("GET", "/v1/credentials", aud="another")
    assert not [written for written in lines() if "identity_provider" in written]
