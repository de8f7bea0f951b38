"""The nouns of presence: slots of a document, what is demanded of them, and rules over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING, Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.conditions import TRUE, All, AnyOf, Condition, Not, Scalar, Starts
from covage_model.pack.model.keys import KeyPath, OlderPath
from covage_model.pack.model.keywords import Keyword
from covage_model.pack.model.matches import Match
from covage_model.pack.model.text import Text

if TYPE_CHECKING:
    from covage_model.pack.model.pack import HistoryWay

EDITORS_KEY = "$schema"  # at the root of a document it names a schema to an editor; no sheet needs to describe it


@dataclass(frozen=True, slots=True)
class Slot:
    """
    One place of a document and all that is said of the value there; nothing overrides.

    `path` has the names from the root, list steps unmarked. `properties` is None for what is no
    object or may hold anything; `items` says what the items of a list are. `chosen` are the
    entries of `match` that test this place: they alone judge whether it is there and what it is.
    """

    path: tuple[str, ...]
    types: tuple[Keyword, ...]
    keywords: tuple[Keyword, ...]
    properties: dict[str, Slot] | None
    items: Slot | None
    chosen: tuple[Match, ...]
    shows_status: bool
    read_only: Origin | None = field(compare=False)
    messages: tuple[Text, ...]
    titles: tuple[Text, ...]
    descriptions: tuple[Text, ...]
    examples: tuple[Any, ...]
    default: tuple[Any, ...]
    personal: bool
    origins: tuple[Origin, ...] = field(compare=False)
    formerly: tuple[OlderPath, ...] = ()  # of the object here, and where it has today what older ones have elsewhere
    level_origins: tuple[Origin, ...] = field(default=(), compare=False)  # those that only say when it is required
    is_list: bool = field(init=False, compare=False, repr=False)
    # whether the choice, or the lifecycle, says all about the value: it is not typed again
    judged_by_choice: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Finds once what is asked of a slot for every value there."""
        by_choice = self.shows_status or any(not isinstance(entry.test, Starts) for entry in self.chosen)
        object.__setattr__(self, "judged_by_choice", by_choice)
        is_list = self.items is not None or any(keyword.value == "array" for keyword in self.types)
        object.__setattr__(self, "is_list", is_list)


@dataclass(frozen=True, slots=True)
class Demand:
    """
    A place that must, or must not, be there.

    It is asked of each object at `path[:start]`, where `level` lists have been crossed, if `when`
    (anchored) holds; then of every step from there to the end of `path`. `records_only`: the
    place is read-only, so only the platform can owe it.
    """

    path: tuple[str, ...]
    start: int
    level: int
    statuses: frozenset[str]
    when: Condition | None
    records_only: bool
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class AnchoredRule:
    """A rule asked of each object at `host`, where `level` lists were crossed; it points at the path `at`."""

    name: str
    host: tuple[str, ...]
    level: int
    at: tuple[str, ...]
    statuses: frozenset[str]
    when: Condition | None
    then: Condition
    reads_account: bool
    message: Text | None
    title: Text | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """
    What a record shows of where its order is: the anchored condition `when` holds of it, or it does not.

    That is a value of a hidden variable; or, with no `variable`, a test of the document that guards make.
    """

    variable: str | None
    value: Scalar
    when: Condition
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class RecordHistories:
    """
    The records to which a history leads: by status, which combinations of what they show an order reaches.

    A combination has a truth for each of `shown`, or None where both may be: all combinations of a status have it at
    the same places. No order reaches a status that is not in `reached`.
    """

    shown: tuple[ShownPlace, ...]
    reached: dict[str, tuple[HistoryWay, ...]]
    origin: Origin = field(compare=False)

    def condition(self, status: str) -> Condition:
        """What holds of the records of a status to which a history leads."""
        ways = self.reached.get(status, ())
        if ways and len(ways) == 2 ** sum(holds is not None for holds in ways[0]):
            return TRUE
        return AnyOf(tuple(All(tuple(self._shows(way))) for way in ways))

    def _shows(self, way: HistoryWay) -> Iterator[Condition]:
        for place, holds in zip(self.shown, way, strict=True):
            if holds is not None:
                yield place.when if holds else Not(place.when)


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    All that holds of the documents of one order and variant, in every status and both roles.

    `key` and `unique` have paths from the root, and where they are written.
    """

    variant: str
    root: Slot
    required: tuple[Demand, ...]
    forbidden: tuple[Demand, ...]
    rules: tuple[AnchoredRule, ...]
    match: tuple[Match, ...]
    status_path: tuple[str, ...] | None
    statuses: tuple[str, ...]
    initial: str  # the status of the initial state
    requests: str  # the status that requests are judged for
    request_statuses: tuple[str, ...]
    written_by: str | None
    title: Text | None
    origin: Origin = field(compare=False)
    key: tuple[KeyPath, ...] = ()
    unique: tuple[KeyPath, ...] = ()
    histories: RecordHistories | None = None  # None where no table is known
