"""AWS credentials: those that Lambda sets, else those that botocore finds."""

from collections.abc import Callable, Mapping
from typing import NamedTuple


class AwsCredentials(NamedTuple):
    """AWS credentials as they are at this moment. ``session_token`` is None for those of a user."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None

    def __repr__(self) -> str:
        return f"AwsCredentials({self.access_key_id!r})"


def credentials_provider(variables: Mapping[str, str]) -> Callable[[], AwsCredentials]:
    """Those that Lambda sets for the life of an execution environment; without them botocore's chain, which renews.

    Raises botocore's NoCredentialsError where there are none.
    """
    if "AWS_ACCESS_KEY_ID" in variables and "AWS_SECRET_ACCESS_KEY" in variables:
        session_token = variables.get("AWS_SESSION_TOKEN") or None
        fixed = AwsCredentials(variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"], session_token)
        return lambda: fixed

    from botocore.exceptions import NoCredentialsError
    from botocore.session import Session  # here, for the time it takes to import

    found = Session().get_credentials()
    if found is None:
        raise NoCredentialsError

    def renewed() -> AwsCredentials:
        frozen = found.get_frozen_credentials()
        return AwsCredentials(str(frozen.access_key), str(frozen.secret_key), frozen.token)

    return renewed
