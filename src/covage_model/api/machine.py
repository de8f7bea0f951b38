"""A live state machine for one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covage_model.api.workspace import Pack
from covage_model.ground import json_value

if TYPE_CHECKING:
    from covage_model.behaviour.run.machine import LiveMachine


def build_machine(pack: Pack, name: str, *, document: Any = json_value.ABSENT, account: Any = None) -> LiveMachine:
    """
    A live machine of the `transitions` library for a variant; its guards read `document` and `account`.

    Without a document, guards that read one are undecided. Raises KeyError for an unknown name.
    """
    from covage_model.behaviour.run.machine import build_machine as build

    variant = pack.spec.variant(name)
    given = pack.account(account)
    ready = None if document is json_value.ABSENT else pack.judge.readiness(name, document, given)
    return build(pack.spec.lifecycle(variant.order.follows), variant, ready)
