"""A look at a document that tells which variant it is of, and whether it is a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from covage_model.ground.json_value import ABSENT, at
from covage_model.pack.conditions import indexed
from covage_model.pack.model.conditions import Condition, Holds, Present, Ref


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
