"""
Hypothesis strategies for random packs of one lifecycle and one order, as spec data.

Shapes and names are valid, and the lifecycles are small enough for brute force. They need not make
sense: states may be unreachable, final states too, and properties broken.
"""

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from once import each_once

from .explorer import triggers
from .valuations import listed

Yaml = dict[str, Any]

ACTORS = ("asker", "keeper")
EVENTS = ("seen", "done", "state-changed")
STATE_NAMES = ("a", "b", "c", "a_b", "x-y", "model", "initial")
VARIABLE_NAMES = ("v", "flag", "x-1", "to", "initial_state")
CONDITION_NAMES = ("ready", "is_ready")
TRIGGERS = (
    *("state", "trigger", "is_a", "to_b", "edit_it", "model", "machine", "may_go", "events"),
    *("add_state", "go", "go-on", "to_a_b", "initial", "on_enter_a"),
)
DOMAINS: tuple[list[Any], ...] = (
    *(["none", "some", "all"], ["off", "on"], ["any", ""], ["1", 1], [True, "true"]),
    *([0, 1, 2], [0, 1, 2, 3], [-1, 0, 1], [1, 2.5], [-1, 1], [False, True], [True, False], ["only"]),
)
WHOLE = ([0, 1, 2], [0, 1, 2, 3], [-1, 0, 1])  # may be said as `min` and `max`
ATOMS: tuple[Yaml, ...] = (  # several on one path, so that some exclude others
    *({"order.request": "thing"}, {"order.request": {"starts": ["th", "x"]}}),
    *({"order.way": "one"}, {"order.way": {"in": ["one", "two"]}}),
    {"order.way": {"present": False}},
    *({"order.mark": {"starts": ["A", "B"]}}, {"order.mark": {"starts": ["AB"]}}),
    *(
        {"order.mark": "ABC"},
        {"order.mark": {"in": ["ABC", "B"]}},
        {"order.mark": {"matches": "^A.*$"}},
    ),
    *({"order.mark": {"present": True}}, {"order.mark": {"present": False}}),
    *({"order.box.size": 1}, {"order.box.size": {"in": [1.0, 2]}}, {"order.box.size": {"min": 1}}),
    *({"order.box.size": {"min": 1, "max": 4}}, {"order.box.size": {"present": False}}),
    *({"order.box.size": {relation: {"at": "order.box.most"}}} for relation in ("min", "above", "is")),
    *({"order.box.most": {relation: {"at": "order.box.size"}}} for relation in ("above", "max")),
    *({"order.box.most": {"present": False}}, {"order.box.most": {"above": 2}}, {"order.box.most": {"below": 2}}),
    *({"order.urgent": True}, {"order.urgent": False}, {"order.urgent": {"present": True}}),
    *({"order.parts": {"count": 2}}, {"order.parts": {"present": False}}),
    {"order.parts": {"count": {"min": 1, "where": {"ok": True}}}},
    *(
        {"order.parts": {"some": {"name": "lid", "ok": True}}},
        {"order.parts": {"every": {"ok": True}}},
    ),
    *({"account.level": "high"}, {"account.level": {"in": ["high", "low"]}}),
    *(
        {"account.blocked": False},
        {"account.blocked": True},
        {"account.blocked": {"present": True}},
    ),
    {"account.cards": {"some": {"number": {"starts": ["C"]}}}},
)


@dataclass(frozen=True)
class Sample:
    """One lifecycle and the order that follows it, as spec data."""

    lifecycle: Yaml
    order: Yaml

    @property
    def lifecycles(self) -> dict[str, Yaml]:
        """The lifecycle by its name, as the explorer takes it."""
        return {self.lifecycle["lifecycle"]: self.lifecycle}

    @property
    def variants(self) -> list[str | None]:
        """The variants to explore; for an order without variants, None."""
        return list(self.order.get("variants", {})) or [None]

    @property
    def triggers(self) -> list[str]:
        """The names of the transitions, without `edit`."""
        return [name for name, _ in triggers(self.lifecycle["transitions"])]

    @property
    def outcomes(self) -> dict[str, list[str]]:
        """Each trigger with outcomes, with the names of these."""
        said = self.lifecycle["transitions"]
        return {
            name: [f"{name}.{each}" for each in said[name]["outcomes"]] for name in said if "outcomes" in said[name]
        }

    @property
    def files(self) -> dict[str, Yaml]:
        """A whole pack with these two, by file name, to be written as YAML or JSON."""
        head: Yaml = {
            "pack": "random",
            "format": 1,
            "languages": ["en"],
            "actors": {actor: actor.title() for actor in ACTORS},
            "documents": ["examples"],
            "account": "account",
            "record": {"number": {"present": True}},
        }
        card: Yaml = {"fields": {"number": {"type": "string"}}}
        account: Yaml = {
            "level": {"type": "string"},
            "blocked": {"type": "boolean"},
            "cards": {"items": card},
        }
        return {
            "pack.yaml": head,
            "types.yaml": {"types": {"account": {"fields": account}}},
            "events.yaml": {"events": {event: {"fields": {"at": "string"}} for event in EVENTS}},
            "order.yaml": self.order,
            "lifecycle.yaml": self.lifecycle,
        }


