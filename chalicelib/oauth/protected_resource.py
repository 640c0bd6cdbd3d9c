"""What a protected API requires: an active access token, with a proof if it is bound (RFC 6750, RFC 9449 §7)."""

import msgspec

from chalicelib.errors import InvalidDPoPProof, InvalidToken
from chalicelib.oauth.access_tokens import AccessTokenClaims
from chalicelib.oauth.dpop import DPoPProofs, RequestWithProof
from chalicelib.oauth.token_validation import TokenValidation


class ProtectedResourceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request with an access token: ``scheme`` in lower case, ``url`` as the client called it."""

    scheme: str
    token: str
    method: str = ""
    url: str = ""
    proofs: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"ProtectedResourceRequest(scheme={self.scheme!r}, method={self.method!r}, url={self.url!r})"


class ProtectedResource:
    """``proofs`` is None where the authorizer does not see every request: bound tokens are refused there."""

    def __init__(self, validation: TokenValidation, proofs: DPoPProofs | None, audience: str) -> None:
        self._validation = validation
        self._proofs = proofs
        self._audience = audience

    def authorize(self, request: ProtectedResourceRequest) -> AccessTokenClaims:
        """The claims of an active token that its own client presents.

        Raises InvalidToken, InvalidDPoPProof, Unavailable.
        """
        claims = self._validation.validate(request.token, (self._audience,))
        _require_scheme(claims, request)
        if claims.cnf is not None:
            self._require_key(claims.cnf.jkt, request)
        return claims

    def _require_key(self, jkt: str, request: ProtectedResourceRequest) -> None:
        if self._proofs is None:
            raise InvalidToken("a bound token, where answers may be cached")
        if len(request.proofs) != 1:
            raise InvalidDPoPProof("There must be one DPoP header.")
        proven = RequestWithProof(method=request.method, url=request.url, access_token=request.token)
        if self._proofs.verify(request.proofs[0], proven) != jkt:
            raise InvalidDPoPProof("The token is bound to another key.")


def _require_scheme(claims: AccessTokenClaims, request: ProtectedResourceRequest) -> None:
    """RFC 9449 §7.1, §7.2: a bound token is no bearer token, and a bearer token proves nothing."""
    if request.scheme != claims.token_type.lower():
        raise InvalidToken(f"a {claims.token_type} token, sent as {request.scheme}")
