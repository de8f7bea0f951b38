"""The explored table equals that of the second explorer, which was written from the language's description alone."""

import json
from collections.abc import Iterator
from typing import Any

from effort import examples
from hypothesis import HealthCheck, assume, given, settings
from oracle import explorer
from oracle.lifecycles import Sample, samples
from oracle.valuations import atom

from covage_model.behaviour.space import explore
from covage_model.ground.files import read
from covage_model.pack.compile import compile as compiler
from covage_model.pack.model.conditions import (
    All,
    Atom,
    Compare,
    Condition,
    Count,
    DocumentReady,
    Every,
    Holds,
    In,
    Literal,
    Matches,
    Present,
    Range,
    Ref,
    Some,
    Starts,
    Test,
)
from covage_model.pack.model.pack import SpecPack

SLOW = settings(
    max_examples=examples(10), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@SLOW
@given(sample=samples(overlapping=True))
def test_the_table_equals_that_of_the_second_explorer(sample: Sample) -> None:
    pack = compiled(sample)
    for variant in sample.variants:
        expected = explorer.explore(sample.lifecycles, sample.order, variant)
        name = sample.order["order"] + (f"/{variant}" if variant else "")
        space = explore.explore(pack.lifecycles[0], pack.variant(name))
        seen = [as_oracle(space, number) for number in range(len(space))]
        assert len(set(seen)) == len(seen)
        assert {seen[number] for number in space.initial} == expected.initial
        assert set(seen) == expected.configurations
        assert set(moves(space, seen)) == expected.moves
        assert space.count_moves == sum(len(space.moves(number)) for number in range(len(space)))


@SLOW
@given(sample=samples(overlapping=True))
def test_traces_are_shortest_and_lead_where_they_say(sample: Sample) -> None:
    pack = compiled(sample)
    space = explore.explore(pack.lifecycles[0], pack.variants[0])
    depth = dict.fromkeys(space.initial, 0)
    pending = list(space.initial)
    for number in pending:  # grows as it is read
        for move in space.moves(number):
            if move.target not in depth:
                depth[move.target] = depth[number] + 1
                pending.append(move.target)
    for number in range(len(space)):
        trace = space.trace(number)
        assert len(trace) == depth[number]
        assert [move.target for move in trace[:-1]] == [move.source for move in trace[1:]]
        assert (trace[-1].target if trace else number) == number
        assert all(move in space.moves(move.source) for move in trace)


def compiled(sample: Sample) -> SpecPack:
    """The compiled sample. Samples with findings are skipped, unless the only findings are about unknown words."""
    nodes = []
    for file, data in sample.files.items():
        node, findings = read.read_spec(json.dumps(data).encode(), file)
        assert node is not None
        assert not findings
        nodes.append(node)
    pack, findings = compiler.compile_pack([("pack", nodes)])
    assert pack is not None
    assume({finding.form for finding in findings} <= {"final-value", "variable-value"})
    return pack


def as_oracle(space: explore.StateSpace, number: int) -> explorer.Configuration:
    """A configuration as the second explorer writes it."""
    here = space.configuration(number)
    truths = {text(variant): holds for variant, holds in here.atoms}
    return here.state, frozenset(here.variables), frozenset(truths.items())


def moves(space: explore.StateSpace, seen: list[explorer.Configuration]) -> Iterator[explorer.Move]:
    """Every move as the second explorer writes it."""
    for number in range(len(space)):
        for move in space.moves(number):
            emitted = () if move.case is None else space.passage(move).emits
            yield seen[number], move.trigger, move.actors, seen[move.target], emitted


def text(tested: Atom) -> str:
    """An atom as YAML writes it."""
    if isinstance(tested, DocumentReady):
        return atom("document", tested.status)
    return atom(".".join((tested.ref.root, *tested.ref.names)), written(tested.test))


def written(test: Test) -> Any:
    """A test as YAML writes it."""
    match test:
        case Literal(value):
            return value
        case In(values):
            return {"in": list(values)}
        case Starts(prefixes):
            return {"starts": list(prefixes)}
        case Present(present):
            return {"present": present}
        case Matches(pattern):
            return {"matches": pattern}
        case Range(least, most):
            return {word: bound for word, bound in (("min", least), ("max", most)) if bound is not None}
        case Compare(relation, Ref(root, names)):
            return {relation: {"at": ".".join((root, *names))}}
        case Compare(relation, bound):
            return {relation: bound}
        case Some(condition):
            return {"some": entries(condition)}
        case Every(condition):
            return {"every": entries(condition)}
        case Count(least, most, None):
            assert least == most
            return {"count": least}
        case Count(least, None, where) if where is not None:
            return {"count": {"min": least, "where": entries(where)}}
    raise AssertionError(test)


def entries(condition: Condition) -> dict[str, Any]:
    """The mapping of paths to tests that was compiled to this."""
    parts = condition.parts if isinstance(condition, All) else (condition,)
    return {".".join(part.ref.names): written(part.test) for part in parts if isinstance(part, Holds)}
