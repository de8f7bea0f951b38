"""
Runs the long profile, the mutants of `src/` and the tests of `make test` under a tracer, and writes `docs/proof.md`.

A first count of a section that is lower than the committed one, a failed test, a mutant that lives, or a branch
coverage below the bar makes the run fail; the page is written all the same, so that the difference shows what fell.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "proof.md"
REACHED = ROOT / ".proof.json"  # what tests/conftest.py leaves; not committed
Counts = Mapping[str, Mapping[str, int]]


def main() -> int:
    """The exit code: 0 where every test passed, every mutant was killed and no count fell."""
    before = first_counts(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
    REACHED.unlink(missing_ok=True)
    took, codes = {}, []
    for name, command in (
        ("tests", [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *sys.argv[1:]]),
        ("mutants", [sys.executable, str(ROOT / "tools" / "mutants.py")]),
        ("branch coverage", ["make", "--no-print-directory", "coverage"]),
    ):
        start = time.monotonic()
        environment = os.environ | ({"COVAGE_LONG": "1", "COVAGE_PROOF": str(REACHED)} if name == "tests" else {})
        codes.append(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
        took[name] = time.monotonic() - start
    reached = json.loads(REACHED.read_text(encoding="utf-8")) if REACHED.exists() else {}
    PAGE.write_text(page(reached, took), encoding="utf-8")
    now = first_counts(PAGE.read_text(encoding="utf-8"))
    fallen = [
        f"{name}: {before[name]:,} before, {now.get(name, 0):,} now"
        for name in before
        if now.get(name, 0) < before[name]
    ]
    for line in fallen:
        print(f"fell: {line}")
    return 1 if any(codes) or fallen else 0


def page(reached: Counts, took: Mapping[str, float]) -> str:
    """The page, as Markdown: a section for what was compared, a bullet for each count."""
    lines = [
        "# What `make proof` reached",
        "",
        "`make proof` writes this page: the long profile of every agreement test, all other tests, the mutants of",
        "`src/`, and the branch coverage of the tests of `make test`. A section is one thing that two independent ways",
        "were compared on.",
        "",
    ]
    lines += [f"- {name}: {seconds / 60:.0f} minutes on {os.cpu_count()} processors" for name, seconds in took.items()]
    for name, counts in reached.items():
        lines += ["", f"## {name}", "", *(f"- {number:,} {what}" for what, number in counts.items())]
    return "\n".join(lines) + "\n"


def first_counts(text: str) -> dict[str, int]:
    """The first count of each section of the page."""
    return dict(_first_counts(text))


def _first_counts(text: str) -> Iterator[tuple[str, int]]:
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        if match := re.search(r"^- ([\d,]+) ", section, flags=re.MULTILINE):
            yield section.partition("\n")[0], int(match[1].replace(",", ""))


if __name__ == "__main__":
    sys.exit(main())
