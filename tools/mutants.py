"""
Is every mutant of `src/` killed? A mutant is the code with one small fault; the tests that `make test` runs must fail.

One or two for each room. A mutant that cannot be made any more (its text is gone) counts as one that
lives: the list is kept in step with the code. Each runs in a copy of the checkout, on the tests named. One that
makes a test run for ever is noticed too: it counts as killed, as in other tools of the kind, and is named.
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

LONGEST = 300  # seconds that the tests of a mutant may take
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


MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        "ground/pointer.py",
        '.replace("~", "~0").replace("/", "~1")',
        '.replace("/", "~1").replace("~", "~0")',
        "tests/ground",
    ),
    Mutant(
        "ground/json_value.py",
        "if isinstance(left, bool) or isinstance(right, bool):",
        "if False:",
        "tests/agreements tests/documents",
    ),
    Mutant("ground/formats.py", "second <= 59", "second <= 60", "tests/ground tests/documents tests/agreements"),
    Mutant(
        "ground/escape.py",
        "return char.isprintable() and not is_blank(char)",
        "return char.isprintable()",
        "tests/report tests/cli tests/test_hostile.py",
    ),
    Mutant(
        "ground/iregexp/automaton.py",
        "last=last | (START if nullable else 0)",
        "last=last",
        "tests/ground/test_iregexp.py",
    ),
    Mutant(
        "ground/files/read.py",
        "if size > limits.bytes:",
        "if size > 2 * limits.bytes:",
        "tests/ground",
    ),
    Mutant(
        "ground/files/plain_json.py", '"\\\\u0022" in line', '"\\\\u0023" in line', "tests/ground/test_plain_json.py"
    ),
    Mutant(
        "pack/compile/overlay.py",
        "Node({**inherited, **long.value}",
        "Node({**long.value, **inherited}",
        "tests/pack tests/test_golden.py",
    ),
    Mutant(
        "pack/conditions/truth.py",
        "known = known and value is not None",
        "known = True",
        "tests/agreements tests/behaviour",
    ),
    Mutant(
        "pack/conditions/schema.py",
        'return {"if": schema_of(when), "then": conclusion}',
        'return {"if": conclusion, "then": schema_of(when)}',
        "tests/agreements/test_schema_equals_interpreter.py",
    ),
    Mutant(
        "pack/conditions/indexed.py",
        "if fixed((item,)):",
        "if True:",
        "tests/pack/test_lookups.py tests/documents",
    ),
    Mutant(
        "documents/presence/endings.py",
        "if status not in within and left:",
        "if left:",
        "tests/documents tests/agreements tests/quality/test_checks.py",
    ),
    Mutant(
        "documents/schema/flat.py",
        "if slot.path in self.refused and slot.path:",
        "if False:",
        "tests/agreements/test_schema_equals_interpreter.py",
    ),
    Mutant(
        "documents/judge/demands.py",
        "if demand.when is None or truth.holds(demand.when, at.scopes, context.account):",
        "if True:",
        "tests/agreements/test_schema_equals_interpreter.py",
    ),
    Mutant(
        "documents/judge/rules.py",
        "if rule.reads_account and context.role is Role.RECORD:",
        "if False:",
        "tests/documents tests/agreements/test_generated.py",
    ),
    Mutant(
        "documents/judge/compiled/accept_walk.py",
        'self.refuse(depth, f"{counted} != len({name})")',
        "pass",
        "tests/agreements/test_schema_equals_interpreter.py",
    ),
    Mutant(
        "documents/judge/entries.py",
        "<= len(value) + 2 or _is_part",
        "<= len(value) + 9 or _is_part",
        "tests/documents tests/test_golden.py tests/cli",
    ),
    Mutant(
        "behaviour/space/plan.py",
        "guards.fixed(passage.condition, state) is not False",
        "guards.fixed(passage.condition, state) is True",
        "tests/behaviour/test_space.py",
    ),
    Mutant(
        "behaviour/space/exclusion.py",
        "return not _pairs[key].possible((first_holds, second_holds))",
        "return False",
        "tests/behaviour",
    ),
    Mutant(
        "behaviour/logs/follow.py",
        "if moment < open_order.last or",
        "if",
        "tests/behaviour/test_replay.py",
    ),
    Mutant(
        "behaviour/run/became.py",
        "return (*first, *then) if then and then[0].is_edit else",
        "return (*first, *then) if then else",
        "tests/behaviour tests/agreements/test_record_places_equal_oracle.py",
    ),
    Mutant(
        "ground/files/plain_yaml.py", "if not key or key in holder:", "if not key:", "tests/ground/test_plain_yaml.py"
    ),
    Mutant(
        "behaviour/run/session.py",
        "if self.variant.stand_in or (self.document is json_value.ABSENT and not reads_account_alone(atom)):",
        "if False:",
        "tests/behaviour",
    ),
    Mutant(
        "behaviour/space/masks.py",
        "return bytes(mask).translate(_FLIP)",
        "return bytes(mask)",
        "tests/behaviour/test_verify.py",
    ),
    Mutant(
        "behaviour/draw/extract.py", "if possible.happens(case, state):", "if True:", "tests/behaviour/test_draw.py"
    ),
    Mutant(
        "quality/checks/dead_ends.py",
        "severity = Severity.WARNING if fault.differing",
        "severity = Severity.WARNING if True",
        "tests/quality/test_checks.py tests/test_golden.py",
    ),
    Mutant(
        "quality/coverage/measure.py",
        "(1000 * self.covered // self.total) / 10",
        "round(100 * self.covered / self.total, 1)",
        "tests/quality/test_coverage.py",
    ),
    Mutant(
        "quality/mutants/trial.py",
        "if derived.same(self.judge.prepared, prepared, touch.variants):",
        "if True:",
        "tests/quality/test_mutants.py",
    ),
    Mutant(
        "quality/suites/walks.py",
        "return _trimmed(_needed(found))",
        "return _trimmed(found)",
        "tests/quality/test_suites.py",
    ),
    Mutant(
        "quality/citations/statement_outcomes.py",
        "if not self.citations:",
        "if False:",
        "tests/quality/test_citations.py",
    ),
    Mutant(
        "report/report.py",
        "self.unreadable = self.unreadable or finding.code in UNREADABLE_CODES",
        "self.unreadable = False",
        "tests/cli tests/report tests/test_hostile.py",
    ),
    Mutant(
        "api/cache.py",
        "return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns",
        "return path, status.st_size",
        "tests/api/test_cache.py",
    ),
    Mutant(
        "behaviour/population/exact/shared_clocks.py",
        "waited[target] & ~chances.sets[n]",
        "waited[target]",
        "tests/behaviour/test_races.py tests/behaviour/test_shared_clocks.py",
    ),
    Mutant(
        "behaviour/population/exact/rounded.py",
        "1 - each for _, each in others",
        "1 - 0 * each for _, each in others",
        "tests/behaviour/test_races.py",
    ),
    Mutant(
        "testing/machine.py",
        "if phase not in (Phase.shrink, Phase.explain)",
        "if True",
        "tests/testing/test_unready.py -k by_hand",
    ),
)


def main() -> int:
    """The exit code: 1 where a mutant lives."""
    fates = []
    with ThreadPoolExecutor(2) as pool:
        for mutant, how in zip(MUTANTS, pool.map(fate, MUTANTS), strict=True):
            fates.append(how)
            print(f"{how}: {mutant.file}: {mutant.old!r} -> {mutant.new!r}", flush=True)
    killed = sum(how in ("killed", "timed out") for how in fates)
    print(f"{killed} of {len(MUTANTS)} mutants of src/ killed")
    return 0 if killed == len(MUTANTS) else 1


def fate(mutant: Mutant) -> str:
    """`killed`, `timed out`, `lives`, or `gone` where the text is no longer there."""
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
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, check=False, timeout=LONGEST
            )
        except subprocess.TimeoutExpired:
            return "timed out"
    return "killed" if done.returncode == 1 else "lives"


if __name__ == "__main__":
    sys.exit(main())
