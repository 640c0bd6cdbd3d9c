"""What a security profile asks of this service before an admin may hold a credential to it."""

from chalicelib.credentials.ports import SigningAlgorithm
from chalicelib.errors import Fault, InvalidRequest
from chalicelib.security_profiles import SECURITY_PROFILES, SecurityProfile, SecurityProfileName, SecurityProfiles


class ProfileRules:
    def __init__(self, profiles: SecurityProfiles, signing: SigningAlgorithm) -> None:
        self._profiles = profiles
        self._signing = signing

    def of(self, own: SecurityProfileName | None) -> SecurityProfile:
        """The profile that counts for a credential with one of its own, or none."""
        return self._profiles.of(own)

    def require_possible(self, own: SecurityProfileName | None) -> None:
        """Raises InvalidRequest where no token could be issued to a credential that is held to it, and Unavailable."""
        if own is None:
            return
        allowed, signs_by = SECURITY_PROFILES[own].algorithms, self._signing.current()
        if signs_by is not None and signs_by not in allowed:
            fault = Fault(
                "/security_profile",
                f"is not possible: this service signs access tokens by {signs_by}, not by {' or '.join(allowed)}",
            )
            raise InvalidRequest("This service cannot keep the security profile.", (fault,))
