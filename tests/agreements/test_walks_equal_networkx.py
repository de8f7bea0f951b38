"""Walks over the explored table agree with networkx on random lifecycles, where each edit is an edge of its own."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle.lifecycles import Sample, samples
from test_space_equals_oracle import compiled

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.explore import StateSpace, explore


@st.composite
def asked(draw: st.DrawFn) -> tuple[StateSpace, bytes, bytes]:
    """A random table, and two sparse masks of it."""
    sample: Sample = draw(samples(overlapping=True))
    pack = compiled(sample)
    space = explore(pack.lifecycles[0], draw(st.sampled_from(pack.variants)))
    chance = random.Random(draw(st.integers(0, 2**32)))
    one, other = (bytes(chance.random() < share for _ in range(len(space))) for share in (0.1, 0.2))
    return space, one, other


def graph(space: StateSpace, left_out: bytes) -> Any:
    """The table as a networkx graph, each edit an edge, without what is left out."""
    found = nx.DiGraph()
    found.add_nodes_from(number for number in range(len(space)) if not left_out[number])
    for number in range(len(space)):
        found.add_edges_from((number, move.target) for move in space.moves(number))
    return found.subgraph([number for number in range(len(space)) if not left_out[number]])


@settings(max_examples=examples(15), deadline=None, suppress_health_check=list(HealthCheck))
@given(asked=asked())
def test_walks_agree_with_networkx(asked: tuple[StateSpace, bytes, bytes]) -> None:
    space, goals, shut = asked
    whole, around = graph(space, bytes(len(space))), graph(space, shut)
    ends = set(reach.numbers(goals))
    leading = ends.union(*(nx.ancestors(whole, end) for end in ends))
    assert set(reach.numbers(reach.backward(space, goals))) == leading
    starts = [start for start in space.initial if not shut[start]]
    met = set(starts).union(*(nx.descendants(around, start) for start in starts))
    assert set(reach.numbers(reach.forward(space, space.initial, avoiding=shut))) == met
    way = reach.shortest(space, space.initial, goals, avoiding=shut)
    if way is None:
        assert not met & ends
        return
    depths = nx.multi_source_dijkstra_path_length(around, starts)
    assert len(way) == min(depths[end] for end in met & ends)
    assert [move.source for move in way[1:]] == [move.target for move in way[:-1]]
    assert all(move in space.moves(move.source) and not shut[move.source] and not shut[move.target] for move in way)
    if way:
        assert way[0].source in starts
        assert goals[way[-1].target]
