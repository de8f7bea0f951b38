"""The chances of a table: weights, tried refusals, edits, timers, and where time stops."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from covage_model.api import packs
from covage_model.behaviour.population.chances import Chances
from covage_model.behaviour.population.grow import chances_of
from covage_model.pack.compile.compile import build_profile

PACK = "pack: tiny\nformat: 1\nactors: {sender: Sender, carrier: Carrier}\n"
ORDER = "order: thing\nfollows: life\nmatch: {kind: thing}\nfields: {kind: {type: string, required: true}, status: string, note: string}\n"
LIFE = """
lifecycle: life
status: status
states: {draft: {initial: true, editable: sender}, sent: {}, held: {}, done: {final: success}}
variables: {paid: [false, true]}
transitions:
  send: {by: sender, from: draft, to: sent, guard: {document: sent}}
  pay: {by: sender, from: sent, guard: {paid: false}, set: {paid: true}}
  hold: {by: carrier, from: sent, to: held}
  free: {by: carrier, from: held, to: sent}
  finish: {by: carrier, from: sent, guard: {paid: true}, to: done}
"""


def made(folder: Path, profile: str, life: str = LIFE) -> Chances:
    files = {"pack.yaml": PACK, "order.yaml": ORDER, "life.yaml": life, "usual.yaml": f"profile: usual\n{profile}"}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    loaded = packs.load([str(folder)], cache=False)
    assert loaded.pack is not None
    found = build_profile(loaded.pack, ["usual"], lambda finding: pytest.fail(str(finding)))
    return chances_of(loaded.spaces["thing"], found)


def table(chances: Chances) -> dict[str, dict[str, float]]:
    """By `STATE paid?`: what may be chosen, `TRIGGER -> STATE`, and its chance."""
    return {
        name(chances, place): {
            f"{chances.labels[chances.label[n]].trigger} -> {name(chances, chances.target[n])}": round(
                chances.chance[n], 9
            )
            for n in chances.options(place)
        }
        for place in range(len(chances))
    }


def name(chances: Chances, place: int) -> str:
    code = chances.space.configuration(chances.configurations[place])
    flags = [word for word, holds in (("paid", code.variables[0][1]), ("ready", code.atoms[0][1])) if holds]
    running = chances.running[place]
    return " ".join([code.state, *flags, *(["timer"] if running else [])])


def test_moves_are_chosen_by_weight_and_conditions(tmp_path: Path) -> None:
    found = table(
        made(
            tmp_path,
            "transitions: {pay: {weight: 3}, finish: {weight: [{when: {paid: false}, is: 9}, {when: {state: sent}, is: 4}]}}",
        )
    )
    assert found["draft ready"] == {"send -> sent ready": 1}
    assert found["sent ready"] == {"pay -> sent paid ready": 0.75, "hold -> held ready": 0.25}
    assert found["sent paid ready"] == {"hold -> held paid ready": 0.2, "finish -> done paid ready": 0.8}
    assert found["done paid ready"] == {}
    assert "draft" not in found  # without `documents`, every document is ready


def test_documents_are_ready_by_chance_and_edits_make_them_so(tmp_path: Path) -> None:
    chances = made(tmp_path, "documents: {start: 0.75, edit: 0.9}\ntransitions: {edit: {weight: 3}}")
    assert sorted(share for _, share in chances.start) == [0.25, 0.75]
    found = table(chances)
    assert found["draft"] == {"edit -> draft": pytest.approx(0.1), "edit -> draft ready": pytest.approx(0.9)}
    assert found["draft ready"] == {
        "send -> sent ready": pytest.approx(0.25),
        "edit -> draft": pytest.approx(0.075),
        "edit -> draft ready": pytest.approx(0.675),
    }


def test_what_is_tried_may_be_refused_and_moves_nothing(tmp_path: Path) -> None:
    chances = made(
        tmp_path, "documents: {start: 0}\ntransitions: {edit: {weight: 1}, send: {weight: 4, tries: true, waits: 1 h}}"
    )
    (place,) = (place for place, _ in chances.start)
    tried = next(n for n in chances.options(place) if chances.labels[chances.label[n]].refused)
    assert (chances.target[tried], chances.chance[tried], chances.case[tried]) == (place, 0.8, -1)
    assert chances.labels[chances.label[tried]].waits is not None


def test_a_move_at_a_timer_needs_the_timer_to_run(tmp_path: Path) -> None:
    timers = "timers: {visit: {fixed: 2 d, from: pay}}\ntransitions: {free: {at: visit}}"
    found = table(made(tmp_path, timers))
    assert found["held ready"] == {}  # nothing has started the timer
    assert found["sent ready"]["pay -> sent paid ready timer"] == 0.5
    assert found["held paid ready timer"] == {"free -> sent paid ready": 1}


def test_time_stops_where_nothing_has_a_weight(tmp_path: Path) -> None:
    chances = made(tmp_path, "transitions: {free: {weight: 0}}")
    assert [name(chances, place) for place in chances.stuck()] == ["held ready", "held paid ready"]
    assert chances.endless() == []


def test_endless_places_never_reach_an_end(tmp_path: Path) -> None:
    chances = made(tmp_path, "transitions: {finish: {weight: 0}}")
    assert chances.stuck() == []
    assert len(chances.endless()) == len(chances)


def test_without_any_valuation_as_wanted_the_nearest_are_taken(tmp_path: Path) -> None:
    life = LIFE.replace(
        "guard: {paid: true}, to: done", "guard: {paid: true, order.note: a, account.x: {present: true}}, to: done"
    )
    life = life.replace("  pay:", "  other: {by: sender, from: sent, guard: {order.note: b}, to: sent}\n  pay:")
    (tmp_path / "types.yaml").write_text("types: {account: {type: object, fields: {x: string}}}")
    pack = tmp_path / "pack.yaml"
    pack.write_text(PACK + "account: account\n")
    files = {"order.yaml": ORDER, "life.yaml": life, "usual.yaml": "profile: usual\n"}
    for file, text in files.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    loaded = packs.load([str(tmp_path)], cache=False)
    assert loaded.pack is not None
    chances = chances_of(loaded.spaces["thing"], build_profile(loaded.pack, ["usual"], print))
    starts = [dict(chances.space.configuration(chances.configurations[place]).atoms) for place, _ in chances.start]
    assert [share for _, share in chances.start] == pytest.approx([1 / 3] * 3)  # the note is a, b, or neither
    assert all(sum(truths.values()) in (2, 3) for truths in starts)


# --- deadlines of the lifecycle

DEADLINES = """
lifecycle: life
status: status
states:
  draft: {initial: true}
  open: {states: {first: {initial: true}, second: {}}}
  done: {final: success}
  late: {final: failure}
