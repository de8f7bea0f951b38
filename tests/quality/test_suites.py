"""Test suites of runs: they show what they claim, no run can be dropped, and `run` plays them."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Callable
from functools import cache, partial, reduce
from itertools import combinations, combinations_with_replacement, pairwise
from operator import or_
from pathlib import Path
from typing import Any

import pytest
import yaml
from effort import LONG, examples, share
from jsonschema import Draft202012Validator

from covage_model import Pack, Severity, build_suites, judge, load_pack, measure_coverage, record_coverage, run_scenario
from covage_model.api import packs
from covage_model.api.suites import Suites
from covage_model.behaviour.space.explore import StateSpace
from covage_model.behaviour.space.tables import Tables, TableUse
from covage_model.cli.main import main
from covage_model.documents.judge.verdict import judge_of
from covage_model.documents.make.valid.lived import Lived
from covage_model.ground.json_value import merged
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.suites import lives
from covage_model.quality.suites import walks as suite_walks
from covage_model.quality.suites.bound import least_runs, together
from covage_model.quality.suites.lives import Lives
from covage_model.quality.suites.suite import Suite, SuiteRun, lived_walks, stretches, suite
from covage_model.quality.suites.targets import COVERS, Targets, bits_of
from covage_model.quality.suites.terrain import Terrain, TerrainStep
from covage_model.quality.suites.walks import walks

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {"covage": ROOT / "specs" / "covage", "library": ROOT / "tests" / "packs" / "library"}
PACK = """\
pack: parcels
format: 1
languages: [en]
actors: {sender: Sender, depot: Depot}
"""
ORDER = """\
order: parcel
follows: sending
match: {kind: parcel}
fields:
  kind: {title: Kind}
  weight: {type: integer, minimum: 1, required: sent}
"""
LIFECYCLE = """\
lifecycle: sending
requests: sent
states:
  draft: {initial: true, editable: sender}
  sent: {}
  here: {final: success}
  lost: {final: failure}
  back: {final: failure}
variables:
  paid: [false, true]
transitions:
  send: {by: sender, from: draft, to: sent, guard: {document: sent, paid: true}}
  pay: {by: sender, from: draft, guard: {paid: false}, set: {paid: true}}
  end:
    by: depot
    from: sent
    cases:
      - {to: here, guard: {paid: true}}
      - {to: lost, guard: {paid: false}}
  lose: {by: depot, from: sent, to: lost}
  return: {by: depot, from: sent, to: back}
"""


@cache
def built(folder: str, cover: str) -> Suites:
    return build_suites(load_pack(folder), cover=cover)


def parcels(folder: Path, lifecycle: str = LIFECYCLE) -> Pack:
    folder.mkdir(exist_ok=True)
    for name, text in (("pack", PACK), ("order", ORDER), ("lifecycle", lifecycle)):
        (folder / f"{name}.yaml").write_text(text)
    spec = packs.load([str(folder)], checked=False).pack  # a state that cannot be reached is what we are about
    assert spec is not None
    return Pack(judge_of(spec), (str(folder),))


PERMITS = {
    "pack.yaml": "pack: permits\nformat: 1\nlanguages: [en]\nactors: {citizen: Citizen, clerk: Clerk}\naccount: person\n",
    "types.yaml": "types:\n  person: {fields: {blocked: {type: boolean, required: true}}}\n",
    "order.yaml": """\
order: permit
follows: asking
match: {what: permit}
fields: {colour: {type: string, enum: [red, blue]}}
rules: {not-blocked: {then: {account.blocked: false}}}
""",
    "life.yaml": """\
lifecycle: asking
requests: sent
states: {draft: {initial: true, editable: citizen}, sent: {}}
transitions:
  send: {by: citizen, from: draft, to: sent, guard: {document: sent}}
  red: {by: clerk, from: draft, guard: {order.colour: red}}
  blue: {by: clerk, from: draft, guard: {order.colour: blue}}
