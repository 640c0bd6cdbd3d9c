"""What a protected API requires: an active access token, with a proof if it is bound (RFC 6750, RFC 9449 §7)."""

import msgspec

from chalicelib.credentials.allowed_addresses import is_allowed
from chalicelib.credentials.credential import Credential
from chalicelib.errors import InvalidDPoPProof, InvalidToken
from chalicelib.oauth.access_tokens import AccessTokenClaims
from chalicelib.oauth.dpop import DPoPProofs, RequestWithProof
from chalicelib.oauth.token_validation import ActiveToken, TokenValidation
from chalicelib.security_profiles import SecurityProfile


class ProtectedResourceRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request with an access token: ``scheme`` in lower case, ``url`` as the client called it.

    ``address``: where it came from; None where that cannot be told.
    """

    scheme: str
    token: str
    method: str = ""
    url: str = ""
    proofs: tuple[str, ...] = ()
    address: str | None = None

    def __repr__(self) -> str:
        return f"ProtectedResourceRequest(scheme={self.scheme!r}, method={self.method!r}, url={self.url!r})"


class ProtectedResource:
    """``sees_every_request`` is False where answers may be cached.

    Bound tokens are refused there, and those of a credential that may not be used from everywhere: nobody would look at
    the next request's proof, nor where it comes from.
    """

    def __init__(
        self, validation: TokenValidation, proofs: DPoPProofs, audiences: tuple[str, ...], *, sees_every_request: bool
    ) -> None:
        self._validation = validation
        self._proofs = proofs
        self._audiences = audiences
        self._sees_every_request = sees_every_request

    def authorize(self, request: ProtectedResourceRequest) -> ActiveToken:
        """An active token that its own client presents.

        Raises InvalidToken, InvalidDPoPProof, Unavailable.
        """
        active = self._validation.validate(request.token, self._audiences)
        claims, credential, profile = active
        _require_scheme(claims, request)
        self._require_address(credential, request)
        if claims.cnf is not None:
            self._require_key(claims.cnf.jkt, request, profile)
        return active

    def _require_address(self, credential: Credential, request: ProtectedResourceRequest) -> None:
        address = request.address if self._sees_every_request else None
        if not is_allowed(credential.allowed_addresses, address):
            raise InvalidToken("not from an address that the credential may be used from")

    def _require_key(self, jkt: str, request: ProtectedResourceRequest, profile: SecurityProfile) -> None:
        if not self._sees_every_request:
            raise InvalidToken("a bound token, where answers may be cached")
        if len(request.proofs) != 1:
            raise InvalidDPoPProof("There must be one DPoP header.")
        proven = RequestWithProof(method=request.method, url=request.url, access_token=request.token)
        if self._proofs.verify(request.proofs[0], proven, profile.algorithms).jkt != jkt:
            raise InvalidDPoPProof("The token is bound to another key.")


def _require_scheme(claims: AccessTokenClaims, request: ProtectedResourceRequest) -> None:
    """RFC 9449 §7.1, §7.2: a bound token is no bearer token, and a bearer token proves nothing."""
    if request.scheme != claims.token_type.lower():
        raise InvalidToken(f"a {claims.token_type} token, sent as {request.scheme}")
