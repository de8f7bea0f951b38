"""Suites of valid and invalid order files generated from a pack, for testing any validator."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from covage_model import version
from covage_model.api import spec_paths
from covage_model.api.output_folder import OutputFolder
from covage_model.api.suite_files import MANIFEST, digest
from covage_model.api.workspace import Pack
from covage_model.documents.judge.verdict import Judge, role_of, status_for
from covage_model.documents.make.defects.defect import Expected
from covage_model.documents.make.defects.maker import DefectMaker
from covage_model.documents.presence.role import Role
from covage_model.ground.classes import dataclass
from covage_model.quality.order_suites.cover import cover
from covage_model.quality.order_suites.missed import Unnoticed, VanishCheck, dropped, heavy, missed
from covage_model.quality.order_suites.parts import parts_of
from covage_model.quality.order_suites.pool import File, Pool
from covage_model.quality.order_suites.set_apart import set_apart
from covage_model.quality.order_suites.shows import SuiteItem, of_valid, shown


@dataclass(frozen=True, slots=True)
class OrderSuite:
    """
    A minimal suite: without any one file it shows less. `own` lists what only that file shows.

    `watched` counts the definitions and parts of conditions whose removal changes the verdict of a file. `missed`
    lists the others, with the lines that make them redundant. `unshown` lists the values of enums and choices that
    no valid file contains.
    """

    pack: str
    files: tuple[File, ...]
    own: tuple[frozenset[SuiteItem], ...]
    watched: int
    missed: tuple[Unnoticed, ...]
    unshown: tuple[SuiteItem, ...] = ()
    root: str = ""  # the folder of the pack

    def texts(self) -> dict[str, str]:
        """The text of every file by its path in the suite's folder; the manifest is last."""
        return {**self._files(), MANIFEST: _json(self.manifest())}

    def _files(self) -> dict[str, str]:
        accounts = _accounts(self.files)
        texts = {f"accounts/{name}": _json(json.loads(text)) for text, name in accounts.items()}
        for number, file in enumerate(self.files):
            texts[_name(self, number)] = _json(file.document)
        return texts

    def spec_file(self, file: str) -> str:
        """The path of a spec file as the manifest writes it."""
        return spec_paths.from_pack(file, self.root)

    def manifest(self) -> dict[str, Any]:
        """The manifest as plain data: `schemas/suite-1.json` describes it."""
        accounts = _accounts(self.files)
        return {
            "format": 1,
            "tool": {"name": "covage-model", "version": version.VERSION},
            "pack": self.pack,
            "files": [_entry(self, number, accounts) for number in range(len(self.files))],
            "digests": {name: digest(text) for name, text in sorted(self._files().items())},
            "watched": self.watched,
            "missed": [
                {
                    "operator": missed.mutant.operator,
                    "at": missed.mutant.at,
                    "file": self.spec_file(missed.mutant.origin.location.file),
                    "line": missed.mutant.origin.location.line,
                    "why": missed.why,
                    "lines": [{"file": self.spec_file(o.location.file), "line": o.location.line} for o in missed.lines],
                }
                for missed in self.missed
            ],
            "unshown": [_shown(self, item) for item in self.unshown],
        }


def build(judge: Judge, names: Sequence[str], *, seed: int = 0, tick: Callable[[], None] = lambda: None) -> OrderSuite:
    """Builds the suite of these variants. `tick` is called twice for each variant."""
    pool = Pool(judge, DefectMaker(judge, seed))
    pool.fill(names, tick)
    numbers = cover([file.shows for file in pool.files])
    set_apart(judge, pool.files, numbers)
    look, made = VanishCheck(judge), dropped(judge, names)
    chosen = [pool.files[number] for number in numbers]
    survivors = []
    for mutant in [mutant for mutant in made if look.by(mutant, chosen) is None]:
        number = look.by(mutant, pool.files)  # a file that was not chosen may detect it
        if number is None:
            survivors.append(mutant)
            continue
        item = shown("vanishes", mutant.origin, mutant.id)
        pool.files[number] = replace(pool.files[number], shows=pool.files[number].shows | {item})
    numbers = cover([file.shows for file in pool.files])
    set_apart(judge, pool.files, numbers)
    chosen = [_finished(judge, pool.files[number], pool.maker.shared.data) for number in numbers]
    own = [file.shows - set[SuiteItem]().union(*(o.shows for o in chosen if o is not file)) for file in chosen]
    watched = len(made) - len(survivors)
    redundant, unshown = missed(pool, survivors), tuple(pool.unshown)
    return OrderSuite(
        pack=judge.pack.name,
        files=tuple(chosen),
        own=tuple(map(frozenset, own)),
        watched=watched,
        missed=redundant,
        unshown=unshown,
        root=os.path.dirname(judge.pack.origin.location.file),
    )


