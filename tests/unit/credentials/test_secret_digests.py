"""The digest that leads from a secret to its credential."""

import hashlib
import secrets

from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.secret_digests import digest_id, secret_digest

SECRET = ClientSecret.generate(secrets.token_bytes)


def test_a_digest_says_whose_the_secret_is_and_nothing_of_the_secret() -> None:
    digest = secret_digest(SECRET, "acc_x")
    assert (digest.token_id, digest.client_id) == (digest_id(SECRET), "acc_x")
    assert SECRET.reveal() not in repr(digest)


def test_each_secret_has_a_digest_of_its_own() -> None:
    others = {digest_id(ClientSecret.generate(secrets.token_bytes)) for _ in range(3)}
    assert len(others | {digest_id(SECRET)}) == 4


def test_it_is_not_the_digest_that_others_make_of_the_secret() -> None:
    """What a feedback has, or anybody's list of hashes, finds no row."""
    assert hashlib.sha256(SECRET.reveal().encode()).hexdigest() not in digest_id(SECRET)