""",
}


@pytest.mark.parametrize(("cover", "size"), [("transitions", 1), ("pairs", 2)])
def test_documents_that_need_different_accounts_exclude_no_other_edits(cover: str, size: int, tmp_path: Path) -> None:
    """A blocked account sends nothing in any colour; every other account changes any colour to any other."""
    for name, text in PERMITS.items():
        (tmp_path / name).write_text(text)
    (one,) = build_suites(load_pack(str(tmp_path)), cover=cover).suites
    assert (len(one.runs), one.least, one.missing) == (size, size, ())


@pytest.fixture(scope="module", params=FOLDERS)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(str(FOLDERS[request.param]))


def table(pack: Pack, name: str, *, limit: int = 1_000_000) -> StateSpace:
    return Tables(pack.judge).table(name, TableUse.SUITES, limit=limit)


def arrows_of(run: SuiteRun) -> list[tuple[str, str, str]]:
    """The transitions of a run, read from its trace alone: state, trigger, state."""
    found, here = [], run.trace.start.state
    for taken in run.trace.moves:
        if not taken.is_edit:
            found.append((here, f"{taken.trigger} {place(taken.case)}", taken.after.state))
        here = taken.after.state
    return found


def place(case: Any) -> Any:
    """Where a case is written: this identifies it in every reading of the pack."""
    return case.origin.location


def shown_by(run: SuiteRun, cover: str) -> set[Any]:
    """What a run shows, computed without the suite's code."""
    states = {one.state for one in run.trace.configurations}
    arrows = arrows_of(run)
    found: set[Any] = {*states}
    if cover != "states":
        found |= set(arrows)
    if cover == "pairs":
        found |= set(pairwise(arrows))
    return found


def possible(space: StateSpace, cover: str) -> set[Any]:
    """Everything that some run shows, read from the table; pairs through edits too."""
    found: set[Any] = {space.state(number) for number in range(len(space))}
    if cover == "states":
        return found

    def arrow(number: int, move: Any) -> Any:
        return (space.state(number), f"{move.trigger} {place(move.case)}", space.state(move.target))

    for number in range(len(space)):
        for move in space.moves(number):
            if not move.is_edit:
                found.add(arrow(number, move))
                if cover == "pairs":
                    editable = space.editor(move.target) is not None
                    for there in space.peers(move.target) if editable else (move.target,):
                        found |= {
                            (arrow(number, move), arrow(there, after))
                            for after in space.moves(there)
                            if not after.is_edit
                        }
    return found


def test_each_part_of_a_named_condition_is_shown_both_ways(tmp_path: Path) -> None:
    life = LIFECYCLE.replace("paid: [false, true]", "paid: [false, true]\n  heavy: {when: {any: [%s, {paid: true}]}}")
    life = life.replace("%s", "{order.weight: {above: 9}}").replace(
        "from: sent, to: lost}", "from: sent, to: lost, %s}"
    )
    pack = parcels(tmp_path / "pack", life.replace("%s", "guard: {heavy: true}"))
    found = build_suites(pack, cover="guards")
    for name, text in found.files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    played = run_scenario(pack, str(tmp_path / "parcel"))
    labels = [target.name for run in found.suites[0].runs for target in run.shows if target.name.startswith("heavy")]
    assert {"heavy: weight > 9", "heavy: not (weight > 9)"} <= set(labels)
    assert measure_coverage(pack, record_coverage(pack, played), kinds=["guard"]).missed == ()


def test_both_bounds_of_each_range_are_reached_with_every_cover() -> None:
    (found,) = build_suites(load_pack(str(ROOT / "tests" / "packs" / "session")), "line", cover="states").suites
    bounds = [target.name for run in found.runs for target in run.shows if target.kind == "range"]
    assert sorted(bounds) == ["pause = 0", "pause = 3", "tries = 0", "tries = 3"]


@pytest.mark.hard
@pytest.mark.parametrize("cover", ["transitions", "pairs", "guards"] if LONG else ["guards"])
def test_a_suite_shows_all_that_can_be_shown_and_is_played(pack: Pack, cover: str, tmp_path: Path) -> None:
    found = built(pack.folders[0], cover)
    for name, text in found.files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    played = run_scenario(pack, str(tmp_path))
    assert len(played) == sum(len(one.runs) for one in found.suites) > 0
    assert [one.findings for one in played if one.findings] == []
    if cover == "guards":  # what coverage calls reachable is what suites reach
        kinds = ["state", "transition", "case", "guard", "history", "range"]
        assert measure_coverage(pack, record_coverage(pack, played), kinds=kinds).missed == ()
    for one in found.suites:
        shown = set().union(*(shown_by(run, cover) for run in one.runs))
        lost = {target.name for target, reason in one.missing if reason == "no document was found for it"}
        assert possible(table(pack, one.variant), cover) == shown or lost


