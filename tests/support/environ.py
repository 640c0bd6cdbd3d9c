"""A complete environment of the service, as the tests run it."""

import json

from chalicelib.tables import TABLES

SCOPES = {
    "orders:read": "Read orders",
    "orders:write": "Change orders",
    "reports:read": "Read reports",
    "introspect": "Ask whether an access token is active",
}
ENVIRON = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "eu-central-1",
    **{table.variable: table.name for table in TABLES},
    "SIGNING_KEY_ID": "alias/test",
    "ISSUER": "https://credentials.example.com",
    "AUDIENCE": "https://api.example.com",
    "AUDIENCES": "https://reports.example.com",
    "OIDC_ISSUER": "https://login.example.com",
    "OIDC_AUDIENCE": "console",
    "SCOPES": json.dumps(SCOPES),
    "DEFAULT_SCOPES": "orders:read",
    # The rules are the same at any cost; the suite cannot pay the real one at every exchange.
    "ARGON2_MEMORY_KIB": "64",
    "ARGON2_TIME_COST": "1",
}
