"""The source of conditions over a document, and of where its values are, while an acceptor is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from covage_model.documents.judge.accept_source import SourceLines, SourceSpot
from covage_model.documents.judge.accept_texts import is_text
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.typed import TypedPlace
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree
from covage_model.pack.conditions.lookups import AccountIndex
from covage_model.pack.model.conditions import (
    All,
    Among,
    AnyOf,
    Condition,
    Count,
    DocumentReady,
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


@dataclass(slots=True)
class ConditionSource(SourceLines):
    """Source lines about one document, with the local name of each value outside lists."""

    sheet: Sheet
    context: JudgeContext
    index: AccountIndex
    typed: TypedPlace | None = None
    names: dict[tuple[str, ...], str] = field(default_factory=lambda: {(): "v0"})
    shared: dict[Condition, str] = field(default_factory=dict)  # conditions over the account, asked once a document

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

    def _scopes(self, scopes: Sequence[str]) -> str:
        """The values around a condition, outermost first, as an expression."""
        return f"({', '.join(map(self._plain, scopes))},)"

    def expression(self, condition: Condition, spot: SourceSpot) -> str:
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
                return f"({self.test(ref.names, test, spot.scopes)})"
            case Holds(Ref("account"), test) if not _reads_scopes(test):
                return str(self.index.judgement(condition)(()))
            case Holds(Ref("account", names), Some(item)) if (known := self._lookup(names, item)) is not None:
                return known
            case Holds() if spot.scopes == ("v0",):
                name = self.shared.setdefault(condition, f"c{len(self.shared)}")
                asked = self.constant(self.index.judgement(condition))
                return f"({name} if {name} is not None else ({name} := {asked}({self._scopes(spot.scopes)})))"
            case Holds():
                return f"{self.constant(self.index.judgement(condition))}({self._scopes(spot.scopes)})"
            case DocumentReady():
                raise TypeError("a document's readiness is known to its lifecycle alone")

    def _lookup(self, names: Sequence[str], item: Condition) -> str | None:
        """Whether some item of a list of the account satisfies a condition, as a look-up of texts of the document."""
        found = self.index.table(names, item)
        if found is None or not all(self._is_text(ref.names) for ref in found[0]):
            return None
        wanted = ", ".join(self.names[tuple(ref.names)] for ref in found[0])
        return f"({'(' + wanted + ')' if len(found[0]) > 1 else wanted} in {self.constant(found[1])})"

    def _is_text(self, path: Sequence[str]) -> bool:
        return tuple(path) in self.names and is_text(self.sheet, tuple(path))

    def test(self, path: Sequence[str], test: Test, scopes: Sequence[str] = ("v0",)) -> str:
        """A test of a value outside lists, as an expression."""
        value, absent = self.value_at(path)
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
            case Among(Ref("account") as ref) if absent == "None" and self._is_text(path):
                return f"{value} in {self.constant(self.index.known_texts(ref))}"
        satisfied = self.index.satisfaction(test)
        asked = value if absent == "A" else f"A if {value} is None else {self._plain(value)}"
        around = self._scopes(scopes) if _reads_scopes(test) else "()"
        return f"{self.constant(satisfied)}({asked}, {around})"


def _reads_scopes(test: Test) -> bool:
    """Whether a test may read more of a document than the value that is tested."""
    match test:
        case Literal() | In() | Starts() | Present() | Matches() | Range() | Count(_, _, None) | Among(Ref("account")):
            return False
    return True
