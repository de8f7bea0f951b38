"""
The printed schema and the interpreter reach the same verdict, on documents made from the sheet.

`COVAGE_LONG=1` judges 20,000 documents for each order and variant instead of 500.
"""

import copy
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import jsonschema_rs
import pytest
from covage_model import formats
from covage_model.compiler.compile import compile_pack
from covage_model.diagnostics import Diagnostic, Origin, Severity
from covage_model.model.conditions import In, Literal
from covage_model.model.pack import SpecPack
from covage_model.orders.judge import Role
from covage_model.orders.verdict import Account, Judge, Verdict
from covage_model.presence.outline import account_sheet
from covage_model.presence.sheet import AnchoredRule, Demand, Sheet, Slot
from covage_model.schema.flat import Printed, print_schema
from covage_model.source import read
from jsonschema import Draft202012Validator, FormatChecker
from tests.properties.documents import Documents, all_slots

ROOT = Path(__file__).parents[2]
PACKS = {"covage": ROOT / "specs" / "covage", "library": ROOT / "tests" / "packs" / "library"}
LONG = bool(os.environ.get("COVAGE_LONG"))
PER_LEAF = 20_000 if LONG else 500
CODES = tuple(f"CM{number}" for number in range(401, 412))
OFTEN = 10  # how often each code, presence and rule is hit at least
REFUSED = 0.4

Key = tuple[str, str, Role]


def loaded(folder: Path) -> SpecPack:
    nodes = []
    for file in sorted(folder.rglob("*.yaml")):
        if file.relative_to(folder).parts[0] not in ("examples", "accounts"):
            node, _ = read.read_spec(file.read_bytes(), str(file.relative_to(ROOT)))
            nodes.extend([node] if node is not None else [])
    pack, _ = compile_pack([(str(folder), nodes)])
    assert pack is not None
    return pack


def checker() -> FormatChecker:
    """Our formats and no other; a checker is asked about every value, and speaks of texts alone."""
    known = FormatChecker(formats=())
    for name, is_format in formats.FORMATS.items():
        known.checks(name)(lambda value, check=is_format: not isinstance(value, str) or check(value))
    return known


@dataclass
class Engines:
    """Each schema of a pack, printed and compiled once, for two engines."""

    judge: Judge
    formats: FormatChecker = field(default_factory=checker)
    printed: dict[Key, Printed] = field(default_factory=dict)
    stock: dict[Key, Any] = field(default_factory=dict)
    fast: dict[Key, Any] = field(default_factory=dict)
    skipped: int = 0

    def schema(self, key: Key) -> Printed:
        if key not in self.printed:
            leaf, status, role = key
            self.printed[key] = print_schema(
                self.judge.sheet(leaf), pack=self.judge.pack.name, status=status, role=role.value, language="en"
            )
        return self.printed[key]

    def accepts(self, key: Key, document: Any) -> bool:
        if key not in self.stock:
            self.stock[key] = Draft202012Validator(self.schema(key).schema, format_checker=self.formats)
        return bool(self.stock[key].is_valid(document))

    def accepts_fast(self, key: Key, document: Any) -> bool | None:
        """The verdict of the second engine, None for what it cannot carry."""
        if key not in self.fast:
            known: dict[str, Any] = dict(formats.FORMATS)
            self.fast[key] = jsonschema_rs.Draft202012Validator(
                self.schema(key).schema, formats=known, validate_formats=True
            )
        if not carried(document):
            self.skipped += 1
            return None
        return bool(self.fast[key].is_valid(document))


def carried(value: Any) -> bool:
    """Whether a value has no integer beyond 64 bits."""
    if isinstance(value, dict):
        return all(map(carried, value.values()))
    if isinstance(value, list):
        return all(map(carried, value))
    return not isinstance(value, int) or -(2**63) <= value < 2**64


def account_rules(sheet: Sheet) -> set[Origin]:
    return {rule.origin for rule in sheet.rules if rule.reads_account}


def carried_by_schema(finding: Diagnostic, of_account: set[Origin]) -> bool:
    """Whether the schema must refuse a document for this finding."""
    if finding.severity is Severity.NOTE or finding.code == "CM408":
        return False
    return not (finding.code == "CM407" and finding.because in of_account)


