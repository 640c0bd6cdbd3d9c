import threading

from chalicelib.wiring import Services, build
from emulators.dynamodb import FakeDynamoDB, client_error
from local.sweeper import schedule, with_background_sweeps
from tests.conftest import ENVIRON
from tests.support.tenant_lab import ADMIN, SCHEMAS
from tests.unit.credentials.test_sweep import lab_of, populate


def _services(client: FakeDynamoDB) -> Services:
    return with_background_sweeps(build(ENVIRON, dynamodb=client))


def _swept(client: FakeDynamoDB) -> threading.Event:
    """Set when the sweep has ended."""
    ended = threading.Event()
    client.after = lambda _call: ended.set() if "sweep" not in client.items("tenants")[0] else None
    return ended


def _die_at_a_query(call: str) -> None:
    if call == "Query":
        raise client_error("InternalServerError", status=500)


def test_a_thread_goes_on_with_what_the_request_left() -> None:
    client = FakeDynamoDB(SCHEMAS)
    populate(client, 2_500)
    services = _services(client)
    client.before = _die_at_a_query
    services.revocations.revoke_all(ADMIN)
    client.before = None
    ended = _swept(client)
    assert not services.revocations.resume(ADMIN.tenant_id, lambda: False)
    assert ended.wait(30)
    lab_of(client).assert_swept()


def test_the_schedule_takes_up_a_sweep_that_died() -> None:
    client = FakeDynamoDB(SCHEMAS)
    populate(client, 250)
    services = _services(client)
    client.before = _die_at_a_query
    services.revocations.revoke_all(ADMIN)
    client.before = None
    ended = _swept(client)
    with schedule(services, seconds=0.01):
        assert ended.wait(30)
    lab_of(client).assert_swept()
