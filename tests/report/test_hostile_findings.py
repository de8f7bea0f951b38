"""Every format of findings, of every command that finds things, under hostile text: escaped, and as its schema says."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import effort
import pytest
from test_ci_formats import OFFICIAL, RULES, official
from test_hostile_text import EVIL, FORMULA, call, clean, hostile, order_name

from covage_model.report import printing
from covage_model.report.formats import github, sarif

__all__ = ["hostile"]  # a fixture
FORMATS = [name for name in printing.names("findings") if name not in ("text", "mermaid")]
DOCUMENTS = {"json", "ndjson", "sarif", "gitlab", "rdjson", "ctrf", "tap"}  # a command is none within a string of JSON
OURS = re.compile(r"^(?:::(?:error|warning|notice) |##vso\[task\.logissue )", re.MULTILINE)  # commands that we write
CALLS = [
    ("check", "pack"),
    ("validate", "--pack", "pack", "{file}", "pack/d"),
    ("run", "--pack", "pack", "{scenario}", "pack/s"),
    ("verify", "--pack", "pack"),
    ("sources", "--pack", "pack", "--check"),
    ("why", "--pack", "pack", "go", "--document", "{file}"),
    ("mutate", "--pack", "pack", "--jobs", "1", "--sample", "5"),
    ("coverage", "--pack", "pack", "{file}"),
    ("simulate", "--pack", "pack", "--count", "20", "--jobs", "1", "--require", "mean(lead_time) <= 1 s"),
    ("conform", "suite"),
    ("replay", "--pack", "pack", "log.ndjson"),
    ("fit", "--pack", "pack", "log.ndjson"),
    ("run", "--pack", "pack", "--record", "{file}"),
    ("run", "--pack", "pack", "--record", "pack/d/order.json"),
    ("why", "--pack", "pack", "stop", "--record", "pack/d/order.json"),
    ("coverage", "--pack", "pack", "record.json", "--lang", "fr"),
    ("validate", "--pack", "pack", "pack/d", "--before", "{file}"),
]
QUICK = CALLS if effort.LONG else [argv for argv in CALLS if argv[0] != "simulate"]  # its start is what takes long


@pytest.mark.parametrize("argv", QUICK, ids=" ".join)
@pytest.mark.usefixtures("hostile")
def test_no_format_prints_hostile_text_raw_and_each_fits_its_schema(argv: tuple[str, ...]) -> None:
    words = {"file": order_name(), "scenario": order_name().replace(".json", ".yaml")}
    given = [word.format(**words) if word[0] == "{" else word for word in argv]
    prepare(argv)
    given += [f"--output={name}=out.{name}" for name in FORMATS]
    code, text = call(*given, *(("--", "true") if argv[0] == "conform" else ()))
    assert code in (0, 1, 4), text
    clean(text, argv)
    for name in FORMATS:
        written = Path(f"out.{name}").read_text(encoding="utf-8")
        clean(OURS.sub("", written), (argv, name), document=name in DOCUMENTS)
        if name in RULES:
            assert list(RULES[name](written)) == [], name
            assert not OFFICIAL.exists() or official(name)(written), name
        if name in ("json", "gitlab", "rdjson"):
            json.loads(written)
        if name == "csv":
            cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
            assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@\t\r") and cell], cells


LIMITED = [argv for argv in QUICK if argv[0] not in ("check", "simulate", "why") and "--record" not in argv]


@pytest.mark.parametrize("argv", LIMITED if effort.LONG else effort.share(LIMITED), ids=" ".join)
@pytest.mark.usefixtures("hostile")
def test_where_a_format_has_a_limit_the_worst_are_shown_and_the_rest_is_counted(
    argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (github, sarif):
        monkeypatch.setattr(module, "MOST", 1)
    prepare(argv)
    given = [order_name() if word == "{file}" else word for word in argv if word != "{scenario}"]
    given += [f"--output={name}=out.{name}" for name in ("github", "sarif", "json")]
    call(*given, *(("--", "true") if argv[0] == "conform" else ()))
    totals = json.loads(Path("out.json").read_text(encoding="utf-8"))["totals"]
    worst = next(name for name in totals if totals[name])
    annotations = [line for line in Path("out.github").read_text(encoding="utf-8").splitlines() if OURS.match(line)]
    run = json.loads(Path("out.sarif").read_text(encoding="utf-8"))["runs"][0]
    shown = {"error": ("::error ", "error"), "warning": ("::warning ", "warning")}.get(worst, ("::notice ", "none"))
    assert [line.startswith(shown[0]) for line in annotations] == [True], annotations
    assert [result["level"] for result in run["results"]] == [shown[1]]
    counted = "toolExecutionNotifications" in run["invocations"][0]
    rest = "\ncovage-model: " in Path("out.github").read_text(encoding="utf-8")
    assert (counted, rest) == (sum(totals.values()) > 1,) * 2


def prepare(argv: tuple[str, ...]) -> None:
    """The input of a command besides the hostile pack and its order."""
    if argv[0] == "conform":
        write_suite()
    if argv[0] in ("replay", "fit"):
        write_log()
    if "record.json" in argv:
        call("run", "--pack", "pack", "--save-coverage", "record.json")


def write_log() -> None:
    """A log in which every text is hostile, also the names of its members."""
    time = "2026-01-05T09:00:00Z"
    records = [
        {"id": 1, "order": FORMULA, "event": EVIL, "time": time},
        {"id": EVIL, "order": EVIL, "event": "gone", "time": EVIL},
        {"id": 3, "order": EVIL, "state": EVIL, "event": "gone", "time": time, EVIL: EVIL},
        {"id": 4, "order": EVIL, "variant": EVIL, "event": "gone", "time": time},
        {EVIL: EVIL},
    ]
    Path("log.ndjson").write_text("\n".join(map(json.dumps, records)) + f"\n{{{EVIL}\n", encoding="utf-8")


def write_suite() -> None:
    """A suite of one invalid file; `true` says that it is valid. Every text of the manifest is hostile."""
    Path("suite").mkdir()
    Path("suite", "one.json").write_text("{}", encoding="utf-8")
    entry = {"file": "one.json", "account": None, "order": EVIL, "role": "request", "status": EVIL, "usual": True}
    entry |= {"verdict": "invalid", "severity": "error", "needs_account": False, "codes": ["CM404"], "pointers": [EVIL]}
    shows = [{"kind": EVIL, "detail": EVIL, "file": EVIL, "line": 1}]
    entry |= {"findings": [{"code": "CM404", "pointer": EVIL}], "sources": [], "shows": shows, "own": shows}
    manifest = {"format": 1, "tool": {"name": "covage-model", "version": "0"}, "pack": EVIL, "files": [entry]}
    manifest |= {"watched": 0, "missed": [], "unshown": []}
    Path("suite", "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