def targets(sheet: Sheet) -> list[tuple[str, Role]]:
    """The statuses and roles that matter."""
    return [(status, Role.REQUEST) for status in sheet.request_statuses] + [
        (status, Role.RECORD) for status in sheet.statuses
    ]


def choices(pack: SpecPack) -> list[tuple[tuple[str, ...], Any]]:
    """What documents are chosen by, anywhere in the pack."""
    found = []
    for leaf in pack.leaves:
        for entry in leaf.match:
            test = entry.test
            values = (test.value,) if isinstance(test, Literal) else test.values if isinstance(test, In) else test.prefixes
            found.extend((entry.path, value) for value in values)
            found.extend((entry.path, value + "Z99") for value in values if isinstance(value, str))
    return found


def goals(sheet: Sheet) -> list[Any]:
    """All that can be broken on purpose: what is required or forbidden, rules, read-only fields."""
    demands = [demand for demand in (*sheet.required, *sheet.forbidden) if demand.path != sheet.status_path]
    read_only = [slot for slot in all_slots(sheet.root) if slot.read_only is not None]
    return [*demands, *sheet.rules, *read_only]


def origin_of(goal: Any) -> Origin:
    return goal.read_only if isinstance(goal, Slot) else goal.origin  # type: ignore[no-any-return]


def may_be_hit(sheet: Sheet, goal: Any) -> bool:
    """Whether some document in some status and role that matters can break it."""
    roles = {role for _, role in targets(sheet) if role is Role.RECORD or sheet.written_by is None}
    if isinstance(goal, Slot):
        return Role.REQUEST in roles
    records_only = isinstance(goal, Demand) and goal.records_only
    requests_only = isinstance(goal, AnchoredRule) and goal.reads_account
    return any(
        status in goal.statuses
        and role in roles
        and not (records_only and role is Role.REQUEST)
        and not (requests_only and role is Role.RECORD)
        for status, role in targets(sheet)
    )


def fitting(sheet: Sheet, goal: Any, random: Random) -> tuple[str, Role]:
    """A status and role in which the goal can be broken, if there is one."""
    found = [
        (status, role)
        for status, role in targets(sheet)
        if (isinstance(goal, Slot) and role is Role.REQUEST)
        or (not isinstance(goal, Slot) and status in goal.statuses and not (role is Role.REQUEST and records_only(goal)))
    ]
    return random.choice(found or targets(sheet))


def records_only(goal: Any) -> bool:
    return isinstance(goal, Demand) and goal.records_only


@dataclass
class Tally:
    """What a run reached."""

    documents: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unmatched: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    hits: Counter[tuple[str, Origin]] = field(default_factory=Counter)

    def add(self, sheet: Sheet, verdict: Verdict, accepted: bool) -> None:
        self.documents[sheet.leaf] += 1
        self.refused[sheet.leaf] += not accepted
        for finding in verdict.findings:
            self.codes[finding.code] += 1
        for origin in {finding.because for finding in verdict.findings if finding.because is not None}:
            self.hits[sheet.leaf, origin] += 1


