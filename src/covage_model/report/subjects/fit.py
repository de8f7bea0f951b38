"""The report of `fit`: each fitted number beside what the orders held out have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Protocol

from covage_model.behaviour.logs.fit import Fitted, FittedFigure
from covage_model.behaviour.logs.log_finding import LogFinding
from covage_model.ground.classes import dataclass
from covage_model.ground.language import tell
from covage_model.report.blocks import Blank, Block, Columns, Heading, TextLine
from covage_model.report.counting import duration
from covage_model.report.report import Foot, Report, ReportEntry, Tally
from covage_model.report.subjects.check import finding_entry
from covage_model.report.subjects.replay import identity_of

_KEPT = "{actor} acts {hours}: this is its calendar, and what it does takes working time"
_EXPLAINED = "{actor} seems to act {hours}: it gets no calendar, since what it waits for explains that"
_COLUMNS = ("about", "figure", "fitted", "held_out", "low", "high", "inside")


class ProfileOfLog(Protocol):
    """A profile that was fitted to a log."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def base(self) -> str:
        """The profile from which the rest comes."""

    @property
    def fitted(self) -> Fitted:
        """What was fitted."""

    @property
    def findings(self) -> Sequence[LogFinding]:
        """What is wrong with the log, and which figures are not confirmed."""

    @property
    def hours(self) -> Mapping[str, str]:
        """When actors seem to act, in words."""

    @property
    def kept(self) -> int:
        """Orders that were used."""

    @property
    def held_out(self) -> int:
        """Orders that were not."""


def report(profile: ProfileOfLog, pack: str, language: str) -> Report:
    """The findings, then each figure."""
    subject = _FittedReport(profile, language)
    members = {"pack": pack, "profile": profile.name, "base": profile.base, "orders": profile.kept}
    members |= {"held_out": profile.held_out}
    lists = ("findings", "figures")
    return Report("fit", subject.entries(), members, lists, subject.foot, columns=_COLUMNS, language=language)


@dataclass(frozen=True, slots=True)
class _FittedReport:
    profile: ProfileOfLog
    language: str

    def entries(self) -> Iterator[ReportEntry]:
        for found in self.profile.findings:
            yield finding_entry(found.finding, self.language, partial(identity_of, found))
        for figure in self.profile.fitted.figures:
            yield self._figure(figure)

    def _figure(self, figure: FittedFigure) -> ReportEntry:
        data: dict[str, Any] = {"about": figure.about, "figure": figure.figure, "fitted": figure.fitted}
        data |= {"held_out": figure.held_out, "low": figure.low, "high": figure.high, "inside": figure.inside}
        row = [
            "" if value is None else f"{value:.12g}" if isinstance(value, float) else f"{value}"
            for value in data.values()
        ]
        return ReportEntry(member="figures", data=lambda: data, rows=lambda: (row,))

    def foot(self, _: Tally) -> Foot:
        fitted = self.profile.fitted
        members = {
            "laws": fitted.laws,
            "weights": fitted.weights,
            "mix": fitted.mix,
            "rate": fitted.rate,
            "hidden": list(fitted.hidden),
            "few": list(fitted.few),
            "hours": dict(self.profile.hours),
            "calendars": {about: hours.words for about, hours in fitted.calendars.items()},
        }
        return Foot(self._blocks(), members)

    def _blocks(self) -> Iterator[Block]:
        profile, fitted, lang = self.profile, self.profile.fitted, self.language
        line = "fitted to {kept:n} {kept:order|orders}, judged on {held:n} held out"
        yield TextLine(tell(line, lang, kept=profile.kept, held=profile.held_out))
        for actor, hours in profile.hours.items():
            line = _KEPT if actor in fitted.owners.values() else _EXPLAINED
            yield TextLine(tell(line, lang, actor=actor, hours=hours))
        if fitted.arrival_hours is not None:
            yield TextLine(tell("orders arrive {hours}", lang, hours=fitted.arrival_hours.words))
        names, base = ", ".join(fitted.hidden), profile.base
        if names:
            line = "as in {base}, since the log does not show them alone: {names}"
            yield TextLine(tell(line, lang, base=base, names=names))
        if fitted.few:
            line = "as in {base}, for lack of events: {names}"
            yield TextLine(tell(line, lang, base=base, names=", ".join(fitted.few)))
        rows = [_row(figure) for figure in fitted.figures]
        if rows:
            yield from (Blank(), Heading(tell("Fitted", lang)))
            heads = tuple(tell(word, lang) for word in ("figure", "of", "fitted", "held out"))
            yield Columns(rows, 2, frozenset((2, 3)), heads, headed=True)


def _row(figure: FittedFigure) -> Sequence[str]:
    def shown(value: float | None) -> str:
        if value is None:
            return "-"
        return f"{100 * value:.3g} %" if figure.figure == "share" else duration(value, figure.fitted)

    interval = "" if figure.low is None else f" [{shown(figure.low)}, {shown(figure.high)}]"
    return figure.figure, figure.about, shown(figure.fitted), f"{shown(figure.held_out)}{interval}"
