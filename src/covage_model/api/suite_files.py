"""Reads a suite of order files: its manifest, and whether its files are unchanged."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from typing import Any

from covage_model.api import files
from covage_model.ground import codes
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import read
from covage_model.ground.files.document import Document
from covage_model.ground.files.limits import Limits

MANIFEST = "manifest.json"
_SEVERITIES = ("error", "warning", None)
_DETAILS = {"directory": "it is a folder", "special": "it is no regular file", "denied": "permission denied"}
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


class NoSuite(Exception):
    """The folder holds no suite that can be read; `findings` say why."""

    def __init__(self, findings: tuple[Diagnostic, ...], text: str) -> None:
        """`text` is a summary in one line."""
        super().__init__(text)
        self.findings = findings


@dataclass(frozen=True, slots=True)
class OrderSuiteFiles:
    """
    The entries of a manifest in its order, each with the keys of `schemas/suite-1.json`.

    `broken` maps a path of the manifest to the finding about its missing or changed file. `findings` (CM531) are
    these, then those about unlisted files, and one if the manifest has no digests.
    """

    folder: str
    entries: tuple[dict[str, Any], ...]
    broken: Mapping[str, Diagnostic]
    findings: tuple[Diagnostic, ...]

    def fault(self, entry: Mapping[str, Any]) -> Diagnostic | None:
        """The finding about the file or the account of an entry; None if both are unchanged."""
        return next((self.broken[name] for name in _listed(entry) if name in self.broken), None)


def digest(text: str) -> str:
    """The digest of a file as the manifest writes it: `sha256:` and 64 hexadecimal digits."""
    return _digest(text.encode("utf-8"))


def _digest(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def read_suite(folder: str) -> OrderSuiteFiles:
    """Reads the suite in a folder and checks each file. Raises NoSuite."""
    path = os.path.join(folder, MANIFEST)
    document = _manifest(folder, path)
    fault = next(chain(_faults(document.data), _links_outside(folder, document.data)), None)
    if fault is not None:
        where, detail = fault
        raise _no_suite(Diagnostic("CM530", "manifest", {"detail": detail}, document.at(where)), detail)
    data = document.data
    digests: Mapping[str, str] | None = data.get("digests")
    listed = dict.fromkeys(name for entry in data["files"] for name in _listed(entry))
    names = listed if digests is None else dict.fromkeys((*listed, *digests))
    broken = {name: finding for name in names if (finding := _checked(folder, name, digests)) is not None}
    findings = [*broken.values(), *_additional(folder, names)]
    if digests is None:
        findings.append(_finding("unprotected", path))
    return OrderSuiteFiles(folder, tuple(data["files"]), broken, tuple(findings))


def _manifest(folder: str, path: str) -> Document:
    content = files.read_bytes(path, limit=Limits().bytes)
    if isinstance(content, Diagnostic):
        raise NoSuite((content,), f"{folder} holds no suite: {path} cannot be read ({codes.message(content)})")
    document, findings = read.read_document(content, path, format="json")
    if findings or document is None:
        raise NoSuite(findings, f"{folder} holds no suite: {path} is no manifest")
    return document


def _no_suite(finding: Diagnostic, detail: str) -> NoSuite:
    return NoSuite((finding,), f"{finding.location.file} is no manifest of a suite: {detail}")


def _listed(entry: Mapping[str, Any]) -> Iterator[str]:
    yield entry["file"]
    if entry.get("account") is not None:
        yield entry["account"]


def _checked(folder: str, name: str, digests: Mapping[str, str] | None) -> Diagnostic | None:
    """The finding about a file that the manifest names; None if it is unchanged."""
    content = files.read_bytes(os.path.join(folder, name))
    if isinstance(content, Diagnostic):
        if content.form == "missing":
            return _finding("missing", os.path.join(folder, name), file=name)
        detail = _DETAILS.get(content.form) or content.arguments.get("detail", content.form)
        return _finding("unreadable", os.path.join(folder, name), file=name, detail=detail)
    if not content.strip():
        return _finding("empty", os.path.join(folder, name), file=name)
    if digests is not None and name not in digests:
        return _finding("unlisted", os.path.join(folder, name), file=name)
    if digests is not None and digests[name] != _digest(content):
        return _finding("changed", os.path.join(folder, name), file=name)
    return None


def _additional(folder: str, names: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """A finding for each unlisted file below the folder. Hidden names and linked folders are ignored."""
    known = {MANIFEST, *(os.path.normpath(name) for name in names)}
    for path in files.below(folder, ("",)):
        name = os.path.relpath(path, folder)
        if name not in known:
            yield _finding("additional", path, file=name.replace(os.sep, "/"))


def _finding(form: str, path: str, **arguments: str) -> Diagnostic:
    return Diagnostic("CM531", form, arguments, Location(path, 0, 0))


def _faults(data: Any) -> Iterator[tuple[str, str]]:
    """The faults of a manifest, each with its JSON Pointer."""
    if not isinstance(data, dict):
        yield "", "it is not an object"
    elif data.get("format") != 1 or not isinstance(data["format"], int) or isinstance(data["format"], bool):
        yield "/format", "its `format` is not 1"
    elif not isinstance(data.get("files"), list) or not data["files"]:
        yield "/files", "`files` lists no file"
    else:
        for number, entry in enumerate(data["files"]):
            yield from ((f"/files/{number}{where}", detail) for where, detail in _entry_faults(entry))
        yield from _repeated(data["files"])
        yield from _digest_faults(data.get("digests", {}))


def _repeated(entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Each file that an earlier entry lists. Entries may share an account."""
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        name = os.path.normcase(entry["file"])
        if name in seen:
            yield f"/files/{number}/file", f"`files` lists {entry['file']!r} twice"
        seen.add(name)


