"""Builds lifecycles from YAML mappings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.ground.files.node import Node
from covage_model.pack.compile.build_conditions import Scope, condition_of
from covage_model.pack.compile.build_effects import effects_of, emitted_of
from covage_model.pack.compile.build_moves import actors_of, deadline_of, title_of
from covage_model.pack.compile.build_properties import properties_of
from covage_model.pack.compile.build_states import StateIndex, states_of, with_actions
from covage_model.pack.compile.build_variables import variables_of
from covage_model.pack.compile.context import Context, bare, listed, names_of
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import All, Condition
from covage_model.pack.model.lifecycle import (
    Case,
    Lifecycle,
    NamedCondition,
    Transition,
)

EMPTY = All(())


def lifecycle_of(name: str, node: Node, context: Context, *, variants: tuple[str, ...]) -> Lifecycle:
    """The lifecycle in a settled mapping that its includes are merged into already."""
    entries = node.value
    context.check_sources(node)
    states = states_of(entries.get("states"), node, context)
    variables = tuple(variables_of(entries.get("variables"), context))
    legal = {variable.name: variable.values for variable in variables}
    named = [key for key, child in _entries(entries.get("variables")) if "when" in child.value]
    scope = Scope(
        context,
        context.origin(node),
        account=True,
        compares=True,
        variables={**legal, **dict.fromkeys(named, (True, False))},
        conditions=tuple(named),
        whole=tuple(variable.name for variable in variables if variable.whole),
        states=tuple(state.name for state in states),
        statuses=tuple(dict.fromkeys(state.status for state in states if state.status is not None)),
        finals=tuple(dict.fromkeys(state.final for state in states if state.final is not None)),
        variants=variants,
    )
    requests = entries.get("requests")
    if requests is not None and not context.known("status", requests, scope.statuses):
        requests = None
    transitions = tuple(_transitions(entries.get("transitions"), StateIndex(states), scope))
    return Lifecycle(
        name=name,
        status=names_of(entries["status"]) if "status" in entries else None,
        requests=bare(requests),
        states=with_actions(states, entries.get("states"), scope),
        variables=variables,
        conditions=tuple(_conditions(entries.get("variables"), scope)),
        transitions=transitions,
        properties=tuple(properties_of(entries.get("properties"), scope, transitions)),
        title=context.text(entries.get("title")),
        origin=context.origin(node),
    )


def _entries(node: Node | None) -> Iterator[tuple[str, Node]]:
    yield from ({} if node is None else node.value).items()


def _conditions(node: Node | None, scope: Scope) -> tuple[NamedCondition, ...]:
    context = scope.context
    by_name = {
        name: NamedCondition(
            name,
            condition_of(child.value["when"], scope),
            context.text(child.value.get("title")),
            context.origin(child),
        )
        for name, child in _entries(node)
        if "when" in child.value
    }
    return tuple(
        condition if not _reaches(name, name, by_name, set()) else _cut(condition, context)
        for name, condition in by_name.items()
    )


def _reaches(start: str, goal: str, by_name: dict[str, NamedCondition], seen: set[str]) -> bool:
    for ref in tree.references(by_name[start].when):
        name = ref.names[0] if ref.root == "variable" else None
        if name == goal:
            return True
        if name in by_name and name not in seen:
            seen.add(name)
            if _reaches(name, goal, by_name, seen):
                return True
    return False


def _cut(condition: NamedCondition, context: Context) -> NamedCondition:
    context.say(Diagnostic("CM203", "condition", {"name": condition.name}, condition.origin.location))
    return NamedCondition(condition.name, EMPTY, condition.title, condition.origin)


def _transitions(node: Node | None, states: StateIndex, scope: Scope) -> Iterator[Transition]:
    """Each transition, or each of its outcomes: moves of their own that share what is said beside `outcomes`."""
    context = scope.context
    for name, child in _entries(node):
        context.check_sources(child)
        by, outcomes = actors_of(name, child, context), child.value.get("outcomes")
        if not by:
            continue
        if outcomes is None:
            yield _transition(name, by, [child], states, scope)
            continue
        if "cases" in child.value:
            context.finding("CM209", "cases", child.value["cases"], name=name)
        for outcome, inner in _entries(outcomes):
            context.check_sources(inner)
            found = _transition(f"{name}.{outcome}", by, [child, inner], states, scope)
            yield replace(found, outcome_of=name, title=title_of(name, child, outcome, inner, context))


def _transition(name: str, by: tuple[str, ...], nodes: list[Node], states: StateIndex, scope: Scope) -> Transition:
    """The transition that the nodes say together: that of the trigger, then that of the outcome if it is one."""
    context, last = scope.context, nodes[-1]
    return Transition(
        name,
        by,
        tuple(_cases(nodes, states, scope)),
        context.text(last.value.get("title")),
        context.origin(last),
        deadline=deadline_of(name, nodes[0], context),
    )


def _cases(nodes: list[Node], states: StateIndex, scope: Scope) -> Iterator[Case]:
    inner = nodes[-1].value.get("cases")
    if inner is None:
        yield _case(nodes, states, scope)
        return
    for child in inner.value:
        scope.context.check_sources(child)
        yield _case([*nodes, child], states, scope)


def _case(nodes: list[Node], states: StateIndex, scope: Scope) -> Case:
    """One case: the keys of the transition apply together with those of its outcome and of the case."""
    context = scope.context
    said = _single("to", nodes, context)
    history = said is not None and isinstance(said.value, dict)
    target = said.value["history"] if said is not None and history else said
    known = target is not None and context.known("state", target, states.positions)
    to = str(target.value) if target is not None and known else None
    message = _single("message", nodes, context)
    return Case(
        source=_sources(nodes, states, context),
        target=None if to is None else states.entered(to),
        guard=_guard(nodes, scope),
        effects=effects_of(nodes, scope),
        emits=tuple(emitted_of(nodes, context)),
        message=context.text(message),
        origin=context.origin(nodes[-1]),
        to=to,
        history=history and to is not None,
    )


def _single(key: str, both: list[Node], context: Context) -> Node | None:
    """The value of a key that the transition and its case may not both have; a case may replace the message."""
    values = [node.value[key] for node in both if key in node.value]
    if len(values) > 1 and key != "message":
        at = values[0].at
        context.finding("CM201", "said-twice", values[1], name=key, file=at.file, line=at.line)
    return values[-1] if values else None


def _sources(both: list[Node], states: StateIndex, context: Context) -> tuple[str, ...]:
    written = [node.value["from"] for node in both if "from" in node.value]
    if not written:
        return states.open
    sources = [
        {
            name
            for item in listed(node)
            if context.known("state", item, states.positions)
            for name in states.resting_below(item.value)
        }
        for node in written
    ]
    common = set.intersection(*sources)
    if len(written) > 1 and not common:
        context.finding("CM209", "from", written[-1])
    return tuple(sorted(common, key=states.positions.__getitem__))


def _guard(both: list[Node], scope: Scope) -> Condition:
    parts = []
    for node in both:
        if "guard" in node.value:
            origin = scope.context.origin(node)
            parts.append(condition_of(node.value["guard"], _at(scope, origin)))
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _at(scope: Scope, origin: Origin) -> Scope:
    return replace(scope, origin=origin)
