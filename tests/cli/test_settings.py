"""Settings from one file and the environment, what they may not do, colours, the list of files, completion."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = str(ROOT / "tests" / "packs" / "library")
LOAN = (ROOT / "tests" / "packs" / "library" / "examples" / "loan-home.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    (tmp_path / ".git").mkdir()
    (tmp_path / "in" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "in")
    Path("loan.yaml").write_text(LOAN + "unknown_field: 1\n", encoding="utf-8")


def said(*argv: str) -> tuple[str, int]:
    out = io.StringIO()
    code = main(argv, out, out)
    return out.getvalue(), code


def settings(path: str, text: str) -> None:
    Path(path).write_text(text, encoding="utf-8")


def test_the_nearest_file_up_to_the_root_is_read_and_what_is_typed_wins() -> None:
    settings("../pyproject.toml", f'[tool.covage-model]\npack = ["{LIBRARY}"]\nformat = "concise"\n')
    text, code = said("validate", "loan.yaml")
    assert (code, text.splitlines()[0].startswith("loan.yaml:"), "hint" in text) == (1, True, False)
    assert "hint" in said("validate", "loan.yaml", "--format", "text")[0]
    settings("covage-model.toml", f'pack = "{LIBRARY}"\n[validate]\nexit-zero = true\n')
    assert said("validate", "loan.yaml")[1] == 0
    assert "hint" in said("validate", "loan.yaml")[0]


def test_the_table_of_a_command_wins_over_the_top() -> None:
    settings("covage-model.toml", f'pack = "{LIBRARY}"\nformat = "json"\n[validate]\nformat = "tap"\n')
    assert said("validate", "loan.yaml")[0].startswith("TAP")
    assert said("check", LIBRARY)[0].startswith("{")


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    settings("covage-model.toml", 'pack = "nowhere"\nformat = "json"\n')
    monkeypatch.setenv("COVAGE_MODEL_PACK", f"'{LIBRARY}'")
    monkeypatch.setenv("COVAGE_MODEL_FORMAT", "tap")
    monkeypatch.setenv("COVAGE_MODEL_EXIT_ZERO", "1")
    text, code = said("validate", "loan.yaml")
    assert (code, text[:3]) == (0, "TAP")
    monkeypatch.setenv("COVAGE_MODEL_EXIT_ZERO", "maybe")
    text, code = said("validate", "loan.yaml")
    assert (code, "COVAGE_MODEL_EXIT_ZERO is 1 or 0" in text) == (2, True)


def test_a_file_beside_the_judged_file_or_above_the_repository_is_not_read() -> None:
    settings("deep/covage-model.toml", "no such thing")
    settings("../../covage-model.toml", "no such thing")
    Path("deep/loan.yaml").write_text(LOAN, encoding="utf-8")
    assert said("validate", "deep/loan.yaml", "--pack", LIBRARY)[1] == 0
    Path("../../covage-model.toml").unlink()


def test_without_a_repository_the_working_folder_alone_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / ".git").rmdir()
    settings("../covage-model.toml", "no such thing")
    assert said("validate", "loan.yaml", "--pack", LIBRARY)[1] == 1
    settings("covage-model.toml", "no such thing")
    assert said("validate", "loan.yaml", "--pack", LIBRARY)[1] == 2


def test_paths_start_at_the_file_of_settings() -> None:
    settings(
        "../covage-model.toml", f'pack = "{LIBRARY}"\n[validate]\nbaseline = "base.json"\noutput = ["tap=o.tap"]\n'
    )
    assert said("validate", "loan.yaml", "--update-baseline")[1] == 0
    assert Path("../base.json").exists()
    assert Path("../o.tap").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("formt = 'json'\n", "no option is called 'formt'. Did you mean 'format'?"),
        ("[validat]\n", "no command is called 'validat'. Did you mean 'validate'?"),
        ("[validate]\nstrikt = true\n", "no option is called 'validate.strikt'. Did you mean 'validate.strict'?"),
        ("[validate]\nformat = 'jsn'\n", "'jsn' is not one of"),
        ("x", "is no TOML"),
    ],
)
def test_a_wrong_setting_is_refused(text: str, told: str) -> None:
    settings("covage-model.toml", text)
    found, code = said("validate", "loan.yaml", "--pack", LIBRARY)
    assert (code, told in found) == (2, True), found


def test_two_files_in_one_folder_are_refused() -> None:
    settings("covage-model.toml", "")
    settings("pyproject.toml", "[tool.covage-model]\n")
    assert "keep one of them" in said("check", LIBRARY)[0]
    settings("pyproject.toml", "[project]\nname = 'covage-model'\n")
    assert said("check", LIBRARY)[1] == 0


def test_settings_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said("--show-settings")[0].startswith("settings: no covage-model.toml")
    settings("covage-model.toml", "[validate]\nstrict = true\n")
    monkeypatch.setenv("COVAGE_MODEL_FAIL_ON", "warning")
    text, code = said("--show-settings")
    assert code == 0
    assert text.startswith("settings: covage-model.toml\n")
    assert "\nvalidate --strict: True (covage-model.toml)\n" in text
    assert "\ncheck --fail-on: 'warning' (COVAGE_MODEL_FAIL_ON)\n" in text


def test_files_are_shown() -> None:
    Path("deep/a.json").write_text("{", encoding="utf-8")
    assert said("validate", ".", "--show-files", "--pack", LIBRARY) == ("./loan.yaml\n./deep/a.json\n", 0)
    text, code = said("validate", "none*", "--show-files", "--exclude", "x")
    assert (code, "no file matches" in text) == (1, True)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def colored(*more: str) -> bool:
    out = _Terminal()
    main(["validate", "loan.yaml", "--pack", LIBRARY, "--quiet", *more], out, io.StringIO())
    text = out.getvalue()
    assert ("\x1b[1mloan.yaml:" in text) == ("\x1b[31merror\x1b[0m" in text)
    return "\x1b[31merror" in text


def test_colours_are_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    assert colored()
    assert not colored("--color", "never")
    assert not colored("--format", "concise")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colored()
    assert colored("--color", "always")
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not colored()
    assert "\x1b" not in said("validate", "loan.yaml", "--pack", LIBRARY)[0]


def test_the_shell_completes_commands_and_options() -> None:
    code = "from covage_model.cli.main import run; import sys; sys.argv = ['covage-model']; run()"
    asked = {"COMP_WORDS": "covage-model validate --bas", "COMP_CWORD": "2", "_COVAGE_MODEL_COMPLETE": "bash_complete"}
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **asked}, capture_output=True, text=True)
    assert "plain,--baseline" in done.stdout
