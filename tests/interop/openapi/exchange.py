"""openapi-generator's client in Python, as its README shows."""

import os
import sys

import openapi_client  # type: ignore[import-not-found]

HOST = os.environ["ISSUER"]

configuration = openapi_client.Configuration(host=HOST, access_token=os.environ["CONSOLE_TOKEN"])
with openapi_client.ApiClient(configuration) as api_client:
    created = openapi_client.CredentialsApi(api_client).create_credential(
        openapi_client.CredentialRequest(name="python")
    )

configuration = openapi_client.Configuration(host=HOST, username=created.client_id, password=created.client_secret)
with openapi_client.ApiClient(configuration) as api_client:
    issued = openapi_client.OAuthApi(api_client).issue_token("client_credentials")

configuration = openapi_client.Configuration(host=HOST, access_token=issued.access_token)
with openapi_client.ApiClient(configuration) as api_client:
    me = openapi_client.ProtectedResourceApi(api_client).whoami()

configuration = openapi_client.Configuration(host=HOST, access_token=os.environ["CONSOLE_TOKEN"])
with openapi_client.ApiClient(configuration) as api_client:
    listed = openapi_client.CredentialsApi(api_client).list_credentials()

assert me.client_id == created.client_id
assert created.client_id in [credential.client_id for credential in listed.credentials]
sys.stdout.write("done\n")
