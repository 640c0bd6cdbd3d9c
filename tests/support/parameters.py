"""Names of parameters."""


def id_without_value(value: object) -> str | None:
    """Names a parameter with a key in it, which each run makes anew: processes that share a run name it alike."""
    return type(value).__name__ if isinstance(value, dict | bytes) else None
