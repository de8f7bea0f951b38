"""Documents for configurations are found wherever brute force finds any, and their atoms have the wanted truths."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle.lifecycles import Sample, samples

from covage_model import load_pack
from covage_model.behaviour.space import explore
from covage_model.behaviour.space.space import StateSpace
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.documents.make.valid.lived import Valuation, lived
from covage_model.ground import json_value
from covage_model.ground.files import read
from covage_model.pack.compile import compile as compiler
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import Atom, DocumentReady
from covage_model.pack.model.pack import SpecPack

ROOT = Path(__file__).resolve().parent.parent.parent
SLOW = settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
ABSENT = json_value.ABSENT
PARTS = ({"ok": True}, {"ok": False}, {}, {"name": "lid", "ok": True}, {"name": "lid"})
DOMAINS: dict[tuple[str, ...], list[Any]] = {  # by path, whatever the atoms of the random lifecycles ask about
    ("request",): ["thing", "x-thing"],
    ("way",): [ABSENT, "one", "two", "three", "four"],
    ("mark",): [ABSENT, "ABC", "AB", "ABD", "AC", "B", "BC", "C", "X", ""],
    ("box", "size"): [ABSENT, 0, 1, 2, 3, 5],
    ("urgent",): [ABSENT, True, False],
    ("parts",): [ABSENT, *([*some] for some in ((), *((x,) for x in PARTS), *((x, y) for x in PARTS for y in PARTS)))],
    ("level",): [ABSENT, "high", "low", "none"],
    ("blocked",): [ABSENT, True, False],
    ("cards",): [ABSENT, [], [{"number": "C1"}], [{"number": "D1"}], [{}]],
}


@SLOW
@given(sample=samples(), data=st.data())
def test_a_document_is_found_for_every_valuation_that_can_be(sample: Sample, data: st.DataObject) -> None:
    judge = judge_of(compiled(sample))
    for variant in judge.pack.variants:
        space = explore.explore(judge.pack.lifecycle(variant.order.follows), variant)
        for valuation in islice(valuations(space), 6):
            found = lived(judge, variant.name, [valuation])
            if found is None:
                assert not possible(valuation, space), valuation
            else:
                check(judge, variant.name, [valuation], found.account, found.documents)
        trace = space.trace(data.draw(st.integers(0, len(space) - 1))) if len(space) else ()
        steps = [space.configuration(number).atoms for number in dict.fromkeys(m.target for m in trace)][:4]
        again = [lived(judge, variant.name, steps), lived(judge, variant.name, steps)]
        assert again[0] == again[1]
        if again[0] is not None:
            check(judge, variant.name, steps, again[0].account, again[0].documents)
        elif steps:
            together = tuple(dict.fromkeys(pair for step in steps for pair in step if account_alone(pair[0])))
            assert not all(possible(step, space) for step in steps) or not possible(together, space)


PACKS = {"covage": ROOT / "specs" / "covage", "library": ROOT / "tests" / "packs" / "library"}
# An account says whether somebody is blocked: it cannot be neither. A blocked reader's file is never ready.
NEITHER = "blocked is required of an account"
BLOCKED = "not-blocked: no file of a blocked reader is ready"


@pytest.mark.parametrize("name", PACKS)
def test_a_document_is_found_for_every_valuation_of_a_pack_or_the_reason_is_known(name: str) -> None:
    judge = load_pack(str(PACKS[name])).judge
    found = impossible = 0
    for variant in judge.pack.variants:
        space = explore.explore(judge.pack.lifecycle(variant.order.follows), variant)
        for valuation in valuations(space):
            life = lived(judge, variant.name, [valuation])
            if life is None:
                assert reason(valuation) in (NEITHER, BLOCKED), valuation
                impossible += 1
            else:
                check(judge, variant.name, [valuation], life.account, life.documents)
                found += 1
    assert (found, impossible) == {"covage": (18, 0), "library": (40, 27)}[name]


def test_one_account_serves_a_whole_life() -> None:
    judge = load_pack(str(PACKS["library"])).judge
    for variant in judge.pack.variants:
        space = explore.explore(judge.pack.lifecycle(variant.order.follows), variant)
        steps = [
            one for one in valuations(space) if reason(one) is None and truth_of(one, "blocked", False) is not False
        ]
        if steps:
            found = lived(judge, variant.name, steps, seed=3)
            assert found is not None
            check(judge, variant.name, steps, found.account, found.documents)


def reason(valuation: Valuation) -> str | None:
    if truth_of(valuation, "blocked", False) is False and (truth_of(valuation, "blocked", True) is False):
        return NEITHER
    ready = any(isinstance(atom, DocumentReady) and holds for atom, holds in valuation)
    return BLOCKED if ready and truth_of(valuation, "blocked", False) is False else None


def truth_of(valuation: Valuation, name: str, value: Any) -> bool | None:
    """The truth that the valuation gives the atom which compares this part of the account with a value."""
    for atom, holds in valuation:
        if not isinstance(atom, DocumentReady) and atom.ref.names == (name,):
            if truth.satisfies(atom.test, value) and not truth.satisfies(atom.test, not value):
                return holds
    return None


def valuations(space: StateSpace) -> list[Valuation]:
    """Each valuation of a reachable configuration once."""
    return list(dict.fromkeys(space.configuration(number).atoms for number in range(len(space))))


def check(judge: Judge, variant: str, asked: list[Valuation], account: Any, documents: tuple[Any, ...]) -> None:
    """Each document is of the variant, its account is valid, and each atom has the wanted truth."""
    given = judge.account(json.loads(json.dumps(account)), "account") if account is not None else None
    assert given is None or not given.findings
    for valuation, document in zip(asked, json.loads(json.dumps(documents)), strict=True):
        assert choose(judge.prepared.alternatives, document, "").variant == variant
        ready = judge.readiness(variant, document, given)
        assert all(ready(atom) is holds for atom, holds in valuation)


def account_alone(atom: Atom) -> bool:
    return not isinstance(atom, DocumentReady) and atom.ref.root == "account"


def possible(valuation: Valuation, space: StateSpace) -> bool:
    """Whether some values give all these atoms these truths. Readiness has one truth for all statuses there."""
    readiness = {holds for atom, holds in valuation if isinstance(atom, DocumentReady)}
    entries = [(("order", entry.path), entry.test, True) for entry in space.variant.match]
    entries += [((a.ref.root, a.ref.names), a.test, h) for a, h in valuation if not isinstance(a, DocumentReady)]
    by_path: dict[Any, list[tuple[Any, bool]]] = {}
    for path, test, holds in entries:
        by_path.setdefault(path, []).append((test, holds))
    return len(readiness) < 2 and all(
        any(all(truth.satisfies(test, value, (value,)) is holds for test, holds in tests) for value in DOMAINS[path[1]])
        for path, tests in by_path.items()
    )


def compiled(sample: Sample) -> SpecPack:
    nodes = []
    for file, said in sample.files.items():
        node, findings = read.read_spec(json.dumps(said).encode(), file)
        assert node is not None
        assert not findings
        nodes.append(node)
    pack, _ = compiler.compile_pack([("pack", nodes)])
    assert pack is not None
    return pack
