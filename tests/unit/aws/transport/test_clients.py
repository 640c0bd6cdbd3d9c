"""DynamoDB and KMS are addressed as boto3 addresses them, and answer as they answer boto3."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

import boto3
import pytest
from botocore.exceptions import ClientError
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_public_key,
)

from chalicelib.aws.transport.aws_credentials import AwsCredentials
from chalicelib.aws.transport.clients import DYNAMODB, KMS, AwsSession, LeanDynamoDBClient, LeanKmsClient, endpoint
from chalicelib.aws.transport.connections import FAILURES, ConnectionPool
from chalicelib.aws.transport.protocols import Item
from chalicelib.aws.transport.signature_v4 import Signer
from tests.unit.aws.transport.conftest import ScriptedService, answering, sending

VARIABLES = {"AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
SIGNER = Signer("dynamodb", "eu-central-1", lambda: AwsCredentials("id", "secret", None))
Make = Callable[..., ScriptedService]


def at(url: str) -> AwsSession:
    return AwsSession(VARIABLES | {"AWS_ENDPOINT_URL": url})


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", ["dynamodb", "kms"])
def test_every_region_of_the_public_partitions_is_addressed_as_boto3_does(service: Literal["dynamodb", "kms"]) -> None:
    session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="eu-central-1")
    for partition in ("aws", "aws-cn", "aws-us-gov"):
        for region in session.get_available_regions(service, partition):
            if "fips" not in region and region != "local":
                client = session.client(service, region_name=region)
                assert endpoint(service, region) == client.meta.endpoint_url


@pytest.mark.parametrize("region", ["", "eu-central-1.evil.example/", "EU-CENTRAL-1", "eu"])
def test_what_is_no_region_gets_no_address(region: str) -> None:
    with pytest.raises(ValueError, match="not an AWS region"):
        endpoint("kms", region)


def test_a_service_may_have_an_address_of_its_own(scripted_service: Make) -> None:
    ours, other = scripted_service(answering(200, {})), scripted_service(answering(200, {}))
    session = AwsSession(VARIABLES | {"AWS_ENDPOINT_URL": other.url, "AWS_ENDPOINT_URL_DYNAMODB": ours.url})
    with closing(session.client(DYNAMODB)) as dynamodb, closing(session.client(KMS)) as kms:
        dynamodb.call("GetItem", TableName="t")
        kms.call("GetPublicKey", KeyId="k")
    assert (ours.bodies, other.bodies) == ([{"TableName": "t"}], [{"KeyId": "k"}])


# --- TLS --------------------------------------------------------------------------------------------------------------


def test_tls_is_verified_against_the_authorities_that_boto3_trusts() -> None:
    contexts: list[ssl.SSLContext] = []

    def context() -> ssl.SSLContext:
        contexts.append(ssl.create_default_context())
        return contexts[-1]

    ConnectionPool("https://dynamodb.eu-central-1.amazonaws.com", context)
    assert contexts[0].verify_mode == ssl.CERT_REQUIRED
    assert contexts[0].check_hostname


def test_a_named_bundle_of_authorities_replaces_botocores(tmp_path: Path) -> None:
    session = AwsSession(VARIABLES | {"AWS_CA_BUNDLE": str(tmp_path / "none")})
    with pytest.raises(FileNotFoundError):
        session.client(DYNAMODB)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that only itself vouches for, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.now(timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, SHA256())
    )
    path = tmp_path / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(certificate.public_bytes(Encoding.PEM) + private)
    return path


@pytest.fixture
def over_tls(scripted_service: Make, certificate: Path) -> ScriptedService:
    service = scripted_service(answering(200, {"ok": 1}))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    service.server.socket = context.wrap_socket(service.server.socket, server_side=True)
    return service


def test_one_connection_serves_call_after_call_over_tls(over_tls: ScriptedService, certificate: Path) -> None:
    url = f"https://127.0.0.1:{over_tls.server.server_port}"
    session = AwsSession(VARIABLES | {"AWS_ENDPOINT_URL": url, "AWS_CA_BUNDLE": str(certificate)})
    with closing(session.client(DYNAMODB)) as client:
        assert [client.call("GetItem") for _ in range(3)] == [{"ok": 1}] * 3
    assert over_tls.connections == 1


@pytest.mark.parametrize(("host", "trusted"), [("127.0.0.1", False), ("localhost", True)])
def test_another_hosts_certificate_and_one_nobody_vouches_for_are_refused(
    over_tls: ScriptedService, certificate: Path, host: str, trusted: bool
) -> None:
    def context() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=certificate if trusted else None)

    pool = ConnectionPool(f"https://{host}:{over_tls.server.server_port}", context)
    with pytest.raises(FAILURES, match="CERTIFICATE_VERIFY_FAILED"):
        pool.send(b"POST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n", 3)


# --- calls ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def dynamodb(metered_services: str) -> Iterator[LeanDynamoDBClient]:
    with closing(at(metered_services).client(DYNAMODB)) as client:
        yield LeanDynamoDBClient(client)


def test_a_signature_and_the_public_key_come_as_bytes_and_fit(metered_services: str) -> None:
    with closing(at(metered_services).client(KMS)) as client:
        kms = LeanKmsClient(client)
        key = load_der_public_key(kms.get_public_key(KeyId="k")["PublicKey"])
        signature = kms.sign(KeyId="k", Message=b"m", MessageType="RAW", SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256")
    assert isinstance(key, RSAPublicKey)
    key.verify(signature["Signature"], b"m", padding.PKCS1v15(), SHA256())


def test_items_are_written_and_read_as_boto3_writes_and_reads_them(
    metered_services: str, dynamodb: LeanDynamoDBClient
) -> None:
    item: Item = {"tenant_id": {"S": "ä"}, "n": {"N": "1"}, "m": {"M": {"l": {"L": [{"BOOL": True}]}}}}
    key = {"tenant_id": item["tenant_id"]}
    session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="eu-central-1")
    with closing(session.client("dynamodb", endpoint_url=metered_services)) as theirs:
        dynamodb.put_item(TableName="tenants", Item=item)
        read = theirs.get_item(TableName="tenants", Key=key)["Item"]
        assert read == item == dynamodb.get_item(TableName="tenants", Key=key)["Item"]
        batch = dynamodb.batch_get_item(RequestItems={"tenants": {"Keys": [key], "ConsistentRead": True}})
        assert batch["Responses"] == {"tenants": [item]}
        assert dynamodb.scan(TableName="tenants")["Items"] == theirs.scan(TableName="tenants")["Items"] == [item]
        with pytest.raises(ClientError) as refused:
            dynamodb.update_item(
                TableName="tenants",
                Key=key,
                UpdateExpression="SET n = :n",
                ConditionExpression="n = :n",
                ExpressionAttributeValues={":n": {"N": "2"}},
            )
    assert refused.value.response["Error"]["Code"] == "ConditionalCheckFailedException"


def test_a_transaction_is_carried_out_or_says_which_condition_failed(dynamodb: LeanDynamoDBClient) -> None:
    def put(tenant_id: str) -> dict[str, Any]:
        condition = "attribute_not_exists(tenant_id)"
        item = {"tenant_id": {"S": tenant_id}}
        return {"Put": {"TableName": "tenants", "Item": item, "ConditionExpression": condition}}

    dynamodb.transact_write_items(TransactItems=[put("a"), put("b")])
    with pytest.raises(ClientError) as refused:
        dynamodb.transact_write_items(TransactItems=[put("c"), put("b")])
    response: Any = refused.value.response
    assert response["Error"]["Code"] == "TransactionCanceledException"
    assert [reason["Code"] for reason in response["CancellationReasons"]] == ["None", "ConditionalCheckFailed"]
    assert {item["tenant_id"]["S"] for item in dynamodb.scan(TableName="tenants")["Items"]} == {"a", "b"}


def test_all_attempts_of_a_transaction_have_its_token(scripted_service: Make) -> None:
    service = scripted_service(sending(), answering(500, {}), answering(200, {"ConsumedCapacity": []}))
    with closing(at(service.url).client(DYNAMODB)) as client:
        LeanDynamoDBClient(client).transact_write_items(TransactItems=[], ClientRequestToken="t")
    assert [body["ClientRequestToken"] for body in service.bodies] == ["t"] * 3


@pytest.mark.parametrize(
    ("call", "arguments", "complete"),
    [
        ("get_item", {"TableName": "t", "Key": {}}, {"ConsumedCapacity": {}}),
        ("batch_get_item", {"RequestItems": {}}, {"Responses": {}}),
        ("query", {"TableName": "t"}, {"Items": []}),
        ("scan", {"TableName": "t"}, {"Items": []}),
        ("put_item", {"TableName": "t", "Item": {}}, {"ConsumedCapacity": {}}),
        ("update_item", {"TableName": "t", "Key": {}, "ReturnValues": "ALL_NEW"}, {"Attributes": {}}),
        ("transact_write_items", {"TransactItems": []}, {"ConsumedCapacity": []}),
    ],
)
def test_no_rows_and_a_done_write_are_said_and_never_taken_from_an_empty_answer(
    scripted_service: Make, call: str, arguments: dict[str, Any], complete: dict[str, Any]
) -> None:
    service = scripted_service(answering(200, {}), answering(200, complete))
    with closing(at(service.url).client(DYNAMODB)) as client:
        assert getattr(LeanDynamoDBClient(client), call)(**arguments) == complete
    assert len(service.bodies) == 2


@pytest.mark.parametrize(
    ("call", "complete"),
    [("sign", {"Signature": ""}), ("get_public_key", {"KeyId": "k", "PublicKey": ""})],
)
def test_an_empty_answer_of_kms_is_none(scripted_service: Make, call: str, complete: dict[str, Any]) -> None:
    service = scripted_service(answering(200, {}), answering(200, complete))
    arguments = {"KeyId": "k"} | ({"Message": b""} if call == "sign" else {})
    with closing(at(service.url).client(KMS)) as client:
        getattr(LeanKmsClient(client), call)(**arguments)
    assert len(service.bodies) == 2
