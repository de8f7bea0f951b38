"""Lists the conditions of lifecycles and rules, and the tests and references in them at any depth."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.behaviour.space.situation import is_atom
from covage_model.pack.conditions import tree
from covage_model.pack.definitions.walk import values_in
from covage_model.pack.model.conditions import Condition, Holds, Ref
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.pack import SpecPack


def every_test(condition: Condition) -> Iterator[Holds]:
    """Each test of a condition, with the tests of items inside it."""
    for atom in tree.atoms(condition):
        if isinstance(atom, Holds):
            yield atom
            inner = tree.inside(atom.test)
            if inner is not None:
                yield from every_test(inner)


def refs(test: Holds) -> Iterator[Ref]:
    """The references of one test, without those of tests inside it."""
    yield test.ref
    other = tree.other_side(test.test)
    if other is not None:
        yield other


def of_lifecycle(lifecycle: Lifecycle) -> Iterator[Condition]:
    """Every condition of a lifecycle: guards, named conditions, what records show of variables, properties."""
    for transition in lifecycle.transitions:
        for case in transition.cases:
            yield case.guard
    for named in lifecycle.conditions:
        yield named.when
    for variable in lifecycle.variables:
        yield from (shown.when for shown in variable.shown)
    for prop in lifecycle.properties:
        yield from prop.conditions


def atoms(lifecycle: Lifecycle) -> Iterator[Holds]:
    """The tests of the document or the account in a lifecycle, in the order written."""
    for condition in of_lifecycle(lifecycle):
        for atom in tree.atoms(condition):
            if isinstance(atom, Holds) and is_atom(atom):
                yield atom


def of_rules(pack: SpecPack) -> Iterator[Condition]:
    """Every condition of every rule of the pack."""
    variants = [value for variant in pack.variants for value in variant.values]
    named = [definition.value for definition in (*pack.types, *pack.events)]
    for value in (*variants, *named):
        for rule in (rule for inner in values_in(value) for rule in inner.rules):
            yield from (rule.then,) if rule.when is None else (rule.when, rule.then)
