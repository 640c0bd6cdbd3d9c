"""AWS in this process, spoken to as over the wire: a target and a JSON body in, a status and one out."""

import re
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from emulators.dynamodb import DynamoDB
from emulators.event_bus import EventBus
from emulators.kms import Kms, Refused
from emulators.message_queue import MessageQueue

_WORD = re.compile(r"(?<!^)(?=[A-Z])")


class AwsServices:
    def __init__(
        self, dynamodb: DynamoDB, kms: Kms, bus: EventBus | None = None, queue: MessageQueue | None = None
    ) -> None:
        self.dynamodb = dynamodb
        self.kms = kms
        self.bus = bus or EventBus()
        self.queue = queue or MessageQueue()

    def answer(self, target: str, body: bytes) -> tuple[int, bytes]:
        """What the service and operation of an ``X-Amz-Target`` answer. Checks no signature."""
        service, _, operation = target.partition(".")
        try:
            arguments = msgspec.json.decode(body)
            if service == "TrentService":
                return 200, msgspec.json.encode(self.kms.call(operation, arguments))
            if service == "AWSEvents":
                return 200, msgspec.json.encode(self.bus.put_events(**arguments))
            if service == "AmazonSQS":
                return 200, msgspec.json.encode(self.queue.send_message(**arguments))
            return 200, msgspec.json.encode(self._dynamodb(operation, arguments))
        except ClientError as error:
            code = error.response["Error"]["Code"]
            reasons = {"CancellationReasons": error.response.get("CancellationReasons", [])}
            return 400, msgspec.json.encode({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", **reasons})
        except Refused as refused:
            return 400, msgspec.json.encode({"__type": refused.code, "message": "refused"})

    def _dynamodb(self, operation: str, arguments: dict[str, Any]) -> dict[str, Any]:
        asked = arguments.pop("ReturnConsumedCapacity", "NONE")
        method = getattr(self.dynamodb, _WORD.sub("_", operation).lower())
        answer: dict[str, Any] = method(**arguments)
        if asked == "NONE":
            return answer
        several = operation in ("BatchGetItem", "TransactWriteItems")
        return answer | {"ConsumedCapacity": [] if several else {"TableName": arguments["TableName"]}}
