"""The source of an acceptor while it is written: its lines, and a place in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TYPE_CHECKING, Any

from covage_model.documents.presence.sheet import Slot
from covage_model.ground.classes import dataclass
from covage_model.ground.json_value import ABSENT, at

if TYPE_CHECKING:
    from covage_model.documents.judge.compiled.typed import TypedPlace


@dataclass(frozen=True, slots=True)
class SourceSpot:
    """
    Where the source stands: a value in the local variable `name`, its slot, and the scopes around it.

    A variable is None where nothing is there: null in a place that the sheet describes is refused before.
    """

    slot: Slot | None
    name: str
    depth: int  # of indentation
    path: tuple[str, ...] | None = ()  # None below a list
    scopes: tuple[str, ...] = ("v0",)
    absent: str = "None"  # what the variable is where nothing is there
    typed: TypedPlace | None = None  # of a value in a typed document; None in plain JSON

    @property
    def demanded(self) -> frozenset[str]:
        """The keywords, and "type", that hold since the document is typed."""
        return self.typed.demands if self.typed is not None else frozenset()

    @property
    def item_type(self) -> TypedPlace | None:
        """The place of the items of a list."""
        return self.typed.items if self.typed is not None else None

    def field_type(self, name: str) -> TypedPlace | None:
        """The place of a field of an object."""
        return (self.typed.properties or {}).get(name) if self.typed is not None else None


@dataclass(slots=True)
class SourceLines:
    """Lines of Python and the constants that they name."""

    lines: list[str] = field(default_factory=list, init=False)
    constants: dict[str, Any] = field(default_factory=lambda: {"A": ABSENT, "at": at}, init=False)
    locals: int = field(default=0, init=False)

    def line(self, depth: int, text: str) -> None:
        """Add a line, so many steps indented."""
        self.lines.append("    " * depth + text)

    def refuse(self, depth: int, condition: str) -> None:
        """Add a line that ends the function without a yes where a condition holds."""
        self.line(depth, f"if {condition}: return None")

    def constant(self, value: Any) -> str:
        """A new name for a value."""
        name = f"k{len(self.constants)}"
        self.constants[name] = value
        return name

    def local(self) -> str:
        """A new name for a variable."""
        self.locals += 1
        return f"v{self.locals}"

    def compiled(self, source: str, variant: str, **given: Any) -> Callable[[Any], Any] | None:
        """The function `accept` of a source with these constants; None where Python cannot compile it."""
        namespace: dict[str, Any] = self.constants | given
        try:
            code = compile(source, f"<acceptor of {variant}>", "exec")
        except (SyntaxError, RecursionError, MemoryError):  # Python nests at most 20 loops, and lists may lie deeper
            return None
        exec(code, namespace)  # noqa: S102  our own templates
        accept: Callable[[Any], Any] = namespace["accept"]
        return accept