@st.composite
def samples(draw: st.DrawFn, *, overlapping: bool = False) -> Sample:
    """A random lifecycle and its order. Only with `overlapping` can two cases be enabled at once."""
    order = draw(orders())
    states = draw(_states(depth=3))
    tree = list(_tree(states))
    names = [name for name, _ in tree]
    living = [name for name, said in tree if "final" not in said]
    statuses = _statuses(states)
    requests = draw(st.sampled_from(statuses))
    judged = [requests, *_statuses({n: s for n, s in states.items() if "editable" in s})]
    values: dict[str, list[Any]] = {}
    for name in draw(_some(VARIABLE_NAMES, 3, least=1)):
        values[name] = draw(st.sampled_from(DOMAINS))
    documents = [{"document": status} for status in judged]
    atoms = draw(st.lists(st.sampled_from([*documents, *ATOMS]), min_size=1, max_size=3))
    words: list[Yaml] = [{"state": name} for name in names]
    words += [{"variant": order["order"]}, {"variant": {"starts": [order["order"]]}}]
    words += [{"variant": f"{order['order']}/{v}"} for v in order.get("variants", ())]
    words += [{"final": "any"}, {"final": "good"}, {"final": {"present": False}}]
    words += [{"state": {"in": names[:2]}}, {"not": {"state": names[-1]}}]
    tests = [_tests_of(name, domain) for name, domain in values.items()]
    relations = st.sampled_from(("min", "max", "above", "below", "is"))
    pairs = st.tuples(st.sampled_from(sorted(values)), relations, st.sampled_from(sorted(values)))
    tests.append(pairs.map(lambda pair: {pair[0]: {pair[1]: {"at": pair[2]}}}))
    variants = st.one_of(st.sampled_from(words), *([st.sampled_from(atoms)] * 3), *tests)
    variables: Yaml = {name: {"values": domain} if draw(st.booleans()) else domain for name, domain in values.items()}
    for name, domain in values.items():
        if domain in WHOLE and draw(st.booleans()):
            variables[name] = {"min": domain[0], "max": domain[-1]}
    counted = {name for name, said in variables.items() if "min" in said}
    for name in draw(_some(CONDITION_NAMES, 2)):
        variables[name] = {"when": draw(conditions(variants))}
        variants = st.one_of(variants, st.sampled_from([{name: True}, {name: False}]))
    transitions = {
        trigger: draw(_transitions(names, living, values, counted, conditions(variants), overlapping))
        for trigger in draw(_some(TRIGGERS, 8, least=3))
    }
    for _, said in tree:
        for key in ("entry", "exit"):
            if draw(st.integers(0, 5)) == 5:
                action = draw(_effects(names, values, counted, to=False))
                said |= {key: action} if action else {}
    properties = {f"p{index}": draw(_properties(conditions(variants))) for index in range(draw(st.integers(0, 2)))}
    lifecycle = {
        "lifecycle": order["follows"],
        "status": "status",
        "requests": requests,
        "states": states,
        "variables": variables,
        "transitions": transitions,
        "properties": properties,
    }
    said = {key: part for key, part in lifecycle.items() if part != {}}
    return Sample(each_once(said), each_once(order))  # copies: nothing is shared


@st.composite
def trigger_words(draw: st.DrawFn, sample: Sample, *, longest: int = 12, unknown: bool = False) -> list[str]:
    """A random sequence of the sample's triggers, enabled or not; with `unknown` also of unknown names."""
    others = [name for name in TRIGGERS if name not in sample.triggers] if unknown else []
    return draw(st.lists(st.sampled_from([*sample.triggers, *others]), max_size=longest))


@st.composite
def orders(draw: st.DrawFn) -> Yaml:
    """An order type with the fields that `ATOMS` tests, with or without variants."""
    part: Yaml = {"fields": {"name": {"type": "string"}, "ok": {"type": "boolean"}}}
    order: Yaml = {
        "order": draw(st.sampled_from(["thing", "a-thing"])),
        "follows": "life",
        "match": draw(
            st.sampled_from(
                [
                    {"request": "thing"},
                    {"request": {"in": ["thing", "x-thing"]}},
                    {"request": "thing", "mark": {"starts": ["A", "C"]}},
                ]
            )
        ),
        "fields": {
            "number": {"type": "string", "read_only": True},
            "mark": {"type": "string"},
            "box": {"fields": {"size": {"type": "number"}, "most": {"type": "number"}}},
            "urgent": {"type": "boolean"},
            "parts": {"items": part},
        },
    }
    if draw(st.booleans()):
        order["variants"] = {
            "one": {"match": {"way": "one"}},
            "other": {"match": {"way": {"in": ["two", "three"]}}},
        }
    else:
        order["fields"]["way"] = {"type": "string"}
    if draw(st.integers(0, 3)) == 3:
        order["written_by"] = draw(st.sampled_from(ACTORS))
    return order


