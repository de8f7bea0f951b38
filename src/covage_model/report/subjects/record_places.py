"""Where an order may be that shows a record, and what is possible there: of `run`, `step` and `why` with `--record`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from covage_model.behaviour.run.record_places import PossibleMove, RecordPlaces
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files.document import Document
from covage_model.pack.model.conditions import Scalar
from covage_model.pack.model.pack import SpecPack
from covage_model.report.blocks import Block, FindingBlock, TextLine
from covage_model.report.names import PackNames, pack_names
from covage_model.report.report import Foot, Report, ReportEntry, Tally
from covage_model.report.subjects.check import finding_entry
from covage_model.report.subjects.ways import atoms_data
from covage_model.report.subjects.why import replace_blocks
from covage_model.report.traces import acting

_MOST = 20  # places that are listed; the others are counted
_WORDS = {"all": "possible in all:", "some": "possible in some:", "none": "possible in none:"}
_POSSIBLE = "{name} is possible in {count:n} of {places:n} places"
_PERHAPS = "{name} is perhaps possible in {count:n} of {places:n} places"
_FEW_NUMBERS = 8  # places that a move names


def report(
    places: RecordPlaces | None,
    found: Sequence[Diagnostic],
    pack: SpecPack,
    language: str,
    document: Document | None,
    *,
    command: str = "run",
) -> Report:
    """The places and moves, or null if the inputs cannot be used, and the findings about the inputs."""

    def entries() -> Iterator[ReportEntry]:
        for finding in found:
            yield replace_blocks(finding_entry(finding, language), FindingBlock(finding, language, document))

    shown = [] if places is None else blocks(places, pack_names(pack, places.space.lifecycle, language, document))
    members = {"record": None if places is None else data(places, language)}
    members |= {"answer": None} if command == "why" else {}
    return Report(command, entries(), lists=("findings",), foot=lambda _: Foot(shown, members), language=language)


def with_places(report: Report, places: RecordPlaces, move: PossibleMove, place: int, names: PackNames) -> Report:
    """A report about a trigger in one of the places, below the places and in how many of them it is possible."""
    surely, every = len(move.surely), len(places.places)
    lines = [TextLine(names.tell(_POSSIBLE, name=move.trigger, count=surely, places=every))]
    if move.perhaps:
        lines.append(TextLine(names.tell(_PERHAPS, name=move.trigger, count=len(move.perhaps), places=every)))
    lines += [TextLine(names.tell("in place {number}:", number=place + 1))]
    foot = report.foot

    def more(tally: Tally) -> Foot:
        below = foot(tally)
        members = {"record": data(places, names.language), **below.members}
        return Foot([*listed(places, names), *lines, *below.blocks], members)

    return replace(report, foot=more)


def blocks(places: RecordPlaces, names: PackNames) -> list[Block]:
    """The places, then what is possible in all of them, in some, and in none."""
    return [*listed(places, names), *(_moves(places, names) if places.places else ())]


def listed(places: RecordPlaces, names: PackNames) -> list[Block]:
    """The places, numbered."""
    status = names.titles.get(("status", places.status), places.status)
    head = "{name}, shown as {status}: {count:n} {count:place|places} can show this record"
    if not places.status:  # its documents show none
        head = "{name}: {count:n} {count:place|places} can show this record"
    lines = [TextLine(names.tell(head, name=places.variant, status=status, count=len(places.places)))]
    if places.decided:
        lines.append(TextLine(names.tell("decided: {line}", line=names.atoms(places.decided)), 2))
    if not places.complete:
        lines.append(TextLine(names.tell("not all places were looked at: there are too many"), 2))
    if not places.places:
        return [*lines]
    same = _same(places)
    for number, here in enumerate(places.places[:_MOST], 1):
        own = [pair for pair in here.variables if pair[0] not in same]
        lines.append(TextLine(f"{number}. {names.where(here.state, own)}", 2))
    more = len(places.places) - _MOST
    lines += [TextLine(names.tell("and {count:n} more", count=more), 2)] if more > 0 else []
    if same and len(places.places) > 1:
        lines.append(TextLine(names.tell("in all: {line}", line=_values(same, names)), 2))
    return [*lines]


def _same(places: RecordPlaces) -> dict[str, Scalar]:
    """The variables that have one value in all places; none where there is one place, which says them itself."""
    first, *others = places.places
    every = [dict(other.variables) for other in others]
    return {
        name: value
        for name, value in first.variables
        if every and all(json_value.equal(value, each[name]) for each in every)
    }


def _values(variables: dict[str, Scalar], names: PackNames) -> str:
    return names.where("", variables.items()).strip(" ()")


def _moves(places: RecordPlaces, names: PackNames) -> Iterator[TextLine]:
    by_word: dict[str, list[PossibleMove]] = {word: [] for word in _WORDS}
    for move in places.moves():
        by_word[possible(move, places)].append(move)
    for word, moves in by_word.items():
        if moves and word == "none":
            yield TextLine(f"{names.tell(_WORDS[word])} {', '.join(move.trigger for move in moves)}")
        elif moves:
            yield TextLine(names.tell(_WORDS[word]))
            for move in moves:
                where = _where(move, names) if word == "some" else ""
                yield TextLine(f"{move.trigger}{names.by(move.actors)}{where}", 2)


def possible(move: PossibleMove, places: RecordPlaces) -> str:
    """Whether a move is possible in `all` places, in `some` (or perhaps), or in `none`."""
    if len(move.surely) == len(places.places):
        return "all"
    return "some" if move.surely or move.perhaps else "none"


def _where(move: PossibleMove, names: PackNames) -> str:
    parts = [
        names.tell(template, numbers=_numbers(numbers))
        for template, numbers in ((" in {numbers}", move.surely), (" perhaps in {numbers}", move.perhaps))
        if numbers
    ]
    return ":" + ",".join(parts)


def _numbers(numbers: Sequence[int]) -> str:
    told = ", ".join(str(number + 1) for number in numbers[:_FEW_NUMBERS])
    return told + (", …" if len(numbers) > _FEW_NUMBERS else "")


def data(places: RecordPlaces, language: str) -> dict[str, Any]:
    """The places and moves as JSON; moves name places by their position in the list."""
    return {
        "order": places.variant,
        "status": places.status,
        "complete": places.complete,
        "decided": atoms_data(places.decided, language),
        "places": [{"state": here.state, "variables": dict(here.variables)} for here in places.places],
        "moves": [
            {
                "trigger": move.trigger,
                "actor": acting(move.actors),
                "possible": possible(move, places),
                "surely": list(move.surely),
                "perhaps": list(move.perhaps),
            }
            for move in places.moves()
        ],
    }
