"""Readers: every value with its place, nothing altered, and no input that they do not survive."""

from __future__ import annotations

import codecs
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from effort import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from covage_model.ground import pointer
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import json_reader, json_syntax, place, scalars
from covage_model.ground.files.document import Document
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.node import Node, plain
from covage_model.ground.files.read import read_documents, read_spec
from covage_model.ground.files.text import Text

FEW = settings(max_examples=examples(40), deadline=None)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(["0", "a/b", "~", "é𝄞", '"{'])
DECIMALS = st.integers(-(10**9), 10**9).map(lambda number: number / 8).filter(lambda number: "e" not in repr(number))


def values(scalar: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        scalar, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
    )


SIMPLE = st.none() | st.booleans() | st.integers() | NAMES
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
JSON = values(SIMPLE | st.floats(allow_nan=False, allow_infinity=False))


def walk(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    yield at, value
    if isinstance(value, dict):
        for name, item in value.items():
            yield from walk(item, at + pointer.join([name]))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from walk(item, f"{at}/{index}")


def offset(text: str, at: Location) -> int:
    """A second way from line and column back to the text."""
    return sum(len(line) for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)[: at.line - 1]) + at.column - 1


def codes(findings: tuple[Diagnostic, ...]) -> list[str]:
    return [
        f"{one.code} {one.form} {one.location.line}:{one.location.column} {one.location.pointer}" for one in findings
    ]


def one(content: str | bytes, file: str = "a.json", **options: Any) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    (document,), findings = read_documents(raw, file, **options)
    assert findings == ()
    return document


def found(content: str | bytes, file: str, **limits: int) -> list[str]:
    raw = content.encode() if isinstance(content, str) else content
    return codes(read_documents(raw, file, limits=Limits(**limits))[1])


def spec(content: str, **limits: int) -> tuple[Any, list[str]]:
    node, findings = read_spec(content.encode(), "a.yaml", limits=Limits(**limits))
    return node and plain(node), codes(findings)


