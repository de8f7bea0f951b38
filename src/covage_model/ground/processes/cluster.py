"""One function applied to many tasks, by the workers of a Dask cluster."""

from __future__ import annotations

import logging
import pickle
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import suppress
from dataclasses import field
from itertools import chain, islice
from typing import Any, TypeVar
from uuid import uuid4

from covage_model.ground.classes import dataclass
from covage_model.version import VERSION

Task = TypeVar("Task")
Result = TypeVar("Result")
WAIT = 10.0  # seconds for the scheduler to answer, and to have a worker
_AHEAD = 64  # results, for each thread of a worker, that wait for one that comes before them
_INSTALL = 'the extra is missing: pip install "covage-model[dask]"'
_works: dict[str, bytes] = {}  # in a worker: what makes the function of each run that is not done
_prepared = threading.local()  # in a thread of a worker: the function of the run at hand


class NoCluster(Exception):
    """The cluster cannot be used. The text says why."""


@dataclass(slots=True)
class DaskCluster:
    """
    A Dask cluster that works for this process; `close` ends the connection.

    Raises NoCluster if the extra is missing, if no scheduler answers at `address`, or if a worker cannot do the work.
    """

    address: str
    _client: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Connects."""
        try:
            from distributed import Client
        except ImportError as error:
            raise NoCluster(_INSTALL) from error
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is lost is told as a result
        try:
            self._client = Client(self.address, timeout=WAIT, set_as_default=False)  # type: ignore[no-untyped-call,unused-ignore]
        except (OSError, ValueError) as error:
            why = str(error) if isinstance(error, ValueError) else f"no answer in {WAIT:g} seconds"
            raise NoCluster(f"no scheduler at {self.address}: {why}") from error
        try:
            self._client.wait_for_workers(1, timeout=WAIT)
            versions = set(self._client.run(_version).values())
        except TimeoutError as error:
            self.close()
            raise NoCluster(f"the scheduler at {self.address} has no worker") from error
        except ImportError as error:
            self.close()
            raise NoCluster(f"covage-model {VERSION} is not installed where the workers run: {error}") from error
        if versions != {VERSION}:
            self.close()
            others = ", ".join(sorted(versions - {VERSION}))
            raise NoCluster(f"this is covage-model {VERSION}, and workers have {others}: install the same version")

    def close(self) -> None:
        """End the connection. The cluster goes on."""
        with suppress(OSError, TimeoutError):
            self._client.close()

    def results(
        self,
        prepare: Callable[..., Callable[[Task], Result]],
        given: Sequence[Any],
        tasks: Iterable[Task],
        *,
        lost: Callable[[Task, str], Result],
        ahead: int = _AHEAD,
    ) -> Generator[Result, None, None]:
        """
        The result of each task, in their order, as `workers.results` gives it.

        At most `ahead` for each thread of a worker wait to be done or to be collected. The task of a worker that dies
        goes to another. `lost(task, why)` is the result of a task that several workers died of, and of all that are not
        collected when the scheduler is gone. Raises what `prepare` and the function raise.
        """
        source, waiting = iter(tasks), deque[tuple[Task, Any]]()
        work = pickle.dumps((prepare, given))
        name = f"covage-model-{uuid4().hex}"
        try:
            threads = sum(self._client.nthreads().values())
            self._client.register_plugin(_work_for_all(name, work), name=name)
            while True:
                for task in islice(source, ahead * threads - len(waiting)):
                    waiting.append((task, self._client.submit(_answer, name, task, pure=False)))
                if not waiting:
                    return
                try:
                    result = _collected(*waiting[0], lost)
                except _Disconnected:
                    break
                waiting.popleft()  # the cluster need not keep the result
                yield result
            why = f"the connection to {self.address} is gone"
            for task in chain([task for task, _ in waiting], source):
                yield lost(task, why)
        finally:
            with suppress(Exception):
                self._client.cancel([future for _, future in waiting])
                self._client.unregister_worker_plugin(name)


class _Disconnected(Exception):
    """The scheduler is gone."""


def _collected(task: Task, future: Any, lost: Callable[[Task, str], Result]) -> Result:
    """The result of a task. Raises what the function raised, and _Disconnected."""
    from distributed.scheduler import KilledWorker

    try:
        result: Result = future.result()
    except KilledWorker:
        return lost(task, "each worker that had them died")
    except Exception as error:
        if future.status == "error":  # the function's own
            raise
        raise _Disconnected from error
    return result


def _version() -> str:
    return VERSION


def _work_for_all(name: str, work: bytes) -> Any:
    """Gives the work to each worker, also to those that start later. As data of the cluster it would die with one."""
    from distributed import WorkerPlugin

    class Work(WorkerPlugin):
        def setup(self, worker: Any) -> None:  # noqa: ARG002  what the cluster calls
            _keep(name, work)

        def teardown(self, worker: Any) -> None:  # noqa: ARG002  as above
            _keep(name, None)

    return Work()


def _keep(name: str, work: bytes | None) -> None:
    """In a worker: keep the work, or let go of it."""
    _works.pop(name, None)
    if work is not None:
        _works[name] = work


def _answer(name: str, task: Any) -> Any:
    """In a thread of a worker: the result of a task. The function is made for its first."""
    if getattr(_prepared, "name", None) != name:
        prepare, given = pickle.loads(_works[name])  # noqa: S301  the scheduler hands it on from the process that asks
        _prepared.function, _prepared.name = prepare(*given), name
    return _prepared.function(task)
