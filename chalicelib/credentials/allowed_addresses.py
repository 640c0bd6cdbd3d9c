"""The addresses that a credential may be used from: CIDR blocks (RFC 4632, RFC 4291 §2.3), in one form each."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Annotated

import msgspec

from chalicelib.errors import Fault

MOST_BLOCKS = 20
_LONGEST_BLOCK = 49
"""Characters: of an IPv6 address with an IPv4 tail, and a prefix length."""
AddressBlocks = Annotated[
    tuple[Annotated[str, msgspec.Meta(max_length=_LONGEST_BLOCK)], ...],
    msgspec.Meta(min_length=1, max_length=MOST_BLOCKS),
]
"""As they were asked for. None at all is said with null, so that an empty list never reads as one that locks out."""


def read_blocks(asked: Iterable[str]) -> tuple[tuple[str, ...], tuple[Fault, ...]]:
    """The blocks in canonical form, each once, and what is wrong with them; either has members, not both."""
    blocks: list[str] = []
    faults: list[Fault] = []
    for index, text in enumerate(asked):
        try:
            blocks.append(str(_block(text)))
        except ValueError as error:
            faults.append(Fault(f"/allowed_addresses/{index}", str(error)))
    return ((), tuple(faults)) if faults else (tuple(dict.fromkeys(blocks)), ())


def is_allowed(blocks: Iterable[str], address: str | None) -> bool:
    """Whether the address is in one of the blocks, in canonical form; no blocks allow any.

    An address that is not known, or is none, is in no block.
    """
    listed = tuple(blocks)
    if not listed:
        return True
    found = read_address(address or "")
    return found is not None and any(found in ip_network(block) for block in listed)


@lru_cache(maxsize=1_000)
def read_address(text: str) -> IPv4Address | IPv6Address | None:
    """The address; None where there is none. IPv4 that is written as IPv6 (RFC 4291 §2.5.5.2) is IPv4."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if not isinstance(address, IPv6Address):
        return address
    return None if address.scope_id is not None else address.ipv4_mapped or address


def _block(text: str) -> IPv4Network | IPv6Network:
    """Raises ValueError, which says what to change."""
    address, slash, prefix = text.partition("/")
    try:
        if slash and not (prefix.isascii() and prefix.isdigit()):
            raise ValueError("a mask, where a prefix length should be")
        block, first = ip_network(text, strict=False), ip_address(address)
    except ValueError as error:
        raise ValueError("must be a CIDR block, such as 192.0.2.0/24 or 2001:db8::/32") from error
    if first != block.network_address:
        # A block that is wider than its writer may have meant is not ours to choose.
        raise ValueError(f"must have no bits set behind its prefix: {block}, or the address alone")
    if isinstance(first, IPv6Address) and (first.scope_id is not None or first.ipv4_mapped is not None):
        raise ValueError("must have no zone, and IPv4 must be written as IPv4")
    return block
