"""The packs have no findings, all scenarios pass, and every example is used in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from covage_model.api import packs, scenarios
from covage_model.documents.judge.verdict import judge_of

ROOT = Path(__file__).resolve().parents[2]
PACKS = {"covage": ROOT / "specs" / "covage", "library": ROOT / "tests" / "packs" / "library"}


@pytest.fixture(scope="module", params=sorted(PACKS))
def loaded(request: pytest.FixtureRequest) -> packs.Loaded:
    return packs.load([str(PACKS[request.param])], cache=False)


def test_a_sound_pack_is_silent_under_check(loaded: packs.Loaded) -> None:
    assert loaded.findings == ()
    assert loaded.pack is not None


def test_every_scenario_goes_as_it_says(loaded: packs.Loaded) -> None:
    assert loaded.pack is not None
    played = list(scenarios.play_pack(judge_of(loaded.pack), loaded.folders))
    assert len(played) > 20
    assert [(one.file, one.findings) for one in played if one.findings or one.outcome is None] == []


def test_every_document_of_a_pack_is_in_a_scenario(loaded: packs.Loaded) -> None:
    assert loaded.pack is not None
    named = {
        (Path(scenario.origin.location.file).parent / name).resolve()
        for scenario in loaded.pack.scenarios
        for name in (scenario.given.document, scenario.given.account)
        if name is not None
    }
    folder = Path(loaded.folders[0])
    documents = {
        path.resolve()
        for place in loaded.pack.documents
        for path in (folder / place).rglob("*")
        if path.suffix in (".json", ".yaml", ".ndjson")
    }
    assert documents - named == set()


@pytest.mark.hard
def test_every_variant_has_a_clean_example_and_a_life_to_the_end() -> None:
    loaded = packs.load([str(PACKS["covage"])], cache=False)
    assert loaded.pack is not None
    judge = judge_of(loaded.pack)
    clean, finished = set(), set()
    for one in scenarios.play_pack(judge, loaded.folders):
        outcome = one.outcome
        assert outcome is not None
        if (
            outcome.verdict is not None
            and outcome.scenario.expect is not None
            and outcome.scenario.expect.findings == ()
        ):
            clean.add(outcome.variant)
        lifecycle = (
            None
            if outcome.variant is None
            else loaded.pack.lifecycle(loaded.pack.variant(outcome.variant).order.follows)
        )
        if lifecycle is not None and outcome.trace and lifecycle.state(outcome.trace.end.state).final == "success":
            finished.add(outcome.variant)
    variants = {variant.name for variant in loaded.pack.variants}
    assert clean == variants
    assert finished == variants


def test_state_spaces_of_the_covage_pack_keep_their_size() -> None:
    """Exact numbers, so that a change of the explorer or of the pack is noticed."""
    spaces = packs.load([str(PACKS["covage"])], cache=False).spaces
    assert {name: (len(space), space.count_moves) for name, space in spaces.items()} == {
        "activate-copper/activate": (20, 29),
        "activate-copper/create": (27, 61),
        "activate-copper/create_nearby": (27, 61),
        "activate-copper/create_neighbour": (27, 61),
        "activate-enni": (20, 29),
        "activate-fiber/create": (49, 95),
        "activate-fiber/activate_defined": (20, 29),
        "activate-fiber/activate_undefined": (20, 29),
        "terminate-copper": (18, 26),
    }


@pytest.mark.parametrize("cache", [True, False])
def test_a_link_out_of_a_pack_is_a_note_and_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: bool
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    other = "types: {other: {type: string}}\n"
    mine = tmp_path / "mine"
    for path, text in {
        "mine/pack.yaml": "pack: mine\nformat: 1\nactors: {client: Client}\n",
        "mine/.data/thing.yaml": other.replace("other", "thing"),
        "else/other.yaml": other,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (mine / "inside.yaml").symlink_to(".data/thing.yaml")
    (mine / "file.yaml").symlink_to("../else/other.yaml")
    (mine / "folder").symlink_to("../else", target_is_directory=True)
    read = [path for path, content in packs.yaml_files(str(mine)) if isinstance(content, bytes)]
    assert [Path(path).name for path in read] == ["inside.yaml", "pack.yaml"]
    for _ in range(2):  # the second time from the cache
        loaded = packs.load([str(mine)], cache=cache)
        assert {finding.code for finding in loaded.findings} == {"CM009"}
        notes = [finding for finding in loaded.findings if finding.code == "CM009"]
        assert [Path(note.location.file).name for note in notes] == ["file.yaml", "folder"]
        assert {note.hint for note in notes} == {"copy it into the pack"}
