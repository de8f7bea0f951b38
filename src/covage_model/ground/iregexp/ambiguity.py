"""
How long a backtracking engine may take for a pattern, decided by the pattern's ambiguity.

Such an engine tries every way to match a text before it gives up. Sources: Weber and Seidl 1991 (degrees of
ambiguity); Weideman et al. 2016 (the time of backtracking matchers).

The automaton here differs from `automaton.py`: it keeps every edge between two positions, also two edges that
read the same, since an engine tries both. A count {n} is expanded to at most two copies; {n,m} is a loop if
m is `_LOOP` or more.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import field
from enum import Enum

from covage_model.ground.classes import dataclass
from covage_model.ground.iregexp.automaton import bits
from covage_model.ground.iregexp.charsets import Ranges, partition
from covage_model.ground.iregexp.nodes import Alternation, Chars, Node, Pattern, Repeat, Sequence

_LOOP = 10  # with so many optional copies, a count is treated as an unbounded loop
_POSITIONS = 600  # a pattern with more positions is not decided
_STEPS = 400_000  # a second or so


class Backtracking(Enum):
    """How the steps of a backtracking engine grow with the length of a text that does not match."""

    LINEAR = "linear"
    POLYNOMIAL = "polynomial"
    EXPONENTIAL = "exponential"
    UNDECIDED = "undecided"  # the pattern is too large to be decided


class _Undecided(Exception):
    """The bound was reached."""


def backtracking(pattern: Pattern) -> Backtracking:
    """
    How much work a backtracking engine may have for a text that almost matches.

    EXPONENTIAL: a loop can match one text in two ways, as in ^(a+)+$. POLYNOMIAL: two loops in a row can
    match the same text, as in ^a*a*$. A maxLength beside the pattern is ignored.

    >>> from covage_model.ground.iregexp.syntax import parse
    >>> [backtracking(parse(text)).value for text in ("^(a+)+$", "^a*[ab]*$", "^(a+-)+$")]
    ['exponential', 'polynomial', 'linear']
    """
    try:
        graph = _graph(pattern)
        if _exponential(graph):
            return Backtracking.EXPONENTIAL
        return Backtracking.POLYNOMIAL if _polynomial(graph) else Backtracking.LINEAR
    except _Undecided:
        return Backtracking.UNDECIDED


# --- the automaton

_Fragment = tuple[bool, tuple[int, ...], tuple[int, ...]]  # may be empty, first positions, last positions
_EMPTY: _Fragment = (True, (), ())


@dataclass(slots=True)
class _Graph:
    """The positions 0, 1, …: the characters that each reads, and the number of edges to each other position."""

    sets: list[Ranges] = field(default_factory=list)
    edges: list[Counter[int]] = field(default_factory=list)
    letters: list[int] = field(
        default_factory=list
    )  # for each position, the classes of characters that it reads, as bits

    def join(self, sources: Iterable[int], targets: tuple[int, ...]) -> None:
        """Adds one edge from each source to each target."""
        for source in sources:
            self.edges[source].update(targets)

    def next_pairs(self, first: int, second: int) -> Iterable[tuple[int, int]]:
        """The pairs of positions that two positions can move to by the same character."""
        for left in self.edges[first]:
            for right in self.edges[second]:
                if self.letters[left] & self.letters[right]:
                    yield left, right


@functools.lru_cache(maxsize=64)
def _graph(pattern: Pattern) -> _Graph:
    graph = _Graph()
    _fragment(graph, pattern.root)
    _, memberships = partition(graph.sets)
    for letter, members in enumerate(dict.fromkeys(memberships)):
        for position in bits(members):
            graph.letters[position] |= 1 << letter
    return graph


def _fragment(graph: _Graph, node: Node) -> _Fragment:
    match node:
        case Chars(ranges=ranges):
            return _position(graph, ranges)
        case Sequence(parts):
            return _sequence(graph, [functools.partial(_fragment, graph, part) for part in parts])
        case Alternation(branches):
            fragments = [_fragment(graph, branch) for branch in branches]
            firsts = tuple(first for _, begin, _ in fragments for first in begin)
            return any(f[0] for f in fragments), firsts, tuple(last for _, _, end in fragments for last in end)
        case Repeat():
            return _repeat(graph, node)


def _position(graph: _Graph, ranges: Ranges) -> _Fragment:
    if len(graph.sets) >= _POSITIONS:
        raise _Undecided
    graph.sets.append(ranges)
    graph.edges.append(Counter())
    graph.letters.append(0)
    position = (len(graph.sets) - 1,)
    return False, position, position


def _sequence(graph: _Graph, parts: Iterable[Callable[[], _Fragment]]) -> _Fragment:
    nullable, first, last = _EMPTY
    for part in parts:
        skipped, begin, end = part()
        graph.join(last, begin)
        first += begin if nullable else ()
        last = end + (last if skipped else ())
        nullable &= skipped
    return nullable, first, last


def _repeat(graph: _Graph, node: Repeat) -> _Fragment:
    if node.high == 0:
        return _EMPTY
    skips = node.high is not None and node.high >= _LOOP and _may_be_empty(node.part)
    loops = node.high is None or skips or (node.high >= _LOOP and node.high > node.low)
    needed = min(node.low, 2)
    copies: list[Callable[[], _Fragment]] = [functools.partial(_fragment, graph, node.part)] * max(needed - loops, 0)
    if loops:
        copies.append(functools.partial(_loop, graph, node.part, optional=node.low == 0, ways=1 + skips))
    elif node.high is not None and node.high > node.low:
        copies += [functools.partial(_optional, graph, node.part)] * min(node.high - node.low, 2)
    return _sequence(graph, copies)


def _loop(graph: _Graph, part: Node, *, optional: bool, ways: int) -> _Fragment:
    """`ways` is 2 for many copies that may each be empty, because an engine tries all combinations."""
    nullable, first, last = _fragment(graph, part)
    for _ in range(ways):
        graph.join(last, first)
    return nullable or optional, first, last


def _optional(graph: _Graph, part: Node) -> _Fragment:
    _, first, last = _fragment(graph, part)
    return True, first, last


def _may_be_empty(node: Node) -> bool:
    match node:
        case Chars():
            return False
        case Sequence(parts):
            return all(map(_may_be_empty, parts))
        case Alternation(branches):
            return any(map(_may_be_empty, branches))
        case Repeat(part, low):
            return low == 0 or _may_be_empty(part)


# --- ambiguity


def _exponential(graph: _Graph) -> bool:
    """Whether some position can be reached from itself by one text in two ways."""
    for component in _components(graph):
        inside = set(component)
        if any(count > 1 and target in inside for source in component for target, count in graph.edges[source].items()):
            return True
        if _pairs_meet(graph, component, inside):
            return True
    return False


def _pairs_meet(graph: _Graph, component: list[int], inside: set[int]) -> bool:
    """Whether two paths for one text separate in this strongly connected component and meet again."""
    separated = {
        pair
        for position in component
        for pair in graph.next_pairs(position, position)
        if pair[0] < pair[1] and inside.issuperset(pair)
    }
    work, steps = list(separated), 0
    while work:
        first, second = work.pop()
        for left, right in graph.next_pairs(first, second):
            steps += 1
            if left == right and left in inside:
                return True
            pair = (min(left, right), max(left, right))
            if inside.issuperset(pair) and pair not in separated:
                separated.add(pair)
                work.append(pair)
        if steps > _STEPS:
            raise _Undecided
    return False


def _polynomial(graph: _Graph) -> bool:
    """Whether two loops, one after the other, and the path between them can all read the same text."""
    heads = [position for component in _components(graph) for position in component]
    component_of = {position: number for number, part in enumerate(_components(graph)) for position in part}
    steps = 0
    for first in heads:
        for second in heads:
            if component_of[first] != component_of[second] and graph.letters[first] & graph.letters[second]:
                steps += _triples(graph, first, second, _STEPS - steps)
                if steps < 0:
                    return True
    return False


def _triples(graph: _Graph, start: int, end: int, room: int) -> int:
    """A large negative number if one text leads from (start, start, end) to (start, end, end); else the steps taken."""
    goal = (start, end, end)
    seen = {(start, start, end)}
    work, steps = list(seen), 0
    while work:
        left_loop, middle_path, right_loop = work.pop()
        for left, middle in graph.next_pairs(left_loop, middle_path):
            for right in graph.edges[right_loop]:
                steps += 1
                triple = (left, middle, right)
                shared = graph.letters[left] & graph.letters[middle] & graph.letters[right]
                if not shared or triple in seen:
                    continue
                if triple == goal:
                    return -(10**9)
                seen.add(triple)
                work.append(triple)
        if steps > room:
            raise _Undecided
    return steps


def _components(graph: _Graph) -> list[list[int]]:
    """The strongly connected components that contain a loop (Kosaraju)."""
    order: list[int] = []
    seen: set[int] = set()
    for start in range(len(graph.sets)):
        _visit(start, seen, order, lambda position: graph.edges[position])
    before: list[list[int]] = [[] for _ in graph.sets]
    for source, targets in enumerate(graph.edges):
        for target in targets:
            before[target].append(source)
    components, placed = [], set[int]()
    for start in reversed(order):
        component: list[int] = []
        _visit(start, placed, component, lambda position: before[position])
        if len(component) > 1 or (component and component[0] in graph.edges[component[0]]):
            components.append(component)
    return components


def _visit(start: int, seen: set[int], order: list[int], ways: Callable[[int], Iterable[int]]) -> None:
    """Appends the new positions reached from `start` in depth-first postorder."""
    if start in seen:
        return
    seen.add(start)
    work = [(start, iter(ways(start)))]
    while work:
        position, rest = work[-1]
        following = next((each for each in rest if each not in seen), None)
        if following is None:
            work.pop()
            order.append(position)
        else:
            seen.add(following)
            work.append((following, iter(ways(following))))