@pytest.fixture(params=["libyaml", "python"])
def _each_yaml(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader")


# --- places


@FEW
@given(value=JSON, indent=st.sampled_from([None, 0, 1, "\t"]), end=ENDS, ascii_only=st.booleans(), spaced=st.booleans())
def test_the_json_text_at_each_place_is_the_value(
    *, value: Any, indent: Any, end: str, ascii_only: bool, spaced: bool
) -> None:
    separators = (" ,", " : ") if spaced else (",", ":")
    text = json.dumps(value, indent=indent, separators=separators, ensure_ascii=ascii_only).replace("\n", end)
    document = one(codecs.BOM_UTF8 + f"{end}{text} ".encode())
    assert repr(document.data) == repr(value)
    assert repr(place.bare(json_reader.places(Text("", document.text), 0))) == repr(value)
    for at, item in walk(value):
        assert document.at(at).pointer == document.key_at(at).pointer == at
        start = offset(document.text, document.at(at))
        assert repr(json.JSONDecoder().raw_decode(document.text, start)[0]) == repr(item)
        start = offset(document.text, document.key_at(at))
        held_by_mapping = at and isinstance(dict(walk(value))[pointer.parent(at)], dict)
        named = pointer.split(at)[-1] if held_by_mapping else item
        assert repr(json.JSONDecoder().raw_decode(document.text, start)[0]) == repr(named)


class Quoting(yaml.SafeDumper):
    """Texts in double quotes, all else plain."""


Quoting.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


@FEW
@given(value=values(SIMPLE | DECIMALS), flow=st.booleans(), wide=st.booleans(), end=ENDS)
def test_the_yaml_text_at_each_place_is_the_value(*, value: Any, flow: bool, wide: bool, end: str) -> None:
    text = yaml.dump(
        value, Dumper=Quoting, default_flow_style=flow, allow_unicode=wide, line_break=end, sort_keys=False
    )
    document = one(f"# é𝄞{end}---{end}{text}", "a.yaml")
    node, findings = read_spec(document.text.encode(), "a.yaml")
    assert not findings
    assert node
    assert repr(document.data) == repr(plain(node)) == repr(value)
    nodes = dict(walk_nodes(node))
    assert list(nodes) == [at for at, _ in walk(value)]
    for at, item in walk(value):
        assert (nodes[at].location, nodes[at].at) == (document.at(at), document.key_at(at))
        rest = document.text[offset(document.text, document.at(at)) :]
        if not isinstance(item, (dict, list)):
            assert first_scalar(rest) == item if isinstance(item, str) else rest.startswith(json.dumps(item))
        if nodes[at].key:
            assert first_scalar(document.text[offset(document.text, nodes[at].at) :]) == pointer.split(at)[-1]


def walk_nodes(node: Node) -> Iterator[tuple[str, Node]]:
    yield node.location.pointer, node
    if isinstance(node.value, (dict, list)):
        for item in node.value.values() if isinstance(node.value, dict) else node.value:
            yield from walk_nodes(item)


def first_scalar(text: str) -> Any:
    return next(event.value for event in yaml.parse(text) if isinstance(event, yaml.ScalarEvent))


def test_what_is_missing_is_where_it_would_be() -> None:
    document = one('{"a":\n [1, {"b": 2}]}')
    for missing in ("/a/1/c/d", "/a/1/b/0"):
        assert document.at(missing) == Location("a.json", 2, 6 if missing.endswith("d") else 12, missing)
    for missing in ("/a/2", "/a/01", "/a/-", "/a/²", "/a/" + "9" * 5000):
        assert document.key_at(missing) == Location("a.json", 2, 2, missing)


def test_lines_are_those_of_an_editor() -> None:
    document = one('["\u2028",\r\n 1,\r 2,\n\n 3]')
    assert [document.line(number) for number in range(8)] == ["", '["\u2028",', " 1,", " 2,", "", " 3]", "", ""]
    assert [document.at(f"/{index}").line for index in range(4)] == [1, 2, 3, 5]


def test_a_document_needs_no_reader() -> None:
    assert Document("x", [1], "\n[1]", "json", 1).at("/0") == Location("x", 2, 2, "/0")


# --- the scalar rule


EXACT = [
    ("", None),
    ("null", None),
    ("true", True),
    ("false", False),
    ("0", 0),
    ("-7", -7),
    ("1.5", 1.5),
    ("1e+16", 1e16),
]
EXACT += [("12345678901234567890123", 12345678901234567890123), ("1e-05", 1e-05), ("-0.0", -0.0)]
TEXTS = ["Lille", "a-b", "v1.2", "1.2.3", "08:30", "nan", "inf", "Infinity", "1,5", "0x", "0o", "0o8", "+a", "2024-1-1"]
TEXTS += ["12h30", "+33-6", "_1", "null1", "10.0.0.1", "."]
AMBIGUOUS = {
    "a number": "01000 +33612345678 0612345678 12345e67 1.10 12:30 1:30:15.5 1_000 0x1F 0o17 0b11 .inf -.INF .nan "
    "1. .5 -0 1e3 1E+3 08105 1e400 123456789012345678901.0 1__0. +.5 0_7",
    "a boolean": "on On OFF no N y Yes True FALSE",
    "null": "~ Null NULL",
    "a date": "2024-01-01 2024-02-30 2024-1-1T1:02:03.5+01:00",
    "a merge key": "<<",
    "a default value": "=",
}


@pytest.mark.parametrize(("text", "value"), EXACT)
def test_what_is_written_as_we_would_is_a_value(text: str, value: Any) -> None:
    for read in (one(f"a: {text}", "a.yaml").data, spec(f"a: {text}")[0]):
        assert repr(read) == repr({"a": value})


@pytest.mark.parametrize("text", TEXTS)
def test_what_nobody_reads_otherwise_is_a_text(text: str) -> None:
    assert spec(f"{text}x: {text}") == ({f"{text}x": text}, [])


@pytest.mark.parametrize(
    ("reading", "text"), [(why, text) for why, texts in AMBIGUOUS.items() for text in texts.split()]
)
def test_an_ambiguous_scalar_is_refused_in_a_spec_and_a_text_elsewhere(reading: str, text: str) -> None:
    node, (finding,) = read_spec(f"- {text}".encode(), "a.yaml")
    assert node
    assert plain(node) == [text]
    assert codes((finding,)) == ["CM004 scalar 1:3 /0"]
    assert finding.arguments == {"text": text, "reading": reading}
    value = {"y": "true", "t": "true", "n": "false", "f": "false", "~": "null"}.get(text[:1].lower())
    value = {"on": "true", "off": "false", "null": "null"}.get(text.lower(), value)
    assert finding.hint == (f'write {value}, or the text in quotes: "{text}"' if value else f'quote it: "{text}"')
    assert one(f"- {text}", "a.yml").data == [text]
    assert spec(f"- \"{text}\"\n- '{text}'\n- |-\n  {text}\n") == ([text] * 3, [])


@pytest.mark.parametrize("key", ["on", "01000", "1", "true", "null", "~", "2024-01-01", "1.5"])
def test_keys_are_texts(key: str) -> None:
    assert one(f"{key}: 1", "a.yaml").data == {key: 1}
    assert spec(f"{key}: 1") == ({key: 1}, [f"CM004 key 1:1 {pointer.join([key])}"])
    assert spec(f'"{key}": 1') == ({key: 1}, [])


CORE = re.compile(  # the table of https://yaml.org/spec/1.2.2/#1032-tag-resolution
    r"null|Null|NULL|~||true|True|TRUE|false|False|FALSE|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN"
)


def read_by_others(text: str) -> bool:
    """Whether PyYAML (1.1, which forgets `y` and `n`) or the core schema (1.2) reads something else than a text."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers
    old = any(regex.match(text) for _, regex in resolvers.get(text[:1], []) + resolvers.get(None, []))
    return old or bool(CORE.fullmatch(text)) or text in {"y", "Y", "n", "N"}


@settings(max_examples=examples(200), deadline=None)
@given(
    st.text("0123456789+-._:eExobfin~TZ ", max_size=9) | st.sampled_from(["yes", "YES", "Off", "nul", ".Inf", "-.nan"])
)
@example("0_9")
@example("1:3.")
@example("-.0_")
@example("-.05")
@example(".0_1e+5")
def test_the_scalar_rule_agrees_with_others(text: str) -> None:
    value = scalars.value(text)
    if isinstance(value, str):
        assert value == text
        assert (scalars.reading(text) is not None) == read_by_others(text)
    else:
        assert read_by_others(text)
        assert text == ("" if text == "" else json.dumps(value))


@pytest.mark.usefixtures("_each_yaml")
def test_tags_anchors_aliases_merges_and_complex_keys_are_refused() -> None:
    text = "a: &x !!str b\nc: *x\n<<: {d: 1}\n? [e, {f: 01}]\n: g\n*x : h\ni: !j {}\n'<<': 1\n"
    expected = ["anchor 1:4 /a", "tag 1:4 /a", "alias 2:4 /c", "merge 3:1 ", "key 4:3 ", "alias 6:1 ", "tag 7:4 /i"]
    data, findings = spec(text)
    assert data == {"a": "b", "c": None, "i": {}, "<<": 1}
    assert findings == [*(f"CM005 {one}" for one in expected[:5]), "CM004 scalar 4:11 "] + [
        f"CM005 {one}" for one in expected[5:]
    ]
    documents, others = read_documents(text.encode(), "a.yaml")
    assert (documents, codes(others)) == ((), ["CM005 tag 1:4 /a"])  # an order is unreadable in one sentence
    assert spec("a: !!int 1") == ({"a": "1"}, ["CM005 tag 1:4 /a"])
    assert found("%TAG ! tag:x,2000:\n--- !a b", "a.yaml") == ["CM005 directive 1:1 "]


# --- keys written twice


@pytest.mark.usefixtures("_each_yaml")
@pytest.mark.parametrize("file", ["a.json", "a.yaml"])
def test_a_key_written_twice_names_both_places_and_keeps_the_first_value(file: str) -> None:
    text = '{"a": 1,\n "b": [{"c": 2, "c": {"d": 3, "d": 4}}],\n "a": 5, "a": 6}'
    (document,), findings = read_documents(text.encode(), file)
    assert document.data == {"a": 1, "b": [{"c": 2}]}
    assert codes(findings) == [f"CM002 key {at}" for at in ("2:17 /b/0/c", "2:31 /b/0/c/d", "3:2 /a", "3:10 /a")]
    firsts = [(one.arguments["key"], one.arguments["first_line"], one.arguments["first_column"]) for one in findings]
    assert firsts == [("c", 2, 9), ("d", 2, 23), ("a", 1, 2), ("a", 1, 2)]
    assert document.at("/b/0/c") == Location(file, 2, 14, "/b/0/c")
    assert document.at("/b/0/c/d").column == 14
    assert spec(text) == (document.data, codes(findings))


# --- what is not JSON, YAML or text


SYNTAX = [
    ("[1,\n\n]", "1:3", "a comma before the closing ']'", "remove the comma"),
    ('{"a":1,}', "1:7", "a comma before the closing '}'", "remove the comma"),
    (
        '{"a":1 "b"}',
        "1:8",
        "expected ',' or a closing bracket, found '\"'",
        "put a ',' between two values, or close the bracket",
    ),
    ("{'a':1}", "1:2", 'expected a key in double quotes, found "\'"', "text is written in double quotes"),
    ('{"a"\r1}', "2:1", "expected ':', found '1'", "put a ':' between the key and its value"),
    ('{"a":', "1:6", "expected a value, found the end", "close every bracket: the text is cut"),
    ("[tru]", "1:2", "expected a value, found 't'", "write a text in double quotes, a number, true, false or null"),
    ("[1] //", "1:5", "expected the end, found '/'", "JSON has no comments"),
    ('["a', "1:2", "this text has no closing quote", "close it with a double quote"),
    ('["\\x"]', "1:3", "JSON has no such escape", "a backslash is written \\\\ in JSON"),
    ("[0612345678]", "1:2", "a number that starts with 0", "put it in double quotes if it is text"),
    ("[+33612345678]", "1:2", "expected a value, found '+'", "text is written in double quotes"),
]


@pytest.mark.parametrize(("text", "at", "detail", "hint"), SYNTAX)
def test_broken_json_says_where_and_what(text: str, at: str, detail: str, hint: str) -> None:
    documents, (finding,) = read_documents(text.encode(), "a.json")
    assert not documents
    assert codes((finding,)) == [f"CM001 json {at} "]
    assert (finding.arguments, finding.hint) == ({"detail": detail}, hint)


def test_an_unknown_complaint_of_the_library_is_still_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_syntax, "_EXPECTED", {})
    assert read_documents(b"[1 2]", "a.json")[1][0].arguments == {"detail": "expected something else, found '2'"}


BROKEN_YAML = [
    ("a:\n\tb: 1", "2:1 /a", "indent with spaces, not with tabs"),
    ("a: b: c", "1:5 ", "put the text in quotes if it holds ': '"),
    ("a: @x", "1:4 /a", "put the text in quotes"),
    ("a: [1,\n  2", "2:4 /a/2", "put a ',' between two items, and close every bracket"),
    ("a: 1\n b: 2\n", "2:3 ", "put the text in quotes if it holds ': '"),
    ("%YAML 3.0\n---\na", "1:1 ", 'write "%YAML 1.2", or remove the line'),
]


@pytest.mark.usefixtures("_each_yaml")
@pytest.mark.parametrize(("text", "at", "hint"), BROKEN_YAML)
def test_broken_yaml_says_where(text: str, at: str, hint: str | None) -> None:
    node, (finding,) = read_spec(text.encode(), "a.yaml")
    assert not node
    assert (codes((finding,)), finding.hint) == ([f"CM001 yaml {at}"], hint)


def test_broken_yaml_names_the_line_that_began_it() -> None:
    (finding,) = read_spec(b"a: [1,\n  2", "a.yaml")[1]
    expected = "did not find expected ',' or ']', while parsing a flow sequence that starts on line 1"
    assert finding.arguments == {"detail": expected}
    (finding,) = read_spec(b"a: @", "a.yaml")[1]
    assert finding.arguments == {"detail": "found character that cannot start any token"}


ENCODINGS = [
    ("é: 1".encode("latin-1"), "CM001 encoding 1:1 "),
    ('["é",\r\n"é\udce9"]'.encode("utf-8", "surrogateescape"), "CM001 encoding 2:3 "),
    (b'["\xed\xa0\x80"]', "CM001 encoding 1:3 "),
    ("[1]".encode("utf-16"), "CM001 unicode 1:1 "),
    (codecs.BOM_UTF32_BE + b"\0\0\0[", "CM001 unicode 1:1 "),
    ("[1]".encode("utf-16-le"), "CM001 unicode 1:1 "),
    ("[1]".encode("utf-16-be"), "CM001 unicode 1:1 "),
    ("[1]".encode("utf-32-le"), "CM001 unicode 1:1 "),
    ("[1]".encode("utf-32-be"), "CM001 unicode 1:1 "),
    ("é: 1".encode("utf-16-le"), "CM001 encoding 1:1 "),
    (b"\x89PNG\r\n\x1a\n\0\0", "CM001 kind 0:0 "),
    (b'["\x07"]', "CM001 character 1:3 "),
    (b"\0", "CM001 character 1:1 "),
    (b"", "CM001 empty 0:0 "),
    (codecs.BOM_UTF8 + b" \r\n\t\n", "CM001 empty 0:0 "),
]


@pytest.mark.parametrize("file", ["a.json", "a.yaml", "a.ndjson"])
@pytest.mark.parametrize(("content", "expected"), ENCODINGS)
def test_what_is_not_text_says_where(content: bytes, expected: str, file: str) -> None:
    if content.strip(codecs.BOM_UTF8 + b" \r\n\t") == b"" and file == "a.yaml":
        content = b"# nothing\n---\n"
    if file == "a.ndjson":
        assert expected in found(content, file)
    else:
        assert found(content, file) == [expected]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff", "\uffff"])
def test_yaml_refuses_what_it_would_alter(character: str) -> None:
    (finding,) = read_spec(f"a:\n  é {character}".encode(), "a.yaml")[1]
    assert codes((finding,)) == ["CM001 character 2:5 "]
    assert finding.arguments == {"character": f"U+{ord(character):04X}"}
    assert finding.hint == (
        f'write it in double quotes, as "\\u{ord(character):04X}"' if ord(character) else "save the file as UTF-8"
    )
    assert one(f'a: "\\u{ord(character):04X}"', "a.yaml").data == {"a": character}


@pytest.mark.usefixtures("_each_yaml")
def test_numbers_and_texts_that_json_cannot_carry_are_refused() -> None:
    text = '[NaN, -Infinity, 1E400, -1e999, "\\uD83D", {"\\udc00": "\\ud83d\\ude00"}, "\\\\ud800"]'
    documents, findings = read_documents(text.encode(), "a.json")
    assert not documents
    forms = ["CM006 nan", "CM006 nan", "CM006 range", "CM006 range", "CM007 surrogate", "CM007 surrogate"]
    places = ["1:2 /0", "1:7 /1", "1:18 /2", "1:25 /3", "1:33 /4", "1:44 /5/\\udc00"]
    assert codes(findings) == [f"{form} {at}" for form, at in zip(forms, places, strict=True)]
    assert [one.arguments["text"] for one in findings] == ["NaN", "-Infinity", "1E400", "-1e999", "\\ud83d", "\\udc00"]
    assert one('["\\ud83d\\ude00 \\\\ud800"]').data == ["😀 \\ud800"]
    assert found('["\\uD83D"]', "a.json") == ["CM007 surrogate 1:2 /0"]
    assert spec('a: "\\uD83D"')[1][0].startswith("CM007 surrogate 1:")
    assert spec('a: "\\uZZZZ"')[1][0].startswith("CM001 yaml 1:")
    assert spec("%YAML 1." + "1" * 5000 + "\n---\na")[1][0].startswith("CM001 yaml 1:")
    assert spec('a: "\\UFFFFFFFF"')[1][0].split()[0] in {"CM001", "CM007"}
    assert one("[1e999, NaN]", "a.yaml").data == ["1e999", "NaN"]


# --- formats


def test_the_format_is_asked_named_or_seen() -> None:
    for file in ("a.json", "a.JSON", "a", "-", "a.txt"):
        assert one("\n [1]", file).format == "json"
    for file in ("a.yaml", "a.yml", "a.YAML"):
        assert one("[1]", file).format == "yaml"
    assert one("a: 1", "a").format == "yaml"
    assert one("[1]", "a.json", format="yaml").format == "yaml"
    assert [one("[1]", file).format for file in ("a.jsonl", "a.ndjson")] == ["ndjson"] * 2
    with pytest.raises(ValueError, match="xml"):
        read_documents(b"", "a.json", format="xml")


@pytest.mark.usefixtures("_each_yaml")
def test_a_yaml_file_may_hold_several_documents_and_a_spec_one() -> None:
    text = "# first\na: 1\n---\n---\nb: &x 2\n---\nc: 3\nd: 4\n...\n---\n# none\n"
    documents, findings = read_documents(text.encode(), "a.yaml")
    assert [(one.data, one.first_line, one.format) for one in documents] == [
        ({"a": 1}, 1, "yaml"),
        ({"c": 3, "d": 4}, 6, "yaml"),
    ]
    assert documents[1].at("/d") == Location("a.yaml", 8, 4, "/d")
    assert codes(findings) == ["CM005 anchor 5:4 /b"]
    assert spec(text) == ({"a": 1}, ["CM001 several 4:1 "])
    assert spec("%YAML 1.1\n---\na: 1\n---\n") == ({"a": 1}, [])
    documents, findings = read_documents(b"a: 1\n---\nb: [", "a.yaml")
    assert (len(documents), len(findings)) == (1, 1)


def test_ndjson_goes_on_after_a_broken_line() -> None:
    lines = [
        b'\xef\xbb\xbf{"a": 1}',
        b"",
        b'{"a":',
        b'{"\xc3\xa9\xff": 1}',
        b" \t",
        b'["\xc3\xa9", 2, "\xef\xbf\xbd"]',
        b"\xc2\xa0",
    ]
    lines += [b"[" * 70, b'{"a": 1, "a": 2}', b"[NaN]", b'"' + b"x" * 2**20 + b'"', b'{"last": [true]}']
    content = b"".join(line + end for line, end in zip(lines, [b"\n", b"\r\n", b"\r", b"\n"] * 3, strict=True))
    documents, findings = read_documents(content, "a.ndjson")
    data = [(1, {"a": 1}), (6, ["é", 2, "\ufffd"]), (9, {"a": 1}), (12, {"last": [True]})]
    assert [(one.first_line, one.data) for one in documents] == data
    assert codes(findings) == [
        "CM001 json 3:6 ", "CM001 encoding 4:4 ", "CM001 json 7:1 ", "CM003 depth 8:65 ", "CM002 key 9:10 /a",
        "CM006 nan 10:2 /0", "CM003 line 11:1 ",
    ]  # fmt: skip
    assert documents[1].at("/1") == Location("a.ndjson", 6, 7, "/1")
    assert documents[3].key_at("/last/0").line == 12
    assert documents[1].line(6) == '["é", 2, "\ufffd"]'
    assert documents[3].line(6) == ""  # each keeps its own line alone


# --- limits


LIMITS = [
    ({"depth": 2}, "[[1], {}]", "[[1], {\"a\": []}]", "depth 1:13", "/1/a"),
    ({"bytes": 5}, "[123]", "[1234]", "bytes 0:0", ""),
    ({"nodes": 4}, "[1, [], {}]", "[1, [], {}, 2]", "nodes 1:1", "/3"),
    ({"scalar": 3}, '["abc", {"abc": 1}]', '["abc", {"abcd": 1}]', "scalar 1:10", "/1"),
    ({"scalar": 3}, '["abc"]', '["abcd"]', "scalar 1:2", "/0"),
    ({"digits": 3}, "[-123, 1.25]", "[-123, 1234]", "digits 1:8", "/1"),
    ({"digits": 3}, "[1.25]", "[1.625]", "digits 1:2", "/0"),
    ({"paths": 31}, '{"abc": [1, 2]}', '{"abc": [1, 2, 3]}', "paths 1:16", "/abc/2"),
]  # fmt: skip


@pytest.mark.usefixtures("_each_yaml")
@pytest.mark.parametrize(("limits", "good", "bad", "finding", "at"), LIMITS)
def test_one_more_than_a_limit_is_refused(limits: dict[str, int], good: str, bad: str, finding: str, at: str) -> None:
    for file in ("a.json", "a.yaml"):
        assert found(good, file, **limits) == []
        (reported,) = found(bad, file, **limits)
        assert reported.startswith(f"CM003 {finding}")
        assert reported.endswith(f" {at}") or file == "a.json"  # where too deep or many, the pointer is not computed
    assert spec(bad, **limits)[0] is None


def test_limits_hold_for_each_document_and_not_for_the_file() -> None:
    assert found("a: 1\n---\nb: 2\n---\nc: {d: 4, e: 5}", "a.yaml", nodes=2) == ["CM003 nodes 5:8 /c/d"]
    assert found('a: 1\na: 2\n---\nb: 1\nb: 2\nb: 3\nb: 4\n', "a.yaml", findings=1) == [
        "CM002 key 2:1 /a", "CM002 key 5:1 /b", "CM003 findings 6:1 /b",
    ]  # fmt: skip
    small = "a: 1\n---\n" * 9
    assert found(small, "a.yaml", bytes=30) == []
    assert found(f"{small}b: {'x' * 30}\n---\nc: 1\n", "a.yaml", bytes=30) == ["CM003 document 18:1 "]
    assert found('{"a":1,"a":1,"a":1}', "a.json", findings=1) == ["CM002 key 1:8 /a", "CM003 findings 1:14 /a"]
    with pytest.raises(ValueError, match="at most 256"):
        Limits(depth=257)


def test_a_number_longer_than_the_interpreter_reads_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "get_int_max_str_digits", lambda: 640)
    for file in ("a.json", "a.yaml"):
        assert found("[" + "1" * 5000 + "]", file, digits=9999) == ["CM003 digits 1:2 /0"]
    monkeypatch.setattr(sys, "get_int_max_str_digits", lambda: 0)  # it reads any
    assert spec("a: 123", digits=3) == ({"a": 123}, [])


def test_too_many_values_are_refused_before_the_decoder_makes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(json_syntax, "finding")
    assert found('["[,{", [ ], 1]', "a.json", nodes=3) == ["CM003 nodes 1:12 "]
    assert found("[[[1]]]", "a.json", depth=2) == ["CM003 depth 1:3 "]


TIGHT = st.builds(
    Limits,
    depth=st.integers(0, 4),
    nodes=st.integers(1, 9),
    scalar=st.integers(0, 6),
    digits=st.integers(1, 6),
    paths=st.integers(0, 60),
)


@settings(max_examples=examples(60), deadline=None)
@given(JSON, TIGHT | st.just(Limits()), st.data())
def test_both_passes_over_json_agree(value: Any, limits: Limits, data: st.DataObject) -> None:
    text = Text("a.json", json.dumps(value, ensure_ascii=False))
    if data.draw(st.booleans()):
        cut = data.draw(st.integers(0, len(text.content)))
        text = Text("a.json", text.content[:cut] + data.draw(st.sampled_from(["", "[", "]", '"', ",", "1e999", "NaN"])))
    read = json_reader.read(text, 0, len(text.content), limits=limits)
    assert repr(read) == repr(json_reader.careful(text, 0, len(text.content), limits=limits))
    if not read[1]:
        assert repr(read[0]) == repr(json.loads(text.content))


# --- hostile


N = 100_000
HOSTILE = [
    ("[" * N, "depth"), ('{"a":' * N, "depth"), ("- " * N, "depth"), ("{a: " * N, "depth"), ("[ " * N, "depth"),
    ("[,[" * N, ""),
    ("? " * N, "key"), ("[{" * N, "depth"), (": " * N, ""), ("]" * N, ""), ('"' + '\\"' * N, ""), ('\\"' * N, ""),
    ("'" * N, ""), ("*a " * N, "alias"), ("&a " * N, "anchor"), ("!a " * N, "tag"), ("%YAML 1.1\n" * 9999, "yaml"),
    ("%TAG !a! b\n" * 9999, "directive"), ("#" * N, ""), ("\n" * N, ""), ("\r" * N, ""), ("\t" * N, ""),
    ("[" + "1" * N + "]", "digits"),
    ("[1." + "1" * N + "]", ""), ("a: 1" + ":12" * N + "x", ""), ("[" + "[]," * 20_000 + "[]]", ""), ("a" * N * 11, ""),
    ('{"' + "k" * N + '":[' + "1," * 5000 + "1]}", ""), ("{" + '"a":1,' * 20_000 + '"a":1}', "findings"),
    ("a: &a [x,x]\n" + "".join(f"{i}: &b{i} [*a,*a,*a,*a]\n" for i in range(9)), "alias"),
    ("- !!python/object:os.system x", "tag"),
]  # fmt: skip


@pytest.mark.parametrize("file", ["a.json", "a.yaml", "a.ndjson"])
@pytest.mark.parametrize(("text", "form"), HOSTILE, ids=[text[:9] for text, _ in HOSTILE])
def test_hostile_files_are_refused_quickly(text: str, form: str, file: str) -> None:
    start = time.process_time()  # a busy machine is no failure
    findings = found(text, file)
    read_spec(text.encode(), file)
    assert time.process_time() - start < 10  # seconds; each takes less than one
    if form and file == "a.yaml" and not text.startswith('{"a"'):
        assert ("CM005" if form == "alias" else form) in " ".join(findings)


def test_pointers_longer_than_memory_are_never_made() -> None:
    text = '{"' + "k" * 10_000 + '":[' + "1," * N + "1]}"
    last = (2**28 - 10_001) // 10_009
    assert found(text, "a.json") == [f"CM003 paths 1:{10_006 + 2 * last} /" + "k" * 10_000 + f"/{last}"]


@settings(max_examples=examples(60), deadline=None)
@given(
    st.binary(max_size=40) | st.text("{}[]:,-?&*!|>'\"%@#\\ \n\r\tab01~<é\ud7ff\ufeff", max_size=40).map(str.encode),
    st.sampled_from(["json", "yaml", "ndjson"]),
)
@example(b'"\\U7fffffff"', "yaml")
def test_no_file_is_a_crash(content: bytes, kind: str) -> None:
    documents, findings = read_documents(content, "a", format=kind)
    node, others = read_spec(content, "a")
    assert documents or findings
    assert node or others
    for document in documents:
        for at, _ in walk(document.data):
            assert document.at(at).line >= document.first_line
    for finding in (*findings, *others):
        finding.sort_key()
        str(finding).encode()
        line = Text("", content.decode(errors="replace").removeprefix("\ufeff")).line(finding.location.line)
        assert 0 <= finding.location.column <= len(line) + 1


def test_valid_json_costs_no_yaml_and_no_places() -> None:
    script = "import sys; from covage_model.ground.files import read; assert read.read_documents(b'[1]', 'a.json')[0]; "
    script += "sys.exit('yaml' in sys.modules)"
    here = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", script], check=True, env=here)
    text = Text("a", "[1]")
    json_reader.read(text, 0, 3, limits=Limits())
    assert text._starts == []
