"""What AWS says when it is busy or broken, in our words."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.aws.errors import translated_errors
from chalicelib.errors import Unavailable
from tests.support.log_lines import LogLines


def client_error(code: str, operation: str, status: int = 400) -> ClientError:
    response: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(response, operation)


@pytest.mark.parametrize(
    "error",
    [
        client_error("ThrottlingException", "Sign"),
        client_error("InternalServerError", "Sign", status=500),
        client_error("AccessDeniedException", "Sign"),
        client_error("ExpiredTokenException", "Sign"),
        client_error("NoCodeThatWeKnow", "Sign"),
        EndpointConnectionError(endpoint_url="https://kms.example.com", operation="Sign"),
    ],
    ids=str,
)
def test_a_failure_of_aws_is_a_line_that_names_service_and_operation(error: Exception, lines: LogLines) -> None:
    with pytest.raises(Unavailable), translated_errors("kms"):
        raise error
    assert [(line["aws_service"], line["aws_operation"], line["level"]) for line in lines()] == [
        ("kms", "Sign", "WARNING")
    ]


def test_a_client_whose_errors_name_no_operation_has_it_named(lines: LogLines) -> None:
    with pytest.raises(Unavailable), translated_errors("lambda", "Invoke"):
        raise EndpointConnectionError(endpoint_url="https://lambda.example.com")
    assert [line["aws_operation"] for line in lines()] == ["Invoke"]


@pytest.mark.parametrize("code", ["ResourceNotFoundException", "AccessDeniedException"])
def test_a_table_that_is_gone_or_forbidden_is_an_outage(code: str, lines: LogLines) -> None:
    with pytest.raises(Unavailable), translated_errors():
        raise client_error(code, "GetItem")
    assert [(line["aws_service"], line["aws_error"]) for line in lines()] == [("dynamodb", code)]


@pytest.mark.parametrize("code", ["ConditionalCheckFailedException", "ValidationException", "ExpectedException"])
def test_outcomes_mistakes_of_ours_and_what_is_expected_rise_untouched(code: str, lines: LogLines) -> None:
    with pytest.raises(ClientError, match=code), translated_errors(expected={"ExpectedException"}):
        raise client_error(code, "PutItem")
    assert lines() == []
