"""
Random packs of one lifecycle and one order from a seed: many small ones. `lifecycles.py` draws few, and shrinks.

Shapes and names are valid; the packs need not make sense. Every lifecycle has properties of all seven kinds.
"""

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from once import each_once

from .explorer import triggers
from .lifecycles import ACTORS, ATOMS, DOMAINS, EVENTS, TRIGGERS, VARIABLE_NAMES, WHOLE, Sample, Yaml
from .properties import KINDS

NAMES = ("a", "b", "c", "d", "x-y", "model", "initial")


def drawn(seed: int | str, *, properties: int = len(KINDS)) -> Sample:
    """The sample of that seed with that many properties; the first seven have one kind each."""
    sample = _Draw(Random(seed)).sample(properties)
    return Sample(each_once(sample.lifecycle), each_once(sample.order))  # copies: nothing is shared


def distinct(
    name: str, number: int, *, shard: int = 0, shards: int = 1, properties: int = len(KINDS)
) -> Iterator[Sample]:
    """That many different samples. No other shard draws any of them."""
    seen: set[bytes] = set()
    for count in itertools.count():
        if len(seen) == number:
            return
        sample = drawn(f"{name} {count}", properties=properties)
        digest = hashlib.sha256(repr((sample.lifecycle, sample.order)).encode()).digest()
        if digest not in seen and digest[0] % shards == shard:
            seen.add(digest)
            yield sample


