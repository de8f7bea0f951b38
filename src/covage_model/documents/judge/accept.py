"""
The compiled judge: a fast yes for documents that are plainly clean.

For one variant, status, role and account, `acceptor` writes one Python function that looks at each value
once. It says yes only where the interpreter (`judge`) finds nothing but rules that nobody can check without
an account. Everything else, and every doubt, is None: the interpreter looks closer and explains.

The source is made of the templates below and numbered names; all that a pack says reaches it as constants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from covage_model.documents.judge import rules
from covage_model.documents.judge.accept_values import value_checks
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.presence import slots
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet, Slot
from covage_model.ground.json_value import ABSENT, at
from covage_model.pack.conditions import indexed, tree
from covage_model.pack.model.conditions import (
    All,
    AnyOf,
    Condition,
    DocumentReady,
    Holds,
    Implies,
    In,
    Literal,
    Not,
    Present,
    Starts,
    Test,
)

Acceptor = Callable[[Any], int | None]  # the rules not checked, as bits by their number in the sheet; None: look closer


def acceptor(sheet: Sheet, context: JudgeContext) -> Acceptor | None:
    """The fast yes for documents of a sheet; None where no such document is ever plainly clean."""
    if sheet.written_by is not None and context.role is Role.REQUEST:
        return None
    source = _Source(sheet, context)
    source.document()
    namespace: dict[str, Any] = source.constants
    exec(compile(source.text(), f"<acceptor of {sheet.variant}>", "exec"), namespace)  # noqa: S102  our own templates
    accept: Acceptor = namespace["accept"]
    return accept


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the source stands: a value in the local variable `name`, its slot, and the scopes around it."""

    slot: Slot | None
    name: str
    depth: int  # of indentation
    path: tuple[str, ...] | None = ()  # None below a list
    scopes: str = "(v0,)"


