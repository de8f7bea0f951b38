"""The source of conditions over a document and an account, while an acceptor is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from covage_model.documents.judge.compiled.accept_places import PlaceSource, joined, reads_scopes
from covage_model.documents.judge.compiled.accept_source import SourceSpot
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import All, Among, Condition, DocumentReady, Holds, Ref, Some


@dataclass(slots=True)
class ConditionSource(PlaceSource):
    """Source lines about one document and the account."""

    shared: dict[Condition, str] = field(default_factory=dict)  # conditions over the account, asked once a document

    def expression(self, condition: Condition, spot: SourceSpot) -> str:
        """A condition, as an expression for the next line of the spot's depth."""
        return tree.fold(condition, lambda whole, parts: self._joined(whole, parts, spot))

    def _joined(self, condition: Condition, parts: list[str], spot: SourceSpot) -> str:
        match condition:
            case Holds(ref, test) if tree.is_of_document(ref):
                return f"({self.test(ref.names, test, spot.scopes, spot.depth)})"
            case Holds(Ref("account"), test) if not reads_scopes(test):
                return str(self.index.judgement(condition)(()))
            case Holds(Ref("account", names), Some(item)) if (known := self._lookup(names, item)) is not None:
                return known
            case Holds(Ref("account", names), Some(item)) if (known := self._search(names, item, spot)) is not None:
                return known
            case Holds() if spot.scopes == ("v0",):
                name = self.shared.setdefault(condition, f"c{len(self.shared)}")
                asked = self.constant(self.index.judgement(condition))
                return f"({name} if {name} is not None else ({name} := {asked}({self.scopes_of(spot.scopes)})))"
            case Holds():
                return f"{self.constant(self.index.judgement(condition))}({self.scopes_of(spot.scopes)})"
            case DocumentReady():
                raise TypeError("a document's readiness is known to its lifecycle alone")
        whole = joined(condition, parts)
        assert whole is not None
        return whole

    def _lookup(self, names: Sequence[str], item: Condition) -> str | None:
        """Whether some item of a list of the account satisfies a condition, as a look-up of texts of the document."""
        found = self.index.table(names, item)
        if found is None or not all(self.is_text(ref.names) for ref in found[0]):
            return None
        wanted = ", ".join(self.names[tuple(ref.names)] for ref in found[0])
        return f"({'(' + wanted + ')' if len(found[0]) > 1 else wanted} in {self.constant(found[1])})"

    def _search(self, names: Sequence[str], item: Condition, spot: SourceSpot) -> str | None:
        """The same as a loop over the few items that have a text of the document; None where that cannot be."""
        parts = item.parts if isinstance(item, All) else (item,)
        for part in parts:
            match part:
                case Holds(Ref("item", key), Among(wanted)) if key and tree.is_of_document(wanted):
                    if self.is_text(wanted.names):
                        break
        else:
            return None
        columns: dict[tuple[str, ...] | Condition, str] = {}
        rest = All(tuple(one for one in parts if one is not part))
        asked = tree.fold(rest, lambda whole, found: self._of_entry(whole, found, columns, spot))
        groups = self.index.groups(names, key, tuple(columns)) if asked is not None and columns else None
        if asked is None or groups is None:
            return None
        answer = self.local()
        each = "".join(f"{name}, " for name in columns.values())
        text = self.names[tuple(wanted.names)]
        self.any_of(answer, f"{each}in {self.constant(groups)}.get({text}, ())", asked, spot.depth)
        return answer

    def _of_entry(
        self,
        whole: Condition,
        parts: list[str | None],
        columns: dict[tuple[str, ...] | Condition, str],
        spot: SourceSpot,
    ) -> str | None:
        """A condition about an item of the account, as an expression of its columns; None where that cannot be."""
        if not isinstance(whole, Holds):
            return joined(whole, parts)
        if all(ref.root == "item" for ref in tree.references(whole)):
            return columns.setdefault(whole, f"x{len(columns)}")
        match whole:
            case Holds(Ref("item", names), Among(ref)) if names:
                return self.equals_text(columns.setdefault(names, f"x{len(columns)}"), ref)
            case Holds(ref, test) if tree.is_of_document(ref):
                return f"({self.test(ref.names, test, spot.scopes, spot.depth)})"
        return None
