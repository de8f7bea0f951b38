"""Findings and outcomes for people who read a terminal or a log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from covage_model.ground import codes
from covage_model.ground.diagnostics import Diagnostic, Origin, Severity
from covage_model.pack.model.text import say

if TYPE_CHECKING:
    from covage_model.api.orders import JudgedDocument
    from covage_model.api.packs import Loaded
    from covage_model.api.scenarios import Played
    from covage_model.behaviour.run.trace import Trace
    from covage_model.behaviour.space.configuration import Configuration
    from covage_model.ground.files.document import Document
    from covage_model.pack.model.pack import Actor

_WIDE = 160  # of a line of the file that is shown; the column stays visible
_UNCHECKED = {
    "no-account": "no account was given ({account}), so these rules were not checked",
    "unsound-account": "the account has findings where they read, so these rules were not checked",
}
_NAMES = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.UNCHECKED: ("rule not checked", "rules not checked"),
    Severity.NOTE: ("note", "notes"),
}


def findings(found: Iterable[Diagnostic], language: str = "en", document: Document | None = None) -> str:
    """Each finding in turn: place, sentence, the line of the file, what to type, and why."""
    return "".join(_finding(one, language, document) for one in found)


def _finding(finding: Diagnostic, language: str, document: Document | None) -> str:
    head = f"{place(finding)}: {finding.severity.value} {finding.code} {codes.message(finding)}\n"
    lines = _excerpt(finding, document)
    lines += [f"    hint: {escaped(finding.hint)}"] if finding.hint else []
    lines += [f"    {escaped(say(text, language))}" for text in finding.messages]
    lines += [f"    because: {because(finding.because)}"] if finding.because is not None else []
    return head + "".join(f"{line}\n" for line in lines)


def place(finding: Diagnostic) -> str:
    """`file:line:column`, or the file alone where the finding is about all of it."""
    at = finding.location
    file = escaped(f"./{at.file}" if at.file.startswith("::") else at.file)  # no file's name is a command to the CI
    return f"{file}:{at.line}:{at.column}" if at.line else file


def because(origin: Origin) -> str:
    """The line of the spec that says so, its sources and its standing."""
    cited = ", ".join((*origin.source, origin.standing.value))
    return f"{escaped(origin.location.file)}:{origin.location.line} ({cited})"


def _excerpt(finding: Diagnostic, document: Document | None) -> list[str]:
    """The line of the file with a caret under the column; a long line is cut around it."""
    if document is None or not finding.location.line:
        return []
    line, column = document.line(finding.location.line), finding.location.column
    start = max(0, column - 1 - _WIDE // 2) if len(line) > _WIDE else 0
    shown = escaped(line[start : start + _WIDE].replace("\t", " "))
    before = escaped(line[start : column - 1].replace("\t", " "))
    number = f"{finding.location.line:>5} | "
    return [f"{number}{shown}", " " * (len(number) + sum(map(_cells, before))) + "^"]


def _cells(char: str) -> int:
    """How many cells of a terminal a character takes."""
    if char.isascii():
        return 1
    import unicodedata  # slow to load, and most lines are plain

    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1


def escaped(text: str) -> str:
    """A text of somebody's file that cannot move the cursor, colour the log or forge a line of it."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def judged(all_judged: Sequence[JudgedDocument], language: str, account: str = "--account FILE") -> str:
    """Every finding of every document, then a summary; `account` is how one is given."""
    told = "".join(_told(one, language, account) for one in all_judged)
    clean = sum(one.verdict is not None and not _counted(one.findings) for one in all_judged)
    documents = number(len([one for one in all_judged if one.verdict is not None]), "document", "documents")
    summary = f"{documents}, {clean} clean{_counts(finding for one in all_judged for finding in one.findings)}\n"
    return told + summary


def _told(one: JudgedDocument, language: str, account: str) -> str:
    """The findings of one document; the rules that nobody looked at are one line for each reason."""
    unchecked = [finding for finding in one.findings if finding.severity is Severity.UNCHECKED]
    told = findings([finding for finding in one.findings if finding not in unchecked], language, one.document)
    for form in dict.fromkeys(finding.form for finding in unchecked):
        names = ", ".join(escaped(str(finding.arguments["rule"])) for finding in unchecked if finding.form == form)
        told += f"{escaped(one.file)}: not-checked CM408 {_UNCHECKED[form].format(account=account)}: {names}\n"
    return told


def _counted(found: Iterable[Diagnostic]) -> bool:
    return any(finding.severity in (Severity.ERROR, Severity.WARNING) for finding in found)


def _counts(found: Iterable[Diagnostic]) -> str:
    counts = Counter(finding.severity for finding in found)
    parts = [number(counts[severity], *_NAMES[severity]) for severity in Severity if counts[severity]]
    return ": " + ", ".join(parts) if parts else ""


def number(count: int, one: str, many: str) -> str:
    """So many of something, in words."""
    return f"{count} {one if count == 1 else many}"


def checked(loaded: Loaded, language: str) -> str:
    """The findings about a pack, then what it holds and how large its state spaces are."""
    told = findings(loaded.findings, language)
    if loaded.pack is None:
        return told + "no pack\n"
    pack = loaded.pack
    told += f"{pack.name}: {number(len(pack.orders), 'order type', 'order types')}, "
    told += f"{number(len(pack.variants), 'variant', 'variants')}, "
    told += f"{number(len(pack.scenarios), 'scenario', 'scenarios')}{_counts(loaded.findings)}\n"
    width = max((len(name) for name in loaded.spaces), default=0)
    for name, space in loaded.spaces.items():
        more = "" if space.complete else " (more: the limit was reached)"
        told += f"  {name:{width}}  {len(space):>7} configurations  {space.count_moves:>7} moves{more}\n"
    return told


def played(all_played: Sequence[Played], language: str, *, trace: bool, actors: Sequence[Actor]) -> str:
    """Each scenario: whether it went as expected, its trace if asked for, and the differences."""
    names = {actor.name: say(actor.title, language, otherwise=actor.name) for actor in actors}
    told = ""
    for one in all_played:
        if one.nothing:
            told += findings(one.findings, language)
            continue
        title = say(one.outcome.scenario.title, language) if one.outcome is not None else one.file
        told += f"{'FAIL' if one.findings or one.outcome is None else 'ok  '} {escaped(title)} ({escaped(one.file)})\n"
        if trace and one.outcome is not None and one.outcome.trace is not None:
            told += "".join(f"       {line}\n" for line in _trace(one.outcome.trace, names))
        told += findings(one.findings, language)
    scenarios = [one for one in all_played if not one.nothing]
    failed = sum(bool(one.findings) or one.outcome is None for one in scenarios)
    return told + f"{number(len(scenarios), 'scenario', 'scenarios')}, {failed} failed\n"


def _trace(life: Trace, actors: Mapping[str, str]) -> Iterator[str]:
    """A line for the start, and one for each step."""
    yield f"start -> {_where(life.start)}"
    for step in life.steps:
        who = f" by {actors.get(step.actor, step.actor)}" if step.actor else ""
        what = "fill" if step.is_edit else step.trigger
        events = f" ! {', '.join(step.emitted)}" if step.emitted else ""
        if step.moved:
            yield f"{what}{who} -> {_where(step.after)}{events}"
        else:
            word = "refused by" if step.outcome.value == "refused" else "undecided for want of"
            yield f"{what}{who}: {word} {', '.join(step.blockers)}"


def _where(here: Configuration) -> str:
    values = ", ".join(f"{name} {codes.spelled(value, bare=True)}" for name, value in here.variables)
    return here.state + (f" ({values})" if values else "")
