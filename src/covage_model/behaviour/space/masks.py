"""Operations on masks: sets of configurations with a byte for each, as `StateSpace.where` returns them."""

from __future__ import annotations

from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import StateSpace

_FLIP = bytes([1, 0]) + bytes(254)


def none_but(mask: Mask) -> bytes:
    r"""
    The complement of the set.

    >>> none_but(bytes([0, 1, 1]))
    b'\x01\x00\x00'
    """
    return bytes(mask).translate(_FLIP)


def both(first: Mask, second: Mask) -> bytes:
    r"""
    The intersection of the sets.

    >>> both(bytes([0, 1, 1]), bytes([1, 1, 0]))
    b'\x00\x01\x00'
    """
    shared = int.from_bytes(first, "big") & int.from_bytes(second, "big")
    return shared.to_bytes(len(first), "big")


def either(first: Mask, second: Mask) -> bytes:
    """The union of the sets."""
    joined = int.from_bytes(first, "big") | int.from_bytes(second, "big")
    return joined.to_bytes(len(first), "big")


def differing(first: Mask, second: Mask) -> bytes:
    r"""
    The configurations of exactly one of the sets.

    >>> differing(bytes([0, 1, 1]), bytes([1, 1, 0]))
    b'\x01\x00\x01'
    """
    difference = int.from_bytes(first, "big") ^ int.from_bytes(second, "big")
    return difference.to_bytes(len(first), "big")


def unknown(space: StateSpace) -> bytes:
    """The configurations that were not expanded: none in a complete table."""
    return bytes(space.expanded) + b"\x01" * (len(space) - space.expanded)
