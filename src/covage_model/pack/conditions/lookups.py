"""Conditions over the account that are one look-up: of which texts of a document some item of a list knows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from covage_model.ground.json_value import ABSENT, at, every_value_at
from covage_model.pack.conditions import tree
from covage_model.pack.conditions.indexed import judgement
from covage_model.pack.model.conditions import All, Among, Condition, Holds, Ref, Some

_MOST = 2_000_000  # entries of one table
Table = tuple[tuple[Ref, ...], frozenset[Any]]


def table(items: Any, condition: Condition, account: Any) -> Table | None:
    """
    Where the document must have texts, and the texts with which some item of the list satisfies the condition.

    The set holds texts where there is one reference, else tuples of them. Values of a document that are no texts are
    not decided. None where the condition is no such look-up.
    """
    if not isinstance(items, list):
        return None
    parts = condition.parts if isinstance(condition, All) else (condition,)
    keys: list[tuple[Ref, tuple[str, ...], bool]] = []  # what of the document, equal to what of the item, in a list
    alone: list[Condition] = []
    for part in parts:
        match part:
            case Holds(Ref("item", names), Among(Ref() as wanted)) if names and _is_of_document(wanted):
                keys.append((wanted, names, False))
            case Holds(Ref("item", names), Some(Holds(Ref("item", ()), Among(Ref() as wanted)))) if _is_of_document(
                wanted
            ):
                keys.append((wanted, names, True))
            case _ if all(ref.root == "item" for ref in tree.references(part)):
                alone.append(part)
            case _:
                return None
    if not keys:
        return None
    fits = judgement(All(tuple(alone)), account)
    found: set[Any] = set()
    for item in items:
        if not fits((item,)):
            continue
        texts = [_texts(at(item, names), within=within) for _, names, within in keys]
        if any(one is None for one in texts):
            return None
        found.update(_entries([one or () for one in texts]))
        if len(found) > _MOST:
            return None
    return tuple(wanted for wanted, _, _ in keys), frozenset(found)


def known_texts(account: Any, ref: Ref) -> frozenset[str]:
    """The texts at a place of the account, through the items of lists."""
    return frozenset(value for value in every_value_at(account, ref.names) if isinstance(value, str))


def _is_of_document(ref: Ref) -> bool:
    return ref.root == "order" or (ref.root == "scope" and not ref.level)


def _texts(value: Any, *, within: bool) -> tuple[str, ...] | None:
    """The texts that a text of a document may equal; None where lists in lists, or other values, decide."""
    if within:
        if not isinstance(value, list):
            return ()
        return None if any(isinstance(one, list) for one in value) else tuple(filter(_is_text, value))
    return (value,) if isinstance(value, str) else () if value is ABSENT else None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _entries(texts: list[tuple[str, ...]]) -> Iterator[Any]:
    return iter(texts[0]) if len(texts) == 1 else product(*texts)
