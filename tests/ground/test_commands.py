"""Other programs as commands: how they end, how much of their output is kept, and that no process is left."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from covage_model.ground.processes import commands
from covage_model.ground.processes.commands import Ended, NoCommand

SPAWNS = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time,sys; open(sys.argv[1],'w').write(str(__import__('os').getpid())); time.sleep(60)", sys.argv[1]])
while not __import__('os').path.exists(sys.argv[1]) or not open(sys.argv[1]).read(): time.sleep(0.01)
{then}
"""


def run(*argvs: list[str], seconds: float = 30, jobs: int = 2) -> list[Ended]:
    return list(commands.ended(argvs, seconds=seconds, jobs=jobs))


def python(source: str, *words: str) -> list[str]:
    return [sys.executable, "-c", source, *words]


def test_how_a_command_ended_comes_in_the_order_of_the_commands() -> None:
    source = "import sys, time; time.sleep(float(sys.argv[1])); print(sys.argv[1]); sys.exit(int(sys.argv[2]))"
    found = run(python(source, "0.2", "3"), python(source, "0", "0"))
    assert found == [Ended(3, "0.2\n", ""), Ended(0, "0\n", "")]


def test_a_signal_is_no_exit_code() -> None:
    assert run(python("import os; os.kill(os.getpid(), 11)")) == [Ended(None, "", "", 11)]


@pytest.mark.parametrize("then", ["time.sleep(60)", "pass"])
def test_what_a_command_started_ends_with_it(then: str, tmp_path: Path) -> None:
    files = [tmp_path / str(number) for number in range(3)]
    found = run(
        *(python(SPAWNS.format(then=then), str(file)) for file in files), seconds=5 if then == "pass" else 4, jobs=3
    )
    assert {one.code for one in found} == ({0} if then == "pass" else {None})
    assert {one.signal for one in found} == {None}
    for file in files:
        assert not is_running(int(file.read_text()))


LEAVES = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if sys.argv[2] != "kept" and os.fork():  # its parent is gone: the process belongs to init now
        os._exit(0)
    open(sys.argv[1], "w").write(str(os.getpid()))
    if sys.argv[2] == "renamed":
        os.execve(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ))
    time.sleep(60)
while not os.path.exists(sys.argv[1]) or not open(sys.argv[1]).read(): time.sleep(0.01)
{then}
"""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are found in /proc")
@pytest.mark.parametrize("then", ["time.sleep(60)", "pass"])
def test_what_left_the_session_of_a_command_ends_with_it(then: str, tmp_path: Path) -> None:
    ways = ["kept", "orphaned", "renamed"]
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        commands_ = [python(LEAVES.format(then=then), str(tmp_path / how), how) for how in ways]
        found = run(*commands_, seconds=20 if then == "pass" else 4, jobs=3)
        assert {one.code for one in found} == {0 if then == "pass" else None}
        assert not any(is_running(int((tmp_path / how).read_text())) for how in ways)
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def is_running(process: int) -> bool:
    """Whether the process exists and is no zombie that its new parent has yet to reap."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True


def test_the_kept_output_of_a_command_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "KEPT", 1000)
    out, err = run(python("print('x' * 999)"), python("import sys; sys.stderr.write('y' * 10**6); print('z')"))
    assert (len(out.out), out.truncated) == (1000, False)
    assert (err.code, err.out, len(err.err), err.truncated) == (0, "z\n", 1000, True)


def test_closing_the_iterator_stops_the_commands(tmp_path: Path) -> None:
    slow = [python(SPAWNS.format(then="time.sleep(60)"), str(tmp_path / str(number))) for number in range(20)]
    begun = commands.ended([python("pass"), *slow], seconds=60, jobs=2)
    assert next(begun).code == 0
    while not list(tmp_path.iterdir()):
        time.sleep(0.01)
    begun.close()  # type: ignore[attr-defined]
    assert len(list(tmp_path.iterdir())) < 5
    assert not any(is_running(int(file.read_text())) for file in tmp_path.iterdir() if file.read_text())


@pytest.mark.parametrize("argv", [["no-such-command"], ["\0"], [os.devnull], [""]])
def test_what_cannot_be_run_is_no_command(argv: list[str]) -> None:
    with pytest.raises(NoCommand, match="cannot run"):
        run(argv)


def test_sigterm_ends_the_commands_too(tmp_path: Path) -> None:
    slow = f"import os, time; open(os.path.join({str(tmp_path)!r}, str(os.getpid())), 'w').close(); time.sleep(60)"
    script = "import sys; from covage_model.ground.processes import commands; "
    script += f"list(commands.ended([[sys.executable, '-c', {slow!r}]], seconds=60, jobs=1))"
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen([sys.executable, "-c", script], env=here)
    until = time.monotonic() + 30
    while not list(tmp_path.iterdir()) and time.monotonic() < until:
        time.sleep(0.02)
    (pid,) = (int(file.name) for file in tmp_path.iterdir())
    parent.send_signal(signal.SIGTERM)
    assert parent.wait(30) == 143
    while runs(pid):
        assert time.monotonic() < until + 30
        time.sleep(0.02)


def runs(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False
