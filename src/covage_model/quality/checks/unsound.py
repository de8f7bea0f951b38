"""
Finds the definitions that use faulty files, directly or through others. They are not checked.

The pack lacks what such a file defines, so checks would report false findings. Every place inside a definition
counts (`origins_in`), not only those in the walk of `pack/definitions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.definitions.types import named_in
from covage_model.pack.model.orders import Variant
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.values import Value


@dataclass(frozen=True, slots=True)
class Unsound:
    """
    The definitions that are not checked, by kind and name; `pack` is true if the pack file itself is faulty.

    `lost` is true if a faulty file left nothing in the pack, so that it is unknown what it defines.
    """

    variants: frozenset[str]
    lifecycles: frozenset[str]
    types: frozenset[str]
    events: frozenset[str]
    pack: bool
    lost: bool


def unsound_in(pack: SpecPack, files: frozenset[str]) -> Unsound:
    """The definitions that use these faulty files, directly or through others."""
    if not files:
        return Unsound(frozenset(), frozenset(), frozenset(), frozenset(), pack=False, lost=False)
    types = _unsound_types(pack, files)
    lifecycles = frozenset(lifecycle.name for lifecycle in pack.lifecycles if files_of(lifecycle) & files)
    return Unsound(
        variants=frozenset(variant.name for variant in pack.variants if _is_unsound(variant, files, types, lifecycles)),
        lifecycles=lifecycles,
        types=types,
        events=frozenset(event.name for event in pack.events if _uses(event.value, files, types)),
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
    """Whether the variant or another variant of its order is unsound: overlaps of an order need all its variants."""
    values = (variant.order.value, *(spec.value for spec in variant.order.variants))
    return (
        variant.order.follows in lifecycles
        or bool(files_of(variant.order) & files)
        or any(_uses(value, files, types) for value in values)
    )


def _uses(value: Value, files: frozenset[str], types: frozenset[str]) -> bool:
    return bool(files_of(value) & files) or not types.isdisjoint(named_in(value))


def files_of(value: Any) -> frozenset[str]:
    """The files that a definition and its parts come from."""
    return frozenset(origin.location.file for origin in origins_in(value))


def origins_in(value: Any) -> Iterator[Origin]:
    """The origins of a definition and of all its parts."""
    pending = [value]
    while pending:
        part = pending.pop()
        if isinstance(part, Origin):
            yield part
        elif isinstance(part, tuple | list):
            pending.extend(part)
        elif isinstance(part, Mapping):
            pending.extend(part.values())
        elif is_dataclass(part):
            pending.extend(_contained(part))


def _contained(value: Any) -> Iterable[Any]:
    return (getattr(value, each.name) for each in fields(value))
