"""The functions that no route leads to, called as Lambda calls them."""

from typing import Any

import pytest
from chalice.local import LambdaContext
from chalice.test import Client

import app
from tests.support.api_client import Api


def invoke(name: str, event: dict[str, Any]) -> Any:
    return app.app.handler_map[name](event, LambdaContext(name, 1769, max_runtime_ms=60_000))


def test_the_sweep_function_sweeps_a_tenant(api: Api) -> None:
    tenant_id = api.create()["client_id"][4:30]
    assert invoke("sweep", {"tenant_id": tenant_id}) == {"done": True}


@pytest.mark.parametrize("name", ["sweep_unfinished", "tell_expiring", "rotate_signing_keys"])
def test_each_scheduled_function_runs_and_may_run_again(api: Api, name: str) -> None:
    event = Client(app.app).events.generate_cw_event("aws.events", "Scheduled Event", {}, [])
    first = invoke(name, event)
    assert first is not None
    assert invoke(name, event) == first
