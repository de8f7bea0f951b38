"""YAML means what YAML 1.2 says: each text has that value or is refused at its line, with both parsers."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from covage_model.ground.files.read import read_documents


@pytest.fixture(autouse=True, params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    if name == "python":
        monkeypatch.delattr(yaml, "CSafeLoader")
    return name


ACCEPTED: list[tuple[str, list[Any]]] = [
    # signs that start a plain text
    ("[-x, --, -1]", [["-x", "--", -1]]),
    ("- -x\n- ?x\n- :x\n- -#x", [["-x", "?x", ":x", "-#x"]]),
    ("[? a]", [[{"a": None}]]),
    ("{ ? a : b, c }", [{"a": "b", "c": None}]),
    ("? a\n: b", [{"a": "b"}]),
    ("{a:1}", [{"a:1": None}]),
    ("[a :b]", [["a :b"]]),
    ("[a: b, c: d]", [[{"a": "b"}, {"c": "d"}]]),
    ('{"a":1,"b":[1,2],"c":"d"}', [{"a": 1, "b": [1, 2], "c": "d"}]),
    ('["a":b]', [[{"a": "b"}]]),
    ('{"a" :1}', [{"a": 1}]),
    ("a: http://x?y=1#z", [{"a": "http://x?y=1#z"}]),
    # comments
    ("a: b#c #d", [{"a": "b#c"}]),
    ('a: "b" #c', [{"a": "b"}]),
    ("[a, #b\n#c\n d] #e", [["a", "d"]]),
    ("a: | #b\n c\n", [{"a": "c\n"}]),
    ("a: |\n  b\n #c\n", [{"a": "b\n"}]),
    # indentation
    ("a: [\n  b\n]", [{"a": ["b"]}]),
    ("a: {\n  b: c,\n\n# d\n  e: f\n  }", [{"a": {"b": "c", "e": "f"}}]),
    ("[a,\nb\n]", [["a", "b"]]),
    ("'a\nb'", ["a b"]),
    ("a: 'b\n\n  c'", [{"a": "b\nc"}]),
    ("a:\n- 'b\n  c'", [{"a": ["b c"]}]),
    ("a: b\n - c", [{"a": "b - c"}]),
    ("a:\n  - |2\n    b", [{"a": ["b"]}]),
    ("a: >2\n   b\n  c", [{"a": " b\nc"}]),
    ("a: |1-\n x\nb: |-1\n y", [{"a": "x", "b": "y"}]),
    ("a: >\n b\n\n  c\n d\n", [{"a": "b\n\n c\nd\n"}]),
    # quotes
    (r'"\/\x41\u00e9\N\_"', ["/Aé\x85\xa0"]),
    ("'it''s'", ["it's"]),
    ('"a \\\n  b"', ["a b"]),
    # documents
    ("---a", ["---a"]),
    ("--- |\n a\n", ["a\n"]),
    ("--- # a\nb\n... # c\n", ["b"]),
    ("a\n...\nb", ["a", "b"]),
    ("%YAML 1.2 # a\n---\nb", ["b"]),
    ("...\n# a\n...\n--- b", ["b"]),
    ("a\r---\rb\r\n---\r\nc", ["a", "b", "c"]),
]
TABS: list[tuple[str, list[Any]]] = [  # what YAML 1.2 allows, and PyYAML's own parser refuses
    ("a:\tb", [{"a": "b"}]),
    ("a: b\t\t# c", [{"a": "b"}]),
    ("{\n\t\"a\": [\n\t\t1\n\t]\n}", [{"a": [1]}]),
    ("[a?b, a ?b, what?]", [["a?b", "a ?b", "what?"]]),
]  # fmt: skip
REFUSED: list[tuple[str, str]] = [
    # signs without a space
    ("[?x]", "1:2"), ("{?y: 1}", "1:2"), ("[:x]", "1:2"), ("[::x]", "1:2"), ("{a: :x}", "1:5"), ("{a: ?x}", "1:5"),
    ('{"a"::b}', "1:5"), ("{a:?b}", "1:3"), ("[-]", "1:2"), ("[-, a]", "1:2"), ("[?]", "1:2"), ("[? , a]", "1:2"),
    (": a", "1:1"), ("?", "1:1"), ("[: a]", "1:2"), ("{: a}", "1:2"), ("- ?\n", "1:3"),
    # comments without a space
    ("a: 'b'#c", "1:7"), ('a: "b"# c', "1:7"), ("[a, b]#c", "1:7"), ("[a,#b\n]", "1:4"), ("a: {b: c}#d", "1:10"),
    ("a: >#b\n c", "1:4"), ("a\n#b\nc", "3:"), ("a: b\n #c\n d", "3:"), ("--- a\n...#b\n", ""),
    # left of what it belongs to
    ("a: [\nb\n]", "2:1"), ("a: {b: c\n, d: e}", "2:1"), ("x:\n  a: [b,\n  c]", "3:3"), ("- [a,\nb]", "2:1"),
    ("a: 'b\nc'", "2:1"), ('a: "b\nc"', "2:1"), ("a:\n- 'b\nc'", "3:1"), ("a: [b\nc]", "2:1"), ("a: [\n\tb]", "2:1"),
    ("a: b\nc", "2:"), ("a: 1\n b: 2", "2:"), ("- a\n b: c", "2:"), ("- - a\n - b", "2:"), (" a: b\nc: d", "2:"),
    ("a: [\n  b\n ]\n ]", "4:"), ("x:\n  a: [\n    b\n]", "4:1"),
    # tabs
    ("a:\n\tb: c", "2:1"), ("-\t- a", "1:"), ("- \t- a", "1:"), ("a:\n\t- b", "2:1"), ("a: |\n\tb", ""), ("a: |\n \t\n b", ""),
    ("\ta: b", "1:1"), ("a: >\n \tb", ""), ('a: "b\n\tc"', "2:1"),
    # directives and markers
    ("%YAML 1.3\n--- a", "1:1"), ("%YAML 2.0\n--- a", "1:1"), ("%YAML 1.2\n%YAML 1.2\n--- a", "2:1"),
    ("%YAML 1.2 b\n--- a", "1:1"), ("%YAML 1.2#b\n--- a", "1:1"), ("%YAML 1.2\na", "1:1"), ("%YAML 1.2", "1:1"),
    ("%FOO a\n--- a", "1:1"), ("%YAM 1.2\n--- a", "1:1"), ("%TAG !a! b:\n--- a", "1:1"), ("--- a\n... b\n", "2:4"),
    ("a: b\n%YAML 1.2\n", ""), ("--- a: b", "1:"), ("--- - a", "1:"),
    # keys over several lines
    ('"a\n b": 1', "2:"), ('["a"\n :b]', "2:"), ("a\nb: c", "2:"), ("[a\n]: b", ""), ("['a\n b': c]", "2:"),
    # what follows a quote or a bracket
    ("'a'b", "1:"), ("- 'a' 'b'", "1:"), ("['a'b]", "1:"), ('["a""b"]', "1:"), ("[[a]b]", "1:"), ("a: [b][c]", "1:"),
    ("x: {y: z}in: v", "1:"), ("- {y: z}- i", "1:"), ("a: 'b': c", "1:"), ("[a]]", "1:"), ('{a: "b"c}', "1:"),
    # more or fewer commas
    ("[a,,b]", "1:"), ("[,a]", "1:"), ("{,}", "1:"), ("[a, ,]", "1:"), ("{a: b\nc: d}", ""), ("[a, b", ""),
    # escapes and characters
    (r'"\q"', "1:"), (r'"\xg0"', "1:"), (r'"\'"', "1:"), ('"\\', "1:"), ("a: b\u2028c", "1:5"), ("a\x85b: c", "1:2"),
    ("a: 1\n\ufeff--- b", "2:1"), ("a: \x07", "1:4"), ("a: \u2029", "1:4"),
    # block texts
    ("a: |0\n b", "1:"), ("a: |10\n b", "1:"), ("a: |b\n c", "1:"), ("a: |\n   \n b", ""), ("a: >\n\n   \n b", ""),
    ("a: |1+2\n b", "1:"),
    # what has no place in an order
    ("a: &b c", "1:4"), ("a: *b", "1:4"), ("a: !b c", "1:4"), ("!!str a", "1:1"), ("<<: {a: b}", "1:1"), ("! a", "1:1"),
    ("a: &b\n  c: d", "1:4"), ("&a b: *a", "1:1"), ("a: &b &c d", "1:"), ("&a *b", "1:"), ("[a]: b", "1:1"), ("{a: b}: c", "1:1"),
    # what cannot start a plain text
    ("- @a", "1:3"), ("- `a", "1:3"), ("- %a", "1:3"), ("- ]", "1:3"), ("- ,a", "1:3"), ("a: b: c", "1:"), ("a: - b", "1:"),
]  # fmt: skip


def read(text: str) -> tuple[list[Any], list[str]]:
    documents, findings = read_documents(text.encode(), "a.yaml")
    places = [f"{finding.location.line}:{finding.location.column}" for finding in findings]
    assert all(finding.code in {"CM001", "CM005"} for finding in findings)
    return [document.data for document in documents], places


@pytest.mark.parametrize(("text", "expected"), ACCEPTED)
def test_a_value_is_that_of_yaml_1_2(text: str, expected: list[Any]) -> None:
    assert read(text) == (expected, [])


@pytest.mark.parametrize(("text", "expected"), TABS)
def test_a_value_that_one_parser_alone_reads(text: str, expected: list[Any], parser: str) -> None:
    data, findings = read(text)
    assert (data, bool(findings)) == ((expected, False) if parser == "libyaml" else ([], True))


@pytest.mark.parametrize(("text", "place"), REFUSED)
def test_what_yaml_1_2_reads_otherwise_is_refused(text: str, place: str) -> None:
    data, places = read(text)
    if text == "--- a\n...#b\n":
        assert data == ["a ...#b"]  # no marker: the text goes on
    else:
        assert data == []
        assert len(places) == 1
        line, _, _ = place.partition(":")  # the parsers differ about columns
        assert not line or places[0].startswith(f"{line}:")


def test_a_layout_finding_says_what_to_do() -> None:
    for text, hint in [
        ("[?x]", "put the text in quotes"),
        ("[-]", 'quote it: "-"'),
        ("a: 'b'#c", "put a space before the comment, or quote the text"),
        ("a: [\nb]", "indent the line with more spaces"),
        ("a: [\n\tb]", "indent with spaces, not with tabs"),
        ("--- a\n... b", "move it to the next line"),
    ]:
        (finding,) = read_documents(text.encode(), "a.yaml")[1]
        if finding.arguments["detail"] != "found character '\\t' that cannot start any token":
            assert finding.hint == hint
