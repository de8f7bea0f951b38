"""Slots under construction; `sheet.Slot` is the finished form."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from covage_model.documents.presence.sheet import Slot
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.keys import OlderPath
from covage_model.pack.model.keywords import Keyword
from covage_model.pack.model.matches import Match
from covage_model.pack.model.text import Text


@dataclass(slots=True)
class Draft:
    """Like `Slot`, but mutable: only the complete draft shows whether it is a list."""

    origins: list[Origin] = field(default_factory=list)
    level_origins: list[Origin] = field(default_factory=list)
    types: list[Keyword] = field(default_factory=list)
    keywords: list[Keyword] = field(default_factory=list)
    children: dict[str, Draft] = field(default_factory=dict)
    items: Draft | None = None
    has_fields: bool = False
    chosen: list[Match] = field(default_factory=list)
    shows_status: bool = False
    read_only: Origin | None = None
    messages: list[Text] = field(default_factory=list)
    titles: list[Text] = field(default_factory=list)
    descriptions: list[Text] = field(default_factory=list)
    examples: list[Any] = field(default_factory=list)
    default: list[Any] = field(default_factory=list)
    personal: bool = False
    formerly: list[OlderPath] = field(default_factory=list)

    def child(self, name: str) -> Draft:
        """The draft of the field `name`, created if it is new."""
        return self.children.setdefault(name, Draft())

    def absorb(self, other: Draft) -> None:
        """Adds all statements of `other` to this draft."""
        for name in (
            "origins",
            "level_origins",
            "types",
            "keywords",
            "chosen",
            "messages",
            "titles",
            "descriptions",
            "examples",
            "default",
            "formerly",
        ):
            getattr(self, name).extend(getattr(other, name))
        for name, child in other.children.items():
            self.child(name).absorb(child)
        if other.items is not None:
            self.items = self.items or Draft()
            self.items.absorb(other.items)
        self.has_fields = self.has_fields or other.has_fields
        self.shows_status = self.shows_status or other.shows_status
        self.read_only = self.read_only or other.read_only
        self.personal = self.personal or other.personal


def finished(draft: Draft, path: tuple[str, ...], around: Origin) -> Slot:
    """The slot at `path`. A place without statements of its own gets the origin `around`."""
    origin = draft.origins[0] if draft.origins else around
    types = list(draft.types)
    is_list = draft.items is not None or any(keyword.value == "array" for keyword in types)
    items = draft.items or Draft()
    if is_list:
        for name, child in draft.children.items():
            items.child(name).absorb(child)
        items.formerly.extend(draft.formerly)
        if not types:
            types.append(Keyword("type", "array", origin))
    elif (draft.children and not types) or draft.has_fields:
        types.append(Keyword("type", "object", origin))
    is_object = not is_list and (bool(draft.children) or draft.has_fields)
    has_items = draft.items is not None or bool(draft.children)
    return Slot(
        path=path,
        types=tuple({(keyword.value, keyword.origin): keyword for keyword in types}.values()),
        keywords=tuple(draft.keywords),
        properties={name: finished(child, (*path, name), origin) for name, child in draft.children.items()}
        if is_object
        else None,
        items=finished(items, path, origin) if is_list and has_items else None,
        chosen=tuple(draft.chosen),
        shows_status=draft.shows_status,
        read_only=draft.read_only,
        messages=tuple(draft.messages),
        titles=tuple(draft.titles),
        descriptions=tuple(draft.descriptions),
        examples=tuple(draft.examples),
        default=tuple(draft.default[:1]),
        personal=draft.personal,
        origins=tuple(draft.origins) or (around,),
        formerly=() if is_list else tuple(draft.formerly),
        level_origins=tuple(draft.level_origins),
    )
