"""The ids under which used assertions and proofs are remembered, and what is given back of a use."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.credentials.public_keys import read_key
from chalicelib.errors import InvalidClient, InvalidDPoPProof, InvalidScope, Unavailable
from chalicelib.oauth.client_authentication import PresentedAssertion, PresentedToken
from chalicelib.oauth.client_credentials_grant import ClientCredentialsGrant, TokenRequest
from chalicelib.oauth.introspection import SCOPE, Introspection
from chalicelib.oauth.replay import Use, given_back_in_an_outage, jti_digest
from chalicelib.oauth.token_revocation import TokenRevocation
from chalicelib.signing_keys.keys import PublicKey, SigningKey
from tests.support.client_key import TOKEN_ENDPOINT, ClientKey
from tests.support.oauth_lab import AUDIENCES, OAuthLab
from tests.support.tenant_lab import KEY_RING

KEY = ClientKey()


@given(st.text(st.characters(exclude_categories=[])))
def test_a_digest_is_as_long_whatever_a_client_chooses(jti: str) -> None:
    assert len(jti_digest(jti)) == 64


@given(st.text(), st.text())
def test_two_jtis_have_two_digests(one: str, other: str) -> None:
    assert (jti_digest(one) == jti_digest(other)) == (one == other)


@pytest.mark.parametrize(("raised", "given_back"), [(Unavailable(), 1), (InvalidScope(), 0), (None, 0)])
def test_only_an_outage_gives_a_use_back(raised: Exception | None, given_back: int) -> None:
    back: list[None] = []
    try:
        with given_back_in_an_outage(Use(lambda: back.append(None))):
            if raised is not None:
                raise raised
    except type(raised or Exception()):
        pass
    assert len(back) == given_back


class KeysAway:
    """The signing keys of the labs, which cannot be reached while ``are_away``."""

    def __init__(self) -> None:
        self.are_away = True

    def signing_key(self) -> SigningKey:
        if self.are_away:
            raise Unavailable
        return KEY_RING

    def verification_keys(self) -> Sequence[PublicKey]:
        if self.are_away:
            raise Unavailable
        return KEY_RING.verification_keys()


@pytest.fixture
def keys() -> KeysAway:
    return KeysAway()


@pytest.fixture
def lab(keys: KeysAway) -> OAuthLab:
    """The client has a key of its own."""
    lab = OAuthLab(keys=keys)
    lab.reader.credential = replace(
        lab.reader.credential,
        secrets={},
        keys=(read_key(KEY.jwk),),
        token_endpoint_auth_method="private_key_jwt",
        scopes=("a", SCOPE),
    )
    return lab


def client(lab: OAuthLab) -> PresentedAssertion:
    return PresentedAssertion(client_id=None, assertion=KEY.assertion(lab.reader.credential.client_id))


def grant(lab: OAuthLab) -> Callable[[], object]:
    granting = ClientCredentialsGrant(lab.clients, lab.limits, lab.proofs, lab.token_cache, lab.uses, AUDIENCES)
    request = TokenRequest(
        url=TOKEN_ENDPOINT, grant_type="client_credentials", client=client(lab), proof=ClientKey().proof()
    )
    return lambda: granting.issue(request)


def introspection(lab: OAuthLab) -> Callable[[], object]:
    introspecting = Introspection(lab.clients, lab.validation, lab.uses, AUDIENCES, frozenset())
    presented = PresentedToken(client=client(lab), token=OAuthLab().token())
    return lambda: introspecting.introspect(presented)


def revocation(lab: OAuthLab) -> Callable[[], object]:
    revoking = TokenRevocation(lab.clients, lab.tokens, lab.revoked, lab.uses, AUDIENCES)
    presented = PresentedToken(client=client(lab), token=OAuthLab().token())
    return lambda: revoking.revoke(presented)


@pytest.mark.parametrize("endpoint", [grant, introspection, revocation])
def test_what_an_outage_left_unanswered_may_be_sent_again_as_it_was_and_once(
    lab: OAuthLab, keys: KeysAway, endpoint: Callable[[OAuthLab], Callable[[], object]]
) -> None:
    send = endpoint(lab)
    for _ in range(2):
        with pytest.raises(Unavailable):
            send()
    keys.are_away = False
    send()
    with pytest.raises(InvalidClient, match="used before"):
        send()


def test_an_assertion_is_given_back_where_the_use_of_the_proof_cannot_be_written(lab: OAuthLab, keys: KeysAway) -> None:
    keys.are_away = False
    send = grant(lab)
    lab.replay.away = "dpop_proof"
    with pytest.raises(Unavailable):
        send()
    lab.replay.away = None
    send()


def test_a_proof_that_was_answered_is_not_given_back(lab: OAuthLab, keys: KeysAway) -> None:
    keys.are_away = False
    granting = ClientCredentialsGrant(lab.clients, lab.limits, lab.proofs, lab.token_cache, lab.uses, AUDIENCES)
    proof = ClientKey().proof()
    requests = [
        TokenRequest(url=TOKEN_ENDPOINT, grant_type="client_credentials", client=client(lab), proof=proof)
        for _ in range(2)
    ]
    granting.issue(requests[0])
    with pytest.raises(InvalidDPoPProof, match="used before"):
        granting.issue(requests[1])
