"""A value of a spec with its place in the file."""

from __future__ import annotations

from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Node:
    """A value somebody wrote, and where: `value` is a scalar, a dict[str, Node] or a list[Node]."""

    value: Any
    location: Location  # where the value starts
    key: Location | None = None  # where its key is written, for an entry of a mapping (same pointer as the value)

    @property
    def at(self) -> Location:
        """The place to show to people: that of the key, if there is one."""
        return self.key or self.location


def plain(node: Node) -> Any:
    """The data without locations."""
    if isinstance(node.value, dict):
        return {name: plain(item) for name, item in node.value.items()}
    if isinstance(node.value, list):
        return [plain(item) for item in node.value]
    return node.value
