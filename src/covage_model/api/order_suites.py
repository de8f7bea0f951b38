"""Suites of order files, valid and invalid, from a pack; what anyone's validator is held against."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from covage_model import version
from covage_model.api import spec_paths
from covage_model.api.output_folder import OutputFolder
from covage_model.api.suite_files import MANIFEST, digest
from covage_model.documents.judge.verdict import Judge, role_of, status_for
from covage_model.documents.make.defect import Expected
from covage_model.documents.make.make import Maker
from covage_model.documents.presence.role import Role
from covage_model.quality.order_suites.cover import cover
from covage_model.quality.order_suites.missed import Unnoticed, VanishCheck, dropped, heavy, missed
from covage_model.quality.order_suites.parts import parts_of
from covage_model.quality.order_suites.pool import File, Pool
from covage_model.quality.order_suites.shows import ShownThing, of_valid, shown


@dataclass(frozen=True, slots=True)
class OrderSuite:
    """
    Files of which none can be dropped. `own` is what each alone shows.

    `watched` is how many definitions and parts of conditions would be noticed if they vanished, by a file that
    gets another verdict; `missed` are the others, with what makes them redundant. `unshown` are the values of
    enums and choices that stand in no valid file.
    """

    pack: str
    files: tuple[File, ...]
    own: tuple[frozenset[ShownThing], ...]
    watched: int
    missed: tuple[Unnoticed, ...]
    unshown: tuple[ShownThing, ...] = ()
    root: str = ""  # the folder of the pack

    def texts(self) -> dict[str, str]:
        """Every file by its path below the suite's folder, the manifest the last."""
        return {**self._files(), MANIFEST: _json(self.manifest())}

    def _files(self) -> dict[str, str]:
        accounts = _accounts(self.files)
        texts = {f"accounts/{name}": _json(json.loads(text)) for text, name in accounts.items()}
        for number, file in enumerate(self.files):
            texts[_name(self, number)] = _json(file.document)
        return texts

    def spec_file(self, file: str) -> str:
        """A file of the pack, as the manifest names it."""
        return spec_paths.from_pack(file, self.root)

    def manifest(self) -> dict[str, Any]:
        """What each file is, must get, and shows: `schemas/suite-1.json`."""
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
                    "operator": one.mutant.operator,
                    "at": one.mutant.at,
                    "file": self.spec_file(one.mutant.origin.location.file),
                    "line": one.mutant.origin.location.line,
                    "why": one.why,
                    "lines": [{"file": self.spec_file(o.location.file), "line": o.location.line} for o in one.lines],
                }
                for one in self.missed
            ],
            "unshown": [_shown(self, one) for one in self.unshown],
        }


def build(judge: Judge, names: Sequence[str], *, seed: int = 0, tick: Callable[[], None] = lambda: None) -> OrderSuite:
    """A suite for these variants; `tick` is called after each piece of work: two for each variant."""
    pool = Pool(judge, Maker(judge, seed))
    pool.fill(names, tick)
    numbers = cover([one.shows for one in pool.files])
    look, made = VanishCheck(judge), dropped(judge, names)
    chosen = [pool.files[number] for number in numbers]
    left = [one for one in made if look.by(one, chosen) is None]
    survivors = []
    for one in left:  # noticed by a file that shows nothing else, or by none
        number = look.by(one, pool.files)
        if number is None:
            survivors.append(one)
            continue
        thing = shown("vanishes", one.origin, one.id)
        pool.files[number] = replace(pool.files[number], shows=pool.files[number].shows | {thing})
    numbers = cover([one.shows for one in pool.files])
    chosen = [_finished(judge, pool.files[number], pool.maker.shared.data) for number in numbers]
    own = [one.shows - set[ShownThing]().union(*(o.shows for o in chosen if o is not one)) for one in chosen]
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


def _finished(judge: Judge, one: File, account: Any) -> File:
    role = one.target.role if judge.prepared.record is None else role_of(judge.prepared.record, one.document)
    usual = status_for(judge.sheet(one.target.variant), one.document, role, None) == one.target.status
    return replace(_with_shared(judge, one, account), usual=usual)


def _with_shared(judge: Judge, one: File, account: Any) -> File:
    """The file with the account that most have, where that makes no difference."""
    if one.target.role is Role.RECORD:
        return replace(one, account=account)  # nobody holds a record against one
    if one.account is None or account is None:
        return one
    found = heavy(judge, replace(one, account=copy.deepcopy(account)))
    expected = tuple(sorted({Expected(f.location.pointer, f.code, f.severity.value) for f in found}))
    if expected != one.expected or judge.account(account, "").findings or one.needs_account:
        return one
    sheet = judge.sheet(one.target.variant)
    mine = {thing for thing in one.shows if thing.kind != "vanishes"}
    if not one.expected and not mine <= of_valid(sheet, one.target, one.document, account, tuple(parts_of(sheet))):
        return one
    return replace(one, account=account)


def _listed(data: Any) -> Iterator[str]:
    for one in data["files"]:
        yield from (str(one[name]) for name in ("file", "account") if one[name] is not None)


FOLDER = OutputFolder(MANIFEST, _listed)


def _accounts(files: Sequence[File]) -> dict[str, str]:
    """A name for each account, by its text."""
    texts = dict.fromkeys(json.dumps(one.account) for one in files if one.account is not None)
    return {text: f"{number}.json" for number, text in enumerate(texts, 1)}


def _name(suite: OrderSuite, number: int) -> str:
    one = suite.files[number]
    width = len(str(len(suite.files)))
    kind = "invalid" if one.expected else "valid"
    return f"{kind}/{number + 1:0{width}}.{one.target.variant.replace('/', '.')}.json"


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
        "sources": sorted({source for thing in one.shows for source in thing.source}) if one.expected else [],
        "shows": [_shown(suite, thing) for thing in sorted(one.shows)],
        "own": [_shown(suite, thing) for thing in sorted(suite.own[number])],
    }


def _shown(suite: OrderSuite, shown: ShownThing) -> dict[str, Any]:
    file = suite.spec_file(shown.file)
    return {"kind": shown.kind, "detail": shown.detail, "file": file, "line": shown.line, "source": list(shown.source)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
