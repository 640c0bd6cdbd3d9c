"""boto3 in the place of the lean clients: moto, in the same process, answers nothing else."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import boto3

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_lambda import LambdaClient


@dataclass(frozen=True)
class Boto3Clients:
    """Implements ``wiring.clients.AwsClients``."""

    dynamodb: "DynamoDBClient" = field(default_factory=lambda: boto3.client("dynamodb"))
    kms: "KMSClient" = field(default_factory=lambda: boto3.client("kms"))
    events: Any = field(default_factory=lambda: boto3.client("events"))
    sqs: Any = field(default_factory=lambda: boto3.client("sqs"))
    lambda_: "LambdaClient" = field(default_factory=lambda: boto3.client("lambda"))