@pytest.mark.long
@pytest.mark.hard
def test_documents_are_found_for_everything_that_the_bundled_pack_can_do() -> None:
    for cover in ("pairs", "guards"):
        for one in built(str(FOLDERS["covage"]), cover).suites:
            assert all("document" not in reason for _, reason in one.missing)


@pytest.mark.long
@pytest.mark.hard
def test_what_a_run_starts_from_and_changes_to_may_be_a_draft() -> None:
    """A system that refuses invalid drafts at once plays the same runs: no run needs an invalid one."""
    pack = load_pack()
    for cover in COVERS:
        files = built(str(FOLDERS["covage"]), cover).files()
        for name, text in files.items():
            if not name.endswith(".order.json"):
                continue
            document = json.loads(text)
            steps = yaml.safe_load(files[name.replace(".order.json", ".scenario.yaml")])["steps"]
            fills = [step["fill"] for step in steps if isinstance(step, dict) and "fill" in step]
            for changes in [{}, *fills]:
                document = merged(document, changes)
                found = judge(pack, document, role="request", status="draft").findings
                assert not [one for one in found if one.severity is Severity.ERROR and one.code != "CM410"], name


@pytest.mark.hard
@pytest.mark.parametrize("cover", share(["transitions", "states", "pairs"]))
def test_no_run_can_be_dropped(pack: Pack, cover: str) -> None:
    for one in built(pack.folders[0], cover).suites:
        everything = set().union(*(shown_by(run, cover) for run in one.runs))
        refused = [fires(run) for run in one.runs]
        for left, run in enumerate(one.runs):
            others = [other for other in one.runs if other is not run]
            rest = set().union(*(shown_by(other, cover) for other in others))
            fired = set().union(*(each for number, each in enumerate(refused) if number != left))
            assert run.own
            assert everything - rest or set().union(*refused) - fired


def fires(run: SuiteRun) -> set[tuple[str, str]]:
    return {(one.before.state, one.trigger) for one in run.trace.refusals}


@pytest.mark.hard
def test_each_trigger_that_is_always_refused_in_a_state_is_pulled_there(pack: Pack) -> None:
    for one in built(pack.folders[0], "states").suites:
        space = table(pack, one.variant)
        accepted = {(space.state(n), move.trigger) for n in range(len(space)) for move in space.moves(n)}
        triggers = [transition.name for transition in space.lifecycle.transitions]
        reached = {space.state(number) for number in range(len(space))}
        wanted = {(state, trigger) for state in reached for trigger in triggers} - accepted
        assert wanted <= set().union(*(fires(run) for run in one.runs))


def test_the_lower_bound_equals_a_count_by_hand(tmp_path: Path) -> None:
    """Three final states, one of them reached in two ways: four runs for transitions, three for states."""
    pack = parcels(tmp_path / "parcels")
    sizes = {
        one.cover: (len(one.runs), one.least) for cover in COVERS for one in build_suites(pack, cover=cover).suites
    }
    assert sizes == {"states": (3, 3), "transitions": (3, 3), "pairs": (3, 3), "guards": (3, 3)}


def test_what_cannot_be_shown_is_named_with_the_reason(tmp_path: Path) -> None:
    (one,) = build_suites(parcels(tmp_path / "parcels"), cover="transitions").suites
    assert [(target.kind, target.name, reason) for target, reason in one.missing] == [
        ("transition", "end (case 2): sent -> lost", "never so in sent: not paid")
    ]
    (guards,) = build_suites(parcels(tmp_path / "parcels"), cover="guards").suites
    assert ("end (case 1): not paid", "it is never so where the trigger is fired") in {
        (target.name, reason) for target, reason in guards.missing
    }


def test_both_truths_of_each_guard_part_are_shown_where_the_part_decides(tmp_path: Path) -> None:
    """`send` needs two conditions: each of them alone refuses it once."""
    (one,) = build_suites(parcels(tmp_path / "parcels"), cover="guards").suites
    reasons = {refusal.blockers for run in one.runs for refusal in run.trace.refusals}
    assert {("weight",), ("paid",)} <= reasons


