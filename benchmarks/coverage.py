"""
What recording coverage costs: the bundled examples judged, and then recorded, in the same run.

Prints one ratio. Judging itself does not know whether anybody records: it is a second look at what was
judged. Best of N in turn, so that a noisy machine is noisy for both. Nothing here is a test.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import covage_model
from covage_model.quality.coverage.recorder import Recorder

EXAMPLES = Path(__file__).resolve().parent.parent / "specs" / "covage" / "examples"
RUNS = 10


def main() -> None:
    """Judge and record in turn."""
    pack = covage_model.load_pack("covage")
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(EXAMPLES.rglob("*.json"))]
    judging = recording = float("inf")
    for _ in range(RUNS):
        start = time.perf_counter()
        verdicts = [covage_model.judge(pack, document) for document in documents]
        middle = time.perf_counter()
        recorder = Recorder(pack.judge)
        for verdict in verdicts:
            recorder.add(verdict)
        judging, recording = min(judging, middle - start), min(recording, time.perf_counter() - middle)
    print(f"judging {len(documents)} documents: {judging * 1000:.1f} ms; recording them: {recording * 1000:.1f} ms")
    print(f"with --save-coverage a document takes {1 + recording / judging:.2f} times as long as without")


if __name__ == "__main__":
    main()
