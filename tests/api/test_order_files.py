"""Files and folders of orders: none is skipped silently, none is judged twice, and none can block the run."""

from __future__ import annotations

import io
import json
import os
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from covage_model.api import files, orders
from covage_model.cli.main import main
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.files.limits import Limits

BASE = str(Path(__file__).parents[1] / "golden" / "base")
ORDER = {"kind": "parcel", "tariff": "P1", "speed": "economy", "address": {"street": "Rue Haute"}, "depot": "north"}
GOOD = json.dumps(ORDER) + "\n"


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("orders").mkdir()
    Path("orders/good.json").write_text(GOOD, encoding="utf-8")


def validate(*names: str, stdin: bytes = b"") -> tuple[int, list[tuple[str, str]], int]:
    """The exit code, the file and form of each finding about reading, and the number of judged documents."""
    out = io.StringIO()
    code = main(["validate", "--pack", BASE, "--format", "json", *names], out, out, io.BytesIO(stdin))
    documents = json.loads(out.getvalue())["documents"]
    found = [
        (one["location"]["file"], f"{one['code']} {one['form']}") for each in documents for one in each["findings"]
    ]
    judged = sum(each["line"] is not None for each in documents)
    return code, [(file, form) for file, form in found if form < "CM1"], judged


def test_a_folder_that_cannot_be_listed_is_an_error_and_the_others_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("orders/shut").mkdir()
    scandir = os.scandir

    def refuses(path: str) -> Any:
        if os.path.basename(path) == "shut":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuses)
    assert validate("orders") == (4, [("orders/shut", "CM008 listing")], 1)
    Path("empty/shut").mkdir(parents=True)
    assert validate("empty") == (4, [("empty/shut", "CM008 listing")], 0)
    pack = Path("pack")
    (pack / "shut").mkdir(parents=True)
    (pack / "pack.yaml").write_text("pack: p\nformat: 1\n", encoding="utf-8")
    out = io.StringIO()
    assert main(["check", "pack"], out, out) == 4
    assert "pack/shut: error CM008 the folder cannot be listed" in out.getvalue()
    out = io.StringIO()
    assert main(["run", "--pack", BASE, "empty"], out, out) == 4
    assert "empty/shut: error CM008" in out.getvalue()


def test_links_out_of_a_folder_are_notes_and_not_followed() -> None:
    Path("other").mkdir()
    Path("other/secret.json").write_text(GOOD, encoding="utf-8")
    Path("orders/link").symlink_to("../other", target_is_directory=True)
    Path("orders/link.json").symlink_to("../other/secret.json")
    notes = [("orders/link", "CM009 outside"), ("orders/link.json", "CM009 outside")]
    assert validate("orders") == (0, notes, 1)
    assert validate("orders/link", "orders/link.json") == (0, [("orders/link.json", "CM009 again")], 1)
    assert validate("orders/link.json") == (0, [], 1)


def test_links_inside_a_folder_are_read_once() -> None:
    Path("orders/deep/er").mkdir(parents=True)
    Path("orders/deep/er/one.json").write_text(GOOD, encoding="utf-8")
    Path("orders/loop").symlink_to(".", target_is_directory=True)
    Path("orders/deep/up").symlink_to("..", target_is_directory=True)
    Path("orders/a.json").symlink_to("deep/er/one.json")
    Path("orders/.data/v2").mkdir(parents=True)
    Path("orders/.data/v2/two.json").write_text(GOOD, encoding="utf-8")
    Path("orders/now").symlink_to(".data/v2", target_is_directory=True)
    Path("orders/too").symlink_to(".data/v2", target_is_directory=True)
    code, found, judged = validate("orders")
    assert (code, judged) == (0, 3)
    assert dict(found) == {
        "orders/loop": "CM009 again",
        "orders/deep/up": "CM009 again",
        "orders/deep/er/one.json": "CM009 again",
        "orders/too": "CM009 again",
    }


