"""Conditions over the account that are one look-up: whether an item of a list has certain texts of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any

from covage_model.ground.json_value import ABSENT, at, every_value_at
from covage_model.pack.conditions import tree
from covage_model.pack.conditions.indexed import Judgement, Scopes, judgement, satisfaction
from covage_model.pack.model.conditions import All, Among, Condition, Holds, In, Literal, Ref, Some, Test

_MOST = 2_000_000  # entries of one table
Table = tuple[tuple[Ref, ...], frozenset[Any]]


class AccountIndex:
    """What conditions ask of one account, compiled once for all variants. The account must not change."""

    def __init__(self, account: Any) -> None:
        self._account = account
        self._known: dict[Any, Any] = {}

    def table(self, names: Sequence[str], condition: Condition) -> Table | None:
        """As `table`, for the list at `names`."""
        key = (tuple(names), condition)
        if key not in self._known:
            self._known[key] = table(at(self._account, names), condition, self._account)
        found: Table | None = self._known[key]
        return found

    def known_texts(self, ref: Ref) -> frozenset[str]:
        """The texts at a place, through the items of lists."""
        if ref not in self._known:
            values = every_value_at(self._account, ref.names)
            self._known[ref] = frozenset(value for value in values if isinstance(value, str))
        found: frozenset[str] = self._known[ref]
        return found

    def judgement(self, condition: Condition) -> Judgement:
        """As `indexed.judgement`."""
        if condition not in self._known:
            self._known[condition] = judgement(condition, self._account)
        found: Judgement = self._known[condition]
        return found

    def satisfaction(self, test: Test) -> Callable[[Any, Scopes], bool]:
        """As `indexed.satisfaction`."""
        if test not in self._known:
            self._known[test] = satisfaction(test, self._account)
        found: Callable[[Any, Scopes], bool] = self._known[test]
        return found


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
    for part in alone:
        items = _fitting(items, part, account)
    found: set[Any] = set()
    columns = [_column(items, names, within=within) for _, names, within in keys]
    for texts in zip(*columns, strict=True):
        if None in texts:
            return None
        found.update(texts[0] if len(texts) == 1 else product(*texts))
        if len(found) > _MOST:
            return None
    return tuple(wanted for wanted, _, _ in keys), frozenset(found)


def _is_of_document(ref: Ref) -> bool:
    return ref.root == "order" or (ref.root == "scope" and not ref.level)


def _fitting(items: list[Any], condition: Condition, account: Any) -> list[Any]:
    """The items that satisfy a condition that reads nothing else."""
    match condition:
        case Holds(Ref("item", (name,)), Literal(str() as text)):
            return [item for item in items if type(item) is dict and item.get(name) == text]
        case Holds(Ref("item", (name,)), In(values)) if all(isinstance(one, str) for one in values):
            texts = frozenset(values)
            return [item for item in items if type(item) is dict and type(v := item.get(name)) is str and v in texts]
    fits = judgement(condition, account)
    return [item for item in items if fits((item,))]


def _column(items: list[Any], names: tuple[str, ...], *, within: bool) -> Iterator[tuple[str, ...] | None]:
    """The texts of each item that a text of a document may equal; None where something else decides."""
    for item in items:
        value = item.get(names[0], ABSENT) if len(names) == 1 and type(item) is dict else at(item, names)
        if type(value) is str and not within:
            yield (value,)
        else:
            yield _texts(value, within=within)


def _texts(value: Any, *, within: bool) -> tuple[str, ...] | None:
    """The texts that a text of a document may equal; None where lists in lists, or other values, decide."""
    if within:
        if not isinstance(value, list):
            return ()
        return None if any(isinstance(one, list) for one in value) else tuple(filter(_is_text, value))
    return (value,) if isinstance(value, str) else () if value is ABSENT else None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
