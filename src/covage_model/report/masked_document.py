"""Lines of a file shown without the values that are personal, and which values those are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from covage_model.documents.presence.sheet import EDITORS_KEY, Slot
from covage_model.documents.presence.slots import slot_at
from covage_model.ground import pointer
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Location
from covage_model.ground.files.document import Document
from covage_model.ground.files.text import Cell, Text

_JSON = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|[^\s{}\[\],:"]+|"')
_YAML = re.compile(r"(\s*(?:- +)*(?:[\w.-]+:(?= |$))? *)(.*)")


def names_of(path: Iterable[str]) -> list[str]:
    """The names of a path, without the numbers of items."""
    return [name for name in path if not name.isdigit()]


def is_hidden(root: Slot | None, path: Iterable[str]) -> bool:
    """Whether the value at a path is personal, within something personal, or not described."""
    slot = root
    for name in path:
        if slot is None or slot.personal:
            return True
        if slot.is_list and name.isdigit():
            slot = slot.items
        elif slot.path == () and name == EDITORS_KEY:
            return False
        else:
            inner = slot
            while inner is not None and inner.is_list and inner.items is not None:
                inner = inner.items
            slot = (inner.properties or {}).get(name)
    return slot is None or slot.personal


def holds_more(slot: Slot | None) -> bool:
    """Whether fields or items are described there: a text in their place is nothing that was described."""
    return slot is not None and (slot.properties is not None or slot.is_list)


def is_secret(slot: Slot | None, *, personal: bool) -> bool:
    """Whether a value that is no object and no list is hidden there: it is personal, or it is not as described."""
    return personal or slot is None or holds_more(slot)


@dataclass(slots=True, repr=False, eq=False)
class MaskedDocument:
    """A document, or the text of what was not read, of which lines are shown without their values."""

    of: Document | Text
    hidden: Callable[[Any], str]
    root: Slot | None

    @property
    def first_line(self) -> int:
        """The line on which it starts."""
        return self.of.first_line

    def unknown(self, number: int) -> int:
        """As of what is masked."""
        return self.of.unknown(number)

    def line(self, number: int) -> str:
        """The line as it is, for columns; it is not shown."""
        return self.of.line(number)

    def remark(self, at: Location) -> str:
        """As of what is masked."""
        return self.of.remark(at)

    def cell(self, at: Location) -> Cell | None:
        """As of what is masked."""
        return self.of.cell(None) if isinstance(self.of, Text) else self.of.cell(at)

    def excerpt(self, at: Location) -> tuple[str, int]:
        """The line without values, but for that of the finding where it is not personal, and the column in it."""
        line, column = self.of.line(at.line), at.column - self.of.unknown(at.line)
        kind = self.of.format if isinstance(self.of, Document) else ""
        if kind in ("json", "ndjson"):
            return self._json(line, column, at)
        if kind == "yaml" and (found := _YAML.fullmatch(line)) is not None:
            own = found.start(2) + 1 == column and self._shows(at)
            value = found[2] if own or not found[2] else self.hidden(found[2])
            return found[1] + value, min(column, found.end(1) + 1)
        return self.hidden(line), 1

    def _shows(self, at: Location) -> bool:
        """Whether the value at a place may be shown, if it is no object and no list."""
        path = pointer.split(at.pointer)
        return not is_hidden(self.root, path) and not holds_more(slot_at(self.root, names_of(path)))

    def _json(self, line: str, column: int, at: Location) -> tuple[str, int]:
        parts: list[str] = []
        end, shown, placed = 0, 0, 1
        for found in _JSON.finditer(line):
            between = line[end : found.start()]
            end = found.end()
            if found.start() + 1 <= column:
                placed = shown + len(between) + 1
            own = found.start() + 1 == column and self._shows(at)
            keep = found[2] is not None or own
            part = found[0] if keep else self.hidden(_decoded(found[0]))
            parts += [between, part]
            shown += len(between) + len(part)
        if line[column - 1 : column] in ("{", "["):  # an object or a list: what stands before it tells its place
            placed = len(self._json(line[: column - 1], 0, at)[0]) + 1
        return "".join((*parts, line[end:])), placed


def _decoded(token: str) -> Any:
    """The value of a token of JSON; as it is where it is none."""
    try:
        return json.loads(token)
    except ValueError:
        return token
