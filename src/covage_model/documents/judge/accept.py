"""
The compiled judge: a fast yes for documents that are plainly clean.

For one variant, status, role and account, `acceptor` writes one Python function that looks at each value
once. It says yes only where the interpreter (`judge`) finds nothing but rules that nobody can check without
an account. Everything else, and every doubt, is None: the interpreter looks closer and explains.

The source is made of the templates below and numbered names; all that a pack says reaches it as constants.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field, replace
from typing import Any

from covage_model.documents.judge import rules
from covage_model.documents.judge.accept_source import SourceLines, SourceSpot
from covage_model.documents.judge.accept_texts import is_text
from covage_model.documents.judge.accept_values import value_checks
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.presence import slots
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet, Slot
from covage_model.ground.classes import dataclass
from covage_model.ground.json_value import at
from covage_model.pack.conditions import indexed, lookups, tree
from covage_model.pack.model.conditions import (
    All,
    Among,
    AnyOf,
    Condition,
    DocumentReady,
    Holds,
    Implies,
    In,
    Literal,
    Not,
    Present,
    Ref,
    Some,
    Starts,
    Test,
)

# Of a document: how many members its objects have, those in values that may be anything aside; and the rules not
# checked, as bits by their number in the sheet. None, or a TypeError where a text is looked for: look closer.
Acceptor = Callable[[Any], tuple[int, int] | None]


def acceptor(sheet: Sheet, context: JudgeContext) -> Acceptor | None:
    """The fast yes for documents of a sheet; None where none is plainly clean, or where Python cannot compile it."""
    if sheet.written_by is not None and context.role is Role.REQUEST:
        return None
    source = _Source(sheet, context)
    source.document()
    namespace: dict[str, Any] = source.constants
    try:
        code = compile(source.text(), f"<acceptor of {sheet.variant}>", "exec")
    except (SyntaxError, RecursionError, MemoryError):  # Python nests at most 20 loops, and lists may lie deeper
        return None
    exec(code, namespace)  # noqa: S102  our own templates
    accept: Acceptor = namespace["accept"]
    return accept


@dataclass(slots=True)
class _Source(SourceLines):
    """The source while it is written: its lines, its constants, and the local name of each value outside lists."""

    sheet: Sheet
    context: JudgeContext
    names: dict[tuple[str, ...], str] = field(default_factory=lambda: {(): "v0"})
    shared: dict[Condition, str] = field(default_factory=dict)  # conditions over the account, asked once a document

    def text(self) -> str:
        """The source of `accept(v0)`."""
        begun = ["    members = 0", *(f"    {name} = None" for name in self.shared.values())]
        return "\n".join(["def accept(v0):", *begun, *self.lines, ""])

    def document(self) -> None:
        """Checks values from the root down, then presence, then rules."""
        self._value(SourceSpot(self.sheet.root, "v0", 1))
        for entry in self.sheet.match:
            self.refuse(1, f"not ({self._test(entry.path, entry.test)})")
        shown = self.sheet.status_path if self.context.role is Role.RECORD else None
        if shown is not None:
            value, absent = self._at(shown)
            self.refuse(1, f"{value} is {absent}")
        required = [one for one in self.sheet.required if shown is None or shown[: len(one.path)] != one.path]
        self._demands(required, self._gaps)
        self._demands(self.sheet.forbidden, self._there)
        self.line(1, "unchecked = 0")
        for number, rule in enumerate(self.sheet.rules):
            if self.context.status in rule.statuses and not (rule.reads_account and self.context.role is Role.RECORD):
                self._rule(1 << number, rule)
        self.line(1, "return members, unchecked")

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

    def _value(self, spot: SourceSpot) -> None:
        """A value that is there."""
        slot, name, depth = spot.slot, spot.name, spot.depth
        assert slot is not None
        if slot.read_only is not None and self.context.role is Role.REQUEST:
            self.refuse(depth, "True")
        elif slot.shows_status:
            statuses = self.constant(frozenset(self.sheet.statuses))
            self.refuse(depth, f"type({name}) is not str or {name} not in {statuses}")
        elif not slot.judged_by_choice:
            for check in value_checks(slot, name, self.constant):
                self.refuse(depth, check)
            if slot.properties is not None:
                self._fields(spot, slot.properties)
            if slot.items is not None:
                self._items(spot, slot.items)

    def _fields(self, spot: SourceSpot, properties: dict[str, Slot]) -> None:
        """The fields of an object; it may be nothing else, and has no others."""
        name, depth, counted = spot.name, spot.depth, self.local()
        if "object" not in {said.value for said in spot.slot.types} if spot.slot else True:
            self.refuse(depth, f"type({name}) is not dict")
        self.line(depth, f"if {name}:")
        depth += 1
        self.line(depth, f"{counted} = 0")
        for key, child in properties.items():
            path = None if spot.path is None else (*spot.path, key)
            if child.read_only is not None and self.context.role is Role.REQUEST:
                if path is not None:
                    self.names[path] = "None"  # where it is there, the count of the others falls short
                continue
            below = self.local()
            if path is not None:
                self.names[path] = below
            self.line(depth, f"{below} = {name}.get({self.constant(key)})")
            self.line(depth, f"if {below} is not None:")
            self.line(depth + 1, f"{counted} += 1")
            self._value(SourceSpot(child, below, depth + 1, path))
            self._else_absent(depth, path)
        self.refuse(depth, f"{counted} != len({name})")
        self.line(depth, f"members += {counted}")
        self._else_absent(depth - 1, spot.path)

    def _else_absent(self, depth: int, path: tuple[str, ...] | None) -> None:
        """All that is known below a path is absent in the other branch."""
        if path is None:
            return
        below = (known for known in self.names if len(known) > len(path) and known[: len(path)] == path)
        absent = [name for name in map(self.names.__getitem__, below) if name != "None"]
        if absent:
            self.line(depth, f"else: {' = '.join(absent)} = None")

    def _items(self, spot: SourceSpot, items: Slot) -> None:
        item = self.local()
        if "array" not in {said.value for said in spot.slot.types} if spot.slot else True:
            self.refuse(spot.depth, f"type({spot.name}) is not list")
        self.line(spot.depth, f"for {item} in {spot.name}:")
        self.line(spot.depth + 1, "pass")
        self._value(SourceSpot(items, item, spot.depth + 1, None))

    def _at(self, path: Sequence[str]) -> tuple[str, str]:
        """The value at a path of the document, through objects alone, and what it is where it is absent."""
        length = next(length for length in range(len(path), -1, -1) if tuple(path[:length]) in self.names)
        known = self.names[tuple(path[:length])]
        if length == len(path) or known == "None":
            return known, "None"
        return f"at({known}, {self.constant(tuple(path[length:]))})", "A"

    def _objects(self, path: Sequence[str], when: Condition | None) -> SourceSpot:
        """Goes to each object at a path for which the condition holds."""
        spot = SourceSpot(self.sheet.root, "v0", 1)
        for name in path:
            spot = self._field(self._each_item(spot), name)
            self.line(spot.depth, f"if {spot.name} is not {spot.absent}:")
            spot = replace(spot, depth=spot.depth + 1)
        spot = self._each_item(spot)
        if when is not None:
            self.line(spot.depth, f"if {self._condition(when, spot)}:")
            spot = replace(spot, depth=spot.depth + 1)
        self.line(spot.depth, "pass")
        return spot

    def _each_item(self, spot: SourceSpot) -> SourceSpot:
        """Goes to each item of a list, and of lists in it; stays where there is none."""
        while spot.slot is not None and spot.slot.is_list:
            item = self.local()
            self.line(spot.depth, f"for {item} in {spot.name}:")
            spot = SourceSpot(
                spot.slot.items, item, spot.depth + 1, None, f"{spot.scopes[:-1]}, {item},)".replace(",,", ",")
            )
            self.line(spot.depth, "pass")
        return spot

    def _field(self, spot: SourceSpot, name: str) -> SourceSpot:
        """Goes to a field, which may be absent."""
        slot = slots.field_of(spot.slot, name)
        path = None if spot.path is None else (*spot.path, name)
        if path in self.names:
            return replace(spot, slot=slot, name=self.names[path], path=path, absent="None")
        below, host = self.local(), spot.slot
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

    def _rule(self, bit: int, rule: AnchoredRule) -> None:
        if rules.why_unchecked(rule, self.context) is not None:
            decided = rule.when if rule.when is not None and rules.is_decidable(rule) else None
            spot = self._objects(rule.host, decided)
            self.line(spot.depth, f"unchecked |= {bit}")
        else:
            spot = self._objects(rule.host, rule.when)
            self.refuse(spot.depth, f"not {self._condition(rule.then, spot)}")

    def _condition(self, condition: Condition, spot: SourceSpot) -> str:
        """A condition, as an expression."""
        return tree.fold(condition, lambda whole, parts: self._joined(whole, parts, spot))

    def _joined(self, condition: Condition, parts: list[str], spot: SourceSpot) -> str:
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
            case Holds(Ref("account", names), Some(item)) if (known := self._lookup(names, item)) is not None:
                return known
            case Holds() if spot.scopes == "(v0,)":
                name = self.shared.setdefault(condition, f"c{len(self.shared)}")
                asked = self.constant(indexed.judgement(condition, self.context.account))
                return f"({name} if {name} is not None else ({name} := {asked}((v0,))))"
            case Holds():
                return f"{self.constant(indexed.judgement(condition, self.context.account))}({spot.scopes})"
            case DocumentReady():
                raise TypeError("a document's readiness is known to its lifecycle alone")

    def _lookup(self, names: Sequence[str], item: Condition) -> str | None:
        """Whether some item of a list of the account satisfies a condition, as a look-up of texts of the document."""
        found = lookups.table(at(self.context.account, names), item, self.context.account)
        if found is None or not all(self._is_text(ref.names) for ref in found[0]):
            return None
        wanted = ", ".join(self.names[tuple(ref.names)] for ref in found[0])
        return f"({'(' + wanted + ')' if len(found[0]) > 1 else wanted} in {self.constant(found[1])})"

    def _is_text(self, path: Sequence[str]) -> bool:
        return tuple(path) in self.names and is_text(self.sheet, tuple(path))

    def _test(self, path: Sequence[str], test: Test, scopes: str = "(v0,)") -> str:
        """A test of a value outside lists, as an expression."""
        value, absent = self._at(path)
        match test:
            case Present(present):
                return f"{value} is not {absent}" if present else f"{value} is {absent}"
            case Literal(bool() as flag):
                return f"{value} is {flag}"
            case Literal(str() as text):
                return f"{value} == {self.constant(text)}"
            case In(values) if all(isinstance(one, str) for one in values):
                return f"type({value}) is str and {value} in {self.constant(frozenset(values))}"
            case Starts(prefixes):
                return f"type({value}) is str and {value}.startswith({self.constant(tuple(prefixes))})"
            case Among(Ref("account") as ref) if absent == "None" and self._is_text(path):
                return f"{value} in {self.constant(lookups.known_texts(self.context.account, ref))}"
        satisfied = indexed.satisfaction(test, self.context.account)
        asked = value if absent == "A" else f"A if {value} is None else {value}"
        return f"{self.constant(satisfied)}({asked}, {scopes})"
