"""What a tenant's row says of its revoke-alls."""

from msgspec.structs import replace

from chalicelib.credentials.tenant import Revocation, Sweep
from tests.support.credentials import ADA, TENANT

UNFINISHED = Revocation(revocation_id="r", revoked_by=ADA, fenced_at=1)
FENCED = replace(
    TENANT,
    generation=4,
    active_counts={1: 10, 2: 20, 3: 30, 4: 40},
    revocations={3: UNFINISHED, 4: UNFINISHED},
    sweep=Sweep(through=4, cursor="c", swept={3: 7}),
)


def test_a_generation_was_revoked_by_the_first_fence_after_it() -> None:
    assert [FENCED.revoking_fence(generation) for generation in (1, 2, 3)] == [3, 3, 4]


def test_a_fence_revoked_what_the_fences_before_it_left() -> None:
    assert (FENCED.total(3), FENCED.total(4)) == (30, 30)


def test_of_an_unfinished_sweep_the_row_counts_what_is_stamped() -> None:
    assert (FENCED.swept(3), FENCED.swept(4)) == (7, 0)


def test_of_a_finished_sweep_everything_is_stamped() -> None:
    finished = replace(FENCED, revocations=FENCED.revocations | {3: replace(UNFINISHED, completed_at=2)})
    assert (finished.swept(3), finished.swept(4)) == (30, 0)
    assert replace(FENCED, sweep=None).swept(4) == 30
