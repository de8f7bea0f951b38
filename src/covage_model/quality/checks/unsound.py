"""
Which definitions use files that have findings already, directly or through others. They are not checked.

What such a file says is missing from the pack, so checks would report false findings. Every place inside a definition
is looked at (`origins_in`), not only those that the walk names: a file counts as soon as anything comes from it.
"""

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
class Unsound:
    """
    What is not to be checked, by kind and name; `pack` is true where it is the pack's own file.

    `lost` is true where a faulty file left nothing in the pack: what it defines is unknown.
    """

    variants: frozenset[str]
    lifecycles: frozenset[str]
    types: frozenset[str]
    events: frozenset[str]
    pack: bool
    lost: bool


def unsound_in(pack: SpecPack, files: frozenset[str]) -> Unsound:
    """What uses these faulty files, directly or through others."""
    if not files:
        return Unsound(frozenset(), frozenset(), frozenset(), frozenset(), pack=False, lost=False)
    types = _unsound_types(pack, files)
    lifecycles = frozenset(one.name for one in pack.lifecycles if files_of(one) & files)
    return Unsound(
        variants=frozenset(variant.name for variant in pack.variants if _is_unsound(variant, files, types, lifecycles)),
        lifecycles=lifecycles,
        types=types,
        events=frozenset(one.name for one in pack.events if _rests_on(one.value, files, types)),
        pack=pack.origin.location.file in files,
        lost=not files <= files_of(pack),
    )


def _unsound_types(pack: SpecPack, files: frozenset[str]) -> frozenset[str]:
    unsound = {named.name for named in pack.types if files_of(named.value) & files}
    users: dict[str, set[str]] = {}
    for named in pack.types:
        for name in named_in(named.value):
            users.setdefault(name, set()).add(named.name)
    pending = list(unsound)
    while pending:
        for user in users.get(pending.pop(), set()) - unsound:
            unsound.add(user)
            pending.append(user)
    return frozenset(unsound)


def _is_unsound(variant: Variant, files: frozenset[str], types: frozenset[str], lifecycles: frozenset[str]) -> bool:
    """Of an order all variants are unsound or none: one that is missing could be what another overlaps."""
    values = (variant.order.value, *(spec.value for spec in variant.order.variants))
    return (
        variant.order.follows in lifecycles
        or bool(files_of(variant.order) & files)
        or any(_rests_on(value, files, types) for value in values)
    )


def _rests_on(value: Value, files: frozenset[str], types: frozenset[str]) -> bool:
    return bool(files_of(value) & files) or not types.isdisjoint(named_in(value))


def files_of(thing: Any) -> frozenset[str]:
    """The files of a definition and of all that it contains."""
    return frozenset(origin.location.file for origin in origins_in(thing))


def origins_in(thing: Any) -> Iterator[Origin]:
    """Each place of a definition and of all that it contains."""
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
