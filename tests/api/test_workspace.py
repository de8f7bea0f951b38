"""The workspace resolves names in one place and explores each table once."""

from __future__ import annotations

from pathlib import Path

import pytest

from covage_model import load_pack
from covage_model.api.workspace import BrokenPack, NoSuchOrder, Workspace, open_to_judge, open_workspace
from covage_model.behaviour.space.explore import explore
from covage_model.behaviour.space.tables import TableUse

HERE = Path(__file__).resolve().parents[1]
LIBRARY = str(HERE / "packs" / "library")
MEAL = {
    "pack.yaml": "pack: meals\nformat: 1\nlanguages: [en]\nactors: {guest: Guest}\n",
    "meal.yaml": "order: meal\nfollows: serving\nmatch: {ask: meal}\nfields: {dish: string}\n"
    "rules: {soup: {then: {dish: soup}, message: soup, standing: stated}}\n",
    "serving.yaml": "lifecycle: serving\nstates: {open: {initial: true}, done: {final: success}}\n"
    "transitions: {eat: {by: guest, from: open, to: done, guard: {document: open, order.dish: soup}}}\n",
}


@pytest.fixture(scope="module")
def library() -> Workspace:
    return load_pack(LIBRARY)


def test_an_order_means_all_its_variants_and_no_name_means_everything(library: Workspace) -> None:
    assert library.variants() == list(library.names)
    assert library.variants(["loan/home", "loan"]) == ["loan/home", "loan/reading_room", "loan/remote"]
    assert library.variants(["renewal", "renewal"]) == ["renewal"]
    assert library.variant("renewal").name == "renewal"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("renewl", "there is no order 'renewl'; did you mean 'renewal'?"),
        ("loan/moon", "there is no order 'loan/moon'; use one of: loan/home, loan/reading_room, loan/remote"),
        ("zzz", "there is no order 'zzz'; use one of: "),
        ("loan", "loan has several variants; use one of: loan/home, loan/reading_room, loan/remote"),
    ],
)
def test_a_name_of_no_variant_says_what_to_type(library: Workspace, name: str, text: str) -> None:
    with pytest.raises(NoSuchOrder) as caught:
        library.variant(name)
    assert str(caught.value).startswith(text)
    assert isinstance(caught.value, KeyError)


def test_each_table_is_explored_once_and_serves_every_use_that_it_fits(library: Workspace) -> None:
    whole = library.table("loan/home")
    assert library.table("loan/home", TableUse.RUNS) is whole
    small = library.table("loan/home", limit=3)
    assert (len(small), small.complete) == (3, False)
    assert library.table("loan/home") is whole
    with pytest.raises(KeyError):
        library.table("loan")


def test_a_table_that_a_check_explored_is_not_explored_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))  # nothing is cached there
    opened = open_workspace([LIBRARY])
    monkeypatch.setattr("covage_model.behaviour.space.tables.explore", None)
    assert all(opened.table(name).complete for name in opened.names)


def test_the_kind_of_a_table_depends_on_its_use(tmp_path: Path) -> None:
    for name, text in MEAL.items():
        (tmp_path / name).write_text(text)
    opened = load_pack(str(tmp_path))
    whole, by_rules = opened.table("meal"), opened.table("meal", TableUse.SUITES)
    assert len(by_rules.valuations) < len(whole.valuations)
    variant = opened.spec.variant("meal")
    assert len(explore(opened.spec.lifecycle("serving"), variant).valuations) == len(whole.valuations)


def test_opened_to_judge_it_judges_the_same(library: Workspace) -> None:
    first, again = open_to_judge([LIBRARY]), open_to_judge([LIBRARY])
    document = {"request": "renewal"}
    verdicts = [one.judge.verdict(document, "document") for one in (library, first, again)]
    assert verdicts[0].findings
    assert verdicts.count(verdicts[0]) == 3
    assert first.folders == again.folders == library.folders


def test_a_broken_pack_is_none(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: x\nformat: 1\nfollow: y\n")
    for opened in (open_workspace, open_to_judge):
        with pytest.raises(BrokenPack) as caught:
            opened([str(tmp_path)])
        assert caught.value.findings
