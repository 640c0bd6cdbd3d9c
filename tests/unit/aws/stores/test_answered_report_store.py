"""Which reports were answered, and when first."""

import boto3
import pytest

from chalicelib.aws.stores.answered_report_store import DynamoDBAnsweredReports


@pytest.fixture
def answered(aws: None) -> DynamoDBAnsweredReports:
    return DynamoDBAnsweredReports(boto3.client("dynamodb"), "token_records")


def test_the_first_answer_is_the_one_that_counts(answered: DynamoDBAnsweredReports) -> None:
    assert answered.first_answer("secret-report:a") is None
    answered.add("secret-report:a", 100, 1000)
    answered.add("secret-report:a", 200, 1100)
    assert answered.first_answer("secret-report:a") == 100
    assert answered.first_answer("secret-report:b") is None
