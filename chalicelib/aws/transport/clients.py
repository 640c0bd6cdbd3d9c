"""AWS by boto3's names and shapes, without boto3's cost: what this service calls of it, and no more."""

import base64
import re
import ssl
from collections.abc import Mapping
from functools import cached_property, partial
from typing import Any

import botocore

from chalicelib.aws.transport.aws_credentials import credentials_provider
from chalicelib.aws.transport.connections import ConnectionPool
from chalicelib.aws.transport.json_client import JsonClient, Service
from chalicelib.aws.transport.signature_v4 import Signer

DYNAMODB = Service("dynamodb", "DynamoDB_20120810", "1.0")
KMS = Service("kms", "TrentService", "1.1")
EVENTS = Service("events", "AWSEvents", "1.1")
SQS = Service("sqs", "AmazonSQS", "1.0")
_CONSUMED = ("ConsumedCapacity",)
_TOTAL = {"ReturnConsumedCapacity": "TOTAL"}
_SUFFIXES = {"cn": "amazonaws.com.cn", "eusc": "amazonaws.eu"}
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d+")


class LeanDynamoDBClient:
    """Text, numbers, booleans, maps and lists are the same in boto3 and on the wire. Binaries are not: none is ours.

    DynamoDB says ``{}`` of a row that is not there and of a write that is done, and so would half an answer. Asked what
    the call consumed, it always says more than that: ``{}`` is then no answer. (moto is silent about UpdateItem.)
    """

    def __init__(self, client: JsonClient) -> None:
        self.get_item = partial(client.call, "GetItem", _CONSUMED, **_TOTAL)
        self.batch_get_item = partial(client.call, "BatchGetItem", ("Responses",))
        self.query = partial(client.call, "Query", ("Items",))
        self.scan = partial(client.call, "Scan", ("Items",))
        self.put_item = partial(client.call, "PutItem", _CONSUMED, **_TOTAL)
        self._update = partial(client.call, "UpdateItem")
        self.transact_write_items = partial(client.call, "TransactWriteItems", _CONSUMED, **_TOTAL)

    def update_item(self, **arguments: Any) -> dict[str, Any]:
        return self._update(("Attributes",) if arguments.get("ReturnValues") == "ALL_NEW" else (), **arguments)


class LeanKmsClient:
    """Bytes are bytes here, and base64 on the wire."""

    def __init__(self, client: JsonClient) -> None:
        self._call = client.call

    def sign(self, *, Message: bytes, **arguments: Any) -> dict[str, Any]:  # noqa: N803  (boto3's name)
        answer = self._call("Sign", ("Signature",), Message=base64.b64encode(Message).decode(), **arguments)
        return {**answer, "Signature": base64.b64decode(answer["Signature"])}

    def get_public_key(self, **arguments: Any) -> dict[str, Any]:
        answer = self._call("GetPublicKey", ("KeyId", "PublicKey"), **arguments)
        return {**answer, "PublicKey": base64.b64decode(answer["PublicKey"])}


class LeanEventsClient:
    """A time is a number of epoch seconds here, as on the wire."""

    def __init__(self, client: JsonClient) -> None:
        self.put_events = partial(client.call, "PutEvents", ("Entries", "FailedEntryCount"))


class LeanQueueClient:
    def __init__(self, client: JsonClient) -> None:
        self.send_message = partial(client.call, "SendMessage", ("MessageId",))


class AwsSession:
    """What all clients share: region, credentials and TLS, from the variables that boto3 reads."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        """Raises KeyError where no region is set, and botocore's NoCredentialsError."""
        self._variables = variables
        self._region = variables.get("AWS_REGION") or variables["AWS_DEFAULT_REGION"]
        self._credentials = credentials_provider(variables)

    def client(self, service: Service) -> JsonClient:
        variables = self._variables
        named = variables.get(f"AWS_ENDPOINT_URL_{service.name.upper()}") or variables.get("AWS_ENDPOINT_URL")
        url = named or endpoint(service.name, self._region)
        signer = Signer(service.name, self._region, self._credentials)
        return JsonClient(service, url, signer, ConnectionPool(url, lambda: self._tls))

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        # Once for all clients: the 130 certificates take 20 ms to read.
        bundle = self._variables.get("AWS_CA_BUNDLE") or f"{botocore.__path__[0]}/cacert.pem"
        return ssl.create_default_context(cafile=bundle)


def endpoint(name: str, region: str) -> str:
    """The service's address in a region. Raises ValueError for what is no region."""
    if not _REGION.fullmatch(region):
        raise ValueError(f"{region!r} is not an AWS region")
    return f"https://{name}.{region}.{_SUFFIXES.get(region.partition('-')[0], 'amazonaws.com')}"
