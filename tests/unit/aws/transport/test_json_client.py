"""The clients that tokens have: signed as botocore signs, addressed as boto3 addresses, patient with a busy AWS."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError, EndpointConnectionError
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from hypothesis import given
from hypothesis import strategies as st

from bench.service import engines
from chalicelib.aws.errors import translated_errors
from chalicelib.aws.transport.clients import (
    DYNAMODB,
    KMS,
    DynamoDBTokenClient,
    KmsTokenClient,
    aws_keys,
    endpoint,
    json_client,
)
from chalicelib.aws.transport.json_client import JsonClient
from chalicelib.aws.transport.signature_v4 import AwsKeys, Signer
from chalicelib.errors import Unavailable
from tests.conftest import Clock

KEYS = AwsKeys("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", None)
ENVIRON = {"AWS_REGION": "eu-central-1", "AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}


# --- signing ----------------------------------------------------------------------------------------------------------

visible = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=40)


@given(
    body=st.binary(max_size=200),
    target=visible,
    secret=visible,
    token=st.none() | visible,
    host=st.sampled_from(["dynamodb.eu-central-1.amazonaws.com", "127.0.0.1:5000"]),
    service=st.sampled_from(["dynamodb", "kms"]),
)
def test_a_signature_is_the_one_that_botocore_makes(
    body: bytes, target: str, secret: str, token: str | None, host: str, service: str
) -> None:
    sent = {"content-type": "application/x-amz-json-1.0", "x-amz-target": target}
    ours = Signer(service, "eu-central-1", lambda: AwsKeys("AKID", secret, token)).signed(host, sent, body)
    request = AWSRequest("POST", f"http://{host}/", data=body, headers=sent)
    request.context["timestamp"] = ours["x-amz-date"]
    theirs = SigV4Auth(Credentials("AKID", secret, token), service, "eu-central-1")
    request.headers["X-Amz-Date"] = ours["x-amz-date"]
    if token is not None:
        request.headers["X-Amz-Security-Token"] = token
    text = theirs.string_to_sign(request, theirs.canonical_request(request))
    assert ours["authorization"].endswith(f"Signature={theirs.signature(text, request)}")
    assert f"Credential={theirs.scope(request)}," in ours["authorization"]


def test_a_new_day_and_new_keys_sign_anew(clock: Clock) -> None:
    keys = [KEYS]
    signer = Signer("kms", "eu-central-1", lambda: keys[-1], clock)
    first = signer.signed("h", {}, b"")
    clock.advance(86_400)
    second = signer.signed("h", {}, b"")
    keys.append(AwsKeys("AKID2", "other", "session"))
    third = signer.signed("h", {}, b"")
    assert len({answer["authorization"].rpartition("=")[2] for answer in (first, second, third)}) == 3
    assert third["x-amz-security-token"] == "session"


def test_aws_keys_do_not_show_the_secret() -> None:
    assert KEYS.secret_access_key not in repr(KEYS)


def test_keys_that_lambda_sets_are_used() -> None:
    assert aws_keys(ENVIRON | {"AWS_SESSION_TOKEN": "t"})() == AwsKeys("bench", "bench", "t")


def test_without_them_botocore_finds_keys_and_renews_them(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    issued = tmp_path / "n"
    issued.write_text("0")
    answer = '{"Version": 1, "AccessKeyId": "key-%d", "SecretAccessKey": "s", "SessionToken": "t", "Expiration": "%s"}'
    helper = tmp_path / "helper.py"
    helper.write_text(
        "import datetime, pathlib\n"
        f"path = pathlib.Path({str(issued)!r})\n"
        "n = int(path.read_text()) + 1\n"
        "path.write_text(str(n))\n"
        # The first is about to expire: botocore must ask again.
        "end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=300 if n == 1 else 7200)\n"
        f"print({answer!r} % (n, end.isoformat()))\n"
    )
    config = tmp_path / "config"
    config.write_text(f"[default]\ncredential_process = python3 {helper}\n")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    keys = aws_keys({})
    assert keys().access_key_id == "key-2"
    assert keys().session_token == "t"


# --- addresses --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", ["dynamodb", "kms"])
def test_every_region_of_the_public_partitions_is_addressed_as_boto3_does(service: str) -> None:
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


def test_tls_is_verified_against_the_authorities_that_boto3_trusts() -> None:
    contexts: list[ssl.SSLContext] = []

    def context() -> ssl.SSLContext:
        contexts.append(ssl.create_default_context())
        return contexts[-1]

    JsonClient(DYNAMODB, "https://dynamodb.eu-central-1.amazonaws.com", Signer("dynamodb", "r", lambda: KEYS), context)
    assert contexts[0].verify_mode == ssl.CERT_REQUIRED
    assert contexts[0].check_hostname


def test_a_named_bundle_of_authorities_replaces_botocores(tmp_path: Any) -> None:
    with pytest.raises(FileNotFoundError):
        json_client(DYNAMODB, "dynamodb", ENVIRON | {"AWS_CA_BUNDLE": str(tmp_path / "none")}, lambda: KEYS)


# --- calls ------------------------------------------------------------------------------------------------------------


def test_a_signature_and_the_public_key_come_as_bytes_and_fit() -> None:
    with engines() as running, closing(json_client(KMS, "kms", at(running.url), lambda: KEYS)) as client:
        kms = KmsTokenClient(client)
        key = load_der_public_key(kms.get_public_key(KeyId="k")["PublicKey"])
        signature = kms.sign(KeyId="k", Message=b"m", MessageType="RAW", SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256")
    assert isinstance(key, RSAPublicKey)
    key.verify(signature["Signature"], b"m", padding.PKCS1v15(), SHA256())


def test_items_are_written_and_read_as_boto3_writes_and_reads_them() -> None:
    item = {"tenant_id": {"S": "ä"}, "n": {"N": "1"}, "m": {"M": {"l": {"L": [{"BOOL": True}]}}}}
    key = {"tenant_id": item["tenant_id"]}
    session = boto3.Session(aws_access_key_id="x", aws_secret_access_key="x", region_name="eu-central-1")
    with (
        engines() as running,
        closing(json_client(DYNAMODB, "dynamodb", at(running.url), lambda: KEYS)) as client,
        closing(session.client("dynamodb", endpoint_url=running.url)) as theirs,
    ):
        ours = DynamoDBTokenClient(client)
        ours.put_item(TableName="tenants", Item=item)
        read = theirs.get_item(TableName="tenants", Key=key)["Item"]
        assert read == item == ours.get_item(TableName="tenants", Key=key)["Item"]
        batch = ours.batch_get_item(RequestItems={"tenants": {"Keys": [key], "ConsistentRead": True}})
        assert batch["Responses"] == {"tenants": [item]}
        with pytest.raises(ClientError) as refused:
            ours.update_item(
                TableName="tenants",
                Key=key,
                UpdateExpression="SET n = :n",
                ConditionExpression="n = :n",
                ExpressionAttributeValues={":n": {"N": "2"}},
            )
    assert refused.value.response["Error"]["Code"] == "ConditionalCheckFailedException"


# --- a busy or broken AWS ---------------------------------------------------------------------------------------------

Script = Callable[["Service", BaseHTTPRequestHandler], None]


def at(url: str) -> dict[str, str]:
    return ENVIRON | {"AWS_ENDPOINT_URL": url}


class Service:
    """Answers by a list of scripts, the last one for ever; notes how many connections there were."""

    def __init__(self, *scripts: Script) -> None:
        self._scripts = list(scripts)
        self.requests = 0
        self.connections = 0
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                service.connections += 1
                super().setup()

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["content-length"]))
                script = service._scripts[min(service.requests, len(service._scripts) - 1)]
                service.requests += 1
                script(service, self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.waits: list[float] = []
        self.client = JsonClient(
            DYNAMODB,
            f"http://127.0.0.1:{self._server.server_port}",
            Signer("dynamodb", "eu-central-1", lambda: KEYS),
            clock=lambda: sum(self.waits),
            sleep=self.waits.append,
        )

    def call(self) -> dict[str, Any]:
        return self.client.call("GetItem", {})

    def close(self) -> None:
        self.client.close()
        self._server.shutdown()
        self._server.server_close()


def answering(status: int, body: dict[str, Any], close: bool = False) -> Script:
    def answer(_: Service, handler: BaseHTTPRequestHandler) -> None:
        content = json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(content)))
        if close:
            handler.send_header("Connection", "close")
        handler.end_headers()
        handler.wfile.write(content)
        # Without a word, as a load balancer does after a while.
        handler.close_connection = handler.close_connection or close

    return answer


def hanging_up(_: Service, handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def talking_nonsense(_: Service, handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<html")


OK = answering(200, {"ok": 1})
THROTTLED = answering(400, {"__type": "com.amazon.coral.availability#ThrottlingException", "message": "slow down"})
BROKEN = answering(500, {"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError"})
DENIED = answering(400, {"__type": "com.amazon.coral.service#AccessDeniedException", "Message": "no"})


@pytest.fixture
def service() -> Iterator[Callable[..., Service]]:
    made: list[Service] = []

    def make(*scripts: Script) -> Service:
        made.append(Service(*scripts))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_one_connection_serves_call_after_call(service: Callable[..., Service]) -> None:
    aws = service(OK)
    assert [aws.call() for _ in range(5)] == [{"ok": 1}] * 5
    assert aws.connections == 1


def test_a_connection_that_ends_with_its_answer_is_not_used_again(service: Callable[..., Service]) -> None:
    aws = service(answering(200, {}, close=True))
    assert [aws.call() for _ in range(3)] == [{}] * 3
    assert (aws.connections, aws.waits) == (3, [])


@pytest.mark.parametrize("failure", [THROTTLED, BROKEN, hanging_up, talking_nonsense])
def test_what_may_pass_is_attempted_again_after_a_random_wait(service: Callable[..., Service], failure: Script) -> None:
    aws = service(failure, failure, OK)
    assert aws.call() == {"ok": 1}
    assert aws.requests == 3
    assert 0 <= aws.waits[0] <= 0.05
    assert 0 <= aws.waits[1] <= 0.1


@pytest.mark.parametrize("failure", [THROTTLED, BROKEN, hanging_up, talking_nonsense])
def test_what_does_not_pass_in_time_is_unavailable(service: Callable[..., Service], failure: Script) -> None:
    aws = service(failure)
    with pytest.raises(Unavailable), translated_errors():
        aws.call()
    assert aws.requests > 3
    assert sum(aws.waits) <= 6


def test_what_will_not_pass_is_attempted_once(service: Callable[..., Service]) -> None:
    aws = service(DENIED)
    with pytest.raises(ClientError, match="AccessDeniedException"), translated_errors():
        aws.call()
    assert aws.requests == 1


def test_nobody_at_the_address_is_unavailable(service: Callable[..., Service]) -> None:
    aws = service(OK)
    aws.close()
    with pytest.raises(EndpointConnectionError):
        aws.call()


def test_threads_share_a_client(service: Callable[..., Service]) -> None:
    aws = service(OK)
    answers: list[dict[str, Any]] = []

    def calls() -> None:
        answers.extend(aws.call() for _ in range(20))

    threads = [threading.Thread(target=calls) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{"ok": 1}] * 160
    assert aws.connections <= 8
