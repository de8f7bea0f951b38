"""Properties: for each kind its verdicts, its shortest counterexamples, and documents for these."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from effort import examples
from jsonschema import Draft202012Validator
from test_space import NOWHERE, case, lifecycle, of_order, on, state, variant

from covage_model import Pack, load_pack, verify_pack
from covage_model.api.verify import _truths
from covage_model.behaviour.space.explore import StateSpace, explore
from covage_model.behaviour.verify import possibility
from covage_model.behaviour.verify.evidence import ATTEMPTS, Evidence, evidence
from covage_model.behaviour.verify.judge import EvidenceRun, PropertyOutcome, verdict
from covage_model.behaviour.verify.possibility import possible_on_documents
from covage_model.behaviour.verify.required import reads_none, required_truths
from covage_model.behaviour.verify.verify import Verified, verified
from covage_model.cli.main import main
from covage_model.documents.make.valid.lived import Lived, Valuation, lived
from covage_model.pack.model.conditions import All, AnyOf, Atom, Condition, Holds, In, Literal, Not, Present, Range, Ref
from covage_model.pack.model.lifecycle import Property

ROOT = Path(__file__).resolve().parents[2]
COVAGE, LIBRARY = ROOT / "specs" / "covage", ROOT / "tests" / "packs" / "library"
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
HOLDS, BROKEN, OPEN = PropertyOutcome.HOLDS, PropertyOutcome.BROKEN, PropertyOutcome.OPEN


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def at(*names: str) -> Condition:
    """The order is in one of these states."""
    return Holds(Ref("state"), In(names), NOWHERE)


def prop(kind: str, *conditions: Condition, by: Sequence[str] = ()) -> Property:
    return Property("p", kind, conditions, tuple(by), None, NOWHERE)


def decided(
    space: StateSpace, kind: str, *conditions: Condition, by: Sequence[str] = ()
) -> tuple[PropertyOutcome, list[str]]:
    """The outcome, and the triggers of the first run that shows it."""
    found = verdict(space, prop(kind, *conditions, by=by))
    first = next(found.shown(), None)
    return found.outcome, [move.trigger for move in first.run.moves] if first is not None else []


# a - b - c - d, and from b aside to x, where it turns in circles
PATHS = lifecycle(
    (state("a", initial=True), state("b"), state("c"), state("d"), state("x"), state("y")),
    (
        on("go", case("a", "b"), case("b", "c"), case("c", "d"), case("x", "y"), case("y", "x")),
        on("stray", case("b", "x"), by="other"),
        on("back", case("c", "b")),
    ),
)
SPACE = explore(PATHS, variant())


@pytest.mark.parametrize(
    ("kind", "conditions", "expected"),
    [
        ("never", [at("d")], (BROKEN, ["go", "go", "go"])),
        ("never", [All((at("d"), at("a")))], (HOLDS, [])),
        ("always", [Not(at("y"))], (BROKEN, ["go", "stray", "go"])),
        ("always", [at("a", "b", "c", "d", "x", "y")], (HOLDS, [])),
        ("sometimes", [at("y")], (HOLDS, ["go", "stray", "go"])),
        ("sometimes", [at("a")], (HOLDS, [])),
        ("sometimes", [All((at("a"), at("b")))], (BROKEN, [])),
        ("always_possible", [at("d")], (BROKEN, ["go", "stray"])),
        ("always_possible", [at("d", "y")], (HOLDS, [])),
        ("precedes", [at("b"), at("x")], (HOLDS, [])),
        ("precedes", [at("c"), at("x", "d")], (BROKEN, ["go", "stray"])),
        ("precedes", [at("c"), at("c")], (HOLDS, [])),  # both at once
        ("precedes", [at("c"), at("a")], (BROKEN, [])),  # at the very start
        ("leads_to", [at("a"), at("b")], (HOLDS, [])),
        ("leads_to", [at("x"), at("y")], (HOLDS, [])),
        ("leads_to", [at("a"), at("d")], (BROKEN, ["go", "stray"])),
        ("leads_to", [at("c"), at("d")], (BROKEN, ["go", "go", "back", "stray"])),
        ("leads_to", [at("d"), at("d")], (HOLDS, [])),
        ("leads_to", [at("d"), at("a")], (BROKEN, ["go", "go", "go"])),
    ],
)
def test_each_kind_is_decided_and_shown(
    kind: str, conditions: list[Condition], expected: tuple[PropertyOutcome, list[str]]
) -> None:
    assert decided(SPACE, kind, *conditions) == expected


def test_what_only_some_may_do_is_shown_with_the_move_of_another() -> None:
    assert decided(SPACE, "only", at("b"), by=["someone"]) == (BROKEN, ["go", "stray"])
    assert decided(SPACE, "only", at("b"), by=["someone", "other"]) == (HOLDS, [])
    assert decided(SPACE, "only", at("a"), by=["someone"]) == (HOLDS, [])
    theirs = explore(PATHS, variant(written_by="other"))
    assert decided(theirs, "only", at("a"), by=["someone"]) == (BROKEN, ["go"])


def test_an_edit_is_a_move_of_its_editor() -> None:
    noted = of_order("note", Present(present=True))
    life = lifecycle(
        (state("a", initial=True, editable="writer"), state("b")),
        (on("go", case("a", "b", noted)),),
    )
    space = explore(life, variant())
    assert decided(space, "only", at("a"), by=["someone"]) == (BROKEN, ["edit"])
    assert decided(space, "only", at("a"), by=["someone", "writer"]) == (HOLDS, [])
    assert decided(space, "always_possible", at("b")) == (HOLDS, [])  # the document can be filled in


def test_a_pair_may_be_broken_only_by_way_of_an_edit() -> None:
    noted = of_order("note", Present(present=True))
    life = lifecycle(
        (state("a", initial=True), state("b", editable="writer"), state("c"), state("d")),
        (on("bare", case("a", "b", Not(noted))), on("end", case("b", "c", noted)), on("stop", case("b", "d"))),
    )
    space = explore(life, variant())
    nowhere = All((at("a"), at("b")))
    assert decided(space, "precedes", nowhere, at("c")) == (BROKEN, ["bare", "edit", "end"])
    assert decided(space, "leads_to", at("b"), at("d")) == (BROKEN, ["bare", "edit", "end"])
    assert decided(space, "leads_to", at("a"), at("b")) == (BROKEN, [])  # with a note it never gets there


def test_what_was_not_looked_at_is_not_decided() -> None:
    cut = explore(PATHS, variant(), limit=3)
    assert not cut.complete
    assert decided(cut, "never", at("b")) == (BROKEN, ["go"])
    assert decided(cut, "never", at("y"))[0] is OPEN
    assert decided(cut, "always", Not(at("y")))[0] is OPEN
    assert decided(cut, "sometimes", at("b"))[0] is HOLDS
    assert decided(cut, "sometimes", at("y"))[0] is OPEN
    assert decided(cut, "always_possible", at("d"))[0] is OPEN
    assert decided(cut, "precedes", at("c"), at("x"))[0] in (OPEN, BROKEN)
    assert decided(cut, "precedes", at("b"), at("x"))[0] is OPEN
    assert decided(cut, "only", at("a", "x"), by=["someone"])[0] is OPEN
    assert decided(cut, "leads_to", at("a"), at("d"))[0] is OPEN


# --- against networkx, on tables of real packs


@pytest.fixture(scope="module")
def spaces() -> list[StateSpace]:
    found = []
    for folder in (COVAGE, LIBRARY):
        pack = load_pack(str(folder)).spec
        found += [explore(pack.lifecycle(one.order.follows), one) for one in pack.variants]
    return found


class Brute:
    """One table as a networkx graph, with each kind of property decided from its definition."""

    def __init__(self, space: StateSpace) -> None:
        self.space = space
        self.moves = [move for number in range(len(space)) for move in space.moves(number)]
        self.graph = nx.DiGraph([(move.source, move.target) for move in self.moves])
        self.graph.add_nodes_from(range(len(space)))
        self.ends = {number: set(nx.descendants(self.graph, number)) | {number} for number in self.graph}
        self.depth = nx.multi_source_dijkstra_path_length(self.graph, set(space.initial))

    def shortest(self, said: Property) -> int | None:
        """The length of a shortest run that breaks the property, or witnesses a `sometimes`; None if there is none."""
        first, *second = ([self.space.holds(n, one) for n in range(len(self.space))] for one in said.conditions)
        return min(getattr(self, f"_{said.kind}")(said, first, *second), default=None)

    def _never(self, _: Property, c: list[bool]) -> Iterator[int]:
        return (self.depth[n] for n in self.graph if c[n])

    def _always(self, _: Property, c: list[bool]) -> Iterator[int]:
        return (self.depth[n] for n in self.graph if not c[n])

    _sometimes = _never

    def _always_possible(self, _: Property, c: list[bool]) -> Iterator[int]:
        return (self.depth[n] for n in self.graph if not any(c[m] for m in self.ends[n]))

    def _precedes(self, _: Property, a: list[bool], b: list[bool]) -> Iterator[int]:
        free = self.graph.subgraph([n for n in self.graph if not a[n]])
        starts = {n for n in self.space.initial if not a[n]}
        depth = nx.multi_source_dijkstra_path_length(free, starts) if starts else {}
        return (length for n, length in depth.items() if b[n])

    def _only(self, said: Property, c: list[bool]) -> Iterator[int]:
        return (
            self.depth[move.source] + 1
            for move in self.moves
            if c[move.source] and not set(move.actors) <= set(said.actors)
        )

    def _leads_to(self, _: Property, a: list[bool], b: list[bool]) -> Iterator[int]:
        pairs = nx.DiGraph()  # where it is, and whether something is pending
        starts = {(n, a[n] and not b[n]) for n in self.space.initial}
        pairs.add_nodes_from(starts)
        for move in self.moves:
            for pending in (False, True):
                there = move.target
                pairs.add_edge((move.source, pending), (there, (pending or a[there]) and not b[there]))
        depth = nx.multi_source_dijkstra_path_length(pairs, starts)
        return (d for (n, pending), d in depth.items() if pending and not any(b[m] for m in self.ends[n]))


def random_property(space: StateSpace, rolled: random.Random) -> Property:
    kind = rolled.choice(["never", "always", "sometimes", "always_possible", "precedes", "only", "leads_to"])
    conditions = [condition(space, rolled) for _ in range(2 if kind in ("precedes", "leads_to") else 1)]
    actors = {transition.by for transition in space.lifecycle.transitions}
    return prop(kind, *conditions, by=sorted(rolled.sample(sorted(actors), rolled.randrange(len(actors) + 1))))


def condition(space: StateSpace, rolled: random.Random, depth: int = 0) -> Condition:
    kind = rolled.randrange(6 if depth < 2 else 3)
    if kind == 0 and space.lifecycle.variables:
        one = rolled.choice(space.lifecycle.variables)
        return Holds(Ref("variable", (one.name,)), Literal(rolled.choice(one.values)), NOWHERE)
    if kind == 1 and space.atoms:
        return rolled.choice(space.atoms)
    if kind < 3:
        names = [one.name for one in space.lifecycle.resting]
        return at(*rolled.sample(names, rolled.randrange(1, len(names))))
    if kind == 3:
        return Not(condition(space, rolled, depth + 1))
    return (All if kind == 4 else AnyOf)((condition(space, rolled, depth + 1), condition(space, rolled, depth + 1)))


def test_verdicts_and_lengths_are_those_of_networkx(spaces: list[StateSpace]) -> None:
    rolled, broken = random.Random(11), 0
    brutes = [Brute(space) for space in spaces if len(space) < 60]
    for _ in range(examples(500)):
        brute = rolled.choice(brutes)
        said = random_property(brute.space, rolled)
        found, length = verdict(brute.space, said), brute.shortest(said)
        assert (found.outcome is HOLDS) is ((length is None) is (said.kind != "sometimes")), said
        shown = list(found.shown())
        assert bool(shown) is (length is not None)
        if shown:
            broken += 1
            lengths = [len(one.run.moves) for one in shown]
            assert lengths == sorted(lengths)
            assert lengths[0] == length, said
            check_run(brute.space, rolled.choice(shown))
    assert broken > examples(100)


def check_run(space: StateSpace, shown: EvidenceRun) -> None:
    """The run starts in an initial configuration, consists of moves of the table, and shows the verdict."""
    assert shown.run.start in space.initial
    for here, move in zip(shown.run.numbers, shown.run.moves, strict=False):
        assert move.source == here
        assert move in space.moves(here)
    assert all(mask[shown.run.numbers[place]] for place, mask in shown.marks)


def test_an_incomplete_table_decides_nothing_that_the_whole_table_does_not(spaces: list[StateSpace]) -> None:
    rolled = random.Random(5)
    for _ in range(examples(100)):
        whole = rolled.choice(spaces)
        cut = explore(whole.lifecycle, whole.variant, limit=rolled.randrange(1, len(whole)))
        said = random_property(whole, rolled)
        known = verdict(cut, said).outcome
        assert known in (OPEN, verdict(whole, said).outcome), said
        assert known is not (BROKEN if said.kind == "sometimes" else HOLDS)


# --- what documents must be


def test_documents_need_only_the_atoms_that_the_run_depends_on(spaces: list[StateSpace]) -> None:
    """Whatever truths the other atoms have, the run has the same moves and shows the same."""
    rolled, asked, free = random.Random(2), 0, 0
    for _ in range(examples(150)):
        space = rolled.choice(spaces)
        said = random_property(space, rolled)
        shown = next(verdict(space, said).shown(), None)
        if shown is None:
            continue
        wanted = required_truths(space, shown)
        assert len(wanted) == 1 + sum(move.is_edit for move in shown.run.moves)
        asked, free = asked + sum(map(len, wanted)), free + reads_none(space, shown)
        bits = [rolled.choice(fitting(space, one)) for one in wanted]
        number, stretch = space.lookup.find(space.codes[shown.run.start] & ~space.layout.atoms_mask | bits[0]), 0
        for place, move in enumerate(shown.run.moves):
            assert all(mask[number] for n, mask in shown.marks if n == place)
            rest = space.codes[move.target] & ~space.layout.atoms_mask
            stretch += move.is_edit
            target = space.lookup.find(rest | bits[stretch])
            if not move.is_edit:
                assert any(one.case is move.case and one.target == target for one in space.moves(number))
            number = target
        assert all(mask[number] for n, mask in shown.marks if n == len(shown.run.moves))
    assert asked > 20
    assert free > 20


def fitting(space: StateSpace, wanted: Valuation) -> list[int]:
    return [bits for bits in space.valuations if all(space.layout.atom(bits, atom) is holds for atom, holds in wanted)]


A, B = of_order("a", Present(present=True)), of_order("b", Present(present=True))
DOCUMENTS = lifecycle(
    (state("s", initial=True), state("t"), state("u"), state("v")),
    (on("short", case("s", "v", A)), on("long", case("s", "t"), case("t", "u", B), case("u", "v"))),
)


def live(allowed: Sequence[Atom], calls: list[Sequence[Valuation]]) -> Any:
    """A maker of documents in which only these atoms can hold."""

    def lived(_: str, wanted: Sequence[Valuation]) -> Lived | None:
        calls.append(wanted)
        possible = all(atom in allowed for one in wanted for atom, holds in one if holds)
        return Lived(None, tuple({"made": True} for _ in wanted)) if possible else None

    return lived


def test_a_counterexample_with_documents_is_preferred() -> None:
    space, calls = explore(DOCUMENTS, variant()), list[Sequence[Valuation]]()
    broken = verdict(space, prop("never", at("v")))
    found = evidence(space, broken, live([A], calls))
    assert triggers(found) == ["short"]
    assert found is not None
    assert found.wanted == (((A, True),),)
    assert found.documents == ({"made": True},)
    assert triggers(evidence(space, broken, live([B], calls))) == ["long", "long", "long"]
    assert evidence(space, broken, live([], calls)) is None


def triggers(found: Evidence | None) -> list[str] | None:
    return None if found is None else [taken.trigger for taken in found.trace.moves]


def test_without_document_atoms_no_document_is_made() -> None:
    space, calls = explore(DOCUMENTS, variant()), list[Sequence[Valuation]]()
    found = evidence(space, verdict(space, prop("never", at("t"))), live([], calls))
    assert triggers(found) == ["long"]
    assert found is not None
    assert (found.wanted, found.documents, calls) == (((),), (), [])


def test_the_search_for_documents_is_bounded() -> None:
    many = [of_order(f"a{number}", Present(present=True)) for number in range(ATTEMPTS + 3)]
    life = lifecycle(
        (state("s", initial=True), state("v")),
        tuple(on(f"t{number}", case("s", "v", atom)) for number, atom in enumerate(many)),
    )
    space, calls = explore(life, variant()), list[Sequence[Valuation]]()
    assert evidence(space, verdict(space, prop("never", at("v"))), live([], calls)) is None
    assert len(calls) == ATTEMPTS


def test_a_tautology_over_atoms_still_reads_the_document() -> None:
    """`a or not a` holds for every document. Without a document it is unknown."""
    life = lifecycle((state("s", initial=True), state("t")), (on("go", case("s", "t", AnyOf((A, Not(A))))),))
    space, calls = explore(life, variant()), list[Sequence[Valuation]]()
    found = evidence(space, verdict(space, prop("never", at("t"))), live([], calls))
    assert found is not None
    assert found.wanted == ((),)
    assert len(found.documents) == len(calls) == 1


# --- whole packs


@pytest.fixture(scope="module")
def covage() -> Verified:
    return verify_pack(load_pack(str(COVAGE)))


def test_every_property_of_the_bundled_pack_holds_and_none_is_vacuous(covage: Verified) -> None:
    assert covage.findings == ()
    assert {one.outcome for one in covage.examined} == {HOLDS}
    assert len(covage.examined) == 29
    for one in covage.examined:
        for decision in one.decisions:
            assert (decision.evidence is not None) is (one.prop.kind == "sometimes")


def test_the_library_holds_too() -> None:
    found = verify_pack(load_pack(str(LIBRARY)))
    assert {one.outcome for one in found.examined} == {HOLDS}
    assert [(one.code, one.form) for one in found.findings] == []


def test_a_shared_included_element_is_dead_only_if_no_including_lifecycle_uses_it() -> None:
    """`reserving` alone reports nothing of `desk` as dead that renewals use, although it was not explored."""
    found = verify_pack(load_pack(str(LIBRARY)), "reservation")
    assert found.variants == ("reservation/work", "reservation/copy")
    assert not [one for one in found.findings if one.code in ("CM511", "CM512", "CM513")]


def test_an_unknown_order_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        verify_pack(load_pack(str(LIBRARY)), "nothing")


SHOP = """pack: shop
format: 1
languages: [fr, en]
actors: {buyer: {fr: Client, en: Buyer}, shop: Shop}
account: customer
"""
TYPES = (
    "types: {customer: {fields: {blocked: {type: boolean, required: true}}}}\nevents: {paid: {fields: {a: string}}}\n"
)
SALES = """order: sale
follows: deal
fields: {kind: string, thing: {type: string, required: sent, examples: [pen]}, gift: boolean}
rules: {welcome: {then: {account.blocked: false}}}
variants: {online: {match: {kind: online}}, counter: {match: {kind: counter}}}
"""
DEAL = """lifecycle: deal
requests: sent
states:
  draft: {initial: true, editable: buyer, title: {fr: Brouillon, en: Draft}}
  sent: {}
  done: {final: success}
  dropped: {final: failure}
