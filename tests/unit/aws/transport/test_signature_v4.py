"""Requests are signed as botocore signs them."""

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.aws.transport.aws_credentials import AwsCredentials
from chalicelib.aws.transport.signature_v4 import Signer
from tests.support.clocks import Clock

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
    ours = Signer(service, "eu-central-1", lambda: AwsCredentials("AKID", secret, token)).signed(host, sent, body)
    request = AWSRequest("POST", f"http://{host}/", data=body, headers=sent)
    request.context["timestamp"] = ours["x-amz-date"]
    theirs = SigV4Auth(Credentials("AKID", secret, token), service, "eu-central-1")
    request.headers["X-Amz-Date"] = ours["x-amz-date"]
    if token is not None:
        request.headers["X-Amz-Security-Token"] = token
    text = theirs.string_to_sign(request, theirs.canonical_request(request))
    assert ours["authorization"].endswith(f"Signature={theirs.signature(text, request)}")
    assert f"Credential={theirs.scope(request)}," in ours["authorization"]


def test_a_new_day_and_new_credentials_sign_anew(clock: Clock) -> None:
    credentials = [AwsCredentials("AKID1", "secret", None)]
    signer = Signer("kms", "eu-central-1", lambda: credentials[-1], clock)
    first = signer.signed("h", {}, b"")
    clock.advance(86_400)
    second = signer.signed("h", {}, b"")
    credentials.append(AwsCredentials("AKID2", "other", "session"))
    third = signer.signed("h", {}, b"")
    assert len({answer["authorization"].rpartition("=")[2] for answer in (first, second, third)}) == 3
    assert third["x-amz-security-token"] == "session"
