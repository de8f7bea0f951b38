"""
How much steering helps a lifecycle machine: transitions covered in 1,000 steps, against plain random walks.

A transition is a state, a trigger and the case that is taken; a step is a trigger pulled or a document
changed, refusals that are tried included. Both machines drive the same live `transitions` machine, begin
anew where nothing is left to do, and draw from the same seed. The corridor is a lifecycle of 30 states in
a row, each of which may go back to the first.
"""

from __future__ import annotations

import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from covage_model import Pack, build_machine, load_pack
from covage_model.behaviour.space.explore import explore
from covage_model.behaviour.space.interpreter import Accepted
from covage_model.testing import Adapter, lifecycle_machine

STEPS = 1_000
LIBRARY = Path(__file__).resolve().parent.parent / "tests" / "packs" / "library"
_RUNS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=25,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class Live(Adapter):
    """A system that does what the spec says, and counts."""

    pack: Pack
    variant: str
    steps: list[int]
    covered: set[tuple[str, str, int]]

    def create(self, document: Any, account: Any) -> object:
        """A live machine."""
        self.account = account
        self.machine = build_machine(self.pack, self.variant, document=document, account=account)
        return self._know(document)

    def fire(self, trigger: str, actor: str) -> object:  # noqa: ARG002  the machine asks nobody who it is
        """One step."""
        before = self.machine.state
        result = self.machine.fire(trigger)
        self.steps[0] += 1
        if not isinstance(result, Accepted):
            return "refused"
        cases = next(one.cases for one in self.machine.lifecycle.transitions if one.name == trigger)
        if self.steps[0] <= STEPS:
            self.covered.add((before, trigger, next(n for n, one in enumerate(cases) if one is result.case)))
        return True

    def edit(self, document: Any) -> object:
        """One step."""
        self.steps[0] += 1
        return self._know(document)

    def _know(self, document: Any) -> bool:
        """What guards read of the document is looked at once."""
        account = None if self.account is None else self.pack.judge.account(self.account, "account")
        self.machine.__dict__["_truth"] = cache(self.pack.judge.readiness(self.variant, document, account))
        return True


def transitions(pack: Pack, variant: str) -> int:
    """How many there are."""
    spec = pack.spec.variant(variant)
    space = explore(pack.spec.lifecycle(spec.order.follows), spec)
    offsets, row = space.offsets, range(len(space))
    return len({(space.state(n), space.cases[k]) for n in row for k in range(offsets[n], offsets[n + 1])})


def covered(pack: Pack, variant: str, *, steering: bool) -> int:
    """How many transitions a machine covers in so many steps."""
    live = type("Counted", (Live,), {"pack": pack, "variant": variant, "steps": [0], "covered": set()})
    machine = lifecycle_machine(pack, variant, adapter=live, steering=steering)
    run_state_machine_as_test(machine, settings=_RUNS)
    if live.__dict__["steps"][0] < STEPS:
        raise RuntimeError("too few runs for so many steps")
    found: set[Any] = live.__dict__["covered"]
    return len(found)


def corridor(length: int, folder: str) -> Pack:
    """A lifecycle of so many states in a row, each of which leads on, or back to the first."""
    states = "".join(f"  s{n}: {{{'initial: true' if n == 0 else ''}}}\n" for n in range(length))
    onward = "".join(f"      - {{from: s{n}, to: s{n + 1}}}\n" for n in range(length - 1))
    texts = {
        "pack": "pack: corridor\nformat: 1\nlanguages: [en]\nactors: {walker: Walker}\n",
        "walk": f"lifecycle: walk\nstates:\n{states}transitions:\n  back: {{by: walker, to: s0}}\n"
        f"  onward:\n    by: walker\n    cases:\n{onward}",
        "order": "order: corridor\nfollows: walk\nmatch: {kind: corridor}\n",
    }
    for name, text in texts.items():
        Path(folder, f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_pack(folder)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        bundled, library = load_pack(), load_pack(str(LIBRARY))
        subjects = [
            (bundled, variant) for variant in ("activate-copper/create", "activate-fiber/create", "terminate-copper")
        ]
        subjects += [(library, variant) for variant in ("loan/home", "loan/remote", "reservation/copy", "card")]
        subjects.append((corridor(30, folder), "corridor"))
        print(f"{f'transitions covered in {STEPS:,} steps':36}{'of':>8}{'steered':>10}{'random':>10}{'times':>8}")
        for pack, variant in subjects:
            steered, random = (covered(pack, variant, steering=steering) for steering in (True, False))
            total = transitions(pack, variant)
            print(f"{variant:36}{total:8}{steered:10}{random:10}{steered / max(random, 1):8.1f}")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
