"""Regular expressions that are compiled at their first use: a start of the command defines fifty and uses ten."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

# Repeats a group and never goes back into it. Before 3.11.5 Python does that wrongly (python/cpython#106052). There the
# group is repeated as usual: all patterns here match the same so, and take more memory for very long texts.
REPEATED = "*+" if sys.version_info >= (3, 11, 5) else "*"

if TYPE_CHECKING:
    regex = re.compile
else:
    _METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn")

    class regex:  # noqa: N801  it is called as `re.compile` is
        """`re.compile`, later. Errors of the expression are raised at the first use."""

        __slots__ = ("_flags", "_text", *_METHODS)

        def __init__(self, text: str | bytes, flags: int = 0) -> None:
            self._text = text
            self._flags = flags

        def __getattr__(self, name: str) -> Any:
            compiled = re.compile(self._text, self._flags)
            for method in _METHODS:
                setattr(self, method, getattr(compiled, method))
            return getattr(compiled, name)
