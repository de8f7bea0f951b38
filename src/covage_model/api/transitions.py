"""The table of transitions of lifecycles, orders and variants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from covage_model.api import diagrams

if TYPE_CHECKING:
    from covage_model.api.workspace import Workspace
    from covage_model.behaviour.draw.transitions import TransitionTable


def transition_tables(pack: Workspace, *names: str) -> list[TransitionTable]:
    """
    The table of each lifecycle or variant of these names (see `diagrams.subjects`); without names, of all lifecycles.

    For a variant, what cannot happen there is left out. Raises `NoSuchDiagram`.
    """
    from covage_model.behaviour.draw.transitions import TransitionTable, transition_rows

    found = []
    for subject in diagrams.subjects(pack.spec, names):
        if not names and subject.variant is not None:
            continue
        lifecycle = pack.spec.lifecycle(subject.lifecycle)
        space = None if subject.variant is None else pack.table(subject.variant)
        variant = None if space is None else space.variant
        found.append(TransitionTable(subject.name, lifecycle, variant, transition_rows(lifecycle, space)))
    return found
