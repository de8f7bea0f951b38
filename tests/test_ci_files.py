"""What others run in their CI: the hooks of pre-commit, the script of the GitHub Action, the snippets of `docs/ci.md`."""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = str(ROOT / "tests" / "packs" / "library")
LOAN = (ROOT / "tests" / "packs" / "library" / "examples" / "loan-home.yaml").read_text(encoding="utf-8")
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```(yaml|groovy)\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text(LOAN, encoding="utf-8")
    Path("bad.yaml").write_text(LOAN + "unknown_field: 1\n", encoding="utf-8")


def hooked(name: str, *args: str, files: tuple[str, ...] = ()) -> int:
    """The exit code of a hook, called as pre-commit calls it."""
    words = [*shlex.split(HOOKS[name]["entry"]), *args, *(files if HOOKS[name].get("pass_filenames", True) else ())]
    assert words[0] == "covage-model"
    return main(words[1:], io.StringIO(), io.StringIO())


def test_each_hook_passes_what_is_right_and_fails_what_is_wrong() -> None:
    assert hooked("covage-orders", "--pack", LIBRARY, files=("good.yaml",)) == 0
    assert hooked("covage-orders", "--pack", LIBRARY, files=("good.yaml", "bad.yaml")) == 1
    assert hooked("covage-pack", LIBRARY, files=("pack.yaml",)) == 0
    Path("pack").mkdir()
    Path("pack/pack.yaml").write_text("pack: p\nformat: 1\nnothing: 1\n", encoding="utf-8")
    assert hooked("covage-pack", "pack") == 1
    assert main(["draw", "--pack", LIBRARY, "--out", "pictures"], io.StringIO(), io.StringIO()) == 0
    drawn = ("--pack", LIBRARY, "--out", "pictures")
    assert hooked("covage-diagrams", *drawn) == 0
    next(Path("pictures").iterdir()).write_text("old", encoding="utf-8")
    assert hooked("covage-diagrams", *drawn) == 1


def action() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return data


def test_the_action_runs_its_script_and_no_input_is_a_command() -> None:
    steps = action()["runs"]["steps"]
    assert all("inputs." not in step["run"] for step in steps)
    assert set(re.findall(r"inputs\.([\w-]+)", str(steps))) == set(action()["inputs"])


def test_the_script_annotates_and_writes_the_summary() -> None:
    script = (ROOT / "tools" / "action.sh").as_posix()
    asked = {"COVAGE_FILES": "good.yaml\nbad.yaml\n", "COVAGE_PACK": LIBRARY, "COVAGE_OPTIONS": "--fail-on\nerror\n"}
    environment = {**os.environ, **asked, "GITHUB_STEP_SUMMARY": "summary.md", "CI": "true"}
    done = subprocess.run(["bash", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "bad.yaml:" in done.stdout
    assert re.search(r"^::error file=bad\.yaml,line=\d+,col=1,title=CM406", done.stdout, re.MULTILINE)
    assert "CM406" in Path("summary.md").read_text(encoding="utf-8")
    assert '"version":"2.1.0"' in Path("covage-model.sarif").read_text(encoding="utf-8")


def test_every_command_of_a_snippet_is_understood() -> None:
    """The snippets of the page are YAML, and each of our commands in them has options that exist."""
    calls = [
        line for _, body in SNIPPETS for line in re.findall(r"covage-model (validate|check|draw)([^\n'\"]*)", body)
    ]
    assert len(calls) >= 2
    for kind, body in SNIPPETS:
        if kind == "yaml":
            yaml.safe_load(body)
    for command, rest in calls:
        known = io.StringIO()
        main([command, "--help"], known, known)
        for option in re.findall(r"--[a-z-]+", rest):
            assert option in known.getvalue(), option


def test_the_page_uses_what_is_there() -> None:
    used = re.findall(r"id: (covage-[a-z]+)", PAGE)
    assert set(used) == set(HOOKS)
    assert set(re.findall(r"^ +(files|pack|options|sarif): ", PAGE, re.MULTILINE)) <= {*action()["inputs"], "files"}


def test_the_image_holds_what_the_package_needs() -> None:
    kept = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert set(re.findall(r'^"(specs|schemas)" = ', project, re.MULTILINE)) <= kept
    assert {"src", "pyproject.toml", "README.md", "LICENSE"} <= kept
    assert "USER covage" in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_the_page_shows_what_each_prints() -> None:
    """The lines of the page are those of the commands; what stands behind … may differ."""
    Path("orders").mkdir()
    bad = '{"type": "terminate", "service_ref": "S1", "surprise": 1}\n'
    Path("orders/bad.json").write_text(bad, encoding="utf-8")
    good = io.StringIO()
    assert main(["examples", "activate-fiber/activate_defined"], good, io.StringIO()) == 0
    Path("orders/good.json").write_text(good.getvalue(), encoding="utf-8")
    files = {"gitlab": "quality.json", "junit": "orders.xml", "checkstyle": "style.xml", "github": "annotations"}
    outputs = [f"--output={name}={path}" for name, path in files.items()]
    out = io.StringIO()
    assert main(["validate", "orders/", "--lang", "en", *outputs], out, io.StringIO()) == 1
    printed = out.getvalue() + "".join(Path(path).read_text(encoding="utf-8") for path in files.values())
    lines = [line for block in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    of_commands = [line for line in lines if re.match(r"orders/| +(1 \||\^|hint|because)|::|[{<]|2 documents", line)]
    assert len(of_commands) >= 10
    for line in of_commands:
        parts = [part for part in line.split("...") if part]
        assert any(_holds(parts, found) for found in printed.splitlines()), line
    names = [line.partition("...")[0] for line in lines if line.endswith(("Passed", "Failed"))]
    assert names == [hook["name"] for hook in HOOKS.values()]


def _holds(parts: list[str], line: str) -> bool:
    """Whether the parts stand in a line, one after the other, from its beginning."""
    at = 0
    for number, part in enumerate(parts):
        at = line.find(part, at)
        if at < 0 or (number == 0 and at > 0):
            return False
        at += len(part)
    return True
