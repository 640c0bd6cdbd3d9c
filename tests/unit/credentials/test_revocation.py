"""Revoke-all answers by what it wrote, whatever fails afterwards, and its tenant's row stays small."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.aws.stores.attribute_values import to_item
from chalicelib.credentials.revocation import RevocationProgress
from chalicelib.credentials.tenant import Revocation, Sweep, Tenant
from chalicelib.errors import OutcomeUnknown
from emulators.dynamodb import DynamoDB, client_error
from tests.support.tenant_lab import ADMIN, TenantLab

LOST = client_error("InternalServerError", status=500)
GARBAGE = client_error("SerializationException")


def lab_of(client: DynamoDB, **parts: Any) -> TenantLab:
    return TenantLab(client, count().__next__, **parts)


def failing_after_the_fence(client: DynamoDB, error: Exception, *, position: int) -> Callable[[str], None]:
    """A hook that fails the call at this position after the fence's transaction."""
    calls = count(-position)

    def fail(_call: str) -> None:
        (tenant,) = client.items("tenants")
        if tenant["generation"]["N"] == "2" and next(calls) == 0:
            raise error

    return fail


@pytest.mark.parametrize("error", [LOST, GARBAGE], ids=["lost", "garbage"])
@pytest.mark.parametrize("position", range(6))
def test_whatever_fails_after_the_fence_the_answer_is_that_it_is_up(position: int, error: Exception) -> None:
    client = DynamoDB()
    lab = lab_of(client)
    lab.create()
    lab.create()
    client.before = failing_after_the_fence(client, error, position=position)
    told: RevocationProgress = lab.revocations.revoke_all(ADMIN)
    assert (told.generation, told.total) == (2, 2)
    client.before = None
    lab.sweep()
    lab.assert_swept()
    assert lab.revocations.progress(ADMIN, told.revocation_id).remaining == 0


def test_a_fence_whose_answer_is_lost_is_not_told_as_a_failure() -> None:
    client = DynamoDB()
    lab = lab_of(client)
    lab.create()

    def lose(call: str) -> None:
        if call == "TransactWriteItems":
            raise LOST

    client.after = lose
    with pytest.raises(OutcomeUnknown, match="not known"):
        lab.revocations.revoke_all(ADMIN)


def never_swept(client: DynamoDB) -> TenantLab:
    return lab_of(client, sweep_in_request=0)


def row_size(client: DynamoDB, lab: TenantLab) -> float:
    """In units of 4 KB, as DynamoDB counts a strongly consistent read."""
    client.read_units = 0
    lab.tenant()
    return client.read_units


def test_five_hundred_generations_that_were_never_swept_keep_the_row_small_and_are_all_counted() -> None:
    client = DynamoDB()
    lab = never_swept(client)
    for _ in range(500):
        lab.create()
        lab.revoke_all()
    assert row_size(client, lab) == 1
    tenant = lab.tenant()
    assert sum(tenant.total(fence) for fence in tenant.revocations) == 500
    lab.sweep()
    lab.assert_swept()


def test_hundreds_of_swept_revoke_alls_keep_the_row_small() -> None:
    client = DynamoDB()
    lab = lab_of(client)
    for _ in range(200):
        lab.create()
        lab.revoke_all()
    assert row_size(client, lab) == 1
    lab.assert_swept()


def test_two_hundred_revoke_alls_by_admins_with_the_longest_names_keep_the_row_small() -> None:
    admin = replace(ADMIN, subject="s" * 255, name="\N{LATIN CAPITAL LETTER L WITH STROKE}" * 200)
    client = DynamoDB()
    lab = never_swept(client)
    for _ in range(200):
        lab.create()
        told = lab.revocations.revoke_all(admin)
    assert row_size(client, lab) == 1
    assert lab.revocations.progress(ADMIN, told.revocation_id).revoked_by == admin.actor
    lab.sweep()
    lab.assert_swept()


@pytest.mark.parametrize("swept", [False, True])
def test_a_row_with_hundreds_of_counts_from_the_release_before_is_folded_bit_by_bit(swept: bool) -> None:
    """That release remembered every generation that was not swept."""
    generations = 500
    client = DynamoDB()
    revocations = {
        fence: Revocation(
            revocation_id=f"{fence:026}", revoked_by=ADMIN.actor, fenced_at=1, completed_at=2 if swept else None
        )
        for fence in range(generations - 9, generations + 1)
    }
    tenant = Tenant(
        tenant_id=ADMIN.tenant_id,
        generation=generations,
        active_counts=dict.fromkeys(range(1, generations), 1),
        revocations=revocations,
        sweep=None if swept else Sweep(through=generations, cursor="", swept={}),
    )
    client.load("tenants", [to_item(tenant)])
    lab = never_swept(client)
    total = sum(tenant.total(fence) for fence in tenant.revocations)
    assert total == generations - 1
    for _ in range(25):
        before = lab.tenant()
        lab.revocations.revoke_all(ADMIN)
        now = lab.tenant()
        if swept:
            for fence in before.revocations.keys() & now.revocations.keys():
                assert now.total(fence) == before.total(fence)
        else:
            assert sum(now.total(fence) for fence in now.revocations) == total
    assert row_size(client, lab) == 1
    assert len(lab.tenant().revocations) == 10
    assert len(lab.tenant().active_counts) <= 10
