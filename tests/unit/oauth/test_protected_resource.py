"""What a protected API requires of a request (RFC 6750, RFC 9449 §7)."""

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.credentials.public_keys import thumbprint
from chalicelib.errors import InvalidDPoPProof, InvalidToken, Refusal
from chalicelib.oauth.protected_resource import ProtectedResource, ProtectedResourceRequest
from tests.support.client_key import WHOAMI, ClientKey
from tests.support.oauth_lab import API, REPORTS, OAuthLab

KEY = ClientKey()
JKT = thumbprint(KEY.jwk)
OWN = "https://credentials.example.com"
AUDIENCES = (API, OWN)


@pytest.fixture
def lab() -> OAuthLab:
    return OAuthLab()


@pytest.fixture
def resource(lab: OAuthLab) -> ProtectedResource:
    return ProtectedResource(lab.validation, lab.proofs, AUDIENCES, sees_every_request=True)


def request(token: str, *proofs: str, **changed: Any) -> ProtectedResourceRequest:
    usual: dict[str, Any] = {"scheme": "dpop" if proofs else "bearer", "method": "GET", "url": WHOAMI}
    return ProtectedResourceRequest(token=token, proofs=proofs, **usual | changed)


def proof(token: str, key: ClientKey = KEY) -> str:
    return key.proof(method="GET", url=WHOAMI, access_token=token)


def refused(resource: ProtectedResource, asked: ProtectedResourceRequest, kind: type[Refusal] = InvalidToken) -> None:
    with pytest.raises(kind):
        resource.authorize(asked)


def test_a_bearer_token_is_enough(lab: OAuthLab, resource: ProtectedResource) -> None:
    assert resource.authorize(request(lab.token())).claims.client_id == lab.reader.credential.client_id


def test_a_token_for_any_of_the_resources_names_is_enough(lab: OAuthLab, resource: ProtectedResource) -> None:
    assert resource.authorize(request(lab.token(OWN))).claims.aud == OWN


@pytest.mark.parametrize("scheme", ["", "basic", "dpop", "Bearer"])
def test_a_bearer_token_comes_by_its_scheme_alone(lab: OAuthLab, resource: ProtectedResource, scheme: str) -> None:
    refused(resource, request(lab.token(), scheme=scheme))


def test_a_token_for_another_audience_is_refused(lab: OAuthLab, resource: ProtectedResource) -> None:
    refused(resource, request(lab.token(REPORTS)))


def test_a_bound_token_comes_with_one_proof_of_its_key(lab: OAuthLab, resource: ProtectedResource) -> None:
    token = lab.token(jkt=JKT)
    assert resource.authorize(request(token, proof(token))).claims.token_type == "DPoP"
    refused(resource, request(token, scheme="dpop"), InvalidDPoPProof)
    refused(resource, request(token, proof(token), proof(token)), InvalidDPoPProof)
    refused(resource, request(token, proof(token, ClientKey())), InvalidDPoPProof)
    refused(resource, request(token, proof(lab.token(jkt=JKT))), InvalidDPoPProof)
    refused(resource, request(token, proof(token), scheme="bearer"))


def test_where_proofs_cannot_be_looked_at_no_bound_token_is_let_through(lab: OAuthLab) -> None:
    token = lab.token(jkt=JKT)
    caching = ProtectedResource(lab.validation, lab.proofs, AUDIENCES, sees_every_request=False)
    refused(caching, request(token, proof(token)))
    assert caching.authorize(request(lab.token())).claims.token_type == "Bearer"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("192.0.2.7", True),
        ("192.0.3.7", False),
        ("2001:db8::1", True),
        ("2001:db9::1", False),
        ("", False),
        (None, False),
    ],
)
def test_a_token_is_used_from_where_its_credential_may_be_used(
    lab: OAuthLab, resource: ProtectedResource, address: str | None, allowed: bool
) -> None:
    lab.reader.credential = replace(lab.reader.credential, allowed_addresses=("192.0.2.0/24", "2001:db8::/32"))
    asked = request(lab.token(), address=address)
    if allowed:
        assert resource.authorize(asked).claims.client_id == lab.reader.credential.client_id
    else:
        refused(resource, asked)


def test_where_answers_are_cached_no_token_of_a_limited_credential_is_let_through(lab: OAuthLab) -> None:
    lab.reader.credential = replace(lab.reader.credential, allowed_addresses=("192.0.2.0/24",))
    caching = ProtectedResource(lab.validation, lab.proofs, AUDIENCES, sees_every_request=False)
    refused(caching, request(lab.token(), address="192.0.2.7"))


def test_a_request_does_not_show_its_token_or_its_proof(lab: OAuthLab) -> None:
    token = lab.token(jkt=JKT)
    shown = repr(request(token, "the-proof"))
    assert WHOAMI in shown
    assert token not in shown
    assert "the-proof" not in shown
