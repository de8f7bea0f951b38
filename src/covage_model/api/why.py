"""Why a trigger is possible or refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from covage_model.ground.nearest import nearest

if TYPE_CHECKING:
    from covage_model.behaviour.run.session import Session
    from covage_model.behaviour.space.tables import Tables
    from covage_model.behaviour.why.answer import Answer


class NoSuchTrigger(Exception):
    """The lifecycle has no trigger of that name; the text says what to type."""


def answer(session: Session, trigger: str, after: Sequence[str] = (), tables: Tables | None = None) -> Answer:
    """Why `trigger` is possible or refused after the triggers `after`. Raises NoSuchTrigger."""
    from covage_model.behaviour.why.why import why

    known = [transition.name for transition in session.lifecycle.transitions]
    for name in (*after, trigger):
        if name not in known:
            hint = nearest(name, known)
            raise NoSuchTrigger(f"{session.variant.name} has no trigger {name!r}" + (f"; {hint}" if hint else ""))
    return why(session, trigger, after, tables=tables)
