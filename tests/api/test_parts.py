"""A large file judged part by part, by several processes: what comes is the same, and what is lost is said."""

from __future__ import annotations

import gzip
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
import zstandard

from covage_model import generate_defects, generate_orders, load_pack
from covage_model.api import order_run, orders, parts
from covage_model.api.judging_run import JudgingRun
from covage_model.api.unchecked_rules import told_once
from covage_model.report import printing
from covage_model.report.subjects import documents

BROKEN = b'{"a": "' + b"x" * (2**20 + 9) + b'"}\n'
TOO_LONG = b'{"a": "' + b"x" * (2**21) + b'"}\n'
CASES: dict[str, Callable[[list[bytes]], bytes]] = {
    "plain": lambda lines: b"".join(lines),
    "no end": lambda lines: b"".join(lines)[:-1],
    "blank and broken": lambda lines: b"".join([*lines[:30], b"\n", b"{]\n", b" \r\n", *lines[30:]]),
    "indented": lambda lines: b"".join([*lines[:20], b'{\n"a": 1\n}\n', *lines[20:], b'{\n"a": 1\n}\n']),
    "cut off": lambda lines: b"".join([*lines[:20], lines[20][:50] + b"[\n", *lines[20:]]),
    "a long line": lambda lines: b"".join([*lines[:20], BROKEN, *lines[20:]]),
    "a far too long line": lambda lines: b"".join([*lines[:20], TOO_LONG, *lines[20:]]),
}


@cache
def lines() -> list[bytes]:  # made when asked: workers import this file too
    wrong = [one.document for one in generate_defects(load_pack(), "terminate-copper", count=4, seed=6)]
    made = [*generate_orders(load_pack(), "terminate-copper", count=36, seed=6), *wrong]
    return [json.dumps(order).encode() + b"\n" for order in sorted(made, key=str)]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 1000)


def chunks(content: bytes, size: int = 1500) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


def printed(content: bytes, jobs: int, format_: str = "text", size: int = 1500) -> str:
    stdin = chunks(content, size)
    given: dict[str, Any] = {"stdin": stdin, "stdin_name": "it.ndjson", "lists": format_ != "text", "jobs": jobs}
    judged = order_run.judge_run(["-"], load_pack().judge, orders.Request(), **given)
    told: list[str] = []
    report = documents.report(told_once(judged, load_pack().judge), load_pack().judge)
    printing.deliver(report, [(format_, told.append)], 140)
    return "".join(told)


@pytest.mark.parametrize("case", CASES)
def test_parts_give_the_same(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = CASES[case](lines())
    monkeypatch.setattr("covage_model.ground.processes.workers.results", in_this_process)
    format_ = "json" if case in ("plain", "indented") else "text"
    assert printed(content, 2, format_) == printed(content, 1, format_)


def test_blank_lines_alone_are_no_success() -> None:
    assert "the file holds no document" in printed(b"\n" * 9_000, 1)
    assert "the file holds no document" not in printed(b"\n" * 9_000 + lines()[0] + b"\n" * 9_000, 1)


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda content: gzip.compress(content, 1),
    "gzip, cut off": lambda content: gzip.compress(content, 1)[:-30],
    "gzip, damaged": lambda content: gzip.compress(content[:9000], 1)[:-6] + b"\1\2\3\4\5\6",
    "gzip, damaged at once": lambda content: gzip.compress(content, 1)[:15] + b"\xff" * 99,
    "gzip, twice": lambda content: gzip.compress(gzip.compress(content, 1), 1),
    "zstd": lambda content: b"".join(zstandard.ZstdCompressor().compress(part) for part in chunks(content)),
}


