"""
The printed schema and the interpreter reach the same verdict on documents made from the sheet.

`COVAGE_LONG=1` judges 20,000 documents for each order and variant instead of about 120.
"""

import copy
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import jsonschema_rs
import pytest
from agreement import Record
from documents import (
    HOSTILE,
    NAMES,
    NUMBERS,
    TEXTS,
    Documents,
    all_slots,
    objects,
    places,
    root_of,
    within,
)
from edges import EDGES, edges_in
from effort import LONG, QUICK
from jsonschema import Draft202012Validator, FormatChecker
from random_packs import PATTERNS, Packs, Yaml

from covage_model.documents.judge.compiled.plain import PlainJudge
from covage_model.documents.judge.values import failing_keywords, type_problem
from covage_model.documents.judge.verdict import Account, Judge, Verdict, judge_of
from covage_model.documents.presence.outline import account_sheet, sheet_of
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet, Slot
from covage_model.documents.presence.slots import crossings
from covage_model.documents.schema.flat import Printed, print_schema
from covage_model.documents.schema.place import is_printable
from covage_model.documents.schema.validator import format_checker
from covage_model.ground import formats, pointer
from covage_model.ground import iregexp as patterns
from covage_model.ground.diagnostics import Diagnostic, Origin, Severity
from covage_model.ground.files import read
from covage_model.pack.compile.compile import compile_pack
from covage_model.pack.conditions import schema, tree, truth
from covage_model.pack.conditions.schema import hoisted, schema_of, value_schema
from covage_model.pack.model.conditions import (
    Among,
    Compare,
    Condition,
    Count,
    Every,
    Holds,
    In,
    Literal,
    Matches,
    Range,
    Ref,
    Some,
    Starts,
    Test,
)
from covage_model.pack.model.pack import SpecPack

ROOT = Path(__file__).parents[2]
PACKS = {"covage": ROOT / "specs" / "covage", "library": ROOT / "tests" / "packs" / "library"}
PER_VARIANT = 20_000 if LONG else 90 if QUICK else 140  # some turn out to be of another variant
CODES = tuple(f"CM{number}" for number in range(401, 412))
OFTEN = 10  # how often each code, presence and rule is hit at least
REFUSED = 0.4
ODD: tuple[Any, ...] = (None, True, "x", 1.5, {}, [])

RANDOM_PACKS, SHARDS = (3_000, 6) if LONG else (10 if QUICK else 20, 1)
PER_PACK = 40

AGREEMENT = "interpreter = jsonschema = jsonschema-rs"
BEYOND = "not for jsonschema-rs (beyond 64 bits)"
AT_A_BOUND = "with a value put at a bound or just beyond"
REACHED = ("documents", "of them refused", BEYOND, AT_A_BOUND, *(f"with {edge}" for edge in EDGES))

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


@dataclass
class Engines:
    """The schemas of a pack, each printed and compiled once, for two engines."""

    judge: Judge
    formats: FormatChecker = field(default_factory=format_checker)
    printed: dict[Key, Printed] = field(default_factory=dict)
    stock: dict[Key, Any] = field(default_factory=dict)
    fast: dict[Key, Any] = field(default_factory=dict)
    skipped: int = 0

    def schema(self, key: Key) -> Printed:
        if key not in self.printed:
            variant, status, role = key
            self.printed[key] = print_schema(
                self.judge.sheet(variant), pack=self.judge.pack.name, status=status, role=role.value, language="en"
            )
        return self.printed[key]

    def accepts(self, key: Key, document: Any) -> bool:
        if key not in self.stock:
            self.stock[key] = Draft202012Validator(self.schema(key).schema, format_checker=self.formats)
        return bool(self.stock[key].is_valid(document))

    def accepts_fast(self, key: Key, document: Any) -> bool | None:
        """The verdict of the second engine; None for documents that it cannot represent."""
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


def unsaid_rules(sheet: Sheet) -> set[Origin]:
    """The rules that no schema says: of the account, and those that compare two values."""
    return {rule.origin for rule in sheet.rules if not is_printable(rule)}


def carried_by_schema(finding: Diagnostic, unsaid: set[Origin]) -> bool:
    """Whether the schema must refuse a document for this finding."""
    if finding.severity is Severity.NOTE or finding.code == "CM408":
        return False
    return not (finding.code == "CM407" and finding.because in unsaid)


