"""The source of tests of what one document holds, while an acceptor is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from covage_model.documents.judge.compiled.accept_source import SourceLines
from covage_model.documents.judge.compiled.accept_texts import is_text
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.presence import slots
from covage_model.documents.presence.sheet import Sheet, Slot
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree
from covage_model.pack.conditions.lookups import AccountIndex
from covage_model.pack.model.conditions import (
    All,
    Among,
    AnyOf,
    Condition,
    Count,
    Every,
    Holds,
    Implies,
    In,
    Literal,
    Matches,
    Not,
    Present,
    Range,
    Ref,
    Some,
    Starts,
    Test,
)

if TYPE_CHECKING:
    from covage_model.documents.judge.compiled.typed import TypedPlace


@dataclass(slots=True)
class PlaceSource(SourceLines):
    """Source lines about one document, with the local name of each value outside lists."""

    sheet: Sheet
    context: JudgeContext
    index: AccountIndex
    typed: TypedPlace | None = None
    names: dict[tuple[str, ...], str] = field(default_factory=lambda: {(): "v0"})
    gathered: dict[tuple[str, ...], str] = field(default_factory=dict)  # paths in lists: variables with all texts there
    answers: dict[tuple[tuple[str, ...], Test], str] = field(default_factory=dict)  # of tests that were asked of all

    def gather(self, conditions: Iterable[Condition]) -> None:
        """Wants lists of the texts in lists of the document with which the conditions compare something."""
        for condition in conditions:
            for ref in tree.references(condition):
                path = tuple(ref.names)
                if (
                    tree.is_of_document(ref)
                    and slots.crossings(self.sheet.root, path[:-1])
                    and is_text(self.sheet, path)
                ):
                    self.gathered.setdefault(path, f"t{len(self.gathered)}")

    def value_at(self, path: Sequence[str]) -> tuple[str, str]:
        """The value at a path of the document, through objects alone, and what it is where it is absent."""
        length = next(length for length in range(len(path), -1, -1) if tuple(path[:length]) in self.names)
        known = self.names[tuple(path[:length])]
        if length == len(path) or known == "None":
            return known, "None"
        return f"at({self._plain(known)}, {self.constant(tuple(path[length:]))})", "A"

    def _plain(self, name: str) -> str:
        """The value of a local variable as plain JSON, as an expression."""
        if self.typed is None or name == "None":
            return name
        return "(d0 if d0 is not None else (d0 := plain(v0)))" if name == "v0" else f"plain({name})"

    def scopes_of(self, scopes: Sequence[str]) -> str:
        """The values around a condition, outermost first, as an expression."""
        return f"({', '.join(map(self._plain, scopes))},)"

    def test(self, path: Sequence[str], test: Test, scopes: Sequence[str] = ("v0",), depth: int = 1) -> str:
        """A test of a value outside lists, as an expression for the next line of that depth."""
        value, absent = self.value_at(path)
        known = self._quick(value, absent, path, test)
        if known is None and tuple(path) in self.names and value != "None":
            known = self._of_list(value, tuple(path), test, depth)
        if known is not None:
            return known
        satisfied = self.index.satisfaction(test)
        asked = value if absent == "A" else f"A if {value} is None else {self._plain(value)}"
        around = self.scopes_of(scopes) if reads_scopes(test) else "()"
        return f"{self.constant(satisfied)}({asked}, {around})"

    def _quick(self, value: str, absent: str, path: Sequence[str], test: Test) -> str | None:
        """A test of a value, given as an expression, as one that calls nothing; None where that cannot be."""
        match test:
            case Present(present):
                return f"{value} is not {absent}" if present else f"{value} is {absent}"
            case Literal(bool() as flag):
                return f"{value} is {flag}"
            case Literal(str() as text):
                return f"{value} == {self.constant(text)}"
            case In(values, gap) if all(isinstance(one, str) for one in values):
                among = f"type({value}) is str and {value} in {self.constant(frozenset(values))}"
                return f"({value} is {absent} or {among})" if gap else among
            case Starts(prefixes):
                return f"type({value}) is str and {value}.startswith({self.constant(tuple(prefixes))})"
            case Among(ref) if absent == "None" and is_text(self.sheet, tuple(path)):
                if ref.root == "account":
                    return f"{value} in {self.constant(self.index.known_texts(ref))}"
                return self.equals_text(f"(A if {value} is None else {value})", ref)
        return None

    def equals_text(self, value: str, ref: Ref) -> str | None:
        """Whether a text, or ABSENT, is at a place of the document; None where more than texts may be there."""
        path = tuple(ref.names)
        if not tree.is_of_document(ref):
            return None
        if path in self.gathered:
            return f"{value} in {self.gathered[path]}"
        return f"{value} == {self.names[path]}" if self.is_text(path) else None

    def is_text(self, path: Sequence[str]) -> bool:
        """Whether a local variable has what is at a path, which is a text or None."""
        return tuple(path) in self.names and is_text(self.sheet, tuple(path))

    def _of_list(self, value: str, path: tuple[str, ...], test: Test, depth: int) -> str | None:
        """A test of a list, which may be None, as an expression for the next line; None where that cannot be."""
        slot = slots.slot_at(self.sheet.root, path)
        if slot is None or slot.items is None or _kinds(slot) != {"array"}:
            return None
        match test:
            case Count(least, most, None):
                length = f"(len({value}) if {value} is not None else 0)"
                return f"{least} <= {length}" + (f" <= {most}" if most is not None else "")
            case Among(Ref("account") as ref) if _kinds(slot.items) == {"string"}:
                return f"{value} is not None and {self.constant(self.index.known_texts(ref))}.issuperset({value})"
            case Some() | Every() | Count():
                answer = self.answers.get((path, test)) or self._of_items(value, slot.items, path, test, depth)
                if answer is not None and depth == 1:
                    self.answers[path, test] = answer
                return answer
        return None

    def _of_items(self, value: str, slot: Slot, path: tuple[str, ...], test: Test, depth: int) -> str | None:
        """The answer of a quantifier over a list of objects, found by a loop before the next line."""
        typed, where = self._typed_at(path), tree.inside(test)
        if where is None or _kinds(slot) != {"object"}:
            return None
        item, answer = self.local(), self.local()
        items = typed.items if typed is not None else None
        asked = tree.fold(where, lambda whole, parts: self._of_item(whole, parts, item, slot, items))
        if asked is None:
            return None
        if isinstance(test, Count):
            self.line(depth, f"{answer} = 0")
            self.line(depth, f"for {item} in {value} or ():")
            self.line(depth + 1, f"if {asked}: {answer} += 1")
            return f"{test.least} <= {answer}" + (f" <= {test.most}" if test.most is not None else "")
        asked = asked if isinstance(test, Some) else f"not {asked}"
        self.any_of(answer, f"{item} in {value} or ()", asked, depth)
        return answer if isinstance(test, Some) else f"(not {answer})"

    def any_of(self, answer: str, each: str, asked: str, depth: int) -> None:
        """A loop that finds whether something holds of one of several, as the variable `answer`."""
        self.line(depth, f"{answer} = False")
        self.line(depth, f"for {each}:")
        self.line(depth + 1, f"if {asked}:")
        self.line(depth + 2, f"{answer} = True")
        self.line(depth + 2, "break")

    def _of_item(
        self, whole: Condition, parts: list[str | None], item: str, slot: Slot, typed: TypedPlace | None
    ) -> str | None:
        """A condition about an item of a list as an expression; None where that cannot be."""
        if not isinstance(whole, Holds):
            return joined(whole, parts)
        if whole.ref.root != "item" or not whole.ref.names:
            return None
        below, value, place = slot, item, typed
        for number, name in enumerate(whole.ref.names):
            child = slots.field_of(below, name)
            if child is None or _kinds(below) != {"object"}:
                return None
            inside = place.properties.get(name) if place is not None and place.properties is not None else None
            if typed is not None and inside is None:
                return None
            if number:
                value = f"({value} or {self.constant({} if place is None else place.type())})"
            value = f"{value}.{inside.attribute}" if inside is not None else f"{value}.get({self.constant(name)})"
            below, place = child, inside
        return f"({quick})" if (quick := self._quick(value, "None", below.path, whole.test)) is not None else None

    def _typed_at(self, path: Sequence[str]) -> TypedPlace | None:
        place = self.typed
        for name in path:
            place = (place.properties or {}).get(name) if place is not None else None
        return place


def joined(condition: Condition, parts: Sequence[str | None]) -> str | None:
    """The expressions of the parts of a condition, joined as it joins them; None where one is None."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    match condition:
        case All():
            return f"({' and '.join(known) or 'True'})"
        case AnyOf():
            return f"({' or '.join(known) or 'False'})"
        case Not():
            return f"(not {known[0]})"
        case Implies():
            return f"(not {known[0]} or {known[1]})"
    return None


def _kinds(slot: Slot) -> set[str]:
    """The types that are asked of a value; none where something else judges it."""
    return set() if slot.judged_by_choice else {said.value for said in slot.types}


def reads_scopes(test: Test) -> bool:
    """Whether a test may read more of a document than the value that is tested."""
    match test:
        case Literal() | In() | Starts() | Present() | Matches() | Range() | Count(_, _, None) | Among(Ref("account")):
            return False
    return True
