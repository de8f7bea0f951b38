"""
Is every mutant of `src/` killed? A mutant is the code with one small fault; the tests that `make test` runs must fail.

One or two for each room. A mutant that cannot be made any more (its text is gone) counts as one that
lives: the list is kept in step with the code. Each runs in a copy of the checkout, on the tests named.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "covage_model"
COPIED = ("src", "tests", "specs", "schemas", "docs", "examples", "diagrams", "README.md", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Mutant:
    """In `file`, below src/covage_model/, the first `old` becomes `new`; `tests` are the files that must notice."""

    file: str
    old: str
    new: str
    tests: str


MUTANTS: tuple[Mutant, ...] = ()


def main() -> int:
    """The exit code: 1 where a mutant lives."""
    with ThreadPoolExecutor(2) as pool:
        fates = list(pool.map(fate, MUTANTS))
    for mutant, how in zip(MUTANTS, fates, strict=True):
        if how != "killed":
            print(f"{how}: {mutant.file}: {mutant.old!r} -> {mutant.new!r}")
    print(f"{fates.count('killed')} of {len(MUTANTS)} mutants of src/ killed")
    return 0 if set(fates) <= {"killed"} else 1


def fate(mutant: Mutant) -> str:
    """`killed`, `lives`, or `gone` where the text is no longer there."""
    text = (SRC / mutant.file).read_text(encoding="utf-8") if (SRC / mutant.file).exists() else ""
    if mutant.old not in text:
        return "gone"
    with tempfile.TemporaryDirectory() as folder:
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, Path(folder, name))
        changed = Path(folder, "src", "covage_model", mutant.file)
        changed.write_text(text.replace(mutant.old, mutant.new, 1), encoding="utf-8")
        environment = os.environ | {"PYTHONPATH": str(Path(folder, "src"))}
        environment.pop("COVAGE_LONG", None)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *mutant.tests.split()]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=600)
    return "killed" if done.returncode == 1 else "lives"


if __name__ == "__main__":
    sys.exit(main())
