"""The walk over everything that a pack defines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.ground.dotted import dotted, keys
from covage_model.pack.conditions import tree
from covage_model.pack.definitions import texts
from covage_model.pack.model.conditions import Condition, In, Starts
from covage_model.pack.model.lifecycle import Action, Case, Lifecycle, Transition
from covage_model.pack.model.matches import Match
from covage_model.pack.model.orders import Order
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.values import Field, Span, Value

Names = tuple[str, ...]
KINDS = (
    "pack", "record", "source", "statement", "type", "order", "variant", "match", "match-value", "field", "items",
    "keyword", "enum-value", "required", "forbidden", "read-only", "rule", "key", "unique", "formerly", "lifecycle",
    "state", "variable", "variable-value", "shown", "condition", "transition", "case", "guard-part", "effect",
    "emitted", "property", "event", "scenario",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Definition:
    """
    One definition: `kind` is one of KINDS, `defined` its value in the model, `origin` where it is written.

    `names` leads to it through the names that the author gave; what has no name (a case, a span of presence, a
    part of a guard, a value) is named by its text. `id` is the JSON Pointer of these names. It holds no file, line
    or position, so two versions of a pack can be compared by ids. The same names again are numbered: `… (2)`.
    """

    id: str
    kind: str
    defined: Any
    origin: Origin
    names: Names

    @property
    def owner(self) -> str:
        """
        The type, order, variant, lifecycle, event or source that the definition belongs to, itself included.

        >>> Definition("", "field", None, None, ("order", "note", "variant", "long", "field", "text")).owner
        'note/long'
        """
        name = self.names[1] if len(self.names) > 1 else ""
        return f"{name}/{self.names[3]}" if self._in_variant else name

    @property
    def path(self) -> tuple[str, ...]:
        """
        The path of the field that the definition is, is part of, or chooses or names by; `[]` after a list: each item.

        >>> names = ("type", "note", "field", "lines", "items", "field", "text", "required", "true")
        >>> Definition("", "required", None, None, names).path
        ('lines[]', 'text')
        """
        path: list[str] = []
        below = iter(self.names[4 if self._in_variant else 2 :])
        for name in below:
            if name == "field":
                path.extend(keys(next(below)))
            elif name == "items":
                path[-1:] = [f"{last}[]" for last in path[-1:]]
            elif name == "match":
                path.extend(below)
            elif name in ("key", "unique", "formerly"):
                path.extend(keys(next(below)))
            else:
                break
        return tuple(path[:-1] if self.kind == "match-value" else path)

    @property
    def _in_variant(self) -> bool:
        return self.names[:1] == ("order",) and self.names[2:3] == ("variant",)


def definitions(pack: SpecPack) -> Iterator[Definition]:
    """Every definition of the pack, each before those inside it; ids are unique."""
    counts: Counter[str] = Counter()
    taken: set[str] = set()
    for names, kind, thing, origin in _of_pack(pack):
        plain = name = pointer.join(names)
        while name in taken:
            counts[plain] += 1
            name = f"{plain} ({counts[plain] + 1})"
        taken.add(name)
        yield Definition(name, kind, thing, origin, names)


def values_in(value: Value) -> Iterator[Value]:
    """The value, then every value inside it: of its fields and of its items."""
    pending = [value]
    while pending:
        inner = pending.pop()
        yield inner
        below = [field.value for field in inner.fields or ()] + ([] if inner.items is None else [inner.items])
        pending.extend(reversed(below))


_Found = Iterator[tuple[Names, str, Any, Origin]]


def _of_pack(pack: SpecPack) -> _Found:
    yield (), "pack", pack, pack.origin
    if pack.record is not None:
        place = next((atom.origin for atom in tree.atoms(pack.record) if atom.origin is not None), pack.origin)
        yield ("record",), "record", pack.record, place
    for source in pack.sources:
        yield ("source", source.name), "source", source, source.origin
        for statement in source.statements:
            yield ("source", source.name, statement.name), "statement", statement, statement.origin
    for named in pack.types:
        yield ("type", named.name), "type", named, named.value.origin
        yield from _of_value(named.value, ("type", named.name))
    for order in pack.orders:
        yield from _of_order(order)
    for lifecycle in pack.lifecycles:
        yield from _of_lifecycle(lifecycle)
    for event in pack.events:
        yield ("event", event.name), "event", event, event.value.origin
        yield from _of_value(event.value, ("event", event.name))
    for scenario in pack.scenarios:
        title = scenario.title if isinstance(scenario.title, str) else next(iter(scenario.title.values()))
        yield ("scenario", title), "scenario", scenario, scenario.origin


def _of_order(order: Order) -> _Found:
    here: Names = ("order", order.name)
    yield here, "order", order, order.origin
    yield from _of_match(order.match, here)
    yield from _of_value(order.value, here)
    for variant in order.variants:
        inside = (*here, "variant", variant.name)
        yield inside, "variant", variant, variant.value.origin
        yield from _of_match(variant.match, inside)
        yield from _of_value(variant.value, inside)


def _of_match(entries: Iterable[Match], here: Names) -> _Found:
    for entry in entries:
        inside = (*here, "match", *entry.path)
        yield inside, "match", entry, entry.origin
        for value in matched(entry):
            yield (*inside, texts.scalar(value)), "match-value", value, entry.origin


def matched(entry: Match) -> tuple[object, ...]:
    """The values, or beginnings of values, of which a document must show one; () where there is but one."""
    match entry.test:
        case In(values, absent):
            every = (*values, {"present": False}) if absent else values
            return every if len(every) > 1 else ()
        case Starts(prefixes):
            return prefixes if len(prefixes) > 1 else ()
        case _:
            return ()


def _of_value(value: Value, here: Names) -> _Found:
    for keyword in value.keywords:
        yield (*here, "keyword", keyword.name), "keyword", keyword, keyword.origin
        for member in keyword.value if keyword.name == "enum" else ():
            yield (*here, "enum", texts.scalar(member)), "enum-value", member, keyword.origin
    for field in value.fields or ():
        yield from _of_field(field, (*here, "field", dotted(field.path)))
    if value.items is not None:
        yield (*here, "items"), "items", value.items, value.items.origin
        yield from _of_value(value.items, (*here, "items"))
    for rule in value.rules:
        yield (*here, "rule", rule.name), "rule", rule, rule.origin
    for kind, each in (("key", value.key), ("unique", value.unique), ("formerly", value.formerly)):
        yield from (((*here, kind, dotted(said.path)), kind, said, said.origin) for said in each)


def _of_field(field: Field, here: Names) -> _Found:
    yield here, "field", field, field.origin
    spans: tuple[tuple[str, tuple[Span, ...]], ...] = (("required", field.required), ("forbidden", field.forbidden))
    for kind, each in spans:
        yield from (((*here, kind, texts.span(span)), kind, span, span.origin) for span in each)
    if field.read_only is not None:
        yield (*here, "read_only"), "read-only", field, field.read_only
    yield from _of_value(field.value, here)


def _of_lifecycle(lifecycle: Lifecycle) -> _Found:
    here: Names = ("lifecycle", lifecycle.name)
    yield here, "lifecycle", lifecycle, lifecycle.origin
    for state in lifecycle.states:
        yield (*here, "state", state.name), "state", state, state.origin
        for key, action in (("entry", state.entry), ("exit", state.exit)):
            if action is not None:
                yield from _of_action(action, (*here, "state", state.name, key))
    for variable in lifecycle.variables:
        inside = (*here, "variable", variable.name)
        yield inside, "variable", variable, variable.origin
        for text, value in texts.values(variable):
            yield (*inside, text), "variable-value", value, variable.origin
        for shown in variable.shown:
            yield (*inside, "shown", texts.scalar(shown.value)), "shown", shown, shown.origin
    for condition in lifecycle.conditions:
        inside = (*here, "condition", condition.name)
        yield inside, "condition", condition, condition.origin
        yield from _of_guard(condition.when, inside, condition.origin)
    for transition in lifecycle.transitions:
        yield from _of_transition(transition, (*here, "transition", transition.name))
    for stated in lifecycle.properties:
        yield (*here, "property", stated.name), "property", stated, stated.origin


def _of_transition(transition: Transition, here: Names) -> _Found:
    yield here, "transition", transition, transition.origin
    for name, case in cases_of(transition):
        inside = (*here, "case", name) if name else here
        if name:
            yield inside, "case", case, case.origin
        yield from _of_guard(case.guard, (*inside, "guard"), case.origin)
        yield from _of_action(case, inside)


def _of_action(action: Case | Action, here: Names) -> _Found:
    """The variables set and the events emitted, by a case or where a state is entered or left."""
    for variable, value in action.effects:
        yield (*here, "effect", variable, texts.becomes(value)), "effect", (variable, value), action.origin
    yield from (((*here, "emitted", event), "emitted", event, action.origin) for event in action.emits)


def cases_of(transition: Transition) -> Iterator[tuple[str, Case]]:
    """
    Each case with its name. The name is the text of its guard, target and sources, so it does not depend on the order.

    The same text again is numbered; the name of an only case is "".
    """
    counts: Counter[str] = Counter()
    for case in transition.cases:
        name = texts.case(case) if len(transition.cases) > 1 else ""
        counts[name] += 1
        yield (name if counts[name] == 1 else f"{name} ({counts[name]})"), case


def _of_guard(condition: Condition, here: Names, around: Origin) -> _Found:
    """The parts of a guard; a part that is written twice in one guard is one part."""
    parts = {texts.condition(atom): atom for atom in reversed(list(tree.atoms(condition)))}
    for text in dict.fromkeys(texts.condition(atom) for atom in tree.atoms(condition)):
        atom = parts[text]
        yield (*here, text), "guard-part", atom, atom.origin or around
