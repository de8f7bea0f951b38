"""`validate --watch`: judges again whenever a file is saved, until Ctrl-C."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from covage_model.api import files, order_files
from covage_model.ground import places
from covage_model.ground.diagnostics import Diagnostic

_PAUSES = (0.02, 0.05)  # seconds between two looks at the files, at least and at most: verdicts come within 100 ms
_WAITING = 9  # times as long as a look took: looking takes a tenth of a processor, unless there are many files
Stamps = dict[str, tuple[int, int, int]]


def stamps(paths: Iterable[str]) -> Stamps:
    """Inode, size and time of each file that is there: what differs once it is saved."""
    found: Stamps = {}
    for path in paths:
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            continue
        found[path] = (status.st_ino, status.st_size, status.st_mtime_ns)
    return found


def files_of(orders: Sequence[str], exclude: Sequence[str], packs: Iterable[str]) -> Iterator[str]:
    """The order files, and the files of the packs that are folders."""
    for entry in order_files.order_files(orders, exclude=exclude):
        yield entry.location.file if isinstance(entry, Diagnostic) else entry.path
    for pack in packs:
        if os.path.isdir(pack):
            yield from files.below(pack, (".yaml",))


def looks(paths: Callable[[], Iterable[str]]) -> Iterator[Stamps]:
    """The stamps of the files, again and again; the files are listed anew each time, so that a new one is seen."""
    while True:
        start = time.perf_counter()
        found = stamps(paths())
        took = time.perf_counter() - start
        yield found
        time.sleep(pause(took))


def pause(look: float) -> float:
    """
    How many seconds to wait after a look that took so many.

    >>> pause(0.0001), pause(0.003), pause(1.0)
    (0.02, 0.027, 0.05)
    """
    least, most = _PAUSES
    return min(most, max(least, round(_WAITING * look, 3)))


def watch(seen: Iterable[Stamps], judge: Callable[[], int], tell: Callable[..., object]) -> int:
    """
    Judge at once, and again after each look that differs from the one before; the last exit code.

    `tell` is called with the template of a line and its values, as `Streams.tell` is.
    """
    last: Stamps | None = None
    code = 0
    try:
        for now in seen:
            if now == last:
                continue
            if last is not None:
                before = last
                changed = [path for path in {**now, **before} if now.get(path) != before.get(path)]
                shown = [*map(places.shown, changed[:3]), *(["…"] if len(changed) > 3 else [])]
                tell("changed: {paths}", paths=", ".join(shown))
            last = now
            code = judge()
    except KeyboardInterrupt:
        tell("")
    return code
