"""
`validate --watch`: how long after a save the verdict is printed, over twenty saves each.

The bar is 100 ms, for an order saved alone or in a folder of 200. What larger folders and the pack take is told.
Nothing here is a test: a time is quoted, never asserted.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODEL = [sys.executable, "-m", "covage_model"]
SAVES = 20
BAR = 100  # milliseconds


def main() -> None:
    """Save, and wait for the line that ends the report."""
    made = subprocess.run([*MODEL, "examples", "activate-fiber/create"], capture_output=True, text=True, check=True)
    order = json.loads(made.stdout)
    for name, count, of_the_pack in (
        ("one order", 1, False),
        ("one of 200 orders", 200, False),
        ("one of 2,000 orders", 2000, False),  # all of them are judged again
        ("a file of the pack", 1, True),  # which is compiled, checked and explored again
    ):
        times = sorted(_times(order, count, of_the_pack=of_the_pack))
        middle, longest = times[len(times) // 2], times[-1]
        print(f"{name:24} {middle:6.0f} ms in the middle, {longest:6.0f} ms at most ({BAR} is the bar)")


def _times(order: dict[str, object], count: int, *, of_the_pack: bool) -> list[float]:
    """Milliseconds from each save to the end of the report about it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        shutil.copytree(ROOT / "specs" / "covage", home / "pack")
        (home / "orders").mkdir()
        for number in range(count):
            (home / "orders" / f"{number}.json").write_text(json.dumps(order), encoding="utf-8")
        target = home / "orders" / "0.json"
        saved = home / "pack" / "events.yaml" if of_the_pack else target
        before = saved.read_text(encoding="utf-8")

        def save(number: int) -> None:
            new = home / "new"  # as editors do: written whole, then put in place
            new.write_text(before + (f"# {random.random()}\n" if of_the_pack else " " * number), encoding="utf-8")
            new.replace(saved)

        return list(_watched(home, save))


def _watched(home: Path, save: Callable[[int], None]) -> list[float]:
    command = [*MODEL, "validate", "orders", "--watch", "--pack", "pack", "--lang", "en"]
    process = subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        _judged(process)
        found = []
        for number in range(SAVES):
            time.sleep(random.uniform(0.2, 0.4))  # somebody types
            start = time.perf_counter()
            save(number + 1)
            _judged(process)
            found.append(1000 * (time.perf_counter() - start))
        return found
    finally:
        process.kill()
        process.wait()


def _judged(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    while not re.match(r"[\d,]+ documents?, ", line := process.stdout.readline()):
        if not line:
            raise SystemExit("the command ended")


if __name__ == "__main__":
    main()
