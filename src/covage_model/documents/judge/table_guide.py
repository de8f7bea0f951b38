"""What a pack knows of the columns of a table of orders: lists, fields, and which texts are numbers or booleans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import partial
from math import isinf
from typing import Any

from covage_model.documents.judge import older_paths
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.compiled.looker import looker
from covage_model.documents.judge.entries import legal_values
from covage_model.documents.judge.values import type_problem
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.presence import slots
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import EDITORS_KEY, Sheet, Slot
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.dotted import dotted
from covage_model.ground.nearest import nearest

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,400})(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,9})?", re.ASCII)
_WORDS = {"true": True, "false": False}
_KNOWN = 4096  # ways to be chosen that are remembered
_Names = tuple[str, ...]
_Read = Callable[[str], Any]  # from a text to the value that it spells, or the text


@dataclass(slots=True)
class PackColumns:
    """
    The columns that orders of a pack may have. The role decides how bad an unknown one is.

    A text becomes a number or a boolean if it spells one as JSON does, and the field of the variant takes no text.
    """

    judge: Judge
    role: Role | None = None
    _roots: list[Slot] = field(default_factory=list)

    def roots(self) -> list[Slot]:
        """The documents of all variants."""
        if not self._roots:
            self._roots = [self.judge.sheet(each.variant).root for each in self.judge.prepared.alternatives]
        return self._roots

    def is_list(self, path: _Names) -> bool:
        """Whether the value at a path of names is a list, in some variant."""
        return any(slot is not None and slot.is_list for slot in self._slots(path))

    def _slots(self, path: _Names) -> Iterator[Slot | None]:
        return (slots.slot_at(root, path) for root in self.roots())

    def unknown(self, path: _Names, place: Location) -> Diagnostic | None:
        """The finding about a column whose path no variant has; None if one has it."""
        if path == (EDITORS_KEY,) or any(_takes(root, path) for root in self.roots()):
            return None
        depth = next(
            length for length in range(len(path)) if not any(_takes(root, path[: length + 1]) for root in self.roots())
        )
        holders = [slots.innermost(slot) for slot in self._slots(path[:depth])]
        names = {name for slot in holders if slot is not None for name in slot.properties or {}}
        hint = self._older(path) or nearest(path[depth], names) or "remove the column"
        severity = Severity.NOTE if self.role is Role.RECORD else Severity.ERROR
        arguments = {"name": dotted(path), "legal": sorted(names)}
        return Diagnostic("CM406", "column", arguments, place, hint, severity)

    def _older(self, path: _Names) -> str | None:
        """What to write for a column of older documents; nothing for records, which are as the platform wrote them."""
        if self.role is Role.RECORD:
            return None
        for each in self.judge.prepared.alternatives:
            sheet = self.judge.sheet(each.variant)
            hint = older_paths.hint_of_column(sheet.root, path, partial(_may_be_written, sheet))
            if hint is not None:
                return hint
        return None

    def typed(self, paths: Sequence[_Names]) -> Callable[[Any], None] | None:
        """What turns texts of a document at these paths into what its variant asks for; None where nothing does."""
        alternatives = self.judge.prepared.alternatives
        entries = [entry for each in alternatives for entry in (*each.order, *each.own)]
        deciding = tuple(dict.fromkeys(entry.path for entry in entries))
        before = []
        for path in deciding:
            legal = legal_values([entry for entry in entries if entry.path == path])
            if any(not isinstance(value, str) for value in legal):
                before.append((path, _listed(legal)))
        plans = {each.variant: self._plan(each.variant, paths) for each in alternatives}
        if not before and not any(plans.values()):
            return None
        chosen: dict[tuple[Any, ...], str | None] = {}
        look = looker(deciding, None)

        def convert(data: Any) -> None:
            for path, read in before:
                _convert(data, path, read)
            seen = look(data)
            key = seen, tuple(map(type, seen))  # true is not 1
            try:
                variant = chosen[key]
            except KeyError:
                if len(chosen) >= _KNOWN:
                    chosen.clear()
                variant = chosen[key] = choose(alternatives, data, "").variant
            except TypeError:  # a list where a choice is made
                variant = choose(alternatives, data, "").variant
            for path, read in plans[variant] if variant is not None else ():
                _convert(data, path, read)

        return convert

    def _plan(self, variant: str, paths: Sequence[_Names]) -> list[tuple[_Names, _Read]]:
        """The paths of a variant at which texts may have to become something else, and how."""
        root = self.judge.sheet(variant).root
        found = []
        for path in paths:
            read = _reader(slots.innermost(slots.slot_at(root, path)))
            if read is not None:
                found.append((path, read))
        return found


def _takes(root: Slot, path: _Names) -> bool:
    """Whether a document may have a value at a path of names."""
    slot: Slot | None = root
    for name in path:
        slot = slots.innermost(slot)
        if slot is None or slots.may_hold_anything(slot):
            return True
        slot = slots.field_of(slot, name)
        if slot is None:
            return False
    return True


def _may_be_written(sheet: Sheet, path: _Names) -> bool:
    """Whether a request may have a value at a path of names, in some status."""
    never = (one.path for one in sheet.forbidden if one.when is None and one.statuses.issuperset(sheet.statuses))
    if any(path[: len(barred)] == barred for barred in never):
        return False
    return _takes(sheet.root, path) and all(slot.read_only is None for slot in slots.slots_on(sheet.root, path))


def _reader(slot: Slot | None) -> _Read | None:
    """How texts at a slot are read; None where they stay texts."""
    if slot is None:
        return None
    if slot.types and not slot.judged_by_choice:
        return None if type_problem(slot, "") is None else _typed(slot)
    listed = slots.listed_values(slot)
    return _listed(listed) if any(not isinstance(value, str) for value in listed) else None


def _typed(slot: Slot) -> _Read:
    def read(text: str) -> Any:
        value = _spelled(text)
        return text if value is None or type_problem(slot, value) is not None else value

    return read


def _listed(legal: Sequence[Any]) -> _Read:
    """Reads what the text spells if that is listed, and the text is not."""

    def read(text: str) -> Any:
        value = _spelled(text)
        if value is None or any(json_value.equal(text, each) for each in legal):
            return text
        return value if any(json_value.equal(value, each) for each in legal) else text

    return read


def _spelled(text: str) -> int | float | bool | None:
    """The number or boolean that a text spells as JSON does; None for any other text."""
    if text in _WORDS:
        return _WORDS[text]
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    if match[1] is None and match[2] is None:
        return int(text)
    number = float(text)
    return None if isinf(number) or (number == 0 and re.search("[1-9]", re.split("[eE]", text)[0])) else number


def _convert(value: Any, path: _Names, read: _Read) -> None:
    """Read the texts at a path of names anew, in each item of the lists on the way."""
    if isinstance(value, list):
        for item in value:
            _convert(item, path, read)
        return
    if not isinstance(value, dict) or path[0] not in value:
        return
    name = path[0]
    inner = value[name]
    if len(path) > 1:
        _convert(inner, path[1:], read)
    elif isinstance(inner, str):
        value[name] = read(inner)
    elif isinstance(inner, list):
        value[name] = [read(item) if isinstance(item, str) else item for item in inner]
