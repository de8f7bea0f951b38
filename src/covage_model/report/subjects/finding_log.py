"""
A log that can be read: which findings are told in full, and what is said at the end of those that are only counted.

The work and the memory for a finding that is only counted are small, and the number of groups is bounded, so
that a stream without end has a log with an end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from covage_model.ground import codes
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.language import tell
from covage_model.ground.patterns import regex
from covage_model.report import finding as about
from covage_model.report.blocks import Block, TextLine

SAME = 3  # times that the same sentence is told in full
LIKE = 20  # findings of one kind that are told in full, whatever their sentences
MOST = 1000  # findings that are told in full, where nothing else was asked
_KINDS = 1000
_PLACES = 3
_INDEX = regex(r"/[0-9]+(?=/|$)")
_Kind = tuple[object, ...]


@dataclass(slots=True, repr=False, eq=False)
class _FindingGroup:
    """The findings of one kind so far: how often each sentence was told, and the first that were only counted."""

    told: int = 0
    sentences: dict[str, int] = field(default_factory=dict)
    counted: int = 0
    firsts: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True, repr=False, eq=False)
class FindingLog:
    """Decides for each finding, in the order of the run, whether it is told in full; at most `most` are."""

    most: int = MOST
    language: str = "en"
    told: int = 0
    _groups: dict[_Kind, _FindingGroup] = field(default_factory=dict)

    def tells(self, finding: Diagnostic) -> bool:
        """Whether the finding is told in full; else it is counted with others of its kind."""
        kind = _kind(finding)
        if kind not in self._groups and len(self._groups) >= _KINDS:
            kind = ()  # whatever comes after so many kinds
        group = self._groups.setdefault(kind, _FindingGroup())
        if self.told < self.most and group.told < LIKE:
            sentence = codes.message(finding)
            times = group.sentences.get(sentence, 0)
            if times < SAME:
                group.sentences[sentence] = times + 1
                group.told += 1
                self.told += 1
                return True
        group.counted += 1
        if len(group.firsts) < _PLACES:
            group.firsts.append(finding)
        return False

    def rest(self) -> Iterator[Block]:
        """What is said at the end of the findings that were only counted."""
        for kind, group in self._groups.items():
            if not group.counted:
                continue
            first, *others = group.firsts
            yield TextLine(f"{about.place(first)}: {about.sentence(first, self.language)}")
            like = "{count:n} more like it in this run" if kind else "{count:n} more of many kinds in this run"
            more = tell(like, self.language, count=group.counted - 1)
            places = ", ".join(map(about.place, others))
            end = ", …" if group.counted > len(group.firsts) else ""
            if others:
                yield TextLine(
                    tell("{more}, first at {places}", self.language, more=more, places=places + end), indent=4
                )


def _kind(finding: Diagnostic) -> _Kind:
    """What a finding shares with others of its kind: all but the document, the items of lists, and the values."""
    because = finding.because.location if finding.because is not None else None
    where = _INDEX.sub("/*", finding.location.pointer)
    return (finding.code, finding.form, finding.severity, where, because, finding.arguments.get("rule"))
