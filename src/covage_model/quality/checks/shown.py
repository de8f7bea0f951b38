"""CM326: what records are said to show of a variable, and cannot."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from covage_model.behaviour.space.shown_values import reached
from covage_model.documents.presence.holding import Bars
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.dotted import dotted
from covage_model.ground.json_value import ABSENT
from covage_model.pack.conditions import tree, truth
from covage_model.pack.conditions.tree import identity
from covage_model.pack.definitions import texts
from covage_model.pack.model.conditions import Atom, DocumentReady, Present
from covage_model.pack.model.lifecycle import Lifecycle, ShownValue, Variable
from covage_model.quality.checks.ground import Ground


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Values that no record is judged by, that two conditions show alike, or that a status cannot show."""
    for lifecycle in ground.lifecycles:
        if lifecycle.shown and ground.pack.record is None and ground.followers(lifecycle):
            variable, shown = lifecycle.shown[0]
            hint = "add `record` to the pack file, as in record: {number: {present: true}}"
            yield _finding("no-record", variable, shown, hint)
        for variable in lifecycle.variables:
            for first, second in combinations(variable.shown, 2):
                if identity(first.when) == identity(second.when):
                    yield _finding("same", variable, second, None, other=texts.plain(first.value))
        for number, (variable, shown) in enumerate(lifecycle.shown):
            yield from _never_shown(ground, lifecycle, number, variable, shown)


def _never_shown(
    ground: Ground, lifecycle: Lifecycle, number: int, variable: Variable, shown: ShownValue
) -> Iterator[Diagnostic]:
    """A status in which orders have, or have not, the value, and no record of any variant can say so."""
    bars = [ground.bars[variant.name] for variant in ground.followers(lifecycle)]
    tables = [ground.spaces[each.sheet.variant] for each in bars if each.sheet.variant in ground.spaces]
    if len(tables) < len(bars) or not ground.wholly_explored(lifecycle):
        return
    by_variant = [(each, reached(table)[1]) for each, table in zip(bars, tables, strict=True)]
    for status in lifecycle.statuses:
        for form, has in (("forbidden", True), ("required", False)):
            there = [each for each, showings in by_variant if any(s[number] is has for s in showings.get(status, ()))]
            if there and all(_decided(shown, each, status) is (not has) for each in there):
                yield _finding(form, variable, shown, None, status=status)


def _decided(shown: ShownValue, bars: Bars, status: str) -> bool | None:
    """The truth of the condition in every record of the status, as far as presence decides it."""

    def known(atom: Atom) -> bool | None:
        if isinstance(atom, DocumentReady) or atom.ref.root != "order":
            return None
        if bars.forbidden(atom.ref.names, status) is not None:
            return tree.other_side(atom.test) is None and truth.satisfies(atom.test, ABSENT)
        if isinstance(atom.test, Present) and _is_required(bars, atom.ref.names, status):
            return atom.test.present
        return None

    return truth.evaluate(shown.when, known)


def _is_required(bars: Bars, names: tuple[str, ...], status: str) -> bool:
    """Whether every record of the status has the place: it is required, itself or on the way to another field."""
    return any(
        demand.when is None and demand.start == 0 and status in demand.statuses and demand.path[: len(names)] == names
        for demand in bars.sheet.required
    )


def _finding(form: str, variable: Variable, shown: ShownValue, hint: str | None, **more: str) -> Diagnostic:
    paths = list(dict.fromkeys(dotted(ref.names) for ref in tree.references(shown.when) if ref.root == "order"))
    arguments = {"name": variable.name, "value": texts.plain(shown.value), "paths": paths, **more}
    return Diagnostic("CM326", form, arguments, shown.origin.location, hint, Severity.WARNING)
