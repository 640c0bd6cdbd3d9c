"""A small in-process SQS: one queue, to send to."""

from typing import Any


class MessageQueue:
    """The method of a boto3 client."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def send_message(self, *, QueueUrl: str, MessageBody: str) -> dict[str, Any]:
        self.messages.append(MessageBody)
        return {"MessageId": str(len(self.messages))}
