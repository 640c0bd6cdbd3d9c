"""Counts what one request costs in a warm execution environment."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple
from unittest import mock

from jwt.algorithms import ECAlgorithm, RSAAlgorithm, RSAPSSAlgorithm

from chalicelib import paths
from emulators.http_server import Request
from tests.attack_prices.attacks import ATTACKS, Attack
from tests.reliability.world import World
from tests.support.argon2_work import hashes_verified

_SIGN = "kms: Sign"


class Price(NamedTuple):
    """``calls``: of AWS and of the identity provider, without the signs. ``verified``: signatures of others."""

    status: int | str
    calls: Counter[str]
    read_units: float
    write_units: float
    hashes: int
    verified: int
    signs: int


def priced() -> Iterator[tuple[Attack, Price]]:
    world = World()
    try:
        for attack in ATTACKS:
            yield attack, _price(world, attack)
    finally:
        world.close()


def _price(world: World, attack: Attack) -> Price:
    request = attack.prepare(world)
    with world.environment():
        world.send(Request("GET", paths.JWKS, [], b""))  # the signing keys are known
        for before in attack.before:
            world.send(before(request()))
        table = world.dynamodb
        asked, read_units, write_units = len(world.asked), table.read_units, table.write_units
        sent = request()
        with hashes_verified() as hashes, _signatures_verified() as verified:
            reply = world.send(sent)
        calls = Counter(world.asked[asked:])
    signs = calls.pop(_SIGN, 0)
    return Price(
        reply.status,
        calls,
        table.read_units - read_units,
        table.write_units - write_units,
        len(hashes),
        len(verified),
        signs,
    )


@contextmanager
def _signatures_verified() -> Iterator[list[str]]:
    """The algorithms of the signatures that are verified inside the block."""
    verified: list[str] = []

    def noting(original: Callable[..., bool], name: str) -> Callable[..., bool]:
        def verify(*arguments: Any, **named: Any) -> bool:
            verified.append(name)
            return original(*arguments, **named)

        return verify

    with ExitStack() as stack:
        for kind in (ECAlgorithm, RSAAlgorithm, RSAPSSAlgorithm):
            stack.enter_context(mock.patch.object(kind, "verify", noting(kind.verify, kind.__name__)))
        yield verified
