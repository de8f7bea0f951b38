"""A live state machine for one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from covage_model.api.workspace import Pack
from covage_model.behaviour.run.configuration_value import WrongConfiguration as WrongConfiguration
from covage_model.ground import json_value

if TYPE_CHECKING:
    from covage_model.behaviour.run.machine import LiveMachine


def build_machine(
    pack: Pack, name: str, *, document: Any = json_value.ABSENT, account: Any = None, at: Any = None
) -> LiveMachine:
    """
    A live machine of the `transitions` library for a variant, or for a lifecycle that no order follows.

    Its guards read `document` and `account`; without a document, guards that read one are undecided. `at` is the
    `configuration` of a machine, as it is or out of a JSON file: the order goes on from there, and its events are
    those from now on.

    Raises KeyError for an unknown name, WrongConfiguration (a ValueError) for a configuration of another order or of a
    lifecycle that behaves otherwise: it says what has changed.
    """
    from covage_model.behaviour.run.machine import build_machine as build

    variant = pack.spec.explorable_named(name)
    given = pack.account(account)
    undecided = variant.stand_in or document is json_value.ABSENT
    ready = None if undecided else pack.judge.readiness(name, document, given)
    return build(pack.spec.lifecycle(variant.order.follows), variant, ready, at=at)