def targets(sheet: Sheet) -> list[tuple[str, Role]]:
    """The statuses and roles to judge for."""
    return [(status, Role.REQUEST) for status in sheet.request_statuses] + [
        (status, Role.RECORD) for status in sheet.statuses
    ]


def choices(pack: SpecPack) -> list[tuple[tuple[str, ...], Any]]:
    """The paths and values that choose orders and variants, anywhere in the pack."""
    found: list[tuple[tuple[str, ...], Any]] = []
    for variant in pack.variants:
        for entry in variant.match:
            test = entry.test
            values = (
                (test.value,) if isinstance(test, Literal) else test.values if isinstance(test, In) else test.prefixes
            )
            found.extend((entry.path, value) for value in values)
            found.extend((entry.path, value + "Z99") for value in values if isinstance(value, str))
    return found


def goals(sheet: Sheet) -> list[Any]:
    """What can be broken on purpose: required and forbidden fields, rules, read-only fields."""
    demands = [demand for demand in (*sheet.required, *sheet.forbidden) if demand.path != sheet.status_path]
    read_only = [slot for slot in all_slots(sheet.root) if slot.read_only is not None]
    return [*demands, *sheet.rules, *read_only]


def origin_of(goal: Any) -> Origin:
    origin = goal.read_only if isinstance(goal, Slot) else goal.origin
    assert isinstance(origin, Origin)
    return origin


def may_be_hit(sheet: Sheet, goal: Any) -> bool:
    """Whether a document can break it in one of these statuses and roles."""
    roles = {role for _, role in targets(sheet) if role is Role.RECORD or sheet.written_by is None}
    if isinstance(goal, Slot):
        above = [
            slot
            for slot in all_slots(sheet.root)
            if slot.path != goal.path and slot.path == goal.path[: len(slot.path)]
        ]
        return Role.REQUEST in roles and all(slot.read_only is None for slot in above)
    records_only = isinstance(goal, Demand) and goal.records_only
    requests_only = isinstance(goal, AnchoredRule) and goal.reads_account
    return any(
        status in goal.statuses
        and role in roles
        and not (records_only and role is Role.REQUEST)
        and not (requests_only and role is Role.RECORD)
        for status, role in targets(sheet)
    )


def fitting(possible: list[tuple[str, Role]], goal: Any, random: Random) -> tuple[str, Role]:
    """A status and role in which the goal can be broken, or None."""
    found = [
        (status, role)
        for status, role in possible
        if (isinstance(goal, Slot) and role is Role.REQUEST)
        or (not isinstance(goal, Slot) and status in goal.statuses and (role is Role.RECORD or not records_only(goal)))
    ]
    return random.choice(found or possible)


def records_only(goal: Any) -> bool:
    return isinstance(goal, Demand) and goal.records_only


@dataclass
class Tally:
    """The counts of a run."""

    documents: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unmatched: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    hits: Counter[tuple[str, Origin]] = field(default_factory=Counter)
    edges: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    plain: int = 0  # clean, and so said the compiled judge

    def add(self, documents: Documents, document: Any, verdict: Verdict, *, accepted: bool) -> None:
        """Counts a document and its findings. A demand counts as hit even if another finding hides it."""
        sheet = documents.sheet
        self.documents[sheet.variant] += 1
        self.refused[sheet.variant] += not accepted
        self.edges.update(set(edges_in(document)))
        codes = {finding.code for finding in verdict.findings}
        self.codes.update(codes)
        hit = {finding.because for finding in verdict.findings if finding.code in ("CM405", "CM407", "CM408")}
        for code, demands in (("CM403", sheet.required), ("CM409", sheet.forbidden)):
            for demand in demands if code in codes else ():
                if documents.breaks(document, demand, verdict.status, verdict.role):
                    hit.add(demand.origin)
        self.hits.update((sheet.variant, origin) for origin in hit if origin is not None)