@dataclass
class _Draw:
    random: Random
    names: list[str] = field(default_factory=list)  # of states and steps, parents first
    living: list[str] = field(default_factory=list)  # those that are not final
    values: dict[str, list[Any]] = field(default_factory=dict)
    counted: list[str] = field(default_factory=list)  # variables with `min` and `max`
    triggers: list[str] = field(default_factory=list)  # and outcomes, and what has outcomes
    tests: list[Yaml] = field(default_factory=list)  # tests that conditions are made of

    def sample(self, properties: int) -> Sample:
        order = self._order()
        states = self._states()
        self.values = {name: self.random.choice(DOMAINS) for name in self._some(VARIABLE_NAMES, 0, 3)}
        variables: Yaml = dict(self.values)
        for name, domain in self.values.items():
            if domain in WHOLE and self._chance(0.5):
                variables[name] = {"min": domain[0], "max": domain[-1]}
                self.counted.append(name)
        self._add_actions(states)
        self._choose_tests(order, states)
        if self._chance(0.3):
            variables["ready"] = {"when": self.condition()}
            self.tests += [{"ready": True}, {"ready": False}]
        transitions = self._transitions(self._some(TRIGGERS, 4, 10))
        self.triggers = [name for name, _ in triggers(transitions)]
        self.triggers += [name for name, said in transitions.items() if "outcomes" in said]
        kinds = [KINDS[number % len(KINDS)] for number in range(properties)]
        lifecycle = {
            "lifecycle": "life",
            "status": "status",
            "requests": self._requests(states),
            "states": states,
            "variables": variables,
            "transitions": transitions,
            "properties": {f"{kind}-{number}": self.property(kind) for number, kind in enumerate(kinds)},
        }
        return Sample({key: part for key, part in lifecycle.items() if part != {}}, order)

    def condition(self, depth: int = 2) -> Yaml:
        draw = self.random.random()
        if depth == 0 or draw < 0.45:
            return self.random.choice(self.tests)
        parts = [self.condition(depth - 1) for _ in range(2)]
        if draw < 0.6:
            return {"all": parts}
        if draw < 0.75:
            return {"any": parts}
        if draw < 0.85:
            return {"not": parts[0]}
        return {"when": parts[0], "then": parts[1]} if draw < 0.93 else {**parts[0], **self.random.choice(self.tests)}

    def property(self, kind: str) -> Yaml:
        if self._chance(0.3):
            return self._property_of_moves(kind)
        if kind == "only":
            return {"only": {"when": self.condition(), "by": self._who()}}
        if kind == "leads_to" and self._chance(0.5):
            pair = [self.condition(), self.condition(self.random.randint(0, 2))]
            return {kind: pair, "assuming": self._some((*ACTORS, *self.triggers), 0, 3)}
        if kind in ("precedes", "leads_to"):
            return {kind: [self.condition(), self.condition(self.random.randint(0, 2))]}
        if kind == "never":
            return {kind: {"all": self.random.choices(self.tests, k=self.random.randint(1, 3))}}
        if kind == "always" and self._chance(0.7):
            return {kind: {"when": self.condition(), "then": self.condition()}}
        return {kind: self.condition()}

    def _property_of_moves(self, kind: str) -> Yaml:
        """A property of which one condition or both are judged on moves."""
        if kind == "only":
            return {"only": {"when": self._of_move(), "by": self._who()}}
        if kind not in ("precedes", "leads_to"):
            return {kind: self._of_move()}
        pair = [self._of_move(), self.condition(self.random.randint(0, 2))]
        if self._chance(0.6):
            pair = [self._of_move(), self._of_move()] if self._chance(0.5) else pair[::-1]
        assumed = {"assuming": self._some((*ACTORS, *self.triggers), 0, 3)}
        return {kind: pair} | (assumed if kind == "leads_to" and self._chance(0.5) else {})

    def _of_move(self) -> Yaml:
        word = self.random.choice(("event", "trigger"))
        names = self.triggers if word == "trigger" else [*EVENTS]
        of_move: Yaml = {word: {"present": self._chance(0.5)} if self._chance(0.1) else self.random.choice(names)}
        drawn = self.random.random()
        if drawn < 0.3:
            return of_move
        if drawn < 0.6:
            return of_move | self.condition(0)
        if drawn < 0.8:
            return {"all": [{"not": {word: {"in": self.random.choices(names, k=2)}}}, self.condition(0)]}
        return {"any": [of_move, self.condition(0)]} if drawn < 0.9 else {"when": of_move, "then": self.condition(0)}

    def _who(self) -> list[str]:
        return self._some(ACTORS, 1, 2) if self._chance(0.3) else [self.random.choice(ACTORS)]

    # -- the parts -----------------------------------------------------------------------------

    def _order(self) -> Yaml:
        item: Yaml = {"fields": {"name": {"type": "string"}, "ok": {"type": "boolean"}}}
        order: Yaml = {
            "order": "thing",
            "follows": "life",
            "match": {"request": "thing"},
            "fields": {
                "number": {"type": "string", "read_only": True},
                "mark": {"type": "string"},
                "box": {"fields": {"size": {"type": "number"}, "most": {"type": "number"}}},
                "urgent": {"type": "boolean"},
                "parts": {"items": item},
            },
        }
        if self._chance(0.3):
            two = {"match": {"way": {"in": ["two", "three"]}}}
            order["variants"] = {"one": {"match": {"way": "one"}}, "other": two}
        else:
            order["fields"]["way"] = {"type": "string"}
        if self._chance(0.1):
            order["written_by"] = self.random.choice(ACTORS)
        return order

    def _states(self) -> Yaml:
        states: Yaml = {name: {} for name in self._some(NAMES, 1, 7)}
        first, *others = states
        states[first]["initial"] = True
        for name in others[-2:] if self._chance(0.7) else []:
            states[name]["final"] = self.random.choice(["good", "bad"])
        for name, said in states.items():
            if "final" not in said and self._chance(0.2):
                steps: Yaml = {step: {} for step in self._some(NAMES, 1, 3)}
                steps[self.random.choice(list(steps))]["initial"] = True
                said["states"] = steps
                for step, own in steps.items():
                    own |= {"shown_as": f"{name}-{step}"} if self._chance(0.15) else {}
            if "final" not in said and self._chance(0.5):
                said["editable"] = self.random.choice(ACTORS)
            if name != first and self._chance(0.1):
                said["shown_as"] = None
            self.names += [name, *(f"{name}.{step}" for step in said.get("states", ()))]
            self.living += [one for one in self.names if one.split(".")[0] == name and "final" not in said]
        return states

    def _requests(self, states: Yaml) -> str:
        return self.random.choice([name for name, said in states.items() if "shown_as" not in said])

    def _choose_tests(self, order: Yaml, states: Yaml) -> None:
        """The tests that conditions are made of: mostly of states; at most two read the document."""
        states_alone = [{"state": name} for name in self.names]
        several = [{"state": {"in": self.random.sample(self.names, min(2, len(self.names)))}}]
        words = sorted({said["final"] for said in states.values() if "final" in said})
        finals = [{"final": {"present": False}}, *({"final": word} for word in [*words, "any"] if words)]
        self.tests = states_alone * 2 + several * 2 + [self.random.choice(finals)]
        for name, domain in self.values.items():
            self.tests += [{name: value} for value in domain]
            self.tests += [{name: {"in": domain[-2:]}}, {name: {"present": True}}]
            self.tests += [{name: self._comparison(domain, [other for other in self.values if other != name])}]
        if self._chance(0.4):
            variants = [f"{order['order']}/{name}" for name in order.get("variants", ())] or [order["order"]]
            self.tests.append({"variant": variants[0]})
        if self._chance(0.6):
            documents = [{"document": name} for name in self._judged(states)]
            self.tests += self.random.choices([*documents * 3, *ATOMS], k=self.random.randint(1, 2)) * 3

    def _comparison(self, domain: list[Any], others: list[str]) -> Yaml:
        relation = self.random.choice(("min", "max", "above", "below", "is"))
        if others and self._chance(0.5):
            return {relation: {"at": self.random.choice(others)}}
        numbers = [value for value in domain if isinstance(value, int | float) and not isinstance(value, bool)]
        return {relation: self.random.choice(numbers)} if numbers else {"is": self.random.choice(domain)}

    def _judged(self, states: Yaml) -> list[str]:
        """The statuses for which a request can be judged; no other has a schema."""
        return [name for name, said in states.items() if "editable" in said and "shown_as" not in said]

    def _add_actions(self, states: Yaml) -> None:
        """What entering and leaving does, for some states."""
        every = [*states.values(), *(step for said in states.values() for step in said.get("states", {}).values())]
        for said in every:
            for key in ("entry", "exit"):
                action = self._effects(self.values) if self._chance(0.15) else {}
                said |= {key: action} if action else {}

    def _transitions(self, triggers: list[str]) -> Yaml:
        """
        In half of the lifecycles each state leads to the next, so that some configurations are far from the start.
        """
        way = zip(triggers, self.living, self.names[1:], strict=False) if self._chance(0.5) else ()
        steps = {trigger: (origin, target) for trigger, origin, target in way}
        return {name: self._step(*steps[name]) if name in steps else self._transition() for name in triggers}

    def _step(self, origin: str, target: str) -> Yaml:
        said = {"by": self.random.choice(ACTORS), "from": origin, "to": target} | self._effects(self.values)
        return said | {"guard": self.condition(0)} if self._chance(0.2) else said

    def _transition(self) -> Yaml:
        said: Yaml = {"by": self.random.choice([*ACTORS, list(ACTORS)])}
        if self._chance(0.75):
            said["from"] = self._origin()
            if self._chance(0.1):
                said = {"after": self.random.choice(("2 h", "7 d")), "from": said["from"]}
        if self._chance(0.35):
            said["guard"] = self.condition(1)
        inside = self._chance(0.2)
        if not inside:
            return said | self._effects(self.values) | self._target()
        said |= self._effects(self.values)
        free = {name: domain for name, domain in self.values.items() if name not in said.get("set", {})}
        if self._chance(0.4):
            outcomes = {name: self._effects(free) | self._target() for name in ("yes", "no")}
            return said | {"outcomes": outcomes | {"may-be": {"guard": self.condition(1)} | self._target()}}
        guard = self.condition(1)
        guards = [guard, {"not": guard}] if self._chance(0.8) else [guard, self.condition(1)]
        return said | {"cases": [{"guard": each} | self._effects(free) | self._target() for each in guards]}

    def _origin(self) -> Any:
        if self._chance(0.6):
            return self.random.choice(self.living)
        return self.random.sample(self.living, min(len(self.living), self.random.randint(1, 3)))

    def _target(self) -> Yaml:
        name = self.random.choice(self.names)
        to: Any = {"history": name} if self._chance(0.1) else name
        return {"to": to} if self._chance(0.85) else {}

    def _effects(self, values: dict[str, list[Any]]) -> Yaml:
        said: Yaml = {}
        if values and self._chance(0.5):
            said["set"] = {name: self._become(name) for name in self._some(tuple(values), 1, 2)}
        if self._chance(0.1):
            said["emits"] = self.random.choice(EVENTS)
        return said

    def _become(self, name: str) -> Any:
        """A value, mostly; or that of another variable, or more or less of one."""
        if self._chance(0.15):
            return {"at": self.random.choice(list(self.values))}
        if name in self.counted and self._chance(0.5):
            add = self.random.choice((-2, -1, 1, 1))
            return {"add": add} | ({"at": self.random.choice(self.counted)} if self._chance(0.3) else {})
        return self.random.choice(self.values[name])

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _some(self, names: tuple[str, ...], least: int, most: int) -> list[str]:
        return self.random.sample(names, self.random.randint(min(least, len(names)), min(most, len(names))))
