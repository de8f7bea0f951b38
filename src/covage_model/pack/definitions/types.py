"""Which types a value uses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from covage_model.pack.definitions.walk import values_in
from covage_model.pack.model.values import NamedType, Value


def named_in(value: Value) -> Iterator[str]:
    """The names of the types that a value includes or is made of, JSON's own (`string`) among them."""
    for inner in values_in(value):
        yield from (*inner.include, *([inner.type] if inner.type is not None else ()))


def used_by(value: Value, types: Mapping[str, NamedType]) -> Iterator[NamedType]:
    """The types that a value uses, directly or through others; each once."""
    pending, seen = [value], set[str]()
    while pending:
        for name in named_in(pending.pop()):
            if name in types and name not in seen:
                seen.add(name)
                pending.append(types[name].value)
                yield types[name]