variables: {paid: ["no", "yes"]}
transitions:
  send: {title: {fr: Envoyer, en: Send}, by: buyer, from: draft, to: sent, guard: {document: sent}}
  pay: {by: buyer, from: [draft, sent], guard: {paid: "no", variant: sale/online}, set: {paid: "yes"}}
  hand_over: {by: shop, from: sent, to: done}
  drop: {by: shop, from: [draft, sent], to: dropped}
properties:
  never-dropped: {never: {state: dropped, paid: "no"}, standing: assumed}
  paid-for: {always: {when: {state: done}, then: {paid: "yes"}}}
  completes: {always_possible: {state: done}}
  paid-first: {precedes: [{paid: "yes"}, {state: done}]}
  shop-works: {only: {when: {state: sent}, by: [shop]}}
  paid-is-done: {leads_to: [{paid: "yes"}, {state: done}]}
  ready: {never: {state: draft, document: sent}}
  both: {sometimes: {state: dropped, paid: "yes"}}
"""
BROKEN_ONES = ("never-dropped", "paid-for", "completes", "paid-first", "shop-works", "paid-is-done", "ready")


def call(*argv: str) -> tuple[int, str]:
    out = io.StringIO()
    code = main(argv, out, out)
    return code, out.getvalue()


@pytest.fixture
def shop(tmp_path: Path) -> list[str]:
    (tmp_path / "shop").mkdir()
    types, _, events = TYPES.partition("\n")
    files = {"pack": SHOP, "types": types, "events": events, "sale": SALES, "deal": DEAL}
    for name, text in files.items():
        (tmp_path / "shop" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return ["--pack", "shop"]


def say_only(properties: str) -> None:
    """Writes the shop's lifecycle with only these properties."""
    life = DEAL.partition("properties:")[0]
    Path("shop", "deal.yaml").write_text(f"{life}properties: {properties}\n", encoding="utf-8")


