"""CM313: a guard or a property that reads a field which no document holds there."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.presence.holding import Bar, Bars
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import DocumentReady, Holds
from covage_model.quality.checks import unfillable_fields
from covage_model.quality.checks.asked import AskedTest, Here, naming
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.required import RequiredField, required_fields

_Path = tuple[str, ...]
_Told = frozenset[tuple[str, Location]]  # what CM314 has said: a variant, and where its demand is written
_HINT = "what others find out on the way can be a variable of the lifecycle"


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """
    Each path that is read-only or forbidden wherever the answer matters, over all orders and states.

    A document in a state is one that its status, for a request, has nothing against.
    """
    told = frozenset((one.variant, one.demand.origin.location) for one in unfillable_fields.unfillable(ground))
    for location, asked in ground.asked.items():
        if isinstance(asked.test, DocumentReady):
            yield from _never_ready(ground, asked, asked.test, location, told)
        elif asked.test.origin is not None:
            for origin, path in _paths(asked.test, ()):
                yield from _unheld(ground, asked, origin.location, path)


def _paths(test: Holds, around: _Path) -> Iterator[tuple[Origin, _Path]]:
    """The places of a document that a test reads, with where each is written: its own, then those of items."""
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
        found = ground.bars[here.variant].bar(path, here.status)
        if found is None:
            return
        bars.append(found)
    told = [found for found in bars if found.form != "unknown"]  # where all are, the path leads nowhere: CM206
    if told:
        hint = _HINT if told[0].form == "read-only" else None
        yield _finding(ground, asked, told[0].form, location, path, told[0].origin, hint)


def _finding(
    ground: Ground,
    asked: AskedTest,
    form: str,
    location: Location,
    path: _Path,
    said: Origin,
    hint: str | None,
    **more: str,
) -> Diagnostic:
    arguments = {
        "path": ".".join(path),
        "name": asked.who,
        "statuses": list(dict.fromkeys(here.shown for here in asked.here)),
        "file": said.location.file,
        "line": said.location.line,
        **more,
    }
    severity = Severity.ERROR if asked.by_guard else Severity.WARNING
    return naming(Diagnostic("CM313", form, arguments, location, hint, severity), asked, ground.variants)


def _never_ready(
    ground: Ground, asked: AskedTest, test: DocumentReady, location: Location, told: _Told
) -> Iterator[Diagnostic]:
    """What the status in question requires, and every status in which it is asked forbids."""
    found: list[tuple[RequiredField, Origin]] = []
    for here in asked.here:
        missing = _missing(ground.bars[here.variant], test.status, here, told)
        if missing is None:
            return
        found.append(missing)
    if found:
        one, origin = found[0]
        yield _finding(ground, asked, "ready", location, one.path, origin, None, status=test.status)


def _missing(bars: Bars, status: str, here: Here, told: _Told) -> tuple[RequiredField, Origin] | None:
    for one in required_fields(bars, status):
        barred = bars.bar(one.path, here.status)
        if barred is not None and (bars.sheet.variant, one.demand.origin.location) not in told:
            return one, barred.origin
    return None
