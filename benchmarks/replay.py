"""
How fast a conforming log is replayed, against `orjson.loads` of its lines in the same run. The bar is 0.3.

The log is simulated: the events of 25,000 orders of all kinds, as they would have been polled. All that a replay does
is in its time, but for loading the pack and exploring the lifecycles.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import orjson

from covage_model import load_pack, replay_log, simulate_pack
from covage_model.api.simulate import EventLogFile

ORDERS = 25_000
ROUNDS = 5
BAR = 0.3


def main() -> None:
    """Print both, per event, and their ratio."""
    pack = load_pack()
    parts: list[str] = []
    simulate_pack(
        pack, count=ORDERS, without=["hands", "calendars"], logs=[EventLogFile("ndjson", parts.append)]
    )  # every order by itself: it is simulated faster, and the events are alike
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.ndjson"
        path.write_text("".join(parts), encoding="utf-8")
        gc.freeze()  # as the command does, and looks for cycles as rarely
        gc.set_threshold(20_000)

        def loads() -> None:
            with path.open("rb") as file:
                for line in file:
                    orjson.loads(line)

        def replayed() -> None:
            found = replay_log(pack, str(path))
            if list(found) or found.totals.fitness < 1:
                raise SystemExit("the log does not conform")

        theirs, ours = _least(loads), _least(replayed)
    events = len(parts)
    print(
        f"replay of {events:,} events: {1e6 * ours / events:.2f} µs each, orjson.loads {1e6 * theirs / events:.2f} µs"
    )
    print(f"  {theirs / ours:.2f} of orjson.loads (bar: {BAR})")


def _least(work: Callable[[], object]) -> float:
    """The processor time of the fastest of several rounds, in seconds."""
    seconds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return min(seconds)


if __name__ == "__main__":
    main()
