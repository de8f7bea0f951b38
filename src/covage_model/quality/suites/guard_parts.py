"""The parts of guards, each of which a suite shows true and false."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from covage_model.ground.classes import dataclass
from covage_model.pack.conditions import tree, words
from covage_model.pack.model.conditions import FALSE, TRUE, Atom, Condition, Not
from covage_model.pack.model.lifecycle import Case, Lifecycle, Transition


@dataclass(frozen=True, slots=True)
class GuardPart:
    """One occurrence of an atom in the guard of a case, and the guard with that atom fixed to true and to false."""

    transition: Transition
    case: Case
    atom: Atom
    held: tuple[Condition, Condition]
    place: int

    def name(self, *, value: bool) -> str:
        """The trigger and the part of its guard, negated if `value` is False."""
        return f"{trigger_of(self.transition, self.case)}: {words.describe(self.condition(value=value), 'en')}"

    def condition(self, *, value: bool) -> Condition:
        """The part, negated if `value` is False."""
        return self.atom if value else Not(self.atom)


def trigger_of(transition: Transition, case: Case) -> str:
    """The trigger, with the number of the case if there are several."""
    numbers = [id(each) for each in transition.cases]
    return transition.name if len(numbers) == 1 else f"{transition.name} (case {numbers.index(id(case)) + 1})"


def conditions_read(lifecycle: Lifecycle, condition: Condition) -> frozenset[str]:
    """The named conditions with several parts that a condition reads, itself or through another."""
    found: set[str] = set()
    whens = {named.name: named.when for named in lifecycle.conditions}
    pending = [condition]
    while pending:
        names = {ref.names[0] for ref in tree.references(pending.pop()) if ref.root == "variable"}
        new = names.intersection(whens) - found
        found |= new
        pending.extend(whens[name] for name in new)
    return frozenset(name for name in found if len(list(tree.atoms(whens[name]))) > 1)


def sources_of(readers: Iterable[tuple[Transition, Case]], trigger: str) -> set[str]:
    """The states in which a case of the trigger among these starts."""
    return {state for transition, case in readers if transition.name == trigger for state in case.source}


def parts_of(transition: Transition, case: Case) -> Iterator[GuardPart]:
    """The parts of the guard of a case, in the order written."""
    for place, atom in enumerate(tree.atoms(case.guard)):
        held = (holding(case.guard, place, TRUE), holding(case.guard, place, FALSE))
        yield GuardPart(transition, case, atom, held, place)


def holding(condition: Condition, place: int, value: Condition) -> Condition:
    """The condition with the atom at that place, counted in the order written, replaced."""
    count = -1

    def changed(atom: Atom) -> Condition:
        nonlocal count
        count += 1
        return value if count == place else atom

    return tree.transform(condition, changed)
