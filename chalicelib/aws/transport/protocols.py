"""The calls that this service makes of AWS, as boto3 names and shapes them.

boto3's clients satisfy these, and so do the lean ones and the emulator's. Members of an answer are DynamoDB's JSON.
"""
# ruff: noqa: N803  (boto3's names)

from collections.abc import Mapping
from typing import Any, Literal, Protocol

Item = dict[str, Any]
"""Attribute values by name: ``{"tenant_id": {"S": "…"}}``."""
Answer = Mapping[str, Any]
SigningAlgorithm = Literal["RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PSS_SHA_256", "ECDSA_SHA_256", "ECDSA_SHA_384"]


class DynamoDBClient(Protocol):
    def get_item(self, *, TableName: str, Key: Item, ConsistentRead: bool = ...) -> Answer: ...

    def batch_get_item(self, *, RequestItems: dict[str, Any]) -> Answer: ...

    def query(
        self,
        *,
        TableName: str,
        KeyConditionExpression: str,
        ExpressionAttributeValues: Item,
        ConsistentRead: bool = ...,
        ScanIndexForward: bool = ...,
        Limit: int = ...,
        ExclusiveStartKey: Item = ...,
    ) -> Answer: ...

    def scan(
        self,
        *,
        TableName: str,
        FilterExpression: str = ...,
        ExpressionAttributeValues: Item = ...,
        ProjectionExpression: str = ...,
        ConsistentRead: bool = ...,
        Limit: int = ...,
        ExclusiveStartKey: Item = ...,
    ) -> Answer: ...

    def put_item(
        self, *, TableName: str, Item: Item, ConditionExpression: str = ..., ExpressionAttributeValues: Item = ...
    ) -> Answer: ...

    def update_item(
        self,
        *,
        TableName: str,
        Key: Item,
        UpdateExpression: str,
        ConditionExpression: str = ...,
        ExpressionAttributeNames: dict[str, str] = ...,
        ExpressionAttributeValues: Item = ...,
        ReturnValues: Literal["NONE", "ALL_NEW"] = ...,
    ) -> Answer: ...

    def transact_write_items(self, *, TransactItems: list[Any], ClientRequestToken: str = ...) -> Answer: ...


class KmsClient(Protocol):
    def sign(
        self, *, KeyId: str, Message: bytes, MessageType: Literal["DIGEST"], SigningAlgorithm: SigningAlgorithm
    ) -> Answer: ...

    def get_public_key(self, *, KeyId: str) -> Answer: ...


class EventsClient(Protocol):
    def put_events(self, *, Entries: list[Any]) -> Answer: ...


class QueueClient(Protocol):
    def send_message(self, *, QueueUrl: str, MessageBody: str) -> Answer: ...
