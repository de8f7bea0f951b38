"""The quick reader of YAML reads what the exact one reads, or doubts; streams are cut quickly as they are cut by line."""

from __future__ import annotations

import random
from typing import Any

import pytest
import yaml
from effort import examples

from covage_model.ground.files import cutting, plain_yaml, yaml_reader
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.place import bare
from covage_model.ground.files.text import Text

WORDS = [
    "a", "B_1", "on", "null", "true", "~", "0123", "-5", "1.5", "1.50", "12:30", "+33612345678", "9" * 30, "é à", "a: b",
    "a:b", "a #b", "a#b", "- a", "-", "---", "...", "'", "''", '"', "\\", "[]", "{}", "[a]", "{a: 1}", "&a", "*a", "!t",
    "|", ">", "%a", "@a", "`a", "?", "? a", "=", "<<", "", " ", " a", "a ", "a:", ":a", "\t", "a\tb", "a\nb", "\u2028",
    "\xa0", "\x85", "\ufeff", "\U0001f600", "1e5", "-0", "0x10", "1_000", "2024-01-01", "y", "No",
]  # fmt: skip
KEYS = ["a", "b", "c_1", "d-2", "on", "null", "true", "_", "é", "1", "a b", "k" * 120]


def value(draw: random.Random, depth: int = 3) -> Any:
    kind = draw.randrange(8 if depth else 5)
    if kind < 4:
        return draw.choice(WORDS if draw.random() < 0.1 else WORDS[:14])
    if kind == 4:
        return draw.choice([True, False, None, 0, -7, 1.5, 10**25, 1e300])
    if kind == 5:
        return [value(draw, depth - 1) for _ in range(draw.randrange(4))]
    return {key(draw): value(draw, depth - 1) for _ in range(draw.randrange(1, 4))}


def key(draw: random.Random) -> str:
    return draw.choice(KEYS if draw.random() < 0.1 else KEYS[:4])


def written(draw: random.Random) -> str:
    data = {key(draw): value(draw) for _ in range(draw.randrange(1, 5))}
    return yaml.dump(
        data,
        Dumper=draw.choice([yaml.SafeDumper, yaml.CSafeDumper]),
        default_flow_style=False,
        allow_unicode=draw.random() < 0.8,
        explicit_start=draw.random() < 0.5,
        width=draw.choice([80, 10**6]),
        indent=draw.choice([2, 2, 4]),
    )


def changed(draw: random.Random, text: str) -> str:
    """The text with a few characters or lines inserted, removed or moved."""
    for _ in range(draw.choice([0, 1, 1, 2, 3])):
        at, size = draw.randrange(len(text) + 1), draw.choice([1, 1, 2, 5])
        action = draw.randrange(5)
        if action == 0:
            text = text[:at] + text[at + size :]
        elif action == 1:
            text = text[:at] + draw.choice([" ", "  ", "\n", ":", ": ", "- ", "#", "'", '"', ",", "]"]) + text[at:]
        elif action == 2:
            text = text[:at] + draw.choice(WORDS) + text[at:]
        else:
            lines = text.splitlines(keepends=True) or [""]
            number = draw.randrange(len(lines))
            lines[number] = draw.choice(["", "  " + lines[number], lines[number][1:], lines[number] * 2, "- a\n"])
            text = "".join(lines)
    return text


def plainly(text: str) -> Any:
    """What the quick reader reads, which is what the exact one does; None where it doubts."""
    try:
        found = plain_yaml.mapping(text)
    except plain_yaml.DoubtError:
        return None
    exact = yaml_reader.root(Text("a.yaml", text), limits=Limits(), strict=False)
    assert exact is not None, text
    assert exact.place is not None, (text, exact.findings)
    assert exact.findings == (), text
    assert repr(bare(exact.place)) == repr(found), text  # also 1 is not true, and keys stay in order
    return found


