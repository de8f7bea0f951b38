"""Evidence: a run that shows a verdict, with documents that live it where it reads any."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from covage_model.behaviour.run.step import Step
from covage_model.behaviour.run.trace import Trace, trace_of
from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.verify.judge import EvidenceRun, PropertyVerdict
from covage_model.behaviour.verify.required import reads_none, required_truths
from covage_model.documents.make.valid.lived import Lived, Valuation
from covage_model.ground import json_value

CANDIDATES = 500  # runs that are looked at, the shortest first
ATTEMPTS = 8  # sets of documents that are asked for


Live = Callable[[str, Sequence[Valuation]], Lived | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    A life that shows a verdict. The atoms in the trace are those that matter to it, in `wanted` by document.

    `documents` are those of the trace's stretches; without any, none is read. `account` is ABSENT
    where the pack has no type for one, or none is read.
    """

    trace: Trace
    wanted: tuple[Valuation, ...]
    documents: tuple[Any, ...] = ()
    account: Any = json_value.ABSENT


def evidence(space: StateSpace, found: PropertyVerdict, live: Live) -> Evidence | None:
    """
    The shortest run that shows the verdict and that documents can live; None where none was found.

    Of the first 500 runs, for at most eight different demands, documents are asked of `live`. What
    asks all that some demand asked in vain is passed over. Where no order follows the lifecycle there are no
    documents: the first run shows the verdict, with what it asks of them.
    """
    failed: list[tuple[Valuation, ...]] = []
    for shown in islice(found.shown(), CANDIDATES):
        wanted = required_truths(space, shown)
        if space.variant.stand_in or (not any(wanted) and reads_none(space, shown)):
            return Evidence(_trace(space, shown, wanted), wanted)
        if any(_asks_no_less(wanted, other) for other in failed):
            continue
        lived = live(space.variant.name, wanted)
        if lived is not None:
            account = json_value.ABSENT if lived.account is None else lived.account
            return Evidence(_trace(space, shown, wanted), wanted, lived.documents, account)
        failed.append(wanted)
        if len(failed) >= ATTEMPTS:
            break
    return None


def _asks_no_less(wanted: tuple[Valuation, ...], other: tuple[Valuation, ...]) -> bool:
    """Whether each document of the other demand is one of this demand, with as much asked of it."""
    return all(any(all(one in here for one in asked) for here in wanted) for asked in other)


def _trace(space: StateSpace, shown: EvidenceRun, wanted: Sequence[Valuation]) -> Trace:
    """The run as a trace whose configurations say of atoms only what matters."""
    whole = trace_of(space, shown.run.start, shown.run.moves)
    here = start = replace(whole.start, atoms=wanted[0])
    document, steps = 0, list[Step]()
    for step in whole.steps:
        document += step.is_edit
        after = replace(step.after, atoms=wanted[document])
        steps.append(replace(step, before=here, after=after))
        here = after
    return Trace(whole.variant, start, tuple(steps))