def test_each_counterexample_is_written_played_and_drawn(shop: list[str], tmp_path: Path) -> None:
    code, told = call("verify", *shop, "--out", "shown")
    assert code == 1
    for name in BROKEN_ONES:
        files = {path.name for path in (tmp_path / "shown").glob(f"deal.{name}.*")}
        assert {f"deal.{name}.mmd", f"deal.{name}.scenario.yaml", f"deal.{name}.svg"} <= files
        assert f"shown/deal.{name}.scenario.yaml" in told
        drawn = (tmp_path / "shown" / f"deal.{name}.mmd").read_text(encoding="utf-8")
        assert drawn.startswith("---\ntitle: ")
        assert "\nsequenceDiagram\n" in drawn
    assert not list((tmp_path / "shown").glob("deal.both.*"))
    assert "  BROKEN       both           sometimes        broken: sale/counter; witnessed after 2 moves" in told
    code, played = call("run", *shop, "shown")
    assert (code, played.splitlines()[-1]) == (0, "7 scenarios, 0 failed")
    picture = (tmp_path / "shown" / "deal.paid-is-done.svg").read_text(encoding="utf-8")
    assert "1. ● pay" in picture
    assert "2. ■ drop" in picture


def test_json_is_as_its_schema_says(shop: list[str]) -> None:
    code, told = call("verify", *shop, "sale/online", "--format", "json", "--out", "shown")
    report = json.loads(told)
    assert code == 1
    REPORTS.validate(report)
    outcomes = {one["property"]: one["outcome"] for one in report["properties"]}
    assert outcomes["ready"] == "broken"
    assert outcomes["both"] == "holds"
    ready = next(one for one in report["properties"] if one["property"] == "ready")
    assert [moment["kind"] for moment in ready["counterexample"]["trace"]] == ["start"]
    assert ready["counterexample"]["documents"][0]["kind"] == "online"
    assert ready["counterexample"]["account"] == {"blocked": False}
    assert ready["files"]
    assert list(report["state_spaces"]) == ["sale/online"]


