"""One function applied to many tasks, in several processes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any, TypeVar

from covage_model.ground.classes import dataclass
from covage_model.ground.processes.interruption import RoundingOff, rounding_off
from covage_model.ground.processes.termination import termination_raises

Task = TypeVar("Task")
Result = TypeVar("Result")
Item = TypeVar("Item")
_AHEAD = 64  # results, for each worker, that wait for one that comes before them
_GRACE = 2  # seconds in which a worker ends by itself
_DONE, _STOPPED, _FAILED = range(3)  # how a task ended
_PATIENCE = 10  # seconds in which workers that are asked to stop hand in what they have done
_at_work: list[_TaskAtHand] = []  # in a worker: the task that it works on


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
    partly: bool = False,
) -> Generator[Result, None, None]:
    """
    The result of each task, in their order. `prepare(*given)` makes the function, once in each process.

    `tasks` are taken as they are needed: at most `ahead` for each worker wait to be done or to be collected.
    With one job, or a list of one task, no process is started, and `here` does the work. Else processes are spawned,
    never forked, so that threads of the caller do no harm: `prepare`, `given`, tasks and results are pickled.

    A worker that is killed loses the task it works on and no other: `lost(task, why)` is its result.
    Raises what `prepare` and the function raise. SIGTERM and an interrupt end the workers too.

    With `partly`, results come after an interrupt too, as long as there is no gap: those that are done, and of a task
    at work what its function has done so far, if it takes its items from `until_stopped`. Then KeyboardInterrupt is
    raised.
    """
    if isinstance(tasks, Sequence):
        jobs = min(jobs, len(tasks))
    if jobs <= 1:
        yield from map(here, tasks)
        return
    pool = _WorkerPool(prepare, given, iter(tasks), jobs, ahead)
    try:
        with termination_raises(), rounding_off() if partly else _never() as stop:
            for task, outcome in _in_order(pool, stop, partly=partly):
                yield lost(task, outcome.why) if isinstance(outcome, _LostTask) else outcome
    finally:
        pool.end()


def _in_order(pool: _WorkerPool, stop: RoundingOff, *, partly: bool) -> Iterator[tuple[Any, Any]]:
    """Each task with its outcome; after a request to stop those that are done, then KeyboardInterrupt."""
    for index in count():
        try:
            found = None if stop.asked else pool.outcome(index)
        except KeyboardInterrupt:
            if not partly:
                raise
            stop.asked = True
        if stop.asked:
            found = pool.done_so_far(index)
            if found is None:
                raise KeyboardInterrupt
        if found is None:
            return
        yield found


@contextmanager
def _never() -> Iterator[RoundingOff]:
    yield RoundingOff()


def until_stopped(items: Iterable[Item]) -> Iterator[Item]:
    """In a worker: the items up to a request to stop. Elsewhere all of them."""
    for item in items:
        yield item
        if _at_work and _at_work[0].pipe.poll():  # while a worker has a task, nothing else is sent to it
            _at_work[0].stopped = True
            return


@dataclass(slots=True)
class _TaskAtHand:
    pipe: Connection
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class _LostTask:
    """The outcome of a task whose worker was killed."""

    why: str


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    task: int | None = None  # the index of the task it works on
    in_talk: bool = False  # whether something is being sent or received; after an interrupt, nobody knows how much


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
        self._partly: set[int] = set()  # the tasks that were stopped
        self._stopping = False
        self._until = 0.0

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
            self._send(worker, (self._tasks[worker.task],))

    def done_so_far(self, index: int) -> tuple[Any, Any] | None:
        """
        As `outcome`, but no task is handed out, and workers are asked to stop where they are.

        None if the task was not worked on, or one before it was stopped.
        """
        if not self._stopping:
            self._stopping, self._until = True, time.monotonic() + _PATIENCE
            for worker in self._workers:
                if worker.task is not None and not worker.in_talk:
                    self._send(worker, None)
        if any(stopped < index for stopped in self._partly):
            return None
        while index not in self._found:
            sound = [worker for worker in self._workers if not worker.in_talk]
            left = self._until - time.monotonic()
            if left <= 0 or index not in [worker.task for worker in sound]:
                return None
            ready = wait([worker.pipe for worker in sound], left)
            for worker in [each for each in sound if each.pipe in ready]:
                self._collect(worker)
        return self._tasks.pop(index), self._found.pop(index)

    def _send(self, worker: _Worker, message: Any) -> None:
        worker.in_talk = True
        with suppress(OSError):  # it was killed: its pipe says so when it is read
            worker.pipe.send(message)
        worker.in_talk = False

    def _started(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, *self._work), daemon=True)
        resource_tracker.ensure_running()  # which lets interrupts through when it starts
        with _interrupts_wait():  # so that the worker, which ignores them, is not ended while it starts
            process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _collect(self, worker: _Worker) -> None:
        worker.in_talk = True
        try:
            how, value = worker.pipe.recv()
        except (EOFError, OSError):
            self._remove(worker)
            return
        worker.in_talk = False
        if how == _FAILED:
            raise value
        if worker.task is not None:  # an idle worker sends nothing
            self._found[worker.task] = value
            self._partly |= {worker.task} if how == _STOPPED else set()
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
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    function: Callable[[Any], Any] | None = None
    with suppress(EOFError, OSError):
        while True:
            message = pipe.recv()
            if message is None:  # it was asked to stop when all was done
                continue
            _at_work[:] = [_TaskAtHand(pipe)]
            try:
                function = function or prepare(*given)
                value = function(*message)
                pipe.send((_STOPPED if _at_work[0].stopped else _DONE, value))
            except Exception as error:  # whatever it is, the parent raises it
                pipe.send((_FAILED, error))


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """SIGINT comes when the block has ended; what is started in it begins with SIGINT blocked."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """End at once when the parent is killed: the work may be far from its end."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
