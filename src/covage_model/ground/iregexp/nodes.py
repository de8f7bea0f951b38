"""The syntax tree of a pattern, and the error for a text that is no pattern."""

from __future__ import annotations

from dataclasses import field

from covage_model.ground.classes import dataclass
from covage_model.ground.iregexp.charsets import Ranges, complement, normal

RANGES_A_CHARACTER = 25  # for each so many ranges, a class counts as one more character


class PatternError(ValueError):
    """
    A text that is no pattern. `reason` says what was found and what to type; `offset` is the place.

    `reason` is lower-case, without a full stop; `offset` counts code points from 0, its end included.
    """

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(f"{reason} (at character {offset + 1})")
        self.reason = reason
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of `ranges`, which is not empty. It is written as `items`, or negated."""

    items: tuple[tuple[int, int], ...]
    negated: bool
    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after another; without parts it matches the empty string."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Alternation:
    """Any one of two or more branches."""

    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`part`, `low` to `high` times; unbounded if `high` is None."""

    part: Node
    low: int
    high: int | None


Node = Chars | Sequence | Alternation | Repeat


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern as written, with ^ and $, and its syntax tree. Equal texts are equal patterns."""

    text: str
    root: Node = field(compare=False, repr=False)


def size(node: Node) -> int:
    """The number of characters of `node` with its repetitions expanded; 1 for the empty string."""
    match node:
        case Chars(items):
            return 1 + len(items) // RANGES_A_CHARACTER
        case Repeat(part, low, high):
            return size(part) * max(1, low, high or 0)
        case Sequence(nodes) | Alternation(nodes):
            return max(1, sum(map(size, nodes)))


def one_of(items: tuple[tuple[int, int], ...], *, negated: bool = False) -> Chars:
    """One character in `items`, or not in them; the resulting `ranges` may be empty."""
    return Chars(items, negated, complement(items) if negated else normal(items))
