"""What an account must say so that given orders pass: what their rules over the account ask for, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from random import Random
from typing import Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.judge import judged_as_if
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.local_search import Aim, LocalSearch
from covage_model.documents.make.valid.value_generator import Fullness, value_generator
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Sheet
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.dotted import below
from covage_model.pack.conditions import truth

_ATTEMPTS = 4
_Path = tuple[str | int, ...]


@dataclass(slots=True)
class NeededAccount:
    """
    The account that the orders added so far need together.

    `data` is None before the first. `unmet` counts the orders for which no account was found, or whose account
    contradicts that of an earlier order.
    """

    judge: Judge
    sheet: Sheet
    data: Any = None
    unmet: int = 0
    _copied: set[tuple[str, str]] = field(default_factory=set)
    _known: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    def add(self, document: Any, variant: str, status: str) -> None:
        """Adds what a request of this variant needs in this status."""
        part = _PartForOrder(self.judge.sheet(variant), self.sheet, document, status).found()
        if part is None:
            self.unmet += 1
            return
        own = {json_value.canonical(value) for _, value in scalars(document)}
        values = ((path, json_value.canonical(value)) for path, value in scalars(part))
        self._copied.update((path, text) for path, text in values if text in own)
        if self.data is None:
            self.data = _bare(part)
        self.unmet += not self._join(self.data, part, "")

    def finished(self) -> Any:
        """The account; where no order needs any, the least that fits its type."""
        if self.data is None:
            least = value_generator(
                self.sheet, (self.sheet.initial,), Role.REQUEST, Fullness.MINIMAL, Random("account")
            )
            self.data = least.value_for(self.sheet.root)
        return self.data

    def assumed(self) -> dict[str, int]:
        """By its path (`services[].status`), how many values there no order says: they are to be looked at."""
        found: dict[str, int] = {}
        for path, value in scalars(self.data):
            if (path, json_value.canonical(value)) not in self._copied:
                found[path] = found.get(path, 0) + 1
        return found

    def _join(self, held: dict[str, Any], new: dict[str, Any], path: str) -> bool:
        """Puts what is new into an object; whether nothing contradicts what it held."""
        agrees = True
        for name, value in new.items():
            at = below(path, name)
            if name not in held:
                held[name] = _bare(value)
            if isinstance(value, dict) and isinstance(held[name], dict):
                agrees &= self._join(held[name], value, at)
            elif isinstance(value, list) and isinstance(held[name], list):
                for item in value:
                    self._join_item(held[name], item, f"{at}[]")
            elif not json_value.equal(held[name], value):
                agrees = False
        return agrees

    def _join_item(self, held: list[Any], item: Any, path: str) -> None:
        """Puts an item into a list: into the one that is the same thing, if there is one, or as one more."""
        name = self._name_of(item, path)
        alike = self._known.setdefault((f"{path} {id(held)}", name), [])
        if not isinstance(item, dict):
            if not alike:
                alike.append(item)
                held.append(item)
            return
        for other in alike:
            if _compatible(other, item):
                self._join(other, item, path)
                return
        whole: dict[str, Any] = {}
        self._join(whole, item, path)
        alike.append(whole)
        held.append(whole)

    def _name_of(self, item: Any, path: str) -> str:
        """What tells a thing from others: its values that orders say, of objects those that are no lists."""
        if not isinstance(item, dict):
            return json_value.canonical(item)
        said = [
            (name, text)
            for name, value in sorted(item.items())
            if not isinstance(value, dict | list)
            and (below(path, name), text := json_value.canonical(value)) in self._copied
        ]
        return repr(said) if said else json_value.canonical(item)


@dataclass(slots=True)
class _PartForOrder:
    """The search for the account that one order needs: found by repairs, then cut to what is needed."""

    order: Sheet
    account: Sheet
    document: Any
    status: str
    _asked: list[tuple[AnchoredRule, list[Any]]] = field(init=False)

    def __post_init__(self) -> None:
        """Finds once each object of the order of which a rule asks something of the account."""
        start = places.root(self.document, self.order.root)
        self._asked = [
            (rule, places.values_of(scopes))
            for rule in self.order.rules
            if rule.reads_account and self.status in rule.statuses
            for scopes in places.scopes_at(start, rule.host, rule.level)
        ]

    def found(self) -> Any:
        """The data of the account; None if none was found."""
        for attempt in range(_ATTEMPTS):
            search = self._search(Random(f"account {attempt}"))
            search.solve()
            if self._passes(search.account.value):
                return self._marked(self._cut(search.account.value, ()))
        return None

    def _search(self, random: Random) -> LocalSearch:
        aim = Aim(self.order, self.account, (self.status,), Role.REQUEST, account_alone=True)
        document = places.root(self.document, self.order.root, places.keeping(self.document, grows=False))
        account = places.root(None, self.account.root)
        return LocalSearch(aim, document, account, Fullness.MINIMAL, random)

    def _passes(self, account: Any) -> bool:
        """Whether the order keeps its rules over an account that fits its type."""
        for rule, scopes in self._asked:
            asked = rule.when is None or truth.holds(rule.when, scopes, account)
            if asked and not truth.holds(rule.then, scopes, account):
                return False
        context = JudgeContext("", self.account.initial, Role.REQUEST)
        return not judged_as_if(self.account, account, context).findings

    def _cut(self, account: Any, path: _Path) -> Any:
        """The account without what the order does not need at and below the path, the last things first."""
        holder = json_value.at(account, path)
        steps = list(holder if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ())
        for step in reversed(steps):
            less = json_value.without(account, (*path, step))
            account = less if self._passes(less) else self._cut(account, (*path, step))
        return account

    def _marked(self, account: Any) -> Any:
        """Where any text will do, it is the name of the field in pointed brackets, plainly to be filled in."""
        own = {json_value.canonical(value) for _, value in scalars(self.document)}
        for path in list(json_value.paths(account)):
            value = json_value.at(account, path)
            if isinstance(value, str) and json_value.canonical(value) not in own:
                name = next((step for step in reversed(path) if isinstance(step, str)), "text")
                marked = json_value.with_value(account, path, f"<{name}>")
                account = marked if self._passes(marked) else account
        return account


def scalars(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """What is no object and no list within a value, each with its path; lists are marked `[]`."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from scalars(inner, below(path, name))
    elif isinstance(value, list):
        for item in value:
            yield from scalars(item, f"{path}[]")
    else:
        yield path, value


def _bare(value: Any) -> Any:
    """An object or a list without its content; anything else as it is."""
    return {} if isinstance(value, dict) else [] if isinstance(value, list) else value


def _compatible(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two objects can be the same thing: no value differs that both say."""
    for name in one.keys() & other.keys():
        left, right = one[name], other[name]
        if isinstance(left, dict) and isinstance(right, dict):
            if not _compatible(left, right):
                return False
        elif not (isinstance(left, list) and isinstance(right, list)) and not json_value.equal(left, right):
            return False
    return True
