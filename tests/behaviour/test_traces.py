"""Traces are written as scenarios and played again; merge patches lead from each document to the next."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from covage_model import Pack, load_pack
from covage_model.api import accounts, orders, scenarios
from covage_model.behaviour.run.scenario_file import scenario_files
from covage_model.behaviour.run.step import Step, StepOutcome
from covage_model.behaviour.run.trace import Trace, trace_of
from covage_model.behaviour.space.configuration import Configuration
from covage_model.behaviour.space.explore import StateSpace, explore
from covage_model.documents.judge.choose import choose
from covage_model.ground import json_value
from covage_model.ground.json_value import Unreachable, difference, merged

ROOT = Path(__file__).resolve().parents[2]
PACKS = {"covage": ROOT / "specs" / "covage", "library": ROOT / "tests" / "packs" / "library"}
ACCOUNTS = {"covage": "accounts/operator.json", "library": "accounts/aline.yaml"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["", "a", "é"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.sampled_from("abc"), JSON, max_size=3)


# --- merge patches


@pytest.mark.hard
@given(OBJECTS, OBJECTS)
@settings(max_examples=examples(200), deadline=None)
def test_a_difference_leads_to_the_document_or_none_does(before: dict[str, Any], after: dict[str, Any]) -> None:
    try:
        patch = difference(before, after)
    except Unreachable:
        assert has_new_null(before, after)
    else:
        assert json_value.equal(merged(before, patch), after)
        assert not has_new_null(before, after)


def has_new_null(before: Any, after: Any) -> bool:
    """Whether an object of `after` has a null where `before` has none."""
    if not isinstance(after, dict):
        return after is None
    known = before if isinstance(before, dict) else {}
    return any(
        has_new_null(known.get(name), value)
        for name, value in after.items()
        if name not in known or not json_value.equal(known[name], value)
    )


def test_a_difference_says_no_more_than_it_must() -> None:
    assert difference({"a": {"b": 1, "c": None}}, {"a": {"b": 1, "c": None}}) == {}
    assert difference({"a": {"b": 1, "c": None}}, {"a": {"c": None}}) == {"a": {"b": None}}
    assert difference({"a": 1}, {"a": {}}) == {"a": {}}
    assert difference({"a": 1}, {"a": True}) == {"a": True}  # for Python they are equal
    with pytest.raises(Unreachable):
        difference({}, {"a": None})


# --- traces


class Ground:
    """A pack, its tables, and for each variant the documents for which every atom is decided."""

    def __init__(self, name: str) -> None:
        folder = PACKS[name]
        self.pack: Pack = load_pack(str(folder))
        file = folder / ACCOUNTS[name]
        account, findings = accounts.read_account(str(file), self.pack.judge)
        assert account is not None
        assert not findings
        self.account = account
        self.spaces = {
            variant.name: explore(self.pack.spec.lifecycle(variant.order.follows), variant)
            for variant in self.pack.spec.variants
        }
        self.documents: dict[str, list[tuple[Any, tuple[bool, ...]]]] = defaultdict(list)
        for folder_name in self.pack.spec.documents:
            for one in orders.judge_files([str(folder / folder_name)], self.pack.judge, orders.Request()):
                self._add(one.document)

    def _add(self, document: Any) -> None:
        choice = choose(self.pack.judge.prepared.alternatives, document.data, "") if document is not None else None
        if choice is None or choice.findings or choice.variant is None:
            return
        ask = self.pack.judge.readiness(choice.variant, document.data, self.account)
        values = [ask(atom) for atom in self.spaces[choice.variant].atoms]
        if None not in values:
            self.documents[choice.variant].append((document.data, tuple(map(bool, values))))


@pytest.fixture(scope="module", params=sorted(PACKS))
def ground(request: pytest.FixtureRequest) -> Ground:
    return Ground(request.param)


def walk(ground: Ground, variant: str, rolled: random.Random) -> tuple[Trace, list[Any]]:
    """A random run and its documents."""
    space, pool = ground.spaces[variant], ground.documents[variant]
    data, values = rolled.choice(pool)
    documents, moves = [data], []
    here = start = at(space, space.initial[0], values)
    for _ in range(rolled.randrange(9)):
        possible = [move for move in space.moves(here) if not move.is_edit]
        if space.editor(here) is not None and rolled.random() < 0.4:
            data, values = rolled.choice(pool)
            documents.append(data)
            there = at(space, here, values)
            moves.append(space.edit(here, there))
            here = there
        elif possible:
            move = rolled.choice(possible)
            moves.append(move)
            here = move.target
    return trace_of(space, start, moves), documents


def at(space: StateSpace, number: int, values: tuple[bool, ...]) -> int:
    here = space.configuration(number)
    found = space.find(Configuration(here.state, here.variables, tuple(zip(space.atoms, values, strict=True))))
    assert found is not None
    return found


def refused_in(space: StateSpace, here: Configuration) -> list[str]:
    number = space.find(here)
    assert number is not None
    possible = {move.trigger for move in space.moves(number)}
    return [one.name for one in space.lifecycle.transitions if one.name not in possible]


def lived(ground: Ground, files: dict[str, str], folder: Path) -> tuple[scenarios.Played, ...]:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return tuple(scenarios.play_files([str(folder)], ground.pack.judge, ()))


@pytest.mark.hard
def test_random_traces_are_played_as_scenario_files(ground: Ground, tmp_path: Path) -> None:
    rolled, account = random.Random(7), ground.account.data
    edits = refusals = 0
    for number in range(examples(40)):
        trace, documents = walk(ground, rolled.choice(sorted(ground.documents)), rolled)
        where = rolled.randrange(len(trace.moves) + 1)
        said_no = refusal(ground, trace, where)
        try:
            files = scenario_files(with_steps(trace, where, said_no), "a life", documents, account, name="life")
        except Unreachable:
            continue
        edits += len(documents) > 1
        refusals += len(said_no)
        assert sorted(files) == ["life.account.json", "life.order.json", "life.scenario.yaml"]
        (played,) = lived(ground, files, tmp_path / str(number))
        assert played.findings == (), files["life.scenario.yaml"]
        assert played.outcome is not None
        assert played.outcome.trace is not None
        assert [one.state for one in played.outcome.trace.configurations] == [one.state for one in trace.configurations]
        assert [one.trigger for one in played.outcome.trace.refusals] == [one.trigger for one in said_no]
    assert edits > 4
    assert refusals > 10


def refusal(ground: Ground, trace: Trace, after: int) -> list[Step]:
    """A trigger that the state alone refuses there, if there is one."""
    here = trace.configurations[after]
    elsewhere = (
        one.name
        for one in ground.spaces[trace.variant].lifecycle.transitions
        if all(here.state not in case.source for case in one.cases)
    )
    return [refused(name, here) for name in elsewhere][:1]


def refused(trigger: str, here: Configuration) -> Step:
    return Step(trigger, (), here, here, StepOutcome.REFUSED, blockers=("state",))


def with_steps(trace: Trace, place: int, steps: list[Step]) -> Trace:
    """The trace with these steps inserted after that many moves."""
    return replace(trace, steps=(*trace.steps[:place], *steps, *trace.steps[place:]))


def test_a_trace_with_one_step_altered_fails(ground: Ground, tmp_path: Path) -> None:
    rolled, account = random.Random(3), ground.account.data
    for number in range(examples(12)):
        trace, documents = walk(ground, rolled.choice(sorted(ground.documents)), rolled)
        space, where = ground.spaces[trace.variant], rolled.randrange(len(trace.moves) + 1)
        here = trace.configurations[where]
        wrong = Step(refused_in(space, here)[0], (), here, here, case=space.lifecycle.transitions[0].cases[0])
        longer = with_steps(trace, where, [wrong])
        (played,) = lived(
            ground, scenario_files(longer, "x", documents, account, name="x"), tmp_path / f"longer-{number}"
        )
        assert [finding.code for finding in played.findings] == ["CM502"]
        elsewhere = replace(trace.end, state=next(s.name for s in space.lifecycle.resting if s.name != trace.end.state))
        other = replace(trace, start=elsewhere) if not trace.moves else _ending(trace, elsewhere)
        (played,) = lived(
            ground, scenario_files(other, "x", documents, account, name="x"), tmp_path / f"other-{number}"
        )
        assert [finding.code for finding in played.findings] == ["CM501"]


def _ending(trace: Trace, end: Configuration) -> Trace:
    return replace(trace, steps=(*trace.steps[:-1], replace(trace.steps[-1], after=end)))


def test_a_trace_that_reads_no_document_needs_none(tmp_path: Path) -> None:
    pack = load_pack(str(PACKS["library"]))
    variant = pack.spec.variant("card")
    space = explore(pack.spec.lifecycle(variant.order.follows), variant)
    moves = []
    here = space.initial[0]
    for trigger in ("warn", "warn", "warn", "restore"):
        moves.append(next(move for move in space.moves(here) if move.trigger == trigger))
        here = moves[-1].target
    trace = trace_of(space, space.initial[0], moves)
    with_refusal = with_steps(trace, 0, [refused("restore", trace.start)])
    files = scenario_files(with_refusal, {"fr": "Averti", "en": "Warned"}, name="warned")
    assert list(files) == ["warned.scenario.yaml"]
    assert "order: card\n" in files["warned.scenario.yaml"]
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (played,) = scenarios.play_files([str(tmp_path)], pack.judge, ())
    assert played.findings == ()
    assert played.outcome is not None
    assert played.outcome.trace is not None
    assert [step.moved for step in played.outcome.trace.steps] == [False, *[True] * 4]


def test_documents_must_fit_the_stretches_of_the_trace(ground: Ground) -> None:
    variant = min(ground.documents)
    trace, documents = walk(ground, variant, random.Random(1))
    with pytest.raises(ValueError, match="documents for"):
        scenario_files(trace, "x", [*documents, {}], name="x")
