"""
Checked packs, cached by the content of their files and by our own code.

JSON, never pickle: a cache that somebody changed can be wrong, not dangerous. What cannot be read back exactly
counts as not cached, and what cannot be written is not cached. A folder or a file that somebody else owns, or
may write, is neither read nor written. A pack is cached twice: whole, and prepared for judging, one sheet a
line, so that a judge reads little.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any, TypeVar

from covage_model.api import encoding
from covage_model.documents.judge.prepared import Alternative, PreparedPack
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.conditions import Condition

if TYPE_CHECKING:
    from covage_model.pack.model.pack import SpecPack

PackFiles = list[tuple[str, list[tuple[str, bytes | Diagnostic]]]]  # each folder with its files and their bytes
_Value = TypeVar("_Value")
_FORMAT = 5
_FEW = 8
_NOT_CODE = frozenset({"__pycache__", "specs"})  # packs count by their content, wherever they lie
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_decoded: dict[bytes, Any] = {}  # by digest, what this process read back: packs are frozen, so they are shared
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def key_of(packs: PackFiles) -> str:
    """The digest of everything that the compiled pack depends on: paths, bytes, our own code and that of PyYAML."""
    from hashlib import sha256

    digest = sha256(f"{_FORMAT}:{sys.version}:{_code_stamp()}".encode("utf-8", "surrogateescape"))
    for folder, contents in packs:
        digest.update(f"\0pack {folder}".encode("utf-8", "surrogateescape"))
        for path, content in contents:
            size = len(content) if isinstance(content, bytes) else -1
            digest.update(f"\0{path}\0{size}\0".encode("utf-8", "surrogateescape"))
            digest.update(content if isinstance(content, bytes) else content.form.encode())
    return digest.hexdigest()


def _code_stamp() -> str:
    """
    Names, sizes and times of all files of this package and of PyYAML: the version alone says too little.

    The time of the last change of a file's status counts too, because no tool can set it: a file replaced
    by one of the same size and date is another file. To read all files would take five times as long.
    """
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    yaml = PathFinder.find_spec("yaml")  # found, not imported: what is cached is read without it
    places = (yaml.submodule_search_locations or ()) if yaml is not None else ()
    return repr([_stamps(folder) for folder in (here, *places)])


def _stamps(folder: str) -> list[tuple[str, int, int, int]]:
    """Of each file below the folder; of the archive, where the code is in one."""
    found: list[tuple[str, int, int, int]] = []
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    pending = [folder] if os.path.isdir(folder) else []
    found += [] if pending else [_stamp(folder, os.stat(folder))]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    pending += [] if entry.name in _NOT_CODE else [entry.path]
                elif entry.is_file():  # no link to nowhere, as editors leave them
                    found.append(_stamp(entry.path, entry.stat()))
    return sorted(found)


def _stamp(path: str, status: os.stat_result) -> tuple[str, int, int, int]:
    return path, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@dataclass(slots=True)
class CachedPack:
    """A pack prepared for judging, read back sheet by sheet as documents need them; `findings` are about the pack."""

    name: str
    record: Condition | None
    alternatives: tuple[Alternative, ...]
    findings: tuple[Diagnostic, ...]
    compiled: Callable[[], SpecPack]  # the whole pack, read from its files again
    _key: str
    _sheet_texts: dict[str, str]  # a sheet's JSON by variant; "" is the account's
    _sheets: dict[str, Sheet] = field(default_factory=dict)
    _pack: SpecPack | None = None

    @property
    def pack(self) -> SpecPack:
        """The whole pack: from the cache, or compiled again where it is no longer there."""
        if self._pack is None:
            found = read_pack(self._key)
            self._pack = self.compiled() if found is None else found[0]
        return self._pack

    def sheet(self, variant: str) -> Sheet:
        """The sheet of a variant. Raises KeyError for an unknown name."""
        if variant not in self._sheets:
            self._sheets[variant] = encoding.decoded(json.loads(self._sheet_texts[variant]))
        return self._sheets[variant]

    def account(self) -> Sheet | None:
        """The sheet of an account, None where the pack gives it no type."""
        return self.sheet("") if "" in self._sheet_texts else None


def read_pack(key: str) -> tuple[SpecPack, tuple[Diagnostic, ...]] | None:
    """The pack and the findings cached under a key, None where there are none."""

    def read(lines: list[str]) -> tuple[SpecPack, tuple[Diagnostic, ...]]:
        pack, findings = encoding.decoded(json.loads(lines[0]))
        if type(pack).__name__ != "SpecPack" or not isinstance(findings, tuple):
            raise TypeError("something else is cached there")
        return pack, findings

    return _read(f"{key}.pack", read)


def read_prepared(key: str, compiled: Callable[[], SpecPack]) -> CachedPack | None:
    """The pack cached under a key, prepared for judging, None where there is none."""

    def read(lines: list[str]) -> CachedPack:
        head = json.loads(lines[0])
        name, record, alternatives, findings = encoding.decoded(head["head"])
        if len(lines) != len(head["sheets"]) + 1 or len(alternatives) < len(lines) - 2:
            raise ValueError("cut short")
        sheets = dict(zip(head["sheets"], lines[1:], strict=True))
        return CachedPack(name, record, alternatives, findings, compiled, key, sheets)

    return _read(f"{key}.judge", read)


def _read(name: str, read: Callable[[list[str]], _Value]) -> _Value | None:
    folder = _folder()
    if folder is None:
        return None
    try:
        with open(os.path.join(folder, f"{name}.json"), "rb") as file:
            if not (_is_ours(os.stat(folder)) and _is_ours(os.fstat(file.fileno()))):
                return None
            digest, _, content = file.read().partition(b"\n")
        # sheets are read when they are needed: what is damaged must be found before
        if digest != _digest(name, content):
            return None
        return _shared(digest, content, read)
    except _UNREADABLE:
        return None


def _shared(digest: bytes, content: bytes, read: Callable[[list[str]], _Value]) -> _Value:
    if digest not in _decoded:
        if len(_decoded) >= _FEW:
            _decoded.clear()
        _decoded[digest] = read(content.decode().split("\n"))
    found: _Value = _decoded[digest]
    return found


def write(key: str, pack: SpecPack, findings: tuple[Diagnostic, ...], prepared: PreparedPack) -> None:
    """Cache a pack, if the system lets us; older ones stay until somebody removes the folder."""
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
    """Written beside and renamed: nobody reads half a file. What an earlier process left there is in nobody's way."""
    import tempfile

    folder = _folder()
    if folder is None:
        return
    content = "\n".join(lines).encode()
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not _is_ours(os.stat(folder)):
            return
        number, temporary = tempfile.mkstemp(prefix=f"{name}.", dir=folder)  # for us alone, whatever the umask
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
    """Tells a file that was cut, changed or put in the place of another; not one that was forged."""
    from hashlib import sha256

    return sha256(name.encode() + content).hexdigest().encode()


def _folder() -> str | None:
    """
    The cache folder (XDG Base Directory Specification): a relative `XDG_CACHE_HOME` is ignored.

    None where the user has no home.
    """
    home = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(home):
        home = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "covage-model") if os.path.isabs(home) else None
