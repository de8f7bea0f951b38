"""Documents read one after the other: each has its own findings, limits and lines, and work grows with the input."""

from __future__ import annotations

import gzip
import json
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from effort import share

from covage_model.ground.files import compressed, cutting, json_scan, read
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.read import Reading, read_documents, readings

ORDER = {"a": 1, "b": [{"c": "é"}]}


def shown(content: bytes, file: str, **options: Any) -> list[tuple[Any, list[str]]]:
    return [
        (
            reading.document.data if reading.document else None,
            [f"{one.code} {one.form} {one.location.line}:{one.location.column}" for one in reading.findings],
        )
        for reading in readings(content, file, **options)
    ]


# --- who owns a finding


def test_a_finding_belongs_to_the_record_it_is_about() -> None:
    content = b'{"a": 1}\n{"a": 1, "a": 2}\n[NaN]\n{"a": 3}\n'
    assert shown(content, "a.ndjson") == [
        ({"a": 1}, []),
        ({"a": 1}, ["CM002 key 2:10"]),
        (None, ["CM006 nan 3:2"]),
        ({"a": 3}, []),
    ]
    stream = b"a: 1\n---\na: 1\na: 2\n---\nb: &x 1\n---\na: 3\n"
    assert shown(stream, "a.yaml") == [
        ({"a": 1}, []),
        ({"a": 1}, ["CM002 key 4:1"]),
        (None, ["CM005 anchor 6:4"]),
        ({"a": 3}, []),
    ]


def test_the_document_after_a_broken_one_is_read() -> None:
    content = b'a: 1\n---\na: [\n---\n"b\n---\nc: 3\n...\n\n--- d\n'
    found = shown(content, "a.yaml")
    assert [data for data, _ in found] == [{"a": 1}, None, None, {"c": 3}, "d"]
    assert [findings[0][:11] for _, findings in found if findings] == ["CM001 yaml "] * 2
    last = list(readings(content, "a.yaml"))[3].document
    assert last
    assert (last.first_line, last.at("/c").line, last.line(7), last.line(1)) == (6, 7, "c: 3", "")


@pytest.mark.parametrize("file", ["a.json", "a.yaml", "-"])
def test_a_list_at_the_top_is_so_many_documents(file: str) -> None:
    content = b'[\n {"a": 1},\n {"a": 1, "a": 2},\n\n {"a": [3]}]\n'
    found = list(readings(content, file, lists=True))
    assert [one.document and one.document.data for one in found] == [{"a": 1}, {"a": 1}, {"a": [3]}]
    assert [[one.location for one in each.findings] for each in found][1][0].line == 3
    assert [len(each.findings) for each in found] == [0, 1, 0]
    document = found[2].document
    assert document
    assert (document.first_line, document.at("/a/0").line, document.at("/a/0").column) == (5, 5, 9)
    assert found[1].findings[0].location.pointer == "/a"
    assert len(list(readings(content, file))) == 1


def test_a_list_is_read_up_to_what_is_broken() -> None:
    assert shown(b'[{"a": 1}, {"a": ]', "a.json", lists=True) == [({"a": 1}, []), (None, ["CM001 json 1:18"])]
    assert shown(b'[{"a": 1}, {"a": }, {"a": 3}]', "a.json", lists=True) == [
        ({"a": 1}, []),
        (None, ["CM001 json 1:18"]),
        ({"a": 3}, []),
    ]
    assert shown(b"[1, 2] 3", "a.json", lists=True) == [(1, []), (2, []), (None, ["CM001 json 1:8"])]
    assert shown(b"[1, 2,]", "a.json", lists=True) == [(1, []), (2, []), (None, ["CM001 json 1:6"])]
    assert shown(b"[1 2]", "a.json", lists=True) == [(1, []), (None, ["CM001 json 1:4"])]
    assert shown(b"[1,\n", "a.json", lists=True) == [(1, []), (None, ["CM001 json 2:1"])]
    assert shown(b" [ ] ", "a.json", lists=True) == [(None, ["CM001 empty 0:0"])]
    assert shown(b"[]", "a.yaml", lists=True) == [(None, ["CM001 empty 0:0"])]
    assert shown(b"[1, [NaN], 2]", "a.json", lists=True) == [(1, []), (None, ["CM006 nan 1:6"]), (2, [])]
    assert shown(b"[" * 999, "a.json", lists=True)[0][1][0].startswith("CM003 depth")
    deep = b'{"a":' * 65 + b"1" + b"}" * 65
    assert [told[0][:11] for _, told in shown(b"[%s]" % deep, "a.json", lists=True)] == ["CM003 depth"]
    assert [told for _, told in shown(b"[%s]" % deep[5:-1], "a.json", lists=True)] == [[]]


