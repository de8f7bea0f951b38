"""
The vocabulary for saying what a file may look like.

One description serves two readers: `shape_check` finds what is wrong in a spec file, and
`published` prints it as the JSON Schema that editors use. Alternatives are told apart by the
kind of the value or by its keys, never by trying them.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class String:
    """A string; `pattern` is an I-Regexp-like expression without anchors, `what` says it in words."""

    what: str = "a text"
    pattern: str | None = None
    choices: tuple[str, ...] = ()
    least: int = 0


@dataclass(frozen=True, slots=True)
class Boolean:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or a whole one from `least` to `most`."""

    whole: bool = False
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Null:
    """Nothing."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Any value: an example, a literal of any kind, a patch."""


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    item: Shape
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """
    A mapping with known keys, and, where `names` is given, others that match it.

    `one_of`: exactly one of these keys (or groups of keys) is there. `together`: pairs of which
    neither comes alone. `least`: how many entries at the least.
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
    """Alternatives told apart by the kind of the value: one shape each, at the most."""

    options: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class ByKeys:
    """`inner` for a mapping (not empty) whose keys are all among `words`, else `outer`."""

    words: tuple[str, ...]
    inner: Shape | None  # None: such a mapping is refused
    outer: Shape


@dataclass(frozen=True, slots=True)
class ByKey:
    """`inner` for a mapping that has `key`, else `outer`."""

    key: str
    inner: Shape
    outer: Shape


@dataclass(frozen=True, slots=True)
class Named:
    """The shape of that name in `grammar.SHAPES`: how shapes repeat and contain themselves."""

    name: str


Shape = String | Boolean | Number | Null | Anything | Items | Keys | ByKind | ByKeys | ByKey | Named
