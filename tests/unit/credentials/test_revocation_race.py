"""The same check with real threads, each an execution environment with clients of its own, over moto's server.

What the threads do is seeded, how they race is not. The interleavings show that the check notices a wrong design.
"""

import random
import threading
import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config

from chalicelib.tables import TABLES
from emulators.emulator_process import EmulatorProcess
from emulators.provision import create_table
from tests.support.linearizability import describe, is_linearizable
from tests.support.tenant_lab import ADMIN, TenantLab

pytestmark = [pytest.mark.slow, pytest.mark.search]
THREADS = 6
STEPS = 6
OPERATIONS = [
    *("create", "exchange", "exchange", "exchange", "revoke", "revoke_all"),
    *("rotate", "add_secret", "end_secret", "suspend", "resume", "edit", "edit_what_is_seen"),
]


@pytest.fixture(scope="module")
def moto_url() -> Iterator[str]:
    moto = EmulatorProcess("moto", "emulators.moto_server")
    yield moto.address()
    moto.stop()


def _client(url: str) -> Any:
    return boto3.client(
        "dynamodb",
        endpoint_url=url,
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )


def _fresh_tables(client: Any) -> None:
    for table in TABLES:
        if table.name in client.list_tables()["TableNames"]:
            client.delete_table(TableName=table.name)
        create_table(client, table, table.name)


def _race(clients: list[Any], seed: str) -> TenantLab:
    """What threads did to one tenant, each with a client of its own, once a sweep has ended and all was tried again."""
    _fresh_tables(clients[0])
    labs = [TenantLab(client, time.monotonic, environment=i) for i, client in enumerate(clients)]
    for lab in labs[1:]:
        lab.history, lab.known = labs[0].history, labs[0].known
    labs[0].create()
    labs[0].create()
    errors: list[BaseException] = []
    ready = threading.Barrier(len(labs))

    def run(lab: TenantLab, chosen: random.Random) -> None:
        ready.wait()
        try:
            for _ in range(STEPS):
                step = chosen.choice(OPERATIONS)
                which = [] if step in ("create", "revoke_all") else [chosen.randrange(100)]
                getattr(lab, step)(*which)
        except BaseException as error:  # noqa: BLE001  (raised again below)
            errors.append(error)

    threads = [
        threading.Thread(target=run, args=(lab, random.Random(f"{seed} {i}")))  # noqa: S311
        for i, lab in enumerate(labs)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    labs[0].sweep()
    for which in range(len(labs[0].known)):
        labs[0].exchange(which)
    return labs[0]


@pytest.mark.parametrize("number", range(4))
def test_threads_that_race_leave_a_history_with_a_serial_explanation(moto_url: str, number: int, seed: int) -> None:
    lab = _race([_client(moto_url) for _ in range(THREADS)], f"{seed} {number}")
    assert len(lab.history) > THREADS
    assert is_linearizable(lab.history), describe(lab.history)
    lab.assert_swept()


def test_two_revoke_alls_at_once_both_succeed(moto_url: str) -> None:
    clients = [_client(moto_url) for _ in range(2)]
    _fresh_tables(clients[0])
    labs = [TenantLab(client, time.monotonic, environment=i) for i, client in enumerate(clients)]
    labs[0].create()
    generations: list[int] = []
    threads = [
        threading.Thread(target=lambda lab=lab: generations.append(lab.revocations.revoke_all(ADMIN).generation))
        for lab in labs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(generations) == [2, 3]
    labs[0].assert_swept()