@dataclass
class Run:
    """A pack's documents, judged three ways."""

    pack: SpecPack
    seed: int
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self.judge = Judge(self.pack)
        self.engines = Engines(self.judge)
        self.accounts = Documents(known, Random(self.seed)) if (known := account_sheet(self.pack)[0]) else None

    def leaf(self, name: str, number: int) -> None:
        """Judge so many documents of one leaf."""
        random = Random(f"{self.seed} {name}")
        sheet = self.judge.sheet(name)
        documents = Documents(sheet, random, choices(self.pack))
        wanted = [goal for goal in goals(sheet) if may_be_hit(sheet, goal)]
        for count in range(number):
            goal = self._least_hit(sheet, wanted) if wanted and count % 5 < 2 else None
            status, role = fitting(sheet, goal, random) if goal else random.choice(targets(sheet))
            document = documents.draw(status, role)
            if goal is not None:
                documents.broken(document, goal)
            times = random.choice((0, 0, 1, 1, 2, 3)) if goal is None else random.choice((0, 0, 0, 1))
            document = documents.spoiled(document, times)
            self.compare(name, document, status, role, random)

    def _least_hit(self, sheet: Sheet, wanted: list[Any]) -> Any:
        return min(wanted, key=lambda goal: self.tally.hits[sheet.leaf, origin_of(goal)])

    def compare(self, name: str, document: Any, status: str, role: Role, random: Random) -> None:
        before = copy.deepcopy(document)
        account = self._account(random)
        probe = self.judge.verdict(document, "it", role=role)
        leaf = probe.leaf or name
        sheet = self.judge.sheet(leaf)
        if (status, role) not in targets(sheet):
            status = random.choice([one for one, other in targets(sheet) if other is role])
        verdict = self.judge.verdict(document, "it", role=role, status=status, account=account)
        key = (leaf, status, role)
        accepted = self.engines.accepts(key, document)
        broken = [finding for finding in verdict.findings if carried_by_schema(finding, account_rules(sheet))]
        assert accepted is not bool(broken), (key, document, broken, errors(self.engines, key, document))
        fast = self.engines.accepts_fast(key, document)
        assert fast in (accepted, None), ("the second engine", key, document, broken)
        assert truly_equal(document, before)
        self.tally.add(sheet, verdict, accepted)
        if any(finding.code in ("CM401", "CM402") for finding in verdict.findings) or probe.leaf is None:
            self.tally.unmatched += 1
            for other in self.pack.leaves:
                possible = [one for one in targets(self.judge.sheet(other.name)) if one[1] is role]
                assert not self.engines.accepts((other.name, *random.choice(possible)), document), (other.name, document)
        elif leaf != name and (status, role) in targets(self.judge.sheet(name)):
            assert not self.engines.accepts((name, status, role), document), (name, document)

    def _account(self, random: Random) -> Account | None:
        if self.accounts is None or random.random() < 0.4:
            return None
        self.accounts.random = random
        data = self.accounts.draw(self.accounts.sheet.initial, Role.REQUEST)
        return self.judge.account(self.accounts.spoiled(data, random.choice((0, 0, 1))), "account")


def truly_equal(one: Any, other: Any) -> bool:
    return repr(one) == repr(other)


def errors(engines: Engines, key: Key, document: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]} ({list(error.absolute_schema_path)})" for error in engines.stock[key].iter_errors(document)]


def report(run: Run) -> Iterator[str]:
    """What was reached, in lines."""
    tally = run.tally
    for leaf in run.pack.leaves:
        number = tally.documents[leaf.name]
        yield f"{leaf.name}: {number} documents, {tally.refused[leaf.name] / number:.0%} refused"
    yield f"{sum(tally.documents.values())} documents, {tally.unmatched} of no order or variant, {run.engines.skipped} not for the second engine"
    yield "codes: " + ", ".join(f"{code} {tally.codes[code]}" for code in CODES)
    counts = [tally.hits[leaf, origin] for leaf, origin in wanted_hits(run)]
    yield f"{len(counts)} presences and rules, hit {min(counts)} to {max(counts)} times"


def wanted_hits(run: Run) -> list[tuple[str, Origin]]:
    found = {}
    for leaf in run.pack.leaves:
        sheet = run.judge.sheet(leaf.name)
        for goal in goals(sheet):
            if may_be_hit(sheet, goal):
                found[leaf.name, origin_of(goal)] = True
    return list(found)


@pytest.mark.parametrize("name", PACKS)
def test_schema_and_interpreter_agree_on_every_document(name: str) -> None:
    run = Run(loaded(PACKS[name]), seed=1)
    for leaf in run.pack.leaves:
        run.leaf(leaf.name, PER_LEAF)
    print(f"\n{name}", *report(run), sep="\n  ")
    rare = [(leaf, origin.location) for leaf, origin in wanted_hits(run) if run.tally.hits[leaf, origin] < OFTEN]
    assert not rare, rare
    assert all(run.tally.refused[leaf.name] >= REFUSED * run.tally.documents[leaf.name] for leaf in run.pack.leaves)
    assert all(run.tally.codes[code] >= OFTEN for code in CODES)
