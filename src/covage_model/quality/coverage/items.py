"""
Everything of a pack that documents and scenarios can exercise, each under an id made of names.

An id is a JSON Pointer through what the pack's author named; where nothing has a name (a case, a part of
its guard, a span of presence, a value), through what is written there. It holds no file, line or number
of a table, so that records of two versions of a pack can be put together.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256

from covage_model.ground import pointer
from covage_model.ground.diagnostics import Location, Origin
from covage_model.pack.conditions import tree
from covage_model.pack.definitions import texts
from covage_model.pack.definitions.walk import cases_of, matched
from covage_model.pack.model.conditions import Atom
from covage_model.pack.model.lifecycle import Case, Lifecycle, Transition
from covage_model.pack.model.matches import Match
from covage_model.pack.model.orders import Order
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.values import Field, Rule, Span, Value
from covage_model.quality.coverage import runs
from covage_model.quality.coverage.labels import Label

KINDS = (
    "variant",
    "state",
    "transition",
    "case",
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
    """One thing to be exercised: `kind` is one of KINDS, `called` how people find it in the pack."""

    id: str
    kind: str
    called: Label
    origin: Origin

    @property
    def label(self) -> str:
        """What it is called, in English."""
        return self.called.said("en")


@dataclass(slots=True)
class CoverageItems:
    """
    All items by id, in spec order; filled once.

    `placed` finds those of a definition that the sheets of documents know by its place alone: a list
    of ids for each (required, forbidden, read_only, rule, enum) and location. `said` is what they mean.
    """

    items: dict[str, CoverageItem] = field(default_factory=dict)
    placed: dict[tuple[str, Location], list[str]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def add(self, parts: tuple[str, ...], kind: str, label: Label, origin: Origin) -> str:
        """The id of a new item; the same name and words written twice are numbered."""
        plain = pointer.join(parts)
        number, name = 1, plain
        while name in self.items:
            number += 1
            name = f"{plain} ({number})"
        self.items[name] = CoverageItem(name, kind, label, origin)
        return name

    @property
    def version(self) -> str:
        """A digest of what can be exercised, wherever the files are: of another version it is another."""
        text = "\0".join([*sorted(self.items), *sorted(self.said)])
        return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def items_of(pack: SpecPack) -> CoverageItems:
    """Every item of the pack: types, orders, then the lifecycles that orders follow."""
    found = CoverageItems()
    for named in pack.types:
        _value(found, ("type", named.name), named.name, named.value)
    for order in pack.orders:
        _order(found, order)
    followed = {order.follows for order in pack.orders}
    for lifecycle in pack.lifecycles:
        if lifecycle.name in followed:
            _lifecycle(found, lifecycle)
    return found


def _order(into: CoverageItems, order: Order) -> None:
    here = ("order", order.name)
    if not order.variants:
        into.add(here, "variant", Label(order.name), order.origin)
    _match(into, here, order.name, order.match)
    _value(into, here, order.name, order.value)
    for variant in order.variants:
        inside, name = (*here, "variant", variant.name), f"{order.name}/{variant.name}"
        into.add(inside, "variant", Label(name), variant.value.origin)
        _match(into, inside, name, variant.match)
        _value(into, inside, name, variant.value)


def _match(into: CoverageItems, here: tuple[str, ...], owner: str, entries: tuple[Match, ...]) -> None:
    """Where one of several values makes a document this order, each is to be seen."""
    for entry in entries:
        into.said.append(pointer.join((*here, "match", ".".join(entry.path), repr(entry.test))))
        if values := matched(entry):
            words = [texts.scalar(value) for value in values]
            about, at = ".".join(entry.path), entry.origin
            ids = [
                into.add((*here, "match", *entry.path, word), "value", Label(owner, about, written=word), at)
                for word in words
            ]
            into.placed.setdefault(("match", entry.origin.location), []).extend(ids)


def _value(into: CoverageItems, here: tuple[str, ...], owner: str, value: Value, path: tuple[str, ...] = ()) -> None:
    about = ".".join(path)
    for keyword in value.keywords:
        if keyword.name == "enum":
            words = [texts.scalar(one) for one in keyword.value]
            ids = [
                into.add((*here, "enum", word), "value", Label(owner, about, written=word), keyword.origin)
                for word in words
            ]
            into.placed.setdefault(("enum", keyword.origin.location), []).extend(ids)
    for said in value.fields or ():
        _field(into, (*here, "field", ".".join(said.path)), owner, said, (*path, *said.path))
    if value.items is not None:
        _value(into, (*here, "items"), owner, value.items, (*path[:-1], f"{path[-1]}[]") if path else ())
    for rule in value.rules:
        _rule(into, (*here, "rule", rule.name), owner, rule)


def _field(into: CoverageItems, here: tuple[str, ...], owner: str, said: Field, path: tuple[str, ...]) -> None:
    about = ".".join(path)
    spans: tuple[tuple[str, tuple[Span, ...]], ...] = (("required", said.required), ("forbidden", said.forbidden))
    for word, each in spans:
        for span in each:
            words = texts.span(span)
            label = Label(owner, about, presence=word, written=words)
            _twice(into, (*here, word, words), "presence", label, span.origin, word)
    if said.read_only is not None:
        label = Label(owner, about, presence="read_only")
        _twice(into, (*here, "read_only"), "presence", label, said.read_only, "read_only")
    _value(into, here, owner, said.value, path)


def _rule(into: CoverageItems, here: tuple[str, ...], owner: str, rule: Rule) -> None:
    when = "" if rule.when is None else texts.condition(rule.when)
    into.said.append(pointer.join((*here, when, texts.condition(rule.then), rule.start or "")))
    _twice(into, here, "rule", Label(owner, rule.name), rule.origin, "rule")


def _twice(into: CoverageItems, here: tuple[str, ...], kind: str, label: Label, origin: Origin, placed: str) -> None:
    """What applies to a document, and what decides a finding about one: two items."""
    name = into.add(here, kind, label, origin)
    into.add((*pointer.split(name), BROKEN), f"{kind}-{BROKEN}", replace(label, way=BROKEN), origin)
    into.placed.setdefault((placed, origin.location), []).append(name)


def _lifecycle(into: CoverageItems, lifecycle: Lifecycle) -> None:
    here = ("lifecycle", lifecycle.name)
    for state in lifecycle.resting:
        into.add((*here, "state", state.name), "state", Label(lifecycle.name, state.name), state.origin)
    for transition in lifecycle.transitions:
        into.add(
            (*here, "transition", transition.name),
            "transition",
            Label(lifecycle.name, transition.name),
            transition.origin,
        )
        for number, (name, case) in enumerate(cases_of(transition), 1):
            _case(into, lifecycle, transition, number, name, case)
    for condition in lifecycle.conditions:
        label = Label(lifecycle.name, condition.name)
        for atom in tree.atoms(condition.when):
            _both_ways(into, runs.inside_of(lifecycle, condition.name), label, atom, condition.origin)


def _case(
    into: CoverageItems, lifecycle: Lifecycle, transition: Transition, number: int, name: str, case: Case
) -> None:
    here = ("lifecycle", lifecycle.name, "transition", transition.name, "case", name)
    label = Label(lifecycle.name, transition.name)
    into.said.append(pointer.join((*here, repr(case.effects), repr(case.emits))))
    if len(transition.cases) > 1:
        label = replace(label, case=number)
        into.add(here, "case", label, case.origin)
    for atom in tree.atoms(case.guard):
        _both_ways(into, runs.guard_of(lifecycle, transition, name), label, atom, case.origin)


def _both_ways(into: CoverageItems, here: tuple[str, ...], label: Label, atom: Atom, around: Origin) -> None:
    """A part of a guard, true and false; written twice in one guard it is one part."""
    for way, word in ((True, "true"), (False, "false")):
        name = runs.part_id(here, atom, way=way)
        if name not in into.items:
            origin = around if atom.origin is None else atom.origin
            called = replace(label, written=texts.condition(atom), way=word)
            into.items[name] = CoverageItem(name, "guard", called, origin)
