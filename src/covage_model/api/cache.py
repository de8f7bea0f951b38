"""
Checked packs, remembered by the content of their files.

JSON, never pickle: a cache that somebody tampered with can be wrong, not dangerous. What cannot
be read back exactly is forgotten in silence, and what cannot be written is not remembered. A pack
is kept twice: whole, and prepared for judging, one sheet a line, so that a judge reads little.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from covage_model import version
from covage_model.api import encoding
from covage_model.documents.judge.prepared import Alternative, PreparedPack
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.conditions import Condition

if TYPE_CHECKING:
    from covage_model.pack.model.pack import SpecPack

_Read = list[tuple[str, list[tuple[str, bytes | Diagnostic]]]]
_Found = TypeVar("_Found")
_FORMAT = 4
_FEW = 8
_decoded: dict[bytes, Any] = {}  # by digest, what this process read back: packs are frozen, so they are shared
_UNREADABLE = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def key_of(read: _Read) -> str:
    """The digest of everything that the compiled pack depends on: paths, bytes, and our own version."""
    from hashlib import sha256

    digest = sha256(f"{version.VERSION}:{_FORMAT}:{sys.version_info[:2]}:{_own_stamp()}".encode())
    for folder, contents in read:
        digest.update(f"\0pack {folder}".encode("utf-8", "surrogateescape"))
        for path, content in contents:
            size = len(content) if isinstance(content, bytes) else -1
            digest.update(f"\0{path}\0{size}\0".encode("utf-8", "surrogateescape"))
            digest.update(content if isinstance(content, bytes) else content.form.encode())
    return digest.hexdigest()


def _own_stamp() -> str:
    """In a checkout the code changes between versions: when and how large its files are tells."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    if os.path.isdir(os.path.join(here, "specs")):
        return ""  # installed: the version says it all
    found = []
    for place, folders, names in os.walk(here):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            status = os.stat(os.path.join(place, name))
            found.append(f"{name}{status.st_mtime_ns}{status.st_size}")
    return "".join(sorted(found))


@dataclass(slots=True)
class Remembered:
    """A pack prepared for judging, read back sheet by sheet as documents need them."""

    name: str
    record: Condition | None
    alternatives: tuple[Alternative, ...]
    _key: str
    _written: dict[str, str]  # a sheet's JSON by variant; "" is the account's
    _sheets: dict[str, Sheet] = field(default_factory=dict)

    @property
    def pack(self) -> SpecPack:
        """All that the pack says. Raises LookupError if that has been forgotten meanwhile."""
        found = recall(self._key)
        if found is None:
            raise LookupError("the pack is no longer remembered")
        return found[0]

    def sheet(self, variant: str) -> Sheet:
        """The sheet of a variant. Raises KeyError for a name that is none."""
        if variant not in self._sheets:
            self._sheets[variant] = encoding.decoded(json.loads(self._written[variant]))
        return self._sheets[variant]

    def account(self) -> Sheet | None:
        """The sheet of an account, None where the pack gives it no type."""
        return self.sheet("") if "" in self._written else None


def recall(key: str) -> tuple[SpecPack, tuple[Diagnostic, ...]] | None:
    """The pack and the findings remembered under a key, None where there are none."""

    def read(lines: list[str]) -> tuple[SpecPack, tuple[Diagnostic, ...]]:
        pack, findings = encoding.decoded(json.loads(lines[0]))
        if type(pack).__name__ != "SpecPack" or not isinstance(findings, tuple):
            raise TypeError("something else is remembered there")
        return pack, findings

    return _read(f"{key}.pack", read)


def recall_laid(key: str) -> Remembered | None:
    """The pack remembered under a key, prepared for judging, None where there is none."""

    def read(lines: list[str]) -> Remembered:
        head = json.loads(lines[0])
        name, record, alternatives = encoding.decoded(head["head"])
        if len(lines) != len(head["sheets"]) + 1 or len(alternatives) < len(lines) - 2:
            raise ValueError("cut short")
        return Remembered(name, record, alternatives, key, dict(zip(head["sheets"], lines[1:], strict=True)))

    return _read(f"{key}.judge", read)


def _read(name: str, read: Callable[[list[str]], _Found]) -> _Found | None:
    try:
        with open(_path(name), "rb") as file:
            digest, _, content = file.read().partition(b"\n")
        # sheets are read when they are needed: what is damaged must be found before
        if digest != _digest(name, content):
            return None
        return _shared(digest, content, read)
    except _UNREADABLE:
        return None


def _shared(digest: bytes, content: bytes, read: Callable[[list[str]], _Found]) -> _Found:
    if digest not in _decoded:
        if len(_decoded) >= _FEW:
            _decoded.clear()
        _decoded[digest] = read(content.decode().split("\n"))
    found: _Found = _decoded[digest]
    return found


def remember(key: str, pack: SpecPack, findings: tuple[Diagnostic, ...], prepared: PreparedPack) -> None:
    """Keep a pack for next time, if the system lets us; older ones stay until somebody removes the folder."""
    _write(f"{key}.pack", [_dumped(encoding.encoded((pack, findings)))])
    account = prepared.account()
    sheets = {variant.variant: prepared.sheet(variant.variant) for variant in prepared.alternatives}
    whole = sheets if account is None else {**sheets, "": account}
    head = {"head": encoding.encoded((prepared.name, prepared.record, prepared.alternatives)), "sheets": list(whole)}
    _write(f"{key}.judge", [_dumped(head), *(_dumped(encoding.encoded(sheet)) for sheet in whole.values())])


def _dumped(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


def _write(name: str, lines: list[str]) -> None:
    path = _path(name)
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        content = "\n".join(lines).encode()
        with open(temporary, "xb") as file:
            file.write(_digest(name, content) + b"\n" + content)
        os.replace(temporary, path)
    except OSError:
        return


def _digest(name: str, content: bytes) -> bytes:
    """Tells a file that was cut, changed or put in the place of another; not one that was forged."""
    from hashlib import sha256

    return sha256(name.encode() + content).hexdigest().encode()


def _path(name: str) -> str:
    home: Any = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "covage-model", f"{name}.json")
