"""From bytes to text."""

from __future__ import annotations

import codecs

from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.text import Text

_WIDE = (  # UTF-32 first: its little-endian mark starts with that of UTF-16
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(content: bytes, file: str, limits: Limits) -> tuple[Text | None, tuple[Diagnostic, ...]]:
    """The text of a file in UTF-8, a byte order mark left out; or None and why it has none."""
    if len(content) > limits.bytes:
        return None, (too_large("bytes", Location(file, 0, 0), limits.bytes, len(content)),)
    wide = wide_encoding(content, file)
    if wide:
        return None, (wide,)
    bare = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Text(file, bare.decode()), ()
    except UnicodeDecodeError as error:
        before = Text(file, bare[: error.start].decode())
        return None, (bad_byte(bare[error.start], before.location(len(before.content))),)


def wide_encoding(content: bytes, file: str) -> Diagnostic | None:
    """A finding if the file starts with the byte order mark of UTF-16 or UTF-32."""
    for mark, name in _WIDE:
        if content.startswith(mark):
            return Diagnostic("CM001", "unicode", {"encoding": name}, Location(file, 1, 1), _SAVE)
    return None


def bad_byte(byte: int, location: Location) -> Diagnostic:
    """The finding about a byte that UTF-8 does not have there."""
    return Diagnostic("CM001", "encoding", {"byte": f"0x{byte:02X}"}, location, _SAVE)


def too_large(form: str, location: Location, limit: int, found: int) -> Diagnostic:
    """The finding about a file ("bytes"), or a record ("line"), of `found` bytes."""
    return Diagnostic("CM003", form, {"limit": limit, "found": found}, location)


_SAVE = "save the file as UTF-8"
