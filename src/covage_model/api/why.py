"""Why a trigger is possible or refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from covage_model.ground import json_value
from covage_model.ground.nearest import nearest

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack
    from covage_model.behaviour.run.session import Session
    from covage_model.behaviour.space.tables import Tables
    from covage_model.behaviour.why.answer import Answer as Answer


class NoSuchTrigger(Exception):
    """The lifecycle has no trigger of that name; the text says what to type."""


def answer(session: Session, trigger: str, after: Sequence[str] = (), tables: Tables | None = None) -> Answer:
    """Why `trigger` is possible or refused after the triggers `after`. Raises NoSuchTrigger."""
    from covage_model.behaviour.why.why import why as explain

    transitions = session.lifecycle.transitions
    known = [*dict.fromkeys(name for each in transitions for name in (each.outcome_of, each.name) if name)]
    for name in (*after, trigger):
        if name not in known:
            hint = nearest(name, known)
            raise NoSuchTrigger(f"{session.variant.name} has no trigger {name!r}" + (f"; {hint}" if hint else ""))
    outcomes = [each.name for each in transitions if each.outcome_of == trigger]
    if len(outcomes) > 1:
        raise NoSuchTrigger(f"{trigger} has several outcomes: ask about one of {', '.join(outcomes)}")
    return explain(session, trigger, after, tables=tables)


def why(
    pack: Pack,
    trigger: str,
    order: str,
    *,
    after: Sequence[str] = (),
    document: Any = json_value.ABSENT,
    account: Any = None,
) -> Answer:
    """
    Why a trigger is refused after the triggers of `after` for an order of that variant, and what would allow it.

    Without a document, the guards of `after` that read one are assumed to hold. Raises KeyError for an unknown order
    or trigger, ValueError for a document that is not an order of that variant.
    """
    from covage_model.api.begin import begin_order
    from covage_model.behaviour.why.why import why as explain

    session = begin_order(pack, order, document=document, account=account)
    return explain(session, trigger, after, tables=pack.tables)
