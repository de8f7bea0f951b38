"""
The vocabulary of the grammar.

One grammar has two uses: `shape_check` finds what is wrong in a spec file, and
`published` prints it as a JSON Schema for editors. Alternatives are chosen by the
kind of the value or by its keys; they are never tried one after another.
"""

from __future__ import annotations

from dataclasses import field

from covage_model.ground.classes import dataclass


@dataclass(frozen=True, slots=True)
class String:
    """A string. `pattern` is a regular expression without anchors; `what` is its meaning in words."""

    what: str = "a text"
    pattern: str | None = None
    choices: tuple[str, ...] = ()
    least: int = 0


@dataclass(frozen=True, slots=True)
class Boolean:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least` to `most`; with `whole` an integer."""

    whole: bool = False
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Null:
    """`null`, or an empty value."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list of `least` to `most` items. `once`: an item that is there again says nothing, and is a finding."""

    item: Shape
    least: int = 0
    most: int | None = None
    once: bool = False


@dataclass(frozen=True, slots=True)
class Keys:
    """
    A mapping with the `known` keys and, if `names` is given, others that match it with values of the shape `named`.

    `one_of`: exactly one of these keys (or groups of keys) is there. `together`: pairs of keys of which
    neither comes alone. `least`: the minimal number of entries.
    """

    known: dict[str, Shape] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    names: String | None = None
    named: Shape | None = None
    one_of: tuple[tuple[str, ...], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    least: int = 0
    what: str = "a mapping"


@dataclass(frozen=True, slots=True)
class ByKind:
    """Alternatives that are chosen by the kind of the value, so at most one for each kind."""

    options: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class ByKeys:
    """`inner` for a mapping that is not empty and has only keys in `words`, else `outer`."""

    words: tuple[str, ...]
    inner: Shape | None  # None: such a mapping is an error
    outer: Shape


@dataclass(frozen=True, slots=True)
class ByKey:
    """`inner` for a mapping that has `key`, else `outer`."""

    key: str
    inner: Shape
    outer: Shape


@dataclass(frozen=True, slots=True)
class Named:
    """A reference to the shape of that name in `grammar.SHAPES`; shapes can so contain themselves."""

    name: str


Shape = String | Boolean | Number | Null | Anything | Items | Keys | ByKind | ByKeys | ByKey | Named
