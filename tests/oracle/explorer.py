"""
A second explorer of lifecycles: slow, simple, and written from the language's description alone.

It reads the YAML data of spec files as they are (dicts, lists, scalars) and shares no code with the
toolkit. It trusts its input: what the compiler refuses gives at best a `ValueError` here.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .valuations import Scalar, atom, atoms_in, listed, passes, possible

Configuration = tuple[str, frozenset[tuple[str, Scalar]], frozenset[tuple[str, bool]]]
Actors = tuple[str, ...]  # of whom any may move
Move = tuple[Configuration, str, Actors, Configuration, tuple[str, ...]]
Yaml = dict[str, Any]

EDIT = "edit"
CLOCK = "clock"  # who makes the moves that happen by themselves
PARTS = ("states", "variables", "transitions", "properties")


@dataclass(frozen=True)
class Space:
    """Everything that an order of one variant can reach, by brute force and without a limit."""

    initial: frozenset[Configuration]
    configurations: frozenset[Configuration]
    moves: frozenset[Move]


def explore(lifecycles: dict[str, Yaml], order: Yaml, variant: str | None) -> Space:
    """The reachable configurations of `order` (in `variant`) and all moves between them."""
    return explored(Model(lifecycles, order, variant))


def explored(model: "Model") -> Space:
    """Everything that a model can reach."""
    initial = frozenset(model.initial())
    seen, waiting, moves = set(initial), list(initial), set[Move]()
    while waiting:
        here = waiting.pop()
        for move in model.moves(here):
            moves.add(move)
            if move[3] not in seen:
                seen.add(move[3])
                waiting.append(move[3])
    return Space(initial, frozenset(seen), frozenset(moves))


def _of_account(truths: dict[str, bool]) -> dict[str, bool]:
    """What no edit changes: the truths of the tests that read only the account."""
    return {name: truth for name, truth in truths.items() if name.startswith('["account.') and '"order.' not in name}


# -- reading the lifecycle ---------------------------------------------------------------------


def merged(lifecycles: dict[str, Yaml], name: str, done: set[str] | None = None) -> Yaml:
    """The lifecycle with everything that it includes; each lifecycle is included once."""
    done = set() if done is None else done
    done.add(name)
    own = lifecycles[name]
    whole: Yaml = {part: own.get(part) or {} for part in PARTS}
    for other in listed(own.get("include", [])):
        if other not in done:
            included = merged(lifecycles, other, done)
            whole = {part: _joined(included[part], whole[part]) for part in whole}
    return whole


def _joined(first: Yaml, second: Yaml) -> Yaml:
    """The definitions of both: for a name in both, the keys of both; no key may be in both."""
    both = dict(first)
    for name, said in second.items():
        both[name] = _keys_of_both(name, first[name], said) if name in first else said
    return both


def _keys_of_both(name: str, first: Any, second: Any) -> Any:
    first, second = first or {}, second or {}
    if not (isinstance(first, dict) and isinstance(second, dict)):
        raise ValueError(f"{name} is said twice")  # noqa: TRY004 - the spec is wrong, not a call
    both = dict(first)
    for key, said in second.items():
        if key == "states" and key in first:
            both[key] = _joined(first[key], said)
        elif key == "source" and key in first:
            both[key] = [*listed(first[key]), *listed(said)]
        elif key in first:
            raise ValueError(f"{name}.{key} is said twice")
        else:
            both[key] = said
    return both


@dataclass(frozen=True)
class _State:
    name: str  # with its parents: running.sent
    within: tuple[str, ...]  # the state itself and its parents
    variant: bool
    final: str | None
    editable: str | None


def _all_states(states: Yaml, parent: _State | None = None) -> Iterator[_State]:
    for short, said in states.items():
        said = said or {}
        name = f"{parent.name}.{short}" if parent else short
        state = _State(
            name=name,
            within=(*parent.within, name) if parent else (name,),
            variant=not said.get("states"),
            final=said.get("final", parent.final if parent else None),
            editable=said.get("editable", parent.editable if parent else None),
        )
        yield state
        yield from _all_states(said.get("states") or {}, state)


def _initial_step(states: Yaml, prefix: str = "") -> str:
    """The full name of the state that is entered first among `states`."""
    firsts = [name for name, said in states.items() if (said or {}).get("initial") is True]
    if len(firsts) != 1:
        raise ValueError(f"{len(firsts)} initial states in {prefix or 'the lifecycle'}")
    steps = (states[firsts[0]] or {}).get("states")
    full = prefix + firsts[0]
    return _initial_step(steps, full + ".") if steps else full


def triggers(transitions: Yaml) -> Iterator[tuple[str, list[Yaml]]]:
    """Each trigger with its definition; each of its outcomes, if it has any, with both definitions."""
    for name, said in transitions.items():
        if "outcomes" not in said:
            yield name, [said]
        for outcome, own in said.get("outcomes", {}).items():
            yield f"{name}.{outcome}", [said, own or {}]


def _conditions_of(lifecycle: Yaml) -> Iterator[Yaml]:
    """Every condition in guards, named conditions and properties."""
    for said in lifecycle["variables"].values():
        if isinstance(said, dict) and "when" in said:
            yield said["when"]
    for _, parts in triggers(lifecycle["transitions"]):
        for said in (*parts, *parts[-1].get("cases", [])):
            yield said.get("guard") or {}
    for said in lifecycle["properties"].values():
        for kind in ("never", "always", "sometimes", "always_possible", "precedes", "leads_to"):
            yield from listed(said.get(kind, []))
        if "only" in said:
            yield said["only"]["when"]


# -- the model itself --------------------------------------------------------------------------


class Model:
    """One lifecycle, for the orders of one variant."""

    def __init__(self, lifecycles: dict[str, Yaml], order: Yaml, variant: str | None) -> None:
        self.lifecycle = merged(lifecycles, order["follows"])
        self.move: Move | None = None  # the one on which a condition is judged
        self.doubt = False  # how a test of a move counts where none was made
        self.states = {state.name: state for state in _all_states(self.lifecycle["states"])}
        self.variant = f"{order['order']}/{variant}" if variant else order["order"]
        self.written_by: str | None = order.get("written_by")
        self.domains: dict[str, list[Scalar]] = {}
        self.named: dict[str, Yaml] = {}
        for name, said in self.lifecycle["variables"].items():
            if isinstance(said, dict) and "when" in said:
                self.named[name] = said["when"]
            elif isinstance(said, dict) and "min" in said:
                self.domains[name] = list(range(said["min"], said["max"] + 1))
            else:
                values = said["values"] if isinstance(said, dict) else said
                self.domains[name] = [value["value"] if isinstance(value, dict) else value for value in values]
                if len(set(self.domains[name])) < len(self.domains[name]):
                    raise ValueError(f"{name}: Python cannot tell these values apart")
        self.returned = dict.fromkeys(
            part["to"]["history"] for parts in self._every_case() for part in parts if isinstance(part.get("to"), dict)
        )
        matches = [order.get("match") or {}]
        if variant:
            matches.append(order["variants"][variant].get("match") or {})
        given = [(f"order.{path}", test, True) for match in matches for path, test in match.items()]
        self.valuations = list(self._valuations(given))

    def _valuations(self, given: list[tuple[str, Any, bool]]) -> Iterator[dict[str, bool]]:
        atoms = {
            atom(path, test): (path, test)
            for condition in _conditions_of(self.lifecycle)
            for path, test in atoms_in(condition)
        }
        for truths in itertools.product([False, True], repeat=len(atoms)):
            valued = zip(atoms.values(), truths, strict=True)
            if possible([*((path, test, truth) for (path, test), truth in valued), *given]):
                yield dict(zip(atoms, truths, strict=True))

    def initial(self) -> Iterator[Configuration]:
        """One configuration for each possible valuation, whoever may edit there."""
        variables: dict[str, Scalar] = {name: values[0] for name, values in self.domains.items()}
        variables |= dict.fromkeys(map(_history, self.returned))
        for truths in self.valuations:
            yield _configuration(_initial_step(self.lifecycle["states"]), variables, truths)

    def moves(self, here: Configuration) -> Iterator[Move]:
        """Every move from `here`: edits, and each outcome of each transition that is enabled."""
        state, variables, truths = here[0], dict(here[1]), dict(here[2])
        editor = self.states[state].editable
        if editor:
            for others in self.valuations:
                if others != truths and _of_account(others) == _of_account(truths):
                    there = _configuration(state, variables, others)
                    yield here, EDIT, (self.written_by or editor,), there, ()
        for trigger, _, parts in self.enabled(here):
            target, after, emitted = self._taken(parts, state, variables) or ("", {}, ())
            there = _configuration(target, after, truths)
            actors = (self.written_by,) if self.written_by else tuple(dict.fromkeys(listed(parts[0].get("by", CLOCK))))
            yield here, trigger, actors, there, emitted

    def enabled(self, here: Configuration) -> Iterator[tuple[str, int, list[Yaml]]]:
        """Each enabled case: its trigger, its number, and the definitions of both."""
        for trigger, parts in triggers(self.lifecycle["transitions"]):
            for number, case in enumerate(parts[-1].get("cases", [{}])):
                whole = [*parts, case]
                fits = self._fits(whole, here[0]) and self._guarded(whole, here)
                if fits and self._taken(whole, here[0], dict(here[1])) is not None:
                    yield trigger, number, whole

    def _every_case(self) -> Iterator[list[Yaml]]:
        for _, parts in triggers(self.lifecycle["transitions"]):
            yield from ([*parts, case] for case in parts[-1].get("cases", [{}]))

    def _fits(self, parts: list[Yaml], state: str) -> bool:
        origins = [listed(part["from"]) for part in parts if "from" in part]
        if not origins:
            return self.states[state].final is None
        return all(set(names) & set(self.states[state].within) for names in origins)

    def _guarded(self, parts: list[Yaml], here: Configuration) -> bool:
        return all(self.holds(part.get("guard") or {}, here) for part in parts)

    def _taken(
        self, parts: list[Yaml], state: str, before: dict[str, Scalar]
    ) -> tuple[str, dict[str, Scalar], tuple[str, ...]] | None:
        """The state, the variables and the events after a move; None where a variable would have no legal value."""
        targets = [part["to"] for part in parts if "to" in part]
        if len(targets) > 1:
            raise ValueError("`to` is said beside the cases and inside one")
        target, left, entered = self._path(targets[0], state, before) if targets else (state, [], [])
        done = [*(said["exit"] for said in left if "exit" in said), *parts]
        done += [said["entry"] for said in entered if "entry" in said]
        after = dict(before)
        for part in done:
            for name, said in (part.get("set") or {}).items():
                after[name] = self._value(name, said, before)
        if any(not any(passes(each, after[name]) for each in domain) for name, domain in self.domains.items()):
            return None
        after |= self._memory(state, target, before) if targets else {}
        return target, after, tuple(event for part in done for event in listed(part.get("emits", [])))

    def _value(self, name: str, said: Any, before: dict[str, Scalar]) -> Scalar:
        if isinstance(said, dict):
            value: Any = before[said.get("at", name)]
            return value + said["add"] if "add" in said else value  # type: ignore[no-any-return]
        (value,) = [each for each in self.domains[name] if passes(each, said)]
        return value  # type: ignore[no-any-return]

    def _path(self, to: Any, state: str, before: dict[str, Scalar]) -> tuple[str, list[Yaml], list[Yaml]]:
        """The state entered, then what is said of the states left (inner first) and of those entered (outer first)."""
        if isinstance(to, dict):
            named = to["history"]
            kept = state if named in self.states[state].within else before[_history(named)]
            target = str(kept or self._entered(named))
        else:
            named, target = to, self._entered(to)
        stays = set(self.states[state].within[:-1]) & set(self.states[named].within[:-1])
        left = [self._said(name) for name in reversed(self.states[state].within) if name not in stays]
        return target, left, [self._said(name) for name in self.states[target].within if name not in stays]

    def _said(self, state: str) -> Yaml:
        states, said = self.lifecycle["states"], {}
        for short in state.split("."):
            said = states[short] or {}
            states = said.get("states") or {}
        return said

    def _memory(self, state: str, target: str, before: dict[str, Scalar]) -> dict[str, Scalar]:
        """The step in which each state was left that something goes back to, while that can still happen."""
        memory: dict[str, Scalar] = {}
        for named in self.returned:
            kept: Scalar = before[_history(named)]
            if named in self.states[state].within and named not in self.states[target].within:
                kept = None if state == self._entered(named) else state
            inside = named in self.states[target].within
            memory[_history(named)] = None if inside or not self._goes_back(target, named) else kept
        return memory

    def _goes_back(self, state: str, named: str) -> bool:
        """Whether a way, guards aside and without entering `named` otherwise, leads to a move back into it."""
        seen, waiting = {state}, [state]
        while waiting:
            here = waiting.pop()
            for parts in self._every_case():
                if self._fits(parts, here):
                    for to in (part["to"] for part in parts if "to" in part):
                        if to == {"history": named}:
                            return True
                        new = {each for each in self._possible(to) if named not in self.states[each].within} - seen
                        seen |= new
                        waiting.extend(new)
        return False

    def _possible(self, to: Any) -> set[str]:
        if not isinstance(to, dict):
            return {self._entered(to)}
        return {name for name, each in self.states.items() if each.variant and to["history"] in each.within}

    def _entered(self, target: str) -> str:
        if self.states[target].variant:
            return target
        states = self.lifecycle["states"]
        for short in target.split("."):
            states = states[short]["states"]
        return _initial_step(states, target + ".")

    def holds(self, condition: Yaml, here: Configuration) -> bool:
        """Whether the condition is true in this configuration; several entries mean *and*."""
        return all(self._entry(key, said, condition, here) for key, said in condition.items())

    def holds_of(self, move: Move, condition: Yaml, here: Configuration) -> bool:
        """The same, where the condition is judged on a move too."""
        self.move = move
        try:
            return self.holds(condition, here)
        finally:
            self.move = None

    def _entry(self, key: str, said: Any, condition: Yaml, here: Configuration) -> bool:
        if key == "all":
            return all(self.holds(each, here) for each in said)
        if key == "any":
            return any(self.holds(each, here) for each in said)
        if key == "not":
            return not self._contrary(said, here)
        if key == "when":  # together with its `then`; `then` by itself says no more
            return not self._contrary(said, here) or self.holds(condition["then"], here)
        if key == "then":
            return "when" in condition or self.holds(said, here)
        if key in ("event", "trigger"):  # of the move that led here
            return self._moved(key, said)
        if key == "document" or key.split(".")[0] in ("order", "account"):
            return dict(here[2])[atom(key, said)]
        return self._variable(key, said, here)

    def _contrary(self, condition: Yaml, here: Configuration) -> bool:
        """The same, of a condition that is denied: what is not known helps neither."""
        self.doubt = not self.doubt
        try:
            return self.holds(condition, here)
        finally:
            self.doubt = not self.doubt

    def _moved(self, word: str, test: Any) -> bool:
        if self.move is None:
            return self.doubt
        called = _called(self.move, word)
        return any(passes(each, test) for each in called) or (not called and test == {"present": False})

    def _variable(self, name: str, test: Any, here: Configuration) -> bool:
        state = self.states[here[0]]
        if name == "state":
            return any(passes(each, test) for each in state.within)
        if name == "variant":
            return passes(self.variant, test)
        if name == "final":
            word = state.final
            if word is None:
                return bool(test == {"present": False})
            listing = not isinstance(test, dict) or "in" in test
            return passes(word, test) or (listing and passes("any", test))
        if name in self.named:
            return passes(self.holds(self.named[name], here), test)
        values = dict(here[1])
        if isinstance(test, dict) and set(test) <= _ORDERED:
            return all(_stands(values[name], word, _other(said, values)) for word, said in test.items())
        return passes(values[name], test)


_ORDERED = {"min", "max", "above", "below", "is"}


def _other(said: Any, values: dict[str, Scalar]) -> Any:
    """What is compared with: a literal, or the value of another variable."""
    return values[said["at"]] if isinstance(said, dict) else said


def _stands(value: Any, word: str, other: Any) -> bool:
    if word == "is":
        return passes(value, other)
    if any(isinstance(each, bool) or not isinstance(each, int | float) for each in (value, other)):
        return False
    return bool({"min": value >= other, "max": value <= other, "above": value > other, "below": value < other}[word])


def _history(state: str) -> str:
    return f"history of {state}"


def _called(move: Move, key: str) -> tuple[str, ...]:
    """The events of a move, or what its trigger is called."""
    if key == "event":
        return move[4]
    return () if move[1] == EDIT else (move[1], move[1].partition(".")[0])


def _configuration(state: str, variables: dict[str, Scalar], truths: dict[str, bool]) -> Configuration:
    return state, frozenset(variables.items()), frozenset(truths.items())
