"""Builds profiles: reads their layers, and reports names and numbers that cannot be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.ground.files.node import Node
from covage_model.ground.nearest import one_of
from covage_model.pack.compile.build_conditions import Scope, condition_of
from covage_model.pack.compile.build_hours import hours_of
from covage_model.pack.compile.build_laws import law_of
from covage_model.pack.compile.context import Context, bare, listed
from covage_model.pack.compile.grammar_profile import UNITS
from covage_model.pack.compile.layers import layered
from covage_model.pack.model.conditions import Condition
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.profile import (
    EDIT,
    Arrivals,
    Crew,
    GivenNumber,
    Law,
    Profile,
    ProfileFile,
    Timer,
    Timing,
    WeightCase,
)

_ZONE, _START = "UTC", "2026-01-05"


def context_of(pack: SpecPack, say: Callable[[Diagnostic], None]) -> Context:
    """The context to compile a file that belongs to no pack: a scenario, or a layer of a profile."""
    statements = [statement.name for source in pack.sources for statement in source.statements]
    return Context(
        types={},
        events={},
        orders={},
        lifecycles={},
        actors=frozenset(actor.name for actor in pack.actors),
        citations=frozenset([*statements, *(source.name for source in pack.sources)]),
        languages=pack.languages,
        say=say,
    )


def profile_file(name: str, node: Node) -> ProfileFile:
    """The profile in a settled mapping, not yet built."""
    return ProfileFile(name, tuple(item.value for item in listed(node.value.get("over"))), node)


def merged(files: dict[str, ProfileFile], names: Sequence[str], context: Context | None = None) -> Node:
    """
    The layers of these profiles as one mapping, each over those that it names itself.

    With a `context`, unknown names and profiles over themselves are reported. Raises KeyError for an unknown profile.
    """
    layers: dict[str, Node] = {}
    for name in names:
        _add_layers(files, name, layers, (), context)
    first, *rest = layers.values()
    for node in rest:
        first = layered(first, node)
    return first


def _add_layers(
    files: dict[str, ProfileFile], name: str, layers: dict[str, Node], inside: tuple[str, ...], context: Context | None
) -> None:
    for item in listed(files[name].node.value.get("over")):
        if item.value in (*inside, name):
            if context is not None:
                context.finding("CM203", "profile", item, name=item.value)
        elif item.value in files:
            _add_layers(files, item.value, layers, (*inside, name), context)
        elif context is not None:
            context.known("profile", item, files)
    layers.pop(name, None)
    layers[name] = files[name].node


def profile_of(name: str, node: Node, pack: SpecPack, context: Context) -> Profile:
    """The profile in merged layers. What is wrong is reported and left out."""
    return _Building(pack, context, node).profile(name)


class _Building:
    """One profile while it is built."""

    def __init__(self, pack: SpecPack, context: Context, node: Node) -> None:
        self._pack, self._context, self._node = pack, context, node
        self._calendars = tuple(hours_of(node.value.get("calendars"), context))
        self._timers = tuple(self._timer_entries())

    def profile(self, name: str) -> Profile:
        context, entries = self._context, self._node.value
        context.check_sources(self._node)
        time = entries["time"].value if "time" in entries else {}
        if "time" in entries:
            context.check_sources(entries["time"])
        documents = entries["documents"].value if "documents" in entries else {}
        return Profile(
            name=name,
            title=context.text(entries.get("title")),
            zone=self._zone(time.get("zone")),
            starts=self._start(time.get("starts")),
            holidays=bare(time.get("holidays")),
            calendars=self._calendars,
            arrivals=self._arrivals(entries.get("arrivals")),
            mix=tuple(self._mix()),
            start_ready=self._chance(documents.get("start")),
            edit_ready=self._chance(documents.get("edit")),
            crews=tuple(self._crews()),
            timers=self._timers,
            timings=tuple(self._timings()),
            log=tuple((name, str(child.value)) for name, child in self._entries("log")),
            origin=context.origin(self._node),
        )

    def _entries(self, section: str) -> Iterator[tuple[str, Node]]:
        node = self._node.value.get(section)
        yield from ({} if node is None else node.value).items()

    def _at(self, node: Node, around: Node) -> Origin:
        """The origin of a plain number: its own place, and the source and standing of what is around it."""
        origin = self._context.origin(around)
        return Origin(node.at, origin.source, origin.standing)

    def _zone(self, node: Node | None) -> str:
        if node is None:
            return _ZONE
        import zoneinfo  # loaded by packs with a profile alone

        try:
            zoneinfo.ZoneInfo(str(node.value))
        except (KeyError, ValueError, OSError):  # ZoneInfoNotFoundError is a KeyError
            known = zoneinfo.available_timezones()
            hint = "an IANA name, such as Europe/Paris" if known else "this machine knows none: pip install tzdata"
            self._context.finding("CM202", "zone", node, name=node.value, hint=hint)
            return _ZONE
        return str(node.value)

    def _start(self, node: Node | None) -> str:
        if node is None:
            return _START
        try:
            date.fromisoformat(node.value)
        except ValueError:
            self._context.finding("CM210", "date", node, date=node.value)
            return _START
        return str(node.value)

    def _arrivals(self, node: Node | None) -> Arrivals | None:
        if node is None:
            return None
        self._context.check_sources(node)
        entries = node.value
        count, _, unit = entries["rate"].value.partition("/")
        if not float(count):
            self._context.finding("CM210", "rate", entries["rate"])
            return None
        during = self._calendar(entries.get("during"))
        regular = bare(entries.get("law")) == "regular"
        words = f"{entries['rate'].value}{', regular' if regular else ''}{f', during {during}' if during else ''}"
        return Arrivals(float(count), UNITS[unit.strip()], regular, during, words, self._at(entries["rate"], node))

    def _calendar(self, node: Node | None) -> str | None:
        names = [each.name for each in self._calendars]
        return str(node.value) if node is not None and self._context.known("calendar", node, names) else None

    def _mix(self) -> Iterator[GivenNumber]:
        for name, child in self._entries("mix"):
            orders = {order.name for order in self._pack.orders}
            key = Node(name, child.location, child.key)
            if self._context.known("order", key, [variant.name for variant in self._pack.variants], orders):
                yield GivenNumber(name, float(child.value), self._at(child, self._node))

    def _chance(self, node: Node | None) -> GivenNumber | None:
        if node is None:
            return None
        around = self._node.value["documents"]
        self._context.check_sources(around)
        return GivenNumber("documents", float(node.value), self._at(node, around))

    def _crews(self) -> Iterator[Crew]:
        for name, child in self._entries("actors"):
            self._context.check_sources(child)
            if self._context.known("actor", Node(name, child.location, child.key), self._context.actors):
                hands = bare(child.value.get("hands"))
                calendar = self._calendar(child.value.get("calendar"))
                yield Crew(name, calendar, None if hands is None else int(hands), self._context.origin(child))

    def _timer_entries(self) -> Iterator[Timer]:
        for name, child in self._entries("timers"):
            law, triggers = law_of(child, self._context), self._triggers()
            given = listed(child.value["from"])
            starts = [item.value for item in given if self._known_trigger(item, triggers)]
            if starts and law is not None:
                yield Timer(name, law, tuple(starts), self._context.origin(child))

    def _triggers(self) -> list[str]:
        """Every trigger, and the edit of a document if some state has it."""
        editable = any(state.editable for lifecycle in self._pack.lifecycles for state in lifecycle.states)
        names = [each.name for lifecycle in self._pack.lifecycles for each in lifecycle.transitions]
        return [*names, *([EDIT] if editable else [])]

    def _known_trigger(self, node: Node, legal: list[str]) -> bool:
        """Whether a trigger is known; where it has outcomes, the hint names them."""
        every = (each for lifecycle in self._pack.lifecycles for each in lifecycle.transitions)
        outcomes = [each.name for each in every if each.outcome_of == node.value]
        if not outcomes or node.value in legal:
            return self._context.known("trigger", node, legal)
        self._context.finding("CM202", "trigger", node, hint=one_of(outcomes), name=node.value)
        return False

    def _timings(self) -> Iterator[Timing]:
        legal = self._triggers()
        for name, child in self._entries("transitions"):
            self._context.check_sources(child)
            if not self._known_trigger(Node(name, child.location, child.key), legal):
                continue
            at = child.value.get("at")
            late = [child.value[key] for key in ("waits", "works") if key in child.value]
            if at is not None and late:
                self._context.finding("CM209", "at", late[0], name=name)
            if at is not None and not self._context.known("timer", at, [timer.name for timer in self._timers]):
                at = None
            yield Timing(
                name=name,
                weights=tuple(self._weights(name, child)),
                waits=self._law(child.value.get("waits")),
                works=self._law(child.value.get("works")),
                tries=bool(bare(child.value.get("tries"), otherwise=False)),
                at=bare(at),
                origin=self._context.origin(child),
            )

    def _law(self, node: Node | None) -> Law | None:
        return None if node is None else law_of(node, self._context)

    def _weights(self, trigger: str, entry: Node) -> Iterator[WeightCase]:
        around = self._context.origin(entry)
        for item in listed(entry.value.get("weight")):
            origin = Origin(item.at, around.source, around.standing)
            if not isinstance(item.value, dict):
                yield WeightCase(float(item.value), None, origin)
                continue
            when = tuple(self._conditions(trigger, item.value["when"], origin))
            if when:
                yield WeightCase(float(item.value["is"].value), when, origin)

    def _conditions(self, trigger: str, node: Node, origin: Origin) -> Iterator[tuple[str, Condition]]:
        """The condition in each lifecycle that has the trigger and can read it; reported if none can."""
        readable, first = False, None
        for lifecycle in self._pack.lifecycles:
            if trigger == EDIT or any(each.name == trigger for each in lifecycle.transitions):
                found: list[Diagnostic] = []
                scope = _scope(lifecycle, self._pack, replace(self._context, say=found.append), origin)
                condition = condition_of(node, scope)
                if not found:
                    readable = True
                    yield lifecycle.name, condition
                first = first or found
        if not readable:
            for finding in first or ():
                self._context.say(finding)


def _scope(lifecycle: Lifecycle, pack: SpecPack, context: Context, origin: Origin) -> Scope:
    named = tuple(condition.name for condition in lifecycle.conditions)
    return Scope(
        context,
        origin,
        account=True,
        variables={
            **{variable.name: variable.values for variable in lifecycle.variables},
            **dict.fromkeys(named, (True, False)),
        },
        conditions=named,
        states=tuple(state.name for state in lifecycle.states),
        statuses=lifecycle.statuses,
        finals=tuple(dict.fromkeys(state.final for state in lifecycle.states if state.final is not None)),
        variants=tuple(variant.name for variant in pack.variants),
    )
