"""Tests a validator command with a suite of order files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from covage_model.api import files
from covage_model.api.suite_files import MANIFEST, NoSuite, OrderSuiteFiles, read_suite
from covage_model.ground import codes
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.processes import commands

__all__ = ["MANIFEST", "PLACES", "NoSuite", "ValidatorAnswer", "answers", "answers_for", "read_suite"]
PLACES = ("file", "account", "order", "role", "status")
_CRASHED = 126  # shells exit with 126 or 127 if a command cannot be run, with 128 + n if signal n ended it


@dataclass(frozen=True, slots=True)
class ValidatorAnswer:
    """
    The answer of a command for one file. `outcome`: `valid`, `invalid`, `timeout`, `crashed`, or None if skipped.

    `agrees`: the answer is the expected verdict, or the file was skipped on purpose. It is False for a file that was
    changed. `why` is the reason for skipping, or the difference. An answer that differs is a finding (CM532), and
    `identity` is then what the file is known by in the next run: its digest.
    """

    entry: Mapping[str, Any]
    outcome: str | None
    agrees: bool
    why: str = ""
    findings: tuple[Diagnostic, ...] = ()
    identity: str = ""


def answers(folder: str, argv: Sequence[str], **options: Any) -> Iterator[ValidatorAnswer]:
    """The answers for the suite in `folder`, as `answers_for` gives them. Raises NoSuite."""
    yield from answers_for(read_suite(folder), argv, **options)


def answers_for(
    suite: OrderSuiteFiles,
    argv: Sequence[str],
    *,
    strict: bool = False,
    pointers: bool = False,
    seconds: float = 30,
    jobs: int = 1,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[ValidatorAnswer]:
    """
    One answer for each file, in the order of the manifest. Raises `commands.NoCommand`.

    {file}, {account}, {order}, {role} and {status} are replaced in each argument of `argv`. Without {file}, the path
    becomes the last argument. Exit code 0 means valid, 1 to 125 invalid; 126 and above, or a signal, mean crashed.
    These files are skipped: a changed file; a file that only the account shows to be wrong, without {account}; a
    file that breaks only assumed rules, unless `strict`; a file for another status than usual, without {status}.
    """
    words = [*argv] if any("{file}" in word for word in argv) else [*argv, "{file}"]
    unasked = [_unasked(suite, entry, words, strict=strict) for entry in suite.entries]
    asked = [entry for entry, answer in zip(suite.entries, unasked, strict=True) if answer is None]
    ended = commands.ended([_filled(suite.folder, words, entry) for entry in asked], seconds=seconds, jobs=jobs)
    for entry, answer in zip(suite.entries, unasked, strict=True):
        if answer is None:
            answer = _judged(entry, next(ended), seconds=seconds, pointers=pointers)
        yield answer if answer.agrees or answer.outcome is None else _with_finding(answer, suite.folder)
        tick()


def _with_finding(answer: ValidatorAnswer, folder: str) -> ValidatorAnswer:
    path = os.path.join(folder, answer.entry["file"])
    content = files.read_bytes(path)
    known_by = sha256(content).hexdigest() if isinstance(content, bytes) else str(answer.entry["file"])
    finding = Diagnostic("CM532", "verdict", {"why": answer.why}, Location(path, 0, 0))
    return replace(answer, findings=(finding,), identity=known_by)


def _unasked(
    suite: OrderSuiteFiles, entry: Mapping[str, Any], words: Sequence[str], *, strict: bool
) -> ValidatorAnswer | None:
    """The answer for a file that is skipped; None for a file that the command must judge."""
    fault = suite.fault(entry)
    if fault is not None:
        return ValidatorAnswer(entry, None, agrees=False, why=codes.message(fault))
    text = " ".join(words)
    if entry.get("needs_account") and "{account}" not in text:
        why = "only the account shows that it is wrong, and the command has no {account}"
    elif entry.get("usual") is False and "{status}" not in text:
        why = "it is judged for another status than usual, and the command has no {status}"
    elif entry.get("severity") == "warning" and not strict:
        why = "it breaks only what is assumed: --strict asks"
    else:
        return None
    return ValidatorAnswer(entry, None, agrees=True, why=why)


def _filled(folder: str, words: Sequence[str], entry: Mapping[str, Any]) -> list[str]:
    account = entry.get("account")
    values = {
        "file": os.path.join(folder, entry["file"]),
        "account": os.path.join(folder, account) if account is not None else "",
        **{name: entry[name] for name in ("order", "role", "status")},
    }
    filled = []
    for word in words:
        for name in PLACES:
            word = word.replace("{" + name + "}", values[name])
        filled.append(word)
    return filled


def _judged(entry: Mapping[str, Any], ended: commands.Ended, *, seconds: float, pointers: bool) -> ValidatorAnswer:
    if ended.signal is not None:
        return ValidatorAnswer(entry, "crashed", agrees=False, why=f"signal {ended.signal} ended the command")
    if ended.code is None:
        return ValidatorAnswer(entry, "timeout", agrees=False, why=f"it did not end within {seconds:g} seconds")
    if ended.code >= _CRASHED:
        why = f"the exit code was {ended.code}: the command could not be run, or crashed"
        return ValidatorAnswer(entry, "crashed", agrees=False, why=why)
    answer = "valid" if ended.code == 0 else "invalid"
    why = ""
    if answer != entry["verdict"]:
        why = f"it is {entry['verdict']}, and the exit code was {ended.code}"
    elif pointers and answer == "invalid":
        why = _wrong_pointers(entry, ended)
    return ValidatorAnswer(entry, answer, agrees=not why, why=why)


def _wrong_pointers(entry: Mapping[str, Any], ended: commands.Ended) -> str:
    """How the printed pointers differ from those of the manifest; "" if they are equal."""
    if ended.truncated:
        return f"it printed more than {commands.KEPT // 2**20} MiB"
    printed = _pointers(ended.out)
    if printed is None:
        return "it printed no JSON with pointers"
    if printed != set(entry["pointers"]):
        return f"it pointed at {', '.join(sorted(printed)) or 'nothing'}"
    return ""


def _pointers(out: str) -> set[str] | None:
    """The values of all `pointer` keys in the printed JSON, or the strings of a list; None if it is not JSON."""
    try:
        value = json.loads(out)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return set(value)
    return set(_called_pointer(value))


def _called_pointer(value: Any) -> Iterator[str]:
    pending = [value]
    while pending:
        here = pending.pop()
        if isinstance(here, dict):
            yield from (inner for name, inner in here.items() if name == "pointer" and isinstance(inner, str))
        if isinstance(here, dict | list):
            pending.extend(here.values() if isinstance(here, dict) else here)


def conform_command(
    folder: str,
    argv: Sequence[str],
    *,
    strict: bool = False,
    pointers: bool = False,
    seconds: float = 30,
    jobs: int = 1,
) -> Iterator[ValidatorAnswer]:
    """
    Runs a validator command for each file of a suite and compares its answers with the expected verdicts.

    {file}, {account}, {order}, {role} and {status} are replaced in each argument of `argv`. Exit code 0 means valid.
    A changed file is skipped and never agrees. Raises `NoSuite` (with `findings`) for a folder without a readable
    manifest, `NoCommand` if the command cannot be run.
    """
    return answers(folder, argv, strict=strict, pointers=pointers, seconds=seconds, jobs=jobs)
