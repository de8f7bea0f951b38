"""The report of `check`: findings about a pack, and the sizes of its state spaces."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from covage_model.behaviour.space.space import StateSpace
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.language import tell
from covage_model.pack.model.pack import SpecPack
from covage_model.report import finding as findings
from covage_model.report.blocks import Block, FindingBlock, TextLine
from covage_model.report.counting import number, severities
from covage_model.report.report import Foot, Report, ReportEntry, Tally, nobody


def report(
    pack: SpecPack | None, found: Sequence[Diagnostic], spaces: Mapping[str, StateSpace], language: str
) -> Report:
    """The findings about a pack, then its counts and the sizes of its state spaces."""

    def foot(tally: Tally) -> Foot:
        sizes = {name: size(space) for name, space in spaces.items()}
        return Foot([*_totals(pack, tally, language), *_sizes(spaces, language)], {"state_spaces": sizes})

    name = pack.name if pack is not None else None
    entries = finding_entries(found, language)
    return Report("check", entries, {"pack": name}, ("findings",), foot, language=language)


def finding_entries(found: Sequence[Diagnostic], language: str) -> Iterator[ReportEntry]:
    """An entry for each finding."""
    for finding in found:
        yield finding_entry(finding, language)


def finding_entry(finding: Diagnostic, language: str, identity: Callable[[], str] = nobody) -> ReportEntry:
    """A finding in the list `findings`; `identity` is as in a `ReportEntry`."""
    return ReportEntry(
        lambda: (FindingBlock(finding, language),),
        (finding,),
        member="findings",
        data=lambda: findings.data(finding, language),
        identity=identity,
    )


def size(space: StateSpace) -> dict[str, Any]:
    """The size of a state space, as JSON."""
    return {"configurations": len(space), "moves": space.count_moves, "complete": space.complete}


def _totals(pack: SpecPack | None, tally: Tally, lang: str) -> Iterator[Block]:
    if pack is None:
        yield TextLine(tell("no pack", lang))
        return
    held = [
        number(len(pack.orders), "order type", lang=lang),
        number(len(pack.variants), "variant", lang=lang),
        number(len(pack.scenarios), "scenario", lang=lang),
    ]
    yield TextLine(f"{pack.name}{tell(': ', lang)}{', '.join(held)}{severities(tally.severities, lang)}")


def _sizes(spaces: Mapping[str, StateSpace], lang: str) -> Iterator[Block]:
    width = max((len(name) for name in spaces), default=0)
    for name, space in spaces.items():
        more = "" if space.complete else tell(" (more: the limit was reached)", lang)
        yield TextLine(f"{name:{width}}  {_size(space, lang)}{more}", indent=2)


def _size(space: StateSpace, lang: str) -> str:
    """The two counts in columns; a blank takes the place of the -s of a plural."""
    counts = number(len(space), "configuration", lang=lang), number(space.count_moves, "move", lang=lang)
    (configurations, noun), (moves, move) = map(str.split, counts)
    return f"{configurations:>7} {noun:14}  {moves:>7} {move}"
