"""
Reads YAML from the events of PyYAML's parser. The library composes, constructs and resolves nothing.

`yaml` is imported when the first YAML file is read; libyaml is used if PyYAML has it. What the
library reads more loosely than YAML 1.2 is rejected by `yaml_layout` and `yaml_directives`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import cutting, scalars, yaml_directives
from covage_model.ground.files.builder import Builder, StoppedError, short
from covage_model.ground.files.decoding import decode, too_large
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.place import Place
from covage_model.ground.files.text import Text
from covage_model.ground.files.yaml_layout import YamlLayout

# Characters that YAML forbids, and those that YAML 1.1 takes for line ends: libyaml would change such a text.
_REFUSED = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}")
_STANDARD = "tag:yaml.org,2002:"
_NESTED = "exceeded maximum nesting depth"  # the message of libyaml at its own limit of 1,000
_HINTS = {  # by a part of the parser's message
    "mapping values are not allowed": "put the text in quotes if it holds ': '",
    "found character": "put the text in quotes",
    "expected ',' or": "put a ',' between two items, and close every bracket",
    "<document start>": "separate two documents with '---' on a line of its own",
    "expected key": "indent the line like the keys beside it, and close every quote",
    "expected <block end>": "indent the line like the keys beside it, and close every quote",
    "could not find expected ':'": "write ': ' after the key, or indent the line as a part of the text above it",
    "unexpected end of stream": "close the quote",
}


@dataclass(frozen=True, slots=True)
class Root:
    """One document of a stream. `place` is None if it could not be read to its end."""

    place: Place | None
    text: Text | None
    at: Location
    findings: tuple[Diagnostic, ...]


def roots(chunks: Iterable[bytes], file: str, *, limits: Limits, strict: bool) -> Iterator[Root]:
    """
    The documents of a stream that are not empty, read lazily.

    A broken document does not affect the next. `strict` is for specs: it rejects plain scalars that some YAML reads
    as another type, and continues after an alias and the like to find more. Without it the first of
    these ends the document.
    """
    for text in texts(chunks, file, limits=limits):
        found = text if isinstance(text, Root) else root(text, limits=limits, strict=strict)
        if found is not None:
            yield found


def texts(chunks: Iterable[bytes], file: str, *, limits: Limits) -> Iterator[Text | Root]:
    """The text of each document of a stream, or a root without place and text that says why there is none."""
    for piece in cutting.yaml_documents(chunks, most=limits.bytes):
        start = Location(file, piece.line, 1)
        if not piece.whole:
            form, where = ("document", start) if piece.line > 1 else ("bytes", Location(file, 0, 0))
            yield Root(None, None, start, (too_large(form, where, limits.bytes, piece.size),))
            return
        text = decode(piece.content, file, piece.line)
        yield Root(None, None, start, (text,)) if isinstance(text, Diagnostic) else text


def root(text: Text, *, limits: Limits, strict: bool) -> Root | None:
    """The document that a text is; None if it is empty."""
    builder = Builder(text, limits)
    whole = _read(builder, strict=strict)
    if not (builder.findings or builder.root):  # `---` and no more
        return None
    start = Location(text.file, text.first_line, 1)
    return Root(builder.root if whole else None, text, start, tuple(builder.findings))


def _read(builder: Builder, *, strict: bool) -> bool:
    """Reads the single document of the text; whether it was read to its end."""
    with suppress(StoppedError):
        _refuse_characters(builder)
        start, end = yaml_directives.read(builder)
        layout = YamlLayout(builder, start, end)
        for event in _events(builder.text.content) if start < end else ():
            kind = type(event).__name__
            layout.check(event, kind)
            _take(builder, event, kind, strict=strict)
        return True
    return False


def _refuse_characters(builder: Builder) -> None:
    """Stops at characters that the library would report without a line, or only in quadratic time."""
    refused = _REFUSED.search(builder.text.content)
    if refused:
        code = ord(refused[0])
        hint = f'write it in double quotes, as "\\u{code:04X}"' if code else "save the file as UTF-8"
        builder.report("CM001", "character", refused.start(), hint=hint, character=f"U+{code:04X}")
        raise StoppedError


def _events(content: str) -> Iterator[Any]:
    """The events of the parser; if it fails, its exception is the last one."""
    import yaml  # imported late: reading JSON does not need it

    try:
        parser = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(content)
        while parser.check_event():
            yield parser.get_event()
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        yield error


def _take(builder: Builder, event: Any, kind: str, *, strict: bool) -> None:
    if isinstance(event, Exception):
        _explain(builder, event)
    elif kind == "ScalarEvent":
        _refuse_properties(builder, event, strict=strict)
        _take_scalar(builder, event, strict=strict)
    elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
        _refuse_properties(builder, event, strict=strict)
        if builder.awaits_key:
            _refuse(builder, "key", event.start_mark.index, hint="a key is a text", strict=strict)
        builder.open({} if kind == "MappingStartEvent" else [], event.start_mark.index)
    elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
        builder.close()
    elif kind == "AliasEvent":
        _refuse_alias(builder, event, strict=strict)


def _refuse(builder: Builder, form: str, start: int, *, strict: bool, hint: str, **arguments: Any) -> None:
    """Reports a feature of YAML that is not supported. Reading stops there unless the file is a spec."""
    builder.report("CM005", form, start, hint=hint, **arguments)
    if not strict:
        raise StoppedError


def _take_scalar(builder: Builder, event: Any, *, strict: bool) -> None:
    text, start = event.value, event.start_mark.index
    plain = not event.style and not event.tag
    if builder.awaits_key:
        _take_key(builder, text, start, plain=plain, strict=strict)
    elif not plain:
        builder.scalar(text, start)
    elif text or builder.is_open:  # an empty value is null, but an empty document is none
        value = _value(builder, text, start)
        if strict and isinstance(value, str):
            _refuse_ambiguous(builder, "scalar", text, start)
        builder.scalar(value, start)


def _take_key(builder: Builder, text: str, start: int, *, plain: bool, strict: bool) -> None:
    if plain and text == "<<":
        _refuse(builder, "merge", start, hint="write its keys out", strict=strict)
        builder.skip()
        return
    if plain and not text:
        _refuse(builder, "key", start, hint='write the key before the ":"', strict=strict)
        builder.skip()
        return
    builder.key(text, start)
    if plain and strict:
        _refuse_ambiguous(builder, "key", text, start)


def _value(builder: Builder, text: str, start: int) -> Any:
    if scalars.is_number(text):
        builder.check_digits(text, start)
    return scalars.value(text)


def _refuse_ambiguous(builder: Builder, form: str, text: str, start: int) -> None:
    reading = scalars.reading(text)
    if reading:
        meant = scalars.otherwise(text) if form == "scalar" else None
        text = short(text)
        hint = f'quote it: "{text}"' if meant is None else f'write {meant}, or the text in quotes: "{text}"'
        builder.report("CM004", form, start, hint=hint, text=text, reading=reading)


def _refuse_properties(builder: Builder, event: Any, *, strict: bool) -> None:
    """Reports the tag and the anchor of a value."""
    start = event.start_mark.index
    if event.tag is not None:
        tag = short(event.tag.replace(_STANDARD, "!!"))
        _refuse(builder, "tag", start, hint="remove the tag", tag=tag, strict=strict)
    if event.anchor is not None:
        anchor = short(event.anchor)
        hint = "remove the anchor, and write the value out wherever it is needed"
        _refuse(builder, "anchor", start, hint=hint, anchor=anchor, strict=strict)


def _refuse_alias(builder: Builder, event: Any, *, strict: bool) -> None:
    start = event.start_mark.index
    _refuse(builder, "alias", start, hint="write the value again", alias=short(event.anchor), strict=strict)
    if builder.awaits_key:
        builder.skip()
    else:
        builder.scalar(None, start)


def _explain(builder: Builder, error: Exception) -> None:
    """Reports why the parser failed, and stops."""
    content, mark = builder.text.content, getattr(error, "problem_mark", None)
    start = mark.index if mark else 0
    problem = getattr(error, "problem", None) or str(error)
    escape = _ESCAPE.match(content, max(start - 2, 0))
    if problem == _NESTED:
        builder.report("CM003", "depth", start, limit=builder.limits.depth, found=1000)
    elif escape:
        builder.report("CM007", "surrogate", escape.start(), hint="write the character itself", text=escape[0])
    else:
        detail = f"{problem}{_context(builder.text, error, start)}"
        builder.report("CM001", "yaml", start, hint=_hint(problem, content[start : start + 1]), detail=detail)
    raise StoppedError


def _context(text: Text, error: Exception, start: int) -> str:
    """What the parser was reading, and where that started."""
    context, mark = getattr(error, "context", None), getattr(error, "context_mark", None)
    if not context or not mark or mark.index == start:
        return ""
    line = text.location(mark.index).line
    since = "" if line == text.location(start).line else f" that starts on line {line}"
    return f", {context}{since}"


def _hint(problem: str, character: str) -> str:
    if character == "\t":
        return "indent with spaces, not with tabs"
    return next((hint for part, hint in _HINTS.items() if part in problem), "check quotes, brackets and indentation")