def conditions(variants: st.SearchStrategy[Yaml]) -> st.SearchStrategy[Yaml]:
    """Conditions over these entries: `all`, `any`, `not`, `when`/`then`, and mappings of several entries."""

    def joined(inner: st.SearchStrategy[Yaml]) -> st.SearchStrategy[Yaml]:
        several = st.lists(inner, min_size=1, max_size=3)
        return st.one_of(
            st.builds(lambda parts: {"all": parts}, several),
            st.builds(lambda parts: {"any": parts}, several),
            st.builds(lambda part: {"not": part}, inner),
            st.builds(lambda when, then: {"when": when, "then": then}, inner, inner),
            st.builds(lambda one, other: {**one, **other}, variants, variants),
            st.builds(lambda one, other: {**one, "not": other}, variants, inner),
        )

    return st.recursive(variants, joined, max_leaves=5)


def _tests_of(name: str, domain: list[Any]) -> st.SearchStrategy[Yaml]:
    values = st.sampled_from(domain)
    tests: list[st.SearchStrategy[Any]] = [
        *(values, st.lists(values, min_size=1, max_size=2).map(lambda some: {"in": some})),
        st.sampled_from([{"present": True}, {"present": False}]),
    ]
    if any(isinstance(value, str) for value in domain):
        tests.append(st.sampled_from([{"starts": ["o", "n"]}, {"matches": "^[a-n]+$"}]))
    if any(isinstance(value, int | float) and not isinstance(value, bool) for value in domain):
        tests.append(st.sampled_from([1.0, {"min": 1}, {"max": 1}, {"min": 1, "max": 2}, {"above": 0}, {"below": 2}]))
    return st.one_of(*tests).map(lambda test: {name: test})


@st.composite
def _states(draw: st.DrawFn, *, depth: int) -> Yaml:
    """States, one of them initial. Final states, and such that are never shown, are only at the top (`depth` 3)."""
    top = depth == 3
    names = draw(_some(STATE_NAMES, 4 if top else 2, least=3 if top else 1))
    states: Yaml = {name: {} for name in names}
    first = draw(st.sampled_from(names))
    states[first]["initial"] = True
    ending = top and draw(st.booleans())
    for name, said in states.items():
        if ending and name == names[-1] and name != first:
            said["final"] = draw(st.sampled_from(["good", "bad"]))
        elif depth > 1 and draw(st.booleans()):
            said["states"] = draw(_states(depth=depth - 1))
        if "final" not in said and draw(st.integers(0, 2)) == 2:
            said["editable"] = draw(st.sampled_from(ACTORS))
        if draw(st.integers(0, 3)) == 3:
            said["shown_as"] = None if top and name != first and draw(st.booleans()) else f"shown-{name}"
    return states


def _tree(states: Yaml, prefix: str = "") -> list[tuple[str, Yaml]]:
    """Every state with its full name, parents first."""
    found: list[tuple[str, Yaml]] = []
    for name, said in states.items():
        found += [(prefix + name, said), *_tree(said.get("states", {}), f"{prefix}{name}.")]
    return found


def _statuses(states: Yaml) -> list[str]:
    shown = [said.get("shown_as", name) for name, said in states.items()]
    return [status for status in shown if status is not None]


@st.composite
def _transitions(
    draw: st.DrawFn,
    names: list[str],
    living: list[str],
    values: dict[str, list[Any]],
    counted: set[str],
    guards: st.SearchStrategy[Yaml],
    overlapping: bool,
) -> Yaml:
    said: Yaml = {"by": draw(st.sampled_from([*ACTORS, list(ACTORS)]))}
    origins = st.one_of(
        st.sampled_from(living),
        st.lists(st.sampled_from(living), min_size=1, max_size=3, unique=True),
    )
    if draw(st.booleans()):
        said["from"] = draw(origins)
        if draw(st.integers(0, 5)) == 5:
            said = {"after": "2 h", "from": said["from"]}
    if draw(st.integers(0, 2)) == 2:
        said["guard"] = draw(guards)
    with_cases = draw(st.integers(0, 2)) == 2
    to_inside = with_cases and draw(st.booleans())
    said |= draw(_effects(names, values, counted, to=not to_inside))
    if not with_cases:
        return said
    if draw(st.integers(0, 2)) == 2:
        return said | {"outcomes": draw(_outcomes(names, living, values, counted, guards, beside=said, to=to_inside))}
    if overlapping:
        cases = draw(_free_cases(guards, origins))
    else:
        cases = draw(_apart(living, values, guards, beside=said))
    free = {name: domain for name, domain in values.items() if name not in said.get("set", {})}
    for case in cases:
        case |= draw(_effects(names, free, counted & set(free), to=to_inside))
    return said | {"cases": cases}


