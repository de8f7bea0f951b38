"""`diagrams/` shows what the packs say now."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

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
