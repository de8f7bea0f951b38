"""From bytes to text: UTF-8 and nothing else."""

from __future__ import annotations

import codecs

from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files.text import Text

_MARKS = (  # UTF-32 first: its little-endian mark starts with that of UTF-16
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_FIRST = frozenset(b"\t\n\r !\"#%&'*-./0123456789:[{|ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_<>")
_SAVE = "save the file as UTF-8"


def decode(content: bytes, file: str, first_line: int = 1, first_column: int = 1) -> Text | Diagnostic:
    """The text of a file, or of a part that starts there; or the finding at the first bad byte."""
    try:
        return Text(file, content.decode(), first_line, first_column)
    except UnicodeDecodeError as error:
        before = Text(file, content[: error.start].decode(), first_line, first_column)
        byte = f"0x{content[error.start]:02X}"
        return Diagnostic("CM001", "encoding", {"byte": byte}, before.location(len(before.content)), _SAVE)


def other_encoding(head: bytes, file: str) -> Diagnostic | None:
    """
    A finding if a file that starts with `head` (4 bytes or more, unless it is shorter) is UTF-16 or UTF-32.

    It shows by the byte order mark; without one, by the zero bytes beside its first character (RFC 4627,
    section 3).
    """
    name = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    start = head[:4].ljust(4, b"\1")
    zeros = "".join("0" if byte == 0 else "x" if byte in _FIRST else "?" for byte in start)
    if name is None and zeros in ("x000", "000x"):
        name = "UTF-32"
    if name is None and zeros[:2] in ("x0", "0x"):
        name = "UTF-16"
    return Diagnostic("CM001", "unicode", {"encoding": name}, Location(file, 1, 1), _SAVE) if name else None


def too_large(form: str, location: Location, limit: int, found: int) -> Diagnostic:
    """The finding about a file ("bytes"), a record ("line") or a YAML document ("document") of `found` bytes."""
    return Diagnostic("CM003", form, {"limit": limit, "found": found}, location)
