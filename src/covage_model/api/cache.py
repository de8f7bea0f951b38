"""
The cache of checked packs. The key is a digest of the pack's files and of our own code.

The format is JSON, never pickle: a manipulated cache can give wrong results, but cannot run code. An entry that cannot
be read back exactly is a miss; an entry that cannot be written is skipped. A folder or file that another user owns, or
may write, is neither read nor written. Each pack is cached twice: complete, and prepared for judging with one sheet
per line, so that judging reads little.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import field
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

from covage_model.api import encoding
from covage_model.documents.judge.prepared import Alternative, PreparedPack
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.digests import blake2b
from covage_model.pack.model.conditions import Condition

if TYPE_CHECKING:
    from covage_model.pack.model.pack import SpecPack

PackFiles = list[tuple[str, list[tuple[str, bytes | Diagnostic]]]]  # each folder with its files and their bytes
_Value = TypeVar("_Value")
_FORMAT = 9
_FEW = 8
_NOT_CODE = frozenset({"__pycache__", "specs"})  # the content of packs is part of the key already
_READERS = frozenset({"cli", "report", "testing"})  # the wings that only read what is cached
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_decoded: dict[bytes, Any] = {}  # entries read by this process, by digest; packs are frozen, so they can be shared
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def key_of(packs: PackFiles) -> str:
    """The digest of all inputs of the compiled pack: paths, bytes, our own code and that of PyYAML."""
    digest = blake2b(f"{_FORMAT}:{sys.version}:{_code_stamp()}".encode("utf-8", "surrogateescape"), digest_size=32)
    for folder, contents in packs:
        digest.update(f"\0pack {folder}".encode("utf-8", "surrogateescape"))
        for path, content in contents:
            size = len(content) if isinstance(content, bytes) else -1
            digest.update(f"\0{path}\0{size}\0".encode("utf-8", "surrogateescape"))
            digest.update(content if isinstance(content, bytes) else content.form.encode())
    return digest.hexdigest()


def _code_stamp() -> str:
    """
    Names, sizes and times of the files of this package and of PyYAML that make packs. The version alone misses
    local changes.

    The ctime is included because no tool can set it: it also detects a replaced file of the same size and mtime.
    Reading all files would take five times as long.
    """
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    yaml = PathFinder.find_spec("yaml")  # located but not imported: reading the cache does not need it
    places = (yaml.submodule_search_locations or ()) if yaml is not None else ()
    return repr([_stamps(here, without=_NOT_CODE | _READERS), *(_stamps(place, without=_NOT_CODE) for place in places)])


def _stamps(folder: str, *, without: frozenset[str]) -> list[tuple[str, int, int, int]]:
    """The stamp of each file below the folder; the stamp of the archive, if the code is in one."""
    stamps: list[tuple[str, int, int, int]] = []
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    pending = [folder] if os.path.isdir(folder) else []
    stamps += [] if pending else [_stamp(folder, os.stat(folder))]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    pending += [] if entry.name in without else [entry.path]
                elif entry.is_file():  # not a broken link, as editors create them
                    stamps.append(_stamp(entry.path, entry.stat()))
    return sorted(stamps)


def _stamp(path: str, status: os.stat_result) -> tuple[str, int, int, int]:
    return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@dataclass(slots=True)
class CachedPack:
    """A cached pack prepared for judging. Each sheet is decoded when first used. `findings` are about the pack."""

    name: str
    record: Condition | None
    alternatives: tuple[Alternative, ...]
    findings: tuple[Diagnostic, ...]
    compiled: Callable[[], SpecPack]  # compiles the complete pack from its files
    _key: str
    _sheet_texts: dict[str, bytes]  # the JSON of each sheet by variant; "" for the account
    _sheets: dict[str, Sheet] = field(default_factory=dict)
    _pack: SpecPack | None = None

    @property
    def pack(self) -> SpecPack:
        """The complete pack: from the cache, or compiled again if that entry is gone."""
        if self._pack is None:
            entry = read_pack(self._key)
            self._pack = self.compiled() if entry is None else entry[0]
        return self._pack

    def sheet(self, variant: str) -> Sheet:
        """The sheet of a variant. Raises KeyError for an unknown name."""
        if variant not in self._sheets:
            self._sheets[variant] = encoding.decoded(json.loads(self._sheet_texts[variant].decode()))
        return self._sheets[variant]

    def account(self) -> Sheet | None:
        """The sheet of the account, None if the pack defines no account type."""
        return self.sheet("") if "" in self._sheet_texts else None


def read_pack(key: str) -> tuple[SpecPack, tuple[Diagnostic, ...]] | None:
    """The pack and its findings cached under a key; None on a miss."""

    def read(lines: list[bytes]) -> tuple[SpecPack, tuple[Diagnostic, ...]]:
        pack, findings = encoding.decoded(json.loads(lines[0].decode()))
        if type(pack).__name__ != "SpecPack" or not isinstance(findings, tuple):
            raise TypeError("the entry is not a pack")
        return pack, findings

    return _read(f"{key}.pack", read)


def read_prepared(key: str, compiled: Callable[[], SpecPack]) -> CachedPack | None:
    """The pack cached under a key, prepared for judging; None on a miss."""

    def read(lines: list[bytes]) -> CachedPack:
        head = json.loads(lines[0].decode())
        name, record, alternatives, findings = encoding.decoded(head["head"])
        if len(lines) != len(head["sheets"]) + 1 or len(alternatives) < len(lines) - 2:
            raise ValueError("truncated")
        sheets = dict(zip(head["sheets"], lines[1:], strict=True))
        return CachedPack(name, record, alternatives, findings, compiled, key, sheets)

    return _read(f"{key}.judge", read)


def _read(name: str, read: Callable[[list[bytes]], _Value]) -> _Value | None:
    folder = _folder()
    if folder is None:
        return None
    try:
        with open(os.path.join(folder, f"{name}.json"), "rb") as file:
            if not (_is_ours(os.stat(folder)) and _is_ours(os.fstat(file.fileno()))):
                return None
            digest, _, content = file.read().partition(b"\n")
        # sheets are decoded later, so damage must be detected here
        if digest != _digest(name, content):
            return None
        return _shared(digest, content, read)
    except _UNREADABLE:
        return None


def _shared(digest: bytes, content: bytes, read: Callable[[list[bytes]], _Value]) -> _Value:
    if digest not in _decoded:
        if len(_decoded) >= _FEW:
            _decoded.clear()
        _decoded[digest] = read(content.split(b"\n"))
    value: _Value = _decoded[digest]
    return value


def write(key: str, pack: SpecPack, findings: tuple[Diagnostic, ...], prepared: PreparedPack) -> None:
    """Caches a pack if the folder can be written. Older entries stay until somebody removes the folder."""
    _write(f"{key}.pack", [_compact(encoding.encoded((pack, findings)))])
    account = prepared.account()
    sheets = {variant.variant: prepared.sheet(variant.variant) for variant in prepared.alternatives}
    sheets |= {} if account is None else {"": account}
    head = encoding.encoded((prepared.name, prepared.record, prepared.alternatives, findings))
    texts = [_compact(encoding.encoded(sheet)) for sheet in sheets.values()]
    _write(f"{key}.judge", [_compact({"head": head, "sheets": list(sheets)}), *texts])


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _write(name: str, lines: list[str]) -> None:
    """Writes a temporary file and renames it, so that readers never see half a file. Ignores OSError."""
    import tempfile

    folder = _folder()
    if folder is None:
        return
    content = "\n".join(lines).encode()
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _is_ours(os.stat(folder)):
            return
        number, temporary = tempfile.mkstemp(prefix=f"{name}.", dir=folder)  # mode 0600, whatever the umask
        try:
            with open(number, "wb") as file:
                file.write(_digest(name, content) + b"\n" + content)
            os.replace(temporary, os.path.join(folder, f"{name}.json"))
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError:
        return


def _is_ours(status: os.stat_result) -> bool:
    """Whether it is our user's, and nobody else may write it. Windows has no such modes: there it is taken as ours."""
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_MAY_WRITE


def _digest(name: str, content: bytes) -> bytes:
    """
    Tells a file that was cut, changed or put in the place of another; not one that was forged.

    A cryptographic digest would tell no more here and take twenty times as long, at every start.
    """
    return f"{name} {len(content)} {crc32(content):08x}".encode()


def _folder() -> str | None:
    """
    The cache folder by the XDG Base Directory Specification, which ignores a relative `XDG_CACHE_HOME`.

    None if the user has no home.
    """
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):
        home = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "covage-model") if os.path.isabs(home) else None
