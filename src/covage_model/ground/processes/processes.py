"""One piece of work after the other, on several processors."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
_working: list[Callable[[Any], Any]] = []  # what this process was made ready for


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def results(
    prepare: Callable[..., Callable[[Task], Result]],
    given: Sequence[Any],
    tasks: Sequence[Task],
    *,
    jobs: int,
    here: Callable[[Task], Result],
) -> Iterator[Result]:
    """
    The result of each task, in their order: `prepare(*given)` makes the function, once in each process.

    With one job, or one task, nothing is started, and `here` does the work: what this process has
    made. Else processes are spawned, never forked, so that threads of the caller do no harm:
    `prepare`, `given`, tasks and results are pickled.
    """
    jobs = min(jobs, len(tasks))
    if jobs <= 1:
        yield from map(here, tasks)
        return
    size = max(1, min(16, len(tasks) // (4 * jobs)))
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (prepare, given))
    try:
        yield from pool.map(_work, tasks, chunksize=size)
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(prepare: Callable[..., Callable[[Any], Any]], given: Sequence[Any]) -> None:
    _working[:] = [prepare(*given)]


def _work(task: Any) -> Any:
    return _working[0](task)
