"""The report of `coverage`: the share of a pack that was exercised, by kind, file and statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from covage_model.ground import places
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.coverage.items import CoverageItem
from covage_model.quality.coverage.measure import Coverage, Share
from covage_model.report import blocks
from covage_model.report import finding as findings
from covage_model.report.blocks import Blank, Block, Columns, TextLine
from covage_model.report.fingerprints import identity_of_part
from covage_model.report.report import JudgedCase, Report, ReportEntry, constant

_NEVER = "CM523"
_COLUMNS = ("id", "kind", "label", "file", "line", "count", "out of reach")

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "colon": ": ",
        "all": "together",
        "variant": "orders and variants",
        "state": "states",
        "transition": "transitions",
        "case": "cases",
        "history": "ways back into a state, by step",
        "range": "bounds of ranges",
        "guard": "guard parts, both ways",
        "presence": "presences",
        "presence-broken": "presences broken",
        "rule": "rules",
        "rule-broken": "rules broken",
        "value": "values",
        "files": "By file",
        "statements": "By statement and page (something exercised of {} statements of {})",
        "never": "never",
        "uncited": "Nothing that can be exercised cites",
        "out": "Cannot be exercised, and does not count",
        "no-document": "no document is judged by it",
        "no-status": "it holds in no status",
        "no-request": "no such order is judged as a request",
        "choice": "without it, it would be no such order",
        "unread": "no guard reads it",
        "unreached": "it never happens to any order",
        "unfollowed": "Does not count, for no order follows it",
    },
    "fr": {
        "colon": " : ",
        "all": "ensemble",
        "variant": "commandes et variantes",
        "state": "états",
        "transition": "transitions",
        "case": "cas",
        "history": "retours dans un état, par étape",
        "range": "bornes des intervalles",
        "guard": "parties de garde, vraies et fausses",
        "presence": "présences",
        "presence-broken": "présences enfreintes",
        "rule": "règles",
        "rule-broken": "règles enfreintes",
        "value": "valeurs",
        "files": "Par fichier",
        "statements": "Par énoncé et page (quelque chose d'exercé pour {} énoncés sur {})",
        "never": "jamais",
        "uncited": "Rien de ce qui peut être exercé ne cite",
        "out": "Ne peut pas être exercé, et ne compte pas",
        "no-document": "aucun document n'est jugé d'après cela",
        "no-status": "ne vaut dans aucun statut",
        "no-request": "aucune commande de cette sorte n'est jugée comme une demande",
        "choice": "sans cela, ce ne serait pas une telle commande",
        "unread": "aucune garde ne le lit",
        "unreached": "n'arrive à aucune commande",
        "unfollowed": "Ne compte pas, car aucune commande ne le suit",
    },
}


_ONE: Mapping[str, Mapping[str, str]] = {
    "en": {},  # as --kind spells them
    "fr": {
        "variant": "commande",
        "state": "état",
        "transition": "transition",
        "case": "cas",
        "history": "retour",
        "range": "borne",
        "guard": "garde",
        "presence": "présence",
        "presence-broken": "présence",
        "rule": "règle",
        "rule-broken": "règle",
        "value": "valeur",
    },
}


def never_exercised(coverage: Coverage, language: str) -> list[Diagnostic]:
    """A finding for each item that counts and was never exercised."""
    return [_never(item, language) for item in coverage.missed]


def _never(item: CoverageItem, language: str) -> Diagnostic:
    kind = _ONE[language].get(item.kind, item.kind)
    arguments = {"kind": kind, "name": item.called.text(language), "id": item.id}
    place = item.origin.location
    return Diagnostic(_NEVER, "never", arguments, place, severity=Severity.WARNING, because=item.origin)


def report(coverage: Coverage, pack: SpecPack, found: Sequence[Diagnostic], language: str, *, brief: bool) -> Report:
    """
    Every share, and every item with its count; with `brief`, text shows only the shares by kind.

    `found` has the findings of `never_exercised` that count, and others.
    """
    never = {str(finding.arguments["id"]): finding for finding in found if finding.code == _NEVER}
    missed = tuple(item for item in coverage.missed if item.id in never)
    unfollowed = tuple(variant.order.follows for variant in pack.unfollowed)
    subject = _Coverage(coverage, unfollowed, language, never, missed)
    members = {
        "pack": pack.name,
        "total": _share_data(coverage.total),
        "kinds": _shares(coverage.by_kind),
        "files": _shares({places.shown(file): share for file, share in coverage.by_file.items()}),
        "statements": _shares(coverage.by_statement),
        "touched": _share_data(coverage.touched),
        "uncited": list(coverage.uncited),
    }
    lists = ("items", "out_of_reach", "findings")
    entries = subject.entries(found, brief=brief)
    return Report("coverage", entries, members, lists, columns=_COLUMNS, language=language)


def _shares(shares: Mapping[str, Share]) -> list[dict[str, Any]]:
    return [{"name": name, **_share_data(share)} for name, share in shares.items()]


def _share_data(share: Share) -> dict[str, Any]:
    return {"covered": share.covered, "total": share.total, "percent": share.percent}


@dataclass(frozen=True, slots=True)
class _Coverage:
    coverage: Coverage
    unfollowed: tuple[str, ...]  # lifecycles
    language: str
    never: Mapping[str, Diagnostic]  # by the id of an item: what counts of what was never exercised
    missed: tuple[CoverageItem, ...]  # these items

    def entries(self, found: Sequence[Diagnostic], *, brief: bool) -> Iterator[ReportEntry]:
        for finding in found:
            if finding.code != _NEVER:
                shown = partial(blocks.findings, (finding,), self.language)
                yield ReportEntry(shown, (finding,), identity=partial(identity_of_part, finding))
        yield ReportEntry(lambda: self._blocks(brief=brief))
        for item in self.coverage.reachable:
            yield self._item(item, "items", {"count": self.coverage.counts.get(item.id, 0)})
        for item in self._out_of_reach():
            yield self._item(item, "out_of_reach", {"reason": self.coverage.out_of_reach[item.id]})
        for finding in found:
            yield ReportEntry(member="findings", data=partial(findings.data, finding, self.language))

    def _out_of_reach(self) -> list[CoverageItem]:
        return [item for item in self.coverage.items if item.id in self.coverage.out_of_reach]

    def _item(self, item: CoverageItem, member: str, more: Mapping[str, Any]) -> ReportEntry:
        label, at = item.called.text(self.language), item.origin.location
        data = {"id": item.id, "kind": item.kind, "label": label, "because": findings.origin_data(item.origin), **more}
        row = (
            item.id,
            item.kind,
            label,
            places.shown(at.file),
            str(at.line),
            str(more.get("count", "")),
            str(more.get("reason", "")),
        )
        finding = self.never.get(item.id)
        return ReportEntry(
            findings=() if finding is None else (finding,),
            member=member,
            data=lambda: data,
            rows=lambda: (row,),
            case=None if member == "out_of_reach" else lambda: JudgedCase(item.id, places.shown(at.file)),
            identity=constant(item.id),
        )

    def _blocks(self, *, brief: bool) -> Iterator[Block]:
        yield self._kinds()
        if not brief:
            yield from self._files()
            yield from self._statements()
            yield from self._never_possible()
        if self.unfollowed:
            names = ", ".join(self.unfollowed)
            yield TextLine(f"{self._words('unfollowed')}{self._words('colon')}{names}")

    def _words(self, name: str) -> str:
        return _WORDS[self.language][name]

    def _head(self, text: str) -> TextLine:
        return TextLine(f"{text}{self._words('colon')}".rstrip())

    def _kinds(self) -> Columns:
        shares = [(self._words(kind), share) for kind, share in self.coverage.by_kind.items()]
        rows = [(name, *_share(share)) for name, share in (*shares, (self._words("all"), self.coverage.total))]
        return Columns(rows, right=frozenset({1, 2}), least=(0, 9, 7))

    def _files(self) -> Iterator[Block]:
        if not self.coverage.by_file:
            return
        missed: dict[str, list[CoverageItem]] = {}
        for item in self.missed:
            missed.setdefault(item.origin.location.file, []).append(item)
        yield Blank()
        yield self._head(self._words("files"))
        for file, share in self.coverage.by_file.items():
            yield TextLine(f"{_share_text(share)}  {places.shown(file)}")
            for item in sorted(missed.get(file, ()), key=lambda item: item.origin.location.line):
                yield TextLine(self._item_line(item), 6)

    def _item_line(self, item: CoverageItem) -> str:
        """The place, kind and name of an item."""
        kind = _ONE[self.language].get(item.kind, item.kind)
        return f"{findings.line_of(item.origin)}  {kind}  {item.called.text(self.language)}"

    def _statements(self) -> Iterator[Block]:
        coverage, colon = self.coverage, self._words("colon")
        if not coverage.by_statement:
            return
        yield Blank()
        yield self._head(self._words("statements").format(coverage.touched.covered, coverage.touched.total))
        width = max(map(len, coverage.by_statement))
        missed: dict[str, dict[str, None]] = {}
        for item in self.missed:
            for name in item.origin.source:
                missed.setdefault(name, {})[findings.line_of(item.origin)] = None
        for name, share in coverage.by_statement.items():
            never = f"  {self._words('never')}{colon}{', '.join(missed[name])}" if name in missed else ""
            yield TextLine(f"{_share_text(share)}  {name.ljust(width)}{never}".rstrip())
        if coverage.uncited:
            yield TextLine(f"{self._words('uncited')}{colon}{', '.join(coverage.uncited)}")

    def _never_possible(self) -> Iterator[Block]:
        found = self._out_of_reach()
        if found:
            yield Blank()
            yield self._head(f"{self._words('out')} ({len(found)})")
        for item in found:
            reason = self._words(self.coverage.out_of_reach[item.id])
            yield TextLine(f"{self._item_line(item)}{self._words('colon')}{reason}", 6)


def _share(share: Share) -> tuple[str, str]:
    return f"{share.covered}/{share.total}", "" if share.percent is None else f"{share.percent:5.1f} %"


def _share_text(share: Share) -> str:
    covered, percent = _share(share)
    return f"{covered.rjust(9)}  {percent}"
