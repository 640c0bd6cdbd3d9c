"""An access token is good while its credential is active and nobody has revoked it."""

import pytest
from msgspec.structs import replace

from chalicelib.errors import InvalidToken
from chalicelib.oauth.token_revocation import access_token_id
from tests.support.credentials import TENANT
from tests.support.oauth_lab import API, REPORTS, OAuthLab


@pytest.fixture
def lab() -> OAuthLab:
    return OAuthLab()


def refused(lab: OAuthLab, token: str, audience: str = API) -> None:
    with pytest.raises(InvalidToken):
        lab.validation.validate(token, (audience,))


def test_a_good_token_shows_its_claims(lab: OAuthLab) -> None:
    claims, credential, _ = lab.validation.validate(lab.token(), (API,))
    assert credential == lab.reader.credential
    assert (claims.client_id, claims.scope) == (lab.reader.credential.client_id, "a")


def test_a_token_for_another_audience_is_refused(lab: OAuthLab) -> None:
    refused(lab, lab.token(REPORTS))
    assert lab.validation.validate(lab.token(REPORTS), (API, REPORTS)).claims.aud == REPORTS


def test_no_row_is_read_for_a_token_that_is_not_ours(lab: OAuthLab) -> None:
    refused(lab, "x")
    refused(lab, lab.token(credential=replace(lab.reader.credential, client_id="x")))
    assert lab.reader.reads == 0


@pytest.mark.parametrize("changed", [{"status": "revoked"}, {"expires_at": 1}, {"generation": 2}], ids=str)
def test_the_token_of_a_credential_that_has_died_since_is_refused(lab: OAuthLab, changed: dict[str, object]) -> None:
    token = lab.token()
    lab.reader.credential = replace(lab.reader.credential, **changed)
    refused(lab, token)


def test_a_fence_refuses_every_token_of_its_tenant(lab: OAuthLab) -> None:
    token = lab.token()
    lab.reader.credential = replace(lab.reader.credential, status="revoked")
    lab.reader.tenant = replace(TENANT, generation=2)
    refused(lab, token)


def test_the_token_of_a_credential_that_is_gone_is_refused(lab: OAuthLab) -> None:
    gone = replace(lab.reader.credential, client_id=lab.reader.credential.client_id[:-1] + "1")
    refused(lab, lab.token(credential=gone))


def test_a_revoked_token_is_refused_and_another_of_the_same_client_is_not(lab: OAuthLab) -> None:
    token, other = lab.token(), lab.token()
    lab.revoked.add(access_token_id(lab.validation.validate(token, (API,)).claims.jti), 0)
    refused(lab, token)
    assert lab.validation.validate(other, (API,)).claims.tenant_id == TENANT.tenant_id
