"""What a file is that holds no orders as it stands, by its first bytes: a spreadsheet, an archive, a picture."""

from __future__ import annotations

from covage_model.ground.diagnostics import Diagnostic, Location

PARQUET = b"PAR1"
GZIP, ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
COMPRESSED = (".gz", ".zst")  # endings
_TABLE = "save it as CSV (UTF-8)"
_UNPACK = "unpack it, and name the files in it"
_ZIP = b"PK\x03\x04"
_IN_ZIP = (  # by what is written near the start of the archive
    (b"opendocument.spreadsheet", "an OpenDocument spreadsheet", _TABLE),
    (b"opendocument.", "an OpenDocument file", None),
    (b"xl/", "an Excel workbook", _TABLE),
    (b"[Content_Types].xml", "an Office file", _TABLE),
)
_MAGIC: tuple[tuple[bytes, str, str | None], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office file of the old kind, such as .xls", _TABLE),
    (b"PK\x05\x06", "an empty zip archive", None),
    (_ZIP, "a zip archive", _UNPACK),
    (b"%PDF-", "a PDF file", None),
    (b"\x89PNG\r\n", "a picture (PNG)", None),
    (b"\xff\xd8\xff", "a picture (JPEG)", None),
    (b"GIF8", "a picture (GIF)", None),
    (b"RIFF", "a picture or a sound (RIFF)", None),
    (b"II*\0", "a picture (TIFF)", None),
    (b"MM\0*", "a picture (TIFF)", None),
    (b"BZh", "compressed by bzip2", "unpack it, or compress it with gzip"),
    (b"\xfd7zXZ\0", "compressed by xz", "unpack it, or compress it with gzip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a", "a RAR archive", _UNPACK),
    (b"SQLite format 3\0", "an SQLite database", "write its table as CSV"),
    (b"Obj\x01", "an Avro file", "write it as NDJSON"),
    (b"ARROW1\0\0", "an Arrow file", "write it as Parquet"),
    (b"\x7fELF", "a program", None),
    (b"{\\rtf", "an RTF file", None),
    (b"<?xml", "an XML file", None),
    (b"<!DOCTYPE", "an HTML file", "the program that fetched it may have been shown an error page"),
    (b"<html", "an HTML file", "the program that fetched it may have been shown an error page"),
)


class BrokenArchive(Exception):
    """The rest of a compressed file cannot be read. Its argument is the finding."""

    @property
    def finding(self) -> Diagnostic:
        """Why."""
        found: Diagnostic = self.args[0]
        return found


def is_compressed(head: bytes) -> bool:
    """Whether a file that starts with `head` is compressed in a way that is read."""
    return head.startswith((GZIP, ZSTD))


def other_kind(head: bytes, file: str) -> Diagnostic | None:
    """A finding if a file that starts with `head` is of a kind that is not read."""
    kind, hint = _kind(head)
    return Diagnostic("CM001", "kind", {"kind": kind}, Location(file, 0, 0), hint) if kind else None


def _kind(head: bytes) -> tuple[str | None, str | None]:
    if head.startswith(_ZIP):
        near = head[:4096]
        return next(((kind, hint) for mark, kind, hint in _IN_ZIP if mark in near), ("a zip archive", _UNPACK))
    if head[257:262] == b"ustar":
        return "a tar archive", _UNPACK
    return next(((kind, hint) for mark, kind, hint in _MAGIC if head.startswith(mark)), (None, None))
