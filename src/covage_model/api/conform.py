"""Somebody's validator held against a suite of order files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from covage_model.ground.processes import commands

MANIFEST = "manifest.json"
PLACES = ("file", "account", "order", "role", "status")


class NoSuite(Exception):
    """The folder holds no suite that can be read."""


@dataclass(frozen=True, slots=True)
class ValidatorAnswer:
    """
    What a command said of one file: `valid`, `invalid`, or `timeout`; `None` where it was not asked.

    `why` says why it was not asked, or how it disagrees. `agrees` is True where it was not asked.
    """

    entry: dict[str, Any]
    said: str | None
    agrees: bool
    why: str = ""


def read_suite(folder: str) -> list[dict[str, Any]]:
    """The entries of a suite's manifest. Raises NoSuite."""
    path = os.path.join(folder, MANIFEST)
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError, RecursionError) as error:
        raise NoSuite(f"{folder} holds no suite: {path} cannot be read ({type(error).__name__})") from error
    entries = found.get("files") if isinstance(found, dict) and found.get("format") == 1 else None
    if not isinstance(entries, list) or not all(_is_entry(one) for one in entries):
        raise NoSuite(f"{path} is no manifest of a suite")
    return entries


def _is_entry(one: Any) -> bool:
    if not isinstance(one, dict) or one.get("verdict") not in ("valid", "invalid"):
        return False
    texts = all(isinstance(one.get(name), str) for name in ("file", "order", "role", "status"))
    inside = texts and not os.path.isabs(one["file"]) and ".." not in one["file"].split("/")
    account = one.get("account")
    return inside and isinstance(one.get("pointers"), list) and (account is None or isinstance(account, str))


def answers(
    folder: str,
    argv: Sequence[str],
    *,
    strict: bool = False,
    pointers: bool = False,
    seconds: float = 30,
    jobs: int = 1,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[ValidatorAnswer]:
    """
    What the command says of each file, in their order. Raises NoSuite, `commands.NoCommand`.

    In each word of `argv` {file}, {account}, {order}, {role} and {status} are replaced; without {file} the
    file is the last word. Exit code 0 says valid. A file is not asked about where only the account says that
    it is wrong and {account} is nowhere; where only what is assumed is broken, unless `strict`; and where it is
    judged for another status than usual and {status} is nowhere.
    """
    entries = read_suite(folder)
    whole = [*argv] if any("{file}" in word for word in argv) else [*argv, "{file}"]
    asked = [one for one in entries if not _unasked(one, whole, strict=strict)]
    ended = commands.ended([_filled(folder, whole, one) for one in asked], seconds=seconds, jobs=jobs)
    for one in entries:
        why = _unasked(one, whole, strict=strict)
        yield ValidatorAnswer(one, None, agrees=True, why=why) if why else _judged(one, next(ended), pointers=pointers)
        tick()


def _unasked(one: dict[str, Any], words: Sequence[str], *, strict: bool) -> str:
    text = " ".join(words)
    if one.get("needs_account") and "{account}" not in text:
        return "only the account says that it is wrong, and the command has no {account}"
    if one.get("usual") is False and "{status}" not in text:
        return "it is judged for another status than usual, and the command has no {status}"
    if one.get("severity") == "warning" and not strict:
        return "only what is assumed is broken: --strict asks"
    return ""


def _filled(folder: str, words: Sequence[str], one: dict[str, Any]) -> list[str]:
    account = one.get("account")
    values = {
        "file": os.path.join(folder, one["file"]),
        "account": os.path.join(folder, account) if account is not None else "",
        **{name: one[name] for name in ("order", "role", "status")},
    }
    found = []
    for word in words:
        for name in PLACES:
            word = word.replace("{" + name + "}", values[name])
        found.append(word)
    return found


def _judged(one: dict[str, Any], ended: commands.Ended, *, pointers: bool) -> ValidatorAnswer:
    if ended.code is None:
        return ValidatorAnswer(one, "timeout", agrees=False, why="it did not end in time")
    said = "valid" if ended.code == 0 else "invalid"
    if said != one["verdict"]:
        return ValidatorAnswer(
            one, said, agrees=False, why=f"it is {one['verdict']}, and the exit code was {ended.code}"
        )
    if pointers and one["verdict"] == "invalid":
        found = _pointers(ended.out)
        if found is None:
            return ValidatorAnswer(one, said, agrees=False, why="it printed no JSON with pointers")
        if found != set(one["pointers"]):
            return ValidatorAnswer(
                one, said, agrees=False, why=f"it pointed at {', '.join(sorted(found)) or 'nothing'}"
            )
    return ValidatorAnswer(one, said, agrees=True)


def _pointers(out: str) -> set[str] | None:
    """All that is called `pointer` in what was printed, or the texts of a list; None where it is no JSON."""
    try:
        said = json.loads(out)
    except (ValueError, RecursionError):
        return None
    if isinstance(said, list) and all(isinstance(one, str) for one in said):
        return set(said)
    return set(_called(said))


def _called(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (one for name, one in value.items() if name == "pointer" and isinstance(one, str))
        for one in value.values():
            yield from _called(one)
    elif isinstance(value, list):
        for one in value:
            yield from _called(one)
