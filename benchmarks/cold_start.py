"""
Cold start: one small order judged by the installed command, against peers in the same run.

Prints two ratios. The peers are `check-jsonschema` on one generated schema and the same file, and
the same environment's `python -c pass`. Everything runs in turn, best of N, so that a noisy
machine is noisy for all. Nothing here is a test: a ratio is quoted, never asserted.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 20


def main() -> None:
    """Build the wheel, install it beside the peer in a clean environment, and take turns."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        python = _environment(home)
        model = python.parent / "covage-model"
        order = home / "order.json"
        order.write_text(_checked([str(model), "examples", "activate-copper/create"]), encoding="utf-8")
        schema = home / "schema.json"
        schema.write_text(_checked([str(model), "schema", "activate-copper/create"]), encoding="utf-8")
        json.loads(schema.read_text(encoding="utf-8"))
        contestants = {
            "covage-model validate": [str(model), "validate", str(order)],
            "check-jsonschema": [str(python.parent / "check-jsonschema"), "--schemafile", str(schema), str(order)],
            "python -c pass": [str(python), "-c", "pass"],
        }
        best = _best(contestants, home)
    for name, seconds in best.items():
        print(f"{name:24} {1000 * seconds:8.1f} ms (best of {RUNS})")
    ours = best["covage-model validate"]
    print(f"against check-jsonschema: {ours / best['check-jsonschema']:.2f} (0.5 is the bar)")
    print(f"against python -c pass:   {ours / best['python -c pass']:.1f} (8 is the bar)")


def _environment(home: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(home), str(ROOT)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    venv.create(home / "venv", with_pip=True)
    python = home / "venv" / "bin" / "python"
    (wheel,) = home.glob("*.whl")
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(wheel), "check-jsonschema"], check=True)
    return python


def _checked(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _best(contestants: dict[str, list[str]], home: Path) -> dict[str, float]:
    best = dict.fromkeys(contestants, float("inf"))
    for turn in range(RUNS + 1):
        for name, command in contestants.items():
            started = time.perf_counter()
            done = subprocess.run(command, cwd=home, check=False, stdout=subprocess.DEVNULL)
            seconds = time.perf_counter() - started
            if done.returncode != 0:
                raise SystemExit(f"{name} exited {done.returncode}: not a fair run")
            if turn:  # the first warms caches up, ours too
                best[name] = min(best[name], seconds)
    return best


if __name__ == "__main__":
    main()
