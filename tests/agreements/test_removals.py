"""
The bundled pack with one transition, case, guard or effect removed: which property breaks?

`oracle/removals.yaml` has the expected answer for each removal, with the reason if nothing breaks.
Both checkers are compared with it: the oracle over the YAML, and `verify` over the table.
A third of the removals run by default, all of them in the long profile.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from agreement import Record
from effort import LONG
from oracle.explorer import Configuration, Model, Yaml, merged
from oracle.properties import Lives
from oracle.removals import removals
from seeded_packs import compiled

from covage_model.behaviour.space.explore import explore
from covage_model.behaviour.verify import judge

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "tests" / "oracle" / "removals.yaml"
LIFECYCLES = ("activate", "terminate")

Reached = dict[str, frozenset[Configuration]]


@cache
def spec() -> list[Yaml]:
    kinds = ("pack", "lifecycle", "order", "events")
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / "specs" / "covage").rglob("*.yaml"))]
    return [said for said in files if any(kind in said for kind in kinds)]


def orders(lifecycle: str) -> list[Yaml]:
    return [said for said in spec() if said.get("follows") == lifecycle]


def variants(order: Yaml) -> list[str | None]:
    return list(order.get("variants", {})) or [None]


def broken_by_oracle(name: str, lifecycle: Yaml) -> tuple[set[str], Reached]:
    """The properties that some order or variant breaks, and the reachable configurations of each."""
    found: set[str] = set()
    reached: Reached = {}
    for order in orders(name):
        for variant in variants(order):
            lives = Lives(Model({name: lifecycle}, order, variant))
            found |= {prop for prop, verdict in lives.verdicts.items() if not verdict.holds}
            reached[f"{order['order']}/{variant}"] = lives.space.configurations
    return found, reached


def broken_by_verify(name: str, lifecycle: Yaml) -> set[str]:
    """The same from the toolkit, over a pack with only the lifecycle and the `match` of its orders."""
    pack = compiled(bare(name, lifecycle))
    tables = [explore(pack.lifecycles[0], variant) for variant in pack.variants]
    assert len(tables) == sum(len(variants(order)) for order in orders(name))
    found = [judge.verdict(space, prop) for space in tables for prop in space.lifecycle.properties]
    return {verdict.prop.name for verdict in found if verdict.outcome is not judge.PropertyOutcome.HOLDS}


def bare(name: str, lifecycle: Yaml) -> dict[str, Yaml]:
    """The spec files without fields, texts and sources: they compile in a quarter of the time."""
    (head,) = (said for said in spec() if "pack" in said)
    (skeleton,) = (said for said in spec() if said.get("lifecycle") == "skeleton")
    (events,) = (said for said in spec() if "events" in said)
    files: dict[str, Yaml] = {
        "pack.yaml": {key: head[key] for key in ("pack", "format", "languages", "actors")},
        "events.yaml": {"events": {event: {"fields": {"at": "string"}} for event in events["events"]}},
        "lifecycle.yaml": {
            "lifecycle": name,
            **{key: skeleton[key] for key in ("status", "requests")},
            **without_texts(lifecycle),
        },
    }
    for order in orders(name):
        said = {key: order[key] for key in ("order", "follows", "match", "written_by") if key in order}
        if "variants" in order:
            said["variants"] = {variant: {"match": one["match"]} for variant, one in order["variants"].items()}
        files[f"{order['order']}.yaml"] = said
    return files


def without_texts(said: Any) -> Any:
    if isinstance(said, dict) and set(said) == {"value", "title"}:
        return said["value"]
    if isinstance(said, dict):
        texts = ("title", "message", "source", "standing")
        return {key: without_texts(part) for key, part in said.items() if key not in texts}
    return [without_texts(part) for part in said] if isinstance(said, list) else said


def whole(name: str) -> Yaml:
    return merged({said["lifecycle"]: said for said in spec() if "lifecycle" in said}, name)


def change(before: Reached, after: Reached) -> str:
    """How the reachable configurations changed: the same, more, fewer, or other ones."""
    if before == after:
        return "same"
    more = any(after[variant] - before[variant] for variant in before)
    fewer = any(before[variant] - after[variant] for variant in before)
    return "other" if more and fewer else "more" if more else "fewer"


@pytest.mark.parametrize("name", LIFECYCLES)
def test_each_removal_breaks_the_reviewed_properties(name: str, record: Record) -> None:
    reviewed: Yaml = yaml.safe_load(TABLE.read_text("utf-8"))[name]
    broken, before = broken_by_oracle(name, whole(name))
    assert broken == broken_by_verify(name, whole(name)) == set()
    found: dict[str, Any] = {}
    every = list(removals(whole(name)))
    assert [what for what, _ in every] == list(reviewed)
    tried = every[:: 1 if LONG else 5]
    reviewed = {what: reviewed[what] for what, _ in tried}
    for what, lifecycle in tried:
        broken, after = broken_by_oracle(name, lifecycle)
        assert broken_by_verify(name, lifecycle) == broken, what
        found[what] = sorted(broken) or {"reached": change(before, after)}
    survivors = {what for what, said in found.items() if isinstance(said, dict)}
    reasons = {what: said.pop("reason", None) for what, said in reviewed.items() if isinstance(said, dict)}
    assert found == reviewed
    assert set(reasons) == survivors
    assert all(isinstance(reason, str) and len(reason) > 20 for reason in reasons.values())
    counts = {"removals": len(found), "name what breaks": len(found) - len(survivors), "break nothing": len(survivors)}
    record("the bundled pack with one thing removed", counts)


# No removal breaks these: they forbid what only something else in its place would allow.
UNTOLD = {
    "completed-was-submitted": "another `to` or `from` would",
    "draft-is-free": "billing that starts elsewhere would",
    "operator-drafts": "another `by`, or another `from`, would",
    "rejected-is-free": "a rejection that is possible later would",
}


def test_every_other_property_is_broken_by_some_removal() -> None:
    table: Yaml = yaml.safe_load(TABLE.read_text("utf-8"))
    told = {prop for part in table.values() for said in part.values() if isinstance(said, list) for prop in said}
    stated = {prop for name in LIFECYCLES for prop in whole(name)["properties"]}
    assert stated - told == set(UNTOLD)