variables: {paid: [false, true]}
transitions:
  start: {by: sender, from: draft, to: open}
  go_on: {by: carrier, from: open.first, to: open.second}
  again: {by: carrier, from: open.second, to: open}
  finish: {by: carrier, from: open.second, to: done}
  forget: {from: draft, after: 5 d, to: late}
  lapse: {from: open, after: 2 d, to: late}
"""

FORGOTTEN = DEADLINES.replace("  lapse: {from: open, after: 2 d, to: late}\n", "")


def lived(tmp_path: Path, waits: str, seed: int = 0) -> dict[str, tuple[int, int]]:
    """How many of two hundred orders reach each end, and their lead times together; the same on both paths."""
    import numpy as np

    from covage_model.behaviour.population.events import EventLoop
    from covage_model.behaviour.population.kernel import Kernel
    from covage_model.behaviour.population.walk import OrderWalk

    kernel = Kernel({"thing": made(tmp_path, waits, DEADLINES)}, {"thing": 1.0})
    block = np.zeros(200, dtype=np.int64)
    found = []
    for tally in (
        OrderWalk(kernel, seed, until=None, width=None).run(0, block),
        EventLoop(kernel, seed, {}, batches=1, until=None, width=None).run([block], lambda *_: 0, lambda _: None),
    ):
        found.append({end.state: (each.count, each.total) for end, each in zip(kernel.ends, tally.lead, strict=True)})
        assert int(tally.open.sum()) == tally.given_up == 0
    assert found[0] == found[1]
    return found[0]


DAY = 86_400


@pytest.mark.parametrize(
    ("waits", "expected"),
    [
        # in time: a day for each step, and nothing is done again
        ("start: {waits: 1 d}, go_on: {waits: 12 h}, finish: {waits: 12 h}, again: {weight: 0}", {"done": (200, 400 * DAY)}),
        # the steps of `open` do not start its time again: two days after entering it
        ("start: {waits: 1 d}, go_on: {waits: 36 h}, finish: {waits: 36 h}, again: {weight: 0}", {"late": (200, 600 * DAY)}),
        # a deadline from the first state runs from the beginning
        ("start: {waits: 6 d}", {"late": (200, 1_000 * DAY)}),
        # a tie goes to the move that is written first
        ("start: {waits: 5 d}, go_on: {waits: 2 d}, finish: {waits: 0 s}, again: {weight: 0}", {"done": (200, 1_400 * DAY)}),
        # nothing is chosen: time passes until the deadline
        ("start: {weight: 0}", {"late": (200, 1_000 * DAY)}),
    ],
    ids=["in time", "late", "from the beginning", "tie", "nothing is chosen"],
)  # fmt: skip
def test_deadlines_race_with_what_is_chosen(tmp_path: Path, waits: str, expected: dict[str, tuple[int, int]]) -> None:
    found = lived(tmp_path, f"transitions: {{{waits}}}")
    assert {end: each for end, each in found.items() if each[0]} == expected


def test_entering_a_state_again_starts_its_deadline_again(tmp_path: Path) -> None:
    """`again` leads to `open` itself: each round takes a day and a half, so the deadline never comes."""
    waits = "transitions: {go_on: {waits: 12 h}, again: {weight: 3, waits: 1 d}, finish: {waits: 1 d}}"
    found = lived(tmp_path, waits)
    assert found["done"][0] == 200
    assert found["done"][1] > 200 * 2 * DAY


def test_a_deadline_that_outlives_its_configuration_has_exact_answers(tmp_path: Path) -> None:
    """That of `draft` ends with it; that of `open` counts on while an order goes from its first state to its second."""
    from covage_model.behaviour.population.exact.life import ExactLife

    mean, waits = 86_400, "{waits: {mean: 1 d, law: exponential}}"
    steps = f"go_on: {waits}, finish: {waits}, again: {{weight: 0}}, start: {{waits: 1 d}}"
    found = ExactLife(made(tmp_path, f"transitions: {{{steps}}}", DEADLINES))
    late = {end.state: end for end in found.outcomes}["late"]
    assert late.chance == pytest.approx(3 * math.exp(-2), rel=1e-9)  # less than two events of a Poisson process
    assert late.mean == pytest.approx(3 * mean)
    assert found.seconds["open.second"] == pytest.approx((1 - 3 * math.exp(-2)) * mean, rel=1e-9)
    found = ExactLife(made(tmp_path, "transitions: {start: {waits: {mean: 5 d, law: exponential}}}", FORGOTTEN))
    assert {end.state: end.chance for end in found.outcomes}["late"] == pytest.approx(math.exp(-1), rel=1e-9)


REFUSALS = """
lifecycle: life
status: status
states: {draft: {initial: true, editable: sender}, sent: {final: success}, lapsed: {final: failure}}
transitions:
  send: {by: sender, from: draft, to: sent, guard: {document: sent}}
  lapse: {from: draft, after: 10 d, to: lapsed}
"""


def test_refusals_and_edits_leave_a_deadline_as_it_is(tmp_path: Path) -> None:
    """Each day a ready order is sent, or an unready one refused, or the document is edited, which makes it ready or not."""
    from covage_model.behaviour.population.exact.life import ExactLife

    waits = "waits: 1 d"
    profile = f"""documents: {{start: 0, edit: 0.5}}
transitions: {{edit: {{weight: 1, {waits}}}, send: {{weight: 3, tries: true, {waits}}}}}"""
    found = ExactLife(made(tmp_path, profile, REFUSALS))
    unready, ready = 1.0, 0.0
    for _ in range(10):  # the tenth day ends with the deadline: `send` is written before it, an edit comes after it
        refused, edited = 0.75 * unready, 0.25 * (ready + unready)
        unready, ready = refused + edited / 2, edited / 2
    ends = {end.state: end.chance for end in found.outcomes}
    assert ends["lapsed"] == pytest.approx(unready + ready, rel=1e-9)
    assert ends["sent"] == pytest.approx(1 - unready - ready, rel=1e-9)
    assert found.happened[("lapse", False)] == pytest.approx(unready + ready, rel=1e-9)
