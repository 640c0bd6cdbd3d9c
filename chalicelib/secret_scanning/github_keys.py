"""The keys by which GitHub signs its reports of leaked secrets."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from chalicelib.clock import Ages
from chalicelib.published_keys import Freshness, PublishedKeys, document

_FRESHNESS = Freshness(lifetime=3600, cooldown=300, pause=10, stale=82_800)
"""GitHub answers 60 such questions an hour of one address, and Lambda's addresses are not ours alone."""


def github_keys(url: str, ages: Ages | None = None) -> PublishedKeys[EllipticCurvePublicKey]:
    """The keys at GitHub's URL for them, by their identifier."""
    return PublishedKeys("secret_scanning", lambda: _keys(url), _FRESHNESS, ages)


def _keys(url: str) -> dict[str, EllipticCurvePublicKey]:
    """Those of the one kind that it says it signs with. Raises ValueError where there is none."""
    read = {str(entry["key_identifier"]): _read_key(str(entry["key"])) for entry in document(url)["public_keys"]}
    found = {identifier: key for identifier, key in read.items() if key is not None}
    if not found:
        raise ValueError("GitHub publishes no key to verify with")
    return found


def _read_key(pem: str) -> EllipticCurvePublicKey | None:
    """None for a key of another kind, which another release may know."""
    try:
        key = load_pem_public_key(pem.encode())
    except (UnsupportedAlgorithm, ValueError):
        return None
    return key if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1) else None