CHANGES: list[tuple[str, Callable[[str], str]]] = [
    ("states", lambda text: text.replace("from: sent, to: back", "from: sent, to: lost")),
    ("states", lambda text: text.replace("lose: {by: depot, from: sent", "lose: {by: depot, from: [draft, sent]")),
    ("transitions", lambda text: text.replace("set: {paid: true}}", "set: {}}").replace(", set: {}", "")),
    ("guards", lambda text: text.replace("document: sent, paid: true", "paid: true")),
    ("guards", lambda text: text.replace("document: sent, paid: true", "document: sent")),
]


@pytest.mark.parametrize(("cover", "change"), CHANGES)
def test_a_suite_notices_what_changed(cover: str, change: Callable[[str], str], tmp_path: Path) -> None:
    found = build_suites(parcels(tmp_path / "parcels"), cover=cover)
    for name, text in found.files().items():
        (tmp_path / "suite" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "suite" / name).write_text(text)
    assert change(LIFECYCLE) != LIFECYCLE
    changed = parcels(tmp_path / "changed", change(LIFECYCLE))
    assert not any(one.findings for one in run_scenario(parcels(tmp_path / "parcels"), str(tmp_path / "suite")))
    assert any(one.findings for one in run_scenario(changed, str(tmp_path / "suite")))


def test_random_graphs_get_suites_that_show_everything_and_no_fewer_than_the_least(tmp_path: Path) -> None:
    rng = random.Random(5)
    exact = 0
    for number in range(examples(25)):
        space = table(parcels(tmp_path / f"{number}", random_lifecycle(rng)), "parcel")
        for cover in COVERS:
            terrain = Terrain(Targets(space, cover))
            found = walks([terrain])
            shown = 0
            for walk in found:
                shown |= walk.shows
                assert walk.own
            assert shown == terrain.everything == everything_by_brute_force(terrain)
            least = least_runs(terrain, shown)
            assert least <= len(found)
            exact += least == len(found)
            assert least == clique_by_brute_force(terrain, shown) or len(found) > 6
    assert exact > examples(25) * len(COVERS) * 0.8


def test_a_run_that_others_make_needless_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a greedy search may find one first."""
    masks = iter([[1], [2], [1, 4], [2, 8]])
    monkeypatch.setattr(suite_walks, "_walk", lambda *_: [TerrainStep(0, mask, 0) for mask in next(masks)])
    monkeypatch.setattr(suite_walks, "all_shown", lambda _: 15)
    assert [(walk.shows, walk.own) for walk in walks([])] == [(5, 5), (10, 10)]


def everything_by_brute_force(terrain: Terrain) -> int:
    """Everything that some step shows."""
    mask, seen, pending = 0, set(), list(terrain.steps(None))
    for step in pending:
        mask |= step.shows
        if step.to not in seen:
            seen.add(step.to)
            pending += terrain.steps(step.to)
    return mask


def clique_by_brute_force(terrain: Terrain, shown: int) -> int:
    """The size of the largest set of targets no two of which share a run; for graphs with few refusals."""
    rows = together(terrain, shown)
    least = least_runs(terrain, shown)
    larger = combinations(range(len(rows))[:14], least + 1)
    assert not any(all(not rows[a] >> b & 1 for a, b in combinations(some, 2)) for some in larger)
    return least


def test_no_suite_is_smaller_than_the_lower_bound_and_no_target_is_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each random account allows some valuations. All runs of all accounts are played, and all suites tried."""
    rng = random.Random(7)
    tight = several = 0
    for number in range(examples(35)):
        space = table(parcels(tmp_path / f"{number}", random_lifecycle(rng, asked=True)), "parcel")
        share = 0.7 if len(space.valuations) > 1 else 1  # nobody asks whether the one that is all lives
        accounts = [
            frozenset(one for one in space.valuations if rng.random() < share) for _ in range(rng.randint(1, 3))
        ]
        monkeypatch.setattr(lives, "lived", partial(lived_by, space, accounts))
        whole = Terrain(Targets(space, rng.choice(COVERS)))
        found = lived_walks(whole, Lives(judge_of(parcel_spec(tmp_path)), space))
        runs = runs_by_brute_force(whole, accounts)
        if runs is None:
            continue
        shown = reduce(or_, (walk.shows for walk in found), 0)
        assert shown == reduce(or_, runs, 0)
        fewest = next(size for size in range(len(found) + 1) if any(
            reduce(or_, some, 0) == shown for some in combinations(runs, size)
        ))  # fmt: skip
        least = least_runs(whole, shown)
        assert least <= fewest <= len(found)
        free = runs_by_brute_force(whole, [frozenset(space.valuations)])
        degrees = [row.bit_count() for row in together(whole, shown)]
        assert free is None or degrees == sorted(company(bit, free, shown) for bit in bits_of(shown))
        tight += least == fewest
        several += any(len(set(stretches(space, walk))) > 1 for walk in found) and len(accounts) > 1
    assert tight > examples(35) / 2
    assert several > examples(35) / 10, "edits were made where not everything lives together"


