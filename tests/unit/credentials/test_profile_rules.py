"""Whether an admin may hold a credential to a security profile here."""

import pytest

from chalicelib.credentials.profile_rules import ProfileRules
from chalicelib.errors import InvalidRequest
from chalicelib.security_profiles import FAPI2, OAUTH2, SecurityProfiles


class SignsBy:
    def __init__(self, algorithm: str | None) -> None:
        self._algorithm = algorithm

    def current(self) -> str | None:
        return self._algorithm


@pytest.mark.parametrize("algorithm", ["ES256", "PS256", None])
def test_a_profile_is_possible_where_tokens_are_signed_by_its_algorithms_or_it_is_not_known_yet(
    algorithm: str | None,
) -> None:
    ProfileRules(SecurityProfiles(), SignsBy(algorithm)).require_possible("fapi2")


@pytest.mark.parametrize("algorithm", ["ES384", "RS256"])
def test_a_profile_is_refused_where_no_token_could_be_issued_under_it(algorithm: str) -> None:
    rules = ProfileRules(SecurityProfiles(), SignsBy(algorithm))
    rules.require_possible(None)
    with pytest.raises(InvalidRequest) as refusal:
        rules.require_possible("fapi2")
    (fault,) = refusal.value.faults
    assert fault.pointer == "/security_profile"
    assert algorithm in fault.detail


def test_the_deployments_profile_counts_for_all() -> None:
    assert ProfileRules(SecurityProfiles("fapi2"), SignsBy(None)).of(None) == FAPI2
    assert ProfileRules(SecurityProfiles(), SignsBy(None)).of(None) == OAUTH2
