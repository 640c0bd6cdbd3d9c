"""The exchange as one writes it first: Chalice, boto3, PyJWT, argon2-cffi, all imported and made at once.

It reads the same rows, checks the same things and gives the same token as the service.
"""

import base64
import json
import os
import time
import uuid
from urllib.parse import parse_qsl

import argon2
import boto3
import jwt
from boto3.dynamodb.types import TypeDeserializer
from chalice import Chalice, Response
from cryptography.hazmat.primitives.serialization import load_der_public_key

app = Chalice(app_name="standard")
dynamodb = boto3.client("dynamodb")
kms = boto3.client("kms")
hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
verified = set()
key = {}


class KmsAlgorithm(jwt.algorithms.Algorithm):
    def prepare_key(self, key):
        return key

    def sign(self, msg, key):
        answer = kms.sign(KeyId=key, Message=msg, MessageType="RAW", SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256")
        return answer["Signature"]

    def verify(self, msg, key, sig):
        raise NotImplementedError

    @staticmethod
    def to_jwk(key_obj, as_dict=False):
        raise NotImplementedError

    @staticmethod
    def from_jwk(jwk):
        raise NotImplementedError


signer = jwt.PyJWS(algorithms=[])
signer.register_algorithm("RS256", KmsAlgorithm())


def read(client_id):
    tenant_id = client_id[4:30]
    answer = dynamodb.batch_get_item(
        RequestItems={
            "tenants": {"Keys": [{"tenant_id": {"S": tenant_id}}], "ConsistentRead": True},
            "credentials": {
                "Keys": [{"tenant_id": {"S": tenant_id}, "client_id": {"S": client_id}}],
                "ConsistentRead": True,
            },
        }
    )["Responses"]
    plain = TypeDeserializer().deserialize
    return plain({"M": answer["tenants"][0]}), plain({"M": answer["credentials"][0]})


@app.route("/oauth/token", methods=["POST"], content_types=["*/*"])
def exchange():
    body = app.current_request.raw_body
    form = dict(parse_qsl(body if isinstance(body, str) else body.decode()))
    basic = base64.b64decode(app.current_request.headers["authorization"].split()[1]).decode()
    client_id, _, client_secret = basic.partition(":")
    tenant, credential = read(client_id)
    live = credential["status"] == "active" and credential["generation"] == tenant["generation"]
    stored = credential["secrets"].get(client_secret[5:11])
    if form.get("grant_type") != "client_credentials" or not live or stored is None:
        return Response({"error": "invalid_client"}, status_code=401)
    if (stored["hash"], client_secret) not in verified:
        hasher.verify(stored["hash"], client_secret)
        verified.add((stored["hash"], client_secret))
    if not key:
        answer = kms.get_public_key(KeyId=os.environ["SIGNING_KEY_ID"])
        jwk = jwt.algorithms.RSAAlgorithm.to_jwk(load_der_public_key(answer["PublicKey"]), as_dict=True)
        key.update(arn=answer["KeyId"], kid=jwk["n"][:43])
    now = int(time.time())
    claims = {
        "iss": os.environ["ISSUER"],
        "aud": os.environ["AUDIENCE"],
        "sub": client_id,
        "client_id": client_id,
        "iat": now,
        "exp": now + 900,
        "jti": str(uuid.uuid4()),
        "tenant_id": credential["tenant_id"],
        "generation": int(credential["generation"]),
        "scope": " ".join(credential["scopes"]),
    }
    token = signer.encode(
        json.dumps(claims, separators=(",", ":")).encode(),
        key["arn"],
        algorithm="RS256",
        headers={"typ": "at+jwt", "kid": key["kid"]},
    )
    return Response(
        {"access_token": token, "token_type": "Bearer", "expires_in": 900, "scope": claims["scope"]},
        headers={"Cache-Control": "no-store", "Pragma": "no-cache"},
    )
