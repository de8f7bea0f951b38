"""No output reveals where the package is installed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from effort import LONG

from covage_model.cli.main import main
from covage_model.report import printing

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.hard
@pytest.mark.parametrize(
    "argv",
    [
        ("check",),
        ("run", "--trace"),
        ("validate", "order.json"),
        ("describe", "terminate-copper"),
        ("sources", "--check"),
        ("sources", "--standing", "assumed"),
        ("why", "submit", "--order", "terminate-copper"),
        ("coverage", "record.json"),
        ("mutate", "terminate-copper", "--sample", "3", "--jobs", "1"),
        ("suites", "terminate-copper", "--cover", "states"),
    ],
    ids=" ".join,
)
def test_a_bundled_pack_is_named_and_not_located(
    argv: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    (tmp_path / "order.json").write_text('{"operation": "nothing"}')
    if argv[0] == "coverage":
        main(["run", "--save-coverage", "record.json"], io.StringIO(), io.StringIO())
    for format_ in printing.names() if LONG else ("text",):
        out = io.StringIO()
        assert main([*argv, "--format", format_], out, out) in (0, 1)
        assert str(ROOT) not in out.getvalue()


@pytest.mark.parametrize(
    "argv",
    [("examples",), ("examples", "--format", "json"), ("schema", "terminate-copper", "--format", "origins")],
    ids=" ".join,
)
def test_examples_and_schemas_have_no_place_of_this_machine(
    argv: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    assert main(argv, out, out) == 0
    assert str(ROOT) not in out.getvalue()
