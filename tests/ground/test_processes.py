"""Workers: one that is killed loses one task, and none is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from covage_model.ground.processes import workers

PYTHON = sys.executable


def prepare(mark: str) -> Callable[[int], str]:
    if mark == "broken":
        raise ValueError("it cannot be prepared")

    def work(task: int) -> str:
        if mark == "kill 5" and task == 5:
            os.kill(os.getpid(), signal.SIGKILL)
        if mark == "exit 5" and task == 5:
            os._exit(3)
        if mark == "raise 5" and task == 5:
            raise KeyError(task)
        return f"{mark} {task}"

    return work


def run(mark: str, count: int = 12, jobs: int = 2) -> list[str]:
    return list(
        workers.results(
            prepare,
            (mark,),
            range(count),
            jobs=jobs,
            here=prepare("here"),
            lost=lambda task, why: f"lost {task}: {why}",
        )
    )


def test_results_come_in_the_order_of_the_tasks() -> None:
    assert run("ok", 300) == [f"ok {task}" for task in range(300)]
    assert run("ok", jobs=1) == [f"here {task}" for task in range(12)]
    assert run("ok", count=0) == []


@pytest.mark.parametrize(("mark", "why"), [("kill 5", "was killed by signal 9"), ("exit 5", "ended with exit code 3")])
def test_a_killed_worker_loses_its_task_and_no_other(mark: str, why: str) -> None:
    expected = [f"{mark} {task}" for task in range(12)]
    expected[5] = f"lost 5: its process {why}"
    assert run(mark) == expected


def test_what_the_work_raises_is_raised() -> None:
    with pytest.raises(KeyError):
        run("raise 5")
    with pytest.raises(ValueError, match="cannot be prepared"):
        run("broken")


SLOW_POOL = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
sys.path[:0] = {path!r}
from test_processes import slow
from covage_model.ground.processes import workers
if __name__ == "__main__":
    for _ in workers.results(slow, ({folder!r},), range(4), jobs=2, here=print, lost=print):
        pass
"""


def slow(folder: str) -> Callable[[int], None]:
    Path(folder, str(os.getpid())).touch()
    return lambda _: time.sleep(60)


def alive(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


def wait_for(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_signal_to_the_parent_ends_its_workers(number: int, tmp_path: Path) -> None:
    (tmp_path / "pids").mkdir()
    script = tmp_path / "pool.py"
    path = [str(Path(__file__).parent), *sys.path]
    script.write_text(SLOW_POOL.format(path=path, folder=str(tmp_path / "pids")), encoding="utf-8")
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    parent = subprocess.Popen([PYTHON, str(script)], env=here, stderr=subprocess.PIPE)
    wait_for(lambda: len(list((tmp_path / "pids").iterdir())) == 2)
    pids = [int(file.name) for file in (tmp_path / "pids").iterdir()]
    parent.send_signal(number)
    _, err = parent.communicate(timeout=30)
    wait_for(lambda: not any(map(alive, pids)))
    assert number != signal.SIGTERM or (parent.returncode, err) == (143, b"")
