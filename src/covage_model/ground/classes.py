"""
`dataclass` of the standard library, for classes that are defined in a tenth of the time.

A start of the command defines about a hundred, and many of them make no object. Python 3.11 compiles up to six methods
for each. Here the methods that are called often are compiled at their first call, those that fail or are slow anyway
are shared, and the standard library describes the fields when somebody asks for them. Fields, `replace`, `match`,
copies and pickle work as before; type checkers see the original.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from types import CodeType, FunctionType, MemberDescriptorType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass
else:

    def dataclass(
        *,
        frozen: bool = False,
        slots: bool = False,
        repr: bool = True,  # noqa: A002  the words of the original
        eq: bool = True,
        order: bool = False,
        **more: Any,
    ) -> Any:
        """The decorator; with other words, or without slots, it is the original."""
        original = dataclasses.dataclass(frozen=frozen, slots=slots, repr=repr, eq=eq, order=order, **more)

        def defined(cls: type) -> type:
            if more or not slots or not _is_plain(cls):
                return original(cls)
            compared = ("__eq__", *(_ORDERED if order else ())) if eq else ()
            return _defined(cls, frozen=frozen, shown=repr, compared=compared)

        return defined


_NO_FIELDS = ("ClassVar", "InitVar", "KW_ONLY")  # words of annotations that are not those of a plain field
_MISSING: Any = dataclasses.MISSING
_ORDERED = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
_MAKE = object()  # the default of a field with a factory


def _is_plain(cls: type) -> bool:
    """Whether each annotation is that of a field that may be given by place, and each base with fields is ours."""
    for name, annotation in _annotations(cls).items():
        if not isinstance(annotation, str) or any(word in annotation for word in _NO_FIELDS):
            return False
        if getattr(vars(cls).get(name), "kw_only", None) is True:
            return False
    return all("__plan__" in vars(base) or "__dataclass_fields__" not in vars(base) for base in cls.__mro__[1:-1])


def _annotations(cls: type) -> dict[str, Any]:
    written: dict[str, Any] = vars(cls).get("__annotations__", {})
    return written


def _defined(cls: type, *, frozen: bool, shown: bool, compared: tuple[str, ...]) -> type:
    annotations = _annotations(cls)
    given = {name: value for name, value in vars(cls).items() if name not in annotations and name not in _UNSLOTTED}
    if given.get("__hash__", ...) is None:
        del given["__hash__"]  # Python's own, because of an `__eq__`
    waiting = {"__init__", *compared, "__hash__"} if compared and frozen else {"__init__", *compared}
    plan = _Plan(cls, frozen, waiting.difference(given))
    written = {**_LOOKS, **(_FROZEN if frozen else {}), **({"__repr__": _shown} if shown else {})}
    if compared and not frozen:
        written["__hash__"] = None
    written.update(given)
    for name in plan.waiting:
        written[name] = _at_first_call(plan, name)
    taken = {slot for base in cls.__mro__[1:-1] for slot in vars(base).get("__slots__", ())}
    written["__slots__"] = tuple(name for name in annotations if name not in taken)
    written["__qualname__"] = cls.__qualname__
    written["__plan__"] = plan
    plan.made = type(cls)(cls.__name__, cls.__bases__, written)
    return plan.made


_DESCRIPTIONS = ("__dataclass_fields__", "__dataclass_params__", "__match_args__")
_UNSLOTTED = frozenset(("__dict__", "__weakref__"))


class _Plan:
    """What is made later of one class: `cls` is as it was written, `made` has slots and the methods."""

    __slots__ = ("_fields", "cls", "frozen", "made", "waiting")
    made: type

    def __init__(self, cls: type, frozen: bool, waiting: set[str]) -> None:  # noqa: FBT001  a start makes a hundred
        self.cls = cls
        self.frozen = frozen
        self.waiting = waiting
        self._fields: dict[str, Any] | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """By its name, how each field was written: `field(…)`, its default, or MISSING. Those of bases come first."""
        if self._fields is None:
            self._fields = {}
            for base in reversed(self.cls.__mro__[1:]):
                self._fields |= vars(base)["__plan__"].fields if "__plan__" in vars(base) else {}
            for name in _annotations(self.cls):
                written = getattr(self.cls, name, _MISSING)
                self._fields[name] = _MISSING if isinstance(written, MemberDescriptorType) else written
        return self._fields

    def describe(self) -> None:
        """Put what the standard library says of the fields on the class."""
        self.fields  # noqa: B018  before the standard library takes the defaults away
        described: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(self.cls)
        for name in _DESCRIPTIONS:
            if isinstance(vars(self.made)[name], _AtFirstLook):
                setattr(self.made, name, vars(described)[name])

    def compile(self, name: str) -> Callable[..., Any]:
        """Put a method on the class in the place of the one that was waiting for its first call."""
        method = self._initialiser() if name == "__init__" else self._comparison(name)
        method.__qualname__ = f"{self.made.__qualname__}.{name}"
        if name in self.waiting:
            setattr(self.made, name, method)
            self.waiting.discard(name)
        return method

    def _initialiser(self) -> Callable[..., Any]:
        """An `__init__` whose code is shared with those of as many fields of the same kinds."""
        spelled: dict[str, str] = {}
        names: dict[str, Any] = {"_absent": _MISSING, "__builtins__": __builtins__}  # a factory may import
        head, body, defaults = ["self"], [], []
        for number, (name, written) in enumerate(self.fields.items()):
            field = written if isinstance(written, dataclasses.Field) else None
            value = argument = f"a{number}"
            spelled[argument] = name
            default = written if field is None else field.default
            init = field is None or field.init
            if default is not _MISSING:
                names[f"_default{number}"] = default
                value = argument if init else f"_default{number}"
            elif field is not None and field.default_factory is not _MISSING:
                names[f"_make{number}"] = field.default_factory
                value = f"_make{number}() if {argument} is _absent else {argument}" if init else f"_make{number}()"
                default = _MAKE
            elif not init:
                continue  # `__post_init__` says what it is
            if init:
                head.append(argument)
                if default is not _MISSING:
                    defaults.append(_MISSING if default is _MAKE else default)
                elif defaults:
                    raise TypeError(f"non-default argument {name!r} follows default argument")
            if self.frozen:
                names[f"_set{number}"] = getattr(self.made, name).__set__  # of the slot: nobody refuses it
                body.append(f"_set{number}(self, {value})")
            else:
                body.append(f"self.{argument} = {value}")
        body += ["self.__post_init__()"] if hasattr(self.made, "__post_init__") else []
        code = _code("__init__", ", ".join(head), "\n    ".join(body or ["pass"]))
        code = code.replace(
            co_varnames=tuple(spelled.get(name, name) for name in code.co_varnames),
            co_names=tuple(spelled.get(name, name) for name in code.co_names),
        )
        method = FunctionType(code, names, "__init__", tuple(defaults))
        annotated = {name: text for base in reversed(self.cls.__mro__) for name, text in _annotations(base).items()}
        method.__annotations__ = {spelled[argument]: annotated[spelled[argument]] for argument in head[1:]}
        return method

    def _comparison(self, name: str) -> Callable[..., Any]:
        compared = [
            field
            for field, written in self.fields.items()
            if not isinstance(written, dataclasses.Field) or written.compare
        ]
        mine, theirs = ("(" + "".join(f"{one}.{field}, " for field in compared) + ")" for one in ("self", "other"))
        if name == "__hash__":
            return FunctionType(_code(name, "self", f"return hash({mine})"), globals())
        operator = _ORDERED.get(name, "==")
        same = f"return {mine} {operator} {theirs} if other.__class__ is self.__class__ else NotImplemented"
        return FunctionType(_code(name, "self, other", same), globals())


@cache
def _code(name: str, head: str, body: str) -> CodeType:
    """The code of a function of this text; it is our own text, with the names of fields alone."""
    names: dict[str, Any] = {}
    exec(f"def {name}({head}):\n    {body}", names)  # noqa: S102  see above
    code: CodeType = names[name].__code__
    return code


def _at_first_call(plan: _Plan, name: str) -> Callable[..., Any]:
    return lambda *values, **named: plan.compile(name)(*values, **named)


class _AtFirstLook:
    """What describes a class: made when it is looked at."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, _: object, owner: Any) -> Any:
        plan = owner.__plan__
        if self.name in _DESCRIPTIONS:
            plan.describe()
        else:  # `inspect` goes on with that of `__init__`
            plan.compile("__init__")
            delattr(plan.made, self.name)
        return getattr(owner, self.name)


def _shown(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_assignment(_: Any, name: str, value: object) -> None:  # noqa: ARG001  as Python calls it
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(_: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in type(self).__plan__.fields]


def _take_state(self: Any, state: list[Any]) -> None:
    for name, value in zip(type(self).__plan__.fields, state, strict=True):
        object.__setattr__(self, name, value)


_LOOKS = {name: _AtFirstLook(name) for name in (*_DESCRIPTIONS, "__signature__")}
_FROZEN = {
    "__setattr__": _refuse_assignment,
    "__delattr__": _refuse_deletion,
    "__getstate__": _state,
    "__setstate__": _take_state,
}
