"""An authorizer that only verifies a token with PyJWT: no row is read, and a revoked token is good to its end."""

import json
import os

import jwt

KEYS = {key["kid"]: jwt.PyJWK(key) for key in json.loads(os.environ["JWKS"])["keys"]}


def handler(event, _context):
    token = event["headers"]["Authorization"].partition(" ")[2]
    key = KEYS[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["RS256"], audience=os.environ["AUDIENCE"], issuer=os.environ["ISSUER"])
    statement = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": event["methodArn"]}
    return {
        "principalId": claims["client_id"],
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"tenant_id": claims["tenant_id"], "client_id": claims["client_id"], "scope": claims["scope"]},
    }