def test_shut_walks_keep_every_possible_step_and_every_pair_that_documents_allow(tmp_path: Path) -> None:
    rng = random.Random(3)
    some = Lives(judge_of(parcel_spec(tmp_path)), table(parcels(tmp_path / "parcels"), "parcel"))
    for _ in range(50):
        some.barred = {frozenset(rng.sample(range(6), rng.randint(1, 3))) for _ in range(rng.randint(1, 6))}
        involved = frozenset().union(*some.barred)
        kept = [involved - shut for shut in some.shut()]

        def free(bits: frozenset[int]) -> bool:
            return not any(one <= bits for one in some.barred)

        assert all(free(one) and not any(free(one | {bits}) for bits in involved - one) for one in kept)
        for two in map(frozenset, combinations_with_replacement(involved, 2)):
            assert free(two) == any(two <= one for one in kept)


def company(bit: int, runs: set[int], shown: int) -> int:
    """The number of targets that the runs with this target show."""
    return (reduce(or_, (run for run in runs if run >> bit & 1), 0) & shown).bit_count()


def lived_by(space: StateSpace, accounts: list[frozenset[int]], _: Any, __: str, valuations: Any) -> Lived | None:
    asked = {sum(space.layout.bits_of(atom) for atom, holds in one if holds) for one in valuations}
    return Lived(None, ({},) * len(asked)) if any(asked <= one for one in accounts) else None


@cache
def parcel_spec(folder: Path) -> SpecPack:
    return parcels(folder / "spec").spec


def runs_by_brute_force(whole: Terrain, accounts: list[frozenset[int]]) -> set[int] | None:
    """The masks of all runs that some account allows, without those contained in another; None if they are too many."""
    found: set[int] = set()
    for account in accounts:
        seen = set()
        pending: list[tuple[Any, int]] = [(None, 0)]
        for node, mask in pending:
            for step in whole.steps(node):
                after = step.to, mask | step.shows
                if whole.space.codes[step.to[0]] & whole.space.layout.atoms_mask in account and after not in seen:
                    seen.add(after)
                    pending.append(after)
            if len(seen) > 3000:
                return None
        found |= {mask for _, mask in seen}
    return {one for one in found if not any(one | other == other != one for other in found)}


def random_lifecycle(rng: random.Random, *, asked: bool = False) -> str:
    """Some states and triggers. With `asked` fewer; but guards read the document, and some states are editable."""
    states = [f"s{number}" for number in range(rng.randint(2, 3 if asked else 6))]
    guards = ["", ", guard: {flag: true}", ", guard: {flag: false}"]
    guards += [f", guard: {{order.weight: {weight}}}" for weight in (1, 2, 3)] * asked
    lines = ["lifecycle: sending", "states:"]
    for name in states:
        said = ["initial: true"] * (name == "s0") + ["editable: sender"] * (asked and rng.random() < 0.7)
        lines.append(f"  {name}: {{{', '.join(said)}}}")
    lines += ["variables:", "  flag: [false, true]", "transitions:"]
    for number in range(rng.randint(1, 4 if asked else 7)):
        source, target = rng.choice(states), rng.choice(states)
        guard = rng.choice(guards)
        effect = rng.choice(("", ", set: {flag: true}", ", set: {flag: false}"))
        lines.append(f"  t{number}: {{by: depot, from: {source}, to: {target}{guard}{effect}}}")
    return "\n".join(lines) + "\n"


