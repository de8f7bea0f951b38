"""One function applied to many tasks, in several processes."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any, TypeVar

from covage_model.ground.classes import dataclass
from covage_model.ground.processes.termination import termination_raises

Task = TypeVar("Task")
Result = TypeVar("Result")
_AHEAD = 64  # results, for each worker, that wait for one that comes before them
_GRACE = 2  # seconds in which a worker ends by itself


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def results(
    prepare: Callable[..., Callable[[Task], Result]],
    given: Sequence[Any],
    tasks: Iterable[Task],
    *,
    jobs: int,
    here: Callable[[Task], Result],
    lost: Callable[[Task, str], Result],
    ahead: int = _AHEAD,
) -> Generator[Result, None, None]:
    """
    The result of each task, in their order. `prepare(*given)` makes the function, once in each process.

    `tasks` are taken as they are needed: at most `ahead` for each worker wait to be done or to be collected.
    With one job, or a list of one task, no process is started, and `here` does the work. Else processes are spawned,
    never forked, so that threads of the caller do no harm: `prepare`, `given`, tasks and results are pickled.

    A worker that is killed loses the task it works on and no other: `lost(task, why)` is its result.
    Raises what `prepare` and the function raise. SIGTERM and an interrupt end the workers too.
    """
    if isinstance(tasks, Sequence):
        jobs = min(jobs, len(tasks))
    if jobs <= 1:
        yield from map(here, tasks)
        return
    pool = _WorkerPool(prepare, given, iter(tasks), jobs, ahead)
    try:
        with termination_raises():
            for index in count():
                found = pool.outcome(index)
                if found is None:
                    return
                task, outcome = found
                yield lost(task, outcome.why) if isinstance(outcome, _LostTask) else outcome
    finally:
        pool.end()


@dataclass(frozen=True, slots=True)
class _LostTask:
    """The outcome of a task whose worker was killed."""

    why: str


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    task: int | None = None  # the index of the task it works on


class _WorkerPool:
    """The worker processes and their results so far."""

    def __init__(
        self,
        prepare: Callable[..., Callable[[Any], Any]],
        given: Sequence[Any],
        tasks: Iterator[Any],
        jobs: int,
        ahead: int,
    ) -> None:
        self._work = (prepare, given)
        self._source = tasks
        self._tasks: dict[int, Any] = {}  # taken, and not collected yet
        self._end: int | None = None  # how many tasks there are, once that is known
        self._jobs = jobs
        self._most = ahead * jobs
        self._next = 0
        self._found: dict[int, Any] = {}
        self._workers: list[_Worker] = []

    def outcome(self, index: int) -> tuple[Any, Any] | None:
        """A task and its result, when it is there; asked for in rising order. None after the last."""
        while index not in self._found:
            self._hand_out(index)
            if index == self._end:
                return None
            ready = wait([worker.pipe for worker in self._workers])
            for worker in [each for each in self._workers if each.pipe in ready]:
                self._collect(worker)
        return self._tasks.pop(index), self._found.pop(index)

    def _hand_out(self, awaited: int) -> None:
        """A task to each worker that has none, but not far beyond the one that is awaited."""
        limit = awaited + self._most
        idle = [worker for worker in self._workers if worker.task is None]
        while self._end is None and self._next < limit and (idle or len(self._workers) < self._jobs):
            try:
                self._tasks[self._next] = next(self._source)
            except StopIteration:
                self._end = self._next
                return
            worker = idle.pop() if idle else self._started()
            worker.task = self._next
            self._next += 1
            with suppress(OSError):  # it was killed: its pipe says so when it is read
                worker.pipe.send((self._tasks[worker.task],))

    def _started(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, *self._work), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _collect(self, worker: _Worker) -> None:
        try:
            succeeded, value = worker.pipe.recv()
        except (EOFError, OSError):
            self._remove(worker)
            return
        if not succeeded:
            raise value
        if worker.task is not None:  # an idle worker sends nothing
            self._found[worker.task] = value
        worker.task = None

    def _remove(self, worker: _Worker) -> None:
        """Forget a worker that was killed; the task it worked on is lost."""
        self._workers.remove(worker)
        worker.process.join(_GRACE)
        code = worker.process.exitcode
        how = f"was killed by signal {-code}" if code is not None and code < 0 else f"ended with exit code {code}"
        if worker.task is not None:
            self._found[worker.task] = _LostTask(f"its process {how}")
        worker.pipe.close()

    def end(self) -> None:
        """End all workers, whatever they do."""
        for worker in self._workers:
            worker.process.terminate()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(_GRACE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


def _serve(pipe: Connection, prepare: Callable[..., Callable[[Any], Any]], given: Sequence[Any]) -> None:
    """The main loop of a worker. It ends with its parent, and ignores Ctrl-C, which the parent handles."""
    Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    function: Callable[[Any], Any] | None = None
    with suppress(EOFError, OSError):
        while True:
            (task,) = pipe.recv()
            try:
                function = function or prepare(*given)
                pipe.send((True, function(task)))
            except Exception as error:  # whatever it is, the parent raises it
                pipe.send((False, error))


def _end_with_parent() -> None:
    """End at once when the parent is killed: the work may be far from its end."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
