"""The function with which AWS Secrets Manager rotates a client secret, in four steps that may each be repeated.

The secret's value is JSON: ``{"client_id": "acc_…", "client_secret": "accs_…"}``; further members are kept. The
credential has the scope ``credentials:rotate``, with which it adds and ends its own secrets, and has two at most. It
belongs to this one secret of Secrets Manager: a client secret that no label names is ended.

What holds after every call, whichever is the last one: the value at AWSCURRENT works. It is ended only when another one
has been stored, tried, and become AWSCURRENT. A client secret that was made and never stored is found by the next
attempt, since there is no place for a third, and ended.

Nothing but the standard library, and boto3, which Lambda has. In the environment: ``ISSUER``, the service's URL, and
``END_PREVIOUS``, ``yes`` to end the former secret as soon as there is a new one; else it works until the next rotation.
"""

import base64
import http.client
import json
import os
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlencode, urlsplit

SCOPE = "credentials:rotate"
TRIES = 4
"""Of one request. Each may be sent again: a secret is added under an Idempotency-Key."""
LONGEST_PAUSE = 8.0
"""Seconds between two of them, whatever Retry-After says: the step is repeated in any case."""
REQUEST_TIMEOUT = 10.0
"""Seconds."""
_ID_LENGTH = 6


class RotationFailed(Exception):
    """The step was not carried out. Its text holds no secret: Lambda logs it."""


class Login(NamedTuple):
    """What a version of the secret holds."""

    client_id: str
    client_secret: str

    @property
    def secret_id(self) -> str:
        """Names the client secret in the service's answers: the six characters behind ``accs_``."""
        return self.client_secret.partition("_")[2][:_ID_LENGTH]


class Answer(NamedTuple):
    status: int
    body: Mapping[str, Any]

    @property
    def code(self) -> str:
        """Of a problem (RFC 9457) or an OAuth error (RFC 6749 §5.2)."""
        return str(self.body.get("error") or self.body.get("type", "")).rpartition(":")[2]

    def failure(self, what: str) -> RotationFailed:
        return RotationFailed(f"{what} was answered {self.status} {self.code}".rstrip())


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """urllib would send the Authorization header on, wherever an answer leads."""

    def redirect_request(self, *_: object) -> None:
        return None


class Service:
    """The service that has issued the client secret, at ``issuer``. ``pause`` waits some seconds."""

    def __init__(
        self,
        issuer: str,
        pause: Callable[[float], None] = time.sleep,
        transport: type[urllib.request.HTTPSHandler] | urllib.request.HTTPSHandler = urllib.request.HTTPSHandler,
    ) -> None:
        at = urlsplit(issuer)
        if at.scheme != "https" and at.hostname != "127.0.0.1":
            raise RotationFailed("ISSUER must begin with https://: secrets are sent there.")
        self._issuer = issuer.rstrip("/")
        self._pause = pause
        self._opener = urllib.request.build_opener(_NoRedirect, transport)

    def access_token(self, login: Login) -> str | None:
        """A token for the service itself (RFC 6749 §4.4, RFC 8707); None where the client secret is refused."""
        form = {"grant_type": "client_credentials", "resource": self._issuer, "scope": SCOPE}
        pair = f"{quote_plus(login.client_id)}:{quote_plus(login.client_secret)}"
        basic = f"Basic {base64.b64encode(pair.encode()).decode()}"
        answer = self._call("POST", "/oauth/token", basic, "application/x-www-form-urlencoded", urlencode(form))
        if answer.status == 401:
            return None
        if answer.status != 200:
            raise answer.failure("The token request")
        return str(answer.body["access_token"])

    def add_secret(self, access_token: str, client_id: str) -> Answer:
        """Adds a client secret beside the one there is, which stays as it is. The answer may be a refusal."""
        path, body = f"/v1/credentials/{client_id}/secrets", json.dumps({"overlap_seconds": None})
        return self._call(
            "POST", path, f"Bearer {access_token}", "application/json", body, {"Idempotency-Key": str(uuid.uuid4())}
        )

    def end_secret(self, access_token: str, client_id: str, secret_id: str) -> None:
        """From now on the client secret is refused; one that has ended already is well, too."""
        path = f"/v1/credentials/{client_id}/secrets/{secret_id}"
        answer = self._call("DELETE", path, f"Bearer {access_token}")
        if answer.status not in (204, 404):
            raise answer.failure("The end of a secret")

    def _call(
        self,
        method: str,
        path: str,
        authorization: str,
        content_type: str | None = None,
        body: str = "",
        headers: Mapping[str, str] = {},
    ) -> Answer:
        """The answer; sends the request again while the service is busy or away. Raises RotationFailed."""
        sent = {"Authorization": authorization, **headers} | ({"Content-Type": content_type} if content_type else {})
        last = RotationFailed(f"{method} {path.split('/')[-1]} was not answered")
        for attempt in range(TRIES):
            request = urllib.request.Request(  # noqa: S310  (__init__ takes https alone)
                self._issuer + path, data=body.encode() if body else None, headers=sent, method=method
            )
            pause = 0.5 * 2**attempt
            try:
                with self._opener.open(request, timeout=REQUEST_TIMEOUT) as response:
                    return Answer(response.status, _json(response.read()))
            except urllib.error.HTTPError as error:
                with error:
                    answer = Answer(error.code, _json(error.read()))
                    retry_after = error.headers.get("Retry-After", "")
                if answer.status != 429 and answer.status < 500:
                    return answer
                last = answer.failure(f"{method} {path.split('/')[-1]}")
                pause = float(retry_after) if retry_after.isdecimal() else pause
            except (OSError, http.client.HTTPException):
                pass
            if attempt + 1 < TRIES:
                self._pause(min(pause, LONGEST_PAUSE))
        raise last