def test_an_incomplete_table_gives_not_decided(pack: Pack) -> None:
    name = pack.names[0]
    found = suite(pack.judge, table(pack, name, limit=3), "transitions")
    assert not found.complete
    assert {reason for _, reason in found.missing} == {"not decided: the table is not whole"}


def test_a_bound_on_length_makes_more_and_shorter_runs() -> None:
    pack = load_pack(str(FOLDERS["covage"]))
    (free,) = build_suites(pack, "activate-fiber/create", cover="pairs").suites
    (short,) = build_suites(pack, "activate-fiber/create", cover="pairs", longest=9).suites
    assert longest(short) <= 12 < longest(free)
    assert len(short.runs) > len(free.runs)
    assert short.shown == free.shown


def longest(one: Suite) -> int:
    return max(len(run.trace.moves) for run in one.runs)


# --- the command


def call(*argv: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(argv, out, out), out.getvalue()


def test_the_command_writes_a_folder_that_run_plays(tmp_path: Path) -> None:
    pack, folder = str(FOLDERS["library"]), str(tmp_path / "suite")
    code, text = call("suites", "renewal", "--pack", pack, "--cover", "pairs", "--out", folder)
    assert code == 0
    assert "renewal  5 runs (at least 5)" in text
    assert call("run", folder, "--pack", pack)[0] == 0
    manifest = json.loads((tmp_path / "suite" / "suites.json").read_text())
    schema = json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(manifest)] == []
    assert len(manifest["suites"][0]["runs"]) == 5
    assert all((tmp_path / "suite" / run["file"]).exists() for run in manifest["suites"][0]["runs"])
    lost = tmp_path / "suite" / manifest["suites"][0]["runs"][-1]["file"]
    lost.unlink()
    code, text = call("run", folder, "--pack", pack)
    assert (code, f"{lost}: error CM008 there is no such file, and {folder}/suites.json:" in text) == (4, True)
    assert text.endswith("5 scenarios, 1 failed\n")
    assert call("suites", "renewal", "--pack", pack, "--cover", "states", "--out", folder)[0] == 0
    assert not list((tmp_path / "suite").glob("*/pairs*")), "what an earlier call wrote is replaced"
    assert json.loads(call("suites", "renewal", "--pack", pack, "--format", "json")[1])["suites"]


def test_the_command_leaves_other_peoples_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    code, text = call("suites", "--pack", str(FOLDERS["library"]), "--out", str(tmp_path))
    assert code == 2
    assert "is not empty" in text
    assert call("suites", "no-such-order")[0] == 2


