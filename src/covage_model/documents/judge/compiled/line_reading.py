"""How lines are read for the fast yes: by typed decoding, by a fast engine, or by the standard library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from covage_model.documents.judge.compiled.plain import Plain, PlainJudge, Ready
from covage_model.ground.classes import dataclass
from covage_model.ground.files import plain_json

if TYPE_CHECKING:
    from covage_model.documents.judge.compiled.plain_typed import TypedJudge

_ODD: tuple[type[Exception], ...] = (ValueError, KeyError, TypeError, AttributeError)
_ESCAPED = b"\\u003"  # how a colon may be written otherwise


@dataclass(frozen=True, slots=True, eq=False)
class LineReading:
    """
    Reads a line and finds who judges it: `ready[look(read(line))](value)`, or `accepted(value)` where that raises.

    The judge says how many members the objects of the value have, and what the document is. If the line has no more
    colons than that, nor any number, `closer` need not be asked.
    """

    read: Callable[[bytes], Any]
    look: Callable[[Any], tuple[Any, ...]]
    ready: Mapping[tuple[Any, ...], Ready]
    errors: tuple[type[Exception], ...]
    accepted: Callable[[Any], tuple[int, Plain] | None]
    closer: Callable[[bytes, Any, int, Plain], Plain | None]  # what a line is after a closer look at its bytes
    plain: Callable[[Any], Any]  # the value as plain JSON
    has: Callable[[Any, Sequence[str]], bool]  # whether a document has one of the fields at its top
    tried_typed: bool  # whether typed decoding was used, or cannot be


def line_reading(judge: PlainJudge, *, typed: bool) -> LineReading:
    """The fastest reading that is installed, for the documents of one judge; `typed` if it may prepare types."""
    loads = plain_json.engine()
    if loads is None:
        return _untyped(judge, plain_json.reader(), lambda _line, _value, _members, plain: plain, tried_typed=typed)
    untyped = _untyped(judge, loads, _exactly, tried_typed=typed)
    if not typed:
        return untyped
    from covage_model.documents.judge.compiled.plain_typed import typed_judge  # late: few documents are not worth it

    of_types = typed_judge(judge)
    return untyped if of_types is None else _typed(of_types, untyped)


def _untyped(
    judge: PlainJudge,
    read: Callable[[bytes], Any],
    closer: Callable[[bytes, Any, int, Plain], Plain | None],
    *,
    tried_typed: bool,
) -> LineReading:
    return LineReading(
        read, judge.look, judge.ready, _ODD, judge.accepted, closer, lambda value: value, _has, tried_typed
    )


def _typed(judge: TypedJudge, untyped: LineReading) -> LineReading:
    written = judge.reader.written

    def closer(line: bytes, value: Any, members: int, plain: Plain) -> Plain | None:
        if _is_whole(line, members, lambda: written(value)):
            return plain
        try:
            value = untyped.read(line)  # what the type left out decides
        except ValueError:  # the engines differ in what they refuse, such as a number beyond a double
            return None
        said = untyped.accepted(value)
        return None if said is None else untyped.closer(line, value, *said)

    reader, errors = judge.reader, (*_ODD, *judge.reader.errors)
    rest = judge.accepted, closer, reader.plain, reader.has
    return LineReading(reader.decode, judge.look, judge.ready, errors, *rest, tried_typed=True)


def _exactly(line: bytes, value: Any, members: int, plain: Plain) -> Plain | None:
    """What a line is if the value is surely all that it says: else the exact reader decides."""
    if _is_whole(line, members, lambda: plain_json.dumped(value)):
        return plain
    try:
        plain_json.reader()(line)
    except ValueError:
        return None
    return plain


def _is_whole(line: bytes, members: int, written: Callable[[], bytes]) -> bool:
    """
    Whether a line surely has no key twice, and nothing beyond a limit.

    Each key that was written has a colon after it. None was dropped where the line has no more colons than its value
    has members, or than its value has when it is written again.
    """
    if len(line) > plain_json.SMALL or plain_json.may_hold_long_number(line):
        return False
    colons = line.count(b":")
    if colons == members:
        return True
    if b"\\" in line and _ESCAPED in line:
        return False
    try:
        return written().count(b":") == colons
    except (TypeError, RecursionError):  # it is too deep to be written
        return False


def _has(value: Any, names: Sequence[str]) -> bool:
    for name in names:  # noqa: SIM110  faster than `any`
        if name in value:
            return True
    return False
