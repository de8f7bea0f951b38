"""Builds the variables of a lifecycle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from covage_model.ground.files.node import Node
from covage_model.ground.nearest import value_hint
from covage_model.pack.compile.build_conditions import RESERVED_VARIABLES, Scope, condition_of
from covage_model.pack.compile.build_values import members_of, titles_of
from covage_model.pack.compile.context import Context
from covage_model.pack.definitions import texts
from covage_model.pack.model.conditions import Scalar
from covage_model.pack.model.lifecycle import ShownValue, Variable

WIDEST = 1024  # values of a variable with `min` and `max`


def variables_of(node: Node | None, context: Context) -> Iterator[Variable]:
    """Each variable, in spec order, without the named conditions."""
    for name, child in ({} if node is None else node.value).items():
        context.check_sources(child)
        if name in RESERVED_VARIABLES:
            context.finding("CM205", "variable", child, name=name, hint="choose another name")
        if "when" in child.value and "shown" in child.value:
            context.finding("CM209", "shown", child.value["shown"], name=name)
        if "min" in child.value:
            yield _whole(name, child, context)
        if "values" in child.value:
            yield _listed(name, child, context)


def _listed(name: str, node: Node, context: Context) -> Variable:
    """A variable with `values`."""
    values = tuple(members_of(node.value["values"], name, context))
    variable = _variable(name, values, node, context, whole=False)
    return replace(variable, titles=titles_of(node.value["values"], context))


def _whole(name: str, node: Node, context: Context) -> Variable:
    """A variable with `min` and `max`: every integer between them, the least at the start."""
    least, most = int(node.value["min"].value), int(node.value["max"].value)
    values = range(least, most + 1)
    if not values:
        context.finding("CM211", "none", node.value["max"], name=name, least=least, most=most)
    elif len(values) > WIDEST:
        context.finding("CM211", "many", node.value["max"], name=name, count=len(values), limit=WIDEST)
    return _variable(name, tuple(values[:WIDEST]) or (least,), node, context, whole=True)


def _variable(name: str, values: tuple[Scalar, ...], node: Node, context: Context, *, whole: bool) -> Variable:
    title, shown = context.text(node.value.get("title")), tuple(_shown(name, values, node, context))
    return Variable(name, values, title, context.origin(node), whole, shown)


def _shown(name: str, values: tuple[Scalar, ...], node: Node, context: Context) -> Iterator[ShownValue]:
    """What records show of the values: each key is a value as YAML writes it, a text before all else."""
    said = node.value.get("shown")
    scope = Scope(context, context.origin(node), compares=True, root="order")
    spelled = {texts.plain(value): value for value in sorted(values, key=lambda value: isinstance(value, str))}
    for key, child in ({} if said is None else said.value).items():
        when = condition_of(child, scope)
        if key not in spelled:
            where = child if child.key is None else Node(key, child.key)
            hint = value_hint(key, list(map(texts.plain, values)))
            context.finding("CM202", "variable-value", where, hint=hint, name=key, of=name)
        else:
            yield ShownValue(spelled[key], when, replace(scope.origin, location=child.at))  # a test: it has no standing
