"""Builds orders, scenarios, sources and the pack itself from YAML mappings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from covage_model.ground.dotted import keys
from covage_model.ground.files.node import Node, plain
from covage_model.pack.compile.build_conditions import Scope, condition_of
from covage_model.pack.compile.build_values import value_of
from covage_model.pack.compile.context import Context, bare, listed
from covage_model.pack.model.conditions import Condition, In, Literal, Starts
from covage_model.pack.model.lifecycle import CLOCK
from covage_model.pack.model.matches import Match
from covage_model.pack.model.orders import Order, VariantSpec
from covage_model.pack.model.pack import Actor, Source, Statement
from covage_model.pack.model.scenario import Expectation, ExpectRefusal, Fill, Fire, Given, Scenario, ScenarioStep

_CLOCK_TITLE = {"fr": "Horloge", "en": "Clock"}


def order_of(name: str, node: Node, context: Context) -> Order | None:
    """The order type in a settled mapping; None if it follows no known lifecycle."""
    entries = node.value
    follows, written_by = entries.get("follows"), entries.get("written_by")
    if written_by is not None and not context.known("actor", written_by, context.actors):
        written_by = None
    if follows is None:
        context.finding("CM208", "follows", node, name=name, hint="add `follows` and the name of a lifecycle")
        return None
    if not context.known("lifecycle", follows, context.lifecycles):
        return None
    return Order(
        name=name,
        follows=follows.value,
        match=tuple(_matches(entries.get("match"), context)),
        value=value_of(node, context),
        variants=tuple(_variants(entries.get("variants"), context)),
        written_by=bare(written_by),
        title=context.text(entries.get("title")),
        origin=context.origin(node),
    )


def _variants(node: Node | None, context: Context) -> Iterator[VariantSpec]:
    for name, child in ({} if node is None else node.value).items():
        yield VariantSpec(name, tuple(_matches(child.value.get("match"), context)), value_of(child, context))


def _matches(node: Node | None, context: Context) -> Iterator[Match]:
    for path, child in ({} if node is None else node.value).items():
        test: Literal | In | Starts
        if isinstance(child.value, list):
            test = _one_of(child, context)
        elif not isinstance(child.value, dict):
            test = Literal(child.value)
        elif "in" in child.value:
            test = In(tuple(item.value for item in child.value["in"].value))
        else:
            test = Starts(tuple(item.value for item in child.value["starts"].value))
        yield Match(keys(path), test, context.origin(child))


def _one_of(node: Node, context: Context) -> In:
    """A list of a `match`: one of its values, or nothing where `present: false` is among them."""
    absences = [item for item in node.value if isinstance(item.value, dict)]
    for item in absences:
        if item.value["present"].value:
            context.finding("CM209", "there", item)
    values = tuple(item.value for item in node.value if not isinstance(item.value, dict))
    return In(values, absent=bool(absences))


def actors_of(node: Node | None, context: Context) -> tuple[Actor, ...]:
    """The actors, in spec order; the clock last, where deadlines need it and the pack does not name it."""
    actors = [Actor(name, context.text(child)) for name, child in ({} if node is None else node.value).items()]
    named = {actor.name for actor in actors}
    return (*actors, *(Actor(name, _CLOCK_TITLE) for name in context.actors if name == CLOCK and name not in named))


def sources_of(node: Node | None, context: Context) -> tuple[Source, ...]:
    """The pages that definitions cite, in spec order."""
    return tuple(
        Source(
            name,
            context.text(child.value["title"]) or "",
            bare(child.value.get("url")),
            tuple(_statements(child.value.get("statements"), context)),
            context.origin(child),
        )
        for name, child in ({} if node is None else node.value).items()
    )


def _statements(node: Node | None, context: Context) -> Iterator[Statement]:
    for name, child in ({} if node is None else node.value).items():
        if isinstance(child.value, dict) and "text" in child.value:
            reason = child.value.get("not_modelled") or child.value.get("partly")
            text = context.text(child.value["text"]) or ""
            partly = "not_modelled" not in child.value
            yield Statement(name, text, context.text(reason), partly, context.origin(child))
        else:
            yield Statement(name, context.text(child) or "", None, partly=False, origin=context.origin(child))


def record_test(node: Node | None, context: Context, scope_at: Node) -> Condition | None:
    """The condition that tells a record from a request."""
    return None if node is None else condition_of(node, Scope(context, context.origin(scope_at)))


def scenario_of(node: Node, context: Context, *, variants: tuple[str, ...]) -> Scenario:
    """The scenario in a mapping. Names of triggers and states are checked when it is played."""
    context.check_sources(node)
    entries = node.value
    given = dict(entries["given"].value)
    if "order" in given and not context.known("order", given["order"], variants):
        given["document"] = given.pop("order")  # the name is reported, so the scenario is never played
    role = given.get("role")
    if "earlier" in given and ("steps" in entries or "order" in given or (role and role.value == "account")):
        context.finding("CM209", "earlier", given["earlier"])
    return Scenario(
        title=context.text(entries["scenario"]) or "",
        given=Given(
            **{key: child.value for key, child in given.items() if key != "earlier"},
            earlier=tuple(item.value for item in listed(given.get("earlier"))),
        ),
        steps=tuple(step for item in listed(entries.get("steps")) for step in _steps(item, context)),
        expect=_expectation(entries["expect"], context) if "expect" in entries else None,
        origin=context.origin(node),
    )


def _steps(node: Node, context: Context) -> Iterator[ScenarioStep]:
    if isinstance(node.value, str):
        yield from _fired(node, context)
    elif isinstance(node.value, list):
        for item in node.value:
            yield from _fired(item, context)
    elif "fill" in node.value:
        yield Fill(plain(node.value["fill"]), context.origin(node.value["fill"]))
    elif "expect" in node.value:
        yield _expectation(node.value["expect"], context)
    elif "refused" in node.value:
        for trigger, child in node.value["refused"].value.items():
            reasons = tuple(item.value for item in listed(child))
            yield ExpectRefusal(trigger, reasons, context.origin(child))
    else:
        yield from _fired(node, context)


def _fired(node: Node, context: Context) -> Iterator[Fire]:
    """A trigger, or the outcomes of triggers in a mapping."""
    if isinstance(node.value, str):
        yield Fire(node.value, context.origin(node))
    else:
        for trigger, outcome in node.value.items():
            yield Fire(f"{trigger}.{outcome.value}", context.origin(outcome))


def _expectation(node: Node, context: Context) -> Expectation:
    entries: dict[str, Any] = plain(node)
    own = ("state", "emitted", "findings")
    return Expectation(
        origin=context.origin(node),
        state=entries.get("state"),
        variables=tuple((name, value) for name, value in entries.items() if name not in own),
        emitted=tuple(entries["emitted"]) if "emitted" in entries else None,
        findings=tuple(entries["findings"]) if "findings" in entries else None,
    )
