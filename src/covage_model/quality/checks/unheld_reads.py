"""CM313: a guard or a property that reads a field which no document can have there."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.presence.holding import Bar, Bars
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity
from covage_model.ground.dotted import dotted
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import DocumentReady, Holds
from covage_model.quality.checks import unfillable_fields
from covage_model.quality.checks.asked import AskedTest, Here, naming
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.required import RequiredField, required_fields

_Path = tuple[str, ...]
_Reported = frozenset[tuple[str, Location]]  # by CM314: a variant, and the location of its demand
_HINT = "what others find out on the way can be a variable of the lifecycle"


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    Each path that is read-only or forbidden in every variant and state in which the test matters.

    A document in a state is taken to be a valid request for the state's status.
    """
    unfillable = unfillable_fields.unfillable(ground)
    reported = frozenset((field.variant, field.demand.origin.location) for field in unfillable)
    for location, asked in ground.asked.items():
        if isinstance(asked.test, DocumentReady):
            yield from _never_ready(ground, asked, asked.test, location, reported)
        elif asked.test.origin is not None:
            for origin, path in _paths(asked.test, ()):
                yield from _unheld(ground, asked, origin.location, path)


def _paths(test: Holds, around: _Path) -> Iterator[tuple[Origin, _Path]]:
    """The paths that a test reads, with their origins: its own, then those of items."""
    if test.ref.root not in ("order", "item"):
        return
    path = test.ref.names if test.ref.root == "order" else (*around, *test.ref.names)
    if test.origin is not None:
        yield test.origin, path
    inner = tree.inside(test.test)
    for atom in tree.atoms(inner) if inner is not None else ():
        if isinstance(atom, Holds):
            yield from _paths(atom, path)


def _unheld(ground: Ground, asked: AskedTest, location: Location, path: _Path) -> Iterator[Diagnostic]:
    bars: list[Bar] = []
    for here in asked.here:
        bar = ground.bars[here.variant].bar(path, here.status)
        if bar is None:
            return
        bars.append(bar)
    known = [bar for bar in bars if bar.form != "unknown"]  # if all are unknown, CM206 reports the path
    if known:
        hint = _HINT if known[0].form == "read-only" else None
        yield _finding(ground, asked, known[0].form, location, path, known[0].origin, hint)


def _finding(
    ground: Ground,
    asked: AskedTest,
    form: str,
    location: Location,
    path: _Path,
    because: Origin,
    hint: str | None,
    **more: str,
) -> Diagnostic:
    arguments = {
        "path": dotted(path),
        "name": asked.who,
        "statuses": list(dict.fromkeys(here.shown for here in asked.here)),
        "file": because.location.file,
        "line": because.location.line,
        **more,
    }
    severity = Severity.ERROR if asked.by_guard else Severity.WARNING
    return naming(Diagnostic("CM313", form, arguments, location, hint, severity), asked, ground.variants)


def _never_ready(
    ground: Ground, asked: AskedTest, test: DocumentReady, location: Location, reported: _Reported
) -> Iterator[Diagnostic]:
    """A field that `test.status` requires and that is barred in every status in which the test matters."""
    missing_fields: list[tuple[RequiredField, Origin]] = []
    for here in asked.here:
        missing = _missing(ground.bars[here.variant], test.status, here, reported)
        if missing is None:
            return
        missing_fields.append(missing)
    if missing_fields:
        field, origin = missing_fields[0]
        yield _finding(ground, asked, "ready", location, field.path, origin, None, status=test.status)


def _missing(bars: Bars, status: str, here: Here, reported: _Reported) -> tuple[RequiredField, Origin] | None:
    for field in required_fields(bars, status):
        barred = bars.bar(field.path, here.status)
        if barred is not None and (bars.sheet.variant, field.demand.origin.location) not in reported:
            return field, barred.origin
    return None
