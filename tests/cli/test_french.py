"""The command line in French: help, complaints and reports hold no English sentence."""

from __future__ import annotations

import importlib
import io
import re
from pathlib import Path

import click
import pytest
from mixed import english

from covage_model.cli.main import COMMANDS, main
from covage_model.ground import codes
from covage_model.ground.language.french import SENTENCES
from covage_model.ground.language.french.metavars import WORDS

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "specs" / "covage"
EXAMPLE = ROOT / "examples" / "back_office"
DATA = re.compile(r"\S*[/=_]\S*|\S+\.\S+|\[[^\]]*\]|\b[A-Z]{2,}\b")
CALLS = {
    "simulate": [
        "simulate",
        "terminate-copper",
        "--count",
        "50",
        "--exact",
        "--require",
        "mean(lead_time) <= 9 d",
    ],
    "simulate-against": [
        "simulate",
        "activate-fiber/create",
        "--count",
        "50",
        "--against",
        "premium",
        "--until",
        "30d",
    ],
    "check": ["check"],
    "check-example": ["check", "--pack", "EXAMPLE"],
    "verify": ["verify", "terminate-copper"],
    "suites": ["suites", "terminate-copper", "--cover", "transitions"],
    "coverage": ["coverage", "RECORD"],
    "sources": ["sources", "--check"],
    "why": ["why", "book_appointment", "--order", "activate-fiber/create"],
    "why-after": ["why", "acknowledge", "--order", "activate-fiber/create", "--after", "submit"],
    "why-enni": ["why", "complete", "--order", "activate-enni", "--after", "submit,acknowledge"],
    "run-record": ["run", "--record", "specs/covage/examples/valid/record-copper-running-referenced.json"],
    "why-record": ["why", "complete", "--record", "specs/covage/examples/valid/record-copper-running-referenced.json"],
    "validate": ["validate", "specs/covage/examples/invalid", "--max-findings", "40"],
    "validate-valid": ["validate", "specs/covage/examples/valid", "--save-coverage", "RECORD"],
    "mutate": ["mutate", "--sample", "3", "specs/covage/scenarios/valid/terminate-full.yaml"],
    "draw": ["draw", "terminate-copper", "--format", "mermaid"],
    "draw-check": ["draw", "terminate", "--check", "--out", "OUT"],
    "draw-parent": ["draw", "--pack", "tests/packs/parent", "--format", "mermaid"],
    "suites-pairs": ["suites", "--pack", "tests/packs/payment", "--cover", "pairs"],
    "suites-guards": ["suites", "terminate-copper", "--cover", "guards"],
    "transitions": ["describe", "--transitions", "terminate-copper"],
    "describe": ["describe"],
    "describe-account": ["describe", "account"],
    "describe-state": ["describe", "terminate-copper", "--state", "submitted"],
    "standing": ["sources", "--standing", "assumed"],
    "verify-commit": ["verify", "--pack", "tests/packs/commit"],
    "verify-payment": ["verify", "--pack", "tests/packs/payment"],
    "run": ["run", "specs/covage/scenarios/valid/terminate-full.yaml", "--trace"],
    "why-nowhere": ["why", "finalise", "--order", "activate-copper/create", "--after", "submit"],
    "validate-account": ["validate", "specs/covage/examples/valid", "--account", "specs/covage/accounts/operator.json"],
    "validate-github": ["validate", "specs/covage/examples/invalid", "--format", "github"],
    "validate-markdown": ["validate", "specs/covage/examples/drafts", "--format", "markdown"],
    "changed": ["validate", "specs/covage/examples/drafts", "--changed-since", "HEAD"],
    "editor": ["editor", "--out", "OUT"],
    "examples": ["examples"],
    "init": ["init", "OUT/new"],
}


def say(argv: list[str], stdin: bytes = b"") -> str:
    """Everything that a call prints."""
    out = io.StringIO()
    main([*argv, "--lang", "fr"], out, out, io.BytesIO(stdin))
    return out.getvalue()


