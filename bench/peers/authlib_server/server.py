"""Authlib's authorization server on Flask: a client in memory, plain secret compare, JWT access tokens, local RSA."""

import os
import time
from types import SimpleNamespace

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask
from joserfc.jwk import RSAKey

KEY = RSAKey.import_key(
    rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
)


class Client(SimpleNamespace):
    client_id = os.environ["CLIENT_ID"]

    def get_client_id(self):
        return self.client_id

    def check_client_secret(self, client_secret):
        return client_secret == os.environ["CLIENT_SECRET"]

    def check_endpoint_auth_method(self, method, endpoint):
        return method == "client_secret_basic"

    def check_grant_type(self, grant_type):
        return grant_type == "client_credentials"

    def get_allowed_scope(self, scope):
        return "orders:read"


class Tokens(JWTBearerTokenGenerator):
    def get_jwks(self):
        return KEY

    def get_audiences(self, client, user, scope):
        return ["https://api.example.com"]


CLIENT = Client()
app = Flask("bench")
server = AuthorizationServer(
    app, query_client=lambda client_id: CLIENT if client_id == CLIENT.client_id else None, save_token=lambda *_: None
)
server.register_grant(ClientCredentialsGrant)
server.register_token_generator("default", Tokens(issuer="https://credentials.example.com", alg="RS256"))
STARTED = time.time()


@app.post("/token")
def token():
    return server.create_token_response()
