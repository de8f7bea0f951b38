"""A field along its lifecycle, in a few signs, and in words where what it requires ends."""

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
        "back": "ends in {0}, for orders go back there ({1})",
        "join": "ends in {0}, for orders come there around it too ({1})",
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
    return "".join(SIGNS[said] for _, said in row.along)


def legend(one: Table, language: str) -> str:
    """What the signs stand for, and which status each place is."""
    return _WORDS[language]["legend"].format(", ".join(one.sheet.statuses))


def reasons(one: Table, language: str) -> Iterator[str]:
    """For each period of requirements that a join or a way back ends: where, and by which triggers."""
    told = {}
    for row in one.rows:
        for asked in row.asked:
            if asked.ends:
                told[asked.period] = asked.ends
    for period, found in told.items():
        said = _WORDS[language]["and"].join(_reason(ending, language) for ending in found)
        yield _WORDS[language]["since"].format(since_words(period, language), said)


def _reason(one: Ending, language: str) -> str:
    form = "back" if one.is_back else "join" if one.around else "left"
    entries = one.around if form == "join" else one.left_by
    return _WORDS[language][form].format(one.status, ", ".join(_entries(entries, language)))


def _entries(entries: tuple[Entry, ...], language: str) -> Iterator[str]:
    """By trigger, with the statuses that it leaves."""
    sources: dict[str, list[str]] = {}
    for entry in entries:
        sources.setdefault(entry.trigger, []).append(entry.source)
    for trigger, names in sources.items():
        yield _WORDS[language]["from"].format(trigger, ", ".join(names))
