"""The pack that `init --over` writes: a first rule for an order of another pack, and an order that breaks it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from covage_model.api import examples
from covage_model.api.examples import Example
from covage_model.api.starter import Starter, options, quoted
from covage_model.documents.judge.values import failing_keywords
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground.classes import dataclass
from covage_model.ground.dotted import dotted
from covage_model.ground.files import yaml_writer
from covage_model.pack.model.orders import Order, variants
from covage_model.pack.model.text import say

_LONGEST = 80  # characters that the first rule allows
_TOO_LONG = " ".join(["more"] * 17)
_ASSUMED = (
    "    # No source states it, so breaking it is a warning. `standing: stated` with a `source` makes it an error.",
    "    standing: assumed",
)


@dataclass(frozen=True, slots=True)
class _Addition:
    """An extension of an order: its YAML lines, and the path and code of the finding when it is broken."""

    lines: tuple[str, ...]
    path: tuple[str, ...]
    code: str
    title: str


def overlay(name: str, folder: str, base: str, judge: Judge, folders: Sequence[str]) -> Starter:
    """A pack that adds a first rule to an order of the pack `base`; if there is an example, an order that breaks it."""
    order, addition = _addition(judge, name)
    shown = _example(judge, folders, order)
    files = {
        "pack.yaml": f"# A pack that extends {_one_line(base)}. Give `--pack` twice: first that pack, then this one.\n"
        f"pack: {yaml_writer.scalar(name)}\nformat: 1\n",
        f"orders/{order.name}.yaml": _order_file(order, addition, base),
    }
    given = options([base, folder])
    commands = [f"check {given}"]
    if shown is not None:
        path = f"examples/{order.name}.json"
        files[path] = json.dumps(_broken(shown.data, addition.path), ensure_ascii=False, indent=2) + "\n"
        files[f"scenarios/{order.name}.yaml"] = _scenario(order, addition, judge.pack.languages)
        commands += [f"run {given} {quoted(os.path.join(folder, 'scenarios'))}"]
    tried = os.path.join(folder, f"examples/{order.name}.json") if shown is not None else "order.json"
    return Starter(files, (*commands, f"validate {given} {quoted(tried)}"))


def _order_file(order: Order, addition: _Addition, base: str) -> str:
    lines = (
        f"# These definitions are added to the order `{order.name}` of {_one_line(base)}.",
        "# They cannot remove or relax anything there.",
        f"order: {yaml_writer.scalar(order.name)}",
        *addition.lines,
    )
    return "".join(f"{line}\n" for line in lines)


def _scenario(order: Order, addition: _Addition, languages: Sequence[str]) -> str:
    texts = {"fr": f"{order.name} : un texte est trop long", "en": f"{order.name}: a text is too long"}
    title = "".join(f"{line}\n" for line in _message(texts, languages, "scenario"))
    where = "/" + "/".join(addition.path)
    return (
        "# An order that breaks the new definition, with the expected findings.\n"
        f"{title}"
        f"given: {{document: ../examples/{order.name}.json}}\n"
        f'expect: {{findings: ["{addition.code} {where}"]}}\n'
    )


def _addition(judge: Judge, name: str) -> tuple[Order, _Addition]:
    """A rule about the first optional text of the first order that has one; else a new field of the first order."""
    sendable = [order for order in judge.pack.orders if order.written_by is None] or list(judge.pack.orders)
    for order in sendable:
        for slot in _texts(judge, order):
            return order, _rule(judge, order, slot)
    return sendable[0], _field(judge, sendable[0], name)


def _rule(judge: Judge, order: Order, slot: Slot) -> _Addition:
    path, title = dotted(slot.path), say(slot.titles[0], "en") if slot.titles else slot.path[-1]
    french = say(slot.titles[0], "fr") if slot.titles else title
    taken = {rule.name for variant in variants(order) for rule in judge.sheet(variant.name).rules}
    key = yaml_writer.scalar(path)
    rule = _free(f"{slot.path[-1]}-is-one-line", taken)
    texts = {
        "fr": f"{french} : une ligne d'au plus {_LONGEST} caractères.",
        "en": f"{title}: one line of at most {_LONGEST} characters.",
    }
    lines = (
        "rules:",
        f"  {yaml_writer.scalar(rule)}:",
        f"    when: {{{key}: {{present: true}}}}",
        f'    then: {{{key}: {{matches: "^.{{0,{_LONGEST}}}$"}}}}',
        *_ASSUMED,
        *_message(texts, judge.pack.languages, "    message"),
    )
    return _Addition(lines, slot.path, "CM407", title)


def _field(judge: Judge, order: Order, name: str) -> _Addition:
    """A new optional text field, for an order without any."""
    taken = {known for variant in variants(order) for known in judge.sheet(variant.name).root.properties or {}}
    own = _free(f"{name}_note", taken)
    texts = {"fr": "Notre note", "en": "Our note"}
    lines = (
        "fields:",
        f"  {yaml_writer.scalar(own)}:",
        *_message(texts, judge.pack.languages, "    title"),
        "    type: string",
        f"    maxLength: {_LONGEST}",
        *_ASSUMED,
    )
    return _Addition(lines, (own,), "CM404", own)


def _free(wanted: str, taken: set[str]) -> str:
    name = wanted
    while name in taken:
        name += "_"
    return name


def _message(texts: Mapping[str, str], languages: Sequence[str], key: str) -> Iterator[str]:
    """The lines of a text in each language of the pack that `texts` has."""
    known = {language: text for language, text in texts.items() if not languages or language in languages}
    if not known:
        yield f"{key}: {json.dumps(texts['en'], ensure_ascii=False)}"
        return
    yield f"{key}:"
    for language, text in known.items():
        yield f"      {language}: {json.dumps(text, ensure_ascii=False)}"


def _texts(judge: Judge, order: Order) -> list[Slot]:
    """The optional, long enough text fields that all variants share; those nearest to the root first."""
    sheets = [judge.sheet(variant.name) for variant in variants(order)]
    first = {slot.path: slot for slot in _free_texts(sheets[0], sheets[0].root)}
    own = [{slot.path for slot in _free_texts(sheet, sheet.root)} for sheet in sheets]
    shared = [path for path in first if all(path in paths for paths in own)]
    return [first[path] for path in sorted(shared, key=lambda path: (len(path), len(first[path].keywords)))]


def _free_texts(sheet: Sheet, slot: Slot) -> Iterator[Slot]:
    demanded = {demand.path for demand in (*sheet.required, *sheet.forbidden)}
    for child in (slot.properties or {}).values():
        if child.read_only is not None or child.shows_status or child.chosen or child.path in demanded:
            continue
        types = {each.value for each in child.types}
        if types == {"string"} and not any(failing_keywords(child, _TOO_LONG)):
            yield child
        yield from _free_texts(sheet, child)


def _example(judge: Judge, folders: Sequence[str], order: Order) -> Example | None:
    """The smallest clean request of an order, of any variant."""
    clean = [each for each in examples.clean_examples(judge, folders) if each.role is Role.REQUEST]
    best = [examples.best(clean, variant.name) for variant in variants(order)]
    return min((each for each in best if each is not None), key=lambda each: len(json.dumps(each.data)), default=None)


def _broken(data: Any, path: tuple[str, ...]) -> Any:
    """A copy of the document with a text that is too long at the path."""
    changed = deepcopy(data)
    here = changed
    for name in path[:-1]:
        here = here.setdefault(name, {})
    here[path[-1]] = _TOO_LONG
    return changed


def _one_line(text: str) -> str:
    return " ".join(text.split())