def mixed(text: str, *, quoted: str = r"$^") -> list[str]:
    """The lines with an English word, without what they quote: files, paths, names and the author's own words."""
    lines = [re.sub(quoted, "", line) for line in text.splitlines() if not re.match(r"\s+(?:\d+ \||\^)", line)]
    return [line for line in lines if english(DATA.sub("", line))]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_sentence_of_help_is_in_french(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    command: click.Command = importlib.import_module(f"covage_model.cli.{name}").command
    texts = [COMMANDS[name], *(command.help or "").split("\n\n")]
    texts += [param.help for param in command.params if isinstance(param, click.Option) and param.help]
    missing = [text for text in (" ".join(text.split()) for text in texts) if text and text not in SENTENCES]
    assert missing == [], "write them in ground/language/french/help_*.py"
    out = io.StringIO()
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert main([name, "--help"], out, out) == 0
    assert "Emploi\u00a0: covage-model" in out.getvalue()


def test_the_words_that_stand_for_values_are_in_french() -> None:
    """Each word of a metavar is in the catalogue; no French sentence holds an English one."""
    texts = [*SENTENCES.values()]
    for code in codes.catalogue():
        page = codes.page(code, "fr")
        texts += [page.explanation, *page.messages.values()]
    word = re.compile(rf"\b({'|'.join(WORDS)})\b")
    assert [text for text in texts if word.search(text)] == []
    for name in COMMANDS:
        command: click.Command = importlib.import_module(f"covage_model.cli.{name}").command
        for param in command.params:
            plain = isinstance(param.type, click.Choice) or getattr(param, "is_flag", False)
            assert plain or param.metavar, f"{name}: {param.opts} would show click's own word"
            capitals = re.findall("[A-Z]{2,}", param.metavar or "")
            assert [word for word in capitals if word not in WORDS and word not in ("CODE", "FORMAT")] == []


def test_help_and_complaints_name_values_in_french(tmp_path: Path) -> None:
    assert "[OPTIONS] COMMANDE [ARGUMENTS]" in say(["--help"])
    text = say(["validate", "--help"])
    assert "[OPTIONS] FICHIERS..." in text
    assert "--account FICHIER " in text
    assert "'FICHIERS...'" in say(["validate"])
    (tmp_path / "order.json").write_bytes((PACK / "examples/valid/terminate-full.json").read_bytes())
    assert "(--account FICHIER)" in say(["validate", str(tmp_path / "order.json")])


@pytest.mark.parametrize("argv", [
    ["validate"],
    ["validate", "--nope", "x"],
    ["step", "fibre-optique"],
    ["check", "--pack", "/nowhere"],
    ["why", "submit", "--order", "activate-fiber"],
    ["why", "nothing-of-it", "--order", "activate-enni"],
    ["describe", "activate-enni", "--state", "sent"],
    ["explain", "CM999"],
    ["validte"],
    ["verify", "--limit", "many"],
    ["validate", ".", "--max-findings", "-3"],
    ["validate", ".", "--output", "zz"],
    ["validate", ".", "--output", "zz=a"],
    ["validate", ".", "--at", "foo"],
    ["validate", ".", "--format", "nope"],
    ["validate", ".", "--update-baseline"],
    ["validate", ".", "--state", "nope"],
    ["validate", ".", "--changed-since", "-x"],
    ["draw"],
    ["draw", "nope"],
    ["draw", "--check", "--format", "png"],
    ["describe", "--state", "draft"],
    ["schema", "terminate-copper", "--any"],
    ["schema", "terminate-copper", "--state", "nope"],
    ["sources", "--check", "--standing", "stated"],
    ["mutate", "--operators", "nope"],
    ["mutate", "--fail-under", "200"],
    ["generate", "--suite"],
    ["generate", "--defects", "--account", "x"],
    ["init", "src"],
    ["init", "pyproject.toml"],
    ["simulate", "--until", "foo"],
    ["simulate", "--set", "foo"],
    ["simulate", "--set", "foo=1"],
    ["simulate", "--set", "time.starts=9999-12-31"],
    ["simulate", "--set", "arrivals=1"],
    ["draw", "terminate", "--out", "README.md/pictures"],
    ["simulate", "--require", "foo"],
    ["simulate", "--require", "mean(x) < 3 d"],
    ["simulate", "--profile", "nope"],
    ["simulate", "activate-enni", "--between", "foo"],
    ["conform", "src", "--", "true"],
    ["coverage"],
    ["run", "--output", "json=a", "--output", "json=a"],
])  # fmt: skip
def test_a_wrong_call_is_told_in_french(argv: list[str]) -> None:
    text = say(argv)
    assert "Erreur\u00a0: " in text
    assert not mixed(text.partition("Erreur")[2].replace("covage-model", "")), text


@pytest.mark.parametrize("name", CALLS)
def test_a_report_in_french_has_no_english_sentence(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    record = str(tmp_path / "record.json")
    if name == "coverage":
        say([word.replace("RECORD", record) for word in CALLS["validate-valid"]])
    argv = [
        word.replace("EXAMPLE", str(EXAMPLE)).replace("RECORD", record).replace("OUT", str(tmp_path))
        for word in CALLS[name]
    ]
    text = say(argv)
    assert len(text) > 50
    assert mixed(text, quoted="^ok .*") == []  # the scenario's own name


def test_a_walk_in_french_has_no_english_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    script = b"show\nhelp\nfoo\nundo\nredo\nsubmit\n99\nwhy deploy\nfill [\nfill 3\ndraw x.foo\nsave\n"
    text = say(["step", "activate-enni", "--example"], script)
    assert mixed(re.sub(r"(?m)^ *[\"{}\[\]].*$|^> .*$", "", text), quoted="JSON Merge Patch") == []


def test_the_language_may_stand_before_the_command_or_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    def printed(*argv: str) -> str:
        out = io.StringIO()
        main(argv, out, out)
        return out.getvalue()

    for argv in (("--lang", "fr", "--show-settings"), ("--show-settings", "--lang", "fr")):
        assert printed(*argv).startswith("réglages\u00a0: ")
    assert printed("--lang", "fr", "--help").startswith("Emploi\u00a0: ")
    assert printed("--lang", "fr", "explain", "CM403").startswith("CM403\u00a0: ")
    assert printed("--lang", "fr", "explain", "CM403", "--lang", "en").startswith("CM403: ")
    monkeypatch.setenv("COVAGE_MODEL_LANG", "fr")
    assert printed("--help").startswith("Emploi\u00a0: ")
    assert "réglages\u00a0: " in printed("--show-settings")
