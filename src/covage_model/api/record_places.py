"""Where an order may be, as far as one of its records shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covage_model.api.begin import Begun, begin, begin_order
from covage_model.api.workspace import Pack
from covage_model.behaviour.run.record_places import RecordPlaces as RecordPlaces

if TYPE_CHECKING:
    from covage_model.behaviour.run.record_places import PossibleMove
    from covage_model.behaviour.run.session import Session
    from covage_model.behaviour.why.answer import Answer


def record_places(pack: Pack, record: Any, *, account: Any = None) -> RecordPlaces:
    """
    The states and variables in which an order can be that shows this record (JSON data), and what is possible there.

    The tests of the document are read on the record without its read-only fields; what neither it nor the account
    decides may be either. Raises ValueError for a document that is no order of the pack.
    """
    variant = pack.judge.verdict(record, "record").variant
    if variant is None:
        raise ValueError("this is no order of the pack")
    return of_session(pack, begin_order(pack, variant, document=record, account=account))


def of_session(pack: Pack, session: Session) -> RecordPlaces:
    """The same, for an order that was begun with the record as its document."""
    from covage_model.behaviour.run.record_places import record_places as places_of
    from covage_model.behaviour.space.tables import TableUse

    space = pack.table(session.variant.name, TableUse.WAYS)
    return places_of(pack.judge, space, session.document, session.account)


def read(pack: Pack, path: str, **given: Any) -> tuple[RecordPlaces | None, Begun]:
    """The record in a file, with `account` and the rest as for `begin`; None if it cannot be used: its findings."""
    begun = begin(pack.judge, pack.names, document=path, **given)
    return (None if begun.session is None else of_session(pack, begun.session)), begun


def why(pack: Pack, places: RecordPlaces, trigger: str) -> tuple[PossibleMove, int, Answer]:
    """
    Where a trigger is possible, and the answer for the first place that refuses it, else for the first of all.

    Raises NoSuchTrigger.
    """
    from covage_model.api.why import answer

    first = answer(places.session(0), trigger, (), pack.tables)
    move = next(move for move in places.moves() if move.trigger == first.trigger.name)
    refusing = [place for place in range(len(places.places)) if place not in (*move.surely, *move.perhaps)]
    place = next(iter(refusing or move.perhaps), 0)
    return move, place, answer(places.session(place), trigger, (), pack.tables) if place else first
