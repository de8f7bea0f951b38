"""Where an order may be that shows a record: what the table says equals what the second explorer reaches."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from effort import LONG
from jsonschema import Draft202012Validator
from oracle import explorer, seeded
from oracle.lifecycles import Sample
from seeded_packs import pack_of
from test_space_equals_oracle import text

from covage_model import load_pack
from covage_model.behaviour.run.became import Became, Becoming
from covage_model.behaviour.run.record_places import RecordPlaces, record_places
from covage_model.behaviour.space.explore import explore
from covage_model.behaviour.space.shown_values import histories_of
from covage_model.documents.judge.compiled.plain import PlainJudge
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.documents.schema.flat import print_schema
from covage_model.pack.model.conditions import Holds

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = 400 if LONG else 12
RECORDS = 6  # of each variant of a sample
CONTENT: tuple[dict[str, Any], ...] = (  # what the tests of the samples speak of
    *({}, {"mark": "ABC"}, {"urgent": True}, {"urgent": False}, {"box": {"size": 1}}, {"box": {"most": 3}}),
    *({"box": {"size": 5, "most": 4}}, {"box": {"size": 2, "most": 2}}, {"parts": [{"name": "lid", "ok": True}, {}]}),
)
Yaml = dict[str, Any]


def status_of(states: Yaml, names: list[str], inherited: str | None = None, *, top: bool = True) -> str | None:
    """What a record shows of the state with these names, read from the YAML."""
    said = states[names[0]] or {}
    own = said["shown_as"] if "shown_as" in said else names[0] if top else inherited
    return own if len(names) == 1 else status_of(said["states"], names[1:], own, top=False)


def spelled(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def with_shown(sample: Sample, random: Random) -> dict[str, dict[str, Any]]:
    """Lets records show some values of each variable; returns by variable and spelled value what a record then has."""
    shown: dict[str, dict[str, Any]] = {}
    variables = sample.lifecycle.get("variables", {})
    for name, said in variables.items():
        if isinstance(said, list):
            field = f"shown-{name}"
            told_apart = [value for value in said if [spelled(other) for other in said].count(spelled(value)) == 1]
            if not told_apart:
                continue
            chosen = random.sample(told_apart, random.randint(1, len(told_apart)))
            shown[name] = {spelled(value): {field: value} for value in chosen}
            variables[name] = {"values": said, "shown": {key: dict(one) for key, one in shown[name].items()}}
            sample.order["fields"][field] = {"title": "What is shown", "read_only": True}
    return shown


def record_of(sample: Sample, here: explorer.Configuration, shown: dict[str, dict[str, Any]]) -> Yaml:
    """A record of an order in that configuration, as far as `shown` says."""
    record = {"request": "thing", "number": "N1", "mark": "x"}
    record |= {"way": "one"} if "variants" in sample.order else {}
    for name, value in here[1]:
        record |= shown.get(name, {}).get(spelled(value), {})
    return record | {"status": status_of(sample.lifecycle["states"], here[0].split("."))}


def fitting(
    space: explorer.Space, states: Yaml, record: Yaml, shown: dict[str, dict[str, Any]], found: RecordPlaces
) -> Iterator[explorer.Configuration]:
    """The configurations of the second explorer that show the record, by the definition."""
    decided = {text(atom): holds for atom, holds in found.decided}
    for here in space.configurations:
        is_shown = all(
            (spelled(value) == key) is all(record.get(field) == told for field, told in fields.items())
            for name, value in here[1]
            for key, fields in shown.get(name, {}).items()
        )
        truths = dict(here[2])
        if (
            is_shown
            and status_of(states, here[0].split(".")) == record["status"]
            and all(truths[name] is holds for name, holds in decided.items())
        ):
            yield here


def agree(found: RecordPlaces, space: explorer.Space, expected: list[explorer.Configuration]) -> None:
    """The places, and what is possible in them, are those of the configurations."""
    places = [(here.state, frozenset(here.variables)) for here in found.places]
    assert len(set(places)) == len(places)
    assert set(places) == {(state, variables) for state, variables, _ in expected}
    assert sum(map(len, found.numbers)) == len(expected)
    leaving: dict[explorer.Configuration, set[str]] = {here: set() for here in expected}
    for source, trigger, _, _, _ in space.moves:
        if source in leaving:
            leaving[source].add(trigger)
    for move in found.moves():
        if move.trigger == explorer.EDIT:
            continue  # an edit is told of each place that may be edited, also where it leads nowhere else
        for number, place in enumerate(places):
            truths = {move.trigger in names for here, names in leaving.items() if here[:2] == place}
            assert (number in move.surely, number in move.perhaps) == (truths == {True}, len(truths) == 2)


@pytest.mark.parametrize("seed", range(SAMPLES))
def test_random_lifecycles(seed: int) -> None:
    random, sample = Random(seed), seeded.drawn(f"records {seed}", properties=2)
    shown = with_shown(sample, random)
    pack = pack_of(sample)
    table = explore(pack.lifecycles[0], pack.variants[0])
    judge = judge_of(replace(pack, histories=histories_of([table])))
    becoming = Becoming(judge, table, None)
    for variant in sample.variants[:1]:
        space = explorer.explore(sample.lifecycles, sample.order, variant)
        reached = sorted(space.configurations, key=repr)
        for here in random.sample(reached, min(RECORDS, len(reached))):
            record = record_of(sample, here, shown) | random.choice(CONTENT)
            if record["status"] is None:
                continue
            if random.random() < 0.3:  # another status, so that often nothing can show it
                record["status"] = record_of(sample, random.choice(reached), shown)["status"] or record["status"]
            found = record_places(judge, table, record)
            expected = list(fitting(space, sample.lifecycle["states"], record, shown, found))
            agree(found, space, expected)
            agree_on_history(judge, record, space, sample, shown, found)
            other = record | record_of(sample, random.choice(reached), shown)
            other |= random.choice(({}, {"mark": "y"}))
            if other["status"] is not None:
                there = record_places(judge, table, other)
                ends = set(fitting(space, sample.lifecycle["states"], other, shown, there))
                answer = becoming.became(record, other)
                agree_on_ways(answer, space, set(expected), ends, is_edited=other["mark"] != record["mark"])


def agree_on_history(
    judge: Judge,
    record: Yaml,
    space: explorer.Space,
    sample: Sample,
    shown: dict[str, dict[str, Any]],
    found: RecordPlaces,
) -> None:
    """
    The record is clean exactly if some configuration has its status, shows what it shows and holds what it holds.

    That is, of the tests that read the document alone. All judges agree.
    """
    states = sample.lifecycle["states"]
    truths = {text(atom): holds for atom, holds in found.decided if isinstance(atom, Holds)}
    leads = any(
        status_of(states, here[0].split(".")) == record["status"]
        and all(
            (spelled(value) == key) is all(record.get(field) == told for field, told in fields.items())
            for name, value in here[1]
            for key, fields in shown.get(name, {}).items()
        )
        and all(dict(here[2])[name] is holds for name, holds in truths.items())
        for here in space.configurations
    )
    verdict = judge.verdict(record, "record.json")
    assert [finding.code for finding in verdict.findings] == ([] if leads else ["CM419"])
    assert (PlainJudge(judge).plain(record) is not None) is leads
    sheet = judge.sheet(str(verdict.variant))
    printed = print_schema(sheet, pack="p", status=record["status"], role="record", language="en").schema
    assert Draft202012Validator(printed).is_valid(record) is leads or "CM419" in printed.get("$comment", "")
    if not leads and verdict.findings[0].form in (
        "shown",
        "elsewhere",
    ):  # the nearest record is one that a history leads to
        assert verdict.findings[0].arguments["nearest"] is not None


def agree_on_ways(
    answer: Became,
    space: explorer.Space,
    starts: set[explorer.Configuration],
    ends: set[explorer.Configuration],
    *,
    is_edited: bool,
) -> None:
    """There is a way exactly if the second explorer finds one, with an edit on it where the document differs."""
    editable = {source for source, trigger, _, _, _ in space.moves if trigger == explorer.EDIT}
    if not starts:
        assert (answer.moves, answer.why) == (None, "nowhere")
        return
    plain = reached_from(space, starts)
    if not is_edited:
        assert (answer.moves is not None) is bool(plain & ends)
    elif answer.moves is None:
        assert not reached_from(space, plain & editable) & ends
        assert answer.why == ("edited" if plain & ends else "never")
    else:
        assert plain & ends
        assert any(move.is_edit for move in answer.moves)
    if answer.moves:
        assert all(one.target == two.source for one, two in itertools.pairwise(answer.moves))


def reached_from(space: explorer.Space, starts: set[explorer.Configuration]) -> set[explorer.Configuration]:
    """Where moves lead from these configurations."""
    nexts: dict[explorer.Configuration, set[explorer.Configuration]] = {}
    for source, _, _, target, _ in space.moves:
        nexts.setdefault(source, set()).add(target)
    found, pending = set(starts), list(starts)
    while pending:
        new = nexts.get(pending.pop(), set()) - found
        found |= new
        pending.extend(new)
    return found


def test_a_record_whose_document_no_guard_lets_through_has_no_place_and_no_judge_takes_it() -> None:
    pack = load_pack(Path(__file__).resolve().parents[1] / "golden" / "CM419-document")
    sheet, clean = pack.judge.sheet("parcel"), set()
    for status, weight in itertools.product(("draft", "checked", "small", "large"), (None, 0, 3, 12)):
        record = {"kind": "parcel", "number": "1", "status": status} | ({} if weight is None else {"weight": weight})
        leads = bool(record_places(pack.judge, pack.table("parcel"), record).places)
        verdict = pack.judge.verdict(record, "record.json")
        assert [(each.code, each.form) for each in verdict.findings] == ([] if leads else [("CM419", "document")])
        assert (PlainJudge(pack.judge).plain(record) is not None) is leads
        printed = print_schema(sheet, pack="p", status=status, role="record", language="en").schema
        assert Draft202012Validator(printed).is_valid(record) is leads
        clean |= {(status, weight)} if leads else set()
    drafts = {("draft", weight) for weight in (None, 0, 3, 12)}
    assert clean == drafts | {("checked", 3), ("checked", 12), ("small", 3), ("large", 12)}


def test_the_records_of_the_bundled_pack() -> None:
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "specs/covage").rglob("*.yaml")]
    lifecycles = {said["lifecycle"]: said for said in files if "lifecycle" in said}
    orders = {said["order"]: said for said in files if "order" in said}
    states, pack = lifecycles["skeleton"]["states"], load_pack()
    shown = {"service_reference": {"assigned": {"service_ref": "S310421_00007"}}}
    seen = 0
    for path in sorted((ROOT / "specs/covage/examples").rglob("record-*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        name = pack.judge.verdict(record, "").variant
        if name is None or record.get("status") not in states or record.get("status") == "deleted":
            continue
        order, _, variant = name.partition("/")
        space = explorer.explore(lifecycles, orders[order], variant or None)
        found = record_places(pack.judge, pack.table(name), record)
        values = {"assigned": {"service_ref": record.get("service_ref", "S310421_00007")}}
        both = {**shown, "service_reference": values} if orders[order]["follows"] == "activate" else {}
        agree(found, space, list(fitting(space, states, record, both, found)))
        seen += 1
    assert seen > 15
