"""A client of the Python SDK, as its documentation has it: told an MCP server's URL, a credential and its issuer."""

import asyncio
import json
import sys

import httpx2
from mcp import Client
from mcp.client.auth.extensions.client_credentials import (
    ClientCredentialsOAuthProvider,
    PrivateKeyJWTOAuthProvider,
    SignedJWTParameters,
)
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientInformationFull, OAuthToken


class InMemoryStorage:
    tokens: OAuthToken | None = None
    client_info: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken | None) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client_info

    async def set_client_info(self, client_info: OAuthClientInformationFull | None) -> None:
        self.client_info = client_info


def provider(asked: dict) -> httpx2.Auth:
    client_id, storage = asked["clientId"], InMemoryStorage()
    if "clientSecret" in asked:
        return ClientCredentialsOAuthProvider(
            server_url=asked["serverUrl"],
            storage=storage,
            client_id=client_id,
            client_secret=asked["clientSecret"],
            issuer=asked["issuer"],
        )
    signed = SignedJWTParameters(
        issuer=client_id, subject=client_id, signing_key=asked["privateKey"], signing_algorithm="ES256"
    )
    return PrivateKeyJWTOAuthProvider(
        server_url=asked["serverUrl"],
        storage=storage,
        client_id=client_id,
        assertion_provider=signed.create_assertion_provider(),
        issuer=asked["issuer"],
    )


async def main() -> None:
    asked = json.load(sys.stdin)
    async with httpx2.AsyncClient(auth=provider(asked), follow_redirects=True) as http_client:
        transport = streamable_http_client(asked["serverUrl"], http_client=http_client)
        async with Client(transport) as client:
            result = await client.call_tool("whoami", {})
            print(result.content[0].text)


asyncio.run(main())
