"""Holds every AWS call that a test's request makes to the policies of the functions that answer it."""

from collections import defaultdict
from typing import Any

from chalice.app import Chalice

from chalicelib.settings import Settings
from deploy import resources
from deploy.functions import zone
from deploy.policies import policies
from emulators.api_gateway.gateway import match
from emulators.cloudformation import ACCOUNT, REGION, STACK, Template
from emulators.iam import Key, Permission, allows, permissions_of
from tests.support.boto3_clients import Boto3Clients

_PREFIX = f"{REGION}:{ACCOUNT}"


class PolicyWatch:
    """Records the calls that the clients make."""

    def __init__(self, app: Chalice, settings: Settings, clients: Boto3Clients) -> None:
        self._routes = app.routes
        tables = {table.resource: name for table, name in settings.tables.items()}
        arns = {name: f"arn:aws:dynamodb:{_PREFIX}:table/{table}" for name, table in tables.items()}
        resolved = Template(resources.template(), tables, arns)
        self._statements = {function: resolved.resolve(policy) for function, policy in policies().items()}
        key = Key(f"arn:aws:kms:{_PREFIX}:key/ours", frozenset({f"signs-tokens-of={STACK}"}))
        self._keys: dict[str, Key] = defaultdict(lambda: key)
        self._called: list[Permission] = []
        for client in (clients.dynamodb, clients.kms):
            client.meta.events.register("before-call", self._record)

    def begin(self) -> None:
        self._called.clear()

    def end(self, method: str, path: str) -> None:
        """Fails if the request made a call that neither its function nor its authorizer may make."""
        self.end_of(f"{method} {path}", self._functions_of(method, path.partition("?")[0]))

    def end_of(self, what: str, functions: list[str]) -> None:
        """Fails if a call was made that none of these functions may make."""
        statements = [statement for function in functions for statement in self._statements[function]]
        denied = [permission for permission in self._called if not allows(statements, permission)]
        assert denied == [], f"{what}: the policies of {functions} do not allow {denied}"

    def _record(self, params: dict[str, Any], **_: object) -> None:
        target = params["headers"].get("X-Amz-Target", "")
        self._called += permissions_of(params["url_path"], target, params["body"], self._keys, _PREFIX)

    def _functions_of(self, method: str, path: str) -> list[str]:
        found = match(self._routes, path)
        entry = None if found is None else self._routes[found.path].get(method)
        if found is None or entry is None:
            return []
        if entry.authorizer is None:
            return [zone(found.path, {})]
        name = entry.authorizer.name
        return [zone(found.path, {"security": [{name: []}]}), name]
