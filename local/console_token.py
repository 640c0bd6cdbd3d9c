"""Prints a console user's bearer token: signs in at the identity provider of a running service, as the console does."""

import argparse
import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException

from deploy.stages import PROJECT, stage_variables
from emulators.environment import HOST
from emulators.users import USERS


def state_file(port: int) -> Path:
    """The file in which the service on this port names its identity provider."""
    return PROJECT / ".local" / f"{port}.json"


def console_token(identity_provider: str, port: int, subject: str) -> str:
    """The id_token of an authorization code flow with PKCE. Raises RequestException, AuthlibBaseError."""
    session = OAuth2Session(
        stage_variables("local")["OIDC_AUDIENCE"],
        scope="openid profile",
        redirect_uri=f"http://{HOST}:{port}/",
        code_challenge_method="S256",
        token_endpoint_auth_method="none",  # noqa: S106  (the name of a method, not a password)
    )
    session.trust_env = False  # no proxy between this machine and itself
    provider = session.get(f"{identity_provider}/.well-known/openid-configuration", withhold_token=True).json()
    verifier = generate_token(48)
    page, state = session.create_authorization_url(provider["authorization_endpoint"], code_verifier=verifier)
    signed_in = session.post(page, data={"sub": subject}, withhold_token=True, allow_redirects=False)
    signed_in.raise_for_status()
    token = session.fetch_token(
        provider["token_endpoint"],
        authorization_response=signed_in.headers["Location"],
        state=state,
        code_verifier=verifier,
    )
    return str(token["id_token"])


def main() -> None:
    parser = argparse.ArgumentParser(prog="make console-token", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--as", dest="user", choices=USERS, default="admin")
    asked = parser.parse_args()
    try:
        identity_provider = json.loads(state_file(asked.port).read_text())["identity_provider"]
        print(console_token(identity_provider, asked.port, USERS[asked.user].subject))
    except (FileNotFoundError, ConnectionError, RequestException):
        sys.exit(f"nothing runs on port {asked.port}: start it with  make run PORT={asked.port}")
    except AuthlibBaseError as error:
        sys.exit(f"the identity provider at {urlsplit(identity_provider).netloc} refused: {error.error}")


if __name__ == "__main__":
    main()
