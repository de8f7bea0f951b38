"""
What the fast path passes as clean is clean for the careful path, spelled in whatever way.

The fast path: an engine reads a line, a compiled judge accepts the value, colons are counted. The careful path:
the reader with places, then the interpreter. `COVAGE_LONG=1` compares 500,000 lines.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import pytest
from agreement import Record
from documents import Documents
from effort import LONG
from random_packs import Packs
from seeded_packs import compiled
from spellings import WAYS, Speller
from test_schema_equals_interpreter import PACKS, Run, fitting, goals, loaded, may_be_hit

from covage_model.api.clean_lines import CleanLines
from covage_model.documents.judge.compiled import closer
from covage_model.documents.judge.compiled.closer import told_apart
from covage_model.documents.judge.compiled.plain import PlainJudge
from covage_model.documents.judge.verdict import Account, Verdict
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Diagnostic, in_order
from covage_model.ground.files import decoding, json_reader, ndjson, plain_json
from covage_model.ground.files.cutting import Piece
from covage_model.ground.files.document import Reading
from covage_model.ground.files.limits import Limits

LINES = 170_000 if LONG else 160
OF_A_RANDOM_PACK = 400 if LONG else 60
SPELLINGS = 8  # of each document
AGREEMENT = "fast path = careful path, lines of NDJSON"
ENGINES = {"typed decoding": (), "orjson": ("msgspec",), "standard library": ("msgspec", "orjson")}  # what each lacks

Asked = tuple[Role | None, str | None, Account | None]


@dataclass
class SpelledRun(Run):
    """The documents of a pack, each spelled in several ways and judged by both paths."""

    counts: Counter[str] = field(default_factory=Counter)
    judges: dict[tuple[Any, ...], PlainJudge] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.random = Random(self.seed)
        self.speller = Speller(self.random)
        self.three = [None, *self.accounts[-4:-2]]  # a valid account and a spoiled one

    def variants(self, number: int) -> None:
        """Compares both paths on at least as many lines, the same number for each variant."""
        each = -(-number // SPELLINGS // len(self.pack.variants))
        for variant in self.pack.variants:
            sheet = self.judge.sheet(variant.name)
            wanted = [goal for goal in goals(sheet) if may_be_hit(sheet, goal)]
            for _ in range(each):
                self._document(self.documents[variant.name], wanted)

    def _document(self, documents: Documents, wanted: Sequence[Any]) -> None:
        """A document that is clean, or wrong in one thing, or changed anywhere; in each of its spellings."""
        random = documents.random
        status, role = target = random.choice(self.targets[documents.sheet.variant])
        way = random.randrange(10)
        goal = random.choice(wanted) if wanted and way < 2 else None
        document = documents.draw(*(fitting([target], goal, random) if goal else target))
        if goal is not None:
            documents.broken(document, goal)
        document = documents.spoiled(document, {2: 1, 3: 1, 4: 2}.get(way, 0))
        if way in (5, 6):
            document = self.speller.extreme(documents, document)
        lines = [self.speller.line(document) for _ in range(SPELLINGS)]
        asked: Asked = random.choice([(None, None), (None, None), (role, None), (role, status)])
        self.lines(lines, (*asked, random.choice(self.three)), lists=random.random() < 0.5)

    def lines(self, lines: list[bytes], asked: Asked, *, lists: bool) -> None:
        """Compares both paths on lines, for each engine that the fast path may use."""
        careful = self._careful(lines, asked)
        plain = self.judges.setdefault((*asked[:2], id(asked[2])), PlainJudge(self.judge, *asked))
        self.counts["documents"] += len(lines)
        self.counts["of them clean"] += sum(map(is_clean, careful))
        for (reading, verdict), line in zip(careful, lines, strict=True):
            if reading.document is not None:
                accepted = plain.verdict(reading.document.data, "it")
                assert accepted in (None, replace(verdict, exercised=()) if verdict else ()), (asked, line)
                assert verdict is not None
                explained = in_order_of_places(plain.closer.verdict(reading.document.data, "it"))
                if explained != in_order_of_places(told_apart(verdict)):  # of several places the first is named
                    role, status, account = asked
                    verdict = self.judge.verdict(reading.document.data, "it", role=role, status=status, account=account)
                assert explained == in_order_of_places(told_apart(verdict)), (asked, line)
        for engine, lacking in ENGINES.items():
            fast = self.judges.setdefault((engine, *asked[:2], id(asked[2])), PlainJudge(self.judge, *asked))
            with pytest.MonkeyPatch.context() as patch:
                for module in lacking:
                    patch.setitem(sys.modules, module, None)
                self._read(lines, careful)
                clean = CleanLines(fast, "it", lists, few=0)
                left = clean.lines(lines, 1)
                items = items_passed(CleanLines(fast, "it", lists, few=0), lines)
            passed = [index for index in range(len(lines)) if index not in left]
            assert items == passed, (engine, asked, lines)
            self.counts[f"of them passed, {engine}"] += len(passed)
            for index in passed:
                assert is_clean(careful[index]), (engine, asked, lines[index], careful[index])
            verdicts = [(index + 1, careful[index][1]) for index in passed]
            self._told(verdicts, clean, lists=lists)

    def _careful(self, lines: Sequence[bytes], asked: Asked) -> list[tuple[Reading, Verdict | None]]:
        """What the careful path reads and says; what is written the same is judged once."""
        role, status, account = asked
        known: dict[str, Verdict] = {}
        found: list[tuple[Reading, Verdict | None]] = []
        for number, line in enumerate(lines, 1):
            reading, verdict = careful(line, number), None
            if reading.document is not None:
                spelled = json.dumps(reading.document.data, sort_keys=True)
                if spelled not in known:
                    data = reading.document.data
                    known[spelled] = self.judge.verdict(data, "it", role=role, status=status, account=account)
                verdict = known[spelled]
            found.append((reading, verdict))
        return found

    def _read(self, lines: Sequence[bytes], careful: Sequence[tuple[Reading, Verdict | None]]) -> None:
        """The fast reader gives what the careful one gives, or doubts."""
        reader = plain_json.reader()
        for line, (reading, _) in zip(lines, careful, strict=True):
            try:
                value = reader(line)
            except (ValueError, RecursionError):
                continue
            assert reading.document is not None, line
            assert not reading.findings, (line, reading.findings)
            assert same(value, reading.document.data), line

    def _told(self, verdicts: Sequence[tuple[int, Verdict | None]], clean: CleanLines, *, lists: bool) -> None:
        """What is kept of the lines that were passed is what the interpreter says of them."""
        told: Counter[Any] = Counter()
        each: dict[int, Verdict | None] = {}
        for documents in clean.taken():
            for plain, number, _ in documents.counts:
                told[plain.variant, plain.role, plain.status, frozenset(plain.unchecked)] += number
            each.update({line: verdict for line, _, verdict in documents.each})
        wanted = Counter((one.variant, one.role, one.status, unchecked(one)) for _, one in verdicts if one is not None)
        assert told == wanted
        assert not lists or list(each) == [line for line, _ in verdicts]
        for line, verdict in verdicts:
            if each.get(line) is not None and verdict is not None:
                assert replace(each[line], findings=()) == replace(verdict, exercised=(), findings=())


def items_passed(clean: CleanLines, lines: Sequence[bytes]) -> list[int]:
    """Which lines are passed, by index, if they are items of a list."""
    items, passed, at = [line.strip(b" \t\r\n") for line in lines], list[int](), 0
    while at < len(items):
        number = clean.items(items[at:], range(at + 1, len(items) + 1))
        passed += range(at, at + number)
        at += number + 1
    return passed


def careful(line: bytes, number: int) -> Reading:
    """The reading with places of each value; the reader that looks at no more than it must gives the same."""
    reading = ndjson.record(Piece(line, number, len(line.rstrip(b"\r\n"))), "it", Limits())
    text = decoding.decode(line.rstrip(b"\r\n"), "it", number)
    if not isinstance(text, Diagnostic) and len(line) < Limits().line:
        data, findings = json_reader.careful(text, 0, len(text.content), limits=Limits())
        assert findings == reading.findings, line
        assert reading.document is None or json.dumps(data) == json.dumps(reading.document.data), line
    return reading


def in_order_of_places(verdict: Verdict) -> Verdict:
    """The verdict with its findings in the order of places: they come in that of the members, which spellings shuffle."""
    return replace(verdict, findings=in_order(verdict.findings), exercised=())


def is_clean(judged: tuple[Reading, Verdict | None]) -> bool:
    """Whether the careful path finds nothing, but for rules that nobody could check."""
    reading, verdict = judged
    if verdict is None or verdict.variant is None or reading.findings:
        return False
    return all(finding.code == "CM408" for finding in verdict.findings)


def unchecked(verdict: Verdict) -> frozenset[tuple[str, Any]]:
    return frozenset((finding.form, finding.arguments["rule"]) for finding in verdict.findings)


def same(fast: Any, careful: Any) -> bool:
    """Equal, but for whole numbers beyond 64 bits: floats, which judges doubt."""
    if isinstance(fast, dict) and isinstance(careful, dict):
        return list(fast) == list(careful) and all(same(fast[key], careful[key]) for key in fast)
    if isinstance(fast, list) and isinstance(careful, list):
        return len(fast) == len(careful) and all(map(same, fast, careful))
    if type(fast) is float and type(careful) is int:
        return abs(careful) >= 10**17 and float(careful) == fast
    return json.dumps(fast) == json.dumps(careful)


def recorded(runs: Sequence[SpelledRun], record: Record) -> Counter[str]:
    counts: Counter[str] = Counter()
    for run in runs:
        counts.update(run.counts)
        counts.update({f"with {way}": run.speller.used[way] for way in WAYS})
    record(AGREEMENT, counts)
    return counts


@pytest.fixture(autouse=True)
def _compiles_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(closer, "_FEW", 0)


@pytest.mark.parametrize("name", PACKS)
def test_the_fast_path_passes_what_the_careful_path_finds_clean(name: str, record: Record) -> None:
    pytest.importorskip("orjson")
    pytest.importorskip("msgspec")
    run = SpelledRun(loaded(PACKS[name]), seed=7, most=99 if LONG else 1)
    run.variants(LINES)
    counts = recorded([run], record)
    assert counts["of them clean"] > counts["documents"] / 10
    assert not LONG or all(counts[f"of them passed, {engine}"] > counts["of them clean"] / 5 for engine in ENGINES)
    assert not LONG or all(counts[f"with {way}"] for way in WAYS), counts


def test_it_does_so_in_random_packs(record: Record) -> None:
    pytest.importorskip("orjson")
    pytest.importorskip("msgspec")
    runs: list[SpelledRun] = []
    for seed in range(-(-LINES // OF_A_RANDOM_PACK)):
        runs.append(SpelledRun(compiled(Packs(Random(seed)).pack()), seed=seed, most=3))
        runs[-1].variants(OF_A_RANDOM_PACK)
    counts = recorded(runs, record)
    assert all(counts[f"of them passed, {engine}"] > 0 for engine in ENGINES)
