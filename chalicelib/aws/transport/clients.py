"""The calls that tokens need of DynamoDB and KMS, by boto3's names and shapes, without boto3's cost."""

import base64
import re
import ssl
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import botocore

from chalicelib.aws.transport.json_client import JsonClient, Service
from chalicelib.aws.transport.signature_v4 import AwsKeys, Signer

DYNAMODB = Service("DynamoDB_20120810", "1.0")
KMS = Service("TrentService", "1.1")
_SUFFIXES = {"cn": "amazonaws.com.cn", "eusc": "amazonaws.eu"}
_REGION = re.compile(r"[a-z]{2,4}(-[a-z]+)+-\d+")


class LeanDynamoDBClient:
    """Text, numbers, booleans, maps and lists are the same in boto3 and on the wire. Binaries are not: none is ours."""

    def __init__(self, client: JsonClient) -> None:
        self._call = client.call

    def get_item(self, **arguments: Any) -> dict[str, Any]:
        return self._call("GetItem", arguments)

    def batch_get_item(self, **arguments: Any) -> dict[str, Any]:
        return self._call("BatchGetItem", arguments)

    def query(self, **arguments: Any) -> dict[str, Any]:
        return self._call("Query", arguments)

    def scan(self, **arguments: Any) -> dict[str, Any]:
        return self._call("Scan", arguments)

    def transact_write_items(self, **arguments: Any) -> dict[str, Any]:
        return self._call("TransactWriteItems", arguments)

    def put_item(self, **arguments: Any) -> dict[str, Any]:
        return self._call("PutItem", arguments)

    def update_item(self, **arguments: Any) -> dict[str, Any]:
        return self._call("UpdateItem", arguments)


class LeanKmsClient:
    def __init__(self, client: JsonClient) -> None:
        self._call = client.call

    def sign(self, *, Message: bytes, **arguments: Any) -> dict[str, Any]:  # noqa: N803  (boto3's name)
        answer = self._call("Sign", {**arguments, "Message": base64.b64encode(Message).decode()})
        return {**answer, "Signature": base64.b64decode(answer["Signature"])}

    def get_public_key(self, **arguments: Any) -> dict[str, Any]:
        answer = self._call("GetPublicKey", arguments)
        return {**answer, "PublicKey": base64.b64decode(answer["PublicKey"])}


def json_client(service: Service, name: str, variables: Mapping[str, str], keys: Callable[[], AwsKeys]) -> JsonClient:
    """A client of the service ``name``, where boto3 would look for it: AWS's own variables say region and endpoint.

    Raises KeyError where no region is set.
    """
    region = variables.get("AWS_REGION") or variables["AWS_DEFAULT_REGION"]
    url = (
        variables.get(f"AWS_ENDPOINT_URL_{name.upper()}") or variables.get("AWS_ENDPOINT_URL") or endpoint(name, region)
    )
    bundle = variables.get("AWS_CA_BUNDLE") or str(Path(botocore.__file__).parent / "cacert.pem")
    return JsonClient(service, url, Signer(name, region, keys), lambda: ssl.create_default_context(cafile=bundle))


def endpoint(name: str, region: str) -> str:
    """The service's address in a region. Raises ValueError for what is no region."""
    if not _REGION.fullmatch(region):
        raise ValueError(f"{region!r} is not an AWS region")
    return f"https://{name}.{region}.{_SUFFIXES.get(region.partition('-')[0], 'amazonaws.com')}"


def aws_keys(variables: Mapping[str, str]) -> Callable[[], AwsKeys]:
    """The keys that Lambda sets for the life of an execution environment; without them botocore's chain, which renews."""
    if "AWS_ACCESS_KEY_ID" in variables and "AWS_SECRET_ACCESS_KEY" in variables:
        keys = AwsKeys(
            variables["AWS_ACCESS_KEY_ID"],
            variables["AWS_SECRET_ACCESS_KEY"],
            variables.get("AWS_SESSION_TOKEN") or None,
        )
        return lambda: keys
    return _keys_of_botocore()


def _keys_of_botocore() -> Callable[[], AwsKeys]:
    from botocore.exceptions import NoCredentialsError
    from botocore.session import Session

    credentials = Session().get_credentials()
    if credentials is None:
        raise NoCredentialsError

    def keys() -> AwsKeys:
        frozen = credentials.get_frozen_credentials()
        return AwsKeys(str(frozen.access_key), str(frozen.secret_key), frozen.token)

    return keys
