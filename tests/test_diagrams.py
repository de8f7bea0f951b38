"""`diagrams/` is up to date with the packs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from covage_model.api import diagrams, packs
from covage_model.cli.main import main

DIAGRAMS = Path(__file__).resolve().parent.parent / "diagrams"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("form", ["svg", "mermaid"])
def test_no_diagram_is_stale(language: str, form: str) -> None:
    out = StringIO()
    arguments = ["draw", "--check", "--lang", language, "--format", form, "--out", str(DIAGRAMS / language)]
    assert main(arguments, out=out) == 0, f"{out.getvalue()}draw them again: make diagrams"


def test_a_changed_diagram_is_noticed(tmp_path: Path) -> None:
    arguments = ["draw", "activate", "--out", str(tmp_path), "--format"]
    assert main([*arguments, "mermaid", "--out", str(tmp_path / "activate.mmd")], out=StringIO()) == 0
    assert main([*arguments, "mermaid", "--check"], out=StringIO()) == 0
    path = tmp_path / "activate.mmd"
    path.write_text(path.read_text(encoding="utf-8").replace("Draft", "Drift"), encoding="utf-8")
    out = StringIO()
    assert main([*arguments, "mermaid", "--check"], out=out) == 1
    assert f"{path}: stale" in out.getvalue()
    path.unlink()
    assert main([*arguments, "mermaid", "--check"], out=(out := StringIO())) == 1
    assert f"{path}: missing" in out.getvalue()


SAMENAME = str(Path(__file__).resolve().parent / "packs" / "samename")


@pytest.mark.parametrize("form", ["svg", "mermaid", "dot"])
def test_a_lifecycle_and_an_order_of_one_name_are_two_pictures(form: str, tmp_path: Path) -> None:
    given = ["draw", "--pack", SAMENAME, "--format", form, "--out", str(tmp_path)]
    assert main(given, out=StringIO()) == 0
    assert len(list(tmp_path.iterdir())) == 3
    out = StringIO()
    assert main([*given, "--check"], out=out) == 0, out.getvalue()


def test_both_of_one_name_can_be_named() -> None:
    def shown(name: str) -> str:
        out, err = StringIO(), StringIO()
        assert main(["draw", name, "--pack", SAMENAME, "--format", "mermaid"], out=out, err=err) == 0, err.getvalue()
        return out.getvalue()

    whole, narrow = shown("life"), shown("order:life")
    assert "only_other" in whole
    assert "only_other" not in narrow
    assert shown("lifecycle:life") == whole
    assert shown("order.life") == narrow
    assert shown("order:other") == shown("other")
    err = StringIO()
    assert main(["draw", "nothing", "--pack", SAMENAME], out=StringIO(), err=err) == 2
    assert "life, order:life, other" in err.getvalue()


def test_files_differ_where_a_folder_ignores_case() -> None:
    pack = packs.load([SAMENAME]).pack
    assert pack is not None
    (lifecycle,) = pack.lifecycles
    shouting = replace(pack, lifecycles=(lifecycle, replace(lifecycle, name="Life"), replace(lifecycle, name="LIFE")))
    stems = [subject.stem for subject in diagrams.subjects(shouting)]
    assert len({stem.casefold() for stem in stems}) == len(stems) == 5


def test_several_pictures_do_not_go_into_a_file(tmp_path: Path) -> None:
    one = tmp_path / "one.svg"
    err = StringIO()
    assert main(["draw", "activate-copper", "--out", str(one)], out=StringIO(), err=err) == 2
    assert "4 pictures need a folder" in err.getvalue()
    assert not one.exists()
    folder = tmp_path / "pictures.v2"
    assert main(["draw", "activate-copper", "--format", "dot", "--out", str(folder)], out=StringIO()) == 0
    assert len(list(folder.iterdir())) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited by Linux alone")
def test_little_address_space_is_no_fault_of_ours(tmp_path: Path) -> None:
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv.pop(1)) * 1000,) * 2);"
        "from covage_model.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    for form, kilobytes, expected in (
        ("svg", 100_000, 2),
        ("svg", 3_000_000, 2),
        ("mermaid", 100_000, 0),
        ("dot", 100_000, 0),
    ):
        given = [str(kilobytes), "draw", "activate", "--format", form, "--out", str(tmp_path / f"one.{form}")]
        done = subprocess.run([sys.executable, "-c", code, *given], capture_output=True, text=True, check=False)
        assert done.returncode == expected, done.stderr
        assert ("4 GiB" in done.stderr) == (form == "svg")
        assert "our fault" not in done.stderr