# --- indented JSON under the name of NDJSON

PRETTY = json.dumps(ORDER, indent=2).encode()


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_indented_documents_are_one_finding_and_the_lines_that_are_whole_are_read(end: bytes) -> None:
    content = b"\n".join([b'{"x": 1}', PRETTY, b"", PRETTY, b'{"y": 2}', PRETTY]).replace(b"\n", end)
    assert shown(content, "a.ndjson") == [({"x": 1}, []), (None, ["CM001 indented 2:1"]), ({"y": 2}, [])]
    (finding,) = shown(PRETTY, "a.ndjson")[0][1]
    assert finding == "CM001 indented 1:1"


@pytest.mark.parametrize(
    "broken", [b'{"a":', b'{"a": [', b'{"a": {"b": 1}', b"[", b"{", b'{"a": "x', b'[1,\n{"b": 1}\n{"c": 1}']
)
def test_a_line_that_was_cut_spoils_no_other(broken: bytes) -> None:
    found = shown(b'{"x": 1}\n' + broken + b'\n{"y": 2}\n{"z": 3}', "a.ndjson")
    data = [data for data, _ in found if data]
    assert data[0] == {"x": 1}
    assert data[-2:] == [{"y": 2}, {"z": 3}]
    assert all(" json " in finding for _, findings in found for finding in findings)


# --- limits


def test_limits_hold_for_each_record_whatever_the_file() -> None:
    many = b'{"a": [1, 2, 3]}\n' * 50
    assert {tuple(findings) for _, findings in shown(many, "a.ndjson", limits=Limits(nodes=5, bytes=99))} == {()}
    listed = b"[" + b'{"a": [1, 2, 3]},' * 50 + b"1]"
    assert {tuple(findings) for _, findings in shown(listed, "a.json", limits=Limits(nodes=5), lists=True)} == {()}


def test_a_record_without_end_ends_the_reading() -> None:
    limits = Limits(line=10, bytes=3 * cutting.CHUNK)

    def zeros(chunks: int) -> Iterator[bytes]:
        for _ in range(chunks):
            yield b"0" * cutting.CHUNK
        raise AssertionError("it is read on and on")

    for file, form in [("a.ndjson", "endless"), ("a.yaml", "bytes"), ("a.json", "bytes")]:
        (reading,) = readings(zeros(9), file, limits=limits)
        assert [(one.code, one.form) for one in reading.findings] == [("CM003", form)]


# --- numbers


@pytest.mark.parametrize("text", ["1e-400", "-1E-999", "0.0000001e-999999999999999999999", "3e-324", "1.23456e-320"])
def test_a_number_that_would_become_0_or_lose_digits_is_refused(text: str) -> None:
    for content, at in [(f"[{text}]", "1:2"), (f'[{{"a":\n {text}, "a": 1}}]', "2:2")]:
        assert shown(content.encode(), "a.json")[0][1][0] == f"CM006 underflow {at}"
    assert shown(f"[{text}]".encode(), "a.yaml") == [([text], [])]


@pytest.mark.parametrize("text", ["0e-999", "0.000", "-0.0", "5e-324", "2.2250738585072014e-308", "1e-300", "1e308"])
def test_a_small_number_that_a_double_holds_is_read(text: str) -> None:
    assert shown(f"[{text}]".encode(), "a.json") == [([float(text)], [])]


