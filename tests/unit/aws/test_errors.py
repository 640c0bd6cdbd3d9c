"""What AWS says when it is busy or broken, in our words."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.aws.errors import translated_errors
from chalicelib.errors import Unavailable


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
