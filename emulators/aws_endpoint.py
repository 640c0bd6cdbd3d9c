"""AWS as a deployed function meets it: every request is held to the caller's policy, then is answered.

DynamoDB and KMS are moto.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import urllib3
from botocore.exceptions import ClientError

from emulators.cloudformation import ACCOUNT, REGION
from emulators.event_bus import EventBus
from emulators.http_server import HttpServer, Request, Response
from emulators.iam import Key, Permission, allows, permissions_of
from emulators.message_queue import MessageQueue

_JSON = ("Content-Type", "application/x-amz-json-1.0")


class AwsEndpoint:
    """The access key says whose request it is: the name of a function in ``policies``."""

    def __init__(self, moto: str) -> None:
        self._moto = moto
        self._pool = urllib3.PoolManager(maxsize=16)
        self.policies: dict[str, list[dict[str, Any]]] = {}
        """The statements of each function."""
        self.keys: dict[str, Key] = {}
        """The KMS keys, by all that names them."""
        self.called: dict[str, set[Permission]] = defaultdict(set)
        self.refused: list[tuple[str, Permission]] = []
        self.slow: dict[tuple[str, str], float] = {}
        """Seconds that an action of a function takes longer, by (function, action)."""
        self.started: list[tuple[str, Any]] = []
        """Asynchronous invocations that wait: (function, event)."""
        self.bus, self.queue = EventBus(), MessageQueue()
        self._emulated: dict[str, Callable[..., Any]] = {
            "AWSEvents.PutEvents": self.bus.put_events,
            "AmazonSQS.SendMessage": self.queue.send_message,
        }
        self._server = HttpServer(self._answer)
        self.url = self._server.url

    def close(self) -> None:
        self._server.close()

    def _answer(self, request: Request) -> Response:
        function = request.header("authorization").partition("Credential=")[2].partition("/")[0]
        target = request.header("x-amz-target")
        wanted = permissions_of(request.path, target, request.body, self.keys, f"{REGION}:{ACCOUNT}")
        self.called[function].update(wanted)
        denied = [permission for permission in wanted if not allows(self.policies[function], permission)]
        if denied:
            self.refused.extend((function, permission) for permission in denied)
            return Response(400, [_JSON], json.dumps({"__type": "AccessDeniedException"}).encode())
        time.sleep(max(self.slow.get((function, permission.action), 0) for permission in wanted))
        if wanted[0].action == "lambda:InvokeFunction":
            self.started.append((wanted[0].resource.split(":")[6], json.loads(request.body)))
            return Response(202)
        if target in self._emulated:
            try:
                return Response(200, [_JSON], json.dumps(self._emulated[target](**json.loads(request.body))).encode())
            except ClientError as error:
                return Response(400, [_JSON], json.dumps({"__type": error.response["Error"]["Code"]}).encode())
        headers = {name: value for name, value in request.headers if name.lower() != "host"}
        reply = self._pool.request("POST", self._moto + request.target, body=request.body, headers=headers)
        return Response(reply.status, [_JSON], reply.data)