class Rotation:
    """One rotation: of this secret, to the version that Secrets Manager calls ``token``.

    ``secrets_manager`` is boto3's client. ``rotation_token`` is what an event from another account brings along.
    """

    def __init__(
        self,
        secrets_manager: Any,
        service: Service,
        secret: str,
        token: str,
        *,
        end_previous: bool = False,
        rotation_token: str | None = None,
    ) -> None:
        self._secrets_manager = secrets_manager
        self._service = service
        self._secret = secret
        self._token = token
        self._end_previous = end_previous
        self._rotation_token = {"RotationToken": rotation_token} if rotation_token else {}

    def run(self, step: str) -> None:
        """Carries out a step, or finds it carried out. Raises RotationFailed, and what boto3 raises."""
        steps = {
            "createSecret": self._create_secret,
            "setSecret": self._set_secret,
            "testSecret": self._test_secret,
            "finishSecret": self._finish_secret,
        }
        if step not in steps:
            raise RotationFailed(f"There is no step {step!r}.")
        if self._current_version() != self._token:
            steps[step]()
        elif step == "finishSecret":
            self._end_former()

    def _current_version(self) -> str:
        """The version at AWSCURRENT. Raises RotationFailed unless that or the one at AWSPENDING is this rotation's."""
        described = self._secrets_manager.describe_secret(SecretId=self._secret)
        if not described.get("RotationEnabled"):
            raise RotationFailed("The rotation was cancelled.")
        labels: Mapping[str, Collection[str]] = described.get("VersionIdsToStages", {})
        if not {"AWSCURRENT", "AWSPENDING"} & set(labels.get(self._token, ())):
            raise RotationFailed("The version is not the one that is AWSPENDING.")
        return next(version for version, names in labels.items() if "AWSCURRENT" in names)

    def _create_secret(self) -> None:
        """Has the service make a client secret, and stores it as AWSPENDING."""
        if self._pending() is not None:
            return
        login, value, access_token = self._working_login()
        for _ in range(TRIES):
            answer = self._service.add_secret(access_token, login.client_id)
            if answer.status == 201:
                self._secrets_manager.put_secret_value(
                    SecretId=self._secret,
                    ClientRequestToken=self._token,
                    SecretString=json.dumps({**value, "client_secret": answer.body["client_secret"]}),
                    VersionStages=["AWSPENDING"],
                    **self._rotation_token,
                )
                return
            if answer.code == "already_created":
                # The answer to the first sending was lost, and with it the secret.
                self._service.end_secret(access_token, login.client_id, answer.body["secret_id"])
            elif answer.code == "overlap_not_over":
                # The other one is the former one, or one that an attempt has made and not stored. Not so where another
                # rotation has come in between, or this very step runs twice: then it may be in use, or stored by now.
                if self._current_version() == self._token or self._pending() is not None:
                    return
                for secret_id in answer.body["secret_ids"]:
                    if secret_id != login.secret_id:
                        self._service.end_secret(access_token, login.client_id, secret_id)
            elif answer.code != "conflict":
                raise answer.failure("The new secret")
        raise RotationFailed("Other changes of the credential got in between, each time.")

    def _set_secret(self) -> None:
        """Nothing: the service knows the client secret, since it has made it."""

    def _test_secret(self) -> None:
        """Gets an access token with the new client secret, by which it could be rotated again.

        One that is refused never becomes right. So its version is AWSPENDING no more: the next rotation may begin.
        """
        if self._service.access_token(self._login(self._pending())) is not None:
            return
        self._secrets_manager.update_secret_version_stage(
            SecretId=self._secret, VersionStage="AWSPENDING", RemoveFromVersionId=self._token
        )
        raise RotationFailed("The service refuses the new secret: it, or its credential, was ended meanwhile.")

    def _finish_secret(self) -> None:
        """Makes the new version AWSCURRENT, and the one that was AWSPREVIOUS."""
        self._test_secret()
        # Looked up after the test: where another rotation has come in between, it is this one's no more.
        current = self._current_version()
        self._secrets_manager.update_secret_version_stage(
            SecretId=self._secret,
            VersionStage="AWSCURRENT",
            MoveToVersionId=self._token,
            RemoveFromVersionId=current,
        )
        self._end_former()

    def _end_former(self) -> None:
        """Ends the client secret at AWSPREVIOUS, where the operator wishes so, by the one at AWSCURRENT."""
        former = self._read(VersionStage="AWSPREVIOUS")
        if not self._end_previous or former is None:
            return
        old, new = self._login(former), self._login(self._read(VersionStage="AWSCURRENT"))
        if old.client_id == new.client_id and old.secret_id != new.secret_id:
            access_token = self._service.access_token(new)
            if access_token is None:
                raise RotationFailed("The service refuses the secret at AWSCURRENT.")
            self._service.end_secret(access_token, new.client_id, old.secret_id)

    def _working_login(self) -> tuple[Login, Mapping[str, Any], str]:
        """What works, its whole value, and an access token: AWSCURRENT, else AWSPREVIOUS of the same credential."""
        value = self._read(VersionStage="AWSCURRENT")
        current = self._login(value)
        access_token = self._service.access_token(current)
        if value is not None and access_token is not None:
            return current, value, access_token
        former = self._read(VersionStage="AWSPREVIOUS")
        if former is not None and self._login(former).client_id == current.client_id:
            access_token = self._service.access_token(self._login(former))
            if access_token is not None:
                return self._login(former), former, access_token
        raise RotationFailed(
            "The service refuses the secrets at AWSCURRENT and AWSPREVIOUS. Is the credential suspended or revoked? "
            "Else add a secret in the console, and put it into Secrets Manager."
        )

    def _pending(self) -> Mapping[str, Any] | None:
        """What this rotation has stored; None if it has not yet."""
        return self._read(VersionId=self._token, VersionStage="AWSPENDING")

    def _read(self, **version: str) -> Mapping[str, Any] | None:
        """A version's value; None where there is none."""
        try:
            got = self._secrets_manager.get_secret_value(SecretId=self._secret, **version)
        except self._secrets_manager.exceptions.ResourceNotFoundException:
            return None
        return _json(got.get("SecretString", "").encode())

    def _login(self, value: Mapping[str, Any] | None) -> Login:
        if not value or not all(isinstance(value.get(name), str) for name in Login._fields):
            raise RotationFailed('A version of the secret is no JSON with "client_id" and "client_secret".')
        return Login(value["client_id"], value["client_secret"])


def _json(content: bytes) -> Mapping[str, Any]:
    """A JSON object; an empty one for whatever else it is."""
    try:
        value = json.loads(content)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def handler(event: Mapping[str, str], _context: object) -> None:
    """Secrets Manager calls it for each step of a rotation."""
    import boto3  # the tests bring a client of their own

    Rotation(
        boto3.client("secretsmanager"),
        Service(os.environ["ISSUER"]),
        event["SecretId"],
        event["ClientRequestToken"],
        end_previous=os.environ.get("END_PREVIOUS") == "yes",
        rotation_token=event.get("RotationToken"),
    ).run(event["Step"])
