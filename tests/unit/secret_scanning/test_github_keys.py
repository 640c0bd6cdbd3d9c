"""GitHub's keys, from what it publishes."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, generate_private_key

from chalicelib.errors import Unavailable
from chalicelib.secret_scanning.github_keys import github_keys
from tests.support.github import IDENTIFIER, Github


def test_a_key_is_found_by_its_identifier(github: Github) -> None:
    key = github_keys(github.keys_url).get(IDENTIFIER)
    assert key is not None
    assert key.public_numbers() == github.keys[IDENTIFIER].public_key().public_numbers()


def test_many_made_up_identifiers_ask_github_once(github: Github) -> None:
    keys = github_keys(github.keys_url)
    assert [keys.get(f"{number:064x}") for number in range(50)] == [None] * 50
    assert github.fetches == 1


@pytest.mark.parametrize(
    "other", [generate_private_key(SECP384R1()), rsa.generate_private_key(65537, 2048)], ids=["P-384", "RSA"]
)
def test_a_key_of_another_kind_is_left_out(github: Github, other: Any) -> None:
    github.keys["other"] = other
    keys = github_keys(github.keys_url)
    assert keys.get("other") is None
    assert keys.get(IDENTIFIER) is not None


@pytest.mark.parametrize(
    "document",
    [{}, {"public_keys": []}, {"public_keys": [{"key_identifier": "a", "key": "x"}]}, {"public_keys": [7]}],
    ids=json.dumps,
)
def test_a_document_without_a_key_is_an_outage(
    github: Github, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(github, "document", lambda: document)
    with pytest.raises(Unavailable):
        github_keys(github.keys_url).get(IDENTIFIER)


def test_github_s_failure_is_an_outage(github: Github) -> None:
    github.status = 403
    with pytest.raises(Unavailable):
        github_keys(github.keys_url).get(IDENTIFIER)
