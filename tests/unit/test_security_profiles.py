"""What a security profile asks of a client and of its tokens: every combination, held to the standard's own words."""

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec.structs import replace

from chalicelib.credentials.public_keys import read_key
from chalicelib.errors import InvalidClient, InvalidDPoPProof, InvalidToken, Refusal, SigningKeyNotAllowed
from chalicelib.oauth.client_authentication import PresentedAssertion, PresentedSecret
from chalicelib.oauth.client_credentials_grant import ClientCredentialsGrant, TokenRequest
from chalicelib.security_profiles import FAPI2, OAUTH2, SecurityProfileName, SecurityProfiles
from chalicelib.signing_keys.keys import PublicKey, public_key
from tests.support.client_key import TOKEN_ENDPOINT, ClientKey, rsa_key
from tests.support.oauth_lab import API, AUDIENCES, ISSUER, OAuthLab

KEYS = {
    "ES256": ClientKey(),
    "ES384": ClientKey(ec.generate_private_key(ec.SECP384R1()), "ES384"),
    "PS256": ClientKey(rsa_key(), "PS256"),
    "RS256": ClientKey(rsa_key(), "RS256"),
}
ALLOWED = {"ES256", "PS256"}
"""FAPI 2.0 Security Profile §5.4.1, 1.2, as far as this service knows them."""
AUDIENCE_FORMS: dict[str, object] = {
    "the issuer": ISSUER,
    "the issuer in other words": f"{ISSUER}/",
    "a list of the issuer": [ISSUER],
    "the token endpoint": TOKEN_ENDPOINT,
    "both": [ISSUER, TOKEN_ENDPOINT],
}
PROFILES: tuple[SecurityProfileName | None, ...] = (None, "fapi2")


class OneKey:
    """A key ring of one key, which signs in this process."""

    def __init__(self, key: ClientKey) -> None:
        self._key = key
        self.public = public_key(key.jwk, key.algorithm)
        self.kid, self.algorithm = self.public.kid, key.algorithm

    def sign(self, message: bytes) -> bytes:
        return jwt.get_algorithm_by_name(self.algorithm).sign(message, self._key.private)

    def signing_key(self) -> "OneKey":
        return self

    def verification_keys(self) -> Sequence[PublicKey]:
        return [self.public]


RINGS = {algorithm: OneKey(key) for algorithm, key in KEYS.items()}


class Case(NamedTuple):
    """An exchange. ``method``: a secret sent either way, or the algorithm of an assertion; ``proof``: of a proof."""

    deployment: SecurityProfileName | None
    own: SecurityProfileName | None
    method: str
    audience: str
    proof: str | None
    signing: str

    @property
    def is_held(self) -> bool:
        return "fapi2" in (self.deployment, self.own)

    @property
    def by_secret(self) -> bool:
        return self.method.startswith("client_secret")

    def outcome(self) -> type[Refusal] | Literal["DPoP", "Bearer"]:
        """What the standards say."""
        if self.by_secret:
            if self.is_held:
                return InvalidClient  # §5.3.2.1, 6
        elif self.is_held and (self.method not in ALLOWED or self.audience != "the issuer"):
            return InvalidClient  # §5.4.1, 1.2; §5.3.2.1, 8
        if self.is_held and self.proof not in ALLOWED:
            return InvalidDPoPProof  # §5.3.2.1, 4 and 5; §5.4.1, 1.2
        if self.is_held and self.signing not in ALLOWED:
            return SigningKeyNotAllowed  # §5.4.1, 1.2
        return "DPoP" if self.proof else "Bearer"


def cases() -> Iterator[Case]:
    for deployment, own, proof, signing in itertools.product(PROFILES, PROFILES, (None, *KEYS), ("ES256", "ES384")):
        for way in ("client_secret_basic", "client_secret_post"):
            yield Case(deployment, own, way, "", proof, signing)
        for algorithm, audience in itertools.product(KEYS, AUDIENCE_FORMS):
            yield Case(deployment, own, algorithm, audience, proof, signing)


