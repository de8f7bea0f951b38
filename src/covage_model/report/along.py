"""The presence of a field in each status: as signs, and in words where a requirement ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from covage_model.documents.presence.endings import Ending, Entry
from covage_model.documents.tables.along import StatusMark
from covage_model.documents.tables.table import Row, Table
from covage_model.report.fields import since_words

SIGNS: Mapping[StatusMark, str] = {
    StatusMark.REQUIRED: "●",
    StatusMark.DEPENDS: "◐",
    StatusMark.ALLOWED: "○",
    StatusMark.FORBIDDEN: "×",
}
HEADS: Mapping[str, str] = {"en": "life", "fr": "vie"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "legend": "life: {0} (● required, ◐ required under a condition, ○ may be there, × forbidden)",
        "since": "what is required from {0}: {1}",
        "back": "ends in {0}: orders go back there ({1})",
        "join": "ends in {0}: orders also get there another way ({1})",
        "left": "ends in {0} ({1})",
        "from": "{0} from {1}",
        "and": "; ",
    },
    "fr": {
        "legend": "vie : {0} (● requis, ◐ requis sous condition, ○ possible, × interdit)",
        "since": "ce qui est requis dès {0} : {1}",
        "back": "cesse en {0}, où les commandes reviennent ({1})",
        "join": "cesse en {0}, où les commandes viennent aussi par ailleurs ({1})",
        "left": "cesse en {0} ({1})",
        "from": "{0} depuis {1}",
        "and": " ; ",
    },
}


def signs(row: Row) -> str:
    """One sign for each status, in spec order."""
    return "".join(SIGNS[mark] for _, mark in row.along)


def legend(table: Table, language: str) -> str:
    """The meaning of the signs, and the statuses in their order."""
    return _WORDS[language]["legend"].format(", ".join(table.sheet.statuses))


def reasons(table: Table, language: str) -> Iterator[str]:
    """A line for each period of requirements that ends: in which status, and by which triggers."""
    endings = {}
    for row in table.rows:
        for requirement in row.asked:
            if requirement.ends:
                endings[requirement.period] = requirement.ends
    for period, ends in endings.items():
        joined = _WORDS[language]["and"].join(_reason(ending, language) for ending in ends)
        yield _WORDS[language]["since"].format(since_words(period, language), joined)


def _reason(ending: Ending, language: str) -> str:
    form = "back" if ending.is_back else "join" if ending.around else "left"
    entries = ending.around if form == "join" else ending.left_by
    return _WORDS[language][form].format(ending.status, ", ".join(_entries(entries, language)))


def _entries(entries: tuple[Entry, ...], language: str) -> Iterator[str]:
    """The triggers, each with the statuses that it leaves."""
    sources: dict[str, list[str]] = {}
    for entry in entries:
        sources.setdefault(entry.trigger, []).append(entry.source)
    for trigger, names in sources.items():
        yield _WORDS[language]["from"].format(trigger, ", ".join(names))
