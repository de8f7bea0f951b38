"""A look at a document that tells which variant it is of, and whether it is a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from covage_model.ground.json_value import ABSENT, at
from covage_model.pack.conditions import indexed
from covage_model.pack.model.conditions import Condition, Holds, Present, Ref

if TYPE_CHECKING:
    from covage_model.documents.judge.compiled.typed import TypedPlace


def looker(paths: Sequence[Sequence[str]], record: Condition | None) -> Callable[[Any], tuple[Any, ...]]:
    """
    A function from an object to its values at the paths, ABSENT where there is none, and whether `record` holds.

    Without `record` nothing holds.
    """
    constants: dict[str, Any] = {"A": ABSENT, "at": at}
    parts = []
    for number, path in enumerate(paths):
        constants[f"k{number}"] = path[0] if len(path) == 1 else tuple(path)
        parts.append(f"v0.get(k{number}, A)" if len(path) == 1 else f"at(v0, k{number})")
        if len(path) == 2:
            constants[f"f{number}"], constants[f"g{number}"] = path
            parts[-1] = f"(v{number}.get(g{number}, A) if type(v{number} := v0.get(f{number})) is dict else A)"
    constants["record"] = (lambda _: False) if record is None else indexed.judgement(record, ABSENT)
    match record:
        case Holds(Ref(_, (name,)), Present(True)):
            constants["r"] = name
            parts.append("r in v0")
        case None:
            parts.append("False")
        case _:
            parts.append("record((v0,))")
    exec(compile(f"def look(v0): return ({', '.join(parts)},)", "<looker>", "exec"), constants)  # noqa: S102  our own
    look: Callable[[Any], tuple[Any, ...]] = constants["look"]
    return look


def typed_looker(
    paths: Sequence[Sequence[str]], record: Condition | None, root: TypedPlace
) -> Callable[[Any], tuple[Any, ...]] | None:
    """The same for typed documents; None where they do not tell."""
    parts = []
    for path in paths:
        known = _attribute(root, path)
        if known is None:
            return None
        parts.append(known)
    match record:
        case Holds(Ref(_, (name,)), Present(True)) if (known := _attribute(root, (name,))) is not None:
            parts.append(f"{known} is not A")
        case None:
            parts.append("False")
        case _:
            return None
    constants: dict[str, Any] = {"A": ABSENT}
    exec(compile(f"def look(v0): return ({', '.join(parts)},)", "<looker>", "exec"), constants)  # noqa: S102  our own
    look: Callable[[Any], tuple[Any, ...]] = constants["look"]
    return look


def _attribute(root: TypedPlace, path: Sequence[str]) -> str | None:
    """What is at a path of one or two steps, as an expression, ABSENT for nothing; None where that takes more."""
    places, variable = root.properties or {}, "v0"
    *outer, last = path
    if len(outer) > 1 or any(name not in places for name in outer):
        return None
    for name in outer:
        variable, places = f"{variable}.{places[name].attribute}", places[name].properties or {}
    if last not in places:
        return None
    value = f"(A if (v := {variable}.{places[last].attribute}) is None else v)"
    return f"(A if {variable} is None else {value})" if outer else value
