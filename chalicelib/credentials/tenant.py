"""A tenant: its generation, and the revoke-alls that raised it. Times are whole seconds since the epoch (UTC)."""

import msgspec

from chalicelib.clock import EpochSeconds
from chalicelib.credentials.callers import Actor


class Revocation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One revoke-all: who raised the fence and when, and when its sweep was done."""

    revocation_id: str
    revoked_by: Actor
    fenced_at: EpochSeconds
    completed_at: EpochSeconds | None = None


class Sweep(msgspec.Struct, frozen=True, kw_only=True):
    """The sweep under way: rows of a generation before ``through`` are stamped up to ``cursor``, a client_id."""

    through: int
    cursor: str
    swept: dict[int, int]
    """How many rows up to the cursor are stamped as revoked, by the fence that revoked them."""


class Tenant(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of the tenants table.

    ``active_counts`` has, for each generation, how many of its credentials are stored as active; a count is final once
    the fence has passed its generation. ``revocations`` is keyed by fence: the generation that a revoke-all began.
    ``next_status_index`` is the next credential's; every credential whose index is below ``dead_below`` is revoked.
    """

    tenant_id: str
    generation: int
    active_counts: dict[int, int]
    revocations: dict[int, Revocation]
    sweep: Sweep | None = None
    next_status_index: int = 0
    dead_below: int = 0
    max_credentials: int | None = None
    """The operator's word for this tenant alone, in place of the setting; 0: as many as it likes."""

    def count_active(self) -> int:
        """How many of its credentials are not revoked, suspended and expired ones included."""
        return self.active_counts.get(self.generation, 0)

    def revoking_fence(self, generation: int) -> int | None:
        """The fence that revoked the credentials of a generation before the tenant's own; None if the row lacks it."""
        return min((fence for fence in self.revocations if fence > generation), default=None)

    def revoking(self, generation: int) -> Revocation | None:
        """The revoke-all that raised that fence."""
        fence = self.revoking_fence(generation)
        return None if fence is None else self.revocations[fence]

    def total(self, fence: int) -> int:
        """How many credentials the fence revoked."""
        return sum(
            count
            for generation, count in self.active_counts.items()
            if generation < fence and self.revoking_fence(generation) == fence
        )

    def swept(self, fence: int) -> int:
        """How many of them are stamped as revoked by now."""
        if self.sweep is None or self.revocations[fence].completed_at is not None:
            return self.total(fence)
        return self.sweep.swept.get(fence, 0)
