"""
Properties decided straight from their definitions: slow and simple, over the second explorer's space.

A *run* starts in an initial configuration, makes one move after the other, edits included, and ends
only where no move is possible. Lengths are numbers of moves. No code is shared with the toolkit.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx

from .explorer import EDIT, Configuration, Model, Move, Space, Yaml, explored, triggers

Marked = tuple[Configuration, bool]  # a configuration, and what a run has seen on its way there
KINDS = ("never", "always", "sometimes", "always_possible", "precedes", "only", "leads_to")


@dataclass(frozen=True)
class Verdict:
    """Whether a property holds; if not, the length of a shortest counterexample (None for `sometimes`)."""

    holds: bool
    length: int | None = None


def verdicts(lifecycles: dict[str, Yaml], order: Yaml, variant: str | None) -> dict[str, Verdict]:
    """The verdict of each property of the lifecycle that the order follows."""
    return Lives(Model(lifecycles, order, variant)).verdicts


class Lives:
    """The graph of the reachable configurations of one order and variant."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.space: Space = explored(model)
        self.graph: nx.DiGraph[Configuration] = nx.DiGraph()
        self.graph.add_nodes_from(self.space.configurations)
        self.graph.add_edges_from((here, there) for here, _, _, there, _ in self.space.moves)

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict of each property of the lifecycle."""
        properties = self.model.lifecycle["properties"]
        return {name: self.verdict(said) for name, said in properties.items()}

    def verdict(self, said: Yaml) -> Verdict:
        """The verdict of one property, given as YAML."""
        return self.moved(said) if reads_moves(said) else self.judged(said)

    def judged(self, said: Yaml) -> Verdict:
        """The verdict of a property that is judged at each place of a run."""
        (kind,) = set(said) & set(KINDS)
        assuming = said.get("assuming")
        said = said[kind]
        match kind:
            case "never":
                return self._broken_at(self.where(said))
            case "always":
                return self._broken_at(self._all - self.where(said))
            case "sometimes":
                return Verdict(bool(self.where(said)))
            case "always_possible":
                return self._broken_at(self._all - self._from_which(self.where(said)))
            case "precedes":
                return self._precedes(*map(self.where, said))
            case "only":
                return self._only(self.where(said["when"]), said["by"])
            case "leads_to":
                sets = [*map(self.where, said)]
                return self._leads_to(*sets) if assuming is None else self._leads_to_assuming(*sets, assuming)
        raise ValueError(kind)

    def moved(self, said: Yaml) -> Verdict:
        """The verdict of a property that is judged on moves."""
        if "only" not in said:
            return self.positions.verdict(said)
        wrong = [self._depth[move[0]] + 1 for move in self.space.moves if self.forbidden(move, said["only"])]
        return Verdict(not wrong, min(wrong, default=None))

    def forbidden(self, move: Move, only: Yaml) -> bool:
        """Whether a move is one that others than these actors may make. It is judged where it is made."""
        return not set(move[2]) <= set(only["by"]) and self.model.holds_of(move, only["when"], move[0])

    @cached_property
    def positions(self) -> "Positions":
        """The graph of what a run has just done, for properties that are judged on moves."""
        return Positions(self)

    def ever(self, condition: Yaml) -> bool:
        """Whether a condition holds somewhere, or after some move if it is judged on moves."""
        return bool((self.positions if reads_moves(condition) else self).where(condition))

    def where(self, condition: Yaml) -> set[Configuration]:
        """The reachable configurations in which a condition holds."""
        return {here for here in self._all if self.at(condition, here)}

    def at(self, condition: Yaml, here: Configuration) -> bool:
        """Whether a condition holds there."""
        return self.model.holds(condition, here)

    def shows(self, said: Yaml, start: Configuration, moves: Sequence[Move]) -> bool:
        """Whether these moves are a run from that start whose last configuration breaks the property."""
        (kind,) = set(said) & set(KINDS)
        said, run = said[kind], [start, *(move[3] for move in moves)]
        legal = start in self.space.initial and all(move in self.space.moves for move in moves)
        if not legal or [move[0] for move in moves] != run[:-1]:
            return False
        if kind == "only":
            wrong = self._true(said["when"], run[-2:-1]) and not set(moves[-1][2]) <= set(said["by"])
        elif kind == "precedes":
            wrong = self._true(said[1], run[-1:]) and not self._true(said[0], run)
        elif kind == "leads_to":
            unpaid = [number for number, here in enumerate(run) if self._true(said[0], [here])][-1:]
            unpaid = [number for number in unpaid if not self._true(said[1], run[number:])]
            wrong = bool(unpaid) and not self._true(said[1], nx.descendants(self.graph, run[-1]))
        elif kind == "always_possible":
            wrong = not self._true(said, {run[-1], *nx.descendants(self.graph, run[-1])})
        elif kind == "always":
            wrong = self._true({"not": said}, run[-1:])
        else:
            wrong = self._true(said, run[-1:])
        return wrong

    def _true(self, condition: Yaml, run: Iterable[Configuration]) -> bool:
        """Whether the condition holds somewhere in the run."""
        return any(self.at(condition, here) for here in run)

    # -- the seven kinds -----------------------------------------------------------------------

    def _broken_at(self, wrong: set[Configuration]) -> Verdict:
        depths = [self._depth[here] for here in wrong]
        return Verdict(not wrong, min(depths, default=None))

    def _only(self, drawn: set[Configuration], actors: list[str]) -> Verdict:
        """The counterexample ends with the move by another actor."""
        wrong = {move[0] for move in self.space.moves if move[0] in drawn and not set(move[2]) <= set(actors)}
        found = self._broken_at(wrong)
        return found if found.length is None else Verdict(holds=False, length=found.length + 1)

    def _precedes(self, first: set[Configuration], second: set[Configuration]) -> Verdict:
        """Each run is followed with one mark: whether `first` has held so far."""
        seen = self._followed(lambda here, before: before or here in first)
        wrong = [depth for (here, has_been), depth in seen.items() if here in second and not has_been]
        return Verdict(not wrong, min(wrong, default=None))

    def _leads_to(self, first: set[Configuration], second: set[Configuration]) -> Verdict:
        """
        Each run is followed with one mark: whether `first` held and `second` has not held since.

        A fair run ends, or visits some configurations for ever and makes every move that they have. Then no
        move leaves these configurations, and each leads to each of them: they are a strongly connected
        component without a way out, and the run visits all of it. So `second` is missed for ever exactly if
        no configuration of such a component has it.
        """
        owing = self._followed(lambda here, before: (before or here in first) and here not in second)
        barren = {here for component in self._ends if not component & second for here in component}
        holds = not any(owed and here in barren for here, owed in owing)
        return Verdict(holds, self._too_late(owing, second))

    def _leads_to_assuming(self, first: set[Configuration], second: set[Configuration], assuming: list[str]) -> Verdict:
        """
        As `_leads_to`, where a run takes again and again only the fair moves that it could.

        Where a run stays for ever, all fair moves stay too. Such sets are searched by dividing: the strongly connected
        parts of what has no `second`, without the configurations that a fair move leaves, and again.
        """
        owing = self._followed(lambda here, before: (before or here in first) and here not in second)
        stays = self._stays(second, assuming)
        return Verdict(not any(owed and here in stays for here, owed in owing))

    def _stays(self, second: set[Configuration], assuming: list[str]) -> set[Configuration]:
        """Where a run can stay for ever without `second`, whatever it must do there."""
        stays: set[Configuration] = set()
        pending = [self._all - second]
        while pending:
            for part in nx.strongly_connected_components(self.graph.subgraph(pending.pop())):
                left = {
                    move[0]
                    for move in self.space.moves
                    if move[0] in part and move[3] not in part and fair(move, assuming)
                }
                if left:
                    pending.append(part - left)
                else:
                    stays |= part
        return stays

    def lasso(self, said: Yaml, start: Configuration, moves: Sequence[Move], loop: int) -> bool:
        """Whether the moves are a run whose last `loop` ones can go on for ever, fairly, and miss the second for ever."""
        run = [start, *(move[3] for move in moves)]
        first, second = said["leads_to"]
        legal = start in self.space.initial and all(move in self.space.moves for move in moves)
        owed = [number for number, here in enumerate(run) if self._true(first, [here])]
        missed = [number for number in owed if not self._true(second, run[number:])]
        round_ = set(run[len(run) - 1 - loop :])
        could = {move for move in self.space.moves if move[0] in round_ and fair(move, said["assuming"])}
        closed = [move[0] for move in moves] == run[:-1] and run[len(run) - 1 - loop] == run[-1]
        return legal and closed and bool(missed) and could <= set(moves[len(moves) - loop :])

    def _too_late(self, owing: dict[Marked, int], second: set[Configuration]) -> int | None:
        """
        The fewest moves to a configuration that still needs `second` and from which none that has it can be reached.
        """
        hopeful = self._from_which(second)
        return min((depth for (here, owed), depth in owing.items() if owed and here not in hopeful), default=None)

    # -- walks ---------------------------------------------------------------------------------

    @cached_property
    def _all(self) -> set[Configuration]:
        return set(self.space.configurations)

    @cached_property
    def _depth(self) -> dict[Configuration, int]:
        return _depths(self.graph, self.space.initial)

    @cached_property
    def _ends(self) -> list[set[Configuration]]:
        """The strongly connected components that no move leaves. A configuration without moves is one."""
        components = nx.strongly_connected_components(self.graph)
        return [one for one in components if all(there in one for here in one for there in self.graph[here])]

    def _from_which(self, goals: set[Configuration]) -> set[Configuration]:
        return set(_depths(self.graph.reverse(copy=False), goals))

    def _followed(self, mark: Callable[[Configuration, bool], bool]) -> dict[Marked, int]:
        """Every configuration that a run can be in, with its mark there, and the fewest moves to it."""
        marked: nx.DiGraph[Marked] = nx.DiGraph()
        for here in self._all:
            for before in (False, True):
                marked.add_node((here, before))
                marked.add_edges_from(((here, before), (there, mark(there, before))) for there in self.graph[here])
        return _depths(marked, [(here, mark(here, False)) for here in self.space.initial])


class Positions(Lives):
    """
    The same runs as walks over positions: a start, or a move that was just made, with the configuration after it.

    A condition is judged at each of them, on the move and the configuration. At a start no move was made.
    """

    def __init__(self, lives: Lives) -> None:
        self.model = lives.model
        arrivals: dict[Configuration, list[Any]] = {here: [(here, None)] for here in lives.space.initial}
        leaving: dict[Configuration, list[Move]] = {}
        for move in lives.space.moves:
            arrivals.setdefault(move[3], []).append((move[3], move))
            leaving.setdefault(move[0], []).append(move)
        moves = {
            (place, *move[1:3], (move[3], move), move[4])
            for here, places in arrivals.items()
            for place in places
            for move in leaving.get(here, [])
        }
        every = frozenset(place for places in arrivals.values() for place in places)
        self.space = Space(frozenset((here, None) for here in lives.space.initial), every, frozenset(moves))
        self.graph = nx.DiGraph()
        self.graph.add_nodes_from(every)
        self.graph.add_edges_from((here, there) for here, _, _, there, _ in moves)

    def verdict(self, said: Yaml) -> Verdict:
        """As for all properties, but judged at positions: `always` is `never` of the contrary."""
        (kind,) = set(said) & set(KINDS)
        if kind == "always":
            return self._broken_at(self.where({"not": said["always"]}))
        return self.judged(said)

    def at(self, condition: Yaml, here: Any) -> bool:
        """Whether a condition holds at a position."""
        there, move = here
        return self.model.holds(condition, there) if move is None else self.model.holds_of(move, condition, there)

    def lasso(self, said: Yaml, start: Any, moves: Sequence[Any], loop: int) -> bool:
        """As of configurations: a loop ends at the configuration where it began, led to by whatever move."""
        run = [start, *(move[3] for move in moves)]
        first, second = said["leads_to"]
        legal = start in self.space.initial and all(move in self.space.moves for move in moves)
        missed = any(self.at(first, here) and not self._true(second, run[n:]) for n, here in enumerate(run))
        round_ = run[len(run) - 1 - loop :]
        could = {move[3] for move in self.space.moves if move[0] in round_ and fair(move, said["assuming"])}
        return legal and missed and round_[0][0] == round_[-1][0] and could <= set(round_[1:])

    def walk(self, start: Configuration, moves: Sequence[Move]) -> tuple[Any, list[Any]]:
        """A run, as a walk over positions."""
        here: Any = (start, None)
        walk = []
        for move in moves:
            there = (move[3], move)
            walk.append((here, *move[1:3], there, move[4]))
            here = there
        return (start, None), walk


def reads_moves(condition: Any) -> bool:
    """Whether a condition tests the event or the trigger of a move."""
    if isinstance(condition, dict):
        return any(key in ("event", "trigger") or reads_moves(said) for key, said in condition.items())
    return isinstance(condition, list) and any(map(reads_moves, condition))


def fair(move: Move, assuming: list[str]) -> bool:
    """Whether a move is one of those that are not put off for ever."""
    trigger = () if move[1] == EDIT else (move[1], move[1].partition(".")[0])
    return bool({*trigger, *move[2]} & set(assuming))


def _depths(graph: Any, starts: Iterable[Any]) -> dict[Any, int]:
    """For each node that can be reached: the fewest moves to it from one of the starts."""
    layers = nx.bfs_layers(graph, list(starts))
    return {node: depth for depth, layer in enumerate(layers) for node in layer}


# -- what says nothing ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Vacuous:
    """What is vacuous: what no order and variant of a lifecycle ever makes true."""

    premises: frozenset[str]  # properties whose `when`, or first condition, never holds
    cases: frozenset[tuple[str, int]]  # never enabled, by trigger and number
    values: frozenset[tuple[str, str]]  # never taken, by variable and the value's text; of a range those at an end


def vacuous(lives: Iterable[Lives]) -> Vacuous:
    """What is vacuous in all of these graphs, which are of one lifecycle."""
    each = [_vacuous(one) for one in lives]
    return Vacuous(
        premises=frozenset.intersection(*(one.premises for one in each)),
        cases=frozenset.intersection(*(one.cases for one in each)),
        values=frozenset.intersection(*(one.values for one in each)),
    )


def _vacuous(lives: Lives) -> Vacuous:
    model, here_and_there = lives.model, lives.space.configurations
    said = model.lifecycle["properties"]
    wheres = {name: [lives.ever(each) for each in premises(one)] for name, one in said.items()}
    cases = {(name, n) for name, parts in triggers(model.lifecycle["transitions"]) for n in _numbers(parts[-1])}
    return Vacuous(
        premises=frozenset(name for name, found in wheres.items() if found and not any(found)),
        cases=frozenset(cases - {found[:2] for here in here_and_there for found in model.enabled(here)}),
        values=frozenset(_never_taken(model, {each for here in here_and_there for each in here[1]})),
    )


def _never_taken(model: Model, taken: set[tuple[str, Any]]) -> Iterator[tuple[str, str]]:
    """The values that are never taken: of a range those above the highest that is, or else those below the least."""
    texts = {(name, repr(value)) for name, value in taken}
    for name, domain in model.domains.items():
        missed = [value for value in domain if (name, repr(value)) not in texts]
        said = model.lifecycle["variables"][name]
        if isinstance(said, dict) and "min" in said:
            known = [value for value in domain if (name, repr(value)) in texts]
            missed = [value for value in domain if value > max(known)] or [v for v in domain if v < min(known)]
        yield from ((name, repr(value)) for value in missed)


def _numbers(transition: Yaml) -> range:
    return range(len(transition.get("cases", [{}])))


def premises(said: Yaml) -> list[Yaml]:
    """The conditions without which the property is vacuous: each `when` joined by *and*, or the first of two."""
    for kind in ("precedes", "leads_to"):
        if kind in said:
            return [said[kind][0]]
    if "only" in said:
        return [said["only"]["when"]]
    if "always" in said:
        parts = [said["always"], *said["always"].get("all", [])]
        return [part["when"] for part in parts if "when" in part]
    return []
