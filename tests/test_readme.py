"""
The README and the pages of `docs/` are executed: the `console` blocks of a page in turn, in one empty folder.
Slow pages are for `make proof`.

A line that starts with `$ ` is a command; the lines after it are its output, in which `...` stands for
any lines. A block after `<!-- file: NAME -->` is written to that file. Python blocks are executed.
Our own command is called in this process, as `covage-model` calls it: a process for each would spend
most of its time on imports. Pipes and other programs go to a shell.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)```", re.DOTALL)


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# They simulate thousands of orders, or start processes of pytest.
SLOW_PAGES = ("simulate.md", "simuler.md", "testing.md", "pytest.md", "coverage.md")


def commands(body: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def printed(command: str) -> str:
    """Everything that a command prints, on both streams, run in the current folder."""
    if command.startswith("covage-model ") and not re.search(r"[|><;&$]", command):
        streams = io.StringIO(), io.StringIO()
        main(shlex.split(command)[1:], *streams)
        return "".join(stream.getvalue() for stream in streams)
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def matches(expected: str, found: str) -> bool:
    """`...` on a line of its own stands for any lines; at the end of a line, for the rest of it."""
    pieces = re.split(r"(^\.\.\.\n|\.\.\.(?=\n))", expected, flags=re.MULTILINE)
    wild = {"...\n": ".*?", "...": "[^\n]*"}
    return re.fullmatch("".join(wild.get(piece) or re.escape(piece) for piece in pieces), found, re.DOTALL) is not None


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, id=page.name, marks=[pytest.mark.long] if page.name in SLOW_PAGES else []) for page in PAGES],
)
def test_every_block_of_a_page_does_what_it_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "examples"), prepend=os.pathsep)
    monkeypatch.setenv("COLUMNS", "80")
    for kind, file, body in _blocks_in(page.read_text(encoding="utf-8")):
        if file is not None:
            target = tmp_path / file
            assert target.parent.is_dir(), f"{file}: the page writes into a folder that no command made"
            target.write_text(body, encoding="utf-8")
        elif kind == "console":
            for command, expected in commands(body):
                if command.startswith(("pip ", "make ", "git ")):
                    continue  # tested where they belong: the wheel's test, CI itself
                found = printed(command)
                assert matches(expected, found), f"$ {command}\n{found}\n--- the page says\n{expected}"
        elif kind == "python":
            subprocess.run([sys.executable, "-c", body], check=True)


def test_the_readme_shows_no_less_than_it_did() -> None:
    ran = [command for kind, _, body in _blocks_in(README) if kind == "console" for command in commands(body)]
    assert len(ran) >= 20


def test_a_newcomer_reads_the_first_part_in_five_minutes() -> None:
    assert len(README.split("\n# Reference\n")[0].split()) <= 900


def test_a_newcomer_needs_six_commands_and_one_edited_file() -> None:
    """The first part: judge an order, draw a lifecycle, write a first rule."""
    tour = (
        README.split("## Your first rule")[0].split("## In a minute")[1]
        + README.split("## Your first rule")[1].split("\n## ")[0]
    )
    shown = [command for kind, file, body in _blocks_in(tour) if kind == "console" for command, _ in commands(body)]
    edited = [file for _, file, _ in _blocks_in(tour) if file is not None]
    assert len(shown) <= 6
    assert len(edited) == 1


def _blocks_in(text: str) -> list[tuple[str, str | None, str]]:
    return [(match["kind"], match["file"], match["body"]) for match in BLOCK.finditer(text)]
