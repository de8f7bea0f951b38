"""The stand-in for `inspect` cleans texts as the real one does, and gives way to it."""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from importlib.util import find_spec

import pytest

from covage_model.cli.late_inspect import LateInspect


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> LateInspect:
    stand_in = LateInspect()
    monkeypatch.setitem(sys.modules, "inspect", stand_in)
    return stand_in


@pytest.mark.parametrize(
    "text",
    [
        "",
        "one line",
        "  blanks before",
        "blanks after  ",
        "   ",
        "\u00a0x",
        "a\tb",
        "\tx",
        "\n\none\n    two\n",
        "  a\n  b",
        "\r\n x",
    ],
)
def test_texts_are_cleaned_as_by_the_real_module(late: LateInspect, text: str) -> None:
    assert late.cleandoc(text) == inspect.cleandoc(text)


def test_a_text_of_one_line_loads_nothing(late: LateInspect) -> None:
    assert late.cleandoc(" What it does. ") == "What it does. "
    assert sys.modules["inspect"] is late


def test_the_real_module_takes_its_place_at_the_first_look(late: LateInspect) -> None:
    assert find_spec("inspect") is late.__spec__
    real = late.signature.__globals__["__name__"]
    assert real == "inspect"
    assert sys.modules["inspect"] is not late
    assert import_module("inspect").signature is late.signature


def test_what_the_real_module_lacks_the_stand_in_lacks(late: LateInspect) -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        late.nothing  # noqa: B018
