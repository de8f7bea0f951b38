"""Builds states from YAML mappings: full names, statuses, editors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from covage_model.ground.files.node import Node
from covage_model.pack.compile.build_conditions import Scope
from covage_model.pack.compile.build_effects import action_of
from covage_model.pack.compile.build_values import member_of
from covage_model.pack.compile.context import Context, bare
from covage_model.pack.model.lifecycle import State


def states_of(node: Node | None, lifecycle: Node, context: Context) -> tuple[State, ...]:
    """All states, each parent before its steps. Steps inherit the status and the editor, unless they say their own."""
    if node is None:
        context.finding("CM208", "states", lifecycle, hint="add `states` with one that is `initial: true`")
        return ()
    return tuple(_states(node, None, context))


def with_actions(states: tuple[State, ...], node: Node | None, scope: Scope) -> tuple[State, ...]:
    """The states of `states_of` with their `entry` and `exit`, which speak of the variables in `scope`."""
    nodes = dict(_named(node, ""))
    return tuple(
        replace(
            state,
            entry=action_of(nodes[state.name].value.get("entry"), scope),
            exit=action_of(nodes[state.name].value.get("exit"), scope),
        )
        for state in states
    )


def _named(node: Node | None, prefix: str) -> Iterator[tuple[str, Node]]:
    """The mapping of each state by its full name."""
    for name, child in ({} if node is None else node.value).items():
        yield prefix + name, child
        yield from _named(child.value.get("states"), f"{prefix}{name}.")


class StateIndex:
    """
    The states of one lifecycle by name.

    `positions` has their spec order; `open` has the resting states that are not final.
    """

    def __init__(self, states: tuple[State, ...]) -> None:
        self.positions = {state.name: position for position, state in enumerate(states)}
        self.open = tuple(state.name for state in states if not state.steps and state.final is None)
        self._steps: dict[str, list[State]] = {}
        for state in states:
            self._steps.setdefault(state.parent or "", []).append(state)

    def resting_below(self, name: str) -> tuple[str, ...]:
        """The resting states of a state: itself, or all steps below it."""
        steps = self._steps.get(name, ())
        return tuple(below for step in steps for below in self.resting_below(step.name)) or (name,)

    def entered(self, name: str) -> str:
        """The resting state that is entered through a state: its initial step, if it has steps, and so on."""
        initial = next((step for step in self._steps.get(name, ()) if step.initial), None)
        return name if initial is None else self.entered(initial.name)


def _states(node: Node, parent: State | None, context: Context) -> Iterator[State]:
    _check_initial(node, context)
    for name, child in node.value.items():
        context.check_sources(child)
        entries = child.value
        editable, final = entries.get("editable"), entries.get("final")
        if editable is not None and not context.known("actor", editable, context.actors):
            editable = None
        if final is not None and "states" in entries:
            context.finding("CM209", "final", final, state=name)
        full = name if parent is None else f"{parent.name}.{name}"
        state = State(
            name=full,
            parent=parent.name if parent else None,
            steps=tuple(f"{full}.{step}" for step in bare(entries.get("states"), {})),
            initial=bool(bare(entries.get("initial"), otherwise=False)),
            final=None if final is None else member_of(final).value,
            editable=bare(editable) or (parent.editable if parent else None),
            status=bare(entries["shown_as"]) if "shown_as" in entries else parent.status if parent else name,
            title=context.text(entries.get("title")),
            origin=context.origin(child),
            final_title=context.text(final.value["title"]) if final and isinstance(final.value, dict) else None,
        )
        yield state
        if "states" in entries:
            yield from _states(entries["states"], state, context)


def _check_initial(node: Node, context: Context) -> None:
    initial = [child for child in node.value.values() if bare(child.value.get("initial"), otherwise=False)]
    if not initial:
        context.finding("CM208", "initial", node, hint="say `initial: true` of one of them")
    for child in initial[1:]:
        first = initial[0].at
        context.finding("CM201", "initial", child, line=first.line, file=first.file)