@dataclass
class Run:
    """The documents of a pack, judged in three ways."""

    pack: SpecPack
    seed: int
    most: int = 99  # statuses and roles tried of each variant
    tally: Tally = field(default_factory=Tally)
    fast: dict[tuple[str, Role, int], PlainJudge] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.judge = judge_of(self.pack)
        self.engines = Engines(self.judge)
        self.accounts = self._accounts()
        self.targets = {variant.name: self._some(variant.name) for variant in self.pack.variants}
        self.documents = {
            variant.name: Documents(self.judge.sheet(variant.name), Random(self.seed), choices(self.pack))
            for variant in self.pack.variants
        }

    def _some(self, name: str) -> list[tuple[str, Role]]:
        found = targets(self.judge.sheet(name))
        return found if len(found) <= self.most else Random(f"{self.seed} {name}").sample(found, self.most)

    def variant(self, name: str, number: int, *, aimed: float = 0.6) -> None:
        """Judges `number` documents of one variant; a share of them is made to break one goal."""
        random = Random(f"{self.seed} {name}")
        sheet = self.judge.sheet(name)
        documents = replace(self.documents[name], random=random)
        wanted = [goal for goal in goals(sheet) if may_be_hit(sheet, goal)]
        tried = Counter[Origin]()
        for count in range(number):
            goal = None
            if wanted and count % 10 < 10 * aimed:
                goal = min(wanted, key=lambda one: self.tally.hits[name, origin_of(one)] + tried[origin_of(one)] // 4)
                tried[origin_of(goal)] += 1
            status, role = fitting(self.targets[name], goal, random) if goal else random.choice(self.targets[name])
            document = documents.draw(status, role)
            if goal is not None:
                documents.broken(document, goal)
            times = random.choice((0, 0, 1, 1, 1, 2)) if goal is None else random.choice((0, 0, 0, 1))
            self.compare(name, documents.spoiled(document, times), (status, role), random)

    def compare(self, name: str, document: Any, target: tuple[str, Role], random: Random) -> None:
        """Compares the three verdicts on one document made for a variant, a status and a role."""
        status, role = target
        account = random.choice(self.accounts)
        verdict = self.judge.verdict(document, "it", role=role, status=status, account=account)
        if any(finding.code == "CM413" for finding in verdict.findings):
            # it turned into an order of another lifecycle, which has no such status
            verdict = self.judge.verdict(document, "it", role=role, account=account)
        self.compare_fast(document, verdict, (status, role, account))
        variant = verdict.variant or name
        sheet = self.judge.sheet(variant)
        key = (variant, verdict.status, role)
        accepted = self.engines.accepts(key, document)
        broken = [finding for finding in verdict.findings if carried_by_schema(finding, unsaid_rules(sheet))]
        assert accepted is not bool(broken), (key, document, broken, errors(self.engines, key, document))
        fast = self.engines.accepts_fast(key, document)
        assert fast in (accepted, None), ("the second engine", key, document, broken)
        self.tally.add(self.documents[variant], document, verdict, accepted=accepted)
        if any(finding.code in ("CM401", "CM402") for finding in verdict.findings) or verdict.variant is None:
            self.tally.unmatched += 1
            for other in self.pack.variants:
                target = random.choice(self.targets[other.name])
                assert not self.engines.accepts((other.name, *target), document), (other.name, document)
        elif variant != name:
            assert not self.engines.accepts((name, status, role), document), (name, document)

    def compare_fast(self, document: Any, verdict: Verdict, asked: tuple[str, Role, Account | None]) -> None:
        """The compiled judge accepts only where the interpreter has no finding, and leaves the same rules unchecked."""
        status, role, account = asked
        key = (status, role, id(account))
        if key not in self.fast:
            self.fast[key] = PlainJudge(self.judge, role, status, account)
        plain = self.fast[key].plain(document)
        clean = all(finding.code == "CM408" for finding in verdict.findings) and verdict.variant is not None
        if plain is not None:
            assert clean, (asked, document, verdict.findings)
            assert (plain.variant, plain.role, plain.status) == (verdict.variant, verdict.role, verdict.status)
            assert set(plain.unchecked) == {(each.form, each.arguments["rule"]) for each in verdict.findings}
            self.tally.plain += 1
        self.tally.clean += clean

    def _accounts(self) -> list[Account | None]:
        """None, valid accounts, and spoiled ones."""
        sheet, _ = account_sheet(self.pack)
        if sheet is None:
            return [None]
        drawn = Documents(sheet, Random(self.seed))
        found = [drawn.spoiled(drawn.draw(sheet.initial, Role.REQUEST), number % 3 % 2) for number in range(15)]
        return [None] * 10 + [self.judge.account(data, "account") for data in found]


def errors(engines: Engines, key: Key, document: Any) -> list[str]:
    return [
        f"{error.json_path}: {error.message[:200]} ({list(error.absolute_schema_path)})"
        for error in engines.stock[key].iter_errors(document)
    ]


def report(run: Run) -> Iterator[str]:
    """The counts, as lines."""
    tally = run.tally
    for variant in run.pack.variants:
        number = tally.documents[variant.name]
        yield f"{variant.name}: {number} documents, {tally.refused[variant.name] / number:.0%} refused"
    yield f"{sum(tally.documents.values())} documents, {tally.unmatched} of no order or variant"
    yield f"{tally.clean} clean, {tally.plain} of them plainly"
    yield f"{run.engines.skipped} not for the second engine"
    yield "codes: " + ", ".join(f"{code} {tally.codes[code]}" for code in CODES)
    counts = [tally.hits[variant, origin] for variant, origin in wanted_hits(run)]
    yield f"{len(counts)} presences and rules, counted for each variant: hit {min(counts)} to {max(counts)} times"


def reached(run: Run) -> Counter[str]:
    """How many documents the three agree on, how many of these are refused, and how many have each edge case."""
    found = Counter(dict.fromkeys(REACHED, 0))
    found["documents"] = sum(run.tally.documents.values())
    found["of them refused"] = sum(run.tally.refused.values())
    found["clean"] = run.tally.clean
    found["plainly clean, by the compiled judge"] = run.tally.plain
    found[BEYOND] = run.engines.skipped
    found.update({f"with {edge}": number for edge, number in run.tally.edges.items()})
    found[AT_A_BOUND] = sum(documents.bounds.total() for documents in run.documents.values())
    return found


def wanted_hits(run: Run) -> list[tuple[str, Origin]]:
    found = {}
    for variant in run.pack.variants:
        sheet = run.judge.sheet(variant.name)
        for goal in goals(sheet):
            if may_be_hit(sheet, goal):
                found[variant.name, origin_of(goal)] = True
    return list(found)


@pytest.mark.parametrize("name", PACKS)
def test_schema_and_interpreter_agree_on_every_document(name: str, record: Record) -> None:
    run = Run(loaded(PACKS[name]), seed=1)
    for variant in run.pack.variants:
        run.variant(variant.name, PER_VARIANT if name == "covage" else PER_VARIANT * 3 // 5)
    print(f"\n{name}", *report(run), sep="\n  ")
    found = reached(run)
    record(AGREEMENT, found)
    assert not LONG or all(found[f"with {edge}"] >= OFTEN for edge in EDGES), found
    assert not LONG or name != "covage" or found["documents"] >= 100_000
    if QUICK:
        return  # too few documents to break everything
    hits = Counter[Origin]()
    for (_, origin), times in run.tally.hits.items():
        hits[origin] += times
    often = OFTEN if LONG else 1
    rare = {origin.location for _, origin in wanted_hits(run) if hits[origin] < often}
    rare |= {origin.location for variant, origin in wanted_hits(run) if not run.tally.hits[variant, origin]}
    assert not rare, rare
    assert all(
        run.tally.refused[variant.name] >= REFUSED * run.tally.documents[variant.name] for variant in run.pack.variants
    )
    assert all(run.tally.codes[code] >= often for code in CODES)


def compiled(files: dict[str, Yaml]) -> SpecPack:
    """A random pack, compiled; it has no findings."""
    nodes = []
    for file, data in files.items():
        node, found = read.read_spec(json.dumps(data).encode(), file)
        assert node is not None, found
        nodes.append(node)
    pack, findings = compile_pack([("random", nodes)])
    assert pack is not None, (findings, files)
    for variant in pack.variants:
        findings += sheet_of(pack, variant)[1]
    assert not findings, (findings, files)
    return pack


@pytest.mark.parametrize("shard", range(SHARDS))
def test_they_agree_on_random_packs(shard: int, record: Record) -> None:
    codes: Counter[str] = Counter()
    found = Counter(dict.fromkeys(REACHED, 0))
    for seed in range(shard, RANDOM_PACKS, SHARDS):
        run = Run(compiled(Packs(Random(seed)).pack()), seed=seed, most=3)
        for variant in run.pack.variants:
            run.variant(variant.name, -(-PER_PACK // len(run.pack.variants)), aimed=0.2)
        codes.update(run.tally.codes)
        for what, number in reached(run).items():
            found[what] += number
    print(f"\n{RANDOM_PACKS // SHARDS} random packs: {dict(sorted(codes.items()))}")
    record(AGREEMENT, found)
    assert found["of them refused"] >= REFUSED * found["documents"]
    assert not LONG or all(found[f"with {edge}"] >= OFTEN for edge in EDGES), found


@pytest.mark.parametrize("name", PACKS)
def test_one_change_where_no_condition_reads_is_one_finding(name: str) -> None:
    run = Run(loaded(PACKS[name]), seed=3)
    made: Counter[str] = Counter()
    for variant in run.pack.variants:
        sheet, random = run.judge.sheet(variant.name), Random(variant.name)
        documents = replace(run.documents[variant.name], random=random)
        read_there = paths_read(sheet)
        for status, role in targets(sheet):
            if sheet.written_by is not None and role is Role.REQUEST:
                continue
            key = (variant.name, status, role)
            for _ in range(100 if LONG else 2):
                document = clean(run, documents, key)
                found = [*changed_values(documents, document, read_there), *added_keys(documents, document, read_there)]
                before = findings_of(run, document, key)
                for change in random.sample(found, min(12, len(found))):
                    check_change(run, document, change, key, before)
                    made[change.kind] += 1
    print(f"\n{name}: {dict(made)}")
    assert min(made[kind] for kind in ("required", "type", "keyword", "unknown", "read-only")) >= OFTEN


@dataclass(frozen=True)
class Change:
    """A change at a pointer: a key deleted or a value put; and the code to expect there."""

    kind: str
    code: str
    where: str
    value: Any = None


def clean(run: Run, documents: Documents, key: Key) -> Any:
    """A document without findings other than unchecked rules."""
    for _ in range(200):
        document = documents.draw(key[1], key[2])
        if {code for code, _ in findings_of(run, document, key)} <= {"CM408"}:
            assert run.engines.accepts(key, document)
            return document
    raise AssertionError(f"no document in order was drawn for {key}")


def changed_values(documents: Documents, document: Any, read_there: set[tuple[str, ...]]) -> Iterator[Change]:
    """Values deleted, or replaced by a wrong type or value, at places that no condition reads."""
    for place in places(root_of(documents.sheet, document))[1:]:
        slot = place.slot
        if slot is None or is_read(slot, read_there):
            continue
        if slot.path in documents.owed and isinstance(place.holder, dict) and is_scalar(slot):
            yield Change("required", "CM403", place.where)
        others = [value for value in ODD if type_problem(slot, value) is not None]
        if others:
            yield Change("type", "CM404", place.where, documents.random.choice(others))
        drawn = documents.random.sample(HOSTILE, 12) + documents.random.sample(NUMBERS, 6)
        wrong = [one for one in drawn if not type_problem(slot, one) and any(failing_keywords(slot, one))]
        if wrong and is_scalar(slot):
            yield Change("keyword", "CM404", place.where, wrong[0])


def added_keys(documents: Documents, document: Any, read_there: set[tuple[str, ...]]) -> Iterator[Change]:
    """Unknown keys, and read-only ones in a request."""
    root = root_of(documents.sheet, document)
    for place in places(root):
        if isinstance(place.value, dict) and place.slot is not None and place.slot.properties is not None:
            name = documents.random.choice([name for name in NAMES if name not in place.slot.properties])
            yield Change("unknown", "CM406", place.where + pointer.join([name]), 1)
    for slot in all_slots(documents.sheet.root) if documents.role is Role.REQUEST else ():
        if slot.read_only is not None and not is_read(slot, read_there):
            for _, at in within(root, slot.path[:-1]):
                yield Change("read-only", "CM405", at.where + pointer.join(slot.path[-1:]), documents.value(slot))


def is_read(slot: Slot, read_there: set[tuple[str, ...]]) -> bool:
    return any(path[: len(slot.path)] == slot.path for path in read_there)


def is_scalar(slot: Slot) -> bool:
    return slot.properties is None and slot.items is None


def paths_read(sheet: Sheet) -> set[tuple[str, ...]]:
    """Every place that `match`, a condition or a rule reads."""
    found = {entry.path for entry in sheet.match}

    def add(condition: Condition | None, own: tuple[str, ...], item: tuple[str, ...]) -> None:
        for atom in tree.atoms(condition) if condition is not None else ():
            assert isinstance(atom, Holds)
            if atom.ref.root != "account":
                found.add(at := absolute(atom.ref, own, item))
                add(tree.inside(atom.test), own, at)
            else:
                add(tree.inside(atom.test), own, ("account", *atom.ref.names))
            if isinstance(atom.test, Among) and atom.test.ref.root != "account":
                found.add(absolute(atom.test.ref, own, item))

    def absolute(ref: Ref, own: tuple[str, ...], item: tuple[str, ...]) -> tuple[str, ...]:
        if ref.root == "item":
            return (*item, *ref.names)
        return (*own[: crossings(sheet.root, own)[ref.level - 1] if ref.level else 0], *ref.names)

    for demand in (*sheet.required, *sheet.forbidden):
        add(demand.when, demand.path[:-1], ())
    for rule in sheet.rules:
        add(rule.when, rule.host, ())
        add(rule.then, rule.host, ())
    return found | ({sheet.status_path} if sheet.status_path is not None else set())


def check_change(run: Run, document: Any, change: Change, key: Key, before: Counter[tuple[str, str]]) -> None:
    changed = copy.deepcopy(document)
    *way, last = pointer.split(change.where)
    holder = changed
    for name in way:
        holder = holder[int(name) if isinstance(holder, list) else name]
    last_key = int(last) if isinstance(holder, list) else last
    if change.kind == "required":
        del holder[last_key]
    else:
        holder[last_key] = change.value
    after = findings_of(run, changed, key)
    assert set(after - before) == {(change.code, change.where)}, (key, document, change, after - before)
    assert all(where.startswith(change.where) for _, where in before - after), (key, document, change, before - after)
    note = change.kind == "unknown" and key[2] is Role.RECORD
    assert run.engines.accepts(key, changed) is note, (key, document, change)


def findings_of(run: Run, document: Any, key: Key) -> Counter[tuple[str, str]]:
    verdict = run.judge.verdict(document, "it", role=key[2], status=key[1])
    assert verdict.variant == key[0]
    return Counter((finding.code, finding.location.pointer) for finding in verdict.findings)


@pytest.mark.parametrize("name", [*PACKS, "random"])
def test_every_schema_is_valid_and_each_assertion_has_its_line(name: str) -> None:
    packs = [compiled(Packs(Random(seed)).pack()) for seed in range(20)] if name == "random" else [loaded(PACKS[name])]
    number = 0
    for pack in packs:
        engines = Engines(judge_of(pack))
        for variant in pack.variants:
            if name != "random":  # the second engine has read the metaschema too, in no time
                Draft202012Validator.check_schema(
                    engines.schema((variant.name, *targets(engines.judge.sheet(variant.name))[-1])).schema
                )
            for status, role in targets(engines.judge.sheet(variant.name)):
                printed = engines.schema((variant.name, status, role))
                assert jsonschema_rs.meta.is_valid(printed.schema)
                number += 1
                for where in printed.origins:
                    resolved(printed.schema, where)
                missing = [where for where in assertions(printed.schema, "") if where not in printed.origins]
                assert not missing, (variant.name, status, role, missing)
    print(f"\n{name}: {number} schemas")


ANNOTATIONS = {"$schema", "$id", "title", "description", "examples", "default", "readOnly"}


def resolved(schema: Any, where: str) -> Any:
    for name in pointer.split(where):
        schema = schema[int(name) if isinstance(schema, list) else name]
    return schema


def assertions(schema: Any, at: str) -> Iterator[str]:
    """The pointer of each keyword that can refuse a document. A part of the root's `allOf` counts as one."""
    if isinstance(schema, bool):
        yield at
        return
    for name, value in schema.items():
        if name == "properties":
            for child, below in value.items():
                yield from assertions(below, at + pointer.join([name, child]))
        elif name == "items":
            yield from assertions(value, f"{at}/items")
        elif name == "allOf" and at:
            for number, part in enumerate(value):
                yield from assertions(part, f"{at}/allOf/{number}")
        elif name in ("required", "allOf"):
            yield from (f"{at}/{name}/{number}" for number in range(len(value)))
        elif name not in ANNOTATIONS:
            yield f"{at}/{name}"


# A second reading of conditions, from `language.md` alone, over the YAML as it stands.

MISSING: Any = object()
COMPARISONS = {"min", "max", "above", "below", "is"}
TEST_WORDS = {"in", "starts", "present", "matches", *COMPARISONS, "count", "some", "every", "among"}
Look = Callable[[str], Any]  # the value at a path as written, MISSING where there is none


def says(raw: Any, look: Look, item: Any = MISSING) -> bool:
    """Whether a condition as written holds; `item` is the item of the innermost quantifier."""
    if not isinstance(raw, dict) or set(raw) <= TEST_WORDS:
        return passes(raw, item, look)
    for word, said in raw.items():
        if word == "all":
            holds = all(says(part, look, item) for part in said)
        elif word == "any":
            holds = any(says(part, look, item) for part in said)
        elif word == "not":
            holds = not says(said, look, item)
        elif word == "when":
            holds = says(raw["then"], look, item) if says(said, look, item) else True
        else:
            holds = word == "then" or passes(said, look(word), look)
        if not holds:
            return False
    return True


def passes(test: Any, value: Any, look: Look) -> bool:
    """Whether a value passes a test as written."""
    if not isinstance(test, dict):
        return same(test, value)
    word, said = next(iter(test.items()))
    if word == "present":
        return (value is not MISSING) is said
    if word in ("count", "some", "every"):
        items = [] if value is MISSING else value
        if not isinstance(items, list):
            return False
        where = said.get("where", {}) if word == "count" and isinstance(said, dict) else {} if word == "count" else said
        fitting = [one for one in items if where == {} or says(where, within_item(look, one), one)]
        if word == "some":
            return bool(fitting)
        if word == "every":
            return len(fitting) == len(items)
        bounds = said if isinstance(said, dict) else {"min": said, "max": said}
        return bool(bounds.get("min", 0) <= len(fitting) <= bounds.get("max", len(fitting)))
    if word == "in":
        return any(same(one, value) for one in said)
    if word == "starts":
        return isinstance(value, str) and any(value[: len(one)] == one for one in said)
    if word == "matches":
        return isinstance(value, str) and patterns.matches(said, value)
    return all(
        compared(value, relation, look(to["at"]) if isinstance(to, dict) else to) for relation, to in test.items()
    )


def compared(value: Any, relation: str, other: Any) -> bool:
    """Whether a value stands to another so: two numbers, two dates, or two date-times as instants."""
    if relation == "is":
        return value is not MISSING and other is not MISSING and same(other, value)
    (kind, left), (other_kind, right) = ranked(value), ranked(other)
    if kind is None or kind != other_kind:
        return False
    orders = {"min": left >= right, "max": left <= right, "above": left > right, "below": left < right}
    return bool(orders[relation])


def ranked(value: Any) -> tuple[str | None, Any]:
    """What orders a value, and its rank among those of that kind; None where nothing does."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number", value
    written = re.fullmatch(
        r"(\d{4}-\d\d-\d\d)(?:[Tt](\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:[Zz]|([-+])(\d\d):(\d\d)))?",
        value if isinstance(value, str) else "",
        re.ASCII,
    )
    try:
        day = dt.date.fromisoformat(written[1]) if written else None
    except ValueError:
        return None, None
    if written is None or day is None:
        return None, None
    if written[2] is None:
        return "date", day
    if not formats.is_date_time(value):
        return None, None
    sign = -1 if written[5] == "-" else 1
    west = sign * (int(written[6] or 0) * 60 + int(written[7] or 0))
    return "date-time", (day.toordinal() * 1440 + int(written[2]) * 60 + int(written[3]) - west, Fraction(written[4]))


def same(one: Any, other: Any) -> bool:
    """JSON equality of a scalar and any value."""
    if isinstance(one, int | float) and not isinstance(one, bool):
        return isinstance(other, int | float) and not isinstance(other, bool) and one == other
    return type(one) is type(other) and one == other


def within_item(look: Look, item: Any) -> Look:
    def found(path: str) -> Any:
        return look(path) if path.startswith("order.") else follow(item, path.split("."))

    return found


def follow(value: Any, names: Sequence[str]) -> Any:
    for name in names:
        if not isinstance(value, dict) or name not in value:
            return MISSING
        value = value[name]
    return value


def from_where_it_stands(document: Any, host: tuple[str, ...], own: Sequence[str]) -> Look:
    """Paths written at `host`, relative to the object at the steps `own`: a list on that way stands for its item."""

    def found(path: str) -> Any:
        names = path.split(".")[1:] if path.startswith("order.") else [*host, *path.split(".")]
        value, steps = document, list(own)
        for name in names:
            while isinstance(value, list):
                if not steps or not steps[0].isdigit():
                    return MISSING
                value = value[int(steps.pop(0))]
            if not isinstance(value, dict) or name not in value:
                return MISSING
            steps = steps[1:] if steps and steps[0] == name else []
            value = value[name]
        return value

    return found


@dataclass(frozen=True)
class Written:
    """A condition of a random pack: its YAML, its place, its compiled form, and the object it is evaluated for."""

    raw: Any
    host: tuple[str, ...]
    compiled: Condition
    asked_at: tuple[str, ...]
    level: int


def written(files: dict[str, Yaml], sheet: Sheet) -> Iterator[Written]:
    """Every condition of a sheet with its YAML."""
    hosts = {rule.origin: rule.host for rule in sheet.rules}
    for rule in sheet.rules:
        raw = at_origin(files, rule.origin)
        for word, condition in (("when", rule.when), ("then", rule.then)):
            if condition is not None:
                yield Written(raw[word], hosts[rule.origin], condition, rule.host, rule.level)
    for demand in (*sheet.required, *sheet.forbidden):
        raw = at_origin(files, demand.origin)
        if demand.when is not None and isinstance(raw, dict):
            path = pointer.split(demand.origin.location.pointer)[-2]
            host = demand.path[: -len(path.split("."))]
            yield Written(raw["when"], host, demand.when, demand.path[: demand.start], demand.level)


def at_origin(files: dict[str, Yaml], origin: Origin) -> Any:
    return resolved(files[origin.location.file], origin.location.pointer)


def test_a_second_reading_of_conditions_agrees() -> None:
    asked: Counter[bool] = Counter()
    printed: Counter[bool] = Counter()
    for seed in range(10_000, 10_000 + (2_000 if LONG else 25)):
        files = Packs(Random(seed)).pack()
        judge = judge_of(compiled(files))
        for variant in judge.pack.variants:
            sheet, random = judge.sheet(variant.name), Random(seed)
            documents = Documents(sheet, random)
            conditions = list(written(files, sheet))
            schemas = {
                number: Draft202012Validator(schema_of(hoisted(one.compiled)))
                for number, one in enumerate(conditions)
                if one.level == 0 and schema.is_printable(one.compiled)
            }
            for _ in range(10):
                document = documents.draw(*random.choice(targets(sheet)))
                for one in conditions:
                    if random.random() < 0.2:
                        for scopes, _ in objects(root_of(sheet, document), one.asked_at, one.level)[:1]:
                            documents.steer(one.compiled, scopes, wanted=random.random() < 0.6)
                document = documents.spoiled(document, random.choice((0, 0, 1)))
                for number, one in enumerate(conditions):
                    for scopes, place in objects(root_of(sheet, document), one.asked_at, one.level):
                        look = from_where_it_stands(document, one.host, pointer.split(place.where))
                        expected = says(one.raw, look)
                        values = [scope.value for scope in scopes]
                        assert truth.holds(one.compiled, values) is expected, (seed, one, document, place.where)
                        asked[expected] += 1
                        if number in schemas:
                            assert schemas[number].is_valid(document) is expected, (seed, one, document)
                            printed[expected] += 1
    print(f"\nconditions asked of objects: {dict(asked)}, of those as schemas: {dict(printed)}")
    assert min(*asked.values(), *printed.values()) >= 100


def test_every_test_on_a_value_is_its_schema() -> None:
    random = Random(5)
    tests: list[Test] = [Matches(pattern) for pattern in PATTERNS]
    tests += [Starts(prefixes) for prefixes in (("A",), ("A", "B\n"), ("\n",), ("é", "[", "$^"), ("\U0001f642",))]
    tests += [Literal(value) for value in ("A", "", 1, 1.0, 0, True, False, None, 2**53 + 1)]
    tests += [In(values) for values in ((1, "A"), (True, None), (0, False), (1.0, 2**53))]
    tests += [Range(least, most) for least, most in ((0, None), (None, 1.5), (1, 1), (-1, 2**53), (0.1, 1e308))]
    tests += [Compare(relation, 1) for relation in ("min", "max", "above", "below")]
    tests += [
        Count(0, 0),
        Count(1, None),
        Count(0, 1),
        Count(2, 2),
        Some(Holds(Ref("item"), Literal(1))),
        Every(Holds(Ref("item"), Range(0, None))),
    ]
    values = [*HOSTILE, *TEXTS, *NUMBERS, True, False, None, {}, [], [1], [True], [1, 2], [1.0, "x"], {"a": 1}, [[1]]]
    for pattern in PATTERNS:
        drawn = [patterns.sample(patterns.parse(pattern), random, limit=6) or "" for _ in range(10)]
        values += [text + tail for text in drawn for tail in ("", "\n", "\n\n", "\r", "A", "\u2028")]
    for test in tests:
        schema = value_schema(test)
        stock, fast = Draft202012Validator(schema), jsonschema_rs.Draft202012Validator(schema)
        for value in values:
            expected = truth.satisfies(test, value, (value,))
            assert stock.is_valid(value) is expected, (test, value, schema)
            assert not carried(value) or fast.is_valid(value) is expected, ("the second engine", test, value, schema)