def _links_outside(folder: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each file of a manifest that a link, of its own or of a folder above it, leads out of the suite's folder."""
    root = os.path.join(os.path.realpath(folder), "")
    named = dict.fromkeys(data.get("digests", {}), "/digests")
    for number, entry in enumerate(data["files"]):
        named |= {entry[key]: f"/files/{number}/{key}" for key in ("file", "account") if entry.get(key) is not None}
    for name, where in named.items():
        if not _real(os.path.join(folder, name)).startswith(root):
            yield where, f"a link leads {name!r} out of the suite's folder"


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except ValueError:  # no name of a file; reading it says so
        return os.path.abspath(path)


def _digest_faults(data: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(data, dict):
        yield "/digests", "`digests` is not an object"
        return
    for name, value in data.items():
        if not _is_inside(name):
            yield "/digests", f"{name!r} in `digests` is not a path below the suite's folder"
        elif not isinstance(value, str) or not _DIGEST.fullmatch(value):
            yield "/digests", f"the digest of {name!r} is not `sha256:` and 64 hexadecimal digits"


def _entry_faults(entry: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(entry, dict):
        yield "", "an entry of `files` is not an object"
        return
    for name in ("file", "order", "role", "status"):
        if not isinstance(entry.get(name), str):
            yield f"/{name}", f"`{name}` is not a string"
    for name in ("file", "account"):
        if isinstance(entry.get(name), str) and not _is_inside(entry[name]):
            yield f"/{name}", f"`{name}` is not a path below the suite's folder"
    if entry.get("account") is not None and not isinstance(entry["account"], str):
        yield "/account", "`account` is neither a path nor null"
    if entry.get("verdict") not in ("valid", "invalid"):
        yield "/verdict", "`verdict` is neither `valid` nor `invalid`"
    if entry.get("severity") not in _SEVERITIES:
        yield "/severity", "`severity` is none of `error`, `warning` and null"
    for name in ("usual", "needs_account"):
        if not isinstance(entry.get(name, False), bool):
            yield f"/{name}", f"`{name}` is neither true nor false"
    yield from _list_faults(entry)


def _list_faults(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    pointers = entry.get("pointers")
    if not isinstance(pointers, list) or not all(isinstance(pointer, str) for pointer in pointers):
        yield "/pointers", "`pointers` is not a list of strings"
    for name, keys in (("findings", ("code", "pointer")), ("own", ("kind", "detail", "file"))):
        items = entry.get(name, [])
        if not isinstance(items, list) or not all(_has_texts(item, keys) for item in items):
            yield f"/{name}", f"`{name}` is not a list of objects with {', '.join(keys)}"


def _has_texts(item: Any, keys: tuple[str, ...]) -> bool:
    return isinstance(item, dict) and all(isinstance(item.get(key), str) for key in keys)


def _is_inside(name: str) -> bool:
    """Whether a relative path stays inside the folder, on every operating system."""
    parts = re.split(r"[/\\]", name)
    return bool(name) and "\0" not in name and ":" not in parts[0] and not {"", "..", "."} & set(parts)
