"""The spent tokens of one process, in place of the table."""

from chalicelib.oauth.replay import AlreadySpent


class SpentInMemory:
    """Implements ``tokens.spent_tokens.SpentTokens``. ``until`` has what was spent, and until when."""

    def __init__(self) -> None:
        self.until: dict[str, int] = {}

    def spend(self, token_id: str, until: int) -> None:
        if token_id in self.until:
            raise AlreadySpent
        self.until[token_id] = until

    def is_spent(self, token_id: str) -> bool:
        return token_id in self.until
