"""The examples in docstrings give what they say."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src"


def test_examples_in_docstrings_are_true() -> None:
    tried = 0
    for path in sorted(SOURCE.rglob("*.py")):
        if ">>> " in path.read_text(encoding="utf-8"):
            names = path.relative_to(SOURCE).with_suffix("").parts
            found = doctest.testmod(import_module(".".join(names).removesuffix(".__init__")))
            assert not found.failed, path
            tried += found.attempted
    assert tried > 100
