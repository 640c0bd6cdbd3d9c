"""Client secrets: their form, their hashes, and the work that verifying them takes."""

import re
import secrets
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.credentials.client_secrets import ClientSecret, SecretHasher
from chalicelib.settings import Argon2Settings
from tests.support.argon2_work import hashes_verified

CHEAP = Argon2Settings(memory_kib=64, time_cost=1, parallelism=1)
REAL = Argon2Settings(memory_kib=19_456, time_cost=2, parallelism=1)


@pytest.fixture
def hasher() -> SecretHasher:
    return SecretHasher(CHEAP, secrets.token_bytes)


@pytest.fixture
def work() -> Iterator[list[str]]:
    """The hashes that argon2 was made to verify."""
    with hashes_verified() as verified:
        yield verified


def test_a_secret_has_the_form_that_scanners_look_for() -> None:
    assert re.fullmatch("accs_[0-9A-Za-z]{55}", ClientSecret.generate(secrets.token_bytes).reveal())


def test_a_secret_takes_256_bits_from_the_random_source() -> None:
    asked: list[int] = []

    def random(size: int) -> bytes:
        asked.append(size)
        return b"\xff" * size

    secret = ClientSecret.generate(random)
    assert max(asked) * 8 == 256
    assert ClientSecret.parse(secret.reveal()) is not None


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_two_random_inputs_make_two_secrets(one: bytes, other: bytes) -> None:
    def made_of(content: bytes) -> str:
        return ClientSecret.generate(lambda size: content[:size]).reveal()

    texts = {made_of(one), made_of(other)}
    assert len(texts) == (1 if one == other else 2)


@given(st.integers(0, 59), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
def test_one_mistyped_character_is_noticed_without_hashing(position: int, character: str) -> None:
    text = ClientSecret.generate(secrets.token_bytes).reveal()
    mistyped = text[:position] + character + text[position + 1 :]
    assert (ClientSecret.parse(mistyped) is None) == (mistyped != text)


@given(st.text())
def test_arbitrary_text_is_no_secret(text: str) -> None:
    assert ClientSecret.parse(text) is None


def test_a_secret_hides_itself() -> None:
    secret = ClientSecret.generate(secrets.token_bytes)
    assert secret.reveal() not in f"{secret} {secret!r} {[secret]}"


def test_the_hint_has_no_character_of_the_random_part() -> None:
    secret = ClientSecret.generate(secrets.token_bytes)
    assert secret.hint == secret.reveal()[-4:]
    assert len(secret.hint) < 6  # the checksum's length: the hint ends before the random part


def test_a_hash_verifies_its_own_secret_and_no_other(hasher: SecretHasher) -> None:
    secret, other = (ClientSecret.generate(secrets.token_bytes) for _ in range(2))
    stored = hasher.hash(secret)
    assert hasher.verify(stored, secret)
    assert not hasher.verify(stored, other)


def test_a_hash_is_argon2id_with_the_costs_of_the_settings() -> None:
    stored = SecretHasher(REAL, secrets.token_bytes).hash(ClientSecret.generate(secrets.token_bytes))
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_verified_secret_is_not_hashed_again(hasher: SecretHasher, work: list[str]) -> None:
    secret = ClientSecret.generate(secrets.token_bytes)
    stored = hasher.hash(secret)
    assert all(hasher.verify(stored, secret) for _ in range(5))
    assert len(work) == 1


def test_a_wrong_secret_is_hashed_every_time(hasher: SecretHasher, work: list[str]) -> None:
    secret, wrong = (ClientSecret.generate(secrets.token_bytes) for _ in range(2))
    stored = hasher.hash(secret)
    hasher.verify(stored, secret)
    assert not any(hasher.verify(stored, wrong) for _ in range(3))
    assert len(work) == 4


def test_a_hash_of_other_costs_wants_to_be_renewed() -> None:
    secret = ClientSecret.generate(secrets.token_bytes)
    stored = SecretHasher(CHEAP, secrets.token_bytes).hash(secret)
    today = SecretHasher(Argon2Settings(memory_kib=128, time_cost=1, parallelism=1), secrets.token_bytes)
    assert today.verify(stored, secret)
    assert today.needs_rehash(stored)
    assert not today.needs_rehash(today.hash(secret))


def test_a_hasher_forgets_the_oldest_of_many_verified_secrets(work: list[str]) -> None:
    hasher = SecretHasher(CHEAP, secrets.token_bytes, remembered=3)
    known = [ClientSecret.generate(secrets.token_bytes) for _ in range(4)]
    hashes = [hasher.hash(secret) for secret in known]
    for stored, secret in zip(hashes, known, strict=True):
        hasher.verify(stored, secret)
    work.clear()
    for stored, secret in zip(hashes[1:], known[1:], strict=True):
        assert hasher.verify(stored, secret)
    assert work == []
    assert hasher.verify(hashes[0], known[0])
    assert len(work) == 1
