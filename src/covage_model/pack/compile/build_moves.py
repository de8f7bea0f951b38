"""Builds what a transition says of all its cases: who makes the move, how it is called, when it is due."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.files.node import Node
from covage_model.pack.compile.build_laws import seconds
from covage_model.pack.compile.context import Context, listed
from covage_model.pack.model.lifecycle import CLOCK, Deadline
from covage_model.pack.model.text import Text, say


def actors_of(name: str, node: Node, context: Context) -> tuple[str, ...]:
    """Who may pull the trigger: the clock where a deadline says nothing; none, with a finding, if nobody may."""
    by = node.value.get("by")
    if by is None and "after" in node.value:
        return (CLOCK,)
    if by is None:
        context.finding("CM208", "by", node, name=name, hint="add `by` and one of the pack's actors")
    names = [str(actor.value) for actor in listed(by) if context.known("actor", actor, context.actors)]
    return tuple(dict.fromkeys(names))


def title_of(name: str, node: Node, outcome: str, inner: Node, context: Context) -> Text | None:
    """The title of an outcome: that of its trigger, then its own."""
    first, second = context.text(node.value.get("title")), context.text(inner.value.get("title"))
    if first is None and second is None:
        return None
    languages = [language for text in (first, second) if isinstance(text, Mapping) for language in text]
    if not languages:
        return f"{say(first, '', otherwise=name)}: {say(second, '', otherwise=outcome)}"
    return {
        language: f"{say(first, language, otherwise=name)}: {say(second, language, otherwise=outcome)}"
        for language in dict.fromkeys(languages)
    }


def deadline_of(name: str, node: Node, context: Context) -> Deadline | None:
    """When the move happens by itself; None without `after`."""
    after = node.value.get("after")
    if after is None:
        return None
    if "from" not in node.value:
        context.finding("CM208", "after", after, name=name, hint="add `from` with the state that the time runs from")
    states = tuple(str(item.value) for item in listed(node.value.get("from")))
    return Deadline(seconds(after.value), states, after.value)
