"""The environment that the service runs with on one machine: a stage's, with the addresses of the emulators."""

from collections.abc import Mapping

HOST = "127.0.0.1"


def with_backing_services(variables: Mapping[str, str], moto: str, identity_provider: str) -> dict[str, str]:
    """The same, against backing services at these URLs."""
    return {
        **variables,
        "AWS_ENDPOINT_URL_DYNAMODB": moto,
        "AWS_ENDPOINT_URL_KMS": moto,
        "OIDC_ISSUER": identity_provider,
    }


def isolated(environ: Mapping[str, str], variables: Mapping[str, str]) -> dict[str, str]:
    """``environ`` with these variables, and nothing left that could lead to a real AWS account or through a proxy."""
    kept = {name: value for name, value in environ.items() if not name.startswith("AWS_")}
    direct = ",".join(filter(None, [environ.get("no_proxy") or environ.get("NO_PROXY"), HOST]))
    return {**kept, **variables, "no_proxy": direct, "NO_PROXY": direct}
