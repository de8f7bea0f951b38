"""The report of `describe --transitions`: who may do what, from where to where, and what happens then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from covage_model.behaviour.draw.names import becomes
from covage_model.behaviour.draw.texts import text
from covage_model.behaviour.draw.transitions import TransitionRow, TransitionTable
from covage_model.pack.conditions import words
from covage_model.pack.model.conditions import TRUE
from covage_model.pack.model.lifecycle import Sum
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import any_of, say
from covage_model.report import fields
from covage_model.report import finding as findings
from covage_model.report import report as reports
from covage_model.report.blocks import Blank, Block, Heading, TableBlock, TextLine
from covage_model.report.names import PackNames, pack_names, titled
from covage_model.report.report import Report

_HEADS: Mapping[str, Sequence[str]] = {
    "en": ("trigger", "who", "from", "to", "guard", "effect", "events", "source", "standing"),
    "fr": ("déclencheur", "qui", "de", "vers", "condition", "effet", "événements", "source", "tenu pour"),
}
_SHARES = (1.6, 1.0, 1.5, 1.2, 2.2, 1.5, 1.2, 0.8, 0.8)
_SAME: Mapping[str, str] = {"en": "(stays)", "fr": "(reste)"}
_LAST: Mapping[str, str] = {"en": "{0}: the step left last", "fr": "{0} : l'étape quittée en dernier"}
_NONE: Mapping[str, str] = {"en": "no transitions", "fr": "aucune transition"}
_NO_LIFE: Mapping[str, str] = {"en": "the pack has no lifecycles", "fr": "le modèle n'a aucun cycle de vie"}


def report(pack: SpecPack, tables: Sequence[TransitionTable], language: str) -> Report:
    """Each table with its rows in spec order."""
    columns = [{"en": "of", "fr": "de quoi"}[language], *_HEADS[language]]
    entries = [_entry(pack, table, language, number) for number, table in enumerate(tables)]
    if not entries:
        entries = [reports.ReportEntry(lambda: (TextLine(_NO_LIFE[language]),))]
    return Report("describe", entries, lists=("lifecycles",), columns=columns, language=language)


def _entry(pack: SpecPack, table: TransitionTable, language: str, number: int) -> reports.ReportEntry:
    names = pack_names(pack, table.lifecycle, language)
    return reports.ReportEntry(
        lambda: [*([Blank(), Blank()] if number else []), *_blocks(table, names)],
        member="lifecycles",
        data=lambda: _data(table, names),
        rows=lambda: ([table.name, *_cells(row, names)] for row in table.rows),
    )


def _blocks(table: TransitionTable, names: PackNames) -> Iterator[Block]:
    yield Heading(f"{table.name}: {_title(table, names.language)}")
    yield Blank()
    if table.rows:
        yield TableBlock(_HEADS[names.language], [_cells(row, names) for row in table.rows], _SHARES)
    else:
        yield TextLine(_NONE[names.language])


def _title(table: TransitionTable, language: str) -> str:
    if table.variant is None:
        return say(table.lifecycle.title, language, otherwise=table.lifecycle.name)
    order, variant = table.variant.order, table.variant.spec
    title = say(order.title, language, otherwise=order.name)
    return title if variant is None else f"{title} – {say(variant.value.title, language, otherwise=variant.name)}"


def _cells(row: TransitionRow, names: PackNames) -> list[str]:
    return [
        _trigger(row, names),
        any_of(row.actors, names.actors, names.language) if row.actors else "",
        ", ".join(map(names.state, row.sources)),
        _target(row, names),
        "" if row.guard == TRUE else names.condition(row.guard),
        ", ".join(
            f"{names.variable(name)} := {becomes(name, value, names.variable, names.value)}"
            for name, value in row.effects
        ),
        names.events(row.emits),
        ", ".join(row.origin.source),
        fields.standing(row.origin.standing, names.language),
    ]


def _trigger(row: TransitionRow, names: PackNames) -> str:
    """What happens: a transition by title and name, with its deadline."""
    if row.transition is None:
        return text(row.kind, names.language)
    said = titled(row.transition.title, row.transition.name, names.language)
    deadline = row.transition.deadline
    return said if deadline is None else f"{said} ({text('after', names.language)} {deadline.words})"


def _target(row: TransitionRow, names: PackNames) -> str:
    if row.target is None:
        return _SAME[names.language] if row.kind in ("transition", "edit") else ""
    return _LAST[names.language].format(names.state(row.target)) if row.history else names.state(row.target)


def _data(table: TransitionTable, names: PackNames) -> dict[str, Any]:
    return {
        "name": table.name,
        "title": _title(table, names.language),
        "lifecycle": table.lifecycle.name,
        "transitions": [_row(row, names) for row in table.rows],
    }


def _row(row: TransitionRow, names: PackNames) -> dict[str, Any]:
    transition = row.transition
    title = None if transition is None else say(transition.title, names.language, otherwise="") or None
    return {
        "kind": row.kind,
        "trigger": None if transition is None else transition.name,
        "title": title,
        "after": None if transition is None or transition.deadline is None else transition.deadline.words,
        "by": list(row.actors),
        "from": list(row.sources),
        "to": row.target,
        "history": row.history,
        "guard": None if row.guard == TRUE else words.describe(row.guard, names.language),
        "effects": {name: _becomes(value) for name, value in row.effects},
        "emits": list(row.emits),
        "because": findings.origin_data(row.origin),
    }


def _becomes(value: Any) -> Any:
    """A value, or the variable that it is read from and what is added to it."""
    return {"at": value.at, "add": value.add} if isinstance(value, Sum) else value
