"""
`dataclass` of the standard library, for classes that are defined in a third of the time and made in half of it.

A start of the command defines about ninety. Python 3.11 compiles up to six methods for each of them. Here they are one
text with `__init__`, `__eq__` and `__hash__`, and the methods that fail or are slow anyway are shared. Fields,
`replace`, `match`, copies and pickle work as before; type checkers see the original.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, repr: bool = True, eq: bool = True, **more: Any) -> Any:  # noqa: A002  the words of the original
        """The decorator; with other words, or without slots, it is the original."""
        if more or not slots:
            return dataclasses.dataclass(frozen=frozen, slots=slots, repr=repr, eq=eq, **more)
        return lambda cls: _defined(cls, frozen=frozen, shown=repr, compared=eq)


def _defined(cls: type, *, frozen: bool, shown: bool, compared: bool) -> type:
    given = {name for name, value in vars(cls).items() if (name, value) != ("__hash__", None)}  # Python's, for __eq__
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    fields = dataclasses.fields(made)
    methods: dict[str, Any] = dict(_methods(made, fields, frozen=frozen, compared=compared))
    if shown:
        methods["__repr__"] = _shown
    if compared and not frozen:
        methods["__hash__"] = None
    if frozen:
        methods |= {"__setattr__": _refuse_assignment, "__delattr__": _refuse_deletion}
        methods |= {"__getstate__": _state, "__setstate__": _take_state}
    for name, method in methods.items():
        if name not in given:
            setattr(made, name, method)
    decorated: type = made
    return decorated


def _methods(
    made: Any, fields: tuple[dataclasses.Field[Any], ...], *, frozen: bool, compared: bool
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The methods that are compiled: those that are called often."""
    names: dict[str, Any] = {"_absent": dataclasses.MISSING}
    head, by_name, body = ["self"], ["*"], []
    for number, field in enumerate(fields):
        value, words = field.name, by_name if field.kw_only else head
        if field.default is not dataclasses.MISSING:
            names[f"_default{number}"] = field.default
            words += [f"{value}=_default{number}"] if field.init else []
            value = value if field.init else f"_default{number}"
        elif field.default_factory is not dataclasses.MISSING:
            names[f"_make{number}"] = field.default_factory
            words += [f"{value}=_absent"] if field.init else []
            value = f"_make{number}() if {value} is _absent else {value}" if field.init else f"_make{number}()"
        elif field.init:
            words.append(value)
        else:
            continue  # `__post_init__` says what it is
        if frozen:
            names[f"_set{number}"] = getattr(made, field.name).__set__  # of the slot: nobody refuses it
            body.append(f"_set{number}(self, {value})")
        else:
            body.append(f"self.{field.name} = {value}")
    body += ["self.__post_init__()"] if hasattr(made, "__post_init__") else []
    head += by_name if len(by_name) > 1 else []
    lines = [f"def __init__({', '.join(head)}):", *(f"    {line}" for line in body or ["pass"])]
    if compared:
        mine, theirs = (
            "(" + "".join(f"{one}.{field.name}, " for field in fields if field.compare) + ")"
            for one in ("self", "other")
        )
        lines += ["def __eq__(self, other):", "    if other.__class__ is not self.__class__:"]
        lines += ["        return NotImplemented", f"    return {mine} == {theirs}"]
        lines += ["def __hash__(self):", f"    return hash({mine})"] if frozen else []
    exec("\n".join(lines), names)  # noqa: S102  our own text: the names are those of the class
    names["__init__"].__annotations__ = {field.name: field.type for field in fields if field.init}
    for name in ("__init__", "__eq__", "__hash__"):
        if name in names:
            names[name].__qualname__ = f"{made.__qualname__}.{name}"
            yield name, names[name]


def _shown(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_assignment(_: Any, name: str, value: object) -> None:  # noqa: ARG001  as Python calls it
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(_: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _take_state(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
