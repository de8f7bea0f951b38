"""Invalid orders generated from a pack: each breaks one constraint and has the list of expected findings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import count as counting
from typing import TYPE_CHECKING, Any

from covage_model.api import spec_paths
from covage_model.api.generation import check_asked
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.defects.defect import Defect, Invalid, Unmade
from covage_model.documents.make.defects.every_defect import defects_of
from covage_model.documents.make.defects.maker import DefectMaker, targets_of
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.ground import places
from covage_model.ground.diagnostics import Diagnostic, Origin, Severity
from covage_model.ground.dotted import dotted

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack


def generate_defects(
    pack: Pack,
    *names: str,
    count: int | None = None,
    seed: int = 0,
    status: str | None = None,
    role: str | None = None,
) -> Iterator[Invalid | Unmade]:
    """
    Generates invalid orders of these names (default: all), each of which breaks one constraint of the pack.

    Without `count`, each constraint is broken once, and an `Unmade` gives the reason if that is impossible. With
    `count`, the constraints are broken again in other orders until there are so many. Raises KeyError for an unknown
    name, ValueError for an unknown status or role.
    """
    chosen = check_asked(pack, names, status)
    return invalid(pack.judge, chosen, seed=seed, count=count, status=status, role=Role(role) if role else None)


def invalid(
    judge: Judge,
    names: Sequence[str],
    *,
    seed: int = 0,
    count: int | None = None,
    status: str | None = None,
    role: Role | None = None,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[Invalid | Unmade]:
    """As `generate_defects`, for these variants; `tick` is called after each attempt to break a constraint."""
    made = 0
    for turn in counting():
        maker, before = DefectMaker(judge, f"{seed} {turn}"), made
        for defect, targets in _asked(judge, names, status, role):
            result = maker.made(defect, targets)
            tick()
            if isinstance(result, Unmade):
                if count is None and not (result.why == "nowhere" and (status or role)):
                    yield result
                continue
            yield result
            made += 1
            if made == count:
                return
        if count is None or made == before:
            return


def invalid_by_name(
    judge: Judge, names: Sequence[str], *, role: str | None = None, **asked: Any
) -> Iterator[Invalid | Unmade]:
    """As `invalid`, with the role as text."""
    return invalid(judge, names, role=Role(role) if role is not None else None, **asked)


def data_of(judge: Judge, result: Invalid | Unmade) -> dict[str, Any] | None:
    """An invalid order as plain data; None for `Unmade`."""
    return invalid_data(judge, result) if isinstance(result, Invalid) else None


def number_of(judge: Judge, names: Sequence[str]) -> int:
    """How many constraints these variants have."""
    return sum(1 for name in names for _ in defects_of(judge.sheet(name)))


def _asked(
    judge: Judge, names: Sequence[str], status: str | None, role: Role | None
) -> Iterator[tuple[Defect, list[OrderTarget]]]:
    for name in names:
        targets = [
            target
            for target in targets_of(judge, name)
            if (status is None or target.status == status) and (role is None or target.role is role)
        ]
        for defect in defects_of(judge.sheet(name)):
            yield defect, targets


def invalid_data(judge: Judge, order: Invalid) -> dict[str, Any]:
    """An invalid order as plain data: document, account, target, expected findings, and the broken constraint."""
    return {
        "document": order.document,
        "account": order.account,
        "order": order.target.variant,
        "role": order.target.role.value,
        "status": order.target.status,
        "expect": [{"code": e.code, "pointer": e.pointer, "severity": e.severity} for e in order.expected],
        "defect": spelled(order.defect, os.path.dirname(judge.pack.origin.location.file)),
    }


def spelled(defect: Defect, root: str) -> dict[str, Any]:
    """The broken constraint as plain data, with its spec line and sources; `root` is the folder of the pack."""
    at = defect.origin.location
    return {
        "kind": defect.kind,
        "path": dotted(defect.path),
        "detail": defect.detail,
        "file": spec_paths.from_pack(at.file, root),
        "line": at.line,
        "source": list(defect.origin.source),
        "standing": defect.origin.standing.value,
    }


def finding(result: Invalid | Unmade) -> Diagnostic | None:
    """The note (CM518) that a constraint can be broken only together with others, or not at all; else None."""
    lines = result.because if isinstance(result, Invalid) else result.lines
    if isinstance(result, Invalid) and result.alone:
        return None
    arguments = {"defect": label(result.defect), "order": result.defect.variant, "lines": _lines(lines)}
    form = "coupled" if isinstance(result, Invalid) else result.why
    origin = result.defect.origin
    return Diagnostic("CM518", form, arguments, origin.location, severity=Severity.NOTE, because=origin)


def label(defect: Defect) -> str:
    """The broken constraint in a few words."""
    words = [defect.kind, dotted(defect.path), f"({defect.detail})" if defect.detail else ""]
    return " ".join(word for word in words if word)


def _lines(origins: Sequence[Origin]) -> str:
    lines = [f"{places.shown(origin.location.file)}:{origin.location.line}" for origin in origins[:3]]
    return ", ".join(lines) + (", …" if len(origins) > 3 else "") if lines else "more"
