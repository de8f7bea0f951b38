"""Packs with an unfinished lifecycle: behaviour gives warnings, and everything but `check` and `verify` works."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from covage_model.cli.main import main

STUCK = {
    "pack.yaml": "pack: p\nformat: 1\nactors: {us: Us}\nlanguages: [en]\n",
    "order.yaml": "order: thing\nfollows: life\nmatch: {kind: thing}\nfields: {kind: {type: string}}\n",
    "life.yaml": "lifecycle: life\nstates: {a: {initial: true}, stuck: {}, lonely: {}, end: {final: success}}\n"
    "transitions: {go: {by: us, from: a, to: stuck}, finish: {by: us, from: a, to: end}}\n"
    "properties: {ends: {always_possible: {final: any}}}\n",
    "s.yaml": "scenario: goes\ngiven: {order: thing}\nsteps: [go]\nexpect: {state: stuck}\n",
}


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in STUCK.items():
        (tmp_path / "p").mkdir(exist_ok=True)
        (tmp_path / "p" / name).write_text(text, encoding="utf-8")
    (tmp_path / "order.json").write_text('{"kind": "thing"}')
    return tmp_path


def call(*argv: str, stdin: bytes = b"") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(argv, out, err, io.BytesIO(stdin)), out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    "argv",
    [
        ("draw", "life"),
        ("draw", "--out", "pictures"),
        ("step", "thing"),
        ("schema",),
        ("describe",),
        ("describe", "thing"),
        ("validate", "order.json"),
        ("run",),
        ("examples", "thing"),
        ("generate",),
        ("generate", "--suite", "--out", "suite"),
        ("sources",),
        ("why", "go", "--order", "thing"),
        ("mutate", "--jobs", "1"),
        ("suites", "--cover", "transitions", "--out", "suites"),
    ],
    ids=" ".join,
)
def test_other_commands_warn_and_work(pack: Path, argv: tuple[str, ...]) -> None:
    code, out, err = call(*argv, "--pack", "p", stdin=b"go\n")
    assert code == 0, err
    assert "CM303" in err
    assert "CM302" in err
    assert "not finished" in err
    assert "warning CM303" in err
    assert "error CM" not in err
    assert "CM30" not in out


def test_check_and_verify_fail(pack: Path) -> None:
    assert call("check", "p")[0] == 1
    code, out, err = call("verify", "--pack", "p")
    assert (code, out) == (3, "")
    assert "error CM303" in err


def test_what_does_not_compile_still_stops_every_command(pack: Path) -> None:
    (pack / "p" / "order.yaml").write_text("order: thing\nfollows: nothing\nmatch: {kind: thing}\n")
    for argv in (("draw",), ("schema",), ("validate", "order.json"), ("describe",), ("run",)):
        code, out, err = call(*argv, "--pack", "p")
        assert (code, out) == (3, ""), argv
        assert "broken" in err
