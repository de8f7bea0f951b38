"""One finding for what several leaves share: a definition is written once, and told once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

from covage_model.checks.ground import Ground
from covage_model.checks.taint import origins_in
from covage_model.diagnostics import Diagnostic

EVERYWHERE = ""  # stands beside a finding that needs no leaf
Key = Callable[[Diagnostic], Hashable]


def same_place(finding: Diagnostic) -> Hashable:
    """What makes two findings one: what is said where; the path may differ with what uses the definition."""
    said = {name: value for name, value in finding.arguments.items() if name != "path"}
    return (finding.code, finding.form, finding.location, repr(said))


def merged(ground: Ground, found: Iterable[tuple[str, Diagnostic]], *, key: Key = same_place) -> Iterator[Diagnostic]:
    """
    The findings of several leaves, each once, as the first leaf said it.

    Where some leaves have the definition and not the finding, `leaves` names those that have it.
    """
    first: dict[Hashable, Diagnostic] = {}
    leaves: dict[Hashable, set[str]] = {}
    for leaf, finding in found:
        first.setdefault(key(finding), finding)
        leaves.setdefault(key(finding), set()).add(leaf)
    held = _Held(ground) if any(EVERYWHERE not in names for names in leaves.values()) else None
    for one, finding in first.items():
        if held is None or EVERYWHERE in leaves[one] or leaves[one] >= held.by(finding):
            yield finding
        else:
            yield replace(finding, arguments={**finding.arguments, "leaves": sorted(leaves[one])})


class _Held:
    """Which leaves hold the definition that a finding is about."""

    def __init__(self, ground: Ground) -> None:
        self._places = {
            leaf: {origin.location for origin in origins_in(sheet)} for leaf, sheet in ground.sheets.items()
        }

    def by(self, finding: Diagnostic) -> set[str]:
        holders = {leaf for leaf, places in self._places.items() if finding.location in places}
        return holders or set(self._places)