@pytest.fixture(scope="module")
def loop(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Two orders, one of them covered by one run for every criterion."""
    folder = tmp_path_factory.mktemp("parcels")
    (folder / "second.yaml").write_text(ORDER.replace("parcel", "crate"))
    parcels(folder)
    return str(folder)


def suites_in(folder: Path, pack: str, *more: str) -> tuple[int, str]:
    return call("suites", "--pack", pack, "--cover", "states", "--out", str(folder), *more)


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_only_what_the_manifest_lists_is_replaced_and_nothing_of_it_is_left(tmp_path: Path, loop: str) -> None:
    assert suites_in(tmp_path, loop)[0] == 0
    (tmp_path / "crate" / "mine.scenario.yaml").write_text("mine")
    (tmp_path / "mine.order.json").write_text("mine")
    assert {name.partition("/")[0] for name in files_of(tmp_path)} == {
        "suites.json", "mine.order.json", "crate", "parcel"
    }  # fmt: skip
    assert suites_in(tmp_path, loop, "crate")[0] == 0
    assert not (tmp_path / "parcel").exists(), "an order that is no longer asked for would still be played"
    assert (tmp_path / "crate" / "mine.scenario.yaml").read_text() == "mine"
    assert (tmp_path / "mine.order.json").read_text() == "mine"
    (tmp_path / "parcel").mkdir()
    (tmp_path / "parcel" / "states-1.scenario.yaml").write_text("mine")
    before = files_of(tmp_path)
    code, text = suites_in(tmp_path, loop)
    assert (code, "is not in suites.json" in text) == (2, True)
    assert files_of(tmp_path) == before


FOREIGN = {
    "another's": '{"my": "file"}',
    "no JSON": "suites",
    "a list": "[]",
    "a manifest of another command": '{"format": 1, "tool": {"name": "covage-model"}, "command": "run", "suites": []}',
    "a later format": '{"format": 2, "tool": {"name": "covage-model"}, "command": "suites", "suites": []}',
    "another tool's": '{"format": 1, "tool": {"name": "other"}, "command": "suites", "suites": []}',
    "no runs": '{"format": 1, "tool": {"name": "covage-model"}, "command": "suites", "suites": [{"runs": [3]}]}',
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_a_manifest_that_is_not_ours_opens_no_folder(text: str, tmp_path: Path, loop: str) -> None:
    (tmp_path / "suites.json").write_text(text)
    code, said = suites_in(tmp_path, loop)
    assert (code, "holds no suites.json of ours" in said) == (2, True)
    assert (tmp_path / "suites.json").read_text() == text


def test_a_manifest_that_leads_out_of_its_folder_deletes_nothing(tmp_path: Path, loop: str) -> None:
    folder, outside = tmp_path / "suite", tmp_path / "outside.json"
    assert suites_in(folder, loop)[0] == 0
    outside.write_text("mine")
    (folder / "linked").symlink_to(tmp_path)
    (folder / "link.json").symlink_to(outside)
    manifest = json.loads((folder / "suites.json").read_text())
    listed = manifest["suites"][0]["runs"][0]["documents"]
    for path in ("../outside.json", str(outside), "linked/outside.json", "link.json", "crate"):
        listed.append(path)
        (folder / "suites.json").write_text(json.dumps(manifest))
        assert listed.pop() == path
        assert suites_in(folder, loop)[0] == 2, path
        assert (outside.read_text(), (folder / "link.json").is_symlink()) == ("mine", True)


def test_a_folder_without_a_name_and_one_that_is_a_file_are_usage_errors(
    tmp_path: Path, loop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine")
    assert "has no name" in call("suites", "--pack", loop, "--out", "")[1]
    assert call("suites", "--pack", loop, "--out", "file")[0] == 2
    assert call("generate", "--suite", "--pack", loop, "--out", "")[0] == 2
    assert files_of(tmp_path) == {"file"}


def test_the_command_that_plays_a_suite_is_quoted_for_a_shell(tmp_path: Path, loop: str) -> None:
    folder = tmp_path / "été à Noël"
    assert f"covage-model run '{folder}' --pack {loop} plays them" in suites_in(folder, loop)[1]


def test_pairs_of_which_one_half_never_happens_are_counted_beside_it(loop: str) -> None:
    text = call("suites", "parcel", "--pack", loop, "--cover", "pairs")[1]
    assert "not shown, transition: end (case 2): sent -> lost (and 1 pair with it)" in text
    assert "never happens" not in text
    missing = json.loads(call("suites", "parcel", "--pack", loop, "--cover", "pairs", "--format", "json")[1])
    assert "end (case 2): sent -> lost never happens" in {one["reason"] for one in missing["suites"][0]["missing"]}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_is_shown_how_far_a_suite_is(loop: str) -> None:
    out, err = io.StringIO(), Terminal()
    assert main(["suites", "crate", "--pack", loop], out, err) == 0
    first, *runs, last, wiped = err.getvalue().split("\r\033[K")[1:]
    assert (first, last, wiped) == ("crate: what 8 configurations show", "crate: the fewest runs", "")
    shown = [int(found[1]) for line in runs if (found := re.fullmatch(r"crate: (\d+) of 32 shown", line))]
    assert (len(shown), shown[-1]) == (len(runs), 32)
    assert shown == sorted(set(shown))
    assert out.getvalue() == call("suites", "crate", "--pack", loop)[1]


def test_a_table_over_the_limit_is_reported_and_fails() -> None:
    code, text = call("suites", "activate-fiber/create", "--limit", "5")
    assert code == 1
    assert "3 runs (the limit was reached)" in text
    assert "the fewest possible is not known" in text
    assert (
        json.loads(call("suites", "activate-fiber/create", "--limit", "5", "--format", "json")[1])["suites"][0]["least"]
        is None
    )
