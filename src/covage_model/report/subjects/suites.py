"""The report of `suites`: the size of each test suite, and what it cannot cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from covage_model.ground import places
from covage_model.ground.language import tell, translated
from covage_model.pack.conditions import tree, words
from covage_model.quality.suites.suite import Suite
from covage_model.quality.suites.targets import SuiteTarget
from covage_model.report.blocks import Block, TextLine
from covage_model.report.counting import number
from covage_model.report.report import Foot, Report, ReportEntry, Tally

_WIDE = 240  # characters of names; the manifest has all of what is missing
_COLUMNS = ("order", "kind", "name", "reason", "file", "line")


def report(
    suites: Sequence[Suite],
    cover: str,
    manifest: Mapping[str, Any],
    *,
    unfollowed: Sequence[str] = (),
    written: str = "",
    lang: str = "en",
) -> Report:
    """
    A line for each suite, then what it cannot cover and why.

    `manifest` is the data of the suites; `unfollowed` names the lifecycles that no order follows, which have
    none; `written` is a line with the folder and the command to play them.
    """
    listed = zip(suites, manifest["suites"], strict=True)
    entries = (_entry(suite, data, lang, max(len(suite.variant) for suite in suites)) for suite, data in listed)

    def foot(_: Tally) -> Foot:
        runs = number(sum(len(suite.runs) for suite in suites), "run", lang=lang)
        lines = [
            tell("no order follows the lifecycle {name}: there is no suite of it", lang, name=name)
            for name in unfollowed
        ]
        lines += [
            tell("{runs} for {cover}; {bound}", lang, runs=runs, cover=cover, bound=_bound(suites, lang)),
            *([written] if written else []),
        ]
        return Foot([TextLine(line) for line in lines])

    return Report("suites", entries, {"cover": cover}, ("suites",), foot, columns=_COLUMNS, language=lang)


def _entry(suite: Suite, data: Any, lang: str, width: int) -> ReportEntry:
    return ReportEntry(
        lambda: _blocks(suite, lang, width), member="suites", data=lambda: data, rows=lambda: _rows(suite)
    )


def _rows(suite: Suite) -> Iterator[Sequence[str]]:
    for target, reason in suite.missing:
        at = target.origin.location
        yield suite.variant, target.kind, target.name, reason, places.shown(at.file), str(at.line)


def _bound(suites: Sequence[Suite], lang: str) -> str:
    if not suites:
        return tell("the pack has no order", lang)
    least = sum(suite.least or 0 for suite in suites)
    if all(suite.complete for suite in suites):
        return tell("no suite has fewer than {least}", lang, least=least)
    return tell("the fewest possible is not known: the limit was reached, --limit N sets it", lang)


def _blocks(suite: Suite, lang: str, width: int) -> Iterator[Block]:
    least = "the limit was reached" if suite.least is None else "at least {least}"
    least = tell(least, lang, least=suite.least)
    shown = tell("{shown} of {all} shown", lang, shown=suite.shown, all=suite.shown + len(suite.missing))
    size = f"{number(len(suite.runs), 'run', lang=lang)} ({least}), {number(suite.steps, 'step', lang=lang)}, {shown}"
    yield TextLine(f"{suite.variant:{width}}  {size}")
    for (kind, reason), names in _missing(suite, lang).items():
        yield TextLine(
            tell(f"not shown, {kind}: {{names}}", lang, names=_named([_shown(name, lang) for name in names], lang)),
            4,
        )
        yield TextLine(_shown(translated(reason, lang), lang), 8)


def _missing(suite: Suite, lang: str) -> dict[tuple[str, str], list[str]]:
    """The names not covered, by kind and reason. Pairs with a transition that never happens are counted at it."""
    never = {f"{target.name} never happens": target.name for target, _ in suite.missing if target.kind == "transition"}
    pairs = Counter(never[reason] for target, reason in suite.missing if target.kind == "pair" and reason in never)
    by_reason: dict[tuple[str, str], list[str]] = {}
    for target, reason in suite.missing:
        if target.kind != "pair" or reason not in never:
            more = (
                tell(" (and {count} {count:pair|pairs} with it)", lang, count=pairs[target.name])
                if target.name in pairs
                else ""
            )
            said = _in_words(target.name, target, lang) + more
            by_reason.setdefault((target.kind, _in_words(reason, target, lang)), []).append(said)
    return by_reason


def _in_words(text: str, target: SuiteTarget, lang: str) -> str:
    """A name or a reason, with what it says of the target's condition in a language."""
    parts = [] if target.condition is None or lang == "en" else [target.condition, *tree.conjuncts(target.condition)]
    said = {words.describe(part, "en"): words.describe(part, lang) for part in parts}
    for english in sorted(said, key=len, reverse=True):
        text = text.replace(english, said[english])
    return text


def _shown(name: str, lang: str) -> str:
    """What is not shown, in a language: names of transitions stay, the words between them do not."""
    return name.replace(", then ", tell(", then ", lang)).replace("(case ", tell("(case ", lang))


def _named(names: Sequence[str], lang: str) -> str:
    """The first names, up to about 240 characters, and the number of the others."""
    shown: list[str] = []
    wide = 0
    for name in names:
        if shown and wide + len(name) > _WIDE:
            return tell("{names}; and {count} more", lang, names="; ".join(shown), count=len(names) - len(shown))
        shown.append(name)
        wide += len(name)
    return "; ".join(shown)
