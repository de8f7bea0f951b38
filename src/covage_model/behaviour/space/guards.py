"""Conditions as lookup tables: a condition reads few bits of a code and is evaluated once for each value of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from covage_model.behaviour.space.layout import Layout
from covage_model.behaviour.space.situation import Situation, is_atom, is_named, named_condition
from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree, truth
from covage_model.pack.conditions.tree import identity
from covage_model.pack.model.conditions import All, AnyOf, Atom, Condition, DocumentReady, Holds, Implies, Not, Test
from covage_model.pack.model.lifecycle import Lifecycle, State
from covage_model.pack.model.orders import Variant

NARROW = 10  # bits: a table of at most 1024 answers


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition as a function of a configuration's code. `mask` has the bits that it reads."""

    mask: int
    holds: Callable[[int], bool]


@dataclass(slots=True)
class Guards:
    """The compiled conditions of one lifecycle for one variant."""

    lifecycle: Lifecycle
    variant: Variant
    layout: Layout
    _named: dict[str, Guard] = field(default_factory=dict)
    _masks: dict[str, int] = field(default_factory=dict)
    _known: dict[int, tuple[Condition, Guard]] = field(default_factory=dict)

    def fixed(self, condition: Condition, state: State | None = None) -> bool | None:
        """The truth of a condition if the variant (and the state, if given) decides it; else None."""
        return Situation(self.lifecycle, self.variant, state, {}, _nobody_knows).evaluate(condition)

    def guard(self, condition: Condition) -> Guard:
        """The compiled condition: one table if it reads few bits, else a table for each part."""
        if id(condition) not in self._known:  # by id, because true == 1; the condition is stored to keep it alive
            self._known[id(condition)] = (condition, self._guard(condition))
        return self._known[id(condition)][1]

    def _guard(self, condition: Condition) -> Guard:
        fixed = self.fixed(condition)
        if fixed is not None:
            return Guard(0, lambda _: fixed)
        mask = self.mask(condition)
        if mask.bit_count() <= NARROW:
            return Guard(mask, _remembered(mask, lambda code: self._evaluate(condition, mask, code)))
        if isinstance(condition, All | AnyOf) and len(condition.parts) == 1:
            return self.guard(condition.parts[0])
        return Guard(mask, self._of_parts(condition, mask))

    def mask(self, condition: Condition) -> int:
        """The bits that the condition reads. Raises KeyError for an unknown atom or name."""
        mask = 0
        for atom in tree.atoms(condition):
            mask |= self._mask_of_atom(atom)
        return mask

    def _mask_of_atom(self, atom: Atom) -> int:
        if isinstance(atom, DocumentReady) or is_atom(atom):
            return self.layout.bits[identity(atom)]
        match atom.ref.root:
            case "variant":
                return 0
            case "state" | "final":
                return self.layout.state_mask
        other = tree.other_side(atom.test)
        beside = 0 if other is None else self._mask_of_variable(other.names[0])
        return self._mask_of_variable(atom.ref.names[0]) | beside

    def _mask_of_variable(self, name: str) -> int:
        if not is_named(self.lifecycle, name):
            return self.layout.digits[name].mask
        if name not in self._masks:
            self._masks[name] = self.mask(named_condition(self.lifecycle, name))
        return self._masks[name]

    def _evaluate(self, condition: Condition, mask: int, code: int) -> bool:
        layout = self.layout
        here = Situation(
            self.lifecycle,
            self.variant,
            layout.state(code),
            layout.variables(code, mask),
            lambda atom: layout.atom(code, atom),
        )
        return bool(here.evaluate(condition))

    def _of_parts(self, condition: Condition, mask: int) -> Callable[[int], bool]:
        match condition:
            case All(parts):
                return _all([self.guard(All(group)).holds for group in self._neighbours(parts)])
            case AnyOf(parts):
                return _any([self.guard(AnyOf(group)).holds for group in self._neighbours(parts)])
            case Not(part):
                test = self.guard(part).holds
                return lambda code: not test(code)
            case Implies(when, then):
                return self._of_parts(AnyOf((Not(when), then)), mask)
            case Holds(ref, test) if ref.root == "variable" and is_named(self.lifecycle, ref.names[0]):
                return self._of_named(ref.names[0], test, mask)
        return _remembered(mask, lambda code: self._evaluate(condition, mask, code))

    def _neighbours(self, parts: tuple[Condition, ...]) -> list[tuple[Condition, ...]]:
        """The parts in order, grouped so that one table can hold each group."""
        groups: list[tuple[int, tuple[Condition, ...]]] = []
        for part in parts:
            mask = self.mask(part)
            if groups and (groups[-1][0] | mask).bit_count() <= NARROW:
                groups[-1] = (groups[-1][0] | mask, (*groups[-1][1], part))
            else:
                groups.append((mask, (part,)))
        return [group for _, group in groups]

    def _of_named(self, name: str, test: Test, mask: int) -> Callable[[int], bool]:
        if name not in self._named:  # cached whatever its size: several conditions may use it
            holds = self.guard(named_condition(self.lifecycle, name)).holds
            self._named[name] = Guard(mask, _remembered(mask, holds))
        holds = self._named[name].holds
        answers = (truth.satisfies(test, value=False), truth.satisfies(test, value=True))
        return lambda code: answers[holds(code)]


def _nobody_knows(_: Atom) -> None:
    return None


def _all(tests: list[Callable[[int], bool]]) -> Callable[[int], bool]:
    def holds(code: int) -> bool:
        for test in tests:  # noqa: SIM110  a generator would cost more than the tests
            if not test(code):
                return False
        return True

    return holds


def _any(tests: list[Callable[[int], bool]]) -> Callable[[int], bool]:
    def holds(code: int) -> bool:
        for test in tests:  # noqa: SIM110  as above
            if test(code):
                return True
        return False

    return holds


def _remembered(mask: int, compute: Callable[[int], bool]) -> Callable[[int], bool]:
    answers: dict[int, bool] = {}

    def holds(code: int) -> bool:
        key = code & mask
        answer = answers.get(key)
        if answer is None:
            answer = answers[key] = compute(code)
        return answer

    return holds
