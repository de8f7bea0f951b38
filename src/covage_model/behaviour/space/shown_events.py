"""What an event shows of itself: the constants of its definition, and the fields that a profile names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from covage_model.ground import json_value
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.profile import Profile
from covage_model.pack.model.values import Value

_PLAIN = {"id": "event", "order": "order", "variant": "variant", "event": "name", "time": "time", "state": "state"}


def fields_of(profile: Profile | None) -> tuple[tuple[str, str], ...]:
    """The fields of an event besides its constants, and what each shows (the words of `log`)."""
    return (profile.log if profile is not None else ()) or tuple(_PLAIN.items())


def constants(pack: SpecPack, event: str) -> Mapping[str, Any]:
    """The constants of an event's definition by field, those of included types first."""
    definition = next(named.value for named in pack.events if named.name == event)
    return dict(_constants_in(pack, definition))


def about(shown: Mapping[str, Any], event: str) -> str:
    """The kind of the object that an event is about: what its constants say besides its name; "" if nothing."""
    return "|".join(f"{value}" for value in shown.values() if value != event)


def is_personal(pack: SpecPack, event: Value, path: tuple[str, ...]) -> bool:
    """Whether a value at this path of an event is personal, by the event's definition and the types it includes."""
    if event.personal or (event.type is not None and _is_personal_type(pack, event.type, path)):
        return True
    if any(is_personal(pack, pack.type(name).value, path) for name in event.include):
        return True
    return any(
        is_personal(pack, field.value, path[len(field.path) :])
        for field in event.fields or ()
        if path[: len(field.path)] == field.path
    )


def _is_personal_type(pack: SpecPack, name: str, path: tuple[str, ...]) -> bool:
    return any(each.name == name for each in pack.types) and is_personal(pack, pack.type(name).value, path)


def _constants_in(pack: SpecPack, value: Value) -> Iterator[tuple[str, Any]]:
    for name in value.include:
        yield from _constants_in(pack, pack.type(name).value)
    for field in value.fields or ():
        for keyword in field.value.keywords:
            if keyword.name == "const" and len(field.path) == 1 and keyword.value is not json_value.ABSENT:
                yield field.path[0], keyword.value
