"""The digest of a client secret: it leads from the secret alone, wherever it was found, to its credential.

A secret is 256 random bits, so a fast digest hides it as well as a slow one: there is no guessing for a slow one to
slow down, and who reads every row, in a stolen backup too, has nothing to present. Argon2id stays for what
authenticates a client. ``docs/adr/leaked-secrets.md`` says more.
"""

import hashlib

import msgspec

from chalicelib.credentials.client_secrets import ClientSecret

DIGEST_PREFIX = "secret-digest:"


class SecretDigest(msgspec.Struct, frozen=True, kw_only=True):
    """A row that stays when its secret ends: it then leads to a credential that has no such secret.

    ``consequence`` is what a report of the secret as leaked has had; None: there was no report.
    """

    token_id: str
    client_id: str
    consequence: str | None = None


def digest_id(secret: ClientSecret) -> str:
    """SHA-256 of the whole secret, in hexadecimal; with a label, so that it is the digest of nothing else."""
    return DIGEST_PREFIX + hashlib.sha256(b"client secret\0" + secret.reveal().encode()).hexdigest()


def secret_digest(secret: ClientSecret, client_id: str) -> SecretDigest:
    return SecretDigest(token_id=digest_id(secret), client_id=client_id)
