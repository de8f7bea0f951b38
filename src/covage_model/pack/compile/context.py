"""The context of the builders: the names that a pack defines, and the list of findings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import chain
from typing import Any

from covage_model.ground import iregexp as patterns
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Origin, Standing
from covage_model.ground.dotted import keys
from covage_model.ground.files.node import Node, plain
from covage_model.ground.nearest import nearest
from covage_model.pack.model.text import Text


@dataclass(frozen=True, slots=True)
class Context:
    """The names that a pack defines, by kind."""

    types: Mapping[str, Node]
    events: Mapping[str, Node]
    orders: Mapping[str, Node]
    lifecycles: Mapping[str, Node]
    actors: frozenset[str]
    citations: frozenset[str]  # ids of sources and of statements
    languages: tuple[str, ...]
    say: Callable[[Diagnostic], None]

    def finding(self, code: str, form: str, node: Node, *, hint: str | None = None, **arguments: Any) -> None:
        """Adds a finding at the place of `node`."""
        self.say(Diagnostic(code, form, arguments, node.at, hint))

    def known(self, kind: str, node: Node, *legal: Collection[str]) -> bool:
        """Whether the name in `node` is legal. If not, adds CM202 with the nearest legal name."""
        if isinstance(node.value, str) and any(node.value in names for names in legal):
            return True
        self.finding("CM202", kind, node, hint=nearest(str(node.value), chain(*legal)), name=node.value)
        return False

    def origin(self, node: Node) -> Origin:
        """The origin of a settled definition: its place, sources and standing."""
        entries = node.value if isinstance(node.value, dict) else {}
        standing = Standing(entries["standing"].value) if "standing" in entries else Standing.STATED
        return Origin(node.at, tuple(item.value for item in listed(entries.get("source"))), standing)

    def check_sources(self, node: Node) -> None:
        """Adds CM204 for each unknown source or statement that a definition cites itself."""
        cited = node.value.get("source")
        if cited is None or cited.key is None:
            return
        for item in listed(cited):
            if item.value not in self.citations:
                self.finding("CM204", "source", item, hint=nearest(item.value, self.citations), name=item.value)

    def text(self, node: Node | None) -> Text | None:
        """A text. Adds CM202 for a language that the pack does not have."""
        if node is None or isinstance(node.value, str):
            return None if node is None else str(node.value)
        for language, child in node.value.items():
            if self.languages and language not in self.languages:
                self.finding("CM202", "language", child, name=language, hint=nearest(language, self.languages))
        return {language: child.value for language, child in node.value.items()}

    def pattern(self, node: Node) -> bool:
        """Whether the pattern in `node` is an I-Regexp. If not, adds CM207."""
        try:
            patterns.parse(node.value)
        except patterns.PatternError as error:
            self.finding("CM207", "pattern", node, pattern=node.value, reason=error.reason, offset=error.offset + 1)
            return False
        return True


def listed(node: Node | None) -> list[Node]:
    """The items of a list, or a single value that stands for a list of one, or nothing."""
    if node is None:
        return []
    return node.value if isinstance(node.value, list) else [node]


def bare(node: Node | None, otherwise: Any = None) -> Any:
    """The plain data of a node; `otherwise` if there is no node."""
    return otherwise if node is None else plain(node)


def names_of(path: Node) -> tuple[str, ...]:
    """The names in a dotted path."""
    return keys(path.value)