# --- bytes come in any pieces


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_a_file_reads_the_same_in_chunks_of_any_size(size: int) -> None:
    contents = {
        "a.ndjson": b'\xef\xbb\xbf{"a": 1}\r\n\r{"a":\r\n[\n 1\n]\n{"b": "\xc3\xa9"}',
        "a.yaml": b'\xef\xbb\xbf# c\r\n%YAML 1.2\r\n---\r\na: 1\r---\n"b\n...\nc: \xc3\xa9\n---',
        "a": b'\n\n [{"a": 1}, 2]',
        "b": b"\xff\xfea\0",
    }
    for file, content in contents.items():
        pieces = (content[start : start + size] for start in range(0, len(content), size))
        assert _plain(readings(pieces, file)) == _plain(readings(content, file))


def _plain(found: Iterator[Reading]) -> list[Any]:
    return [(one.document and (one.document.data, one.document.first_line), one.findings) for one in found]


# --- work and memory

GROWING: dict[str, Callable[[int], tuple[bytes, str]]] = {
    "keys twice": lambda n: (b'{"a": 1, "a": 2}\n' * n, "a.ndjson"),
    "broken lines": lambda n: (b'{"a":\n{"a": 1}\n' * n, "a.ndjson"),
    "lines that open": lambda n: (b"[\n" * n, "a.ndjson"),
    "lines that open and close": lambda n: (b"[\n" + b"[\n],\n" * n, "a.ndjson"),
    "bad bytes": lambda n: (b'{"\xff": 1}\n{"a": 1}\n' * n, "a.ndjson"),
    "tiny documents": lambda n: (b"--- a\n" * n, "a.yaml"),
    "broken documents": lambda n: (b"--- a\n--- [\n" * n, "a.yaml"),
    "ends of documents": lambda n: (b"...\n" * n, "a.yaml"),
    "directives": lambda n: (b"%YAML 1.2\n" * n, "a.yaml"),
    "a list": lambda n: (b"[" + b'{"a": 1, "a": 2},\n' * n + b"1]", "a.json"),
    "a list in YAML": lambda n: (b"- {a: 1, a: 2}\n" * n, "a.yaml"),
    "brackets": lambda n: (b"a: [\n" + b" b,\n" * n + b" c]\n", "a.yaml"),
    "quoted lines": lambda n: (b"a: '" + b"\n b" * n + b"'\n", "a.yaml"),
    "comments": lambda n: (b"[" + b" #\n" * n + b"]", "a.yaml"),
}


@pytest.mark.hard
def test_a_long_value_in_small_chunks_is_looked_at_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    end = json_scan.JsonScan._end

    def counted(scan: json_scan.JsonScan, **options: bool) -> int:
        nonlocal looks
        looks += 1
        return end(scan, **options)

    monkeypatch.setattr(json_scan.JsonScan, "_end", counted)
    content = b'[{"a": [' + b'"xxxxxxxx",' * 100_000 + b'"x"]}, {"b": "' + b"y" * 300_000 + b'"}]'
    chunks = (content[start : start + 1000] for start in range(0, len(content), 1000))
    assert sum(one.document is not None for one in readings(chunks, "a.json", lists=True)) == 2
    assert looks < 200


@pytest.mark.hard
@pytest.mark.parametrize("kind", share(GROWING))
def test_twice_as_much_takes_twice_as_long(kind: str) -> None:
    def seconds(n: int) -> float:
        content, file = GROWING[kind](n)
        start = time.process_time()
        for _ in readings(content, file, lists=True):
            pass
        return time.process_time() - start

    seconds(50)
    once = min(seconds(1_000) for _ in range(2))
    assert min(seconds(4_000) for _ in range(2)) < 4 * 3 * once + 0.05  # far below the 16 of quadratic work


