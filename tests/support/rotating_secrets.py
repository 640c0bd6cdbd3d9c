"""AWS Secrets Manager and the service between which a rotation goes, each call of which may fail."""

import email.message
import io
import json
import urllib.error
import urllib.request
import urllib.response
import uuid
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import boto3
from rotate_client_secret import Rotation, RotationFailed, Service

from tests.support.api_client import Api

ISSUER = "https://credentials.example.com"
STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
Fault = Literal["dies before", "dies after", "lost after", "busy"]
"""Of a call: the function dies before it, or after its effect; its answer is lost; it is refused as one too many."""
FAULTS: tuple[Fault, ...] = ("dies before", "dies after", "lost after", "busy")
READING = ("DescribeSecret", "GetSecretValue", "POST /oauth/token")
"""The calls that change nothing."""
Value = TypeVar("Value")


class Died(Exception):
    """What ends a function in the middle. Nothing catches it."""


class Calls:
    """All calls of a rotation, one after the other. ``names`` has those that were made."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.fault: tuple[int, Fault] | None = None
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None

    def make(self, name: str, effect: Callable[[], Value], busy: Callable[[], Value], lost: Exception) -> Value:
        """Makes one; ``before`` and ``after`` run around it. The fault is that of the n-th call from here on."""
        self.names.append(name)
        fault = None
        if self.fault:
            left, fault_then = self.fault
            fault = fault_then if left == 0 else None
            self.fault = None if left == 0 else (left - 1, fault_then)
        self.before()
        if fault == "busy":
            return busy()
        if fault == "dies before":
            raise Died(name)
        try:
            answer = effect()
        finally:
            if name not in READING:
                self.after()
        if fault == "dies after":
            raise Died(name)
        if fault == "lost after":
            raise lost
        return answer


class RotatingSecrets:
    """boto3's client, with moto behind it. moto has no version that is AWSPENDING and has no value yet: this has."""

    def __init__(self, calls: Calls) -> None:
        self.client: Any = boto3.client("secretsmanager")
        self.exceptions = self.client.exceptions
        self.rotation_enabled = True
        self.stored: list[dict[str, Any]] = []
        self._calls = calls
        self._empty: str | None = None

    def store(self, value: dict[str, Any]) -> str:
        """A new secret's ARN."""
        arn: str = self.client.create_secret(Name=str(uuid.uuid4()), SecretString=json.dumps(value))["ARN"]
        return arn

    def start(self, arn: str) -> str:
        """RotateSecret: the id of the version to be made. Raises RuntimeError while another one is AWSPENDING."""
        labels = self.labels(arn)
        if any("AWSPENDING" in names and "AWSCURRENT" not in names for names in labels.values()):
            raise RuntimeError("A previous rotation isn't complete.")
        for version, names in labels.items():
            if "AWSPENDING" in names:
                self._remove("AWSPENDING", arn, version)
        self.rotation_enabled, self._empty = True, str(uuid.uuid4())
        return self._empty

    def labels(self, arn: str) -> dict[str, list[str]]:
        labels: dict[str, list[str]] = self.client.describe_secret(SecretId=arn)["VersionIdsToStages"]
        return labels | ({self._empty: ["AWSPENDING"]} if self._empty else {})

    def value(self, arn: str, label: str = "AWSCURRENT") -> dict[str, Any] | None:
        try:
            got = self.client.get_secret_value(SecretId=arn, VersionStage=label)
        except self.exceptions.ResourceNotFoundException:
            return None
        value: dict[str, Any] = json.loads(got["SecretString"])
        return value

    def drop_pending(self, arn: str) -> None:
        """As an operator does, after a rotation that was cancelled."""
        for version, names in self.labels(arn).items():
            if "AWSPENDING" in names and "AWSCURRENT" not in names:
                self._remove("AWSPENDING", arn, version)

    def describe_secret(self, *, SecretId: str) -> dict[str, Any]:  # noqa: N803  (boto3's names)
        return self._call(
            "DescribeSecret",
            lambda: {"RotationEnabled": self.rotation_enabled, "VersionIdsToStages": self.labels(SecretId)},
        )

    def get_secret_value(self, **arguments: str) -> dict[str, Any]:
        return self._call("GetSecretValue", lambda: self.client.get_secret_value(**arguments))

    def put_secret_value(self, **arguments: Any) -> dict[str, Any]:
        def put() -> dict[str, Any]:
            self.stored.append(arguments)
            self._refuse_another_value(
                arguments["SecretId"], arguments["ClientRequestToken"], arguments["SecretString"]
            )
            answer: dict[str, Any] = self.client.put_secret_value(**arguments)
            # The label AWSPENDING has moved to this version, whichever had it.
            self._empty = None
            return answer

        return self._call("PutSecretValue", put)

    def update_secret_version_stage(
        self,
        *,
        SecretId: str,  # noqa: N803
        VersionStage: str,  # noqa: N803
        RemoveFromVersionId: str,  # noqa: N803
        MoveToVersionId: str | None = None,  # noqa: N803
    ) -> dict[str, Any]:
        def update() -> dict[str, Any]:
            if MoveToVersionId is None:
                return self._remove(VersionStage, SecretId, RemoveFromVersionId)
            answer: dict[str, Any] = self.client.update_secret_version_stage(
                SecretId=SecretId,
                VersionStage=VersionStage,
                RemoveFromVersionId=RemoveFromVersionId,
                MoveToVersionId=MoveToVersionId,
            )
            return answer

        return self._call("UpdateSecretVersionStage", update)

    def _refuse_another_value(self, arn: str, version: str, value: str) -> None:
        """A version is written once; moto writes over one that is AWSPENDING."""
        try:
            stored = self.client.get_secret_value(SecretId=arn, VersionId=version)["SecretString"]
        except self.exceptions.ResourceNotFoundException:
            return
        if stored != value:
            error = {"Error": {"Code": "ResourceExistsException", "Message": "The version has another value."}}
            raise self.exceptions.ResourceExistsException(error, "PutSecretValue")

    def _remove(self, label: str, arn: str, version: str) -> dict[str, Any]:
        if version == self._empty:
            self._empty = None
            return {}
        answer: dict[str, Any] = self.client.update_secret_version_stage(
            SecretId=arn, VersionStage=label, RemoveFromVersionId=version
        )
        return answer

    def _call(self, name: str, effect: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        throttled = self.client.exceptions.ClientError(
            {"Error": {"Code": "ThrottlingException", "Message": "Rate exceeded"}}, name
        )

        def busy() -> dict[str, Any]:
            raise throttled

        return self._calls.make(name, effect, busy, Died(name))


class InProcess(urllib.request.HTTPSHandler):
    """Carries urllib's requests to the service, without a socket: urllib takes it in place of its own handler."""

    def __init__(self, api: Api, calls: Calls) -> None:
        super().__init__()
        self._api = api
        self._calls = calls

    def https_open(self, request: urllib.request.Request) -> Any:
        method, path = request.get_method(), request.selector
        assert isinstance(request.data, (bytes, type(None)))
        body, headers = request.data, dict(request.header_items())
        name = f"{method} {path.partition('/acc_')[0]}"

        def effect() -> urllib.response.addinfourl:
            answer = self._api.call(method, path, headers=headers, body=body)
            return _answer(request.full_url, answer.status, answer.headers, answer.text)

        def busy() -> urllib.response.addinfourl:
            return _answer(request.full_url, 503, {"Retry-After": "1"}, '{"type": "urn:problem-type:throttled"}')

        return self._calls.make(name, effect, busy, ConnectionResetError("lost"))


def _answer(url: str, status: int, headers: dict[str, str], text: str) -> urllib.response.addinfourl:
    message = email.message.Message()
    for name, value in headers.items():
        message[name] = value
    answer = urllib.response.addinfourl(io.BytesIO(text.encode()), message, url, status)
    setattr(answer, "msg", "")  # noqa: B010  (urllib asks for it, and its stubs have none)
    return answer


class World:
    """A credential whose secret Secrets Manager keeps. After every call the secret at AWSCURRENT works.

    ``former``: it has been rotated once, so that there are two.
    """

    def __init__(self, api: Api, *, end_previous: bool = False, former: bool = False) -> None:
        self.api = api
        self.calls = Calls()
        self.calls.after = self.assert_current_works
        self.secrets = RotatingSecrets(self.calls)
        self.end_previous = end_previous
        self.pauses: list[float] = []
        self.errors: list[Exception] = []
        created = api.create(scopes=["credentials:rotate", "orders:read"])
        self.client_id: str = created["client_id"]
        self.path = f"/v1/credentials/{self.client_id}"
        self.arn = self.secrets.store(
            {"client_id": self.client_id, "client_secret": created["client_secret"], "owner": "payroll"}
        )
        if former:
            self.rotate_by_hand()

    def rotate_by_hand(self) -> None:
        """As an admin does, in the console and in that of AWS."""
        added = self.api.console("POST", f"{self.path}/secrets", {"overlap_seconds": None}).json
        value = {"client_id": self.client_id, "client_secret": added["client_secret"], "owner": "payroll"}
        self.secrets.client.put_secret_value(SecretId=self.arn, SecretString=json.dumps(value))

    def step(self, step: str, token: str) -> None:
        """Secrets Manager invokes the function once. Raises what the function raises."""
        self.rotation(token).run(step)

    def rotation(self, token: str, rotation_token: str | None = None) -> Rotation:
        service = Service(ISSUER, self.pauses.append, InProcess(self.api, self.calls))
        return Rotation(
            self.secrets,
            service,
            self.arn,
            token,
            end_previous=self.end_previous,
            rotation_token=rotation_token,
        )

    def steps(self, token: str) -> bool:
        """All steps, until one fails; whether none did."""
        for step in STEPS:
            try:
                self.step(step, token)
            except (Died, RotationFailed, self.secrets.exceptions.ClientError) as error:
                self.errors.append(error)
                return False
        return True

    def rotate(self) -> None:
        """A rotation with Secrets Manager's further attempts, and with the operator's if those do not help."""
        for _ in range(3):
            try:
                token = self.secrets.start(self.arn)
            except RuntimeError:
                self.secrets.drop_pending(self.arn)
                token = self.secrets.start(self.arn)
            for _ in range(3):
                if self.steps(token):
                    return
        raise AssertionError(self.errors)

    def rotate_again(self, token: str) -> None:
        """Secrets Manager's next attempt at the same rotation, which succeeds."""
        assert self.steps(token), self.errors

    def forget_requests(self) -> None:
        """As after a day: no record is left of an Idempotency-Key."""
        dynamodb = self.api.clients.dynamodb
        for row in dynamodb.scan(TableName="token_records")["Items"]:
            dynamodb.delete_item(TableName="token_records", Key={"token_id": row["token_id"]})

    def works(self, label: str) -> bool:
        value = self.secrets.value(self.arn, label)
        return value is not None and self.api.exchange(value).status == 200

    def assert_current_works(self) -> None:
        assert self.works("AWSCURRENT"), self.calls.names[-3:]

    def valid_ids(self) -> set[str]:
        return {secret["secret_id"] for secret in self.api.console("GET", self.path).json["secrets"]}

    def ids_at(self, *labels: str) -> set[str]:
        values = [self.secrets.value(self.arn, label) for label in labels]
        return {value["client_secret"][5:11] for value in values if value}

    def assert_nothing_left_over(self) -> None:
        """Each valid secret has a label, and each label has a valid secret."""
        assert self.valid_ids() == self.ids_at("AWSCURRENT", *([] if self.end_previous else ["AWSPREVIOUS"]))
