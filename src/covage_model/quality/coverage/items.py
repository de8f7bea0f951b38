"""
Coverage items: everything in a pack that documents and scenarios can exercise.

The id of an item is the id of its definition, followed by what must be seen of it (`broken`, `true`, `false`).
It has no file name, line or table number, so records of two versions of a pack can be merged.
"""

from __future__ import annotations

from dataclasses import field, replace
from hashlib import sha256
from itertools import groupby

from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Location, Origin
from covage_model.ground.dotted import dotted
from covage_model.pack.definitions import texts
from covage_model.pack.definitions.walk import Definition, Names, cases_of, definitions
from covage_model.pack.model.lifecycle import Transition
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.coverage.labels import Label

KINDS = (
    "variant",
    "state",
    "transition",
    "case",
    "history",
    "range",
    "guard",
    "presence",
    "presence-broken",
    "rule",
    "rule-broken",
    "value",
)
BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class CoverageItem:
    """One item. `kind` is one of KINDS; `called` is its name for people."""

    id: str
    kind: str
    called: Label
    origin: Origin

    @property
    def label(self) -> str:
        """The English name."""
        return self.called.text("en")


@dataclass(slots=True)
class CoverageItems:
    """
    All items by id, in spec order.

    `placed` has the ids of definitions that sheets know only by their place: by kind
    (required, forbidden, read_only, rule, enum or match) and location. `meanings` has the content of each
    rule, match and case: a change in it changes the version.
    """

    items: dict[str, CoverageItem] = field(default_factory=dict)
    placed: dict[tuple[str, Location], list[str]] = field(default_factory=dict)
    meanings: list[str] = field(default_factory=list)

    @property
    def version(self) -> str:
        """A digest of the items and their meanings, independent of file names."""
        text = "\0".join([*sorted(self.items), *sorted(self.meanings)])
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def items_of(pack: SpecPack) -> CoverageItems:
    """Every item of the pack: those of types, of orders, then of the lifecycles that orders follow."""
    builder = _ItemBuilder(pack, frozenset(order.follows for order in pack.orders))
    for _, inside in groupby(definitions(pack), lambda definition: definition.names[:2]):
        for definition in sorted(inside, key=_is_of_condition):
            builder.add(definition)
    return builder.found


def _is_of_condition(definition: Definition) -> bool:
    """The named conditions of a lifecycle come after its transitions."""
    return definition.names[2:3] == ("condition",)


@dataclass(slots=True)
class _ItemBuilder:
    """Makes items from definitions. `cases` has the number of each case if there are several, by its names."""

    pack: SpecPack
    followed: frozenset[str]
    found: CoverageItems = field(default_factory=CoverageItems)
    cases: dict[Names, int] = field(default_factory=dict)

    def add(self, definition: Definition) -> None:
        """Adds the items of a definition. Events, and lifecycles without orders, have none."""
        match definition.names[:1]:
            case ("type",) | ("order",):
                self._of_document(definition)
            case ("lifecycle",) if definition.owner in self.followed:
                self._of_lifecycle(definition)

    def _of_document(self, definition: Definition) -> None:
        defined, label = definition.defined, Label(definition.owner, dotted(definition.path))
        match definition.kind:
            case "order" if not defined.variants:
                self._item(definition, "variant", label)
            case "variant":
                self._item(definition, "variant", label)
            case "match":
                self._means(*definition.names[: -len(defined.path)], dotted(defined.path), repr(defined.test))
            case "match-value" | "enum-value" as kind:
                self._item(definition, "value", replace(label, written=texts.scalar(defined)))
                self._place(kind.removesuffix("-value"), definition)
            case "required" | "forbidden" as kind:
                self._twice(definition, "presence", replace(label, presence=kind, written=texts.span(defined)), kind)
            case "read-only":
                self._twice(definition, "presence", replace(label, presence="read_only"), "read_only")
            case "rule":
                when = "" if defined.when is None else texts.condition(defined.when)
                self._means(*definition.names, when, texts.condition(defined.then), defined.start or "")
                self._twice(definition, "rule", Label(definition.owner, defined.name), "rule")
            case "unique":
                self._twice(definition, "rule", replace(label, presence="unique"), "unique")

    def _of_lifecycle(self, definition: Definition) -> None:
        defined, names = definition.defined, definition.names
        match definition.kind:
            case "state" if not defined.steps:
                self._item(definition, "state", Label(definition.owner, defined.name))
            case "transition":
                self._item(definition, "transition", Label(definition.owner, defined.name))
                for number, (name, case) in enumerate(cases_of(defined), 1):
                    self._means(*names, "case", name, repr(case.effects), repr(case.emits))
                    self.cases[*names, "case", name] = number
                self._of_histories(definition, defined)
            case "variable":
                for value in defined.bounds:
                    text = texts.scalar(value)
                    label = Label(definition.owner, defined.name, presence="range", written=text)
                    self._item(definition, "range", label, "range", text)
            case "case":
                self._item(definition, "case", Label(definition.owner, names[3], case=self.cases[names]))
            case "guard-part":
                self._both_ways(definition, Label(definition.owner, names[3], case=self.cases.get(names[:6], 0)))

    def _of_histories(self, definition: Definition, transition: Transition) -> None:
        """For each way back into a state, an item for each step that it may find again."""
        for number, (name, case) in enumerate(cases_of(transition), 1):
            steps = self.pack.lifecycle(definition.owner).targets(case) if case.history else ()
            for step in steps if len(steps) > 1 else ():
                label = Label(definition.owner, transition.name, number if name else 0, "history", step)
                self._item(replace(definition, origin=case.origin), "history", label, "history", name, step)

    def _item(self, definition: Definition, kind: str, label: Label, *more: str) -> None:
        name = definition.id + pointer.join(more)
        self.found.items[name] = CoverageItem(name, kind, label, definition.origin)

    def _twice(self, definition: Definition, kind: str, label: Label, placed: str) -> None:
        """Two items: the statement applied to a document, and it was broken by one."""
        self._item(definition, kind, label)
        self._item(definition, f"{kind}-{BROKEN}", replace(label, way=BROKEN), BROKEN)
        self._place(placed, definition)

    def _both_ways(self, definition: Definition, label: Label) -> None:
        """Two items: a part of a guard was true, and was false."""
        for way in ("true", "false"):
            called = replace(label, written=texts.condition(definition.defined), way=way)
            self._item(definition, "guard", called, way)

    def _place(self, kind: str, definition: Definition) -> None:
        self.found.placed.setdefault((kind, definition.origin.location), []).append(definition.id)

    def _means(self, *parts: str) -> None:
        self.found.meanings.append(pointer.join(parts))