@pytest.mark.parametrize("how", PACKED)
def test_parts_of_a_compressed_file_give_the_same(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = PACKED[how](b"".join(lines()))
    monkeypatch.setattr("covage_model.ground.processes.workers.results", in_this_process)
    asked: list[Any] = []
    prepare = parts.prepare
    monkeypatch.setattr(parts, "prepare", lambda *given: asked.append(given) or prepare(*given))
    assert printed(content, 2, size=99) == printed(content, 1, size=99)
    assert bool(asked) == (how not in ("gzip, damaged at once", "gzip, twice"))


def in_this_process(prepare: Callable[..., Any], given: Any, tasks: Any, *, here: Any, **_: Any) -> Iterator[Any]:
    """As `workers.results`, with one task read ahead of the one that is answered."""
    ahead: list[Any] = []
    for task in tasks:
        ahead.append(task)
        if len(ahead) > 1:
            yield here(ahead.pop(0))
    yield from map(here, ahead)


def test_processes_give_the_same() -> None:
    content = CASES["indented"](lines())
    assert printed(content, 2) == printed(content, 1)


def killed_at_line(pack: Any, request: Any, lists: bool, each: bool) -> Callable[[Any], Any]:
    answer = parts.prepare(pack, request, lists, each)

    def work(part: Any) -> Any:
        if b"kill me" in part[2]:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer(part)

    return work


def test_a_killed_process_loses_its_lines_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from covage_model.ground.processes import workers

    results = workers.results

    def with_a_killer(_: Any, *given: Any, **more: Any) -> Any:
        return results(killed_at_line, *given, **more)

    monkeypatch.setattr(workers, "results", with_a_killer)
    content = b"".join([*lines()[:25], b'{"a": "kill me"}\n', *lines()[25:]])
    found = json.loads(printed(content, 2, "json"))["documents"]
    (lost,) = [one for one in found if any(finding["form"] == "lost" for finding in one["findings"])]
    said = lost["findings"][0]["arguments"]
    assert said["first"] <= 26 <= said["last"]
    assert "signal 9" in said["why"]
    judged = {one["line"] for one in found if one["line"] is not None}
    assert judged | set(range(said["first"], said["last"] + 1)) == set(range(1, len(lines()) + 2))
    assert not judged & set(range(said["first"], said["last"] + 1))


def interrupting_at_line(pack: Any, request: Any, lists: bool, each: bool) -> Callable[[Any], Any]:
    answer = parts.prepare(pack, request, lists, each)

    def work(part: Any) -> Any:
        if b"interrupt" in part[2]:
            os.kill(os.getppid(), signal.SIGINT)
            time.sleep(0.5)  # so that the request to stop is there
        return answer(part)

    return work


@pytest.mark.parametrize("when", ["while waiting", "while reporting"])
def test_at_ctrl_c_what_was_judged_is_reported(when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from covage_model.ground.processes import workers

    results = workers.results

    def interrupted(prepare: Any, *given: Any, **more: Any) -> Any:
        return results(interrupting_at_line if when == "while waiting" else prepare, *given, **more)

    monkeypatch.setattr(workers, "results", interrupted)
    content = b"".join([lines()[0], b'{"a": "interrupt"}\n', *lines()[1:] * 9])
    given: dict[str, Any] = {"stdin": chunks(content), "stdin_name": "it.ndjson", "jobs": 2}
    run = JudgingRun(order_run.judge_run(["-"], load_pack().judge, orders.Request(), **given), "it.ndjson")
    judged = []
    for each in run:
        judged.append(each)
        if when == "while reporting" and len(judged) == 1:
            signal.raise_signal(signal.SIGINT)
    last = judged.pop()
    assert run.interrupted
    assert [(one.code, one.form) for one in last.findings] == [("CM416", "interrupted")]
    assert last.findings[0].location.line == run.last.line == run.documents
    clean = [line for one in judged if isinstance(one, orders.CleanDocuments) for line, _, _ in one.each]
    others = [one.document.first_line for one in judged if isinstance(one, orders.JudgedDocument)]
    assert sorted([*clean, *others]) == list(range(1, run.documents + 1))
    assert (2 if when == "while reporting" else 1) <= run.documents < 9 * len(lines())


def test_small_inputs_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("covage_model.ground.processes.workers.results", None)
    assert printed(b"".join(lines()[:10]), 2) == printed(b"".join(lines()[:10]), 1)
