"""
Checked packs, remembered by the content of their files.

JSON, never pickle: a cache that somebody tampered with can be wrong, not dangerous. What cannot
be read back exactly is forgotten in silence, and what cannot be written is not remembered.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from covage_model import version
from covage_model.diagnostics import Diagnostic
from covage_model.model.pack import SpecPack

_Read = list[tuple[str, list[tuple[str, bytes | Diagnostic]]]]
_FORMAT = 1


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


def recall(key: str) -> tuple[SpecPack, tuple[Diagnostic, ...]] | None:
    """The pack and the findings remembered under a key, None where there are none."""
    from covage_model.api import encoding

    try:
        with open(_path(key), encoding="utf-8") as file:
            pack, findings = encoding.decoded(json.load(file))
    except (OSError, ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    return (pack, findings) if isinstance(pack, SpecPack) and isinstance(findings, tuple) else None


def remember(key: str, pack: SpecPack, findings: tuple[Diagnostic, ...]) -> None:
    """Keep a pack for next time, if the system lets us; older ones stay until somebody removes the folder."""
    from covage_model.api import encoding

    path = _path(key)
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(temporary, "x", encoding="utf-8") as file:
            json.dump(encoding.encoded((pack, findings)), file, separators=(",", ":"))
        os.replace(temporary, path)
    except OSError:
        return


def _path(key: str) -> str:
    home: Any = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(home, "covage-model", f"{key}.json")
