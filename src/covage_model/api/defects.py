"""Invalid orders made from a pack, each wrong in one thing, with the findings that it must get."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count as counting
from typing import TYPE_CHECKING, Any

from covage_model.api.generation import check_asked
from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.defect import Defect, Invalid, Unmade
from covage_model.documents.make.kinds import defects_of
from covage_model.documents.make.make import Maker, targets_of
from covage_model.documents.make.stock import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Diagnostic, Origin, Severity

if TYPE_CHECKING:
    from covage_model.api.library import Pack


def generate_defects(
    pack: Pack,
    *names: str,
    count: int | None = None,
    seed: int = 0,
    status: str | None = None,
    role: str | None = None,
) -> Iterator[Invalid | Unmade]:
    """
    Invalid orders of these names, each wrong in one thing that the pack says; none given: of all.

    Without `count` each thing once, and an `Unmade` with the reason where no order was made; else so many
    orders, the things again and again in other orders. Raises KeyError for a name, ValueError for a status or
    a role that is none.
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
    """The same for these variants; `tick` is called after each thing broken, or not."""
    made = 0
    for turn in counting():
        maker, before = Maker(judge, f"{seed} {turn}"), made
        for defect, targets in _asked(judge, names, status, role):
            found = maker.made(defect, targets)
            tick()
            if isinstance(found, Unmade):
                if count is None and not (found.why == "nowhere" and (status or role)):
                    yield found
                continue
            yield found
            made += 1
            if made == count:
                return
        if count is None or made == before:
            return


def invalid_by_name(
    judge: Judge, names: Sequence[str], *, role: str | None = None, **asked: Any
) -> Iterator[Invalid | Unmade]:
    """The same, with the role by name."""
    return invalid(judge, names, role=Role(role) if role is not None else None, **asked)


def data_of(one: Invalid | Unmade) -> dict[str, Any] | None:
    """An invalid order as plain data; None where none was made."""
    return invalid_data(one) if isinstance(one, Invalid) else None


def number_of(judge: Judge, names: Sequence[str]) -> int:
    """How many things there are to be broken."""
    return sum(1 for name in names for _ in defects_of(judge.sheet(name)))


def _asked(
    judge: Judge, names: Sequence[str], status: str | None, role: Role | None
) -> Iterator[tuple[Defect, list[OrderTarget]]]:
    for name in names:
        targets = [
            one
            for one in targets_of(judge, name)
            if (status is None or one.status == status) and (role is None or one.role is role)
        ]
        for defect in defects_of(judge.sheet(name)):
            yield defect, targets


def invalid_data(one: Invalid) -> dict[str, Any]:
    """An invalid order as plain data: what it is, what must be found, and which line of the spec says so."""
    return {
        "document": one.document,
        "account": one.account,
        "order": one.target.variant,
        "role": one.target.role.value,
        "status": one.target.status,
        "expect": [{"code": e.code, "pointer": e.pointer, "severity": e.severity} for e in one.expected],
        "defect": spelled(one.defect),
    }


def spelled(defect: Defect) -> dict[str, Any]:
    """What is broken, and who says so."""
    at = defect.origin.location
    return {
        "kind": defect.kind,
        "path": ".".join(defect.path),
        "detail": defect.detail,
        "file": at.file,
        "line": at.line,
        "source": list(defect.origin.source),
        "standing": defect.origin.standing.value,
    }


def finding(one: Invalid | Unmade) -> Diagnostic | None:
    """What there is to say of a defect that stands in no order alone; None where it does."""
    lines = one.because if isinstance(one, Invalid) else one.lines
    if isinstance(one, Invalid) and one.alone:
        return None
    arguments = {"defect": label(one.defect), "order": one.defect.variant, "lines": _lines(lines)}
    form = "coupled" if isinstance(one, Invalid) else one.why
    origin = one.defect.origin
    return Diagnostic("CM518", form, arguments, origin.location, severity=Severity.NOTE, because=origin)


def label(defect: Defect) -> str:
    """What is broken, in a few words."""
    words = [defect.kind, ".".join(defect.path), f"({defect.detail})" if defect.detail else ""]
    return " ".join(word for word in words if word)


def _lines(origins: Sequence[Origin]) -> str:
    places = [f"{one.location.file}:{one.location.line}" for one in origins[:3]]
    return ", ".join(places) + (", …" if len(origins) > 3 else "") if places else "more"
