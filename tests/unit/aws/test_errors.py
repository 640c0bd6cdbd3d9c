"""What AWS says when it is busy or broken, in our words."""

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from chalicelib.aws.errors import translated_errors
from chalicelib.errors import Unavailable
from tests.support.log_lines import LogLines


@pytest.mark.parametrize(
    "error",
    [
        ClientError({"Error": {"Code": "ThrottlingException"}, "ResponseMetadata": {"HTTPStatusCode": 400}}, "Sign"),  # type: ignore[typeddict-item]
        EndpointConnectionError(endpoint_url="https://kms.example.com"),
    ],
    ids=["throttled", "not reached"],
)
def test_a_failure_of_aws_is_a_line_that_names_the_service(error: Exception, lines: LogLines) -> None:
    with pytest.raises(Unavailable), translated_errors("kms"):
        raise error
    assert [written["aws_service"] for written in lines()] == ["kms"]
