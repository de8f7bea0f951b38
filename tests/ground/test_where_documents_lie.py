"""Documents that lie within files: in lists of any size, in envelopes, on lines of their own, in compressed files."""

from __future__ import annotations

import gzip
import json
import sys
import tracemalloc
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import zstandard

from covage_model.ground.files import plain_json
from covage_model.ground.files.read import Reading, readings

KINDS: dict[bytes, str] = {
    b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml" + b"\0" * 99 + b"xl/workbook.xml": "an Excel workbook",
    b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet",
    b"PK\x03\x04" + b"\0" * 26 + b"orders.json": "a zip archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99: "an Office file of the old kind, such as .xls",
    b"%PDF-1.7\n%\xe2\xe3": "a PDF file",
    b"\xff\xd8\xff\xe0\0\x10JFIF": "a picture (JPEG)",
    b"orders/".ljust(257, b"\0") + b"ustar\0": "a tar archive",
    b"<!DOCTYPE html><html>": "an HTML file",
}  # fmt: skip


def told(found: Iterator[Reading]) -> list[Any]:
    """The data of each document; of what was not read, the code, form and place of its first finding."""
    return [
        one.document.data
        if one.document
        else f"{one.findings[0].code} {one.findings[0].form} {one.findings[0].location.line}:{one.findings[0].location.column}"
        for one in found
    ]


# --- lists and envelopes


def random_value(random: Random, depth: int) -> Any:
    kind = random.randrange(8 if depth else 5)
    if kind < 5:
        return [random.randrange(99), True, None, 'é"}],{[' * random.randrange(3), -1.5e9][kind]
    if kind < 7:
        return {f"k{number}": random_value(random, depth - 1) for number in range(random.randrange(4))}
    return [random_value(random, depth - 1) for _ in range(random.randrange(4))]


