"""The spent tokens of one process, in place of the table."""

from chalicelib.oauth.replay import AlreadyUsed


class TokenRecordsInMemory:
    """Implements ``tokens.token_records.SpentTokens``. ``until`` has what was spent, and until when."""

    def __init__(self) -> None:
        self.until: dict[str, int] = {}

    def spend(self, token_id: str, until: int) -> None:
        if token_id in self.until:
            raise AlreadyUsed
        self.until[token_id] = until

    def is_spent(self, token_id: str) -> bool:
        return token_id in self.until
