import threading
from typing import Any

from chalicelib.wiring import Zones, build
from emulators.dynamodb import DynamoDB, client_error
from local.sweeper import ThreadSweepStarter, schedule
from tests.support.environ import ENVIRON
from tests.support.tenant_lab import ADMIN
from tests.unit.credentials.test_sweep import lab_of, populate


class OnlyDynamoDB:
    """Implements ``wiring.clients.AwsClients``, as far as a sweep needs it."""

    kms: Any = None
    lambda_: Any = None
    events: Any = None
    sqs: Any = None

    def __init__(self, dynamodb: Any) -> None:
        self.dynamodb = dynamodb


def _zones(client: DynamoDB) -> Zones:
    zones = build(ENVIRON, OnlyDynamoDB(client), ThreadSweepStarter(lambda: zones.console.sweeper))
    return zones


def _swept(client: DynamoDB) -> threading.Event:
    """Set when the sweep has ended."""
    ended = threading.Event()
    client.after = lambda _call: ended.set() if "sweep" not in client.items("tenants")[0] else None
    return ended


def test_a_thread_goes_on_with_what_the_request_left() -> None:
    client = DynamoDB()
    populate(client, 2_500)
    lab_of(client, sweep_in_request=0).revoke_all()
    ended = _swept(client)
    assert not _zones(client).console.sweeper.resume(ADMIN.tenant_id, lambda: False)
    assert ended.wait(30)
    lab_of(client).assert_swept()


def test_the_schedule_takes_up_a_sweep_that_died() -> None:
    client = DynamoDB()
    populate(client, 250)
    console = _zones(client).console

    def die(call: str) -> None:
        if call == "Query":
            raise client_error("InternalServerError", status=500)

    client.before = die
    console.revocations.revoke_all(ADMIN)
    client.before = None
    ended = _swept(client)
    with schedule(console.sweeper.resume_all, seconds=0.01):
        assert ended.wait(30)
    lab_of(client).assert_swept()


def test_the_schedule_outlives_what_a_run_raises() -> None:
    client = DynamoDB()
    populate(client, 250)
    console = _zones(client).console
    lab_of(client, sweep_in_request=0).revoke_all()
    failures = iter([client_error("ValidationException"), client_error("InternalServerError", status=500)])

    def fail_twice(call: str) -> None:
        if call == "Scan" and (failure := next(failures, None)):
            raise failure

    client.before = fail_twice
    ended = _swept(client)
    with schedule(console.sweeper.resume_all, seconds=0.01):
        assert ended.wait(30)
    lab_of(client).assert_swept()
