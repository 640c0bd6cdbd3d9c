"""Exchanges that a credential, and all of a tenant, may have in a minute."""

import time
from typing import Protocol

from chalicelib.bounded_cache import BoundedCache
from chalicelib.clock import Clock
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.refusals import Refusals
from chalicelib.errors import ExchangeLimitReached, Unavailable
from chalicelib.oauth.client_authentication import AuthenticatedClient

COUNTER_PREFIX = "exchanges:"
"""Of the counters among the token records."""
_MINUTE = 60
_REMEMBERED = 1_000
"""Counters that are known to be full, about 200 bytes each."""


class ExchangeCounter(Protocol):
    def add(self, counter_id: str, limit: int, until: int) -> None:
        """Counts one more, which is kept until then (epoch seconds). Raises Superseded if there are ``limit`` already.

        One attempt, of half a second at most: a second one might count twice. Raises Unavailable.
        """


class ExchangeLimits:
    """Counts by the minute of the clock: a minute that lies across two of them may have twice the limit.

    0 is no limit, and costs no call. Each limit that is set costs one write, also where it refuses, but for what one
    execution environment knows to be full. Only authenticated clients count, so that nobody who merely knows a
    client_id can lock its client out. The credential counts before its tenant: one that has reached its own limit takes
    nothing from the others of its tenant. What the tenant refuses has counted for its credential.

    Where the counter cannot be written the exchange goes on: an outage makes no further refusals.
    """

    def __init__(
        self,
        counter: ExchangeCounter,
        refusals: Refusals,
        per_credential: int,
        per_tenant: int,
        clock: Clock = time.time,
    ) -> None:
        self._counter = counter
        self._refusals = refusals
        self._per_credential = per_credential
        self._per_tenant = per_tenant
        self._clock = clock
        self._full = BoundedCache[str, bool](_REMEMBERED)

    def count(self, client: AuthenticatedClient) -> None:
        """Counts one exchange of this client. Raises ExchangeLimitReached, and notes it as a refusal."""
        credential, now = client.credential, int(self._clock())
        for whose, owner, limit in (
            ("credential", credential.client_id, self._per_credential),
            ("tenant", credential.tenant_id, self._per_tenant),
        ):
            if limit and not self._has_room(owner, limit, now):
                self._refusals.note(credential, "limit", client.origin)
                raise ExchangeLimitReached(
                    f"The {whose} may have {limit} tokens a minute. Use each until it expires.", _MINUTE - now % _MINUTE
                )

    def _has_room(self, owner: str, limit: int, now: int) -> bool:
        minute = now // _MINUTE
        counter_id = f"{COUNTER_PREFIX}{owner}:{minute}"
        if self._full.get(counter_id):
            return False
        try:
            self._counter.add(counter_id, limit, (minute + 2) * _MINUTE)
        except Superseded:
            self._full.put(counter_id, True)
            return False
        except Unavailable:
            return True
        return True
