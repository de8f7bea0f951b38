"""
Settings: what options are where nothing was typed, from one file and from the environment.

The file is `covage-model.toml`, or `pyproject.toml` with a table `tool.covage-model`: the nearest one from the working
folder up to the root of the repository. A file beside what is judged is never read: who sends orders decides nothing.
A key is an option without its dashes, at the top for every command that has it, or in the table of one command.
`COVAGE_MODEL_FAIL_ON` in the environment is `--fail-on`. What is typed wins, then the environment, then the file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from covage_model.ground.classes import dataclass
from covage_model.ground.nearest import near_miss

NAME = "covage-model.toml"
_PROJECT = "pyproject.toml"
_TABLE = "covage-model"
_PREFIX = "COVAGE_MODEL_"
_PATHS = frozenset(("account", "baseline", "out", "quarantine", "save-coverage", "suppressions"))
Commands = Mapping[str, Callable[[], click.Command]]


@dataclass(slots=True, repr=False, eq=False)
class Setting:
    """The value of an option of one command, and where it was set."""

    command: str
    option: str
    value: Any
    place: str


def settings_of(command: click.Command, name: str, commands: Commands) -> Iterator[Setting]:
    """What is set for a command: the file first, then the environment, which wins."""
    options = {_spelled(option): option for option in command.params if isinstance(option, click.Option)}
    path, table = _file(os.getcwd())
    own = table.get(name, {})
    for key, value in _checked(table, path, commands):
        given = own if key == name else {key: value} if key in options and key not in own else {}
        yield from (Setting(name, inner, _placed(said, inner, path), path) for inner, said in given.items())
    for key, option in options.items():
        variable = _PREFIX + key.upper().replace("-", "_")
        if variable in os.environ:
            yield Setting(name, key, _of_text(os.environ[variable], option, variable), variable)


def defaults(command: click.Command, name: str, commands: Commands) -> dict[str, Any]:
    """The settings of a command by the names that click has for its options."""
    options = {_spelled(option): option for option in command.params if isinstance(option, click.Option)}
    found: dict[str, Any] = {}
    for setting in settings_of(command, name, commands):
        option = options[setting.option]
        several = option.multiple and not isinstance(setting.value, list)
        found[str(option.name)] = [setting.value] if several else setting.value
    return found


def shown(commands: Commands) -> Iterator[str]:
    """A line for the file, and one for each setting."""
    path, _ = _file(os.getcwd())
    yield f"settings: {path}" if path else f"settings: no {NAME}, and no table in {_PROJECT}"
    for name, load in commands.items():
        last = {setting.option: setting for setting in settings_of(load(), name, commands)}
        for setting in last.values():
            yield f"{name} --{setting.option}: {setting.value!r} ({setting.place})"


def _spelled(option: click.Option) -> str:
    """The longest name of an option, without dashes."""
    return max(option.opts, key=len).lstrip("-")


def _file(start: str) -> tuple[str, dict[str, Any]]:
    """The path of the file of settings and its table; '' if there is none up to the root of the repository."""
    folder = os.path.abspath(start)
    folders = [folder]
    while not os.path.exists(os.path.join(folder, ".git")):
        folder, before = os.path.dirname(folder), folder
        if folder == before:
            folders = folders[:1]  # no repository: the working folder alone
            break
        folders.append(folder)
    for each in folders:
        own, project = os.path.join(each, NAME), os.path.join(each, _PROJECT)
        inside = _read(project, needle=_TABLE.encode()).get("tool", {}).get(_TABLE)
        if os.path.isfile(own):
            if inside is not None:
                raise click.UsageError(f"{os.path.relpath(own)} and {_PROJECT} have settings: keep one of them")
            return os.path.relpath(own), _read(own)
        if inside is not None:
            return os.path.relpath(project), inside
    return "", {}


def _read(path: str, needle: bytes = b"") -> dict[str, Any]:
    """The content of a TOML file; nothing if it is not there or has no `needle`."""
    try:
        with open(path, "rb") as file:
            content = file.read()
        if needle not in content:
            return {}
        import tomllib  # slow to load, and many folders have no settings

        return tomllib.loads(content.decode("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise click.UsageError(f"{os.path.relpath(path)} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise click.UsageError(f"{os.path.relpath(path)} is no TOML: {error}") from error


def _checked(table: dict[str, Any], path: str, commands: Commands) -> Iterator[tuple[str, Any]]:
    """The entries of the table. A key that no option has is a usage error."""
    every: set[str] | None = None
    for key, value in table.items():
        if isinstance(value, dict):
            if key not in commands:
                raise _unknown(path, key, commands, "command")
            known = set(map(_spelled, _options(commands[key]())))
            for inner in value:
                if inner not in known:
                    raise _unknown(path, f"{key}.{inner}", [f"{key}.{name}" for name in known], "option")
        else:
            every = every or {_spelled(option) for load in commands.values() for option in _options(load())}
            if key not in every:
                raise _unknown(path, key, every, "option")
        yield key, value


def _options(command: click.Command) -> Iterator[click.Option]:
    return (option for option in command.params if isinstance(option, click.Option))


def _unknown(path: str, key: str, known: Any, what: str) -> click.UsageError:
    near = near_miss(key, known)
    return click.UsageError(f"{path}: no {what} is called {key!r}" + (f". Did you mean {near!r}?" if near else ""))


def _placed(value: Any, key: str, path: str) -> Any:
    """The value, where a path in it starts at the folder of the file, not at the working folder."""
    if isinstance(value, list):
        return [_placed(item, key, path) for item in value]
    if not isinstance(value, str) or value == "-":
        return value
    near = os.path.normpath(os.path.join(os.path.dirname(path), value))
    if key in _PATHS or (key == "pack" and os.path.isdir(near)):
        return near
    if key == "output" and "=" in value:
        name, _, target = value.partition("=")
        return f"{name}={_placed(target, 'out', path)}"
    return value


def _of_text(text: str, option: click.Option, variable: str) -> Any:
    """The value of a variable: words as a shell has them where an option may be repeated."""
    if option.is_flag:
        truths = {"": False, "0": False, "false": False, "1": True, "true": True}
        if text.lower() not in truths:
            raise click.UsageError(f"{variable} is 1 or 0, not {text!r}")
        return truths[text.lower()]
    if not option.multiple:
        return text
    try:
        import shlex  # few have settings in the environment

        return shlex.split(text)
    except ValueError as error:
        raise click.UsageError(f"{variable}: {error}") from error
