"""Prints a console user's bearer token: signs in as the console page of a running service does, by one click.

The service itself says where, at ``/console/config.json``: whatever runs it, ``make run`` or ``chalice local``.
"""

import argparse
import sys
from urllib.parse import urlsplit

import msgspec
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException, Session

from chalicelib import paths
from chalicelib.web.console_page import SignInBody
from emulators.environment import HOST
from emulators.users import USERS

_SECONDS = 30


class NoService(Exception):
    """Nothing that answers as this service does is on the port."""


def console_token(port: int, subject: str) -> str:
    """The id_token of an authorization code flow with PKCE. Raises NoService, RequestException, AuthlibBaseError."""
    sign_in = _sign_in(port)
    session = OAuth2Session(
        sign_in.client_id,
        scope=sign_in.scope,
        redirect_uri=f"http://{HOST}:{port}{paths.CONSOLE_PAGE}",
        code_challenge_method="S256",
        token_endpoint_auth_method="none",  # noqa: S106  (the name of a method, not a password)
        default_timeout=_SECONDS,
    )
    session.trust_env = False  # no proxy between this machine and itself
    provider = session.get(f"{sign_in.authority}/.well-known/openid-configuration", withhold_token=True).json()
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


def _sign_in(port: int) -> SignInBody:
    """What the service tells its console page. Raises NoService."""
    with Session() as session:
        session.trust_env = False
        try:
            answer = session.get(f"http://{HOST}:{port}{paths.CONSOLE_SIGN_IN}", timeout=_SECONDS)
            answer.raise_for_status()
            return msgspec.json.decode(answer.content, type=SignInBody)
        except (RequestException, msgspec.DecodeError) as error:
            raise NoService from error


def main() -> None:
    parser = argparse.ArgumentParser(prog="make console-token", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--as", dest="user", choices=USERS, default="admin")
    asked = parser.parse_args()
    try:
        print(console_token(asked.port, USERS[asked.user].subject))
    except NoService:
        sys.exit(
            f"nothing runs on port {asked.port}: start it with  make run PORT={asked.port}"
            f"  or with  make moto  and  chalice local --stage local --port {asked.port}"
        )
    except AuthlibBaseError as error:
        sys.exit(f"the identity provider refused: {error.error}")
    except RequestException as error:
        where = urlsplit(error.request.url).netloc if error.request is not None and error.request.url else "?"
        sys.exit(f"the identity provider at {where} does not sign in ({type(error).__name__}): does  make moto  run?")


if __name__ == "__main__":
    main()
