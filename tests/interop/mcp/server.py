"""An MCP server of the Python SDK, which takes access tokens of ours: ISSUER, and its own URL RESOURCE, are told."""

import asyncio
import os
from urllib.parse import urlsplit

import jwt
from mcp.server import MCPServer
from mcp.server.auth.middleware.auth_context import get_access_token
from mcp.server.auth.provider import AccessToken, TokenVerifier
from mcp.server.auth.settings import AuthSettings

ISSUER, RESOURCE = os.environ["ISSUER"], os.environ["RESOURCE"]
KEYS = jwt.PyJWKClient(f"{ISSUER}/.well-known/jwks.json")


class Verifier(TokenVerifier):
    async def verify_token(self, token: str) -> AccessToken | None:
        try:
            key = await asyncio.to_thread(KEYS.get_signing_key_from_jwt, token)
            claims = jwt.decode(token, key, algorithms=["RS256", "ES256"], issuer=ISSUER, audience=RESOURCE)
        except jwt.PyJWTError:
            return None
        return AccessToken(
            token=token,
            client_id=claims["client_id"],
            scopes=claims["scope"].split(),
            expires_at=claims["exp"],
            resource=claims["aud"],
        )


server = MCPServer(
    "orders",
    token_verifier=Verifier(),
    # As text: an AnyHttpUrl would put a slash behind the issuer, which clients compare by the letter.
    auth=AuthSettings(
        issuer_url=ISSUER,
        resource_server_url=RESOURCE,
        required_scopes=["orders:read"],
        validate_token_resource=True,
    ),
)


@server.tool()
def whoami() -> str:
    """The client that calls."""
    token = get_access_token()
    return "" if token is None else token.client_id


server.run("streamable-http", host="127.0.0.1", port=urlsplit(RESOURCE).port)
