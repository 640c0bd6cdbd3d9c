"""The token records of one process, in place of the table."""

from chalicelib.credentials.secret_digests import SecretDigest
from chalicelib.oauth.replay import AlreadyUsed


class ReplayGuardInMemory:
    """Implements ``oauth.replay.ReplayGuard``. ``until`` has what was used, and until when that matters."""

    def __init__(self) -> None:
        self.until: dict[str, int] = {}

    def use_once(self, token_id: str, until: int, jwt: str) -> None:
        if token_id in self.until:
            raise AlreadyUsed
        self.until[token_id] = until


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
