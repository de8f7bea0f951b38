"""Evidence: a run that shows a verdict, with documents for it if its guards read any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from covage_model.behaviour.run.step import Step
from covage_model.behaviour.run.trace import Trace, trace_of
from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.verify.judge import EvidenceRun, PropertyVerdict
from covage_model.behaviour.verify.required import reads_none, required_truths
from covage_model.documents.make.valid.lived import Lived, Valuation
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass

CANDIDATES = 500  # runs that are tried, the shortest first
ATTEMPTS = 8  # searches for documents


Live = Callable[[str, Sequence[Valuation]], Lived | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    A run that shows a verdict. Its trace has only the atoms that matter; `wanted` has them for each document.

    `documents` has the first document and one for each edit; it is empty if none is read. `account` is ABSENT
    if the pack has no account type or none is read. `loop` is the number of moves at the end that are made again and
    again, 0 if the run stops there; None if the run shows its verdict without a loop.
    """

    trace: Trace
    wanted: tuple[Valuation, ...]
    documents: tuple[Any, ...] = ()
    account: Any = json_value.ABSENT
    loop: int | None = None


def evidence(space: StateSpace, property_verdict: PropertyVerdict, live: Live) -> Evidence | None:
    """
    The shortest run that shows the verdict and for which documents exist; None if none was found.

    Tries the first 500 runs and calls `live` for at most eight different demands. A run is skipped if it
    demands at least as much as one that failed. If no order follows the lifecycle, there are no
    documents: the first run is the evidence, with the truths that it demands.
    """
    failed: list[tuple[Valuation, ...]] = []
    for run in islice(property_verdict.shown(), CANDIDATES):
        wanted = required_truths(space, run)
        if space.variant.stand_in or (not any(wanted) and reads_none(space, run)):
            return Evidence(_trace(space, run, wanted), wanted, loop=run.loop)
        if any(_asks_no_less(wanted, other) for other in failed):
            continue
        lived = live(space.variant.name, wanted)
        if lived is not None:
            account = json_value.ABSENT if lived.account is None else lived.account
            return Evidence(_trace(space, run, wanted), wanted, lived.documents, account, run.loop)
        failed.append(wanted)
        if len(failed) >= ATTEMPTS:
            break
    return None


def _asks_no_less(wanted: tuple[Valuation, ...], other: tuple[Valuation, ...]) -> bool:
    """Whether each document of the other demand has a document here that must satisfy at least the same truths."""
    return all(any(all(atom in document for atom in needed) for document in wanted) for needed in other)


def _trace(space: StateSpace, shown: EvidenceRun, wanted: Sequence[Valuation]) -> Trace:
    """The run as a trace. Its configurations have only the atoms that matter."""
    whole = trace_of(space, shown.run.start, shown.run.moves)
    here = start = replace(whole.start, atoms=wanted[0])
    document, steps = 0, list[Step]()
    for step in whole.steps:
        document += step.is_edit
        after = replace(step.after, atoms=wanted[document])
        steps.append(replace(step, before=here, after=after))
        here = after
    return Trace(whole.variant, start, tuple(steps))
