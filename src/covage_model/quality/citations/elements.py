"""
The definitions of a pack, one after another: whatever may say `source` and `standing`.

What is written in one place and included in several lifecycles is one element with several owners.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from covage_model.ground.diagnostics import Origin, Standing
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Condition, Holds
from covage_model.pack.model.lifecycle import Lifecycle, NamedCondition, State, Transition, Variable
from covage_model.pack.model.orders import Order
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.scenario import Scenario
from covage_model.pack.model.values import Field, Value


@dataclass(frozen=True, slots=True)
class Element:
    """
    One definition. `owners` are the types, orders and lifecycles that have it; none for these themselves.

    `cites` are its own sources: none where it only inherits what the definition around it says.
    `parts` are the places that stand for it when something happened because of it, those of
    what inherits from it included.
    """

    kind: str
    owners: tuple[str, ...]
    name: str
    origin: Origin
    cites: tuple[str, ...]
    parts: frozenset[Origin]

    @property
    def label(self) -> str:
        """The name as people find it in the pack: `owner: name`."""
        return f"{', '.join(self.owners)}: {self.name}" if self.owners else self.name


@dataclass(slots=True)
class _Said:
    """A definition and those inside it. An anonymous one (items, a case) is its parent's, unless it says otherwise."""

    kind: str
    owner: str
    name: str
    origin: Origin
    parts: set[Origin] = field(default_factory=set)
    inside: list[_Said] = field(default_factory=list)
    anonymous: bool = False


def elements(pack: SpecPack) -> tuple[Element, ...]:
    """Every definition of the pack, in spec order by kind: types, orders, lifecycles, events, scenarios that cite."""
    found: dict[tuple[object, ...], Element] = {}
    for said in _whole(pack):
        for one in _flat(said, None):
            key = (one.kind, one.name, one.origin, one.cites)
            before = found.get(key)
            owners = one.owners if before is None else tuple(dict.fromkeys((*before.owners, *one.owners)))
            parts = one.parts if before is None else before.parts | one.parts
            found[key] = replace(one, owners=owners, parts=parts)
    return tuple(found.values())


def _flat(said: _Said, around: _Said | None) -> list[Element]:
    below = [(inner, _flat(inner, said)) for inner in said.inside]
    parts = {said.origin, *said.parts}
    for inner, found in below:
        if inner.origin.source == said.origin.source:
            parts.update(*(one.parts for one in found[:1]))
    inherits = around is not None and around.origin.source == said.origin.source
    cites = () if inherits else said.origin.source
    owners = (said.owner,) if said.owner else ()
    own = Element(said.kind, owners, said.name, said.origin, cites, frozenset(parts))
    return [own, *(one for inner, found in below for one in found[_hidden(inner, said) :])]


def _hidden(inner: _Said, around: _Said) -> int:
    """1 where a definition has no name and says nothing of its own: it is its parent's part, and no element."""
    same = (inner.origin.source, inner.origin.standing) == (around.origin.source, around.origin.standing)
    return int(inner.anonymous and same)


def _whole(pack: SpecPack) -> Iterator[_Said]:
    if _speaks(pack.origin):
        yield _Said("pack", "", pack.name, pack.origin)
    for named in pack.types:
        yield _value("type", "", named.name, named.value)
    for order in pack.orders:
        yield _order(order)
    for lifecycle in pack.lifecycles:
        yield _lifecycle(lifecycle)
    for event in pack.events:
        yield _value("event", "", event.name, event.value)
    for scenario in pack.scenarios:
        if _speaks(scenario.origin):
            yield _scenario(scenario)


def _speaks(origin: Origin) -> bool:
    return bool(origin.source) or origin.standing is not Standing.STATED


def _scenario(scenario: Scenario) -> _Said:
    title = scenario.title if isinstance(scenario.title, str) else next(iter(scenario.title.values()))
    return _Said("scenario", "", title, scenario.origin)


