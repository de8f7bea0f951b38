"""A variant as a table for people: every field in document order, then the rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from covage_model.documents.presence.endings import Ending
from covage_model.documents.presence.holding import Bars, surely_there
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet, Slot
from covage_model.documents.presence.slots import every_slot, slots_on
from covage_model.documents.tables.absolute import absolute, marked
from covage_model.documents.tables.along import StatusMark, ends_of, mark
from covage_model.documents.tables.period import Period, period
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin, Standing
from covage_model.ground.dotted import below, dotted
from covage_model.pack.model.conditions import All, Condition, Count, Every, Holds, Implies, Present, Ref
from covage_model.pack.model.lifecycle import Lifecycle, ShownValue, Variable
from covage_model.pack.model.orders import Variant
from covage_model.pack.model.text import Text, say

_WEIGHT = {standing: weight for weight, standing in enumerate(Standing)}


@dataclass(frozen=True, slots=True)
class Requirement:
    """
    A field is required, or forbidden, in a period and under a condition (with paths from the root).

    `ends` are the endings of a requirement; empty if only one status is described.
    """

    required: bool
    period: Period
    when: Condition | None
    records_only: bool
    origin: Origin
    ends: tuple[Ending, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """
    One field. `path` is dotted, with lists marked `[]`; `read_only`: only the platform writes it.

    `along` has the mark of each described status, in spec order; for read-only fields those of records.
    """

    path: str
    slot: Slot
    asked: tuple[Requirement, ...]
    read_only: bool
    standing: Standing  # the weakest of the statements about the value; requirements have their own
    along: tuple[tuple[str, StatusMark], ...]

    @property
    def source(self) -> tuple[str, ...]:
        """The sources of the field and its requirements, each once."""
        origins = (*self.slot.origins, *(requirement.origin for requirement in self.asked))
        return tuple(dict.fromkeys(name for origin in origins for name in origin.source))


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule. Its condition has paths from the root."""

    rule: AnchoredRule
    period: Period
    condition: Condition


@dataclass(frozen=True, slots=True)
class Table:
    """The description of a variant, or of the account (`variant` None): every field in document order, then rules."""

    variant: Variant | None
    sheet: Sheet
    match: Condition | None
    rows: tuple[Row, ...]
    rules: tuple[RuleRow, ...]
    shown: tuple[tuple[Variable, ShownValue], ...] = ()  # what records show of variables

    @property
    def name(self) -> str:
        """What a user types to have this table."""
        return "account" if self.variant is None else self.variant.name

    @property
    def description(self) -> Text | None:
        """What the pack says of the order, or of the account, as a whole."""
        if self.variant is None:
            return next(iter(self.sheet.root.descriptions), None)
        return self.variant.order.value.description

    @property
    def formerly(self) -> list[tuple[str, str, Origin]]:
        """Where older documents have what is elsewhere today: both paths from the root, and what says so."""
        return [
            (dotted((*slot.path, *said.path)), dotted((*slot.path, *said.now)), said.origin)
            for slot in every_slot(self.sheet.root)
            for said in slot.formerly
        ]

    def title(self, language: str) -> str:
        """The title of the order, and of its variant if it has one; of an account, that of its type."""
        if self.variant is None:
            return say(self.sheet.title, language, otherwise=self.sheet.variant)
        order, variant = self.variant.order, self.variant.spec
        whole = say(order.title, language, otherwise=order.name)
        return whole if variant is None else f"{whole}, {say(variant.value.title, language, otherwise=variant.name)}"


def table(
    variant: Variant, sheet: Sheet, lifecycle: Lifecycle, *, status: str | None = None, role: str | None = None
) -> Table:
    """
    The table of a variant, for all statuses and both roles unless one is given.

    With `status`, only what holds in it is listed. A "request" has no read-only fields;
    a "record" has them like any other field, and no rules over the account.
    """
    maker = _TableMaker(sheet, lifecycle, status, role, Bars(sheet))
    shown = () if role == "request" else lifecycle.shown
    rows = tuple(maker.rows(sheet.root, "", read_only=False))
    return Table(variant, sheet, match_of(sheet), rows, tuple(maker.rules()), shown)


def account_table(sheet: Sheet) -> Table:
    """The table of an account, which has no statuses and no roles."""
    maker = _TableMaker(sheet, None, sheet.initial, "request", Bars(sheet))
    return Table(None, sheet, None, tuple(maker.rows(sheet.root, "", read_only=False)), tuple(maker.rules()))


def match_of(sheet: Sheet) -> Condition:
    """The condition that a document must satisfy to be of this variant."""
    return All(tuple(Holds(Ref("order", entry.path), entry.test) for entry in sheet.match))


