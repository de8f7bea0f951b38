"""Loads packs: finds their folders, reads, compiles, checks and caches them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from covage_model.api import files
from covage_model.documents.judge.prepared import PreparedOnDemand
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.files.limits import Limits
from covage_model.ground.patterns import regex

if TYPE_CHECKING:
    from covage_model.api.cache import CachedPack
    from covage_model.behaviour.space.space import StateSpace
    from covage_model.ground.files.node import Node
    from covage_model.pack.model.pack import SpecPack

Contents = list[tuple[str, bytes | Diagnostic]]
_LIMIT = Limits().bytes
# Errors of an unfinished lifecycle. Orders can still be judged, drawn and stepped through.
BEHAVIOUR_CODES = frozenset(("CM302", "CM303", "CM304", "CM305", "CM313", "CM314", "CM315"))
_PACK_FILE = regex(rb"^[\"']?pack[\"']?[ \t]*:", re.MULTILINE)


class NoSuchPack(Exception):
    """No folder and no bundled pack has that name."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """
    Several packs combined into one. `pack` is None if it could not be compiled.

    `findings` are sorted by file and line. `spaces` are the explored state spaces by variant; empty if the pack came
    from the cache.
    """

    pack: SpecPack | None
    findings: tuple[Diagnostic, ...]
    folders: tuple[str, ...]
    spaces: dict[str, StateSpace] = field(default_factory=dict)

    @property
    def broken(self) -> bool:
        """Whether the pack has errors."""
        return self.pack is None or any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def unusable(self) -> bool:
        """Whether the pack has other errors than those of BEHAVIOUR_CODES, so that it cannot judge documents."""
        errors = (finding for finding in self.findings if finding.severity is Severity.ERROR)
        return self.pack is None or any(finding.code not in BEHAVIOUR_CODES for finding in errors)


def bundled() -> dict[str, str]:
    """The folders of the bundled packs by name: beside the package in a checkout, inside it when installed."""
    here = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    for home in (here, os.path.dirname(os.path.dirname(here))):
        folder = os.path.join(home, "specs")
        if os.path.isdir(folder):
            paths = {name: os.path.join(folder, name) for name in sorted(os.listdir(folder))}
            return {name: path for name, path in paths.items() if os.path.isdir(path)}
    return {}


def folder_of(name: str) -> str:
    """The folder of a pack, given by its path or by the name of a bundled pack. Raises NoSuchPack."""
    if os.path.isdir(name):
        return name
    known = bundled()
    if name in known:
        return _near(known[name])
    names = ", ".join(known)
    wrong = "is no folder" if os.path.exists(name) else "is neither a folder nor a bundled pack"
    raise NoSuchPack(f"{name!r} {wrong}; bundled: {names}")


def _near(folder: str) -> str:
    """The path of a folder for messages: relative if it lies below the working directory."""
    below = os.path.relpath(folder)
    return folder if below.startswith(os.pardir) else below


def folders_of(names: Sequence[str]) -> tuple[str, ...]:
    """The folders of these packs (default: the bundled packs). Raises NoSuchPack."""
    return tuple(folder_of(name) for name in names) or tuple(map(_near, bundled().values()))


def yaml_files(folder: str) -> Contents:
    """The paths of the YAML files of a pack, each with its bytes or the finding why it is not read."""
    entries = files.walk(folder, (".yaml",), leave=False)
    return [
        (entry.location.file, _for_pack(entry))
        if isinstance(entry, Diagnostic)
        else (entry, files.read_bytes(entry, limit=_LIMIT))
        for entry in entries
    ]


def _for_pack(finding: Diagnostic) -> Diagnostic:
    """The finding with what helps in a pack, whose files cannot be named one by one."""
    return replace(finding, hint="copy it into the pack") if finding.code == "CM009" and finding.hint else finding


def digest(folders: Sequence[str]) -> str:
    """The digest of what the packs in these folders say: the names and bytes of their files, wherever they lie."""
    from hashlib import sha256  # loaded by those who tell it

    found = sha256()
    for folder in folders:
        for path, content in yaml_files(folder):
            name = os.path.relpath(path, folder).replace(os.sep, "/")
            said = content if isinstance(content, bytes) else content.form.encode()
            found.update(f"{name}\0{len(said)}\0".encode("utf-8", "surrogateescape") + said)
    return f"sha256:{found.hexdigest()}"


def spec_files(folder: str, contents: Contents) -> Contents:
    """The spec files among the YAML files of a pack: all outside of its `documents` folders."""
    documents = frozenset(
        name
        for path, content in contents
        if isinstance(content, bytes) and _PACK_FILE.search(content)
        for name in _documents_of(content, path)
    )
    return [
        (path, content) for path, content in contents if documents.isdisjoint(path[len(folder) :].split(os.sep)[1:2])
    ]


def _documents_of(content: bytes, path: str) -> tuple[str, ...]:
    from covage_model.ground.files import node as nodes
    from covage_model.ground.files import read

    root, _ = read.read_spec(content, path)
    data = nodes.plain(root) if root is not None else None
    names = data.get("documents") if isinstance(data, dict) and "pack" in data else None
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def load(
    names: Sequence[str] = (),
    *,
    checked: bool = True,
    cache: bool = True,
    limit: int | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> Loaded:
    """
    Loads the packs of these names or paths and combines them (default: the bundled packs).

    With `checked` False, the checks of meaning (CM3xx) are skipped. A pack without errors is cached by the content of
    its files, unless a `limit` of configurations is given. `progress` is called now and then with the variant being
    explored and its number of configurations so far. Raises NoSuchPack.
    """
    from covage_model.api import cache as caching

    contents = _read(names)
    folders = tuple(folder for folder, _ in contents)
    cache = cache and checked and limit is None
    key = caching.key_of(contents) if cache else ""
    known = caching.read_pack(key) if cache else None
    if known is not None:
        return Loaded(known[0], known[1], folders)
    loaded = _compiled(contents, folders, checked=checked, limit=limit, progress=progress)
    if cache and not loaded.broken and loaded.pack is not None:
        caching.write(key, loaded.pack, loaded.findings, PreparedOnDemand(loaded.pack))
    return loaded


def cached(names: Sequence[str] = ()) -> CachedPack | None:
    """The combined packs, prepared for judging, from the cache; None on a miss. Raises NoSuchPack."""
    from covage_model.api import cache as caching

    contents = _read(names)

    def compiled() -> SpecPack:
        pack = _compiled(contents, (), checked=False, limit=None, progress=None).pack
        assert pack is not None  # it compiled before it was cached
        return pack

    return caching.read_prepared(caching.key_of(contents), compiled)


def _read(names: Sequence[str]) -> list[tuple[str, Contents]]:
    return [(folder, yaml_files(folder)) for folder in folders_of(names)]


def _compiled(
    read: list[tuple[str, Contents]],
    folders: tuple[str, ...],
    *,
    checked: bool,
    limit: int | None,
    progress: Callable[[str, int], None] | None,
) -> Loaded:
    from covage_model.pack.compile.compile import compile_pack

    findings: list[Diagnostic] = []
    packs = [(folder, _nodes(spec_files(folder, contents), findings)) for folder, contents in read]
    pack, compile_findings = compile_pack(packs)
    findings.extend(compile_findings)
    if pack is None or not checked:
        return Loaded(pack, _sorted(findings), folders)
    from covage_model.behaviour.space.shown_values import histories_of
    from covage_model.quality.checks.check import check

    faulty = frozenset(finding.location.file for finding in findings)
    meaning = check(pack, faulty_files=faulty, limit=limit, progress=progress)
    pack = replace(pack, histories=histories_of(meaning.spaces.values()))
    return Loaded(pack, _sorted([*findings, *meaning.findings]), folders, meaning.spaces)


def _nodes(contents: Contents, findings: list[Diagnostic]) -> list[Node]:
    from covage_model.ground.files import read

    nodes = []
    for path, content in contents:
        if isinstance(content, Diagnostic):
            findings.append(content)
            continue
        node, unread = read.read_spec(content, path)
        findings.extend(unread)
        if node is not None:
            nodes.append(node)
    return nodes


def _sorted(findings: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    unique = {finding.sort_key(): finding for finding in findings}
    return tuple(unique[key] for key in sorted(unique))


def check_pack(*names: str) -> tuple[Diagnostic, ...]:
    """All findings about these packs, sorted by file and line. Raises `NoSuchPack`."""
    return load(names, cache=False).findings