def _finished(judge: Judge, file: File, account: Any) -> File:
    role = file.target.role if judge.prepared.record is None else role_of(judge.prepared.record, file.document)
    usual = status_for(judge.sheet(file.target.variant), file.document, role, None) == file.target.status
    return replace(_with_shared(judge, file, account), usual=usual)


def _with_shared(judge: Judge, file: File, account: Any) -> File:
    """The file with the shared account, if that changes neither its findings nor what it shows."""
    if file.target.role is Role.RECORD:
        return replace(file, account=account)  # records are judged without an account
    if file.account is None or account is None:
        return file
    findings = heavy(judge, replace(file, account=copy.deepcopy(account)))
    expected = tuple(sorted({Expected(f.location.pointer, f.code, f.severity.value) for f in findings}))
    if expected != file.expected or judge.account(account, "").findings or file.needs_account:
        return file
    sheet = judge.sheet(file.target.variant)
    mine = {item for item in file.shows if item.kind != "vanishes"}
    if not file.expected and not mine <= of_valid(sheet, file.target, file.document, account, tuple(parts_of(sheet))):
        return file
    return replace(file, account=account)


def _listed(data: Any) -> Iterator[str]:
    for entry in data["files"]:
        yield from (str(entry[name]) for name in ("file", "account") if entry[name] is not None)


FOLDER = OutputFolder(MANIFEST, _listed)


def _accounts(files: Sequence[File]) -> dict[str, str]:
    """A file name for each distinct account, by its JSON text."""
    texts = dict.fromkeys(json.dumps(file.account) for file in files if file.account is not None)
    return {text: f"{number}.json" for number, text in enumerate(texts, 1)}


def _name(suite: OrderSuite, number: int) -> str:
    file = suite.files[number]
    width = len(str(len(suite.files)))
    kind = "invalid" if file.expected else "valid"
    return f"{kind}/{number + 1:0{width}}.{file.target.variant.replace('/', '.')}.json"


def _entry(suite: OrderSuite, number: int, accounts: dict[str, str]) -> dict[str, Any]:
    one = suite.files[number]
    return {
        "file": _name(suite, number),
        "account": f"accounts/{accounts[json.dumps(one.account)]}" if one.account is not None else None,
        "order": one.target.variant,
        "role": one.target.role.value,
        "status": one.target.status,
        "verdict": "invalid" if one.expected else "valid",
        "severity": min((e.severity for e in one.expected), default=None),
        "needs_account": one.needs_account,
        "usual": one.usual,
        "codes": sorted({e.code for e in one.expected}),
        "pointers": sorted({e.pointer for e in one.expected}),
        "findings": [{"code": e.code, "pointer": e.pointer, "severity": e.severity} for e in one.expected],
        "sources": sorted({source for item in one.shows for source in item.source}) if one.expected else [],
        "shows": [_shown(suite, item) for item in sorted(one.shows)],
        "own": [_shown(suite, item) for item in sorted(suite.own[number])],
    }


def _shown(suite: OrderSuite, shown: SuiteItem) -> dict[str, Any]:
    file = suite.spec_file(shown.file)
    return {"kind": shown.kind, "detail": shown.detail, "file": file, "line": shown.line, "source": list(shown.source)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def build_order_suite(pack: Pack, *names: str, seed: int = 0) -> OrderSuite:
    """
    Builds a minimal suite of valid and invalid order files for these variants (default: all).

    `.texts()` gives the texts by path, with the manifest. Raises KeyError for an unknown name.
    """
    return build(pack.judge, pack.variants(names), seed=seed)