@dataclass(frozen=True, slots=True)
class _TableMaker:
    sheet: Sheet
    lifecycle: Lifecycle | None  # None where a status is given and none is left to tell apart
    status: str | None
    role: str | None
    bars: Bars

    def rows(self, slot: Slot, label: str, *, read_only: bool) -> Iterator[Row]:
        """The rows of an object's fields, each followed by the rows inside it."""
        for name, child in (slot.properties or {}).items():
            path = below(label, name)
            written = read_only or child.read_only is not None
            if written and self.role == "request":
                continue
            shown = written and self.role is None
            row = self._row(path, child, read_only=shown)
            if _has_row(row):
                yield row
            if any(not each.required and each.when is None and each.period == Period() for each in row.asked):
                continue  # always forbidden: the fields inside do not matter
            inner, depth = child, 0
            while inner.items is not None:
                inner, depth = inner.items, depth + 1
            yield from self.rows(inner, path + "[]" * depth, read_only=written)

    def _row(self, path: str, slot: Slot, *, read_only: bool) -> Row:
        asked = (*self._asked(slot, self.sheet.required, required=True), *self._asked(slot, self.sheet.forbidden))
        origins = [origin for origin in slot.origins if origin not in slot.level_origins] or slot.origins
        weakest = max((origin.standing for origin in origins), key=_WEIGHT.__getitem__)
        chosen = tuple(_chosen(replace(entry.origin, standing=weakest)) for entry in slot.chosen[:1] if entry.there)
        return Row(path, slot, (*chosen, *asked), read_only, weakest, tuple(self._along(slot)))

    def _along(self, slot: Slot) -> Iterator[tuple[str, StatusMark]]:
        """The mark of the field in each status. A field on the way to a required field is required too."""
        demands = [
            (demand.statuses, self._when(demand, required=True) is None)
            for demand in self.sheet.required
            if demand.start < len(slot.path) <= len(demand.path)
            and demand.path[: len(slot.path)] == slot.path
            and not (demand.records_only and self.role == "request")
        ]
        needed = [entry.path for entry in self.sheet.match if entry.there]
        chosen = [True] if any(path[: len(slot.path)] == slot.path for path in needed) else []
        for status in self.sheet.statuses if self.status is None or self.lifecycle is None else (self.status,):
            in_status = [certain for shown, certain in demands if status in shown]
            forbidden = self.bars.forbidden(slot.path, status) is not None
            yield status, mark(forbidden=forbidden, required=[*chosen, *in_status])

    def _asked(self, slot: Slot, demands: Sequence[Demand], *, required: bool = False) -> Iterator[Requirement]:
        for demand in demands:
            skipped = demand.records_only and self.role == "request"
            if demand.path == slot.path and not skipped and self._holds_in(demand.statuses):
                records = demand.records_only and self.role is None
                when, stated = self._when(demand, required=required), self._period(demand.statuses)
                ends = self._ends(demand, stated) if required else ()
                yield Requirement(required, stated, when, records, demand.origin, ends)

    def _when(self, demand: Demand, *, required: bool) -> Condition | None:
        """The condition of a demand. It includes that the object around the field is there, if that is not certain."""
        parts = [] if demand.when is None else [self._absolute(demand.when, demand.path)]
        host = demand.path[: demand.start]
        if required and host and not surely_there(self.sheet, host, demand.statuses):
            *_, holder = slots_on(self.sheet.root, host)
            there = Holds(Ref("order", marked(host, self.sheet.root)), Present(present=True))
            parts = parts if holder.is_list or _implies(parts, there.ref.names) else [there, *parts]
        return All(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None

    def rules(self) -> Iterator[RuleRow]:
        """The rules that apply in the described statuses and roles."""
        for rule in self.sheet.rules:
            if self._holds_in(rule.statuses) and not (rule.reads_account and self.role == "record"):
                condition = rule.then if rule.when is None else Implies(rule.when, rule.then)
                yield RuleRow(rule, self._period(rule.statuses), self._absolute(condition, rule.host))

    def _holds_in(self, shown: frozenset[str]) -> bool:
        return self.status is None or self.status in shown

    def _period(self, shown: frozenset[str]) -> Period:
        return Period() if self.status is not None or self.lifecycle is None else period(shown, self.lifecycle)

    def _ends(self, demand: Demand, stated: Period) -> tuple[Ending, ...]:
        if self.status is not None or self.lifecycle is None:
            return ()
        return ends_of(demand.statuses, stated, self.lifecycle)

    def _absolute(self, condition: Condition, path: Sequence[str]) -> Condition:
        return absolute(condition, self.sheet.root, path)


def _chosen(origin: Origin) -> Requirement:
    """The requirement of a field that `match` tests: it must be there."""
    return Requirement(required=True, period=Period(), when=None, records_only=False, origin=origin)


def _has_row(row: Row) -> bool:
    """Whether the field has statements of its own. An object that only holds other fields has no row."""
    slot = row.slot
    own = slot.titles or slot.descriptions or slot.keywords or slot.read_only or row.asked
    return slot.properties is None or bool(own)


def _implies(parts: Sequence[Condition], host: tuple[str, ...]) -> bool:
    """Whether these conditions, which all hold, imply that the object at `host` is there."""
    plain = [inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))]
    return any(
        isinstance(part, Holds)
        and part.ref.names[: len(host)] == host
        and not isinstance(part.test, Count | Every)
        and part.test != Present(present=False)
        for part in plain
    )
