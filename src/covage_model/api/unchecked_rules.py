"""The rules that nobody could check in a run, told once for all its orders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field, replace

from covage_model.documents.judge.compiled.closer import told_apart
from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument, RulesNotChecked
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.presence.sheet import AnchoredRule
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.dotted import dotted

_HINT = "give it as --account FILE"  # the same as that of an account among the orders
_Result = JudgedDocument | CleanDocuments


@dataclass(slots=True, repr=False, eq=False)
class _Unchecked:
    """In how many orders a rule was not checked, and where the first of them starts."""

    rule: AnchoredRule
    file: str
    line: int
    orders: int = 0


@dataclass(slots=True, repr=False, eq=False)
class UncheckedRules:
    """Counts the orders of which a rule was not checked, as they come."""

    judge: Judge
    _known: dict[tuple[str, str], _Unchecked] = field(default_factory=dict)  # by reason and name

    def add(self, one: _Result) -> None:
        """Count one result; the clean orders of one file may come in any order."""
        if isinstance(one, CleanDocuments):
            for plain, orders, line in one.counts:
                for which in plain.unchecked:
                    self._count(which, plain.variant, one.file, line, orders)
        elif one.verdict is not None and one.verdict.variant is not None:
            line = one.document.first_line if one.document is not None else 1
            for which in one.verdict.unchecked:
                self._count(which, one.verdict.variant, one.file, line, 1)

    def _count(self, which: tuple[str, str], variant: str, file: str, line: int, orders: int) -> None:
        known = self._known.get(which)
        if known is None:
            rule = next(rule for rule in self.judge.sheet(variant).rules if rule.name == which[1])
            known = self._known[which] = _Unchecked(rule, file, line)
        elif known.file == file:
            known.line = min(known.line, line)
        known.orders += orders

    def told(self) -> Iterator[RulesNotChecked]:
        """A finding for each rule that was not checked, if there is one: at the first order, with their number."""
        if self._known:
            yield RulesNotChecked(tuple(_finding(which[0], self._known[which]) for which in sorted(self._known)))


def told_once(judged: Iterable[_Result], judge: Judge) -> Iterator[_Result | RulesNotChecked]:
    """What is judged as it comes, with the rules that nobody could check told at its end, once for all."""
    rules = UncheckedRules(judge)
    for each in judged:
        one = _apart(each)
        rules.add(one)
        yield one
    yield from rules.told()


def _apart(one: _Result) -> _Result:
    if isinstance(one, CleanDocuments) or one.verdict is None:
        return one
    found = tuple(finding for finding in one.findings if finding.code != "CM408")
    return replace(one, findings=found, verdict=told_apart(one.verdict)) if len(found) < len(one.findings) else one


def _finding(reason: str, known: _Unchecked) -> Diagnostic:
    rule = known.rule
    arguments = {"rule": rule.name, "path": dotted(rule.at), "orders": known.orders}
    hint = _HINT if reason == "no-account" else None
    place = Location(known.file, known.line, 1)
    return Diagnostic("CM408", f"{reason}-in-run", arguments, place, hint, Severity.UNCHECKED, rule.origin)
