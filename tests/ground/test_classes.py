"""Our `dataclass` does what that of the standard library does; what differs is the time."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, fields, replace
from typing import Any

import pytest

from covage_model.ground import classes

Define = Callable[..., Any]
DEFINE: dict[str, Define] = {"ours": classes.dataclass, "theirs": dataclasses.dataclass}
FLAGS = [
    {"frozen": True, "slots": True},
    {"slots": True},
    {"frozen": True, "slots": True, "eq": False},
    {"slots": True, "eq": False, "repr": False},
    {"frozen": True, "slots": True, "repr": False},
    {"frozen": True, "slots": True, "order": True},
    {"slots": True, "kw_only": True},
    {"frozen": True},
    {"slots": True, "order": True, "repr": False},
]


def point(define: Define, **flags: bool) -> Any:
    @define(**flags)
    class Point:
        x: int
        label: str = "none"
        tags: list[str] = field(default_factory=list)
        origin: object = field(default=None, compare=False, repr=False)
        doubled: int = field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "doubled", 2 * self.x)

    return Point


def said(do: Callable[[], Any]) -> Any:
    """What a call returns, or the exception that it raises."""
    try:
        return do()
    except Exception as error:
        return type(error)


@pytest.mark.parametrize("flags", FLAGS, ids=str)
def test_a_class_behaves_as_one_of_the_standard_library(flags: dict[str, bool]) -> None:
    def told(define: Define) -> list[Any]:
        Point = point(define, **flags)  # noqa: N806  a class
        one, same, other = Point(x=1), Point(x=1, origin=3), Point(x=2, label="b", tags=["t"])
        return [
            [str(parameter) for parameter in inspect.signature(Point).parameters],
            [(each.name, each.init, each.compare, each.repr) for each in fields(Point)],
            getattr(Point, "__match_args__", None),
            (one.doubled, one.tags, one.tags is same.tags, other.label),
            (one == same, one == other, one == (1,), one != same),
            said(lambda: repr(other)) if flags.get("repr", True) else None,
            said(lambda: hash(Point(x=1, tags=()))) == said(lambda: hash(Point(x=1, tags=(), origin=5))),
            said(lambda: hash(one)) if flags.get("eq", True) else None,
            said(lambda: setattr(one, "x", 5)),
            said(lambda: setattr(one, "unknown", 5)) in (AttributeError, FrozenInstanceError, TypeError, None),
            said(lambda: delattr(other, "label")),
            said(lambda: Point()),
            said(lambda: Point(1, more=2)),
            replace(same, x=7).doubled,
            replace(same, x=7).origin,
            [getattr(copy.deepcopy(same), name) for name in ("x", "tags", "doubled", "origin")],
            said(lambda: one < other) if flags.get("order") else None,
        ]

    assert told(DEFINE["ours"]) == told(DEFINE["theirs"])


@classes.dataclass(frozen=True, slots=True)
class Pair:
    """A pair, as pickle needs it: at the top of a module."""

    left: int
    right: object = None

    def __str__(self) -> str:
        return f"{self.left}-{self.right}"


@classes.dataclass(frozen=True, slots=True)
class Named(Pair):
    """A pair with a name."""

    name: str = ""


def test_pickles_copies_matches_and_inherits() -> None:
    pair = Pair(1, (2,))
    assert pickle.loads(pickle.dumps(pair)) == copy.copy(pair) == pair
    assert len({pair, copy.deepcopy(pair)}) == 1
    match pair:
        case Pair(left, right):
            assert (left, right) == (1, (2,))
    named = Named(1, 2, "n")
    assert (repr(named), str(named), named == Pair(1, 2)) == ("Named(left=1, right=2, name='n')", "1-2", False)
    assert pickle.loads(pickle.dumps(named)) == named
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'left'"):
        named.left = 2  # type: ignore[misc]


def test_words_of_a_base_that_are_given_by_name_come_last() -> None:
    @classes.dataclass(slots=True, kw_only=True)
    class Base:
        x: int = 1

    @classes.dataclass(slots=True)
    class Below(Base):
        y: int

    assert (Below(2).x, Below(2, x=3).x, Below(2).y) == (1, 3, 2)
    assert list(inspect.signature(Below).parameters) == ["y", "x"]


def test_a_class_compiles_nothing_until_it_is_used_and_then_what_is_called() -> None:
    @classes.dataclass(frozen=True, slots=True)
    class Late:
        x: int
        day: dt.date = field(default_factory=dt.date.today)  # it imports: the globals need builtins

    def compiled() -> set[str]:
        return {name for name in ("__init__", "__eq__", "__hash__") if vars(Late)[name].__name__ != "<lambda>"}

    assert (compiled(), type(vars(Late)["__dataclass_fields__"]).__name__) == (set(), "_AtFirstLook")
    made = Late(1)
    assert compiled() == {"__init__"}
    assert (made == Late(1), compiled(), hash(made) == hash(Late(1))) == (True, {"__init__", "__eq__"}, True)
    assert [each.name for each in fields(Late)] == ["x", "day"]
    assert type(vars(Late)["__dataclass_fields__"]) is dict


def test_a_base_whose_initialiser_is_called_by_a_class_below() -> None:
    @classes.dataclass(slots=True)
    class Base:
        x: int

    class Below(Base):
        def __init__(self) -> None:
            super().__init__(7)

    @classes.dataclass(slots=True)
    class Further(Base):
        y: int = 0

        def __init__(self) -> None:
            Base.__init__(self, 8)

    assert (Below().x, Further().x, Base(1) == Base(1)) == (7, 8, True)


def test_a_field_without_a_default_after_one_with_a_default_is_refused() -> None:
    @classes.dataclass(slots=True)
    class Wrong:
        x: int = 0
        y: int  # type: ignore[misc]

    with pytest.raises(TypeError, match="non-default argument 'y' follows default argument"):
        Wrong(1, 2)


def test_what_a_class_defines_itself_stays() -> None:
    @classes.dataclass(frozen=True, slots=True)
    class Own:
        x: int

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    assert (Own(1) == 5, hash(Own(1)), repr(Own(1))) == (True, 7, "own")


@pytest.mark.parametrize("define", DEFINE.values(), ids=DEFINE)
def test_a_class_with_an_equality_of_its_own_still_has_a_hash(define: Define) -> None:
    @define(frozen=True, slots=True)
    class Own:
        x: int

        def __eq__(self, other: object) -> bool:
            return True

    assert hash(Own(1)) == hash(Own(1)) != hash(Own(2))
