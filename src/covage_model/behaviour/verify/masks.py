"""Sets of configurations as masks: a byte for each, 1 for those in the set, as `StateSpace.where` gives them."""

from __future__ import annotations

from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import StateSpace

_FLIP = bytes([1, 0]) + bytes(254)


def none_but(mask: Mask) -> bytes:
    r"""
    The configurations that are not in it.

    >>> none_but(bytes([0, 1, 1]))
    b'\x01\x00\x00'
    """
    return bytes(mask).translate(_FLIP)


def both(first: Mask, second: Mask) -> bytes:
    r"""
    The configurations that are in both.

    >>> both(bytes([0, 1, 1]), bytes([1, 1, 0]))
    b'\x00\x01\x00'
    """
    shared = int.from_bytes(first, "big") & int.from_bytes(second, "big")
    return shared.to_bytes(len(first), "big")


def either(first: Mask, second: Mask) -> bytes:
    """The configurations that are in one of them, or in both."""
    joined = int.from_bytes(first, "big") | int.from_bytes(second, "big")
    return joined.to_bytes(len(first), "big")


def unknown(space: StateSpace) -> bytes:
    """The configurations of which not all moves are known: none in a complete table."""
    return bytes(space.expanded) + b"\x01" * (len(space) - space.expanded)
