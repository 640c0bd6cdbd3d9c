"""Keys and signatures in DER, as KMS has them. Imported when first needed: it takes 40 ms, and RS256 does without."""

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP384R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from jwt.utils import der_to_raw_signature

_CURVES = {"ES256": SECP256R1(), "ES384": SECP384R1()}


def key_algorithm(public_key: bytes, rsa_algorithm: str) -> str | None:
    """The JWS algorithm (RFC 7518 §3.1) for a public key; None where there is none."""
    match load_der_public_key(public_key):
        case RSAPublicKey():
            return rsa_algorithm
        case EllipticCurvePublicKey() as key:
            return next((name for name, curve in _CURVES.items() if curve.name == key.curve.name), None)
        case _:
            return None


def jwk(public_key: bytes) -> dict[str, str]:
    """The public key of an algorithm above as a JWK (RFC 7518 §6)."""
    match load_der_public_key(public_key):
        case RSAPublicKey() as key:
            return RSAAlgorithm.to_jwk(key, as_dict=True)
        case EllipticCurvePublicKey() as key:
            return ECAlgorithm.to_jwk(key, as_dict=True)
        case key:
            raise TypeError(f"no JWS algorithm for a key of type {type(key).__name__}")


def raw_ecdsa_signature(signature: bytes, algorithm: str) -> bytes:
    """JWS wants r and s side by side (RFC 7518 §3.4)."""
    return der_to_raw_signature(signature, _CURVES[algorithm])
