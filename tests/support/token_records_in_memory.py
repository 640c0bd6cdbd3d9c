"""The token records of one process, in place of the table."""

from chalicelib.credentials.secret_digests import SecretDigest
from chalicelib.errors import Unavailable
from chalicelib.oauth.replay import AlreadyUsed, Use


class ReplayGuardInMemory:
    """Implements ``oauth.replay.ReplayGuard``. ``until`` has what was used, and until when that matters.

    Ids that begin with ``away`` cannot be written.
    """

    def __init__(self) -> None:
        self.until: dict[str, int] = {}
        self.away: str | None = None

    def use_once(self, token_id: str, until: int, jwt: str) -> Use:
        if self.away is not None and token_id.startswith(self.away):
            raise Unavailable
        if token_id in self.until:
            raise AlreadyUsed
        self.until[token_id] = until
        return Use(lambda: self.until.__delitem__(token_id))


class RevokedTokensInMemory:
    """Implements ``oauth.token_revocation.RevokedTokens``."""

    def __init__(self) -> None:
        self.until: dict[str, int] = {}

    def add(self, token_id: str, until: int) -> None:
        self.until[token_id] = until


class SecretDigestsInMemory:
    """Implements ``credentials.ports.SecretDigestWriter``; raises ``error`` instead, where there is one."""

    def __init__(self) -> None:
        self.written: list[tuple[SecretDigest, str]] = []
        self.error: Exception | None = None

    def write(self, digest: SecretDigest, secret_id: str) -> None:
        if self.error is not None:
            raise self.error
        self.written.append((digest, secret_id))
