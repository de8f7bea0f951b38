"""CM311: definitions that are too large to be checked."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import field
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Origin, Severity
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.values import Value

PLACES = 10_000  # the most places of one document; types that use types twice double at each step


@dataclass(frozen=True, slots=True)
class Size:
    """The number of places that a definition expands to; infinite if a type contains itself."""

    places: float

    @property
    def endless(self) -> bool:
        """Whether a type contains itself; the compiler has reported it (CM203)."""
        return math.isinf(self.places)

    @property
    def fits(self) -> bool:
        """Whether it is small enough to be expanded and checked."""
        return self.places <= PLACES


@dataclass(slots=True)
class Sizes:
    """The sizes of types, each computed once and without expanding them."""

    pack: SpecPack
    _types: dict[str, Value] = field(init=False)
    _known: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._types = {named.name: named.value for named in self.pack.types}

    def of_type(self, name: str) -> Size:
        """The size of a named type."""
        return Size(self._of_type(name))

    def of_values(self, values: Iterable[Value]) -> Size:
        """The size of several definitions of one place."""
        return Size(self._of(tuple(values)))

    def _of(self, values: tuple[Value, ...]) -> float:
        """The places of these values and of each type that they include; a type that is included twice counts once."""
        total: float = 0
        seen = set[str]()
        pending = list(values)
        for value in pending:  # grows as it is read
            total += 1 + self._below(value)
            if total > PLACES:
                return total
            for name in value.include:
                if self._known.get(name) == math.inf:
                    return math.inf
                if name in self._types and name not in seen:
                    seen.add(name)
                    pending.append(self._types[name])
        return total

    def _below(self, value: Value) -> float:
        """The places of a value's own type, fields and items."""
        fields = sum(len(each.path) - 1 + self._of((each.value,)) for each in value.fields or ())
        own = self._of_type(value.type) if value.type is not None else 0
        return own + fields + (self._of((value.items,)) if value.items else 0)

    def _of_type(self, name: str) -> float:
        """The places of a named type. A chain of types that is too deep for recursion counts as too large."""
        if name not in self._types:
            return 0
        if name not in self._known:
            self._known[name] = math.inf  # a type that comes back here contains itself
            try:
                self._known[name] = self._of((self._types[name],))
            except RecursionError:
                self._known[name] = 2.0 * PLACES
        return self._known[name]


def too_many(name: str, origin: Origin, *, form: str = "places", **arguments: Any) -> Diagnostic:
    """A part that is too large. Too many places is an error: no document can be judged."""
    every = {"name": name, "limit": PLACES, **arguments}
    severity = Severity.ERROR if form == "places" else Severity.WARNING
    return Diagnostic("CM311", form, every, origin.location, severity=severity)


def too_deep(name: str, origin: Origin) -> Diagnostic:
    """Definitions that are nested too deeply."""
    return Diagnostic("CM311", "depth", {"name": name}, origin.location)