def test_it_reads_what_the_exact_reader_reads_or_doubts() -> None:
    draw = random.Random(12)
    count = examples(2_400)
    read = sum(plainly(changed(draw, written(draw))) is not None for _ in range(count))
    assert read > count / 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: on\nc: 01\nd: true\ne:\nf: 'x''y'\n", {"a": 1, "b": "on", "c": "01", "d": True, "e": None, "f": "x'y"}),
        ("---\na:\n- b: 1\n  c: 2\n- d\nz: []\n", {"a": [{"b": 1, "c": 2}, "d"], "z": []}),
        ("a:\n  b:\n    c: {}\n  d: http://x:1/y\n", {"a": {"b": {"c": {}}, "d": "http://x:1/y"}}),
        ("a:\n  - b:\n      - c\n    d: e\n", {"a": [{"b": ["c"], "d": "e"}]}),
        ("a: +33612345678\nb: 12:30\nc: -5\nd: 1.50\n", {"a": "+33612345678", "b": "12:30", "c": -5, "d": "1.50"}),
    ],
)  # fmt: skip
def test_what_programs_write_is_read(text: str, expected: Any) -> None:
    assert plainly(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "\n", "a", "a: 1", "- a\n", "a: 1\na: 2\n", "a: b\n  c: d\n", "a: b\n  c\n", "a:\n  b: 1\n c: 2\n",
        "a: 1 # b\n", "# b\na: 1\n", "a: [1]\n", "a: &x 1\n", "a: *x\n", "a: !t 1\n", "a: |\n  b\n", "a: b: c\n",
        "a: b:\n", "a: 'b\n  c'\n", 'a: "\\n"\n', "a:\tb\n", "a: b \n", " a: 1\n", "a:\n- b\n c: 1\n", "? a\n",
        "'a': 1\n", "<<: 1\n", "a: 1\n...\n", "%YAML 1.2\n---\na: 1\n", "--- a: 1\n", "a: 1\n---\nb: 2\n", "a: " + "9" * 30 + "\n",
        "a: \x85b\n", "a: b\r\n", "\ufeffa: 1\n", "a: b\u2028c\n", "k" * 2000 + ": 1\n", "".join(" " * n + "a:\n" for n in range(90)),
    ],
)  # fmt: skip
def test_what_takes_a_closer_look_is_doubted(text: str) -> None:
    assert plainly(text) is None


LINES = [
    b"---\n",
    b"---\n",
    b"---\n",
    b"a: 1\n",
    b"b\n",
    b"...\n",
    b"--- c\n",
    b"---x\n",
    b"d\r\n",
    b"\n",
    b"# e\n",
    b"%f\n",
]


def test_streams_are_cut_as_if_line_by_line() -> None:
    draw, plain = random.Random(5), 0
    for _ in range(examples(3_000)):
        usual = draw.random() < 0.7
        lines = [draw.choice(LINES[:5] if usual else LINES) for _ in range(draw.randrange(9))]
        content = b"".join([b"---\n", *lines] if usual else lines)
        content = content[:-1] if draw.random() < 0.2 else content
        size, most = draw.choice([1, 3, 5, 100]), draw.choice([4, 9, 1_000])
        chunks = [content[at : at + size] for at in range(0, len(content), size)]
        expected = list(cutting._cut_by_line(iter(chunks), most, 1))
        assert list(cutting.yaml_documents(iter(chunks), most=most)) == expected, (content, size, most)
        plain += cutting._plainly_cut(content, most) not in (None, [])
    assert plain > 100


def test_a_large_document_in_small_chunks_is_cut_line_by_line() -> None:
    content = b"---\n" + b"a: 1\n" * 100_000 + b"---\nb: 1\n"
    chunks = (content[at : at + 1_000] for at in range(0, len(content), 1_000))
    assert [piece.line for piece in cutting.yaml_documents(chunks, most=10**7)] == [1, 100_002]
