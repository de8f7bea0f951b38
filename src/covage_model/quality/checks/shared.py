"""One finding for what several variants share: a definition is written once, and told once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

from covage_model.ground.diagnostics import Diagnostic
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.unsound import origins_in

EVERYWHERE = ""  # stands beside a finding that needs no variant
Key = Callable[[Diagnostic], Hashable]


def same_place(finding: Diagnostic) -> Hashable:
    """What makes two findings one: what is said where; the path may differ with what uses the definition."""
    said = {name: value for name, value in finding.arguments.items() if name != "path"}
    return (finding.code, finding.form, finding.location, repr(said))


def merged(ground: Ground, found: Iterable[tuple[str, Diagnostic]], *, key: Key = same_place) -> Iterator[Diagnostic]:
    """
    The findings of several variants, each once, as the first variant said it.

    Where some variants have the definition and not the finding, `variants` names those that have it.
    """
    first: dict[Hashable, Diagnostic] = {}
    variants: dict[Hashable, set[str]] = {}
    for variant, finding in found:
        first.setdefault(key(finding), finding)
        variants.setdefault(key(finding), set()).add(variant)
    held = _Held(ground) if any(EVERYWHERE not in names for names in variants.values()) else None
    for one, finding in first.items():
        if held is None or EVERYWHERE in variants[one] or variants[one] >= held.by(finding):
            yield finding
        else:
            yield replace(finding, arguments={**finding.arguments, "variants": sorted(variants[one])})


class _Held:
    """Which variants hold the definition that a finding is about."""

    def __init__(self, ground: Ground) -> None:
        self._places = {
            variant: {origin.location for origin in origins_in(sheet)} for variant, sheet in ground.sheets.items()
        }

    def by(self, finding: Diagnostic) -> set[str]:
        holders = {variant for variant, places in self._places.items() if finding.location in places}
        return holders or set(self._places)
