"""A trace as a scenario that `run` plays: the spec file, and the documents that it lives on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from covage_model.behaviour.run.trace import Trace
from covage_model.behaviour.space.configuration import Configuration
from covage_model.ground import json_value
from covage_model.ground.files import yaml_writer
from covage_model.ground.json_value import difference

SUFFIX = ".scenario.yaml"
_OWN = ("state", "emitted", "findings")  # what the words of an expectation mean, whatever a variable is called


@dataclass(frozen=True, slots=True)
class Refusal:
    """
    A trigger that must be refused, and what says no, at least one name.

    That is `state`, `final` or `variant`, a variable, a named condition, a rule, or the dotted path of a field.
    """

    trigger: str
    reasons: tuple[str, ...]


def written(
    trace: Trace,
    title: str | Mapping[str, str],
    documents: Sequence[Any] = (),
    account: Any = json_value.ABSENT,
    *,
    name: str,
    refused: Mapping[int, Sequence[Refusal]] | None = None,
) -> dict[str, str]:
    """
    The files of a scenario that plays `trace`, by their names: all begin with `name` and lie in one folder.

    `documents` are those of `trace.stretches`, in order; with none of them no guard on the way may
    read a document, and edits are left out. `refused` is what must be refused after so many moves.
    At the end, the state, the variables and all events are expected. Raises
    `merge_patch.Unreachable` where no merge patch leads from one document to the next.
    """
    given, files = _given(trace, documents, account, name)
    steps = [*_refused(refused, 0)]
    later = iter(pairwise(documents))
    for number, taken in enumerate(trace.moves, 1):
        if not taken.is_edit:
            steps.append(taken.trigger)
        elif documents:
            steps.append({"fill": difference(*next(later))})
        steps += _refused(refused, number)
    expected = _expected(trace)
    scenario: dict[str, Any] = {"scenario": title if isinstance(title, str) else dict(title), "given": given}
    if steps:
        scenario.update(steps=steps, expect=expected)
    else:
        scenario.update(steps=[{"expect": expected}])  # without steps a document would be judged, not played
    return {name + SUFFIX: yaml_writer.written(scenario), **files}


def _given(trace: Trace, documents: Sequence[Any], account: Any, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a scenario starts from, and the files that hold it; an account alone is given to nobody."""
    if not documents:
        return {"order": trace.variant}, {}
    if len(documents) != len(trace.stretches):
        raise ValueError(f"{len(documents)} documents for {len(trace.stretches)} stretches")
    given = {"document": f"{name}.order.json"}
    files = {given["document"]: _json(documents[0])}
    if account is not json_value.ABSENT:
        given["account"] = f"{name}.account.json"
        files[given["account"]] = _json(account)
    return given, files


def _refused(refused: Mapping[int, Sequence[Refusal]] | None, after: int) -> list[Any]:
    here = (refused or {}).get(after, ())
    return [{"refused": {one.trigger: one.reasons[0] if len(one.reasons) == 1 else list(one.reasons)}} for one in here]


def _expected(trace: Trace) -> dict[str, Any]:
    here: Configuration = trace.end
    variables = {name: value for name, value in here.variables if name not in _OWN}
    return {"state": here.state, **variables, "emitted": list(trace.emitted)}


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
