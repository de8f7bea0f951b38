"""
Orders per second on one core, as lines of NDJSON, against what costs least: dumping one order again and again.

Everything is measured in processor time of one process, in turn, best of N. `judged` also judges each
order with its account, as a check of every single one would. Nothing here is a test.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from itertools import islice

from covage_model import generate_orders, judge, load_pack
from covage_model.ground.escape import json_line as as_line

ORDERS = 4000
RUNS = 3


def main() -> None:
    """Measure each fill, and print the ratios."""
    pack = load_pack()
    for fill in ("minimal", "full", "random"):
        begun = time.process_time()
        made = generate_orders(pack, count=ORDERS, fill=fill)
        prepared = time.process_time() - begun
        documents = list(made)

        def lines() -> Iterator[str]:
            return (as_line(one) for one in made)  # noqa: B023  called before the next fill

        def dumped() -> Iterator[str]:
            return (json.dumps(one) for one in documents)  # noqa: B023  called before the next fill

        def judged() -> Iterator[object]:
            return (judge(pack, one, account=made.account) for one in islice(made, ORDERS // 20))  # noqa: B023  the same

        ours, peer = _rate(lines), _rate(dumped)
        print(
            f"{fill:8} prepared in {prepared:.2f} s; {ours:8.0f} orders/s (5,000 is the bar), and each of them judged:"
        )
        print(f"{'':8} {_rate(judged):.0f} orders/s; against json.dumps of orders that are there: {ours / peer:.2f}")


def _rate(work: Callable[[], Iterator[object]]) -> float:
    best = 0.0
    for _ in range(RUNS):
        begun = time.process_time()
        number = sum(1 for _ in work())
        best = max(best, number / (time.process_time() - begun))
    return best


if __name__ == "__main__":
    main()
