"""boto3 in the place of the clients that tokens have: moto, in the same process, answers nothing else."""

import boto3


def boto3_throughout() -> dict[str, object]:
    """Replacements for ``wiring.build``."""
    return {"token_dynamodb": boto3.client("dynamodb"), "token_kms": boto3.client("kms")}
