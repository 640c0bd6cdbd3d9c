"""The sweep comes to the same end wherever it is cut off, whoever goes on, and however often."""

import random
from collections import Counter
from typing import Any

import pytest

from chalicelib.aws.stores.attribute_values import to_item
from chalicelib.credentials import identifiers
from chalicelib.credentials.callers import Caller
from chalicelib.credentials.credential import Credential, StoredSecret
from chalicelib.credentials.sweep import SweepsFailed
from chalicelib.credentials.tenant import Tenant
from chalicelib.errors import Unavailable
from emulators.dynamodb import DynamoDB, cancelled, client_error
from tests.support.callers import caller
from tests.support.tenant_lab import ADMIN, TenantLab


def populate(client: DynamoDB, count: int, generation: int = 1, admin: Caller = ADMIN) -> None:
    """Writes the admin's tenant with so many active credentials, without the cost of creating each."""
    rows = [
        Credential(
            tenant_id=admin.tenant_id,
            client_id=identifiers.client_id(admin.tenant_id, 1_700_000_000 + i, lambda size: bytes(size)),
            name=f"Credential {i}",
            status="active",
            generation=generation,
            scopes=(),
            secrets={"abcdef": StoredSecret(hash="$argon2id$", hint="abcd", created_at=1_700_000_000)},
            created_by=admin.actor,
            created_at=1_700_000_000 + i,
            status_index=i,
        )
        for i in range(count)
    ]
    tenant = Tenant(
        tenant_id=admin.tenant_id,
        generation=generation,
        active_counts={generation: count},
        revocations={},
        next_status_index=count,
    )
    client.load("tenants", [to_item(tenant)])
    client.load("credentials", [to_item(row) for row in rows])


def lab_of(client: DynamoDB, **parts: Any) -> TenantLab:
    return TenantLab(client, iter(range(10**9)).__next__, **parts)


def events(client: DynamoDB) -> Counter[str]:
    return Counter(item["action"]["S"] for item in client.items("audit_events"))


def contents(client: DynamoDB) -> tuple[object, ...]:
    """What the tables say, the times and ids of this very run left out."""
    rows = [(item["client_id"]["S"], item["status"]["S"]) for item in client.items("credentials")]
    (tenant,) = client.items("tenants")
    return (
        sorted(rows),
        tenant["generation"],
        tenant["active_counts"],
        "sweep" in tenant,
        sorted(events(client).items()),
    )


@pytest.mark.slow
def test_ten_thousand_credentials_die_in_one_transaction_and_are_swept_in_a_hundred() -> None:
    client = DynamoDB()
    populate(client, 10_000)
    lab = lab_of(client)
    seen: list[tuple[str, str]] = []

    def watch(call: str) -> None:
        (tenant,) = client.items("tenants")
        seen.append((call, tenant["generation"]["N"]))

    client.before = watch
    lab.revoke_all()
    lab.sweep()
    calls = [call for call, _generation in seen]
    fence = next(i for i, (_call, generation) in enumerate(seen) if generation == "2")
    assert calls[:fence].count("TransactWriteItems") == 1  # the fence is acknowledged by one transaction
    assert calls.count("TransactWriteItems") - 1 <= 101
    lab.assert_swept()
    assert all(row.status == "revoked" for row in lab.credentials())


@pytest.mark.slow
@pytest.mark.search
@pytest.mark.parametrize("number", range(3))
def test_a_sweep_killed_ten_times_at_random_points_stamps_every_row_once(number: int, seed: int) -> None:
    client = DynamoDB()
    populate(client, 10_000)
    lab = lab_of(client)
    chosen = random.Random(f"{seed} {number}")  # noqa: S311
    seen: dict[str, Any] = {}
    stamps: Counter[str] = Counter()
    fuse = 0

    def burn(_call: str) -> None:
        nonlocal fuse
        fuse -= 1
        if fuse == 0:
            raise client_error("InternalServerError", status=500)

    def count_and_burn(call: str) -> None:
        if call == "TransactWriteItems":
            for row in client.items("credentials"):
                # A row that is written is another object, though it says the same.
                if row["status"]["S"] == "revoked" and seen.get(row["client_id"]["S"]) is not row:
                    stamps[row["client_id"]["S"]] += 1
                    seen[row["client_id"]["S"]] = row
        burn(call)

    client.before, client.after = burn, count_and_burn
    lab.revoke_all()
    for _ in range(10):
        fuse = chosen.randint(1, 30)
        lab.sweep()
    fuse = 0
    lab.sweep()
    lab.assert_swept()
    assert len(stamps) == 10_000
    assert set(stamps.values()) == {1}
    assert events(client) == {"credentials.revoked_all": 1, "credentials.swept": 1}


