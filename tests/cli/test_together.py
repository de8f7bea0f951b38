"""Options that mean nothing beside, or without, another are refused, and both are named."""

from __future__ import annotations

import importlib
import io
from pathlib import Path

import click
import pytest

from covage_model.cli.main import COMMANDS, main
from covage_model.cli.together import BARS, NEEDS, TogetherCommand

NEEDED = [(command, option) for command, pairs in NEEDS.items() for option in pairs]
BARRED = [
    (command, option, other) for command, pairs in BARS.items() for option, others in pairs.items() for other in others
]
ARGUMENTS = {"conform": ["x", "--", "y"], "init": ["x"], "validate": ["x"], "coverage": ["x"], "why": ["x"]}
ARGUMENTS |= {"replay": ["x"], "fit": ["x"]}
VALUES = {"at": "/x", "until": "1d", "events": "ndjson=x", "encoding": "utf-8", "precise": "0.1", "format_": "json"}


def params(command: str) -> dict[str, click.Parameter]:
    found: click.Command = importlib.import_module(f"covage_model.cli.{command}").command
    return {str(param.name): param for param in found.params}


def words(command: str, name: str) -> list[str]:
    """The option as it is typed, with a value."""
    param = params(command)[name]
    assert isinstance(param, click.Option)
    if param.is_flag:
        return [param.opts[0]]
    return [
        param.opts[0],
        str(param.type.choices[0]) if isinstance(param.type, click.Choice) else VALUES.get(name, "1"),
    ]


def said(*argv: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(argv, out, out), out.getvalue()


def spelled(command: str, name: str) -> str:
    return words(command, name)[0]


@pytest.mark.parametrize(("command", "option"), NEEDED)
def test_an_option_without_the_one_that_it_needs_is_refused(command: str, option: str) -> None:
    others = " or ".join(spelled(command, other) for other in NEEDS[command][option])
    code, text = said(command, *words(command, option), *ARGUMENTS.get(command, []))
    assert (code, f"Error: {spelled(command, option)} means nothing without {others}\n" in text) == (2, True), text


@pytest.mark.parametrize(("command", "option", "other"), BARRED)
def test_an_option_beside_one_that_leaves_it_nothing_to_say_is_refused(command: str, option: str, other: str) -> None:
    needed = [word for name in (option, other) for more in NEEDS.get(command, {}).get(name, ())[:1]
              for word in words(command, more) if more not in (option, other)]  # fmt: skip
    argv = [*words(command, option), *words(command, other), *needed, *ARGUMENTS.get(command, [])]
    code, text = said(command, *argv)
    told = f"{spelled(command, other)} means nothing with {spelled(command, option)}: remove one of them\n"
    assert (code, told in text) == (2, True), text


def test_all_that_is_listed_is_asked() -> None:
    """The command of each entry looks at its options, and has them."""
    for command in {*NEEDS, *BARS}:
        assert isinstance(importlib.import_module(f"covage_model.cli.{command}").command, TogetherCommand), command
        named = {**NEEDS.get(command, {}), **BARS.get(command, {})}
        assert {*named, *(other for others in named.values() for other in others)} <= set(params(command)), command
    strict = {command for command in COMMANDS if {"strict", "fail_on"} <= set(params(command))}
    assert strict - {"conform"} == {command for command, pairs in BARS.items() if "strict" in pairs}


def test_what_the_settings_say_and_does_not_apply_is_no_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("covage-model.toml").write_text('account = "account.json"\nbaseline = "base.json"\n', encoding="utf-8")
    pack = str(Path(__file__).resolve().parents[1] / "golden" / "ok" / "minimal")
    text = said("sources", "--pack", pack)[1]
    assert ("0 statements" in text, "means nothing" in text) == (True, False), text


def test_both_are_named_in_french() -> None:
    assert "--seed ne veut rien dire sans --sample" in said("mutate", "--seed", "1", "--lang", "fr")[1]
    text = said("step", "--example", "--account", "x", "--lang", "fr")[1]
    assert "--account ne veut rien dire avec --example\u00a0: retirez l'un des deux" in text
    assert "sans --document ou --record" in said("why", "x", "--at", "/x", "--lang", "fr")[1]
