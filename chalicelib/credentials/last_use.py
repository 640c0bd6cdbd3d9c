"""When a credential was last used, with which of its secrets or keys, and from where."""

import logging
import time
from ipaddress import ip_network

from chalicelib.clock import Ages, Clock, Moment
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.allowed_addresses import read_address
from chalicelib.credentials.credential import Credential, Use
from chalicelib.credentials.ports import LastUseWriter
from chalicelib.errors import Unavailable

_KEPT_BITS = {4: 24, 6: 48}
"""Of an address, by its version: a network, as a customer has one, and not one of its machines."""
_PAUSE = 60
"""Seconds after a write that failed in which no other is tried: each costs an exchange its time."""
_log = logging.getLogger(__name__)


class LastUses:
    """``interval``: seconds within which one use of a secret or key is written at most; 0: none ever is."""

    def __init__(self, writer: LastUseWriter, interval: int, clock: Clock = time.time) -> None:
        self._writer = writer
        self._interval = interval
        self._clock = clock
        self._ages = Ages(clock)
        self._failed: Moment | None = None

    def note(self, credential: Credential, used: str, address: str | None) -> None:
        """Writes the use if one is due, in one attempt. Never raises: the client has got what it asked for.

        ``used``: the secret's id, or the key's thumbprint.
        """
        now = int(self._clock())
        last = credential.last_uses.get(used)
        if not self._interval or (last is not None and last.at > now - self._interval) or self._is_pausing():
            return
        try:
            self._writer.write(credential, used, Use(at=now, network=network_of(address)), now - self._interval)
        except Superseded:
            pass  # Another execution environment was faster, or the credential changed under our hands.
        except Unavailable:
            self._failed = self._ages.now()
        except Exception:  # noqa: BLE001  (the token is signed: no defect of this must keep it from its client)
            _log.exception("a last use cannot be written")
            self._failed = self._ages.now()

    def _is_pausing(self) -> bool:
        return self._failed is not None and self._ages.age(self._failed) < _PAUSE


def network_of(address: str | None) -> str | None:
    """The /24 of an IPv4 address, the /48 of an IPv6 one; None where there is no address."""
    found = read_address(address or "")
    return None if found is None else str(ip_network((found, _KEPT_BITS[found.version]), strict=False))
