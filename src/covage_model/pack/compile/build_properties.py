"""Builds the properties of a lifecycle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from covage_model.ground.files.node import Node
from covage_model.pack.compile import grammar
from covage_model.pack.compile.build_conditions import Scope, condition_of
from covage_model.pack.compile.context import Context, listed
from covage_model.pack.model.lifecycle import Property, Transition


def properties_of(node: Node | None, scope: Scope, transitions: Sequence[Transition]) -> Iterator[Property]:
    """Each property, in spec order."""
    context = scope.context
    scope = replace(scope, events=tuple(context.events), triggers=_names(transitions))
    for name, child in ({} if node is None else node.value).items():
        context.check_sources(child)
        kind = next(kind for kind in grammar.PROPERTY_KINDS if kind in child.value)
        content, here = child.value[kind], replace(scope, origin=context.origin(child))
        parts = [content.value["when"]] if kind == "only" else listed(content)
        by = content.value["by"].value if kind == "only" else []
        conditions = tuple(condition_of(part, here) for part in parts)
        actors = tuple(str(actor.value) for actor in by if context.known("actor", actor, context.actors))
        title = context.text(child.value.get("title"))
        assuming = _assumed(child, kind, transitions, context)
        yield Property(name, kind, conditions, actors, title, here.origin, assuming)


def _assumed(node: Node, kind: str, transitions: Sequence[Transition], context: Context) -> tuple[str, ...] | None:
    """Who and what is fair; None where all is."""
    assuming = node.value.get("assuming")
    if assuming is None:
        return None
    if kind != "leads_to":
        context.finding("CM209", "assuming", assuming, name=kind)
    legal = context.actors, _names(transitions)
    return tuple(str(item.value) for item in assuming.value if context.known("assumed", item, *legal))


def _names(transitions: Sequence[Transition]) -> tuple[str, ...]:
    """Every trigger and every outcome."""
    return tuple(
        dict.fromkeys(name for each in transitions for name in (each.outcome_of, each.name) if name is not None)
    )
