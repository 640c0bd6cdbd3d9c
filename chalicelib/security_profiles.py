"""Security profiles: what clients, and this service for them, must do beyond OAuth 2.0. Each rule stands here once.

A deployment holds all its clients to one (the setting SECURITY_PROFILE), or an admin holds a single credential to one.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

SecurityProfileName = Literal["fapi2"]


class SecurityProfile(msgspec.Struct, frozen=True, kw_only=True):
    """``algorithms``: what a client may sign its assertions and proofs with, and this service the client's tokens.

    An allow-list, asymmetric only (RFC 8725 §3.1).
    """

    algorithms: tuple[str, ...]
    shared_secrets: bool
    """A client may authenticate with a secret; else with a key of its own alone."""
    sender_constrained: bool
    """Every access token is bound to a key of its client's (RFC 9449)."""
    issuer_as_audience: bool
    """An assertion's ``aud`` is the issuer, as a string; else it may be any name of this server (RFC 7523 §3, 3)."""


OAUTH2 = SecurityProfile(
    algorithms=("ES256", "ES384", "PS256", "RS256"),
    shared_secrets=True,
    sender_constrained=False,
    issuer_as_audience=False,
)
FAPI2 = SecurityProfile(
    algorithms=("ES256", "PS256"),
    shared_secrets=False,
    sender_constrained=True,
    issuer_as_audience=True,
)
"""FAPI 2.0 Security Profile §5.3.2.1 (4 to 6, 8) and §5.4.1 (1.2), https://openid.net/specs/fapi-security-profile-2_0-final.html.

It allows EdDSA, too, which this service verifies nowhere.
"""
SECURITY_PROFILES: Mapping[SecurityProfileName, SecurityProfile] = MappingProxyType({"fapi2": FAPI2})


class SecurityProfiles:
    """Tells the profile that counts for a credential: the deployment's, for all of them, or else its own."""

    def __init__(self, deployment: SecurityProfileName | None = None) -> None:
        self._deployment = deployment

    def of(self, own: SecurityProfileName | None) -> SecurityProfile:
        """``own`` is the one that an admin chose for the credential."""
        name = self._deployment or own
        return OAUTH2 if name is None else SECURITY_PROFILES[name]

    @property
    def of_all(self) -> SecurityProfile:
        """What counts for every credential, whatever is chosen for it."""
        return self.of(None)
