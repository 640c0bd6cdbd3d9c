"""docs/reliability.md says what is seen when each call of each operation fails, and nothing that is seen is wrong."""

from typing import Any

import pytest

import app
from chalicelib import paths
from emulators.api_gateway.gateway import match
from tests.reliability.__main__ import PAGE
from tests.reliability.operations import OPERATIONS
from tests.reliability.page import Row, page
from tests.reliability.tried import tried, wrong
from tests.reliability.world import Function, World

pytestmark = pytest.mark.slow
NOT_TRIED = {
    paths.EARLIER_REVOCATION,  # another path to what is tried
    paths.SERVER_METADATA,
    paths.OPENID_CONFIGURATION,
    paths.PROTECTED_RESOURCE,
    paths.HEALTH,
    paths.OPENAPI,
    paths.CONSOLE_PAGE,
    paths.CONSOLE_SIGN_IN,
    paths.CONSOLE_FILE,
}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return tried()


def test_no_fault_makes_an_answer_untrue(rows: list[Row]) -> None:
    assert wrong(rows) == []


def test_the_page_says_what_was_seen(rows: list[Row]) -> None:
    assert page(PAGE.read_text(), rows) == PAGE.read_text(), "write it anew: python -m tests.reliability"


def test_every_operation_is_tried() -> None:
    world = World()
    asked = [operation.prepare(world) for operation in OPERATIONS]
    world.close()
    found = [(one.method, match(app.app.routes, one.path)) for one in asked if not isinstance(one, Function)]
    requests = {(method, route.path) for method, route in found if route is not None}
    views = {(method, path) for path, methods in app.app.routes.items() for method in methods if method != "HEAD"}
    assert requests == {(method, path) for method, path in views if path not in NOT_TRIED}
    functions = {one.name for one in asked if isinstance(one, Function)}
    sources: list[Any] = [*app.app.pure_lambda_functions, *app.app.event_sources]
    assert functions == {source.name for source in sources}
