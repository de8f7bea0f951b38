"""The state graph of a lifecycle: its resting states and the transitions between them, without guards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from covage_model.pack.model.lifecycle import Lifecycle


def edges(lifecycle: Lifecycle) -> dict[str, set[str]]:
    """By resting state: the states that a transition from it leads to."""
    found: dict[str, set[str]] = {}
    for transition in lifecycle.transitions:
        for case in transition.cases:
            targets = lifecycle.targets(case)
            for source in case.source if targets else ():
                found.setdefault(source, set()).update(targets)
    return found


def closure(starts: Iterable[str], nexts: Mapping[str, Iterable[str]]) -> set[str]:
    """`starts` and everything that `nexts` leads to from them."""
    found = set(starts)
    pending = list(found)
    while pending:
        new = set(nexts.get(pending.pop(), ())) - found
        found |= new
        pending.extend(new)
    return found
