"""
The office held against the spec by scenarios of `covage-model suites`, and a difference cut to the fewest steps.

`python -m back_office.against_spec` plays them on the sound office, then on one with each fault.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
import yaml
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from back_office.adapter import OneOrder, over
from back_office.documents import kind_of
from back_office.in_process import connect
from back_office.life import FAULTS
from back_office.office import BY_OPERATOR, office
from covage_model import Pack, begin_order, build_suites, load_pack
from covage_model.behaviour.run import session as stepping
from covage_model.ground.json_value import merged
from covage_model.testing import fewest, lifecycle_machine

Files = Mapping[str, str]  # the texts of a suite by path, as `build_suites(...).files()` gives them
SUFFIX = ".scenario.yaml"


@dataclass(frozen=True, slots=True)
class Difference:
    """
    A scenario that the office lives otherwise: what it lives on, and all triggers up to where it shows.

    `moves` are those of them that the spec accepts, and what the office takes all the same.
    """

    scenario: str
    document: Any
    account: Any
    triggers: tuple[str, ...]
    moves: tuple[str, ...]


def differences(files: Files, http: httpx.Client) -> list[Difference]:
    """Every scenario of these suites that the office lives otherwise."""
    found = (_played(files, name, OneOrder(http)) for name in files if name.endswith(SUFFIX))
    return [one for one in found if one is not None]


def _played(files: Files, name: str, order: OneOrder) -> Difference | None:
    scenario, stem = yaml.safe_load(files[name]), name.removesuffix(SUFFIX)
    document, account = (json.loads(files[f"{stem}.{part}.json"]) for part in ("order", "account"))
    agrees, fired, moves = order.create(document, account), list[str](), list[str]()
    for step in scenario["steps"]:
        if not agrees:
            break
        if isinstance(step, str):
            fired.append(step)
            moves.append(step)
            agrees = fire(order, document, step)
        elif "fill" in step:
            document = merged(document, step["fill"])
            agrees = order.edit(document)
        else:
            taken = [trigger for trigger in step["refused"] if fire(order, document, trigger)]
            fired += step["refused"]
            moves += taken
            agrees = not taken
    seen = {**order.inside(), "emitted": order.events()} if agrees else {}
    same = agrees and all(seen[what] == value for what, value in scenario["expect"].items())
    return None if same else Difference(name, document, account, tuple(fired), tuple(moves))


def fire(order: OneOrder, document: Any, trigger: str) -> bool:
    """The trigger, fired by whoever may; on an ENNI's order that is Covage."""
    own = trigger in BY_OPERATOR and kind_of(document)[0] != "enni"
    return order.fire(trigger, "operator" if own else "covage")


def fewest_triggers(pack: Pack, variant: str, found: Difference, http: httpx.Client) -> tuple[str, ...]:
    """The triggers without all those that the difference can do without."""

    def differs(triggers: Sequence[str]) -> bool:
        return _differs(pack, variant, found, triggers, OneOrder(http))

    return fewest(found.moves if differs(found.moves) else found.triggers, differs)


def _differs(pack: Pack, variant: str, found: Difference, triggers: Sequence[str], order: OneOrder) -> bool:
    """Whether office and spec take one of these triggers differently, or tell other events in the end."""
    spec = begin_order(pack, variant, document=found.document, account=found.account)
    order.create(found.document, found.account)
    for trigger in triggers:
        after = stepping.fire(spec, trigger)
        moved = isinstance(after, stepping.Session)
        if fire(order, found.document, trigger) is not moved:
            return True
        spec = after if isinstance(after, stepping.Session) else spec
    return list(spec.emitted) != order.events()


CATCHES = {"slot-outlives": "states", "told-twice": "pairs", "letter-is-report": "guards"}
LEAF = "activate-copper/create"


def caught(pack: Pack, fault: str) -> str:
    """What a suite says of an office with the fault: how many scenarios differ, and the fewest steps of the first."""
    cover = CATCHES[fault]
    files = build_suites(pack, LEAF, cover=cover).files()
    with connect(office(fault=fault)) as http:
        found = differences(files, http)
        steps = fewest_triggers(pack, LEAF, found[0], http) if found else ()
    counts = f"  --cover {cover}: {len(found)} of {_count(files)} scenarios differ; the fewest steps of the first:"
    return "\n".join([f"{fault}: {FAULTS[fault]}", counts, *(f"    {step}" for step in steps)])


def held(pack: Pack, variant: str, fault: str = "", runs: int = 15) -> str:
    """What a lifecycle machine says of an office after so many runs; nothing where office and spec agree."""
    with connect(office(fault=fault)) as http:
        machine = lifecycle_machine(pack, variant, adapter=over(http))
        given = settings(machine.TestCase.settings, derandomize=True, database=None, max_examples=runs)
        try:
            run_state_machine_as_test(machine, settings=given)
        except AssertionError as found:
            return str(found)
    return ""


def main() -> None:
    """What the sound office and each fault come to."""
    pack = load_pack()
    files = build_suites(pack, cover="transitions").files()
    with connect(office()) as http:
        print(f"the office: {len(differences(files, http))} of {_count(files)} scenarios differ from the spec")
    for fault in CATCHES:
        print(caught(pack, fault))
    for fault in CATCHES:
        print(held(pack, LEAF, fault))


def _count(files: Files) -> int:
    return sum(name.endswith(SUFFIX) for name in files)


if __name__ == "__main__":
    main()
