"""The functions that no route leads to, called as Lambda calls them."""

import pytest
from chalice.test import Client

import app
from tests.api_client import Api


@pytest.fixture
def functions(api: Api) -> Client:
    return Client(app.app)


def test_the_sweep_function_sweeps_a_tenant(functions: Client, api: Api) -> None:
    tenant_id = api.create()["client_id"][4:30]
    assert functions.lambda_.invoke("sweep", {"tenant_id": tenant_id}).payload == {"done": True}


@pytest.mark.parametrize("name", ["sweep_unfinished", "rotate_signing_keys"])
def test_each_scheduled_function_runs_and_may_run_again(functions: Client, name: str) -> None:
    event = functions.events.generate_cw_event("aws.events", "Scheduled Event", {}, [])
    first = functions.lambda_.invoke(name, event).payload
    assert first is not None
    assert functions.lambda_.invoke(name, event).payload == first
