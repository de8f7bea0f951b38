"""The entry of this room: runs all checks on a pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.space.tables import TableUse
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.checks import (
    actions,
    conditions,
    dead_ends,
    deadlines,
    examples,
    histories,
    keys,
    matches,
    moves,
    no_end,
    older_paths,
    paths,
    patterns,
    presence,
    profiles,
    shown,
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
    deadlines.findings,
    moves.findings,
    histories.findings,
    actions.findings,
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
    older_paths.findings,
    profiles.findings,
    shown.findings,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """Findings in file order, and tables and sheets by variant; variants with faulty definitions have neither."""

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
    Runs all checks on a pack. Never raises on what `compile_pack` returns.

    `faulty_files` have findings already: definitions in them, or that use them, may be incomplete and
    are skipped. At most `limit` configurations of each variant are explored, a million if None;
    if there are more, CM311 says so, and checks that need all of them are skipped. `progress` is
    called from time to time with a variant and the number of its known configurations.
    """
    ground, found = ground_of(pack, faulty_files, TableUse.PROPERTIES.limit if limit is None else limit, progress)
    findings = [*found, *(finding for one in CHECKS for finding in one(ground))]
    once = {finding.sort_key(): finding for finding in findings}
    return Checked(tuple(once[key] for key in sorted(once)), dict(ground.spaces), dict(ground.sheets))