def test_only_what_is_stated_or_inferred_fails(shop: list[str]) -> None:
    say_only("{p: {never: {state: dropped}, standing: assumed}}")
    assert call("verify", *shop)[0] == 0
    assert call("verify", *shop, "--strict")[0] == 1
    say_only("{p: {never: {state: dropped}, standing: inferred}}")
    assert call("verify", *shop)[0] == 1


def test_a_limit_leaves_properties_undecided(shop: list[str]) -> None:
    say_only("{p: {sometimes: {state: done}}}")
    code, told = call("verify", *shop, "--limit", "3")
    assert code == 1
    assert "not decided  p" in told
    assert "CM510" in told
    assert call("verify", "--limit", "0")[0] == 2


def test_mermaid_is_bare_for_one_and_markdown_for_several(shop: list[str]) -> None:
    _, told = call("verify", *shop, "--format", "mermaid")
    assert told.count("```mermaid\n---\n") == len(BROKEN_ONES)
    say_only("{p: {never: {state: done}, title: {en: 'end; #x <b>'}}}")
    code, told = call("verify", *shop, "--format", "mermaid", "--lang", "fr")
    assert code == 1
    assert told.startswith("---\ntitle:")
    assert "autonumber" in told
    assert "actor_0->>order_0: Envoyer\n" in told
    assert "    Note over order_0: ✗ #101;nd#59; #35;x #60;b#62; (non respecté)\n" in told


