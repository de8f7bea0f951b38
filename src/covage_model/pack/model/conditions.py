"""
Conditions as data: tests about one value, and what joins them.

A `Ref` says where a value is. As compiled, `root` is `here` (from where the condition is
written), `item` (the item of the innermost `some`, `every` or `where`), `order`, `account`, or
in a lifecycle `variable`, `state`, `variant`, `final`. `presence` anchors `here`, `item` and
`order` to `scope`: level 0 is the document, level n the item of the n-th list on the way.
"""

from __future__ import annotations

from dataclasses import field

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin

Scalar = str | int | float | bool | None


def _is_same(value: object, other: object) -> bool:
    return value == other and isinstance(value, bool) == isinstance(other, bool)


@dataclass(frozen=True, slots=True)
class Ref:
    """Where the tested value is: names from `root`; no names is the root itself."""

    root: str
    names: tuple[str, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class Literal:
    """The value equals `value` as JSON does: true is not 1, and 1 equals 1.0."""

    value: Scalar

    def __eq__(self, other: object) -> bool:
        """Equal as JSON is, so that conditions about true and about 1 are never taken for one another."""
        return isinstance(other, Literal) and _is_same(self.value, other.value)


@dataclass(frozen=True, slots=True)
class In:
    """The value equals one of `values`; or with `absent`, as only a `match` says it, it is not there."""

    values: tuple[Scalar, ...]
    absent: bool = False

    def __eq__(self, other: object) -> bool:
        """Equal as JSON is."""
        if not isinstance(other, In) or len(self.values) != len(other.values) or self.absent != other.absent:
            return False
        return all(map(_is_same, self.values, other.values))


@dataclass(frozen=True, slots=True)
class Starts:
    """The value is a string that begins with one of `prefixes`."""

    prefixes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Present:
    """The value is there, or is not."""

    present: bool


@dataclass(frozen=True, slots=True)
class Matches:
    """The value is a string that matches the I-Regexp (RFC 9485) `pattern`, written between ^ and $."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Range:
    """The value is a number between `least` and `most`, both included; None is no bound."""

    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True)
class Count:
    """The value is a list with `least` to `most` items that satisfy `where`; an absent list is empty."""

    least: int
    most: int | None
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class Some:
    """The value is a list with an item that satisfies `condition`."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Every:
    """The value is a list whose items all satisfy `condition`; an absent list is empty."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class Among:
    """The value, or each item of the list, occurs at `ref`, which may cross lists."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class Compare:
    """
    The value stands to `other`, a value elsewhere or a scalar, as `relation` says.

    `relation` is `min`, `max`, `above`, `below`, or `is`: equal as JSON. Of the other four, both are
    numbers, dates or date-times (compared as instants). An absent side fails.
    """

    relation: str
    other: Ref | Scalar

    def __eq__(self, other: object) -> bool:
        """Equal as JSON is."""
        return isinstance(other, Compare) and self.relation == other.relation and _is_same(self.other, other.other)


Test = Literal | In | Starts | Present | Matches | Range | Count | Some | Every | Among | Compare


@dataclass(frozen=True, slots=True)
class Holds:
    """The value at `ref` satisfies `test`: one entry of a condition, with the line that says it."""

    ref: Ref
    test: Test
    origin: Origin | None = field(default=None, compare=False, repr=False)


def holds_value(variable: str, value: Scalar) -> Holds:
    """The test that a variable of the lifecycle has the value."""
    return Holds(Ref("variable", (variable,)), Literal(value))


@dataclass(frozen=True, slots=True)
class DocumentReady:
    """The document, as a request and with its account, has no error for `status`."""

    status: str
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class All:
    """Each part holds; no part at all holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`part` does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Implies:
    """`then` holds wherever `when` does."""

    when: Condition
    then: Condition


Atom = Holds | DocumentReady
Condition = Holds | DocumentReady | All | AnyOf | Not | Implies
MOVE_WORDS = ("event", "trigger")  # roots of what is tested of a move
TRUE = All(())
FALSE = AnyOf(())
