"""The vendor's OIDC identity provider, as far as one machine needs it: the local console users, signed in by one click.

Any client id is accepted; the console's is the ``OIDC_AUDIENCE`` of the local stage.
"""

import sys
import warnings
from typing import Any

from authlib.deprecate import AuthlibDeprecationWarning
from authlib.oauth2.rfc6749 import AuthorizationCodeGrant
from authlib.oidc.core import OpenIDCode
from flask import Flask
from flask_cors import CORS

from emulators.emulator_process import serve
from emulators.users import USERS


def identity_provider() -> Flask:
    # The provider is built on a part of Authlib that has a successor; that is its own matter.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from oidc_provider_mock import User, app

    # Two things that a vendor's provider does and this one leaves out, set in Authlib, which it is made with.
    # A page cannot keep a client secret: the console is a public client.
    AuthorizationCodeGrant.TOKEN_ENDPOINT_AUTH_METHODS = ["none", *AuthorizationCodeGrant.TOKEN_ENDPOINT_AUTH_METHODS]
    # A token names the key that signed it.
    OpenIDCode.get_encode_header = _header_with_key_id

    provider: Flask = app(user_claims=tuple(User(sub=user.subject, claims=user.claims) for user in USERS.values()))
    # The console is a page on another port, and gets its token with a request from the page.
    CORS(provider, origins=[r"http://(127\.0\.0\.1|localhost):\d+"])
    return provider


def _header_with_key_id(grant: Any, client: Any) -> dict[str, str]:
    key = grant.resolve_client_private_key(client)
    return {"typ": "JWT", "alg": grant.get_client_algorithm(client), "kid": key["kid"]}


if __name__ == "__main__":
    serve(identity_provider(), int(sys.argv[1]))