def test_links_that_lead_nowhere_are_told() -> None:
    Path("orders/gone").symlink_to("nowhere")
    Path("orders/round").symlink_to("round")
    assert validate("orders") == (0, [("orders/gone", "CM009 broken"), ("orders/round", "CM009 broken")], 1)
    Path("orders/gone.json").symlink_to("nowhere")
    assert validate("orders")[0] == 4


def test_a_file_with_two_names_is_judged_once() -> None:
    os.link("orders/good.json", "orders/hard.json")
    names = ("orders", "orders/good.json", "./orders/../orders/hard.json", "-", "-")
    code, found, judged = validate(*names, stdin=GOOD.encode())
    assert (code, judged) == (0, 2)
    assert [form for _, form in found] == ["CM009 again"] * 4


def test_pipes_are_read_where_somebody_writes_and_never_waited_for() -> None:
    os.mkfifo("pipe.ndjson")
    os.mkfifo("orders/pipe.json")
    assert validate("pipe.ndjson") == (4, [("pipe.ndjson", "CM008 pipe")], 0)
    assert validate("orders") == (4, [("orders/pipe.json", "CM008 special")], 1)

    def write() -> None:
        with open("pipe.ndjson", "wb") as pipe:
            pipe.writelines(GOOD.encode() for _ in range(500))

    writer = threading.Thread(target=write)
    writer.start()
    assert validate("pipe.ndjson") == (0, [], 500)
    writer.join(10)
    assert not writer.is_alive()


def test_devices_and_sockets_are_never_opened() -> None:
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind("orders/socket.json")
        assert validate("orders/socket.json", "/dev/zero") == (
            4, [("orders/socket.json", "CM008 special"), ("/dev/zero", "CM008 special")], 0,
        )  # fmt: skip
        assert validate("orders")[0] == 4


@pytest.mark.parametrize("name", ["big.json", "big.yaml", "big.ndjson", "big"])
def test_a_sparse_file_is_over_a_limit(name: str) -> None:
    with open(name, "wb") as file:
        file.truncate(2**36)
    code, found, judged = validate(name, "orders")
    assert (code, judged) == (4, 1)
    assert [form for _, form in found] == ["CM003 endless" if name.endswith("ndjson") else "CM003 bytes"]


def test_a_reading_error_of_the_system_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: Any, **__: Any) -> Any:
        yield GOOD.encode()
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(files, "chunks", breaks)
    Path("orders/more.ndjson").write_text("")
    code, found, judged = validate("orders/more.ndjson")
    assert (code, judged) == (4, 1)
    assert [form for _, form in found] == ["CM008 failed"]


def test_a_file_that_memory_does_not_hold_is_a_finding_and_the_next_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    read = files.chunks

    def fails(path: str, *, named: bool, **known: Any) -> Any:
        if path == "huge.json":
            return (_ for _ in [1] if no_memory())
        return read(path, named=named, **known)

    def no_memory() -> bool:
        raise MemoryError

    monkeypatch.setattr(files, "chunks", fails)
    Path("huge.json").write_text("{}")
    assert validate("huge.json", "orders") == (4, [("huge.json", "CM008 failed")], 1)


def test_orders_are_judged_as_they_come() -> None:
    def chunks() -> Any:
        yield GOOD.encode() * 2
        raise AssertionError("it is read too early")

    from covage_model.api.workspace import load_pack

    judged = orders.judge_bytes(chunks(), "a.ndjson", load_pack(BASE).judge, orders.Request())
    assert [next(judged).verdict is not None for _ in range(2)] == [True, True]


def test_bytes_are_those_of_regular_files_up_to_a_limit() -> None:
    assert files.read_bytes("orders/good.json", limit=Limits().bytes) == GOOD.encode()
    assert files.read_bytes("orders/good.json", limit=3) == GOOD.encode()[:4]
    for name, form in [("orders", "directory"), ("none", "missing"), ("/dev/null", "special"), ("a\0b", "failed")]:
        found = files.read_bytes(name)
        assert isinstance(found, Diagnostic)
        assert (found.form, found.severity) == (form, Severity.ERROR)
