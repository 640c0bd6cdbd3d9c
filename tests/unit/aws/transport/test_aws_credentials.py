"""Credentials are Lambda's where it sets them, else those that botocore finds and renews."""

from pathlib import Path

import pytest
from botocore.exceptions import NoCredentialsError

from chalicelib.aws.transport.aws_credentials import AwsCredentials, credentials_provider


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that botocore reads, and nowhere else to find credentials."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return tmp_path / "config"


def test_credentials_do_not_show_the_secret() -> None:
    credentials = AwsCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session")
    assert credentials.secret_access_key not in repr(credentials)
    assert "session" not in repr(credentials)


def test_credentials_that_lambda_sets_are_used() -> None:
    variables = {"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "t"}
    assert credentials_provider(variables)() == AwsCredentials("id", "secret", "t")


def test_without_them_botocore_finds_credentials_and_renews_them(config: Path, tmp_path: Path) -> None:
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
        "end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=1 if n == 1 else 7200)\n"
        f"print({answer!r} % (n, end.isoformat()))\n"
    )
    config.write_text(f"[default]\ncredential_process = python3 {helper}\n")
    provider = credentials_provider({})
    assert provider().access_key_id == "key-2"
    assert provider().session_token == "t"


@pytest.mark.usefixtures("config")
def test_where_there_are_none_it_says_so_at_once() -> None:
    with pytest.raises(NoCredentialsError):
        credentials_provider({})
