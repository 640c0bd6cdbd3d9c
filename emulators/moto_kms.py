"""moto's KMS, made to refuse what AWS refuses: moto hashes a digest again, knows no bounds, and uses disabled keys."""

import base64
import json
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.kms.models import Key
from moto.kms.responses import KmsResponse

from emulators.kms_signatures import InvalidMessage, sign

_SIGN, _GET_PUBLIC_KEY = KmsResponse.sign, KmsResponse.get_public_key


def correct() -> None:
    """From now on, in this process. A second time changes nothing."""
    KmsResponse.sign = _sign  # type: ignore[assignment,method-assign]
    KmsResponse.get_public_key = _get_public_key  # type: ignore[assignment,method-assign]


def _sign(response: KmsResponse) -> str:
    answer = json.loads(_SIGN(response))  # refuses an unknown key, and another key's algorithm
    asked = _asked(response)
    message, algorithm = base64.b64decode(asked["Message"]), asked["SigningAlgorithm"]
    private_key: Any = _usable_key(response).private_key
    try:
        signature = sign(private_key.private_key, message, asked.get("MessageType", "RAW"), algorithm)
    except InvalidMessage as error:
        raise JsonRESTError("ValidationException", str(error)) from error
    return json.dumps(answer | {"Signature": base64.b64encode(signature).decode()})


def _get_public_key(response: KmsResponse) -> str:
    answer = _GET_PUBLIC_KEY(response)
    _usable_key(response)
    return answer


def _usable_key(response: KmsResponse) -> Key:
    """The key that is asked of. Raises what KMS answers for one that is disabled or waits for its deletion."""
    key = response.kms_backend.describe_key(_asked(response)["KeyId"])
    if key.key_state == "PendingDeletion":
        raise JsonRESTError("KMSInvalidStateException", f"{key.arn} is pending deletion.")
    if not key.enabled:
        raise JsonRESTError("DisabledException", f"{key.arn} is disabled.")
    return key


def _asked(response: KmsResponse) -> dict[str, Any]:
    asked: dict[str, Any] = json.loads(response.body)
    return asked
