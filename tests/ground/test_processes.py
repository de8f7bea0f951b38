"""Workers and commands: whoever is killed loses one thing, and nothing is left running."""

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

from covage_model.ground.processes import commands, workers

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
import sys, time
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


# --- commands


def command(code: str, *, seconds: float = 30) -> commands.Ended:
    (ended,) = commands.ended([[PYTHON, "-c", code]], seconds=seconds, jobs=1)
    return ended


def test_a_command_ends_in_one_of_three_states() -> None:
    exited = command("import sys; print('é'); sys.exit(4)")
    assert (exited.state, exited.code, exited.signal, exited.out.strip()) == ("exited", 4, None, "é")
    crashed = command("import os; os.kill(os.getpid(), 11)")
    assert (crashed.state, crashed.code, crashed.signal) == ("crashed", -11, 11)
    stopped = command("print('begun', flush=True); import time; time.sleep(60)", seconds=2)
    assert (stopped.state, stopped.code, stopped.signal, stopped.out.strip()) == ("timeout", None, None, "begun")


def test_a_crash_behind_a_shell_is_a_crash() -> None:
    (ended,) = commands.ended([["sh", "-c", 'sh -c "kill -9 \\$\\$"; exit $?']], seconds=30, jobs=1)
    assert (ended.code, ended.signal, ended.state) == (137, 9, "crashed")
    assert command("import sys; sys.exit(255)").state == "exited"


FAMILY = """
import os, subprocess, sys, time
for _ in range(3):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    open(os.path.join({folder!r}, str(child.pid)), "w").close()
{then}
"""


@pytest.mark.parametrize(("then", "code"), [("time.sleep(60)", None), ("sys.exit(0)", 0)])
def test_no_grandchild_is_left(then: str, code: int | None, tmp_path: Path) -> None:
    ended = command(FAMILY.format(folder=str(tmp_path), then=then), seconds=3)
    assert ended.code == code
    pids = [int(file.name) for file in tmp_path.iterdir()]
    assert len(pids) == 3
    wait_for(lambda: not any(map(alive, pids)))


def test_the_output_of_a_command_is_kept_up_to_a_limit_and_counted() -> None:
    many = 3 * commands.KEPT
    ended = command(f"import sys; sys.stdout.write('x' * {many}); sys.stderr.write('y' * {many})")
    assert (ended.code, len(ended.out), len(ended.err)) == (0, commands.KEPT, commands.KEPT)
    assert ended.dropped == 2 * (many - commands.KEPT)


def test_what_is_no_command_is_said_once() -> None:
    with pytest.raises(commands.NoCommand, match="nowhere"):
        list(commands.ended([["/nowhere/at/all"]] * 3, seconds=1, jobs=2))
    with pytest.raises(commands.NoCommand):
        list(commands.ended([["a\0b"]], seconds=1, jobs=1))


def test_commands_end_when_nobody_asks_for_more(tmp_path: Path) -> None:
    slow = f"import os, time; open(os.path.join({str(tmp_path)!r}, str(os.getpid())), 'w').close(); time.sleep(60)"
    answers = commands.ended([[PYTHON, "-c", "pass"], [PYTHON, "-c", slow]], seconds=60, jobs=2)
    assert next(answers).code == 0
    wait_for(lambda: any(tmp_path.iterdir()))
    answers.close()  # type: ignore[attr-defined]  it is a generator
    (pid,) = (int(file.name) for file in tmp_path.iterdir())
    wait_for(lambda: not alive(pid))