@pytest.mark.hard
@pytest.mark.parametrize("kind", share(["keys twice", "broken lines", "bad bytes", "tiny documents"]))
def test_memory_does_not_grow_with_what_was_read(kind: str) -> None:
    def peak(n: int) -> int:
        content, file = GROWING[kind](1)
        tracemalloc.start()
        try:
            for _ in readings((content * 100 for _ in range(n)), file):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)
    assert peak(40) < 2 * peak(10) + 100_000


def test_a_document_is_there_before_the_next_is_read() -> None:
    def chunks() -> Iterator[bytes]:
        yield b'{"a": 1}\n{"a": 2}\n'
        raise AssertionError("it was read too early")

    found = readings(chunks(), "a.ndjson")
    assert [next(found).document is not None for _ in range(2)] == [True, True]


def test_documents_and_findings_of_a_file_are_all_there_at_once_too() -> None:
    documents, findings = read_documents(b'{"a": 1}\n{\n{"a": 1, "a": 2}', "a.ndjson")
    assert ([one.data for one in documents], len(findings)) == ([{"a": 1}, {"a": 1}], 2)


@pytest.mark.parametrize(
    ("content", "name"), [(b"--- a\n", "a.yaml"), (b'{"a": 1}\n', "a.json"), (b"[1]\n", "a.ndjson")]
)
def test_where_one_document_is_taken_nothing_is_read_after_the_second(
    content: bytes, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_so_far = 0

    def counted(*given: Any, **options: Any) -> Iterator[Reading]:
        nonlocal read_so_far
        for reading in readings(*given, **options):
            read_so_far += 1
            yield reading

    monkeypatch.setattr(read, "readings", counted)
    document, findings = read.read_document(content * 1000, name)
    assert document is None
    assert [(one.code, one.form, one.arguments) for one in findings] == [("CM506", "several", {"name": name})]
    assert read_so_far == 2
    one, nothing = read.read_document(content, name)
    assert one is not None
    assert nothing == ()
    broken, findings = read.read_document(content + b"[\n" + content, name)
    assert broken is None
    assert {finding.severity.value for finding in findings} == {"error"}


# --- hostile files


def test_what_is_no_ascii_is_named_where_something_else_is_expected() -> None:
    for found, name in (("\u2028", "U+2028"), ("\x85", "U+0085"), ("\xa0", "U+00A0"), ("é", "'é'"), ("", "the end")):
        (reading,) = readings(f"[1{found}".encode(), "a.json")
        (finding,) = reading.findings
        assert finding.arguments["detail"] == f"expected ',' or a closing bracket, found {name}"


def test_what_is_compressed_twice_says_so() -> None:
    twice = gzip.compress(gzip.compress(b"{}"))
    assert shown(twice, "a.json.gz") == [(None, ["CM001 kind 0:0"])]
    assert shown(gzip.compress(b"{}"), "a.json.gz") == [({}, [])]


def test_what_is_unpacked_comes_in_small_chunks() -> None:
    """Of blank lines, a few kilobytes become 16 megabytes: cut into lines at once, these would take forty times that."""
    packed = gzip.compress(b"\n" * 2**24)
    pieces = list(compressed.content(packed, [packed], "a.ndjson.gz"))
    assert (sum(map(len, pieces)), max(map(len, pieces))) == (2**24, cutting.CHUNK)


@pytest.mark.parametrize("name", ["a.ndjson", "a.csv", "a.yaml", "a.json"])
def test_blank_lines_are_nothing_however_many(name: str) -> None:
    assert shown(b"\n" * 5_000, name, limits=Limits(line=1_000)) == [(None, ["CM001 empty 0:0"])]


def test_names_of_columns_are_no_deeper_than_documents() -> None:
    deep, many = ".".join("a" * 300), ",".join(f"list[{number}].a" for number in range(1, 2_000))
    assert shown(f"{deep},b\n1,1\n".encode(), "a.csv")[0] == (None, ["CM011 name 1:1"])
    (reading,) = shown(f"{many},list[7]\n{'1,' * 1_999}\n".encode(), "a.csv")[:1]
    assert reading == (None, [f"CM011 twice 1:{len(many) + 2}"])
