"""Results are printed one by one, not at the end."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from covage_model.api import scenarios
from covage_model.cli import streams
from covage_model.cli.main import main
from covage_model.ground.processes import commands
from covage_model.ground.processes.commands import Ended

HERE = Path(__file__).resolve().parents[1]
BASE = str(HERE / "golden" / "base")
COUNT = 12


class Recorded(io.StringIO):
    """A stream that also appends what is written to a log, with the stream's name."""

    def __init__(self, log: list[str], name: str, *, terminal: bool = False) -> None:
        super().__init__()
        self.log, self.called, self.terminal = log, name, terminal

    def write(self, text: str) -> int:
        self.log.append(f"{self.called} {text}")
        return super().write(text)

    def isatty(self) -> bool:
        return self.terminal


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("form", ["text", "json", "csv"])
@pytest.mark.parametrize("more", [(), ("--save-coverage", "record.json")])
def test_run_prints_a_scenario_before_it_plays_them_all(
    form: str, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    log: list[str] = []
    for number in range(COUNT):
        Path(f"{number:02}.scenario.yaml").write_text(f"scenario: s{number:02}\ngiven: {{order: nothing}}\n")
    real = scenarios._play_file

    def noted(path: str, *given: Any) -> Any:
        log.append(f"play {path}")
        return real(path, *given)

    monkeypatch.setattr(scenarios, "_play_file", noted)
    files = sorted(os.listdir())
    assert main(["run", *files, "--pack", BASE, "--format", form, *more], Recorded(log, "out"), io.StringIO()) == 1
    last = log.index(f"play {COUNT - 1:02}.scenario.yaml")
    printed = [line for line in log[:last] if line.startswith("out") and ".scenario.yaml" in line]
    assert sum(f"{number:02}.scenario.yaml" in "".join(printed) for number in range(COUNT)) == COUNT - 1


@pytest.fixture
def suite() -> Path:
    folder = Path("suite")
    folder.mkdir()
    files = [{"file": f"{number:02}.json", "order": "o", "role": "request", "status": "s", "verdict": "invalid",
              "findings": [], "pointers": [], "own": []} for number in range(COUNT)]  # fmt: skip
    for one in files:
        (folder / str(one["file"])).write_text("{}")
    tool = {"name": "covage-model", "version": "0"}
    manifest = {"format": 1, "tool": tool, "command": "generate", "suite": "orders", "files": files}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.mark.parametrize("terminal", [False, True])
def test_conform_prints_a_verdict_before_it_has_them_all(
    terminal: bool, suite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log: list[str] = []

    def ended(argvs: Sequence[Sequence[str]], **_: Any) -> Iterator[Ended]:
        for argv in argvs:
            log.append(f"ended {argv[-1]}")
            yield Ended(0, "", "")

    monkeypatch.setattr(commands, "ended", ended)
    err = Recorded(log, "err", terminal=terminal)
    assert main(["conform", str(suite), "--", "any"], Recorded(log, "out"), err) == 1
    for number in range(COUNT - 1):
        (printed,) = [place for place, line in enumerate(log) if line.startswith(f"out {suite}/{number:02}.json: ")]
        assert printed < log.index(f"ended {suite}/{number + 1:02}.json")
        if terminal:  # no line is written behind the progress line
            before = [line for line in log[:printed] if line.startswith("err ")]
            assert not before or before[-1] == "err \r\033[K"
    assert any(f"files {COUNT}/{COUNT}" in line for line in log) is terminal


def test_a_command_that_cannot_be_run_prints_nothing(suite: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert main(["conform", str(suite), "--format", "json", "--", "./no-such-command"], out, err) == 2
    assert out.getvalue() == ""
    assert "cannot run ./no-such-command" in err.getvalue()


@pytest.mark.parametrize(
    ("terminals", "more", "seen"),
    [
        (("err",), (), True),
        (("err", "out"), (), True),
        (("err",), ("--format", "json"), True),
        (("err", "out"), ("--format", "json", "--out", "r.json"), True),
        (("err", "out"), ("--format", "json"), False),
        (("err",), ("--quiet",), False),
        ((), (), False),
        (("out",), (), False),
    ],
)
def test_validate_shows_its_progress_on_a_terminal_alone(
    terminals: Sequence[str], more: Sequence[str], seen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "PAUSE", -1)
    good = {"kind": "parcel", "tariff": "P1", "speed": "economy", "address": {"street": "Rue Haute"}, "weight": 2}
    Path("a.json").write_text(json.dumps(good))
    Path("b.json").write_text(json.dumps({**good, "kind": "letter"}))
    log: list[str] = []
    out, err = (Recorded(log, name, terminal=name in terminals) for name in ("out", "err"))
    assert main(["validate", "--pack", BASE, "a.json", "b.json", "a.json", *more], out, err) == 1
    told = [text for text in log if text.startswith("err")]
    assert bool(told) is seen
    if not seen:
        return
    assert told[0].startswith("err \r\033[K1 order, ")
    assert any(" 2 orders, " in text.replace("\033[K", " ") and text.endswith("/s, 100% of the bytes") for text in told)
    line_shown = False
    for text in log:  # whatever is printed finds a clean line
        assert not (text.startswith("out") and line_shown)
        line_shown = text != "err \r\033[K" if text.startswith("err") else line_shown
    assert not line_shown


def test_a_folder_has_no_share_of_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PAUSE", -1)
    Path("in").mkdir()
    Path("in/a.json").write_text("{}")
    log: list[str] = []
    main(["validate", "--pack", BASE, "in"], io.StringIO(), Recorded(log, "err", terminal=True))
    assert any(text.endswith("/s") for text in log)
    assert "bytes" not in "".join(log)
