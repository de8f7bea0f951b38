"""
The type of every document of a pack, for typed decoding: one pass that parses a line and types its values.

The type is loose where sheets differ: it holds whatever one of them takes. It is never looser than it says, so that an
acceptor need not look again at what the type already demands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from covage_model.documents.judge.compiled.accept_texts import is_text
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground.classes import dataclass

if TYPE_CHECKING:
    import msgspec

_Said = tuple[Sheet, Slot]


@dataclass(frozen=True, slots=True, eq=False)
class TypedPlace:
    """
    A place of a typed document.

    `attribute` holds it in the object around it, None where it is absent. `properties` are the places in an object,
    `items` that of the items of a list; both None where the value is plain JSON. `demands` are the names of the
    keywords, and "type", that the type demands.
    """

    attribute: str
    type: Any
    properties: dict[str, TypedPlace] | None = None
    items: TypedPlace | None = None
    demands: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class TypedReader:
    """Reads lines as typed documents; `decode` raises one of `errors` for what no sheet takes."""

    root: TypedPlace
    decode: Callable[[bytes], Any]
    plain: Callable[[Any], Any]  # a typed document as plain JSON; an Any that is null is left out
    written: Callable[[Any], bytes]  # the same as compact JSON
    errors: tuple[type[Exception], ...]

    def has(self, document: Any, names: Sequence[str]) -> bool:
        """Whether a document has one of the fields at its top."""
        places = self.root.properties or {}
        for name in names:  # noqa: SIM110  faster than `any`
            if getattr(document, places[name].attribute) is not None:
                return True
        return False


def typed_reader(sheets: Sequence[Sheet]) -> TypedReader | None:
    """A reader of the documents of any of the sheets; None without `msgspec` or where their roots are no objects."""
    try:
        import msgspec
    except ImportError:
        return None
    root = _place("", [(sheet, sheet.root) for sheet in sheets])
    if root.properties is None:
        return None
    errors = (msgspec.DecodeError, ValueError, RecursionError)
    decode = msgspec.json.Decoder(root.type).decode
    return TypedReader(root, decode, msgspec.to_builtins, msgspec.json.Encoder().encode, errors)


def _place(attribute: str, said: Sequence[_Said]) -> TypedPlace:
    slots = [slot for _, slot in said]
    kinds = {frozenset(keyword.value for keyword in slot.types) for slot in slots}
    by_choice = any(slot.judged_by_choice for slot in slots)
    if kinds == {frozenset({"object"})} and not by_choice and all(slot.properties is not None for slot in slots):
        return _object(attribute, said)
    if kinds == {frozenset({"array"})} and not by_choice and all(slot.items is not None for slot in slots):
        items = _place("", [(sheet, slot.items) for sheet, slot in said if slot.items is not None])
        return TypedPlace(attribute, list.__class_getitem__(items.type), items=items, demands=frozenset({"type"}))
    if all(slot.shows_status or is_text(sheet, slot.path) for sheet, slot in said):
        return _text(attribute, slots)
    if kinds == {frozenset({"boolean"})} and not by_choice:
        return TypedPlace(attribute, bool, demands=frozenset({"type"}))
    return TypedPlace(attribute, Any)


def _object(attribute: str, said: Sequence[_Said]) -> TypedPlace:
    import msgspec

    below: dict[str, list[_Said]] = {}
    for sheet, slot in said:
        for name, child in (slot.properties or {}).items():
            below.setdefault(name, []).append((sheet, child))
    places = {name: _place(f"f{number}", children) for number, (name, children) in enumerate(below.items())}
    fields = [(place.attribute, place.type, None) for place in places.values()]
    names = {place.attribute: name for name, place in places.items()}
    struct: type[msgspec.Struct] = msgspec.defstruct(
        "Typed", fields, rename=names, forbid_unknown_fields=True, omit_defaults=True, gc=False
    )
    return TypedPlace(attribute, struct, properties=places, demands=frozenset({"type"}))


def _text(attribute: str, slots: Sequence[Slot]) -> TypedPlace:
    """A text, with what all slots say of it in the same words."""
    import msgspec

    if any(slot.judged_by_choice for slot in slots):
        return TypedPlace(attribute, str, demands=frozenset({"type"}))
    shared = {name: value for name, value in _keywords(slots[0]) if all((name, value) in _keywords(s) for s in slots)}
    if "enum" in shared and all(isinstance(one, str) for one in shared["enum"]):
        return TypedPlace(attribute, Literal[tuple(shared["enum"])], demands=frozenset({"type", "enum"}))
    limits = {name: int(value) for name, value in shared.items() if name in ("minLength", "maxLength")}
    if not limits:
        return TypedPlace(attribute, str, demands=frozenset({"type"}))
    meta = msgspec.Meta(min_length=limits.get("minLength"), max_length=limits.get("maxLength"))
    return TypedPlace(attribute, Annotated[str, meta], demands=frozenset({"type", *limits}))


def _keywords(slot: Slot) -> Iterable[tuple[str, Any]]:
    """The keywords that a slot says once."""
    names = [said.name for said in slot.keywords]
    return [(said.name, said.value) for said in slot.keywords if names.count(said.name) == 1]
