"""Which definitions rest on files that have findings already: pruned, they would give false ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from covage_model.ground.diagnostics import Origin
from covage_model.pack.definitions.types import named_in
from covage_model.pack.model.orders import Variant
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.values import Value


@dataclass(frozen=True, slots=True)
class Taint:
    """
    What is not to be judged, by kind and name; `pack` says that of the pack's own file.

    `lost` says that some tainted file left nothing in the pack: nobody knows what was meant to be there.
    """

    variants: frozenset[str]
    lifecycles: frozenset[str]
    types: frozenset[str]
    events: frozenset[str]
    pack: bool
    lost: bool


def taint_of(pack: SpecPack, files: frozenset[str]) -> Taint:
    """What rests on `files`, however far below."""
    if not files:
        return Taint(frozenset(), frozenset(), frozenset(), frozenset(), pack=False, lost=False)
    types = _tainted_types(pack, files)
    lifecycles = frozenset(one.name for one in pack.lifecycles if files_of(one) & files)
    return Taint(
        variants=frozenset(variant.name for variant in pack.variants if _is_tainted(variant, files, types, lifecycles)),
        lifecycles=lifecycles,
        types=types,
        events=frozenset(one.name for one in pack.events if _rests_on(one.value, files, types)),
        pack=pack.origin.location.file in files,
        lost=not files <= files_of(pack),
    )


def _tainted_types(pack: SpecPack, files: frozenset[str]) -> frozenset[str]:
    tainted = {named.name for named in pack.types if files_of(named.value) & files}
    users: dict[str, set[str]] = {}
    for named in pack.types:
        for name in named_in(named.value):
            users.setdefault(name, set()).add(named.name)
    pending = list(tainted)
    while pending:
        for user in users.get(pending.pop(), set()) - tainted:
            tainted.add(user)
            pending.append(user)
    return frozenset(tainted)


def _is_tainted(variant: Variant, files: frozenset[str], types: frozenset[str], lifecycles: frozenset[str]) -> bool:
    """An order is written as one: a variant that is pruned may be what another was to be told from."""
    values = (variant.order.value, *(spec.value for spec in variant.order.variants))
    return (
        variant.order.follows in lifecycles
        or bool(files_of(variant.order) & files)
        or any(_rests_on(value, files, types) for value in values)
    )


def _rests_on(value: Value, files: frozenset[str], types: frozenset[str]) -> bool:
    return bool(files_of(value) & files) or not types.isdisjoint(named_in(value))


def files_of(thing: Any) -> frozenset[str]:
    """The files in which a definition and all that it contains are written."""
    return frozenset(origin.location.file for origin in origins_in(thing))


def origins_in(thing: Any) -> Iterator[Origin]:
    """Each place that a definition and all that it contains are written at."""
    pending = [thing]
    while pending:
        one = pending.pop()
        if isinstance(one, Origin):
            yield one
        elif isinstance(one, tuple | list):
            pending.extend(one)
        elif isinstance(one, Mapping):
            pending.extend(one.values())
        elif is_dataclass(one):
            pending.extend(_contained(one))


def _contained(thing: Any) -> Iterable[Any]:
    return (getattr(thing, each.name) for each in fields(thing))
