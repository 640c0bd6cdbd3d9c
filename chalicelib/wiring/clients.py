"""The clients of AWS that the zones share."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from chalicelib.aws.transport.clients import (
    DYNAMODB,
    EVENTS,
    KMS,
    SQS,
    AwsSession,
    LeanDynamoDBClient,
    LeanEventsClient,
    LeanKmsClient,
    LeanQueueClient,
)
from chalicelib.aws.transport.protocols import DynamoDBClient, EventsClient, KmsClient, QueueClient

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


class AwsClients(Protocol):
    @property
    def dynamodb(self) -> DynamoDBClient: ...

    @property
    def kms(self) -> KmsClient: ...

    @property
    def events(self) -> EventsClient: ...

    @property
    def sqs(self) -> QueueClient: ...

    @property
    def lambda_(self) -> "LambdaClient": ...


class LeanClients:
    """Clients that are ready at once, for what programs wait for; boto3's, which takes 100 ms, for the one other."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    @cached_property
    def dynamodb(self) -> LeanDynamoDBClient:
        return LeanDynamoDBClient(self._session.client(DYNAMODB))

    @cached_property
    def kms(self) -> LeanKmsClient:
        return LeanKmsClient(self._session.client(KMS))

    @cached_property
    def events(self) -> LeanEventsClient:
        return LeanEventsClient(self._session.client(EVENTS))

    @cached_property
    def sqs(self) -> LeanQueueClient:
        return LeanQueueClient(self._session.client(SQS))

    @cached_property
    def _session(self) -> AwsSession:
        return AwsSession(self._environ)

    @cached_property
    def lambda_(self) -> "LambdaClient":
        import boto3
        from botocore.config import Config

        # boto3 knows nothing of the request's deadline: with one more try it takes about as long as that at most.
        config = Config(
            connect_timeout=1,
            read_timeout=2,
            retries={"mode": "standard", "total_max_attempts": 2},
            max_pool_connections=32,
            tcp_keepalive=True,
        )
        return boto3.client("lambda", config=config)
