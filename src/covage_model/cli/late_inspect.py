"""
A stand-in for the standard library's `inspect`, which is loaded when somebody looks at more than `cleandoc`.

Click and `dataclasses` import `inspect` at every start, and then only help texts are cleaned with it. To load it takes
as long as to judge an order. So this module is imported before them.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_NAME = "inspect"


class LateInspect(ModuleType):
    """Has the attributes of the real module, which takes its place at the first look at one."""

    def __init__(self) -> None:
        super().__init__(_NAME)
        self.__spec__ = ModuleSpec(_NAME, None)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real(), name)

    def cleandoc(self, doc: str) -> str:
        """As `inspect.cleandoc`: of a text of one line it only takes the blanks before it."""
        return str(self._real().cleandoc(doc)) if "\n" in doc or "\t" in doc else doc.lstrip()

    def _real(self) -> ModuleType:
        if sys.modules.get(_NAME) is self:
            del sys.modules[_NAME]
        return import_module(_NAME)


sys.modules.setdefault(_NAME, LateInspect())
