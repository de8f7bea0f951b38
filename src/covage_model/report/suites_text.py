"""Test suites for people who read a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.api.suites import Suites
from covage_model.report.text import escaped
from covage_model.suites.suite import Suite

_MANY = 12  # of what is missing for one reason and kind, so many are named here; the manifest has all


def suites(built: Suites, folder: str | None) -> str:
    """A line for each suite, then what it cannot show and why; last, where the files are."""
    width = max((len(one.leaf) for one in built.suites), default=0)
    told = "".join(line for one in built.suites for line in _told(one, width))
    runs = sum(len(one.runs) for one in built.suites)
    least = sum(one.least for one in built.suites)
    told += f"{_number(runs, 'run')} for {built.cover}; no suite has fewer than {least}\n"
    return told + (f"wrote {escaped(folder)}: covage-model run {escaped(folder)} plays them\n" if folder else "")


def _told(one: Suite, width: int) -> Iterator[str]:
    more = "" if one.complete else " (more: the limit was reached)"
    total = one.shown + len(one.missing)
    yield f"{escaped(one.leaf):{width}}  {_number(len(one.runs), 'run')} (at least {one.least}), "
    yield f"{_number(one.steps, 'step')}, {one.shown} of {total} shown{more}\n"
    reasons: dict[tuple[str, str], list[str]] = {}
    for target, reason in one.missing:
        reasons.setdefault((target.kind, reason), []).append(target.name)
    for (kind, reason), names in reasons.items():
        named = "; ".join(map(escaped, names[:_MANY])) + ("; …" if len(names) > _MANY else "")
        yield f"    not shown, {kind}: {named}\n        {escaped(reason)}\n"


def _number(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else one + 's'}"
