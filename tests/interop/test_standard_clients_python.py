"""Python's OAuth libraries against the running service, over a socket."""

import http.client
import time
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from authlib.integrations.requests_client import OAuth2Session as AuthlibSession
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from axa_fr_oidc import OidcClient, OidcValidator
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import ECKey, KeySet
from oauthlib.oauth2 import BackendApplicationClient
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session

from tests.support.client_key import ClientKey, ath
from tests.support.local_stack import LocalStack

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("plain_http")]
METHODS = ("client_secret_basic", "client_secret_post", "private_key_jwt")


@pytest.fixture
def plain_http(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients insist on TLS; on 127.0.0.1 there is none."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


@pytest.fixture(scope="module")
def console_token(running_stack: LocalStack) -> str:
    return running_stack.token()


@pytest.fixture
def metadata(running_stack: LocalStack) -> dict[str, Any]:
    url = f"{running_stack.base_url}/.well-known/oauth-authorization-server"
    said: dict[str, Any] = requests.get(url, timeout=30).json()
    return said


def create(stack: LocalStack, console_token: str, **fields: Any) -> dict[str, Any]:
    answer = requests.post(
        f"{stack.base_url}/v1/credentials",
        json={"name": "A standard client", **fields},
        headers={"Authorization": f"Bearer {console_token}"},
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
    created: dict[str, Any] = answer.json()
    return created


def authlib_session(
    stack: LocalStack, console_token: str, metadata: dict[str, Any], method: str, scopes: list[str]
) -> AuthlibSession:
    if method != "private_key_jwt":
        created = create(stack, console_token, scopes=scopes, token_endpoint_auth_method=method)
        return AuthlibSession(
            created["client_id"],
            created["client_secret"],
            token_endpoint_auth_method=method,
            revocation_endpoint_auth_method=method,
        )
    key = ECKey.generate_key("P-256")
    created = create(stack, console_token, scopes=scopes, jwks=key.as_dict(private=False))
    session = AuthlibSession(
        created["client_id"], key, token_endpoint_auth_method=method, revocation_endpoint_auth_method=method
    )
    session.register_client_auth_method(PrivateKeyJWT(metadata["token_endpoint"], alg="ES256"))
    return session


def whoami(stack: LocalStack, scheme: str, token: str, **headers: str) -> requests.Response:
    headers = {"Authorization": f"{scheme} {token}", **headers}
    return requests.get(f"{stack.base_url}/v1/whoami", headers=headers, timeout=30)


def verified(metadata: dict[str, Any], token: str) -> dict[str, Any]:
    """The claims, checked by joserfc as RFC 9068 §4 tells an API to."""
    keys = KeySet.import_key_set(requests.get(metadata["jwks_uri"], timeout=30).json())
    decoded = joserfc_jwt.decode(token, keys, algorithms=["RS256"])
    assert decoded.header["typ"] == "at+jwt"
    joserfc_jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": metadata["issuer"]},
        aud={"essential": True, "value": "https://api.example.com"},
        exp={"essential": True},
    ).validate(decoded.claims)
    return dict(decoded.claims)


@pytest.mark.parametrize("method", METHODS)
def test_authlib_goes_from_a_token_to_its_revocation(
    running_stack: LocalStack, console_token: str, metadata: dict[str, Any], method: str
) -> None:
    session = authlib_session(running_stack, console_token, metadata, method, ["orders:read", "orders:write"])
    asking = authlib_session(running_stack, console_token, metadata, method, ["introspect"])
    token = session.fetch_token(metadata["token_endpoint"], grant_type="client_credentials", scope="orders:read")
    assert token["scope"] == "orders:read"
    assert verified(metadata, token["access_token"])["client_id"] == session.client_id
    assert session.get(f"{running_stack.base_url}/v1/whoami").json()["client_id"] == session.client_id

    def active() -> bool:
        answer = asking.introspect_token(metadata["introspection_endpoint"], token=token["access_token"])
        return bool(answer.json()["active"])

    assert active()
    revoked = session.revoke_token(metadata["revocation_endpoint"], token=token["access_token"])
    assert revoked.status_code == 200
    assert not active()
    assert session.get(f"{running_stack.base_url}/v1/whoami").status_code == 401


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_requests_oauthlib_fetches_and_uses_a_token(
    running_stack: LocalStack, console_token: str, metadata: dict[str, Any], method: str
) -> None:
    created = create(running_stack, console_token, token_endpoint_auth_method=method)
    session = OAuth2Session(client=BackendApplicationClient(client_id=created["client_id"]))
    if method == "client_secret_basic":
        how: dict[str, Any] = {"auth": HTTPBasicAuth(created["client_id"], created["client_secret"])}
    else:
        how = {"client_secret": created["client_secret"], "include_client_id": True}
    token = session.fetch_token(metadata["token_endpoint"], **how)
    assert verified(metadata, token["access_token"])["sub"] == created["client_id"]
    assert session.get(f"{running_stack.base_url}/v1/whoami").json()["client_id"] == created["client_id"]


def test_joserfc_makes_the_assertion_and_the_proofs_of_a_bound_token(
    running_stack: LocalStack, console_token: str, metadata: dict[str, Any]
) -> None:
    key, proof_key = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")
    client_id = create(running_stack, console_token, jwks={"keys": [key.as_dict(private=False)]})["client_id"]
    now = int(time.time())
    assertion = joserfc_jwt.encode(
        {"alg": "ES256"},
        {"iss": client_id, "sub": client_id, "aud": metadata["issuer"], "exp": now + 60, "iat": now, "jti": str(now)},
        key,
    )

    def proof(method: str, url: str, **claims: str) -> str:
        header = {"alg": "ES256", "typ": "dpop+jwt", "jwk": proof_key.as_dict(private=False)}
        return joserfc_jwt.encode(header, {"htm": method, "htu": url, "iat": now, "jti": url, **claims}, proof_key)

    answer = requests.post(
        metadata["token_endpoint"],
        data={
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": assertion,
        },
        headers={"DPoP": proof("POST", metadata["token_endpoint"])},
        timeout=30,
    ).json()
    assert answer["token_type"] == "DPoP"
    token = answer["access_token"]
    assert verified(metadata, token)["cnf"] == {"jkt": proof_key.thumbprint()}
    url = f"{running_stack.base_url}/v1/whoami"
    assert whoami(running_stack, "DPoP", token, DPoP=proof("GET", url, ath=ath(token))).status_code == 200
    assert whoami(running_stack, "DPoP", token, DPoP=proof("GET", url, ath=ath(token))).status_code == 401
    assert whoami(running_stack, "Bearer", token).status_code == 401


def test_two_proofs_in_two_headers_are_refused(running_stack: LocalStack, console_token: str) -> None:
    created, key = create(running_stack, console_token), ClientKey()
    fields = {"grant_type": "client_credentials", **{name: created[name] for name in ("client_id", "client_secret")}}
    body = urlencode(fields).encode()
    connection = http.client.HTTPConnection("127.0.0.1", running_stack.port, timeout=30)
    connection.putrequest("POST", "/oauth/token")
    for _ in range(2):
        connection.putheader("DPoP", key.proof(url=f"{running_stack.base_url}/oauth/token"))
    connection.putheader("Content-Type", "application/x-www-form-urlencoded")
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    assert (response.status, b"invalid_dpop_proof" in response.read()) == (400, True)
    connection.close()


def test_axa_fr_oidc_gets_a_token_and_validates_it_as_its_readme_does(
    running_stack: LocalStack, console_token: str
) -> None:
    created = create(running_stack, console_token, scopes=["orders:read"])
    client = OidcClient(
        issuer=running_stack.base_url,
        client_id=created["client_id"],
        client_secret=created["client_secret"],
        scopes=["orders:read"],
    )
    validator = OidcValidator(issuer=running_stack.base_url, audience="https://api.example.com")
    result = validator.validate_token(client.get_access_token())
    client.close_sync()
    assert result.success, result.error
    assert result.payload["sub"] == created["client_id"]