def _calls_of_a_whole_run() -> int:
    client = DynamoDB()
    populate(client, 250)
    lab_of(client).revoke_all()
    return sum(client.calls.values())


@pytest.mark.parametrize("took_effect", [False, True], ids=["lost before", "lost after"])
@pytest.mark.parametrize("point", range(1, _calls_of_a_whole_run() + 1))
def test_cut_off_at_any_call_it_ends_in_the_same_state(point: int, took_effect: bool) -> None:
    whole = DynamoDB()
    populate(whole, 250)
    lab_of(whole).revoke_all()

    client = DynamoDB()
    populate(client, 250)
    number = 0

    def cut(_call: str) -> None:
        nonlocal number
        number += 1
        if number == point:
            raise client_error("RequestTimeout", status=500)

    if took_effect:
        client.after = cut
    else:
        client.before = cut
    lab = lab_of(client)
    lab.revoke_all()
    client.before = client.after = None
    if lab.tenant().generation == 1:
        lab.revoke_all()  # Cut off before the fence: the admin got an error, and asks again.
    lab.sweep()
    lab.assert_swept()
    assert contents(client) == contents(whole)


@pytest.mark.parametrize("reason", ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_transaction_that_meets_others_is_tried_again(reason: str) -> None:
    client = DynamoDB()
    populate(client, 250)
    refusals = iter([cancelled(["None", reason])] * 6)

    def sometimes(call: str) -> None:
        if call == "TransactWriteItems" and (refusal := next(refusals, None)):
            raise refusal

    client.before = sometimes
    lab = lab_of(client)
    lab.revoke_all()
    lab.sweep()
    lab.assert_swept()
    assert next(refusals, None) is None


@pytest.mark.parametrize(
    "code", ["ProvisionedThroughputExceededException", "ThrottlingException", "RequestLimitExceeded"]
)
def test_throttling_that_lasts_is_told_and_loses_nothing(code: str) -> None:
    client = DynamoDB()
    populate(client, 250)
    lab = lab_of(client)

    def throttle(call: str) -> None:
        if call == "TransactWriteItems":
            raise client_error(code)

    client.before = throttle
    with pytest.raises(Unavailable):
        lab.revocations.revoke_all(ADMIN)
    client.before = None
    assert lab.tenant().generation == 1
    lab.revoke_all()
    lab.assert_swept()


def test_a_sweep_without_time_stops_and_the_next_one_ends_it() -> None:
    client = DynamoDB()
    populate(client, 2_500)
    lab = lab_of(client, sweep_in_request=0)
    lab.revoke_all()
    for batches in range(1, 40):
        time_left = iter([True] * batches)
        if lab.sweeper.sweep(ADMIN.tenant_id, lambda left=time_left: next(left, False)):  # type: ignore[misc]
            break
    lab.assert_swept()
    assert batches > 2


def test_progress_is_told_while_the_sweep_goes_on() -> None:
    client = DynamoDB()
    populate(client, 3_000)
    lab = lab_of(client)
    answered: list[tuple[int, int]] = []

    def watch(call: str) -> None:
        if call == "Query" and lab.tenant().revocations:
            (revocation,) = lab.tenant().revocations.values()
            progress = lab.revocations.progress(ADMIN, revocation.revocation_id)
            answered.append((progress.swept, progress.remaining))

    client.before = watch
    lab.revoke_all()
    assert answered == [(0, 3000), (1000, 2000), (2000, 1000), (3000, 0)]


def test_a_fence_raised_during_a_sweep_has_both_told_apart() -> None:
    client = DynamoDB()
    populate(client, 1_500)
    lab = lab_of(client)
    client.before = None
    raised = False

    def again(call: str) -> None:
        nonlocal raised
        if call == "Query" and not raised:
            raised = True
            lab.create()
            lab.revoke_all()

    client.before = again
    lab.revoke_all()
    lab.sweep()
    lab.assert_swept()
    tenant = lab.tenant()
    assert [tenant.total(fence) for fence in (2, 3)] == [1500, 1]
    assert events(client)["credentials.swept"] == 2


def test_only_the_last_revoke_alls_are_remembered_and_the_counts_still_add_up() -> None:
    client = DynamoDB()
    populate(client, 3)
    lab = lab_of(client)
    for _ in range(15):
        lab.create()
        lab.revoke_all()
    assert len(lab.tenant().revocations) == 10
    assert len(lab.tenant().active_counts) <= 11
    for fence in lab.tenant().revocations:
        assert lab.tenant().total(fence) == 1


def test_unfinished_revoke_alls_that_are_forgotten_are_counted_to_the_next() -> None:
    client = DynamoDB()
    populate(client, 3)
    lab = lab_of(client, sweep_in_request=0)
    for _ in range(15):
        lab.create()
        lab.revoke_all()
    lab.sweep()
    lab.assert_swept()
    tenant = lab.tenant()
    assert sum(tenant.total(fence) for fence in tenant.revocations) == 18


def test_the_schedule_takes_up_sweeps_that_nobody_ended() -> None:
    client = DynamoDB()
    populate(client, 250)
    lab = lab_of(client)

    def die(call: str) -> None:
        if call == "Query":
            raise client_error("InternalServerError", status=500)

    client.before = die
    lab.revoke_all()
    assert lab.tenant().sweep is not None
    client.before = None
    assert lab.sweeper.resume_all(lambda: True) == 1
    lab.assert_swept()
    assert lab.sweeper.resume_all(lambda: True) == 0


def test_what_a_request_cannot_end_is_handed_to_the_sweep_function() -> None:
    started: list[str] = []

    class Starter:
        def start(self, tenant_id: str) -> None:
            started.append(tenant_id)

    client = DynamoDB()
    populate(client, 250)
    lab = lab_of(client, starter=Starter())
    assert not lab.sweeper.resume(ADMIN.tenant_id, lambda: False)
    assert started == [ADMIN.tenant_id]
    lab.revoke_all()
    assert started == [ADMIN.tenant_id]  # what fits into the request needs nobody else


class FailsForOne(DynamoDB):
    """Refuses to read one tenant's credentials."""

    failing = ADMIN.tenant_id
    error = client_error("InternalServerError", status=500)

    def query(self, *, ExpressionAttributeValues: dict[str, Any], **arguments: Any) -> dict[str, Any]:  # noqa: N803
        if ExpressionAttributeValues[":partition"]["S"] == self.failing:
            raise self.error
        return super().query(ExpressionAttributeValues=ExpressionAttributeValues, **arguments)


@pytest.mark.parametrize(
    "error",
    [client_error("InternalServerError", status=500), client_error("ValidationException"), ZeroDivisionError()],
    ids=["AWS fails", "AWS refuses", "a defect"],
)
def test_a_sweep_that_fails_keeps_no_other_waiting_and_is_told_at_the_end(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    client = FailsForOne()
    client.failing, client.error = "", error  # type: ignore[assignment]
    others = [caller(name) for name in ("globex", "initech", "umbrella")]
    lab = lab_of(client, sweep_in_request=0)
    for admin in (ADMIN, *others):
        populate(client, 3, admin=admin)
        lab.revocations.revoke_all(admin)
    client.failing = ADMIN.tenant_id
    with pytest.raises(SweepsFailed, match="1 of 4"):
        lab.sweeper.resume_all(lambda: True)
    assert {item["tenant_id"]["S"] for item in client.items("tenants") if "sweep" in item} == {ADMIN.tenant_id}
    assert ADMIN.tenant_id in caplog.text


def test_a_sweep_that_takes_all_the_time_does_not_take_it_each_time() -> None:
    client = DynamoDB()
    lab = lab_of(client, sweep_in_request=0)
    for admin in (ADMIN, caller("globex"), caller("initech")):
        populate(client, 250, admin=admin)
        lab.revocations.revoke_all(admin)
    begun: set[str] = set()
    for _ in range(20):
        time_left = iter([True] * 3)  # enough to stamp one batch of three
        lab.sweeper.resume_all(lambda left=time_left: next(left, False))  # type: ignore[misc]
        stamped = [item for item in client.items("credentials") if item["status"]["S"] == "revoked"]
        begun = {item["tenant_id"]["S"] for item in stamped}
    assert len(begun) == 3
