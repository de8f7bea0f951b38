"""Members of many lines, read at once: what is read is what a JSON reader reads, and other lines are left to it."""

from __future__ import annotations

import pytest

from covage_model.ground.files import member_columns
from covage_model.ground.files.member_columns import MemberColumns

MEANINGS: dict[tuple[str | None, ...], str] = {('"a"', "1"): "first", ('"b"', "1"): "second"}
USUAL = b'{"kind":"a","of":1,"id":"x","case":"c","note":"n","more":null}'
READ = ("first", "x", "c")
LEFT = (None, None, None)


def read(*lines: bytes, first: bytes = USUAL) -> list[tuple[str | None, ...]]:
    """The columns of these lines as rows, after a line that shows how they are written."""
    members = MemberColumns(["kind", "of"], MEANINGS, ["id", "case"])
    rows = [*zip(*members.columns(b"\n".join([first, *lines])), strict=True)]
    assert [*zip(*members.columns(b"\n".join([first, *lines]) + b"\n"), strict=True)] == rows  # as it is known by then
    return rows[1:]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (USUAL, READ),
        (USUAL.replace(b'"a"', b'"b"'), ("second", "x", "c")),
        (USUAL.replace(b'"c"', b"17"), ("first", "x", "17")),
        (USUAL.replace(b'"x"', b"17"), ("first", "17", "c")),
        (USUAL.replace(b":", b": ").replace(b",", b", "), READ),
        (USUAL.replace(b":", b" : "), LEFT),  # the fast reader doubts it
        (b'{"case":"c","id":"x","of":1,"kind":"a"}', READ),
        (b'{"kind":"a","id":"x","of":1,"case":"c"}', READ),  # the keys are no neighbours
        (b'{"more":{"kind":"b","list":[{"id":"y"}]},"kind":"a","of":1,"id":"x","case":"c"}', READ),
        (USUAL.replace(b"null", b'{"a":[1,{"b":2}]}'), READ),
        (USUAL.replace(b"null", b"-1.25"), READ),
        (USUAL.replace(b'"n"', b'"\\u00e9 \\/ \\" \\ud83d\\ude00"'), READ),
        (USUAL.replace(b'"c"', b'"\\u0063"'), READ),
        (USUAL.replace(b'"case"', b'"\\u0063ase"'), READ),
        (USUAL.replace(b'"c"', '"é\u2028"'.encode()), ("first", "x", "é\u2028")),
        # what is no JSON
        (USUAL.replace(b'"n"', b'"\x01"'), LEFT),
        (USUAL.replace(b'"n"', b'"\xff"'), LEFT),
        (USUAL.replace(b'"n"', b'"\\q"'), LEFT),
        (USUAL.replace(b'"n"', b'"\\ud800"'), LEFT),
        (USUAL.replace(b"null", b"01"), LEFT),
        (USUAL.replace(b"null", b"1."), LEFT),
        (USUAL + b"}", LEFT),
        (b" " + USUAL[:-1], LEFT),
        (b"\xef\xbb\xbf" + USUAL, LEFT),
        (b"", LEFT),
        # a member that stands twice, is missing, or has another value
        (USUAL.replace(b'"note"', b'"case"'), LEFT),
        (USUAL.replace(b'"n"', b'{"d":1,"d":1}'), LEFT),
        (USUAL.replace(b'"case"', b'"cases"'), LEFT),
        (USUAL.replace(b'"c"', b"null"), LEFT),
        (USUAL.replace(b'"x"', b"1.5"), LEFT),
        (USUAL.replace(b'"a"', b'"z"'), LEFT),
        (USUAL.replace(b":1", b':"1"'), LEFT),
    ],
)
def test_a_line_is_read_or_left(line: bytes, expected: tuple[str | None, ...]) -> None:
    assert read(line, USUAL) == [expected, READ]
    if expected is not LEFT:
        assert read(line, USUAL, first=line) == [expected, READ]


def test_a_text_over_two_lines_is_no_text() -> None:
    at = USUAL.index(b"n", USUAL.index(b"note") + 4)
    assert read(USUAL[:at], USUAL[at:], USUAL) == [LEFT, LEFT, READ]


def test_lines_that_are_broken_do_not_hinder_those_after_them() -> None:
    assert read(*[b"{"] * 40, USUAL, first=b"{") == [LEFT] * 40 + [READ]


def test_a_program_may_write_in_several_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as they are few, no line is read alone but the first of each way."""
    alone: list[bytes] = []
    ways = [USUAL.replace(b"null", b"[" + b"1," * n + b"1]") for n in range(6)]
    members = MemberColumns(["kind", "of"], MEANINGS, ["id", "case"])
    whole = members._values
    monkeypatch.setattr(members, "_values", lambda line: alone.append(line) or whole(line))
    rows = [*zip(*members.columns(b"\n".join(ways * 50)), strict=True)]
    assert rows == [READ] * 300
    assert len(alone) == len(ways)
    many = [USUAL.replace(b"null", b"[" + b"1," * n + b"1]") for n in range(member_columns._MOST * 2)]
    assert [*zip(*members.columns(b"\n".join(many)), strict=True)] == [READ] * len(many)
