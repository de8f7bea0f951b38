"""Coverage for people: by kind, by spec file, by statement, and what was never exercised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from covage_model.quality.coverage.items import CoverageItem
from covage_model.quality.coverage.measure import Coverage, Share
from covage_model.report.text import escaped

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "colon": ": ",
        "all": "together",
        "variant": "orders and variants",
        "state": "states",
        "transition": "transitions",
        "case": "cases",
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
    },
    "fr": {
        "colon": " : ",
        "all": "ensemble",
        "variant": "commandes et variantes",
        "state": "états",
        "transition": "transitions",
        "case": "cas",
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
    },
}


_ONE: Mapping[str, Mapping[str, str]] = {
    "en": {},  # as --kind spells them
    "fr": {
        "variant": "commande",
        "state": "état",
        "transition": "transition",
        "case": "cas",
        "guard": "garde",
        "presence": "présence",
        "presence-broken": "présence",
        "rule": "règle",
        "rule-broken": "règle",
        "value": "valeur",
    },
}


def text(told: Coverage, language: str, *, brief: bool = False) -> str:
    """Tables of shares; unless `brief`, with each thing that was never exercised at its line."""
    words = _WORDS[language]
    lines = list(_kinds(told, words))
    if not brief:
        lines += ["", _heading(words["files"], words), *_files(told, language)] if told.by_file else []
        lines += ["", *_statements(told, words)] if told.by_statement else []
        lines += list(_out(told, language))
    return "".join(f"{line}\n" for line in lines)


def _heading(said: str, words: Mapping[str, str]) -> str:
    return f"{said}{words['colon']}".rstrip()


def _kinds(told: Coverage, words: Mapping[str, str]) -> Iterator[str]:
    rows = [(words[kind], share) for kind, share in told.by_kind.items()]
    rows.append((words["all"], told.total))
    width = max(len(name) for name, _ in rows)
    return (f"{name.ljust(width)}  {_share(share)}" for name, share in rows)


def _share(share: Share) -> str:
    return f"{f'{share.covered}/{share.total}'.rjust(9)}  {share.percent:5.1f} %"


def _files(told: Coverage, language: str) -> Iterator[str]:
    missed: dict[str, list[CoverageItem]] = {}
    for item in told.missed:
        missed.setdefault(item.origin.location.file, []).append(item)
    for file, share in told.by_file.items():
        yield f"{_share(share)}  {escaped(file)}"
        for item in sorted(missed.get(file, ()), key=lambda item: item.origin.location.line):
            yield f"      {_told(item, language)}"


def _told(item: CoverageItem, language: str) -> str:
    """Where an item is, its kind, and what it is called."""
    return f"{place(item)}  {_ONE[language].get(item.kind, item.kind)}  {escaped(item.called.said(language))}"


def place(item: CoverageItem) -> str:
    """`file:line` of an item."""
    return f"{escaped(item.origin.location.file)}:{item.origin.location.line}"


def _statements(told: Coverage, words: Mapping[str, str]) -> Iterator[str]:
    yield _heading(words["statements"].format(told.touched.covered, told.touched.total), words)
    width = max(map(len, told.by_statement))
    for name, share in told.by_statement.items():
        places = dict.fromkeys(place(item) for item in told.missed if name in item.origin.source)
        never = f"  {words['never']}{words['colon']}{', '.join(places)}" if places else ""
        yield f"{_share(share)}  {name.ljust(width)}{never}".rstrip()
    if told.uncited:
        yield f"{words['uncited']}{words['colon']}{', '.join(told.uncited)}"


def _out(told: Coverage, language: str) -> Iterator[str]:
    words = _WORDS[language]
    found = [item for item in told.items if item.id in told.out_of_reach]
    if found:
        yield ""
        yield _heading(f"{words['out']} ({len(found)})", words)
        for item in found:
            yield f"      {_told(item, language)}{words['colon']}{words[told.out_of_reach[item.id]]}"
