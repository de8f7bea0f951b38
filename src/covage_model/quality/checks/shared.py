"""Merges equal findings of several variants: a shared definition is reported once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

from covage_model.ground.diagnostics import Diagnostic
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.unsound import origins_in

EVERYWHERE = ""  # instead of a variant's name, for a finding that belongs to no variant
Key = Callable[[Diagnostic], Hashable]


def same_place(finding: Diagnostic) -> Hashable:
    """The key by which findings are merged: place and arguments, without the path, which may differ by user."""
    arguments = {name: value for name, value in finding.arguments.items() if name != "path"}
    return (finding.code, finding.form, finding.location, repr(arguments))


def merged(ground: Ground, found: Iterable[tuple[str, Diagnostic]], *, key: Key = same_place) -> Iterator[Diagnostic]:
    """
    The findings of several variants, each once, as the first variant has it.

    If some variants have the definition but not the finding, the argument `variants` names those with the finding.
    """
    first: dict[Hashable, Diagnostic] = {}
    variants: dict[Hashable, set[str]] = {}
    for variant, finding in found:
        first.setdefault(key(finding), finding)
        variants.setdefault(key(finding), set()).add(variant)
    holders = _Holders(ground) if any(EVERYWHERE not in names for names in variants.values()) else None
    for same, finding in first.items():
        if holders is None or EVERYWHERE in variants[same] or variants[same] >= holders.of(finding):
            yield finding
        else:
            yield replace(finding, arguments={**finding.arguments, "variants": sorted(variants[same])})


class _Holders:
    """Which variants use the definition that a finding is about."""

    def __init__(self, ground: Ground) -> None:
        self._places = {
            variant: {origin.location for origin in origins_in(sheet)} for variant, sheet in ground.sheets.items()
        }

    def of(self, finding: Diagnostic) -> set[str]:
        holders = {variant for variant, places in self._places.items() if finding.location in places}
        return holders or set(self._places)
