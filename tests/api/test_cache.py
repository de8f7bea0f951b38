"""The cache of packs returns what was stored; damaged entries are dropped; changes of the spec are noticed."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from covage_model.api import cache, encoding, packs
from covage_model.api.workspace import open_to_judge
from covage_model.cli.main import main
from covage_model.documents.judge.verdict import Judge

HERE = Path(__file__).parent.parent
ROOT = HERE.parent
PACKS = [str(HERE / "golden" / "base"), str(HERE / "packs" / "library"), str(ROOT / "specs" / "covage")]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_code_stamp", lambda: "")  # whoever edits the toolkit meanwhile does no harm
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cache" / "covage-model"


@pytest.fixture
def base(tmp_path: Path) -> str:
    return shutil.copytree(PACKS[0], tmp_path / "base").name


def kept(home: Path) -> list[Path]:
    return sorted(home.iterdir()) if home.is_dir() else []


def spelled(loaded: packs.Loaded) -> str:
    """The whole pack as text, positions and findings included."""
    return json.dumps(encoding.encoded((loaded.pack, loaded.findings)))


def judge(name: str) -> Judge:
    return open_to_judge([name]).judge


def sheets(found: Judge) -> dict[str, object]:
    return {one.variant: found.sheet(one.variant) for one in found.prepared.alternatives} | {
        "": found.prepared.account()
    }


# --- what was kept comes back


@pytest.mark.parametrize("name", PACKS)
def test_the_second_load_says_what_the_first_did(home: Path, name: str) -> None:
    first = packs.load([name])
    files = kept(home)
    second = packs.load([name])
    assert first.spaces
    assert not second.spaces  # it came from the cache
    assert second.pack == first.pack
    assert second.findings == first.findings
    assert spelled(second) == spelled(first)
    assert files == kept(home) != []


@pytest.mark.parametrize("name", PACKS)
def test_a_judge_that_was_remembered_has_the_same_sheets(name: str) -> None:
    first = judge(name)
    second = judge(name)
    assert type(second.prepared) is not type(first.prepared)
    assert sheets(second) == sheets(first)
    assert encoding.encoded(list(sheets(second).values())) == encoding.encoded(list(sheets(first).values()))
    assert second.prepared.name == first.prepared.name
    assert second.prepared.record == first.prepared.record
    assert second.pack == first.pack


def test_a_command_prints_the_same_the_second_time(base: str) -> None:
    document = Path(base, "documents", "order.json").read_text(encoding="utf-8").replace('"P1"', '"X1"')
    Path("order.json").write_text(document, encoding="utf-8")
    said = set()
    for argv in (["validate", "order.json"], ["validate", "order.json"]):
        out = io.StringIO()
        assert main([*argv, "--pack", base, "--format", "json"], out, out) == 1
        said.add(out.getvalue())
    assert len(said) == 1


@pytest.mark.parametrize("more", [[], ["--format", "json"], ["--jobs", "1", "--quiet"]])
def test_judging_again_reads_only_what_judging_needs(
    monkeypatch: pytest.MonkeyPatch, base: str, more: list[str]
) -> None:
    order = Path(base, "documents", "order.json")
    assert main(["validate", str(order), "--pack", base], io.StringIO(), io.StringIO()) == 0
    asked: list[str] = []
    monkeypatch.setattr(cache, "read_pack", asked.append)
    cache._decoded.clear()
    assert main(["validate", str(order), "--pack", base, *more], io.StringIO(), io.StringIO()) == 0
    assert asked == []  # the complete pack takes three times as long to read as the rest of the command


def test_it_is_never_pickled(home: Path, base: str) -> None:
    packs.load([base])
    for path in kept(home):
        _, *lines = path.read_text(encoding="utf-8").split("\n")
        assert all(json.loads(line) for line in lines)
        assert path.suffix == ".json"


def test_nobody_else_may_look_into_the_folder(home: Path, base: str) -> None:
    packs.load([base])
    assert home.stat().st_mode & 0o077 == 0


# --- what is damaged is forgotten


def _cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def _cut_at_a_line(content: bytes) -> bytes:
    return content[: content.rindex(b"\n")]


def _changed(content: bytes) -> bytes:
    place = content.index(b"[", 2 * len(content) // 3)
    return content[:place] + b"{" + content[place + 1 :]


def _of_another_kind(_: bytes) -> bytes:
    return b'{"pack": 1}'


def _binary(_: bytes) -> bytes:
    return bytes(range(256))


def _deep(_: bytes) -> bytes:
    return b"[" * 100_000


def _nothing(_: bytes) -> bytes:
    return b""


@pytest.mark.parametrize("damage", [_cut, _cut_at_a_line, _changed, _of_another_kind, _binary, _deep, _nothing])
def test_a_damaged_file_is_as_good_as_none(home: Path, base: str, damage: Callable[[bytes], bytes]) -> None:
    first, sheet = packs.load([base]), sheets(judge(base))
    for path in kept(home):
        path.write_bytes(damage(path.read_bytes()))
    assert sheets(judge(base)) == sheet
    for path in kept(home):
        path.write_bytes(damage(path.read_bytes()))
    again = packs.load([base])
    assert again.spaces  # compiled anew
    assert spelled(again) == spelled(first)
    assert not packs.load([base]).spaces  # and remembered again


def test_a_file_of_another_pack_is_not_taken_for_this_one(home: Path, base: str) -> None:
    packs.load([base])
    mine = kept(home)
    packs.load([PACKS[1]])
    others = [path for path in kept(home) if path not in mine]
    for path in mine:
        other = next(one for one in others if one.suffixes[-2:] == path.suffixes[-2:])
        shutil.copy(other, path)
    assert judge(base).prepared.name == "parcels"
    assert judge(base).pack.name == "parcels"


@pytest.mark.parametrize(
    "value", [[], [0], ["t"], ["d", [1], []], [999, 1], {"a": 1}, "x", None, 1, [[0]], ["t", ["t"], ["t"]]]
)
def test_data_that_are_no_pack_are_forgotten(home: Path, base: str, value: Any) -> None:
    packs.load([base])
    for path in kept(home):
        content = json.dumps(value).encode()
        path.write_bytes(cache._digest(path.stem, content) + b"\n" + content)
    loaded = packs.load([base])
    assert loaded.pack is not None
    assert loaded.pack.name == "parcels"
    assert judge(base).prepared.name == "parcels"


# --- where it cannot be written


def test_a_folder_that_cannot_be_made_is_no_problem(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    Path("file").write_text("x")
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path("file").resolve()))
    assert spelled(packs.load([base])) == spelled(packs.load([base]))
    assert sheets(judge(base)) == sheets(judge(base))


def test_a_folder_that_may_not_be_written_is_no_problem(home: Path, base: str) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    home.mkdir(parents=True)
    home.chmod(0o500)
    assert packs.load([base]).spaces
    assert packs.load([base]).spaces
    home.chmod(0o700)


def test_a_folder_in_the_place_of_a_file_is_no_problem(home: Path, base: str) -> None:
    packs.load([base])
    for path in kept(home):
        path.unlink()
        path.mkdir()
    assert packs.load([base]).spaces
    assert judge(base).prepared.name == "parcels"


def test_a_leftover_temporary_file_does_no_harm(home: Path, base: str) -> None:
    packs.load([base])
    for path in kept(home):
        path.rename(f"{path}.{os.getpid()}")
    assert packs.load([base]).spaces
    assert not packs.load([base]).spaces


def test_nothing_is_left_where_the_disk_is_full(monkeypatch: pytest.MonkeyPatch, home: Path, base: str) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert packs.load([base]).spaces
    assert kept(home) == []


# --- whom it trusts


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777, 0o1777])
def test_a_folder_that_others_may_write_is_not_trusted(home: Path, base: str, mode: int) -> None:
    packs.load([base])
    files = kept(home)
    home.chmod(mode)
    assert packs.load([base]).spaces
    assert type(judge(base).prepared) is not cache.CachedPack
    for path in files:
        path.unlink()
    assert packs.load([base]).spaces
    assert kept(home) == []  # nor is anything written there
    home.chmod(0o700)
    assert packs.load([base]).spaces
    assert not packs.load([base]).spaces


@pytest.mark.parametrize("mode", [0o660, 0o602, 0o666])
def test_a_file_that_others_may_write_is_not_trusted(home: Path, base: str, mode: int) -> None:
    packs.load([base])
    for path in kept(home):
        path.chmod(mode)
    assert type(judge(base).prepared) is not cache.CachedPack
    for path in kept(home):
        path.chmod(mode)
    assert packs.load([base]).spaces
    assert not packs.load([base]).spaces  # it was replaced by one of ours


@pytest.mark.parametrize("whose", ["folder", "file"])
def test_what_others_own_is_not_trusted(monkeypatch: pytest.MonkeyPatch, home: Path, base: str, whose: str) -> None:
    packs.load([base])
    system = "stat" if whose == "folder" else "fstat"
    real = getattr(os, system)

    def of_another(where: Any, **given: Any) -> os.stat_result:
        status = real(where, **given)
        others = isinstance(where, int) or str(where) == str(home)
        return os.stat_result([*status[:4], status.st_uid + 1, *status[5:]]) if others else status  # type: ignore[no-any-return]  # stat is

    monkeypatch.setattr(cache.os, system, of_another)
    assert packs.load([base]).spaces
    assert type(judge(base).prepared) is not cache.CachedPack


def test_whatever_the_umask_nobody_else_may_write_what_is_cached(home: Path, base: str) -> None:
    before = os.umask(0)
    try:
        packs.load([base])
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in kept(home)} == {0o600}
    assert not packs.load([base]).spaces


# --- where it lies


@pytest.mark.parametrize("relative", ["cache", "./cache", "", "~/cache"])
def test_a_relative_cache_home_is_ignored(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, base: str, relative: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", relative)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    packs.load([base])
    assert len(kept(tmp_path / "home" / ".cache" / "covage-model")) == 2
    assert sorted(os.listdir(tmp_path)) == ["base", "home"]


def test_without_any_home_nothing_is_cached(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, base: str) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert packs.load([base]).spaces
    assert packs.load([base]).spaces
    assert os.listdir(tmp_path) == ["base"]


def test_a_pack_that_left_the_cache_meanwhile_is_compiled_again(home: Path, base: str) -> None:
    whole = packs.load([base]).pack
    cached = judge(base)
    for path in kept(home):
        path.unlink()
    assert cached.pack == whole


# --- what changed is seen


def _append(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n# more\n", encoding="utf-8")


def _same_size(path: Path) -> None:
    status = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("minimum: 1,", "minimum: 2,"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size


def _renamed(path: Path) -> None:
    path.rename(path.with_name("renamed.yaml"))


def _added(path: Path) -> None:
    path.with_name("added.yaml").write_text("types: {added: string}\n", encoding="utf-8")


@pytest.mark.parametrize("change", [_append, _same_size, _renamed, _added])
def test_a_changed_pack_is_compiled_anew(base: str, change: Callable[[Path], None]) -> None:
    first = packs.load([base])
    change(Path(base, "types.yaml"))
    second = packs.load([base])
    assert second.spaces
    assert not packs.load([base]).spaces
    assert change is _append or spelled(second) != spelled(first)


def test_a_pack_that_broke_is_not_remembered_as_sound(home: Path, base: str) -> None:
    packs.load([base])
    files = kept(home)
    path = Path(base, "types.yaml")
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace("type: street", "type: streat"), encoding="utf-8")
    assert packs.load([base]).broken
    assert packs.load([base]).broken
    assert kept(home) == files
    path.write_text(sound, encoding="utf-8")
    assert not packs.load([base]).spaces


def test_packs_over_each_other_are_remembered_apart(base: str) -> None:
    overlay = str(HERE / "golden" / "ok" / "overlay")
    alone, both = packs.load([base]), packs.load([base, overlay])
    assert both.spaces
    assert spelled(alone) != spelled(both)
    assert spelled(packs.load([base, overlay])) == spelled(both)
    assert spelled(packs.load([base])) == spelled(alone)


def test_check_asks_no_cache(home: Path, base: str) -> None:
    out = io.StringIO()
    assert main(["check", base], out, out) == 0
    assert "configurations" in out.getvalue()
    assert kept(home) == []


def _same_size_and_date(path: Path) -> None:
    status = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("LIMIT = 1", "LIMIT = 2"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _a_file_more(path: Path) -> None:
    path.with_name("new.py").write_text("", encoding="utf-8")


def _a_file_less(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("change", [_append, _same_size_and_date, _a_file_more, _a_file_less])
def test_other_code_of_the_same_version_reads_none_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, base: str, change: Callable[[Path], None]
) -> None:
    room = tmp_path / "site-packages" / "covage_model" / "api"
    room.mkdir(parents=True)
    (room / "cache.py").write_text("LIMIT = 1\n", encoding="utf-8")
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cache, "__file__", str(room / "cache.py"))
    assert packs.load([base]).spaces
    assert not packs.load([base]).spaces
    change(room / "cache.py")
    assert packs.load([base]).spaces
    assert not packs.load([base]).spaces


def test_code_that_was_only_run_is_the_same_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    room = tmp_path / "covage_model" / "api"
    (room / "__pycache__").mkdir(parents=True)
    (room / "cache.py").write_text("", encoding="utf-8")
    (room / ".#cache.py").symlink_to("nobody@nowhere")  # as an editor leaves it
    monkeypatch.setattr(cache, "__file__", str(room / "cache.py"))
    before = cache.key_of([])
    (room / "__pycache__" / "cache.pyc").write_bytes(b"x")
    assert cache.key_of([]) == before


def test_code_in_an_archive_is_known_by_the_archive(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    archive = tmp_path / "covage.pyz"
    archive.write_bytes(b"1")
    monkeypatch.setattr(cache, "__file__", str(archive / "covage_model" / "api" / "cache.py"))
    before = cache.key_of([])
    archive.write_bytes(b"22")
    assert cache.key_of([]) != before


# --- several at once


def test_writers_at_the_same_time_do_each_other_no_harm(home: Path, base: str) -> None:
    script = "from covage_model.api import packs; print(packs.load(['base']).pack.name)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (out.strip(), err) == (b"parcels", b"")
    assert len(kept(home)) == 2
    assert all(path.suffix == ".json" for path in kept(home))  # no leftovers
