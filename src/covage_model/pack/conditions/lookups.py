"""Conditions over the account that are one look-up: whether an item of a list has certain texts of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import compress, product
from operator import and_
from typing import Any

from covage_model.ground.json_value import ABSENT, at, every_value_at
from covage_model.pack.conditions import tree, truth
from covage_model.pack.conditions.indexed import Judgement, Scopes, judgement, satisfaction
from covage_model.pack.model.conditions import All, Among, Condition, Holds, Ref, Some, Test

_MOST = 2_000_000  # entries of one table
Table = tuple[tuple[Ref, ...], frozenset[Any]]
Column = tuple[str, ...] | Condition  # of items: the text at a path, ABSENT where nothing is there; or a truth
Groups = dict[Any, list[tuple[Any, ...]]]


class AccountIndex:
    """What conditions ask of one account, compiled once for all variants. The account must not change."""

    def __init__(self, account: Any) -> None:
        self._account = account
        self._known: dict[Any, Any] = {}
        self._columns: dict[tuple[str, ...], ItemColumns] = {}

    def table(self, names: Sequence[str], condition: Condition) -> Table | None:
        """As `table`, for the list at `names`."""
        key = (tuple(names), condition)
        if key not in self._known:
            self._known[key] = table(self._columns_at(names), condition, self._account)
        found: Table | None = self._known[key]
        return found

    def groups(self, names: Sequence[str], key: tuple[str, ...], columns: Sequence[Column]) -> Groups | None:
        """As `groups`, for the list at `names`."""
        wanted = (tuple(names), key, tuple(columns))
        if wanted not in self._known:
            self._known[wanted] = groups(self._columns_at(names), key, columns, self._account)
        found: Groups | None = self._known[wanted]
        return found

    def _columns_at(self, names: Sequence[str]) -> ItemColumns:
        place = tuple(names)
        if place not in self._columns:
            self._columns[place] = ItemColumns(at(self._account, place))
        return self._columns[place]

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


class ItemColumns:
    """The items of a list, and what each has at a path, looked up once. `items` is None where there is no list."""

    def __init__(self, items: Any) -> None:
        self.items: list[Any] | None = items if isinstance(items, list) else None
        self._known: dict[tuple[str, ...], list[Any]] = {}

    def at(self, names: tuple[str, ...]) -> list[Any]:
        """What each item has at a path, ABSENT where nothing is there."""
        column = self._known.get(names)
        if column is None:
            *outer, last = names
            objects = self.at(tuple(outer)) if outer else self.items or []
            column = [item.get(last, ABSENT) if type(item) is dict else ABSENT for item in objects]
            self._known[names] = column
        return column

    def fitting(self, conditions: Sequence[Condition], account: Any) -> list[bool] | None:
        """Whether each item satisfies conditions that read nothing else; None without conditions."""
        fits: list[bool] | None = None
        for condition in conditions:
            more = list(_fits(self, condition, account))
            fits = more if fits is None else list(map(and_, fits, more))
        return fits


def table(columns: ItemColumns, condition: Condition, account: Any) -> Table | None:
    """
    Where the document must have texts, and the texts with which some item of the list satisfies the condition.

    The set holds texts where there is one reference, else tuples of them. Values of a document that are no texts are
    not decided. None where the condition is no such look-up.
    """
    if columns.items is None:
        return None
    parts = condition.parts if isinstance(condition, All) else (condition,)
    keys: list[tuple[Ref, tuple[str, ...], bool]] = []  # what of the document, equal to what of the item, in a list
    alone: list[Condition] = []
    for part in parts:
        match part:
            case Holds(Ref("item", names), Among(Ref() as wanted)) if names and tree.is_of_document(wanted):
                keys.append((wanted, names, False))
            case Holds(Ref("item", names), Some(Holds(Ref("item", ()), Among(Ref() as wanted)))) if (
                names and tree.is_of_document(wanted)
            ):
                keys.append((wanted, names, True))
            case _ if all(ref.root == "item" for ref in tree.references(part)):
                alone.append(part)
            case _:
                return None
    if not keys:
        return None
    compared = [columns.at(names) for _, names, _ in keys]
    fits = columns.fitting(alone, account)
    if fits is not None:
        compared = [list(compress(column, fits)) for column in compared]
    found = _combinations(compared, [within for _, _, within in keys])
    return None if found is None else (tuple(wanted for wanted, _, _ in keys), found)


def groups(columns: ItemColumns, key: tuple[str, ...], wanted: Sequence[Column], account: Any) -> Groups | None:
    """
    The wanted columns of the items, as rows by the text that each item has at `key`.

    A wanted condition reads nothing but an item. None where more than texts are at a path, or there is no list.
    """
    if columns.items is None:
        return None
    texts = [key, *(column for column in wanted if isinstance(column, tuple))]
    if not all(type(value) is str or value is ABSENT for names in texts for value in columns.at(names)):
        return None
    rows = zip(
        *(columns.at(one) if isinstance(one, tuple) else _fits(columns, one, account) for one in wanted), strict=True
    )
    found: Groups = {}
    for text, row in zip(columns.at(key), rows, strict=True):
        found.setdefault(text, []).append(row)
    found.pop(ABSENT, None)
    return found


def _fits(columns: ItemColumns, condition: Condition, account: Any) -> Iterator[bool]:
    """Whether each item satisfies a condition that reads nothing else; a test is asked once of each text."""
    match condition:
        case Holds(Ref("item", names), test) if names and tree.inside(test) is None and tree.other_side(test) is None:
            values = columns.at(names)
            texts = {value for value in values if type(value) is str}
            known = {text: truth.satisfies(test, text) for text in texts}
            return (known[value] if type(value) is str else truth.satisfies(test, value) for value in values)
    return map(judgement(condition, account), zip(columns.items or (), strict=True))


def _combinations(columns: Sequence[list[Any]], within: Sequence[bool]) -> frozenset[Any] | None:
    """
    The texts of a document that some row of the columns equals, as tuples where there are several columns.

    None where something else than texts decides, and where there are too many.
    """
    if not any(within) and all(set(map(type, column)) <= {str} for column in columns):
        return frozenset(columns[0] if len(columns) == 1 else zip(*columns, strict=True))
    found: set[Any] = set()
    for row in zip(*columns, strict=True):
        texts = [_texts(value, within=inside) for value, inside in zip(row, within, strict=True)]
        if None in texts:
            return None
        found.update(texts[0] if len(texts) == 1 else product(*texts))  # type: ignore
        if len(found) > _MOST:
            return None
    return frozenset(found)


def _texts(value: Any, *, within: bool) -> tuple[str, ...] | None:
    """The texts that a text of a document may equal; None where lists in lists, or other values, decide."""
    if within:
        if not isinstance(value, list):
            return ()
        return None if any(isinstance(one, list) for one in value) else tuple(filter(_is_text, value))
    return (value,) if isinstance(value, str) else () if value is ABSENT else None


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
