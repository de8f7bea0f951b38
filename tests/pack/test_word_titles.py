"""Values of variables and final words may have titles: people read them, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from covage_model import draw_lifecycle, load_pack, verify_pack
from covage_model.cli.main import main
from covage_model.pack.model.conditions import Not
from covage_model.report.names import pack_names

FILES = {
    "pack.yaml": "pack: titled\nformat: 1\nlanguages: [fr, en]\nactors: {me: Me}\n",
    "order.yaml": "order: item\nfollows: life\nmatch: {kind: item}\n",
}
LIFE = """
lifecycle: life
standing: inferred
states:
  open: {initial: true}
  shut: {final: FINAL}
  lost: {final: loss}
variables:
  seal: VALUES
  warm: {values: [false, {value: true, title: {fr: au chaud, en: in the warm}}]}
transitions:
  mend: {by: me, from: open, set: {seal: whole}}
  heat: {by: me, from: open, set: {warm: true}}
  close: {by: me, from: open, to: shut, guard: {seal: whole, warm: true}}
  lose: {by: me, from: open, to: lost}
  note: {by: me, from: shut, guard: {final: good}}
properties:
  whole: {never: {final: good, seal: whole}}
"""
TITLED = {
    "VALUES": "[{value: broken, title: {fr: brisé, en: broken}}, {value: whole, title: {fr: intact, en: sound}}]",
    "FINAL": "{value: good, title: {fr: bien fini, en: well done}}",
}
PLAIN = {"VALUES": "[broken, whole]", "FINAL": "good"}


def written(folder: Path, words: dict[str, str]) -> Path:
    life = LIFE
    for name, said in words.items():
        life = life.replace(name, said)
    folder.mkdir()
    for name, text in {**FILES, "life.yaml": life}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "titled", TITLED)


def told(capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    assert main(list(argv)) == code
    return capsys.readouterr().out


def test_what_is_judged_and_counted_is_that_of_the_values(folder: Path, tmp_path: Path) -> None:
    titled, plain = load_pack(str(folder)), load_pack(str(written(tmp_path / "plain", PLAIN)))
    assert len(titled.table("item")) == len(plain.table("item")) == 9
    assert titled.table("item").layout.states == plain.table("item").layout.states
    (verdict,) = verify_pack(titled).examined
    assert (verdict.outcome.value, len(verdict.counterexample.trace.moves)) == ("broken", 3)


def test_refusals_and_walks_say_the_titles_in_the_language(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, "why", "--pack", str(folder), "--order", "item", "close", "--lang", "fr")
    assert "seal vaut brisé [broken]" in said
    assert "seal = intact [whole]" in said
    assert "warm = au chaud [true]" in said
    said = told(capsys, "why", "--pack", str(folder), "--order", "item", "close", "--lang", "en")
    assert "seal is broken" in said  # the title is the word
    assert "seal = sound [whole]" in said


def test_a_condition_says_both(folder: Path) -> None:
    spec = load_pack(str(folder)).spec
    (prop,) = spec.lifecycles[0].properties
    names = pack_names(spec, spec.lifecycles[0], "fr")
    assert names.condition(prop.conditions[0]) == "issue = bien fini [good] et seal = intact [whole]"
    assert names.condition(Not(prop.conditions[0])) == "non (issue = bien fini [good] et seal = intact [whole])"


def test_pictures_tables_and_sequences_show_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn = draw_lifecycle(load_pack(str(folder)), "item", form="mermaid", language="fr")
    assert "bien fini" in drawn
    assert "seal #58;= intact" in drawn
    assert "warm = au chaud" in drawn
    table = told(capsys, "describe", "--transitions", "item", "--pack", str(folder), "--lang", "fr")
    assert "seal := intact [whole]" in table
    sequence = told(capsys, "verify", "--format", "mermaid", "--pack", str(folder), "--lang", "fr", code=1)
    assert "seal #58;= intact" in sequence


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"VALUES": "[{value: broken}, whole]"}, "CM102"),
        ({"VALUES": "[{value: broken, title: {de: kaputt}}, whole]"}, "CM202"),
        ({"VALUES": "[{value: whole, title: A}, {value: whole, title: B}]"}, "CM201"),
        ({"FINAL": "{title: Good}"}, "CM102"),
        ({"FINAL": "{value: good, title: {de: gut}}"}, "CM202"),
    ],
)
def test_what_is_no_word_with_a_title_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: dict[str, str], code: str
) -> None:
    pack = written(tmp_path / "wrong", {**PLAIN, **words})
    assert code in told(capsys, "check", "--pack", str(pack), code=1)
