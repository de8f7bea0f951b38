"""What is missing at its place may be there under another name: an older one, or a misspelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from typing import Any

from covage_model.ground import json_value, pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.dotted import dotted

_Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Other:
    """A place that holds what belongs at `now`; both are below the object `there`."""

    there: dict[str, Any]
    path: _Names
    now: _Names
    is_older: bool

    def hint(self, names: _Names) -> str | None:
        """Where it has what belongs at these names: that, what holds it, or a part of it; None if it has not."""
        path = (*self.path, *names[len(self.now) :])
        if not any(True for _ in json_value.every_value_at(self.there, path)):
            return None
        return f"{'an older name of it' if self.is_older else 'a name like it'} is there: {dotted(path)}"


@dataclass(slots=True)
class Elsewhere:
    """The unknown fields of a document of which it is known what they stand for, by the place that they stand for."""

    _others: dict[tuple[str, _Names], _Other] = field(default_factory=dict)  # by pointer of the object, and names below

    def add_older(self, where: str, there: dict[str, Any], path: _Names, now: _Names) -> None:
        """The object `there`, at the pointer `where`, holds at an older path what belongs at `now`."""
        self._add(where, _Other(there, path, now, is_older=True))

    def add_misspelt(self, where: str, there: dict[str, Any], name: str, meant: str) -> None:
        """The object `there` has a name that is nearly the one that is meant."""
        self._add(where, _Other(there, (name,), (meant,), is_older=False))

    def _add(self, where: str, other: _Other) -> None:
        for length in range(1, len(other.now) + 1):
            self._others.setdefault((where, other.now[:length]), other)

    def told(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings; each missing field says where it is instead, if that is known."""
        for finding in findings:
            hint = self._hint(finding.location.pointer) if self._others and finding.code == "CM403" else None
            yield finding if hint is None else replace(finding, hint=hint)

    def _hint(self, missing: str) -> str | None:
        steps = pointer.split(missing)
        for start in range(len(steps)):
            holder = pointer.join(steps[:start])
            names = tuple(step for step in steps[start:] if not step.isdecimal())  # without the places of items
            for length in range(len(names), 0, -1):
                other = self._others.get((holder, names[:length]))
                hint = None if other is None else other.hint(names)
                if hint is not None:
                    return hint
        return None
