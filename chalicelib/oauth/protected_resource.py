"""What a protected API asks of a request: a live access token, and the key it is bound to (RFC 6750, RFC 9449 §7)."""

import msgspec

from chalicelib.errors import InvalidDPoPProof, InvalidToken
from chalicelib.oauth.access_tokens import AccessTokenClaims
from chalicelib.oauth.dpop import DPoPProofs, ProvenRequest
from chalicelib.oauth.token_validation import LiveTokens


class TokenUse(msgspec.Struct, frozen=True, kw_only=True):
    """How an access token came: ``scheme`` in lower case, ``url`` as the client called it."""

    scheme: str
    token: str
    method: str = ""
    url: str = ""
    proofs: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"TokenUse(scheme={self.scheme!r}, method={self.method!r}, url={self.url!r})"


class ProtectedResource:
    """``proofs`` is None where each request cannot be looked at: no bound token is let through there."""

    def __init__(self, live_tokens: LiveTokens, proofs: DPoPProofs | None, audience: str) -> None:
        self._live_tokens = live_tokens
        self._proofs = proofs
        self._audience = audience

    def admit(self, use: TokenUse) -> AccessTokenClaims:
        """The claims of a token that its own client presents. Raises InvalidToken, InvalidDPoPProof, Unavailable."""
        claims = self._live_tokens.verify(use.token, (self._audience,))
        _require_scheme(claims, use)
        if claims.cnf is not None:
            self._require_key(claims.cnf.jkt, use)
        return claims

    def _require_key(self, bound_to: str, use: TokenUse) -> None:
        if self._proofs is None:
            raise InvalidToken("a bound token, where answers may be cached")
        if len(use.proofs) != 1:
            raise InvalidDPoPProof("There must be one DPoP header.")
        request = ProvenRequest(method=use.method, url=use.url, access_token=use.token)
        if self._proofs.verify(use.proofs[0], request) != bound_to:
            raise InvalidDPoPProof("The token is bound to another key.")


def _require_scheme(claims: AccessTokenClaims, use: TokenUse) -> None:
    """RFC 9449 §7.1, §7.2: a bound token is no bearer token, and a bearer token proves nothing."""
    if use.scheme != claims.token_type.lower():
        raise InvalidToken(f"a {claims.token_type} token, sent as {use.scheme}")
