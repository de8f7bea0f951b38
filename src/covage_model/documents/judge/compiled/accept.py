"""
The compiled judge: a fast yes for documents that are plainly clean.

For one variant, status, role and account, `acceptor` writes one Python function that looks at each value
once. It says yes only where the interpreter (`judge`) finds nothing but rules that nobody can check without
an account. Everything else, and every doubt, is None: the interpreter looks closer and explains.

The source is made of the templates below and numbered names; all that a pack says reaches it as constants.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from covage_model.documents.judge import rules
from covage_model.documents.judge.compiled.accept_source import SourceSpot
from covage_model.documents.judge.compiled.accept_walk import WalkSource
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.presence import slots
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Demand, RecordHistories, Sheet, Slot
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree
from covage_model.pack.conditions.lookups import AccountIndex
from covage_model.pack.model.conditions import Condition

if TYPE_CHECKING:
    from covage_model.documents.judge.compiled.typed import TypedReader

Kind = TypeVar("Kind")
_VARIABLE = re.compile(r"\bv\d+\b")
# Of a document: how many members its objects have, those in values that may be anything aside; and its kind. None, or
# a TypeError where a text is looked for: look closer.
Acceptor = Callable[[Any], tuple[int, Kind] | None]


def acceptor(
    sheet: Sheet,
    context: JudgeContext,
    kinds: Mapping[int, Kind],
    index: AccountIndex | None = None,
    typed: TypedReader | None = None,
) -> Acceptor[Kind] | None:
    """
    The fast yes for documents of a sheet; None where none is plainly clean, or where Python cannot compile it.

    `kinds` says what a document is by the rules that were not checked, as bits by their number in the sheet.
    `index` is that of the account of the context, to be shared by acceptors. With `typed` it takes documents that
    this has decoded.
    """
    if sheet.written_by is not None and context.role is Role.REQUEST:
        return None
    source = _Source(sheet, context, index or AccountIndex(context.account), typed.root if typed is not None else None)
    source.document()
    return source.compiled(source.text(), sheet.variant, kinds=kinds, plain=typed.plain if typed is not None else None)


def value_acceptor(sheet: Sheet, slot: Slot, context: JudgeContext) -> Callable[[Any], object]:
    """
    A function that returns None for a value at this slot if the interpreter has to look at it, else anything else.

    It may raise TypeError or AttributeError for a value of another type.
    """
    source = _Source(sheet, context, AccountIndex(context.account), None)
    source.value_of(slot)
    return source.compiled(source.text(), sheet.variant) or (lambda _: None)


@dataclass(slots=True)
class _Source(WalkSource):
    """The source of an acceptor while it is written."""

    walked: int = field(default=0, init=False)  # lines of the walk over the values, which come first

    def text(self) -> str:
        """The source of `accept(v0)`. What later lines read is absent until it is seen."""
        read = set(_VARIABLE.findall("\n".join(self.lines[self.walked :])))
        known = [name for path, name in self.names.items() if path and name in read]
        absent = " = ".join(["d0", *self.shared.values(), *known])
        begun = ["    members = 0", f"    {absent} = None"]
        begun += [f"    {texts} = []" for texts in self.gathered.values()]
        return "\n".join(["def accept(v0):", *begun, *self.lines, ""])

    def value_of(self, slot: Slot) -> None:
        """Checks one value alone, which is not null."""
        self.refuse(1, "v0 is None")
        self.value(SourceSpot(slot, "v0", 1))
        self.walked = len(self.lines)
        self.line(1, "return members")

    def document(self) -> None:
        """Checks values from the root down, then presence, then rules."""
        ruled = [(1 << number, rule) for number, rule in enumerate(self.sheet.rules) if self._is_ruled(rule)]
        checked = [rule for _, rule in ruled if not self._is_never_checked(rule)]
        for rule in checked:
            is_decided = rules.why_unchecked(rule, self.context) is None
            self.gather([rule.then] if is_decided else [])
            self.gather([rule.when] if rule.when is not None and (is_decided or rules.is_decidable(rule)) else [])
        shown = self.sheet.status_path if self.context.role is Role.RECORD else None
        required = [
            one
            for one in self.sheet.required
            if self._is_asked(one) and (shown is None or shown[: len(one.path)] != one.path)
        ]
        self.sure = frozenset(path for one in required if one.when is None for path in _steps(one))
        self.read = frozenset(self._paths_read(checked))
        self.value(self._root())
        self.walked = len(self.lines)
        for entry in self.sheet.match:
            self.refuse(1, f"not ({self.test(entry.path, entry.test)})")
        if shown is not None:
            value, absent = self.value_at(shown)
            self.refuse(1, f"{value} is {absent}")
        left = [one for one in required if one.when is not None or not self.seen_sure.issuperset(_steps(one))]
        self._demands(left, self._gaps)
        self._demands(self.sheet.forbidden, self._there)
        self.line(1, f"unchecked = {sum(bit for bit, rule in ruled if rule not in checked)}")
        for bit, rule in ruled:
            if rule in checked:
                self._rule(bit, rule)
        if self.sheet.histories is not None and self.context.role is Role.RECORD:
            self._history(self.sheet.histories)
        self.line(1, "return members, kinds[unchecked]")

    def _paths_read(self, checked: Sequence[AnchoredRule]) -> Iterator[tuple[str, ...]]:
        """The paths at which later lines read a value, and those on the way."""
        shown = self.sheet.histories.shown if self.sheet.histories is not None else ()
        conditions = [
            *(rule.when for rule in checked),
            *(rule.then for rule in checked),
            *(demand.when for demand in (*self.sheet.required, *self.sheet.forbidden)),
            *(place.when for place in shown),
        ]
        refs = [ref for one in conditions if one is not None for ref in tree.references(one)]
        paths = [
            *(ref.names for ref in refs),
            *(entry.path for entry in self.sheet.match),
            self.sheet.status_path or (),
        ]
        for path in paths:
            yield from (tuple(path[:length]) for length in range(1, len(path) + 1))

    def _is_ruled(self, rule: AnchoredRule) -> bool:
        """Whether a rule is asked in this status and role."""
        is_asked = self.context.status in rule.statuses
        return is_asked and not (rule.reads_account and self.context.role is Role.RECORD)

    def _history(self, histories: RecordHistories) -> None:
        """Refuses what no order of that status shows: what it shows as bits, among those that are reached."""
        ways = histories.reached.get(self.context.status, ())
        reached = self.constant(frozenset(sum(1 << n for n, holds in enumerate(way) if holds) for way in ways))
        spot = self._root()
        bits = [
            f"({1 << n} if {self.expression(place.when, spot)} else 0)"
            for n, place in enumerate(histories.shown)
            if ways and ways[0][n] is not None
        ]
        self.refuse(1, f"({' | '.join(bits) or '0'}) not in {reached}")

    def _root(self) -> SourceSpot:
        return SourceSpot(self.sheet.root, "v0", 1, typed=self.typed)

    def _demands(self, demands: Sequence[Demand], check: Callable[[SourceSpot, Sequence[str]], None]) -> None:
        """What is asked, grouped by the objects that it is asked of."""
        groups: dict[tuple[tuple[str, ...], Condition | None], list[tuple[str, ...]]] = {}
        for demand in demands:
            if self._is_asked(demand):
                groups.setdefault((demand.path[: demand.start], demand.when), []).append(demand.path[demand.start :])
        for (path, when), asked in groups.items():
            spot = self._objects(path, when)
            for names in asked:
                check(spot, names)

    def _is_asked(self, demand: Demand) -> bool:
        return self.context.status in demand.statuses and not (
            demand.records_only and self.context.role is Role.REQUEST
        )

    def _objects(self, path: Sequence[str], when: Condition | None) -> SourceSpot:
        """Goes to each object at a path for which the condition holds."""
        spot = self._root()
        for name in path:
            spot = self._field(self._each_item(spot), name)
            self.line(spot.depth, f"if {spot.name} is not {spot.absent}:")
            spot = replace(spot, depth=spot.depth + 1)
        spot = self._each_item(spot)
        if when is not None:
            self.line(spot.depth, f"if {self.expression(when, spot)}:")
            spot = replace(spot, depth=spot.depth + 1)
        self.line(spot.depth, "pass")
        return spot

    def _each_item(self, spot: SourceSpot) -> SourceSpot:
        """Goes to each item of a list, and of lists in it; stays where there is none."""
        while spot.slot is not None and spot.slot.is_list:
            item = self.local()
            self.line(spot.depth, f"for {item} in {spot.name}:")
            spot = SourceSpot(
                spot.slot.items,
                item,
                spot.depth + 1,
                None,
                (*spot.scopes, item),
                typed=spot.item_type,
            )
            self.line(spot.depth, "pass")
        return spot

    def _field(self, spot: SourceSpot, name: str) -> SourceSpot:
        """Goes to a field, which may be absent."""
        slot, typed = slots.field_of(spot.slot, name), spot.field_type(name)
        path = None if spot.path is None else (*spot.path, name)
        if path in self.names:
            return replace(spot, slot=slot, name=self.names[path], path=path, absent="None", typed=typed)
        below, host = self.local(), spot.slot
        if typed is not None:
            self.line(spot.depth, f"{below} = {spot.name}.{typed.attribute}")
            return replace(spot, slot=slot, name=below, path=None, absent="None", typed=typed)
        if host is not None and host.properties is not None and not (host.judged_by_choice or host.shows_status):
            self.line(spot.depth, f"{below} = {spot.name}.get({self.constant(name)})")  # it was seen as an object
            return replace(spot, slot=slot, name=below, path=None, absent="None")
        self.line(spot.depth, f"{below} = at({spot.name}, {self.constant((name,))})")
        return replace(spot, slot=slot, name=below, path=None, absent="A")

    def _gaps(self, spot: SourceSpot, names: Sequence[str]) -> None:
        """Refuses where a name is missing on the way; below a list, in each item."""
        for name in names:
            spot = self._field(self._each_item(spot), name)
            self.refuse(spot.depth, f"{spot.name} is {spot.absent}")

    def _there(self, spot: SourceSpot, names: Sequence[str]) -> None:
        """Refuses where the names lead to something; below a list, in each item."""
        for name in names:
            spot = self._field(self._each_item(spot), name)
            self.line(spot.depth, f"if {spot.name} is not {spot.absent}:")
            spot = replace(spot, depth=spot.depth + 1)
        self.refuse(spot.depth, "True")

    def _is_never_checked(self, rule: AnchoredRule) -> bool:
        """Whether a rule of the document itself is checked in no document."""
        is_free = rule.when is None or not rules.is_decidable(rule)
        return not rule.host and is_free and rules.why_unchecked(rule, self.context) is not None

    def _rule(self, bit: int, rule: AnchoredRule) -> None:
        if rules.why_unchecked(rule, self.context) is not None:
            decided = rule.when if rule.when is not None and rules.is_decidable(rule) else None
            spot = self._objects(rule.host, decided)
            self.line(spot.depth, f"unchecked |= {bit}")
        else:
            spot = self._objects(rule.host, rule.when)
            self.refuse(spot.depth, f"not {self.expression(rule.then, spot)}")


def _steps(demand: Demand) -> Iterator[tuple[str, ...]]:
    """The paths of what a demand asks for: each step below the objects that it is asked of."""
    return (demand.path[:length] for length in range(demand.start + 1, len(demand.path) + 1))
