"""One log line for each request to the token endpoint."""

import pytest
from chalice.app import Request, Response

from chalicelib.errors import InvalidScope, Unavailable
from chalicelib.web.token_request_log import note_client, token_request_log
from tests.support.chalice_requests import request
from tests.support.credentials import CREDENTIAL
from tests.support.log_lines import LogLines


def test_an_issued_token_is_a_line_with_its_client_and_its_metrics(lines: LogLines) -> None:
    @token_request_log
    def view(_request: Request) -> Response:
        note_client(CREDENTIAL.client_id)
        return Response("")

    view(request())
    [line] = lines()
    assert (line["message"], line["outcome"], line["client_id"]) == ("token request", "issued", CREDENTIAL.client_id)
    assert line["TokenRequests"] == 1
    assert line["Duration"] >= 0


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (InvalidScope(), "invalid_scope"),
        (Unavailable(), "temporarily_unavailable"),
        (ZeroDivisionError(), "server_error"),
    ],
)
def test_a_failure_is_a_line_with_its_code_and_goes_on(lines: LogLines, error: Exception, outcome: str) -> None:
    @token_request_log
    def view(_request: Request) -> Response:
        raise error

    with pytest.raises(type(error)):
        view(request())
    assert [line["outcome"] for line in lines()] == [outcome]


@pytest.mark.parametrize("client_id", [None, "", "accs_secret", f"{CREDENTIAL.client_id} "])
def test_only_a_well_formed_client_id_is_written_down(lines: LogLines, client_id: str | None) -> None:
    @token_request_log
    def view(_request: Request) -> Response:
        note_client(client_id)
        return Response("")

    view(request())
    assert "client_id" not in lines()[0]


def test_a_client_is_not_carried_over_to_the_next_request(lines: LogLines) -> None:
    noted = iter([CREDENTIAL.client_id])

    @token_request_log
    def view(_request: Request) -> Response:
        for client_id in noted:
            note_client(client_id)
        return Response("")

    view(request())
    view(request())
    assert ["client_id" in line for line in lines()] == [True, False]
