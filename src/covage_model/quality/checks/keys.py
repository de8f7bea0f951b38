"""CM317: a path of `key` or `unique` whose value cannot name an order; and one that is given twice (CM201)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.dotted import dotted
from covage_model.pack.model.keys import KeyPath
from covage_model.quality.checks.ground import Ground
from covage_model.quality.checks.shared import merged
from covage_model.quality.checks.value_keywords import ValueKeyword, of_document

_NAMING = frozenset(("string", "number", "integer"))


def findings(ground: Ground) -> Iterator[Diagnostic]:
    """Each path leads to a text or a number, and is given once; the type of an account has none."""
    found = [(name, finding) for name, sheet in ground.sheets.items() for finding in _of_sheet(sheet)]
    yield from merged(ground, found)
    if ground.account is not None:
        for word, said in (*_each("key", ground.account.key), *_each("unique", ground.account.unique)):
            yield Diagnostic("CM317", "account", {"word": word}, said.origin.location, f"remove `{word}`")


def _each(word: str, paths: Sequence[KeyPath]) -> Iterator[tuple[str, KeyPath]]:
    return ((word, said) for said in paths)


def _of_sheet(sheet: Sheet) -> Iterator[Diagnostic]:
    for word, paths in (("key", sheet.key), ("unique", sheet.unique)):
        yield from _twice(paths)
        for said in paths:
            slot = slots.through_objects(sheet.root, said.path)
            if slot is not None:  # else CM206
                yield from _of_value(word, said, slot, sheet)


def _twice(paths: Sequence[KeyPath]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, ...], KeyPath] = {}
    for said in paths:
        before = first.setdefault(said.path, said).origin.location
        if before != said.origin.location:
            arguments = {"name": dotted(said.path), "file": before.file, "line": before.line}
            yield Diagnostic("CM201", "said-twice", arguments, said.origin.location, "remove one of the two")


def _of_value(word: str, said: KeyPath, slot: Slot, sheet: Sheet) -> Iterator[Diagnostic]:
    keywords = of_document(slot, sheet.statuses)
    arguments = {"path": dotted(said.path), "word": word}
    wrong = next((keyword for keyword in keywords if keyword.word == "type" and keyword.value not in _NAMING), None)
    if wrong is not None:
        yield Diagnostic("CM317", "kind", {**arguments, "type": wrong.value}, said.origin.location)
    elif not any(map(_is_named, keywords)):
        hint = f"give {arguments['path']} a type: string, integer or number"
        yield Diagnostic("CM317", "untyped", arguments, said.origin.location, hint)


def _is_named(keyword: ValueKeyword) -> bool:
    """Whether only texts and numbers satisfy the keyword."""
    if keyword.word == "type":
        return keyword.value in _NAMING
    members = keyword.members
    return members is not None and all(isinstance(one, str) or json_value.is_number(one) for one in members)