def _value(kind: str, owner: str, name: str, value: Value) -> _Said:
    return _Said(kind, owner, name, value.origin, _places(value), list(_content(name, value, ())))


def _places(value: Value) -> set[Origin]:
    return {value.origin, *(keyword.origin for keyword in value.keywords)}


def _content(owner: str, value: Value, path: tuple[str, ...]) -> Iterator[_Said]:
    for said in value.fields or ():
        yield _field(owner, said, path)
    if value.items is not None:
        name = ".".join(path) + "[]"
        inside = list(_content(owner, value.items, (*path[:-1], f"{path[-1]}[]") if path else ()))
        yield _Said("field", owner, name, value.items.origin, _places(value.items), inside, anonymous=True)
    for rule in value.rules:
        yield _Said("rule", owner, rule.name, rule.origin)


def _field(owner: str, said: Field, path: tuple[str, ...]) -> _Said:
    whole = (*path, *said.path)
    parts = _places(said.value) | {span.origin for span in (*said.required, *said.forbidden)}
    parts.update([said.read_only] if said.read_only is not None else [])
    return _Said("field", owner, ".".join(whole), said.origin, parts, list(_content(owner, said.value, whole)))


def _order(order: Order) -> _Said:
    parts = _places(order.value) | {entry.origin for entry in order.match}
    inside = list(_content(order.name, order.value, ()))
    for variant in order.variants:
        said = _value("variant", order.name, variant.name, variant.value)
        said.parts.update(entry.origin for entry in variant.match)
        said.inside = list(_content(f"{order.name}/{variant.name}", variant.value, ()))
        inside.append(said)
    return _Said("order", "", order.name, order.origin, parts, inside)


def _lifecycle(lifecycle: Lifecycle) -> _Said:
    states = {state.name: _Said("state", lifecycle.name, state.name, state.origin) for state in lifecycle.states}
    inside = [states[state.name] for state in lifecycle.states if _stands_alone(state, states)]
    readers = list(_readers(lifecycle))
    named: list[Variable | NamedCondition] = [*lifecycle.variables, *lifecycle.conditions]
    for variable in named:
        read = {origin for name, origin in readers if name == variable.name}
        inside.append(_Said("variable", lifecycle.name, variable.name, variable.origin, read))
    for condition, said in zip(lifecycle.conditions, inside[len(inside) - len(lifecycle.conditions) :], strict=True):
        said.parts.update(atom.origin for atom in tree.atoms(condition.when) if atom.origin is not None)
    inside += [_transition(lifecycle.name, transition) for transition in lifecycle.transitions]
    for asked in lifecycle.properties:
        inside.append(_Said("property", lifecycle.name, asked.name, asked.origin))
    return _Said("lifecycle", "", lifecycle.name, lifecycle.origin, set(), inside)


def _stands_alone(state: State, states: dict[str, _Said]) -> bool:
    """Whether a state is no step; a step is put inside the state that it is a step of."""
    if state.parent is None:
        return True
    states[state.parent].inside.append(states[state.name])
    return False


def _transition(owner: str, transition: Transition) -> _Said:
    inside = [
        _Said("case", owner, f"{transition.name}, case {number}", case.origin, anonymous=True)
        for number, case in enumerate(transition.cases, 1)
        if case.origin != transition.origin
    ]
    return _Said("transition", owner, transition.name, transition.origin, set(), inside)


def _readers(lifecycle: Lifecycle) -> Iterator[tuple[str, Origin]]:
    """Each place where a guard, or a named condition, reads a variable: a refusal names it."""
    conditions: Iterable[Condition] = [
        *(case.guard for transition in lifecycle.transitions for case in transition.cases),
        *(named.when for named in lifecycle.conditions),
    ]
    for condition in conditions:
        for atom in tree.atoms(condition):
            if isinstance(atom, Holds) and atom.ref.root == "variable" and atom.origin is not None:
                yield ".".join(atom.ref.names), atom.origin
