"""Test suites for people who read a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from covage_model.api.starter import options, quoted
from covage_model.api.suites import Suites
from covage_model.quality.suites.suite import Suite
from covage_model.report.text import escaped

_WIDE = 240  # characters of names; the manifest has all of what is missing


def suites(built: Suites, folder: str | None, packs: Sequence[str] = ()) -> str:
    """A line for each suite, then what it cannot show and why; last, where the files are and what plays them."""
    width = max((len(one.variant) for one in built.suites), default=0)
    told = "".join(line for one in built.suites for line in _told(one, width))
    told += f"{_number(sum(len(one.runs) for one in built.suites), 'run')} for {built.cover}; {_bound(built.suites)}\n"
    if not folder:
        return told
    words = filter(None, ["covage-model run", escaped(quoted(folder)), options([*map(escaped, packs)])])
    return told + f"wrote {escaped(folder)}: {' '.join(words)} plays them\n"


def _bound(found: Sequence[Suite]) -> str:
    least = sum(one.least or 0 for one in found)
    if all(one.complete for one in found):
        return f"no suite has fewer than {least}"
    return "nobody knows how few would do: the limit was reached, --limit N sets it"


def _told(one: Suite, width: int) -> Iterator[str]:
    least = "the limit was reached" if one.least is None else f"at least {one.least}"
    shown = f"{one.shown} of {one.shown + len(one.missing)} shown"
    yield f"{escaped(one.variant):{width}}  {_number(len(one.runs), 'run')} ({least}), "
    yield f"{_number(one.steps, 'step')}, {shown}\n"
    never = {f"{target.name} never happens": target.name for target, _ in one.missing if target.kind == "transition"}
    reasons: dict[tuple[str, str], list[str]] = {}
    pairs = Counter(never[reason] for target, reason in one.missing if target.kind == "pair" and reason in never)
    for target, reason in one.missing:
        if target.kind != "pair" or reason not in never:
            more = f" (and {_number(pairs[target.name], 'pair')} with it)" if target.name in pairs else ""
            reasons.setdefault((target.kind, reason), []).append(target.name + more)
    for (kind, reason), names in reasons.items():
        yield f"    not shown, {kind}: {_named(names)}\n        {escaped(reason)}\n"


def _named(names: Sequence[str]) -> str:
    """As many of the names as are read at a glance, at least one, and how many more there are."""
    said: list[str] = []
    wide = 0
    for name in map(escaped, names):
        if said and wide + len(name) > _WIDE:
            return f"{'; '.join(said)}; and {len(names) - len(said)} more"
        said.append(name)
        wide += len(name)
    return "; ".join(said)


def _number(count: int, one: str) -> str:
    return f"{count} {one if count == 1 else one + 's'}"
