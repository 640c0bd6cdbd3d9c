"""The client credentials grant (RFC 6749 §4.4): a client's credential becomes an access token."""

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from chalicelib.credentials.last_use import LastUses
from chalicelib.errors import InvalidDPoPProof, InvalidScope, InvalidTarget, UnsupportedGrantType
from chalicelib.oauth.client_authentication import ClientAuthentication, PresentedClient, presented_client_id
from chalicelib.oauth.dpop import DPoPProofs, RequestWithProof, presented_thumbprint
from chalicelib.oauth.exchange_limits import ExchangeLimits
from chalicelib.oauth.replay import given_back_in_an_outage
from chalicelib.oauth.token_cache import TokenCache, TokenWanted
from chalicelib.security_profiles import SecurityProfile
from chalicelib.uris import normal_uri


class TokenRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request to the token endpoint: well-formed, and not yet verified. ``scopes`` is None if it names none."""

    url: str
    """The URL that the client called: the token endpoint, or one of its aliases."""
    grant_type: str
    client: PresentedClient
    scopes: tuple[str, ...] | None = None
    resources: tuple[str, ...] = ()
    """RFC 8707 §2; what other servers call ``audience`` is among them."""
    proof: str | None = None
    """A DPoP proof (RFC 9449 §5)."""


class TokenResponse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """RFC 6749 §5.1. ``expires_in`` is in seconds."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str = ""


class ClientCredentialsGrant:
    """``audiences``: the ones a token may have, the default first."""

    def __init__(
        self,
        clients: ClientAuthentication,
        limits: ExchangeLimits,
        proofs: DPoPProofs,
        tokens: TokenCache,
        uses: LastUses,
        audiences: tuple[str, ...],
    ) -> None:
        self._clients = clients
        self._limits = limits
        self._proofs = proofs
        self._tokens = tokens
        self._uses = uses
        self._default_audience = audiences[0]
        self._served = {normal_uri(audience): audience for audience in audiences}

    def issue(self, request: TokenRequest) -> TokenResponse:
        """Raises UnsupportedGrantType, InvalidClient, ExchangeLimitReached, InvalidTarget, InvalidScope,
        InvalidDPoPProof, Unavailable.
        """
        if request.grant_type != "client_credentials":
            raise UnsupportedGrantType
        named = frozenset(self._served.get(normal_uri(resource)) for resource in request.resources)
        wanted = _wanted(request, named)
        recalled = self._tokens.recall(wanted)
        client = self._clients.authenticate(request.client, None if recalled is None else recalled.token_id)
        self._limits.count(client)
        credential = client.credential
        audience = self._audience(named)
        scopes = _narrow(credential.scopes, request.scopes)
        unrevoked = None if client.token_is_revoked else recalled
        with given_back_in_an_outage(client.assertion), self._sender_key(request, client.profile) as jkt:
            issued = self._tokens.issue(wanted, credential, scopes, audience, jkt, unrevoked=unrevoked)
        self._uses.note(credential, client.used, client.origin.address)
        return TokenResponse(
            access_token=issued.token,
            token_type=issued.claims.token_type,
            expires_in=issued.expires_in,
            scope=issued.claims.scope,
        )

    def _audience(self, named: frozenset[str | None]) -> str:
        """RFC 8707 §2: a token is for one audience, so that no API can use it at another. Raises InvalidTarget.

        It is the configured one, however the request writes it; None among the ``named`` is one that is not served.
        """
        if not named:
            return self._default_audience
        if len(named) > 1:
            raise InvalidTarget("A token is for one resource: ask for one token each.")
        (audience,) = named
        if audience is None:
            raise InvalidTarget
        return audience

    @contextmanager
    def _sender_key(self, request: TokenRequest, profile: SecurityProfile) -> Iterator[str | None]:
        """RFC 9449 §5: the thumbprint of the key that the token shall be bound to. Raises InvalidDPoPProof."""
        if request.proof is None:
            if profile.sender_constrained:
                raise InvalidDPoPProof("The security profile binds each token to a key: send a proof of it (DPoP).")
            yield None
            return
        proven = RequestWithProof(method="POST", url=request.url)
        key = self._proofs.verify(request.proof, proven, profile.algorithms)
        with given_back_in_an_outage(key.use):
            yield key.jkt


def _wanted(request: TokenRequest, audiences: frozenset[str | None]) -> TokenWanted:
    """Raises InvalidClient."""
    return TokenWanted(
        client_id=presented_client_id(request.client),
        scopes=None if request.scopes is None else tuple(dict.fromkeys(request.scopes)),
        audiences=audiences,
        jkt=None if request.proof is None else presented_thumbprint(request.proof),
    )


def _narrow(granted: tuple[str, ...], requested: tuple[str, ...] | None) -> tuple[str, ...]:
    """RFC 6749 §3.3: a request may ask for less than the credential has, never for more. Raises InvalidScope."""
    if requested is None:
        return granted
    if not set(requested) <= set(granted):
        raise InvalidScope
    return tuple(dict.fromkeys(requested))
