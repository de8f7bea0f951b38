"""`validate --quarantine`: the user's bytes, apart in what has no error and what has one."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from covage_model.api import orders, parts, quarantine
from covage_model.cli.main import main
from covage_model.ground.files import writer

HERE = Path(__file__).resolve().parents[1]
BASE = ("--pack", str(HERE / "golden" / "base"))
GOOD = {"kind": "parcel", "tariff": "P1", "speed": "economy", "address": {"street": "Rue Haute"}, "weight": 2}
GOODS = [json.dumps(GOOD), json.dumps({**GOOD, "tariff": "P1"}, separators=(",", ":")), json.dumps(GOOD, indent=2)]
BAD = [json.dumps({**GOOD, "kind": "letter"}), json.dumps({**GOOD, "colour": "é\u2028"}, ensure_ascii=False), "7"]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def call(*argv: str, stdin: bytes = b"", pack: tuple[str, ...] = BASE) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    code = main(["validate", *pack, *argv], out, err, io.BytesIO(stdin))
    return code, out.getvalue(), err.getvalue()


def apart(*argv: str, stdin: bytes = b"", pack: tuple[str, ...] = BASE, into: str = "q") -> dict[str, bytes]:
    """The files that were written, by name, less the findings."""
    _, _, err = call(*argv, "--quarantine", into, stdin=stdin, pack=pack)
    assert err == ""
    home = Path(into)
    files = {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in home.rglob("*") if path.is_file())
    findings = [json.loads(line) for line in files.pop("findings.ndjson").splitlines()]
    assert all({"code", "message", "location"} <= finding.keys() for finding in findings)
    return files


def write(name: str, content: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return name


# --- lines


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_lines_are_kept_as_they_are(few: int, ending: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "FEW", few)
    good = [line.encode() for line in GOODS[:2]] * 3
    bad = [*(line.encode() for line in BAD), b"{broken", b"\xff\xfe{}", GOODS[2].encode().replace(b"\n", ending)]
    mixed = [
        good[0],
        bad[0],
        good[1],
        b"",
        bad[1],
        bad[2],
        good[2],
        bad[3],
        good[3],
        bad[4],
        bad[5],
        b" ",
        good[4],
        good[5],
    ]
    found = apart(write("a.ndjson", ending.join(mixed)))
    assert found["good/a.ndjson"] == ending.join([*good[:2], b"", *good[2:]])
    assert found["bad/a.ndjson"] == ending.join([*bad, b" ", b""])
    assert sum(map(len, found.values())) == Path("a.ndjson").stat().st_size


def test_any_number_of_jobs_writes_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [(BAD if number % 7 == 3 else GOODS[:2])[number % 2].encode() + b"\n" for number in range(400)]
    lines[200] = b"{broken\n"
    write("a.ndjson", b"".join(lines))
    monkeypatch.setattr(parts, "PART", 2048)
    monkeypatch.setattr(parts.ndjson_blocks._Blocks, "_read", _small_blocks(parts.ndjson_blocks._Blocks._read))
    one, three = (apart("a.ndjson", "--jobs", jobs, into=f"q{jobs}") for jobs in ("1", "3"))
    assert one == three
    assert one["bad/a.ndjson"] == b"".join(line for n, line in enumerate(lines) if n % 7 == 3 or n == 200)
    assert one["good/a.ndjson"] == b"".join(line for n, line in enumerate(lines) if not (n % 7 == 3 or n == 200))
    assert Path("q1/findings.ndjson").read_bytes() == Path("q3/findings.ndjson").read_bytes()


def _small_blocks(read: Any) -> Any:
    """Blocks of a few lines, so that a small file has many parts."""

    def some(self: Any) -> Any:
        lines = (read(self) or b"").splitlines(keepends=True)
        self._ahead.extend(lines[at : at + 10] for at in range(10, len(lines), 10))
        return b"".join(lines[:10]) or None

    return some


@pytest.mark.parametrize("few", [0, 1000])
def test_an_order_that_repeats_a_unique_value_is_bad(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "FEW", few)
    write("p/pack.yaml", "pack: p\nformat: 1\nactors: {me: Me}\n")
    write(
        "p/a.yaml", "order: a\nfollows: life\nmatch: {kind: a}\nfields: {kind: string, size: number}\nunique: [size]\n"
    )
    write(
        "p/life.yaml",
        "lifecycle: life\nstates: {draft: {initial: true}, done: {final: success}}\n"
        "transitions: {finish: {by: me, from: draft, to: done}}\n",
    )
    texts = [json.dumps({"kind": "a", "size": number}) for number in (*range(50), 40, 50, 2)]
    good, bad = [*texts[:50], texts[51]], [texts[50], texts[52]]
    found = apart(write("a.ndjson", "\n".join([*texts, ""])), pack=("--pack", "p"))
    assert found["good/a.ndjson"].decode() == "\n".join([*good, ""])
    assert found["bad/a.ndjson"].decode() == "\n".join([*bad, ""])
    found = apart(write("a.json", f"[{','.join(texts)}]"), pack=("--pack", "p"), into="q2")
    assert found["good/a.json"].decode() == "[\n" + ",\n".join(good) + "\n]\n"
    assert found["bad/a.json"].decode() == "[\n" + ",\n".join(bad) + "\n]\n"
    names = [write("one.json", texts[0]), write("two.yaml", "\n---\n".join(texts[1:3])), write("three.json", texts[1])]
    assert sorted(apart(*names, pack=("--pack", "p"), into="q3")) == [
        "bad/three.json",
        "good/one.json",
        "good/two.yaml",
    ]


def test_strict_also_keeps_out_what_warns_or_is_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "FEW", 0)
    lines = [json.dumps(one) for one in (GOOD, {**GOOD, "sent_on": "2024-02-30"}, {**GOOD, "depot": "north"})]
    write("a.ndjson", "\n".join(lines))
    assert list(apart("a.ndjson")) == ["good/a.ndjson"]
    assert apart("a.ndjson", "--strict", into="s")["good/a.ndjson"].decode() == lines[0] + "\n"


# --- other formats


@pytest.mark.parametrize("at", ["", "/data"])
def test_items_of_a_list_are_kept_as_they_are_in_a_list(at: str) -> None:
    items = [GOODS[0], BAD[0], GOODS[2], BAD[1], GOODS[1]]
    content = "[" + " ,\n ".join(items) + "]"
    found = apart(write("a.json", f'{{"é": 1, "data": {content}}}' if at else content), *(("--at", at) if at else ()))
    assert found["good/a.json"].decode() == "[\n" + ",\n".join(items[::2]) + "\n]\n"
    assert found["bad/a.json"].decode() == "[\n" + ",\n".join(items[1::2]) + "\n]\n"


def test_where_a_list_is_broken_the_rest_of_the_file_is_bad() -> None:
    content = f"[{GOODS[0]}, {GOODS[0]} oops {GOODS[0]}]"
    found = apart(write("a.json", content))
    assert found["good/a.json"].decode() == f"[\n{GOODS[0]},\n{GOODS[0]}\n]\n"
    assert found["bad/a.json"].decode() == f"[\n oops {GOODS[0]}]\n]\n"


def test_a_long_list_is_read_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [(BAD if number % 9 == 4 else GOODS)[number % 2] for number in range(300)]
    from covage_model.ground.files import cutting

    monkeypatch.setattr(cutting, "CHUNK", 1000)
    found = apart("-", stdin=("[" + ",\n".join(items) + "]").encode())
    bad = [item for number, item in enumerate(items) if number % 9 == 4]
    assert found["bad/stdin.json"].decode() == "[\n" + ",\n".join(bad) + "\n]\n"


def test_rows_are_kept_below_their_header() -> None:
    head, good, bad = (
        "type;service_ref;operator_info.contact_uuid;comment",
        "terminate;S300601_00013;c0ntact1;",
        "x;1;2;",
    )
    two = 'terminate;S300601_00014;c0ntact1;"é\r\n;"'
    rows = [good, bad, two, "", "terminate;1", good.replace("13", "15"), 'a"b;"c"d;;', bad]
    found = apart(write("a.csv", "\r\n".join([head, *rows])), pack=())
    assert found["good/a.csv"].decode() == "\r\n".join([head, good, two, "", rows[5], ""])
    assert found["bad/a.csv"].decode() == "\r\n".join([head, bad, rows[4], rows[6], bad])


def test_what_cannot_be_read_of_a_table_is_bad() -> None:
    head, row = b"type,service_ref,operator_info.contact_uuid\n", b"terminate,S300601_00013,c0ntact1\n"
    found = apart(write("a.csv", head + row + b"terminate,\xff\n" + row), pack=())
    assert found == {"good/a.csv": head + row, "bad/a.csv": head + b"terminate,\xff\n" + row}
    found = apart(write("a.csv", b"nothing at all"), pack=(), into="q2")
    assert found == {"bad/a.csv": b"nothing at all"}


def test_other_files_go_as_a_whole() -> None:
    files = {
        "in/good.json": GOODS[2].encode(),
        "in/deep/bad.json": BAD[0].encode(),
        "in/two.yaml": (GOODS[0] + "\n---\n" + BAD[0] + "\n").encode(),
        "in/fine.yaml": (GOODS[0] + "\n---\n" + GOODS[1] + "\n").encode(),
        "in/picture.json": b"\x89PNG\r\n\x1a\n",
    }
    for name, content in files.items():
        write(name, content)
    good = ("in/good.json", "in/fine.yaml")
    expected = {("good" if name in good else "bad") + name.removeprefix("in"): files[name] for name in files}
    assert apart("in", "missing.json") == expected


def test_compressed_lines_are_unpacked_and_a_damaged_archive_loses_nothing_of_them() -> None:
    content = "".join(f"{line}\n" for line in [GOODS[0], BAD[0], GOODS[1]]).encode()
    found = apart(write("a.ndjson.gz", gzip.compress(content)))
    assert found == {
        "good/a.ndjson": (GOODS[0] + "\n" + GOODS[1] + "\n").encode(),
        "bad/a.ndjson": (BAD[0] + "\n").encode(),
    }
    noise = os.urandom(3000).hex()
    packed = gzip.compress(content + noise.encode())
    found = apart(write("b.ndjson.gz", packed[: len(packed) // 2]), into="q2")
    assert found["good/b.ndjson"] == (GOODS[0] + "\n" + GOODS[1] + "\n").encode()
    assert found["bad/b.ndjson"].startswith((BAD[0] + "\n" + noise[:100]).encode())


# --- whole or not at all


def test_a_folder_with_something_in_it_is_refused() -> None:
    write("q/old", "old")
    code, out, err = call(write("a.json", GOODS[0]), "--quarantine", "q")
    assert (code, out) == (2, "")
    assert err == "Error: q is not an empty folder: --quarantine takes a new or an empty one\n"
    assert os.listdir("q") == ["old"]


def test_ctrl_c_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    real = quarantine.Quarantine._marked

    def stopped(self: Any, *given: Any) -> Any:
        for number, one in enumerate(real(self, *given)):
            if number == 2:
                os.kill(os.getpid(), signal.SIGINT)
            yield one

    monkeypatch.setattr(quarantine.Quarantine, "_marked", stopped)
    with pytest.raises(KeyboardInterrupt):
        call(write("a.ndjson", "\n".join([GOODS[0]] * 9)), "--quarantine", "q")
    assert not os.path.exists("q")


def test_a_full_disk_leaves_nothing_and_says_how_far_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    name = write("a.ndjson", "\n".join([GOODS[0], BAD[0]]))
    with monkeypatch.context() as patched:
        patched.setattr(quarantine.Quarantine, "add_finding", lambda *_: quarantine._write(full, b""))
        code, _, err = call(name, "--quarantine", "q")
    assert (code, err) == (2, "Error: cannot write q: No space left on device; 2 orders were judged, up to a.ndjson:2, and none after it; nothing is kept apart\n")  # fmt: skip
    assert not os.path.exists("q")
    moved: list[str] = []

    def fails_late(finished: str, target: str) -> None:
        if moved:
            full()
        moved.append(target)
        os.replace(finished, target)

    monkeypatch.setattr(writer, "_move", fails_late)
    code, _, err = call(name, "--quarantine", "q")
    assert code == 2
    assert err.startswith("Error: cannot write q/")
    assert len(moved) == 1


def test_a_coverage_record_can_be_made_at_the_same_time() -> None:
    name = write("a.ndjson", "\n".join([*GOODS[:2], *BAD] * 20) + "\n")
    kept = apart(name)
    assert apart(name, "--save-coverage", "both.json", into="q2") == kept
    assert call(name, "--save-coverage", "alone.json")[0] == 1
    assert Path("both.json").read_bytes() == Path("alone.json").read_bytes()