@pytest.mark.parametrize("fast", [True, False])
def test_items_are_cut_as_json_has_them(fast: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not fast:
        monkeypatch.setitem(sys.modules, "orjson", None)
        assert plain_json.engine() is None
    random = Random(7)
    for _ in range(150):
        items = [random_value(random, random.choice((1, 3, 14))) for _ in range(random.randrange(1, 7))]
        indent, ascii_ = random.choice((None, 1, 4)), random.random() < 0.5
        separators = random.choice((None, (",", ":"))) if indent is None else None
        end = random.choice(("\n", "\r\n", "\r"))
        value = {"a": {"skipped": random_value(random, 3)}, "data": {"orders": items}, "z": [random_value(random, 2)]}
        for data, at in ((items, ""), (value, "/data/orders"), (value, "/*/orders"), (value, "/data/orders/*")):
            text = json.dumps(data, indent=indent, ensure_ascii=ascii_, separators=separators).replace("\n", end)
            content = text.encode()
            size = random.choice((1, 3, 17, 10_000))
            chunks = (content[start : start + size] for start in range(0, len(content), size))
            found = list(readings(chunks, "a.json", lists=True, at=at))
            wanted = items
            if at == "/data/orders/*":
                wanted = [each for item in items for each in (item if isinstance(item, list) else [item])]
            assert told(iter(found)) == wanted or (not wanted and "CM001" in str(told(iter(found))))
            for one in found:
                if one.document and not fast and size < 10_000:
                    first = one.document.at("")
                    assert text.splitlines(keepends=False)[first.line - 1][first.column - 1 :].lstrip("\ufeff")


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize("indent", [None, 2])
def test_each_item_stands_at_its_own_line_and_column(size: int, indent: int | None) -> None:
    orders = [{"id": number, "é": ["x" * number]} for number in range(120)]
    text = json.dumps({"n": 1, "orders": orders}, indent=indent, ensure_ascii=False)
    content = text.encode()
    chunks = (content[start : start + size] for start in range(0, len(content), size))
    lines = text.split("\n")
    count = 0
    for one in readings(chunks, "a.json", at="/orders"):
        assert one.document
        where = one.document.at("/id")
        assert lines[where.line - 1][where.column - 1 :].startswith(str(one.document.data["id"]))
        shown = one.document.line(where.line)[where.column - 1 - one.document.unknown(where.line) :]
        assert shown.startswith(str(one.document.data["id"]))
        count += 1
    assert count == 120


ENVELOPES: dict[str, tuple[bytes, str, str, list[Any]]] = {
    "one order": (b'{"order": {"a": 1}}', "a.json", "/order", [{"a": 1}]),
    "lists in lists": (b'[{"o": [1, 2]}, {"o": [3]}]', "a.json", "/*/o", [1, 2, 3]),
    "a page by number": (b'{"p": [{"o": [1]}, {"o": [2]}]}', "a.json", "/p/1/o", [2]),
    "by names": (b'{"o": {"x": {"a": 1}, "y": {"a": 2}}}', "a.json", "/o/*", [{"a": 1}, {"a": 2}]),
    "a key with a slash": (b'{"a/b": [1]}', "a.json", "/a~1b", [1]),
    "an envelope on each line": (b'{"o": {"a": 1}}\n{"o": {"a": 2}}\n{}\n', "a.ndjson", "/o", [{"a": 1}, {"a": 2}, "CM001 at 3:1"]),
    "YAML": (b"o:\n- a: 1\n- a: 2\n---\no: []\n", "a.yaml", "/o", [{"a": 1}, {"a": 2}]),
    "nothing there": (b'{"n": 1, "data": []}', "a.json", "/orders", ["CM001 at 0:0"]),
    "nothing there, YAML": (b"n: 1\n", "a.yaml", "/orders", ["CM001 at 1:1"]),
    "beyond a number": (b'{"n": 1}', "a.json", "/n/x", ["CM001 at 0:0"]),
    "an empty list": (b'{"o": []}', "a.json", "/o", ["CM001 empty 0:0"]),
    "an empty file": (b"", "a.json", "/o", ["CM001 empty 0:0"]),
    "twice": (b'{"o": [1], "o": [2]}', "a.json", "/o", [1, "CM001 json 1:12"]),
    "cut in an item": (b'{"o": [{"a": 1}, {"a": ', "a.json", "/o", [{"a": 1}, "CM001 json 1:24"]),
    "cut after an item": (b'{"o": [{"a": 1}', "a.json", "/o", [{"a": 1}, "CM001 json 1:16"]),
    "cut after the list": (b'{"o": [{"a": 1}], "n": {"a', "a.json", "/o", [{"a": 1}, "CM001 json 1:25"]),
    "more after the end": (b'{"o": [1]} {"o": [2]}', "a.json", "/o", [1, "CM001 json 1:12"]),
    "no colon": (b'{"o" [1]}', "a.json", "/o", ["CM001 json 1:6"]),
    "no quotes": (b'{o: [1]}', "a.json", "/o", ["CM001 json 1:2"]),
    "other brackets": (b'{"o": [{"a": [1}, {"a": 2}]}', "a.json", "/o", ["CM001 json 1:16"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", ENVELOPES)
def test_a_pointer_says_where_documents_lie(kind: str) -> None:
    content, file, at, wanted = ENVELOPES[kind]
    assert told(readings(content, file, lists=True, at=at)) == wanted


@pytest.mark.long
def test_a_list_of_any_size_takes_little_memory() -> None:
    def peak(n: int) -> int:
        def chunks() -> Iterator[bytes]:
            yield b'{"skipped": [' + b'{"a": "}"},' * 100 + b'1], "orders": ['
            for _ in range(n):
                yield b'{"a": 1, "b": [2]},\n' * 1000
            yield b"{}]}"

        tracemalloc.start()
        try:
            assert sum(1 for _ in readings(chunks(), "a.json", at="/orders")) == 1000 * n + 1
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)
    assert peak(12) < 1.3 * peak(4) + 100_000


def test_bytes_that_are_no_utf_8_spoil_their_item_alone() -> None:
    content = b'[{"a": 1}, {"b": "\xc3\xa9\xff"}, {"c": 3, "c": 4}]\n'
    found = list(readings(content, "a.json", lists=True))
    assert told(iter(found)) == [{"a": 1}, "CM001 encoding 1:20", {"c": 3}]
    assert [f"{one.location.line}:{one.location.column}" for one in found[2].findings] == ["1:34"]


# --- documents on lines


def test_documents_on_lines_are_recognised_by_content() -> None:
    lines = b'\n{"a": 1}\r\n\n{"a": {"b": [2]}}\n{"a":\n'
    for file in ("a.json", "-", "a"):
        assert told(readings(lines, file, lists=True)) == [{"a": 1}, {"a": {"b": [2]}}, "CM001 json 5:6"]
        assert told(readings((lines[n : n + 1] for n in range(len(lines))), file)) == told(readings(lines, file))
    for first, said in {b"[1, 2]": [1, 2], b"null": None, b'"{"': "{", b"{]}{": "CM001 json 1:2"}.items():
        lines = first + b'\n{"a": 1}\n'
        for size, file in ((1, "-"), (5, "a.json"), (99, "a.ndjson")):
            pieces = (lines[n : n + size] for n in range(0, len(lines), size))
            assert told(readings(pieces, file, lists=True)) == [said, {"a": 1}], (first, file)
    assert told(readings(b'{"a": 1}\n', "a.json")) == [{"a": 1}]
    assert told(readings(b'[1,\n{"a": 1}]\n', "-", lists=True)) == [1, {"a": 1}]
    assert told(readings(b'{"a": 1}\n}', "a.json")) == ["CM001 json 2:1"]
    assert told(readings(b'{"a":\n 1}\n{"b": 2}', "a.json")) == ["CM001 json 3:1"]


# --- compressed files

NDJSON = b"".join(b'{"a": %d, "b": "%d"}\n' % (number, hash(str(number))) for number in range(500))


def squeezed(content: bytes, how: str) -> bytes:
    return gzip.compress(content) if how == "gz" else zstandard.ZstdCompressor(write_checksum=True).compress(content)


@pytest.mark.parametrize("how", ["gz", "zst"])
@pytest.mark.parametrize(
    ("content", "file"),
    [(NDJSON, "a.ndjson"), (b'[{"a": 1}]', "a.json"), (b"a: 1\n---\na: 2", "a.yaml"), (NDJSON, "-")],
)
def test_compressed_files_hold_the_same(content: bytes, file: str, how: str) -> None:
    packed = squeezed(content, how)
    plain = told(readings(content, file, lists=True))
    for name in (f"{file}.{how}", file):
        assert told(readings(packed, name, lists=True)) == plain
    assert told(readings((packed[n : n + 1] for n in range(len(packed))), file, lists=True)) == plain
    twice = squeezed(content[:100], how) + squeezed(content[100:], how)
    assert told(readings(twice, f"{file}.{how}", lists=True)) == plain
    assert told(readings(packed + b"\0" * 50, f"{file}.{how}", lists=True)) == plain


@pytest.mark.parametrize("how", ["gz", "zst"])
def test_a_broken_archive_is_a_finding_and_what_came_before_is_read(how: str) -> None:
    packed, file = squeezed(NDJSON, how), f"a.ndjson.{how}"
    whole = told(readings(NDJSON, "a.ndjson"))
    assert told(readings(packed[:-3], file))[-1] == "CM010 cut 501:1"
    cut = told(readings(packed[: len(packed) * 2 // 3], file))
    assert cut[-1] == ("CM010 cut 0:0" if len(cut) == 1 else f"CM010 cut {len(cut)}:1")
    assert cut[:-1] == whole[: len(cut) - 1]
    assert (len(cut) > 200) == (how == "gz")  # zstd has blocks of 128 KiB
    spoilt = told(readings(packed[:-6] + b"\1\2\3\4" + packed[-2:], file))
    assert spoilt[-1] == f"CM010 damaged {len(spoilt)}:1".replace(" 1:1", " 0:0")
    assert told(readings(packed + b"{}", file)) == [*whole, "CM010 trailing 0:0"]
    assert told(readings(packed[:6], file)) == ["CM010 cut 0:0"]


@pytest.mark.parametrize("how", ["gz", "zst"])
def test_limits_hold_for_what_is_unpacked(how: str) -> None:
    bomb = squeezed(b"0" * 2**25, how)
    assert len(bomb) < 50_000
    tracemalloc.start()
    try:
        assert told(readings(bomb, f"a.json.{how}")) == ["CM003 bytes 0:0"]
        assert told(readings(bomb, f"a.ndjson.{how}")) == ["CM003 endless 1:1"]
        assert tracemalloc.get_traced_memory()[1] < 2**27
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b'{"n": [1, 2], "a/b": {"o": [{"x": 1}', "`--at /a~1b/o` reads them"),
        (b'{"o": [{"x": 1}', "`--at /o` reads them"),
        (b'{"o": [[{"x": 1}', "if orders lie within it"),
        (b'{"o": {"x": "[{:"', "if orders lie within it"),
        (b'{"o": []}}, "x"', "if orders lie within it"),
    ],
)
def test_a_document_over_the_limit_says_where_a_list_lies_in_it(head: bytes, said: str) -> None:
    (reading,) = readings((part for part in (head, b" " * 2**24, b"x")), "a.json")
    (finding,) = reading.findings
    assert (finding.code, finding.form) == ("CM003", "bytes")
    assert (finding.hint or "").startswith(said)


def test_without_the_library_one_finding_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = squeezed(NDJSON, "zst")
    monkeypatch.setitem(sys.modules, "zstandard", None)
    (reading,) = readings(packed, "a.ndjson.zst")
    assert [(one.form, one.hint) for one in reading.findings] == [
        ("library", 'pip install "covage-model[zstd]", or compress it with gzip')
    ]


# --- other kinds


@pytest.mark.parametrize("content", KINDS)
def test_what_holds_no_orders_is_one_finding_that_says_what_it_is(content: bytes) -> None:
    for packed in (content, gzip.compress(content)):
        for file in ("a.json", "a.csv", "-"):
            (reading,) = readings(packed, file)
            (finding,) = reading.findings
            assert (finding.code, finding.form, finding.arguments["kind"]) == ("CM001", "kind", KINDS[content])


def test_a_bad_checksum_is_noticed() -> None:
    packed = bytearray(gzip.compress(b'{"a": 1}\n'))
    packed[-8] ^= 1
    assert told(readings(bytes(packed), "a.ndjson")) == [{"a": 1}, "CM010 damaged 2:1"]
    assert told(readings(bytes(packed), "a.json")) == ["CM010 damaged 0:0"]


ONE_ON_A_LINE: dict[str, tuple[bytes, bytes, int]] = {  # the start of a file, a line, and the lines that hold no order
    "a.ndjson": (b"", b'{"a": %d}\n', 1),
    "b.ndjson": (b"", b'{"a": %d}\r', 1),
    "c.ndjson": (b"", b'{"a": %d}\r\n', 1),
    "a.csv": (b"a\n", b"%d\n", 2),
    "a.json": (b"[\n", b'{"a": %d},\n', 2),
    "a.yaml": (b"", b"--- {a: %d}\n", 2),  # the last document may go on
}


@pytest.mark.parametrize("file", ONE_ON_A_LINE)
def test_the_line_at_which_an_archive_breaks_is_that_of_the_first_order_that_was_not_judged(file: str) -> None:
    start, line, others = ONE_ON_A_LINE[file]
    packed = gzip.compress(start + b"".join(line % number for number in range(8_000)), 1)
    for content, form in (
        (packed[: len(packed) // 3], "cut"),
        (packed[:-20], "cut"),
        (packed[:-8] + b"12345678", "damaged"),
    ):
        pieces = (content[n : n + 1000] for n in range(0, len(content), 1000))
        *documents, broken = told(readings(pieces, file, lists=True))
        assert broken in [f"CM010 {form} {len(documents) + others + extra}:1" for extra in (0, 1)]
        assert len(documents) > 1000
