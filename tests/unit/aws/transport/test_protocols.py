"""boto3's clients, the lean ones and the emulator satisfy the protocols, as mypy judges: no caller needs a cast."""

from collections.abc import Callable
from pathlib import Path

import pytest
from mypy import api

from deploy.stages import PROJECT

pytestmark = pytest.mark.slow
STATED = """
from mypy_boto3_dynamodb import DynamoDBClient as Boto3DynamoDBClient
from mypy_boto3_kms import KMSClient as Boto3KmsClient

from chalicelib.aws.transport.clients import LeanDynamoDBClient, LeanKmsClient
from chalicelib.aws.transport.protocols import DynamoDBClient, KmsClient
from emulators.dynamodb import DynamoDB

def dynamodb_clients(
    boto3: Boto3DynamoDBClient, lean: LeanDynamoDBClient, fake: DynamoDB
) -> tuple[DynamoDBClient, DynamoDBClient, DynamoDBClient]:
    return boto3, lean, fake

def kms_clients(boto3: Boto3KmsClient, lean: LeanKmsClient) -> tuple[KmsClient, KmsClient]:
    return boto3, lean
"""


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[str, str, int]]:
    """What mypy says of a module, as it says it of the service."""
    monkeypatch.chdir(PROJECT)
    module = tmp_path / "stated.py"

    def judge(source: str) -> tuple[str, str, int]:
        module.write_text(source)
        return api.run(["--follow-imports=silent", str(module)])

    return judge


def test_every_client_satisfies_its_protocol(judged: Callable[[str], tuple[str, str, int]]) -> None:
    assert judged(STATED) == ("Success: no issues found in 1 source file\n", "", 0)


def test_what_lacks_a_call_does_not(judged: Callable[[str], tuple[str, str, int]]) -> None:
    said, _, status = judged(STATED.replace("return boto3, lean, fake", "return boto3, lean, fake.calls"))
    assert status == 1
    assert "protocols.DynamoDBClient" in said