@functools.cache
def assertion(algorithm: str, audience: str, client_id: str) -> str:
    return KEYS[algorithm].assertion(client_id, aud=AUDIENCE_FORMS[audience])


@functools.cache
def proof(algorithm: str) -> str:
    return KEYS[algorithm].proof()


def exchange(case: Case) -> type[Refusal] | str:
    lab = OAuthLab(case.deployment, RINGS[case.signing])
    credential = replace(lab.reader.credential, security_profile=case.own)
    client: Any = replace(lab.client, method=case.method) if case.by_secret else None
    if not case.by_secret:
        key = KEYS[case.method]
        credential = replace(
            credential, secrets={}, keys=(read_key(key.jwk),), token_endpoint_auth_method="private_key_jwt"
        )
        signed = assertion(case.method, case.audience, credential.client_id)
        client = PresentedAssertion(client_id=None, assertion=signed)
    lab.reader.credential = credential
    grant = ClientCredentialsGrant(lab.clients, lab.limits, lab.proofs, lab.token_cache, lab.uses, AUDIENCES)
    request = TokenRequest(url=TOKEN_ENDPOINT, grant_type="client_credentials", client=client)
    try:
        issued = grant.issue(replace(request, proof=proof(case.proof) if case.proof else None))
    except Refusal as refusal:
        return type(refusal)
    claims = lab.validation.validate(issued.access_token, AUDIENCES).claims
    assert (claims.cnf is not None) == (case.proof is not None)
    return issued.token_type


@pytest.mark.slow
def test_every_combination_of_an_exchange_ends_as_the_standards_say() -> None:
    every = list(cases())
    assert len(every) == 2 * 2 * 5 * 2 * (2 + 4 * 5)
    assert {case: exchange(case) for case in every} == {case: case.outcome() for case in every}


@pytest.mark.parametrize("signing", KEYS)
@pytest.mark.parametrize("own", PROFILES)
def test_tokens_are_signed_by_an_algorithm_that_the_profile_allows(
    own: SecurityProfileName | None, signing: str
) -> None:
    case = Case(None, own, "ES256", "the issuer", "ES256", signing)
    assert exchange(case) == case.outcome()


@pytest.mark.parametrize("deployment", PROFILES)
@pytest.mark.parametrize("own", PROFILES)
def test_a_credential_is_held_to_the_deployments_profile_or_else_to_its_own(
    deployment: SecurityProfileName | None, own: SecurityProfileName | None
) -> None:
    assert SecurityProfiles(deployment).of(own) == (FAPI2 if deployment or own else OAUTH2)
    assert SecurityProfiles(deployment).of_all == (FAPI2 if deployment else OAUTH2)


@pytest.mark.parametrize(("deployment", "own"), [("fapi2", None), (None, "fapi2")])
def test_a_bearer_token_dies_as_soon_as_its_credential_is_held_to_a_profile(
    deployment: SecurityProfileName | None, own: SecurityProfileName | None
) -> None:
    before, after = OAuthLab(), OAuthLab(deployment)
    after.reader.credential = replace(after.reader.credential, security_profile=own)
    bearer, bound = before.token(), before.token(jkt="x")
    before.validation.validate(bearer, (API,))
    after.validation.validate(bound, (API,))
    with pytest.raises(InvalidToken, match="bound"):
        after.validation.validate(bearer, (API,))


def test_a_deployment_that_is_held_takes_no_token_by_another_algorithm() -> None:
    token = OAuthLab(keys=RINGS["RS256"]).token(jkt="x")
    with pytest.raises(InvalidToken, match="algorithm"):
        OAuthLab("fapi2", RINGS["RS256"]).validation.validate(token, (API,))


def test_where_there_are_no_secrets_none_is_looked_up_and_the_answer_says_why() -> None:
    lab = OAuthLab("fapi2")
    nobody = PresentedSecret(method="client_secret_post", client_id="x", client_secret="x")
    for client in (lab.client, lab.wrong_client, nobody):
        with pytest.raises(InvalidClient, match="private_key_jwt"):
            lab.clients.authenticate(client)
