"""CM311: what is too large to be looked at whole."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from covage_model.ground.diagnostics import Diagnostic, Origin, Severity
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.values import Value

PLACES = 10_000  # of one document: types that use types twice double at each step


@dataclass(frozen=True, slots=True)
class Size:
    """How many places a definition lays out; `endless` where a type contains itself."""

    places: float

    @property
    def endless(self) -> bool:
        """Whether nothing can be laid out; the compiler has said why (CM203)."""
        return math.isinf(self.places)

    @property
    def fits(self) -> bool:
        """Whether it can be laid out and looked at."""
        return self.places <= PLACES


@dataclass(slots=True)
class Sizes:
    """The sizes of types, each counted once, so that what doubles at each step is known before it is laid out."""

    pack: SpecPack
    _types: dict[str, Value] = field(init=False)
    _known: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._types = {named.name: named.value for named in self.pack.types}

    def of_type(self, name: str) -> Size:
        """The size of a named type."""
        return Size(self._of_type(name))

    def of_values(self, values: Iterable[Value]) -> Size:
        """The size of what several definitions say of one place."""
        return Size(self._of(tuple(values)))

    def _of(self, values: tuple[Value, ...]) -> float:
        """The places of these values, and of each type that they include, once by however many ways it comes."""
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
        fields = sum(len(said.path) - 1 + self._of((said.value,)) for said in value.fields or ())
        own = self._of_type(value.type) if value.type is not None else 0
        return own + fields + (self._of((value.items,)) if value.items else 0)

    def _of_type(self, name: str) -> float:
        """Bounded in depth by what can be laid out at all: deeper chains of types count as endless work."""
        if name not in self._types:
            return 0
        if name not in self._known:
            self._known[name] = math.inf  # what comes back here contains itself
            try:
                self._known[name] = self._of((self._types[name],))
            except RecursionError:
                self._known[name] = 2.0 * PLACES
        return self._known[name]


def too_many(name: str, origin: Origin, *, form: str = "places", **arguments: Any) -> Diagnostic:
    """What was not looked at: too many places is an error, for nothing can be laid out or judged by them."""
    said = {"name": name, "limit": PLACES, **arguments}
    severity = Severity.ERROR if form == "places" else Severity.WARNING
    return Diagnostic("CM311", form, said, origin.location, severity=severity)


def too_deep(name: str, origin: Origin) -> Diagnostic:
    """Definitions rest on each other too often to be followed."""
    return Diagnostic("CM311", "depth", {"name": name}, origin.location)