@st.composite
def _effects(draw: st.DrawFn, names: list[str], values: dict[str, list[Any]], counted: set[str], *, to: bool) -> Yaml:
    said: Yaml = {}
    if to and draw(st.integers(0, 3)):
        name = draw(st.sampled_from(names))
        said["to"] = {"history": name} if draw(st.integers(0, 3)) == 3 else name
    changed = draw(_some(tuple(values), 2)) if values else []
    if changed:
        said["set"] = {name: draw(_become(name, values, counted)) for name in changed}
    events = st.sampled_from(EVENTS)
    emits = draw(st.one_of(st.none(), events, st.lists(events, min_size=1, max_size=3)))
    return said if emits is None else said | {"emits": emits}


def _become(name: str, values: dict[str, list[Any]], counted: set[str]) -> st.SearchStrategy[Any]:
    """A value of the variable, the value of another, or more or less than one."""
    become: list[st.SearchStrategy[Any]] = [st.sampled_from(values[name])] * 2
    become.append(st.sampled_from(sorted(values)).map(lambda other: {"at": other}))
    if name in counted:
        more = st.sampled_from([-2, -1, 1, 1, 2])
        become += [more.map(lambda add: {"add": add})] * 2
        become.append(st.builds(lambda at, add: {"at": at, "add": add}, st.sampled_from(sorted(counted)), more))
    return st.one_of(*become)


@st.composite
def _outcomes(
    draw: st.DrawFn,
    names: list[str],
    living: list[str],
    values: dict[str, list[Any]],
    counted: set[str],
    guards: st.SearchStrategy[Yaml],
    *,
    beside: Yaml,
    to: bool,
) -> Yaml:
    """Outcomes that may be possible at once; some have a guard, or cases that exclude each other."""
    free = {name: domain for name, domain in values.items() if name not in beside.get("set", {})}
    outcomes: Yaml = {}
    for name in draw(_some(("yes", "no", "may-be"), 3, least=1)):
        own: Yaml = draw(_effects(names, free, counted & set(free), to=to))
        if draw(st.booleans()):
            own["guard"] = draw(guards)
        if draw(st.integers(0, 3)) == 3:
            own["cases"] = draw(_apart(living, values, guards, beside=beside | own))
        outcomes[name] = own or None
    return outcomes


@st.composite
def _free_cases(draw: st.DrawFn, guards: st.SearchStrategy[Yaml], origins: st.SearchStrategy[Any]) -> list[Yaml]:
    cases: list[Yaml] = [{} for _ in range(draw(st.integers(1, 3)))]
    for case in cases:
        if draw(st.integers(0, 2)):
            case["guard"] = draw(guards)
        if draw(st.integers(0, 2)) == 2:
            case["from"] = draw(origins)
    return cases


@st.composite
def _apart(
    draw: st.DrawFn,
    living: list[str],
    values: dict[str, list[Any]],
    guards: st.SearchStrategy[Yaml],
    beside: Yaml,
) -> list[Yaml]:
    """Cases of which at most one is enabled: by a guard and its negation, by value, or by state."""
    ways = ["negation", *(["value"] if values else [])]
    tops = [name for name in living if "." not in name]
    if "from" not in beside and len(tops) > 1:
        ways.append("state")
    way = draw(st.sampled_from(ways))
    if way == "negation":
        guard = draw(guards)
        return [{"guard": guard}, {"guard": {"not": guard}}]
    if way == "value":
        name = draw(st.sampled_from(sorted(values)))
        return [{"guard": {name: value}} for value in values[name]]
    return [{"from": listed(name) if draw(st.booleans()) else name} for name in tops]


@st.composite
def _properties(draw: st.DrawFn, some: st.SearchStrategy[Yaml]) -> Yaml:
    kind = draw(st.sampled_from(["never", "always", "sometimes", "always_possible", "precedes", "leads_to", "only"]))
    if kind == "only":
        return {"only": {"when": draw(some), "by": [draw(st.sampled_from(ACTORS))]}}
    if kind in ("precedes", "leads_to"):
        return {kind: [draw(some), draw(some)]}
    return {kind: draw(some)}


def _some(names: tuple[str, ...], most: int, least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=least, max_size=most, unique=True)
