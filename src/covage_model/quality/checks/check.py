"""The front of the room: a pack in, everything that its definitions cannot mean together out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.space.tables import TableUse
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.checks import (
    conditions,
    dead_ends,
    examples,
    keys,
    matches,
    no_end,
    paths,
    patterns,
    presence,
    states,
    status,
    two_cases,
    unasked_ways,
    unfillable_fields,
    unheld_reads,
    values,
)
from covage_model.quality.checks.ground import Ground, Progress, ground_of

CHECKS: tuple[Callable[[Ground], Iterable[Diagnostic]], ...] = (
    paths.findings,
    matches.findings,
    states.findings,
    dead_ends.findings,
    no_end.findings,
    two_cases.findings,
    presence.findings,
    values.findings,
    examples.findings,
    conditions.findings,
    status.findings,
    unheld_reads.findings,
    unfillable_fields.findings,
    unasked_ways.findings,
    patterns.findings,
    keys.findings,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings in file order, and the explored tables by variant name; variants with broken definitions have none."""

    findings: tuple[Diagnostic, ...]
    spaces: dict[str, StateSpace]
    sheets: dict[str, Sheet]


def check(
    pack: SpecPack,
    *,
    faulty_files: frozenset[str] = frozenset(),
    limit: int | None = None,
    progress: Progress | None = None,
) -> Checked:
    """
    What the definitions of a pack cannot mean together; never raises on what `compile_pack` returns.

    `faulty_files` have findings already: what is written there, or rests on it, may be pruned and
    is passed over. At most `limit` configurations of each variant are looked at, a million if None;
    where there are more, CM311 says so, and what needs all of them is not judged. `progress` is
    told now and then how far the exploring of a large variant is.
    """
    ground, found = ground_of(pack, faulty_files, TableUse.PROPERTIES.limit if limit is None else limit, progress)
    findings = [*found, *(finding for one in CHECKS for finding in one(ground))]
    once = {finding.sort_key(): finding for finding in findings}
    return Checked(tuple(once[key] for key in sorted(once)), dict(ground.spaces), dict(ground.sheets))