@dataclass(slots=True)
class _Source:
    """The source while it is written: its lines, its constants, and the local name of each value outside lists."""

    sheet: Sheet
    context: JudgeContext
    lines: list[str] = field(default_factory=list)
    constants: dict[str, Any] = field(default_factory=lambda: {"A": ABSENT, "at": at, "isinstance": isinstance})
    names: dict[tuple[str, ...], str] = field(default_factory=lambda: {(): "v0"})
    shared: dict[Condition, str] = field(default_factory=dict)  # conditions over the account, asked once a document
    _count: int = 0

    def text(self) -> str:
        """The source of `accept(v0)`."""
        begun = [f"    {name} = None" for name in self.shared.values()]
        return "\n".join(["def accept(v0):", *begun, *self.lines, ""])

    def document(self) -> None:
        """Checks values from the root down, then presence, then rules."""
        self._value(_Spot(self.sheet.root, "v0", 1))
        for entry in self.sheet.match:
            self._refuse(1, f"not ({self._test(entry.path, entry.test)})")
        shown = self.sheet.status_path if self.context.role is Role.RECORD else None
        if shown is not None:
            self._refuse(1, f"{self._at(shown)} is A")
        for demand in self.sheet.required:
            if self._is_asked(demand) and (shown is None or shown[: len(demand.path)] != demand.path):
                spot = self._objects(demand.path[: demand.start], demand.when)
                self._gaps(spot, demand.path[demand.start :])
        for demand in self.sheet.forbidden:
            if self._is_asked(demand):
                spot = self._objects(demand.path[: demand.start], demand.when)
                self._there(spot, demand.path[demand.start :])
        self._line(1, "unchecked = 0")
        for number, rule in enumerate(self.sheet.rules):
            if self.context.status in rule.statuses and not (rule.reads_account and self.context.role is Role.RECORD):
                self._rule(1 << number, rule)
        self._line(1, "return unchecked")

    def _is_asked(self, demand: Demand) -> bool:
        return self.context.status in demand.statuses and not (
            demand.records_only and self.context.role is Role.REQUEST
        )

    def _line(self, depth: int, text: str) -> None:
        self.lines.append("    " * depth + text)

    def _refuse(self, depth: int, condition: str) -> None:
        self._line(depth, f"if {condition}: return None")

    def _constant(self, value: Any) -> str:
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def _local(self) -> str:
        self._count += 1
        return f"v{self._count}"

    def _value(self, spot: _Spot) -> None:
        """A value that is there."""
        slot, name, depth = spot.slot, spot.name, spot.depth
        assert slot is not None
        if slot.read_only is not None and self.context.role is Role.REQUEST:
            self._refuse(depth, "True")
        elif slot.shows_status:
            statuses = self._constant(frozenset(self.sheet.statuses))
            self._refuse(depth, f"type({name}) is not str or {name} not in {statuses}")
        elif not slot.judged_by_choice:
            for check in value_checks(slot, name, self._constant):
                self._refuse(depth, check)
            if slot.properties is not None:
                self._fields(spot, slot.properties)
            if slot.items is not None:
                self._items(spot, slot.items)

    def _fields(self, spot: _Spot, properties: dict[str, Slot]) -> None:
        """The fields of an object; it may be nothing else, and has no others."""
        name, depth, counted = spot.name, spot.depth, self._local()
        self._refuse(depth, f"type({name}) is not dict")
        self._line(depth, f"{counted} = 0")
        for key, child in properties.items():
            path = None if spot.path is None else (*spot.path, key)
            below = self._local()
            if path is not None:
                self.names[path] = below
            self._line(depth, f"{below} = {name}.get({self._constant(key)}, A)")
            self._line(depth, f"if {below} is not A:")
            self._line(depth + 1, f"{counted} += 1")
            self._value(_Spot(child, below, depth + 1, path))
            if path is not None and (absent := [self.names[known] for known in self._known_below(path)]):
                self._line(depth, f"else: {' = '.join(absent)} = A")
        self._refuse(depth, f"{counted} != len({name})")

    def _known_below(self, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        return (known for known in self.names if len(known) > len(path) and known[: len(path)] == path)

    def _items(self, spot: _Spot, items: Slot) -> None:
        item = self._local()
        self._refuse(spot.depth, f"type({spot.name}) is not list")
        self._line(spot.depth, f"for {item} in {spot.name}:")
        self._line(spot.depth + 1, "pass")
        self._value(_Spot(items, item, spot.depth + 1, None))

    def _at(self, path: Sequence[str]) -> str:
        """The value at a path of the document, through objects alone, as an expression."""
        length = next(length for length in range(len(path), -1, -1) if tuple(path[:length]) in self.names)
        known = self.names[tuple(path[:length])]
        return known if length == len(path) else f"at({known}, {self._constant(tuple(path[length:]))})"

    def _objects(self, path: Sequence[str], when: Condition | None) -> _Spot:
        """Goes to each object at a path for which the condition holds."""
        spot = _Spot(self.sheet.root, "v0", 1)
        for name in path:
            spot = self._field(self._each_item(spot), name)
            self._line(spot.depth, f"if {spot.name} is not A:")
            spot = replace(spot, depth=spot.depth + 1)
        spot = self._each_item(spot)
        if when is not None:
            self._line(spot.depth, f"if {self._condition(when, spot)}:")
            spot = replace(spot, depth=spot.depth + 1)
        self._line(spot.depth, "pass")
        return spot

    def _each_item(self, spot: _Spot) -> _Spot:
        """Goes to each item of a list, and of lists in it; stays where there is none."""
        while spot.slot is not None and slots.is_list(spot.slot):
            item = self._local()
            self._line(spot.depth, f"for {item} in {spot.name}:")
            spot = _Spot(
                spot.slot.items, item, spot.depth + 1, None, f"{spot.scopes[:-1]}, {item},)".replace(",,", ",")
            )
            self._line(spot.depth, "pass")
        return spot

    def _field(self, spot: _Spot, name: str) -> _Spot:
        """Goes to a field, which may be absent."""
        slot = slots.field_of(spot.slot, name)
        path = None if spot.path is None else (*spot.path, name)
        if path in self.names:
            return replace(spot, slot=slot, name=self.names[path], path=path)
        below = self._local()
        self._line(spot.depth, f"{below} = at({spot.name}, {self._constant((name,))})")
        return replace(spot, slot=slot, name=below, path=None)

    def _gaps(self, spot: _Spot, names: Sequence[str]) -> None:
        """Refuses where a name is missing on the way; below a list, in each item."""
        for name in names:
            spot = self._field(self._each_item(spot), name)
            self._refuse(spot.depth, f"{spot.name} is A")

    def _there(self, spot: _Spot, names: Sequence[str]) -> None:
        """Refuses where the names lead to something; below a list, in each item."""
        for name in names:
            spot = self._field(self._each_item(spot), name)
            self._line(spot.depth, f"if {spot.name} is not A:")
            spot = replace(spot, depth=spot.depth + 1)
        self._refuse(spot.depth, "True")

    def _rule(self, bit: int, rule: AnchoredRule) -> None:
        if rules.why_unchecked(rule, self.context) is not None:
            decided = rule.when if rule.when is not None and rules.is_decidable(rule) else None
            spot = self._objects(rule.host, decided)
            self._line(spot.depth, f"unchecked |= {bit}")
        else:
            spot = self._objects(rule.host, rule.when)
            self._refuse(spot.depth, f"not {self._condition(rule.then, spot)}")

    def _condition(self, condition: Condition, spot: _Spot) -> str:
        """A condition, as an expression."""
        return tree.fold(condition, lambda whole, parts: self._joined(whole, parts, spot))

    def _joined(self, condition: Condition, parts: list[str], spot: _Spot) -> str:
        match condition:
            case All():
                return f"({' and '.join(parts) or 'True'})"
            case AnyOf():
                return f"({' or '.join(parts) or 'False'})"
            case Not():
                return f"(not {parts[0]})"
            case Implies():
                return f"(not {parts[0]} or {parts[1]})"
            case Holds(ref, test) if ref.root == "order" or (ref.root == "scope" and not ref.level):
                return f"({self._test(ref.names, test, spot.scopes)})"
            case Holds() if spot.scopes == "(v0,)":
                name = self.shared.setdefault(condition, f"c{len(self.shared)}")
                asked = self._constant(indexed.judgement(condition, self.context.account))
                return f"({name} if {name} is not None else ({name} := {asked}((v0,))))"
            case Holds():
                return f"{self._constant(indexed.judgement(condition, self.context.account))}({spot.scopes})"
            case DocumentReady():
                raise TypeError("a document's readiness is known to its lifecycle alone")

    def _test(self, path: Sequence[str], test: Test, scopes: str = "(v0,)") -> str:
        """A test of a value outside lists, as an expression."""
        value = self._at(path)
        match test:
            case Present(present):
                return f"{value} is not A" if present else f"{value} is A"
            case Literal(bool() as flag):
                return f"{value} is {flag}"
            case Literal(str() as text):
                return f"{value} == {self._constant(text)}"
            case In(values) if all(isinstance(one, str) for one in values):
                return f"isinstance({value}, str) and {value} in {self._constant(frozenset(values))}"
            case Starts(prefixes):
                return f"isinstance({value}, str) and {value}.startswith({self._constant(tuple(prefixes))})"
        satisfied = indexed.satisfaction(test, self.context.account)
        return f"{self._constant(satisfied)}({value}, {scopes})"


def unchecked_rules(sheet: Sheet, context: JudgeContext, bits: int) -> tuple[tuple[str, str], ...]:
    """The rules that an acceptor left unchecked: for each the reason, as the form of its finding, and its name."""
    left = (rule for number, rule in enumerate(sheet.rules) if bits >> number & 1)
    return tuple((rules.why_unchecked(rule, context) or "", rule.name) for rule in left)