def test_orders_and_packs_are_named_as_everywhere(shop: list[str]) -> None:
    code, told = call("verify", *shop, "sal")
    assert code == 2
    assert "did you mean 'sale'" in told
    say_only("{p: {never: {stat: x}}}")
    assert call("verify", *shop)[0] == 3


def test_the_picture_of_the_docs_is_the_one_that_their_commands_draw(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    life = page.partition("<!-- file: shop/lifecycles/serving.yaml -->\n```yaml\n")[2].partition("```")[0]
    assert call("init", "shop")[0] == 0
    (tmp_path / "shop" / "lifecycles" / "serving.yaml").write_text(life, encoding="utf-8")
    assert call("verify", "--pack", "shop", "--out", "found")[0] == 1
    drawn = (tmp_path / "found" / "serving.placed-is-served.svg").read_text(encoding="utf-8")
    shown = (ROOT / "docs" / "pictures" / "placed-is-served.svg").read_text(encoding="utf-8")
    assert drawn.splitlines()[0] == shown.splitlines()[0]  # the hash of what it was drawn from
    sequence = (tmp_path / "found" / "serving.placed-is-served.mmd").read_text(encoding="utf-8")
    assert sequence.partition("---\n")[2].partition("---\n")[2] in page


# --- vacuity and ends, on packs of a few lines


def pack_of(folder: Path, life: str, order: str = "order: sale\nfollows: life\n", **files: str) -> Pack:
    folder.mkdir(exist_ok=True)
    head = "pack: shop\nformat: 1\nactors: {clerk: Clerk}\n"  # unless `files` has another
    for name, text in {"pack": head, "order": order, "life": f"lifecycle: life\n{life}", **files}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_pack(str(folder))


def forms(found: Verified) -> list[tuple[str, str]]:
    return [(one.code, one.form) for one in found.findings]


def test_a_pack_of_one_state_has_nothing_to_decide(tmp_path: Path) -> None:
    found = verify_pack(pack_of(tmp_path / "one", "states: {s: {initial: true}}\n"))
    assert found.examined == ()
    assert [(one.code, one.form, one.severity.value) for one in found.findings] == [("CM515", "no-property", "warning")]
    code, told = call("verify", "--pack", "one")
    assert (code, told.splitlines()[-1]) == (0, "0 properties over 1 configuration of 1 variant")
    assert call("verify", "--pack", "one", "--strict")[0] == 1


def test_a_pack_without_orders_has_nothing_to_decide(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "pack.yaml").write_text("pack: none\nformat: 1\n", encoding="utf-8")
    code, told = call("verify", "--pack", "none")
    assert (code, told.splitlines()[-1]) == (1, "0 properties over 0 configurations of 0 variants")
    assert "error CM515 nothing was verified" in told


DEAD = """states: {s: {initial: true}, e: {final: success}}
variables: {tries: [0, 1]}
transitions:
  end: {by: clerk, from: s, to: e}
  undo: {by: clerk, from: s, to: s, guard: {tries: 1}}
properties:
  tried: {leads_to: [{tries: 1}, {state: e}]}
"""


def test_an_element_that_another_lifecycle_uses_is_not_dead(tmp_path: Path) -> None:
    alone = verify_pack(pack_of(tmp_path / "alone", DEAD))
    assert sorted(forms(alone)) == [("CM511", "first"), ("CM512", "trigger"), ("CM513", "value")]
    other = "lifecycle: other\ninclude: [life]\ntransitions: {try: {by: clerk, from: s, set: {tries: 1}}}\n"
    order = "order: sale\nfollows: life\nmatch: {a: sale}\n"
    loan = "order: loan\nfollows: other\nmatch: {a: loan}\n"
    both = verify_pack(pack_of(tmp_path / "both", DEAD, order, other=other, loan=loan))
    assert forms(both) == []


@pytest.mark.parametrize(("word", "form"), [("success", "success"), ("good", "outcome")])
def test_a_variant_that_never_completes_is_found(tmp_path: Path, word: str, form: str) -> None:
    life = f"""states: {{s: {{initial: true}}, e: {{final: {word}}}, x: {{final: bad}}}}
transitions:
  end: {{by: clerk, from: s, to: e, guard: {{variant: {{in: [sale/a, sale/b]}}}}}}
  drop: {{by: clerk, from: s, to: x}}
properties: {{dropped: {{sometimes: {{state: x}}}}}}
"""
    order = "order: sale\nfollows: life\nvariants: {a: {match: {k: a}}, b: {match: {k: b}}, c: {match: {k: c}}}\n"
    pack = pack_of(tmp_path / "ends", life, order)
    (finding,) = verify_pack(pack).findings
    assert (finding.code, finding.form, finding.arguments["order"]) == ("CM514", form, "sale/c")
    assert forms(verify_pack(pack, "sale/a")) == []
    assert forms(verify_pack(pack, "sale/c")) == [("CM514", form)]


def test_a_counterexample_may_need_one_document_after_another(tmp_path: Path) -> None:
    """Submitted without a note and sent with one: the document is edited in between, and `run` plays it."""
    life = """states: {s: {initial: true, editable: clerk}, t: {editable: clerk}, e: {final: success}}
transitions:
  bare: {by: clerk, from: s, to: t, guard: {order.note: {present: false}}}
  end: {by: clerk, from: t, to: e, guard: {order.note: long}}
properties: {never-ends: {never: {final: any}}}
"""
    order = "order: sale\nfollows: life\nfields: {note: {type: string}}\n"
    pack_of(tmp_path / "notes", life, order)
    code, told = call("verify", "--pack", "notes", "--out", "shown")
    assert code == 1
    assert "edit by Clerk -> t" in told
    assert call("run", "--pack", "notes", "shown")[1].endswith("1 scenario, 0 failed\n")
    scenario = (tmp_path / "shown" / "life.never-ends.scenario.yaml").read_text(encoding="utf-8")
    assert "fill:\n      note: long\n" in scenario


def test_a_property_may_be_broken_only_without_possible_documents(tmp_path: Path) -> None:
    life = """states: {s: {initial: true}, t: {}, e: {final: success}}
transitions:
  large: {by: clerk, from: s, to: t, guard: {order.size: {matches: "^L+$"}}}
  end: {by: clerk, from: s, to: e}
  small: {by: clerk, from: t, to: e, guard: {order.size: {matches: "^S+$"}}}
properties: {both: {precedes: [{state: s}, {state: t}]}, small-after-large: {leads_to: [{state: t}, {state: e}]}}
"""
    order = "order: sale\nfollows: life\nfields: {size: {type: string}}\n"
    found = verify_pack(pack_of(tmp_path / "sizes", life, order))
    (stuck,) = [one for one in found.examined if one.prop.name == "small-after-large"]
    assert stuck.outcome is BROKEN  # a large one never becomes small
    assert stuck.counterexample is not None
    assert set(stuck.counterexample.documents[0]["size"]) == {"L"}


HOPING = """states: {s: {initial: true, editable: clerk}, t: {editable: clerk}, e: {final: success}}
transitions:
  first: {by: clerk, from: s, to: t, guard: {order.size: {min: 5}}}
  second: {by: clerk, from: t, to: e, guard: {order.size: {max: 4}, account.rich: true}}
  leave: {by: clerk, from: t, to: e, guard: {not: {account.rich: true}}}
properties: {ends: {always_possible: {final: any}}, goes-on: {leads_to: [{state: s}, {state: e}]}}
"""


def test_a_property_that_needs_edits_needs_documents_for_them(tmp_path: Path) -> None:
    """A large size first, then a small one, for any account: either three documents are found, or one is missing."""
    order = "order: sale\nfollows: life\nfields: {size: {type: integer}}\n"
    head = "pack: shop\nformat: 1\nactors: {clerk: Clerk}\naccount: them\n"
    types = "types: {them: {fields: {rich: {type: boolean}}}}\n"
    pack = pack_of(tmp_path / "sizes", HOPING, order, pack=head, types=types)
    assert [(one.prop.name, one.outcome) for one in verify_pack(pack).examined] == [("ends", HOLDS), ("goes-on", HOLDS)]

    (variant_name,), asked = [one.name for one in pack.judge.pack.variants], list[Valuation]()
    space = explore(pack.judge.pack.lifecycle("life"), pack.judge.pack.variant(variant_name))

    def small_only(variant: str, wanted: Sequence[Valuation]) -> Lived | None:
        asked.extend(wanted)
        large = any(holds and isinstance(atom.test, Range) and atom.test.least == 5 for atom, holds in wanted[0])
        return None if large else lived(pack.judge, variant, wanted)

    made = verified(pack.judge.pack, {variant_name: space}, [variant_name], small_only, partial(_truths, pack.judge))
    assert [(one.outcome, one.decisions[0].why) for one in made.examined] == [(OPEN, "edit"), (OPEN, "edit")]
    assert asked


def test_a_run_without_edits_needs_no_second_document() -> None:
    noted = of_order("note", Present(present=True))
    life = lifecycle(
        (state("a", initial=True, editable="writer"), state("b"), state("c")),
        (on("go", case("a", "b", noted)), on("drop", case("a", "c", Not(noted)))),
    )
    space, calls = explore(life, variant()), list[Sequence[Valuation]]()
    ends = verdict(space, prop("always_possible", at("b", "c")))
    assert ends.outcome is HOLDS
    assert ends.possibility is not None
    assert possible_on_documents(space, ends.possibility, live([], calls), lambda *_: [True])
    assert calls == []
    without = lifecycle(life.states, life.transitions[:1])
    space = explore(without, variant())
    goes = verdict(space, prop("leads_to", at("a"), at("b")))
    assert goes.outcome is HOLDS
    assert goes.possibility is not None
    assert not possible_on_documents(space, goes.possibility, live([], calls), lambda *_: [True])
    assert possible_on_documents(space, goes.possibility, live([noted], calls), lambda *_: [True])
    assert calls == [(((noted, True),),)] * 2


def test_the_number_of_document_searches_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven edits, each to a document that fits no other step."""
    many = [of_order("a", Literal(number)) for number in range(7)]
    life = lifecycle(
        tuple(state(f"s{number}", initial=number == 0, editable="writer") for number in range(8)),
        tuple(on(f"t{number}", case(f"s{number}", f"s{number + 1}", atom)) for number, atom in enumerate(many)),
    )
    space, calls = explore(life, variant()), list[Sequence[Valuation]]()
    found = verdict(space, prop("always_possible", at("s7")))
    assert found.possibility is not None

    def truths(_: str, __: Lived, atoms: Sequence[Atom]) -> list[bool]:
        return [dict(calls[-1][0]).get(atom, False) for atom in atoms]

    assert possible_on_documents(space, found.possibility, live(many, calls), truths)
    assert calls == [(((atom, True),),) for atom in reversed(many)]
    assert not possible_on_documents(space, found.possibility, live(many[1:], calls), truths)
    monkeypatch.setattr(possibility, "SEARCHES", 6)
    assert not possible_on_documents(space, found.possibility, live(many, calls), truths)
