"""Lives that others have described, written as packs: their published counts, and what is known of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from covage_model import Pack, load_pack, verify_pack

PACKS = Path(__file__).resolve().parents[1] / "packs"


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def verdicts(pack: Pack) -> dict[tuple[str, str], str]:
    """The verdict of each property, by lifecycle and name."""
    return {(each.lifecycle.name, each.prop.name): each.outcome.value for each in verify_pack(pack).examined}


@pytest.mark.parametrize(
    ("order", "distinct", "generated"),
    [
        ("transaction", 34, 94),  # TCommit.tla with three resource managers, as TLC counts
        ("two-phase", 288, 1146),  # TwoPhase.tla, the same
    ],
)
def test_transaction_commit_has_the_published_states(order: str, distinct: int, generated: int) -> None:
    space = load_pack(PACKS / "commit").table(order)
    assert len(space) == distinct
    assert space.count_moves + len(space.initial) == generated


def test_two_phase_commit_is_consistent_and_blocks_if_the_manager_stops() -> None:
    pack = load_pack(PACKS / "commit")
    examined = {(each.lifecycle.name, each.prop.name): each for each in verify_pack(pack).examined}
    assert {name: each.outcome.value for name, each in examined.items()} == {
        ("tcommit", "consistent"): "holds",
        ("tcommit", "decides"): "holds",
        ("twophase", "consistent"): "holds",
        ("twophase", "decides"): "holds",
        ("twophase", "blocks"): "broken",
    }
    shown = examined["twophase", "blocks"].counterexample
    assert shown is not None
    assert shown.loop == 0
    assert [step.trigger for step in shown.trace.moves] == ["prepare.a", "prepare.b", "prepare.c"]


def test_a_session_ends_and_is_locked_at_the_third_wrong_password() -> None:
    pack = load_pack(PACKS / "session")
    # anonymous after 0, 1 and 2 tries, three steps of an open session, locked, closed
    assert len(pack.table("session")) == 3 + 3 + 1 + 1
    assert {name: verdict for (life, name), verdict in verdicts(pack).items() if life == "session"} == {
        "ends": "holds",
        "three": "holds",
    }


def test_a_line_of_a_session_is_sent_three_times_and_a_little_later_each_time() -> None:
    pack = load_pack(PACKS / "session")
    # written; sent, waiting and answered once, twice, three times; failed after each of these, or given up at last
    assert len(pack.table("line")) == 1 + 3 + 3 + 3 + 4
    found = {name: verdict for (life, name), verdict in verdicts(pack).items() if life == "line"}
    assert found == dict.fromkeys(("is-answered", "ends", "three-times", "later-each-time"), "holds")
