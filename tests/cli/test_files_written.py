"""Every file is written by one function: completely or not at all, and without leftovers."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any

import pytest

from covage_model.api import output_folder
from covage_model.api.output_folder import CannotWrite, OutputFolder
from covage_model.cli import main as command_line
from covage_model.cli.main import main
from covage_model.ground.files import writer

LIBRARY = str(Path(__file__).resolve().parents[1] / "packs" / "library")
WITHOUT_ACCOUNT = str(Path(__file__).resolve().parents[1] / "golden" / "ok" / "no-status")
FOLDER = OutputFolder("manifest.json", lambda data: data["names"])


def manifest(*names: str) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return f'{{"format": 1, "tool": {{"name": "covage-model"}}, "names": [{listed}]}}'


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt(), SystemExit(143)]
)
@pytest.mark.parametrize("old", [True, False])
def test_the_old_file_survives_what_stops_the_writing(failure: BaseException, old: bool) -> None:
    target = Path("deep/er/out.txt")
    if old:
        target.parent.mkdir(parents=True)
        target.write_text("old")
    with pytest.raises(type(failure)):
        write_and_fail(target, failure)
    assert [path for path in Path().rglob("*") if path.is_file()] == ([target] if old else [])
    assert not old or target.read_text() == "old"
    assert Path("deep").exists() is old


def write_and_fail(target: Path, failure: BaseException) -> None:
    with writer.replaced(str(target)) as file:
        file.write(b"new")
        raise failure


def test_links_are_followed_modes_stay_and_devices_are_written_to(tmp_path: Path) -> None:
    Path("real.txt").write_text("old")
    Path("real.txt").chmod(0o640)
    Path("link.txt").symlink_to("real.txt")
    writer.write("link.txt", "new")
    assert Path("link.txt").is_symlink()
    assert Path("real.txt").read_text() == "new"
    assert Path("real.txt").stat().st_mode & 0o777 == 0o640
    writer.write(os.devnull, "x")
    assert os.path.exists(os.devnull)


def test_out_that_fails_in_the_middle_keeps_the_old_report(monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["describe", "--pack", LIBRARY, "--out", "a.txt"], io.StringIO(), io.StringIO()) == 0
    before = Path("a.txt").read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    err = io.StringIO()
    assert main(["describe", "--pack", LIBRARY, "--out", "a.txt", "--lang", "fr"], io.StringIO(), err) == 2
    assert "impossible d'écrire a.txt\u00a0: le disque est plein" in err.getvalue()
    assert Path("a.txt").read_bytes() == before
    assert sorted(os.listdir()) == ["a.txt"]


def test_a_folder_is_replaced_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    FOLDER.write("out", {"manifest.json": manifest("a/1.txt"), "a/1.txt": "one"})

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(output_folder, "open", full, raising=False)
        with pytest.raises(CannotWrite):
            FOLDER.write("out", {"manifest.json": manifest("b.txt"), "b.txt": "two"})
        with pytest.raises(CannotWrite):
            FOLDER.write("new", {"manifest.json": manifest("b.txt"), "b.txt": "two"})
    assert sorted(str(path) for path in Path().rglob("*")) == ["out", "out/a", "out/a/1.txt", "out/manifest.json"]
    FOLDER.write("out", {"manifest.json": manifest("b.txt"), "b.txt": "two"})
    assert sorted(os.listdir("out")) == ["b.txt", "manifest.json"]


def test_calls_at_the_same_time_do_not_fail() -> None:
    failures: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for turn in range(10):
                names = [f"{number}-{turn}-{each}.txt" for each in range(4)]
                FOLDER.check("out")
                FOLDER.write("out", {"manifest.json": manifest(*names), **dict.fromkeys(names, "x")})
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(os.listdir("out")) == 5


def test_an_interrupt_exits_130_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from covage_model.api import packs

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(packs, "load", interrupted)
    monkeypatch.setattr(sys, "argv", ["covage-model", "check"])
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert ended.value.code == 130
    assert capsys.readouterr().err.strip() == "interrupted"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_command_with_nothing_left(number: signal.Signals) -> None:
    argv = [
        sys.executable,
        "-m",
        "covage_model",
        "generate",
        "--pack",
        LIBRARY,
        "--count",
        "5000000",
        "--out",
        "o.ndjson",
    ]
    process = subprocess.Popen(argv, stderr=subprocess.PIPE, env={**os.environ, "XDG_CACHE_HOME": "cache"})
    for _ in range(600):
        if any(name.startswith(writer.HIDDEN) for name in os.listdir()):
            break
        threading.Event().wait(0.05)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert b"Traceback" not in err
    assert sorted(name for name in os.listdir() if name != "cache") == []


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (MemoryError(), 4, "there is not enough memory for this"),
        (
            OSError(errno.EMFILE, os.strerror(errno.EMFILE), "a.json"),
            4,
            "the system refused: a.json: Too many open files",
        ),
    ],
)
def test_what_the_machine_lacks_is_no_failure_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, code: int, line: str
) -> None:
    def fails(*_: object) -> int:
        raise error

    monkeypatch.setattr(command_line, "main", fails)
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert ended.value.code == code
    assert capsys.readouterr().err == f"{line}\n"


def test_a_working_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    script = (
        "import os, sys; os.mkdir(sys.argv[1]); os.chdir(sys.argv[1]); os.rmdir(sys.argv[1]);"
        "from covage_model.cli import main; sys.argv = ['covage-model', 'describe']; main.run()"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(gone)], capture_output=True, text=True, check=False)
    assert ended.returncode in (0, 2)
    assert "fault" not in ended.stderr


def test_a_pack_without_orders_is_described(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "pack.yaml").write_text("pack: p\nformat: 1\n")
    for form, shown in (("text", "the pack has no orders\n"), ("csv", "order,title,"), ("markdown", "the pack has no")):
        out = io.StringIO()
        assert main(["describe", "--pack", "p", "--format", form], out, io.StringIO()) == 0
        assert out.getvalue().startswith(shown)


@pytest.mark.parametrize(
    "argv",
    [
        ("generate", "--pack", LIBRARY, "--count", "30", "--format", "json", "--out", "out/deep"),
        ("generate", "--pack", LIBRARY, "--count", "30", "--format", "yaml", "--out", "out"),
        ("generate", "card", "--pack", LIBRARY, "--suite", "--out", "out"),
        ("suites", "--pack", LIBRARY, "--out", "out"),
        ("init", "out"),
        ("init", "out/deep", "--over", LIBRARY),
        ("examples", "loan", "--pack", LIBRARY, "--out", "out"),
        ("schema", "loan", "--pack", LIBRARY, "--out", "out"),
        ("draw", "--pack", LIBRARY, "--format", "mermaid", "--out", "out"),
    ],
    ids=lambda argv: " ".join(argv[:2]),
)
def test_a_disk_that_is_full_in_the_middle_leaves_no_file_and_says_nothing_about_usage(
    monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    opened = []

    def full(path: str, mode: str = "r", **more: str) -> IO[Any]:
        if "r" not in mode:
            opened.append(path)
            if len(opened) == 2:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return open(path, mode, **more)

    for module in (writer, output_folder):
        monkeypatch.setattr(module, "open", full, raising=False)
    err = io.StringIO()
    assert main(argv, io.StringIO(), err) == 2
    assert len(opened) == 2
    assert os.listdir() == []
    said = err.getvalue().splitlines()
    assert said[-1].startswith("Error: cannot write out")
    assert said[-1].endswith(": No space left on device")
    assert "Usage" not in err.getvalue()
    assert "Try" not in err.getvalue()


def test_files_written_together_keep_modes_and_replace_no_folder() -> None:
    Path("old").write_text("old")
    Path("old").chmod(0o640)
    Path("folder").mkdir()
    with pytest.raises(IsADirectoryError):
        writer.write_all([("new/a", "a"), ("old", "b"), ("folder", "c")])
    assert sorted(map(str, Path().rglob("*"))) == ["folder", "old"]
    assert Path("old").read_text() == "old"
    writer.write_all([("new/a", "a"), ("old", b"b"), ("old", "c"), (os.devnull, "x")])
    assert sorted(map(str, Path().rglob("*"))) == ["folder", "new", "new/a", "old"]
    assert (Path("old").read_text(), Path("old").stat().st_mode & 0o777) == ("c", 0o640)
    assert os.path.exists(os.devnull)
    assert not os.path.isfile(os.devnull)


@pytest.mark.parametrize("linked", [True, False])
def test_files_that_were_replaced_come_back_when_a_later_one_cannot_be(
    linked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def move(finished: str, target: str) -> None:
        if Path(finished).read_text() == "c":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        usual(finished, target)

    def no_link(*_: str) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    usual = writer._move
    monkeypatch.setattr(writer, "_move", move)
    if not linked:
        monkeypatch.setattr(os, "link", no_link)
    Path("old").write_text("old")
    Path("last").write_text("last")
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        writer.write_all([("new/a", "a"), ("old", "b"), ("last", "c"), ("never", "d")])
    assert {path: path.read_text() for path in Path().rglob("*")} == {Path("old"): "old", Path("last"): "last"}


@pytest.mark.parametrize(
    ("out", "account", "message"),
    [
        ("file/orders.ndjson", "account.json", "cannot write file/orders.ndjson: "),
        ("orders.ndjson", "file/account.json", "cannot write file/account.json: "),
        ("orders.ndjson", "folder", "cannot write folder: Is a directory"),
        ("orders.ndjson", "/dev/full", "cannot write /dev/full: No space left on device"),
        ("/dev/full", "account.json", "cannot write /dev/full: No space left on device"),
        ("orders.ndjson", "./orders.ndjson", "--account-out and --out name the same file"),
    ],
)
def test_orders_and_their_account_are_written_together_or_not_at_all(out: str, account: str, message: str) -> None:
    Path("file").write_text("in the way")
    Path("folder").mkdir()
    if "/dev/full" in (out, account) and not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full")
    err = io.StringIO()
    argv = ["generate", "--pack", LIBRARY, "--count", "3", "--out", out, "--account-out", account]
    assert main(argv, io.StringIO(), err) == 2
    assert message in err.getvalue()
    assert sorted(os.listdir()) == ["file", "folder"]


def test_orders_that_stop_on_their_way_leave_no_account() -> None:
    class Closed(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    argv = ["generate", "--pack", LIBRARY, "--count", "3", "--account-out", "account.json"]
    with pytest.raises(SystemExit):
        main(argv, Closed(), io.StringIO())
    assert os.listdir() == []
    assert main(argv, io.StringIO(), io.StringIO()) == 0
    assert os.listdir() == ["account.json"]


def test_no_account_is_promised_where_none_is_read() -> None:
    err = io.StringIO()
    argv = ["generate", "--pack", WITHOUT_ACCOUNT, "--count", "1", "--account-out", "account.json"]
    assert main(argv, io.StringIO(), err) == 0
    assert err.getvalue() == "account.json is not written: these orders are judged without an account\n"
    assert os.listdir() == []
