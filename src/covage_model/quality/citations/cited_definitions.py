"""
The definitions that can have `source` and `standing`, with what each cites.

A definition that is written in one file and included in several lifecycles is listed once, with several owners.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin, Standing
from covage_model.ground.dotted import dotted
from covage_model.pack.compile.compile import build_profile
from covage_model.pack.conditions import tree
from covage_model.pack.definitions.profile_inputs import inputs
from covage_model.pack.definitions.walk import Definition, Names, definitions
from covage_model.pack.model.conditions import Holds
from covage_model.pack.model.lifecycle import Lifecycle, Transition
from covage_model.pack.model.pack import SpecPack

_SHOWN = ("pack", "scenario")  # listed only if they have a source or a standing of their own
_LISTED = frozenset((
    *_SHOWN, "type", "order", "variant", "field", "items", "rule", "lifecycle", "state", "variable", "condition",
    "transition", "property", "event",
))  # fmt: skip
_ONLY_PLACES = frozenset(("keyword", "required", "forbidden", "read-only", "match", "key", "unique", "formerly"))
NUMBER = "number"  # the kind of a number of a profile
_CALLED = {"items": "field", "condition": "variable"}  # the names of these kinds for people


@dataclass(frozen=True, slots=True)
class CitedDefinition:
    """
    One definition. `owners` are the types, orders and lifecycles that it belongs to (empty for these themselves).

    `cites` are its own sources; empty if it inherits those of the definition around it.
    `parts` are places: a run that used one of them used the definition. They include the places of definitions
    that inherit from it.
    """

    kind: str
    owners: tuple[str, ...]
    name: str
    origin: Origin
    cites: tuple[str, ...]
    parts: frozenset[Origin]

    @property
    def label(self) -> str:
        """The name with its owners: `owner: name`."""
        return f"{', '.join(self.owners)}: {self.name}" if self.owners else self.name


@dataclass(slots=True)
class _Nested:
    """A definition and those inside it. An anonymous one (items, a case) is listed only if it has its own sources."""

    kind: str
    owner: str
    name: str
    origin: Origin
    parts: set[Origin] = field(default_factory=set)
    inside: list[_Nested] = field(default_factory=list)
    anonymous: bool = False


def cited_definitions(pack: SpecPack) -> tuple[CitedDefinition, ...]:
    """
    Every definition of the pack, in spec order by kind; the pack and scenarios only if they cite something.

    The numbers of its profiles come last; one that several profiles have is listed once.
    """
    by_place: dict[tuple[object, ...], CitedDefinition] = {}
    for outermost in (*_nested(pack), *_numbers(pack)):
        for element in _flat(outermost, None):
            key = (element.kind, element.name, element.origin, element.cites)
            before = by_place.get(key)
            owners = element.owners if before is None else tuple(dict.fromkeys((*before.owners, *element.owners)))
            parts = element.parts if before is None else before.parts | element.parts
            by_place[key] = replace(element, owners=owners, parts=parts)
    return tuple(by_place.values())


def _flat(nested: _Nested, around: _Nested | None) -> list[CitedDefinition]:
    below = [(inner, _flat(inner, nested)) for inner in nested.inside]
    parts = {nested.origin, *nested.parts}
    for inner, listed in below:
        if inner.origin.source == nested.origin.source:
            parts.update(*(element.parts for element in listed[:1]))
    inherits = around is not None and around.origin.source == nested.origin.source
    cites = () if inherits else nested.origin.source
    owners = (nested.owner,) if nested.owner else ()
    own = CitedDefinition(nested.kind, owners, nested.name, nested.origin, cites, frozenset(parts))
    return [own, *(element for inner, listed in below for element in listed[_hidden(inner, nested) :])]


def _hidden(inner: _Nested, around: _Nested) -> int:
    """1 for an anonymous definition without its own source or standing: it is a part of the one around it."""
    same = (inner.origin.source, inner.origin.standing) == (around.origin.source, around.origin.standing)
    return int(inner.anonymous and same)


def _nested(pack: SpecPack) -> list[_Nested]:
    """The outermost definitions of the pack, with those inside them."""
    outermost: list[_Nested] = []
    by_names: dict[Names, _Nested] = {}
    readers: dict[str, list[Origin]] = {}
    for definition in definitions(pack):
        around = _around(definition, by_names)
        if definition.kind == "lifecycle":
            readers = _readers(definition.defined)
        if definition.kind in _ONLY_PLACES and around is not None:
            around.parts.add(definition.origin)
        elif definition.kind in _LISTED and (definition.kind not in _SHOWN or _has_source(definition.origin)):
            nested = by_names[definition.names] = _of(definition, pack)
            if nested.kind == "variable":
                nested.parts.update(readers.get(nested.name, ()))
            (outermost if around is None else around.inside).append(nested)
    return outermost


def _numbers(pack: SpecPack) -> Iterator[_Nested]:
    """The numbers of every profile."""
    for written in pack.profiles:
        profile = build_profile(pack, (written.name,), lambda _: None)  # the compiler has reported what is wrong
        for given in inputs(profile):
            yield _Nested(NUMBER, profile.name, given.about, given.origin)


def _around(definition: Definition, by_names: dict[Names, _Nested]) -> _Nested | None:
    """The definition around it: that of a step is its state; the pack counts for none."""
    names = definition.names
    if definition.kind == "state" and definition.defined.parent is not None:
        return by_names[(*names[:-1], definition.defined.parent)]
    return next((by_names[names[:size]] for size in range(len(names) - 1, 0, -1) if names[:size] in by_names), None)


def _has_source(origin: Origin) -> bool:
    return bool(origin.source) or origin.standing is not Standing.STATED


def _of(definition: Definition, pack: SpecPack) -> _Nested:
    kind, defined = definition.kind, definition.defined
    nested = _Nested(_CALLED.get(kind, kind), _owner(definition), _name(definition, pack), definition.origin)
    nested.anonymous = kind == "items"
    match kind:
        case "field" | "order":
            nested.parts.add(defined.value.origin)
        case "transition":
            nested.inside.extend(_cases(nested.owner, defined))
        case "condition":
            nested.parts.update(atom.origin for atom in tree.atoms(defined.when) if atom.origin is not None)
    return nested


def _owner(definition: Definition) -> str:
    """The owner for people: a variant has its order, an outermost definition none."""
    if definition.kind == "variant":
        return definition.names[1]
    return definition.owner if len(definition.names) > 2 else ""


def _name(definition: Definition, pack: SpecPack) -> str:
    match definition.kind:
        case "pack":
            return pack.name
        case "field" | "items":
            return dotted(definition.path) or "[]"
    return definition.names[-1]


def _cases(owner: str, transition: Transition) -> Iterator[_Nested]:
    """The cases with a place of their own; a single case may have one too."""
    for number, case in enumerate(transition.cases, 1):
        if case.origin != transition.origin:
            yield _Nested("case", owner, f"{transition.name}, case {number}", case.origin, anonymous=True)


def _readers(lifecycle: Lifecycle) -> dict[str, list[Origin]]:
    """For each variable, the places where guards and named conditions read it: refusals name these places."""
    conditions = [case.guard for transition in lifecycle.transitions for case in transition.cases]
    readers: dict[str, list[Origin]] = {}
    for condition in (*conditions, *(named.when for named in lifecycle.conditions)):
        for atom in tree.atoms(condition):
            if isinstance(atom, Holds) and atom.ref.root == "variable" and atom.origin is not None:
                readers.setdefault(dotted(atom.ref.names), []).append(atom.origin)
    return readers
