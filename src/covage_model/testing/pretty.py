"""Printing of drawn values: the class name and the most useful parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Pretty:
    """A value that `repr` and Hypothesis print by its `parts`."""

    __slots__ = ()

    def parts(self) -> Mapping[str, Any]:
        """The parts to print, by name."""
        raise NotImplementedError

    def __repr__(self) -> str:
        """On one line."""
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.parts().items())})"

    def _repr_pretty_(self, printer: Any, cycle: object) -> None:  # noqa: ARG002  the signature of IPython and Hypothesis
        with printer.group(4, f"{type(self).__name__}(", ")"):
            for number, (name, value) in enumerate(self.parts().items()):
                if number:
                    printer.text(",")
                    printer.breakable()
                printer.text(f"{name}=")
                printer.pretty(value)
