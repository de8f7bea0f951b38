"""
What `check` calls impossible is shown by none of many random documents.

Packs and lifecycles are random; guards read the documents that the packs describe.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from documents import Documents
from effort import examples
from random_packs import PATTERNS, STATUSES, Packs, Yaml

from covage_model.behaviour.space.situation import is_atom
from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.judge import judged_as_if
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files import read
from covage_model.pack.compile.compile import compile_pack
from covage_model.pack.conditions import tree, truth
from covage_model.pack.model.conditions import Condition, Holds
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.checks.check import Checked, check

DRAWN = 8  # documents of each variant, status and role
TESTS: tuple[Any, ...] = (
    *({"present": True}, {"present": False}, "A", "AB", 1, True, None, {"in": ["A", "Z"]}, {"in": [1, "B"]}),
    *({"starts": ["A"]}, {"starts": ["Z"]}, {"min": 2}, {"max": 1.5}, {"count": 2}, {"count": {"max": 0}}),
    *({"matches": text} for text in PATTERNS),
)


def random_files(random: Random) -> dict[str, Yaml]:
    """A random pack with a lifecycle, and fields that its statuses require and forbid."""
    files = Packs(random).pack()
    for name, said in files.items():
        if name.startswith("order"):
            for number in range(3):
                said["fields"][f"x{number}"] = _field(random)
    files["life.yaml"] |= _life(random)
    return files


def _field(random: Random) -> Yaml:
    kinds = ({"type": "string"}, {"type": "string", "enum": ["A", "B"]}, {"type": "integer", "minimum": 1})
    said: Yaml = dict(random.choice(kinds))
    spans = (*STATUSES, {"before": random.choice(STATUSES)}, {"from": "submitted", "before": random.choice(STATUSES)})
    if random.random() < 0.7:
        said["required"] = random.choice(spans)
    if random.random() < 0.6:
        said["forbidden"] = random.choice(spans)
    if random.random() < 0.25:
        late = random.choice(STATUSES[1:])
        said |= {"required": late, "forbidden": {"before": late}}
    return said | ({"read_only": True} if random.random() < 0.15 else {})


def _life(random: Random) -> Yaml:
    editable = {name: {"editable": "me"} if random.random() < 0.4 else {} for name in STATUSES}
    transitions = {
        f"go{number}": {"by": "me", "from": random.sample(STATUSES, random.choice((1, 1, 2))), "to": target}
        for number, target in enumerate([*STATUSES[1:], *random.choices(STATUSES, k=3)])
    }
    return {"states": {**editable, "draft": {**editable["draft"], "initial": True}}, "transitions": transitions}


def with_guards(files: dict[str, Yaml], sheet: Sheet, random: Random) -> dict[str, Yaml]:
    """The same pack, where some transitions read fields of the documents of a sheet."""
    paths = [".".join(("order", *names)) for names in _paths(sheet)]
    transitions = {name: dict(said) for name, said in files["life.yaml"]["transitions"].items()}
    for said in transitions.values():
        if random.random() < 0.5:
            one, other = random.choice(paths), random.choice(paths)
            parts = [{one: random.choice(TESTS)}, {random.choice((one, other)): random.choice(TESTS)}]
            said["guard"] = {random.choice(("all", "all", "any")): parts}
        else:
            said["guard"] = {"document": random.choice(STATUSES)}
    return {**files, "life.yaml": {**files["life.yaml"], "transitions": transitions}}


def _paths(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    pending = [sheet.root]
    while pending:
        slot = pending.pop()
        if slot.path:
            yield slot.path
        pending.extend((slot.properties or {}).values() if slot.items is None else ())


def compiled(files: dict[str, Yaml]) -> SpecPack | None:
    nodes = []
    for file, data in files.items():
        node, found = read.read_spec(json.dumps(data).encode(), file)
        assert node is not None, found
        nodes.append(node)
    pack, findings = compile_pack([("random", nodes)])
    return None if findings else pack


@dataclass
class World:
    """A pack, the findings of `check` about it, and valid documents."""

    pack: SpecPack
    checked: Checked
    random: Random
    known: dict[tuple[str, str, Role], list[Any]] = field(default_factory=dict)

    def sound(self, variant: str, status: str, role: Role = Role.REQUEST) -> list[Any]:
        """Valid documents; half of them were steered towards the guards."""
        key = (variant, status, role)
        if key not in self.known:
            sheet = self.checked.sheets[variant]
            documents = Documents(sheet, self.random)
            drawn = (documents.draw(status, role) for _ in range(DRAWN))
            context = JudgeContext("", status, role)
            self.known[key] = [one for one in drawn if not judged_as_if(sheet, one, context).findings]
        return self.known[key]

    def every_sound(self) -> Iterator[Any]:
        for variant in self.pack.variants:
            yield from self.sound(variant.name, "draft")
            yield from self.sound(variant.name, "working", Role.RECORD)

    def atom(self, finding: Diagnostic) -> Holds:
        found = [
            atom
            for transition in self.pack.lifecycles[0].transitions
            for case in transition.cases
            for atom in tree.atoms(case.guard)
            if isinstance(atom, Holds) and is_atom(atom) and atom.origin is not None
            and atom.origin.location == finding.location
        ]  # fmt: skip
        return found[0]

    def judge(self, finding: Diagnostic) -> int:
        """The number of documents that agreed with the finding. Fails at the first that does not."""
        match finding.code, finding.form:
            case "CM313", "read-only" | "forbidden":
                return self._never_held(finding)
            case "CM308", "value" | "test" | "kind" | "there" | "together" if (
                "/transitions/" in finding.location.pointer
            ):
                return self._dead(finding)
            case "CM313", "ready":
                return self._never_ready(finding)
            case "CM314", _:
                return self._late(finding)
        return 0

    def _never_held(self, finding: Diagnostic) -> int:
        path, seen = tuple(finding.arguments["path"].split(".")), 0
        for _, one in self._where_asked(finding):
            assert json_value.at(one, path) is json_value.ABSENT, (finding, one)
            seen += 1
        return seen

    def _never_ready(self, finding: Diagnostic) -> int:
        context, seen = JudgeContext("", finding.arguments["status"], Role.REQUEST), 0
        for variant, one in self._where_asked(finding):
            assert judged_as_if(self.checked.sheets[variant], one, context).findings, (finding, one)
            seen += 1
        return seen

    def _where_asked(self, finding: Diagnostic) -> Iterator[tuple[str, Any]]:
        """The documents that orders can have in the states in which the finding's transition evaluates its guard."""
        (transition,) = (one for one in self.pack.lifecycles[0].transitions if one.name == finding.arguments["name"])
        sources = {source for case in transition.cases for source in case.source}
        for variant in self.pack.variants:
            for status in sources & self._rested_in(variant.name):
                assert variant.name in finding.arguments.get("variants", [variant.name])
                assert status in finding.arguments["statuses"]
                for one in self.sound(variant.name, status):
                    if variant.order.written_by is None or finding.form == "ready":
                        yield variant.name, one

    def _rested_in(self, variant: str) -> set[str]:
        """The states that orders of the variant reach; only its `match` can exclude states."""
        space = self.checked.spaces[variant]
        return {space.state(number) for number in range(len(space))}

    def _dead(self, finding: Diagnostic) -> int:
        atom, documents = self.atom(finding), list(self.every_sound())
        for one in documents:
            value = json_value.at(one, atom.ref.names)
            if finding.form == "value":
                assert not json_value.equal(value, finding.arguments["value"]), (finding, one)
            elif finding.form == "there":
                assert value is not json_value.ABSENT, (finding, one)
            elif finding.form == "together":
                assert not truth.holds(self._both(finding, atom), (one,)), (finding, one)
            else:  # a test of a list passes where there is none
                passes = finding.form == "kind" and value is json_value.ABSENT
                assert passes or not truth.holds(atom, (one,)), (finding, one)
        return len(documents)

    def _both(self, finding: Diagnostic, atom: Holds) -> Condition:
        name = pointer.split(finding.location.pointer)[1]
        (transition,) = (one for one in self.pack.lifecycles[0].transitions if one.name == name)
        assert atom in tree.atoms(transition.cases[0].guard)
        return transition.cases[0].guard

    def _late(self, finding: Diagnostic) -> int:
        """A client that fills in the field where it may be present, and keeps it, never has it where it is required."""
        lifecycle, seen = self.pack.lifecycles[0], 0
        path = tuple(finding.arguments["path"].split("."))
        for variant in finding.arguments.get("variants") or [
            one.name for one in self.pack.variants if self._has(one.name, finding)
        ]:
            holding = {
                status: any(json_value.at(one, path) is not json_value.ABSENT for one in self.sound(variant, status))
                for status in STATUSES
            }
            pending = [
                state.name for state in lifecycle.states if holding[state.name] and (state.initial or state.editable)
            ]
            reached = set(pending)
            while pending:
                name = pending.pop()
                for transition in lifecycle.transitions:
                    for case in transition.cases:
                        if name in case.source and case.target not in reached and holding[case.target]:
                            reached.add(case.target)
                            pending.append(case.target)
            for status in finding.arguments["statuses"]:
                assert status not in reached, (finding, variant)
                for one in self.sound(variant, status):
                    assert json_value.at(one, path) is not json_value.ABSENT, (finding, one)
                    seen += 1
        return seen

    def _has(self, variant: str, finding: Diagnostic) -> bool:
        return any(one.origin.location == finding.location for one in self.checked.sheets[variant].required)


def test_what_can_never_be_never_is() -> None:
    met: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    for seed in range(examples(60)):
        random = Random(f"agreed {seed}")
        files = random_files(random)
        plain = compiled(files)
        if plain is None:
            continue
        sheets = list(check(plain).sheets.values())
        pack = compiled(with_guards(files, sheets[0], random)) if sheets else None
        if pack is None:
            continue
        world = World(pack, check(pack), random)
        if any(finding.code == "CM302" for finding in world.checked.findings):
            continue  # a guard of what no order comes to is asked nowhere
        for finding in world.checked.findings:
            met[f"{finding.code} {finding.form}"] += 1
            agreed[f"{finding.code} {finding.form}"] += world.judge(finding)
    print(f"\n  {sum(agreed.values())} documents agree with {dict(met)}")
    for name in (
        "CM313 read-only",
        "CM313 forbidden",
        "CM313 ready",
        "CM314 late",
        "CM308 value",
        "CM308 test",
        "CM308 there",
    ):
        assert met[name] and agreed[name] > 5, (name, met, agreed)
    assert met["CM308 together"]
