"""Every format of findings, of every command that finds things, under hostile text: escaped, and as its schema says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_ci_formats import OFFICIAL, RULES, official
from test_hostile_text import EVIL, call, clean, hostile, order_name

from covage_model.report import printing

__all__ = ["hostile"]  # a fixture
FORMATS = [name for name in printing.names("findings") if name not in ("text", "mermaid")]
DOCUMENTS = {"json", "ndjson", "sarif", "gitlab", "rdjson", "ctrf", "tap"}  # a command is none within a string of JSON
OURS = {"github", "azure"}  # their lines are commands: what they say is escaped, which `test_ci_formats` looks at
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
]


@pytest.mark.parametrize("argv", CALLS, ids=lambda argv: argv[0])
@pytest.mark.usefixtures("hostile")
def test_no_format_prints_hostile_text_raw_and_each_fits_its_schema(argv: tuple[str, ...]) -> None:
    words = {"file": order_name(), "scenario": order_name().replace(".json", ".yaml")}
    given = [word.format(**words) if word[0] == "{" else word for word in argv]
    if argv[0] == "conform":
        write_suite()
    given += [f"--output={name}=out.{name}" for name in FORMATS]
    code, text = call(*given, *(("--", "true") if argv[0] == "conform" else ()))
    assert code in (0, 1, 4), text
    clean(text, argv)
    for name in FORMATS:
        written = Path(f"out.{name}").read_text(encoding="utf-8")
        clean(written, (argv, name), document=name in DOCUMENTS | OURS)
        if name in RULES:
            assert list(RULES[name](written)) == [], name
            assert not OFFICIAL.exists() or official(name)(written), name
        if name in ("json", "gitlab", "rdjson"):
            json.loads(written)


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
