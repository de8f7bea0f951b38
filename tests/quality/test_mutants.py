"""Mutants of a spec: each operator does what it promises, and a good corpus kills the mutants it should."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from effort import LONG, examples

from covage_model import Pack, load_pack, mutate_pack, run_scenario
from covage_model.api import mutation
from covage_model.behaviour.space.shown_values import histories_of
from covage_model.behaviour.space.tables import Tables, TableUse
from covage_model.cli.main import main
from covage_model.documents.judge.verdict import judge_of
from covage_model.ground.diagnostics import Location, Origin
from covage_model.ground.iregexp import includes, parse
from covage_model.ground.processes.workers import processors
from covage_model.pack.model.conditions import TRUE, Condition, Not
from covage_model.pack.model.keywords import Keyword
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.mutants import wider
from covage_model.quality.mutants.corpus import Corpus, CorpusJudge, Notice
from covage_model.quality.mutants.mutant import Mutant
from covage_model.quality.mutants.operators import OPERATORS, mutants, sentence
from covage_model.quality.mutants.trial import MutantFate, Tried, score, trial

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "tests" / "packs" / "library"
SPEC = """\
pack: stall
format: 1
languages: [en]
actors: {buyer: Buyer, seller: Seller}
documents: [examples]
record: {id: {present: true}}
account: purse
"""
ORDER = """\
order: parcel
follows: sale
match: {kind: parcel}
fields:
  id: {type: string, read_only: true}
  status: {read_only: true}
  size: {type: integer, minimum: 2, maximum: 4, required: asked}
  colour: {type: string, enum: [red, blue]}
  code: {type: code}
  gift: {type: boolean, forbidden: {when: {colour: blue, code: {present: true}}}}
  card: {type: string, required: {from: asked, when: {gift: true, colour: {in: [red, blue]}}}}
  receipt: {type: string, forbidden: {before: asked}}
  lines: {type: array, items: {fields: {count: {type: integer}}}, maxItems: 3}
rules:
  red-is-small:
    when: {colour: red}
    then: {size: {max: 3}, lines: {count: {min: 0, max: 2}}}
  can-pay: {then: {account.coins: {min: 1}}, at: size}
variants:
  here: {match: {way: {in: [here, near]}}}
  there: {match: {way: there}}
"""
LIFE = """\
lifecycle: sale
status: status
requests: asked
states:
  new: {initial: true, editable: buyer}
  asked: {}
  sold: {final: success}
  gone: {final: failure, shown_as: null}
variables:
  paid: ["no", "yes", later]
  far: {when: {variant: {in: [parcel/there]}}}
transitions:
  ask: {by: buyer, from: new, to: asked, guard: {document: asked}, emits: [asked]}
  pay:
    by: buyer
    guard: {paid: {in: ["no", later]}}
    set: {paid: "yes"}
    cases:
      - {from: new}
      - {from: asked}
  sell: {by: seller, from: asked, to: sold, guard: {any: [{paid: "yes"}, {far: true, order.size: {max: 3}}]}}
  leave: {by: buyer, from: [new, asked], to: gone}
"""
TYPES = """\
types:
  code: {type: string, pattern: "^[0-9]{2}$"}
  purse: {fields: {coins: {type: integer}}}
  letter: {fields: {weight: {type: integer}}}
"""
EVENTS = """\
events:
  asked: {fields: {why: {type: letter}}}
"""
CRATE = """\
order: crate
follows: sale
match: {kind: crate}
written_by: seller
fields: {status: {read_only: true}}
unique: [kind]
"""
STALL = {
    "pack.yaml": SPEC,
    "parcel.yaml": ORDER,
    "crate.yaml": CRATE,
    "sale.yaml": LIFE,
    "types.yaml": TYPES,
    "events.yaml": EVENTS,
}


@pytest.fixture(autouse=True)
def _apart(monkeypatch, tmp_path_factory):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def call(*argv: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(argv, out, err), out.getvalue(), err.getvalue()


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def stall(tmp_path_factory) -> Pack:
    return load_pack(str(written(tmp_path_factory.mktemp("stall"), STALL)))


@pytest.fixture(scope="module")
def made(stall) -> dict[str, list[Mutant]]:
    found: dict[str, list[Mutant]] = {}
    for one in mutants(stall.spec):
        found.setdefault(one.operator, []).append(one)
    return found


COUNTING = {
    "pack.yaml": "pack: stall\nformat: 1\nactors: {buyer: Buyer, seller: Seller}\n",
    "crate.yaml": "order: crate\nfollows: sale\n",
    "events.yaml": "events: {asked: {type: object}}\n",
    "sale.yaml": """\
lifecycle: sale
states:
  new: {initial: true}
  asked: {entry: {set: {calls: {add: 1}}}, exit: {emits: asked}, states: {first: {initial: true}, second: {}}}
variables: {calls: {min: 0, max: 2}, before: {min: 0, max: 2}}
transitions:
  ask: {by: buyer, from: new, to: asked, set: {before: {at: calls}}}
  go-on: {by: seller, from: asked.first, to: asked.second}
  stop: {by: [seller, buyer], from: asked, to: new}
  again: {by: seller, from: new, to: {history: asked}}
""",
}


def test_every_operator_is_met_in_two_small_packs(made, tmp_path):
    assert set(made) == set(OPERATORS) - {"history-drop", "range-widen", "shown-drop", "by-drop"}
    said = {sentence(one, "en") for one in mutants(load_pack(str(written(tmp_path, COUNTING))).spec)}
    assert said >= {
        "asked entry no longer sets calls: calls + 1",
        "asked entry sets calls: calls + 2, not calls: calls + 1",
        "ask no longer sets before: calls",
        "asked exit (asked) no longer emits asked",
        "calls goes up to 3, not 2",
        "again enters asked at its first step",
        "stop may not be made by buyer",
    }


@pytest.mark.parametrize(("standing", "fate"), [("stated", MutantFate.REFUSED), ("assumed", MutantFate.SURVIVED)])
def test_a_mutant_that_breaks_a_property_is_refused(standing, fate, tmp_path):
    prop = f"{{leads_to: [{{state: asked}}, {{state: new}}], assuming: [buyer], standing: {standing}}}"
    life = COUNTING["sale.yaml"] + f"properties:\n  ends: {prop}\n"
    spec = load_pack(str(written(tmp_path, COUNTING | {"sale.yaml": life}))).spec
    by_actor = {one.old: one for one in mutants(spec, operators=["by-drop"])}
    tried = trial(spec, Corpus((), {}))
    assert {actor: tried(one).fate for actor, one in by_actor.items()} == {
        "buyer": fate,
        "seller": MutantFate.SURVIVED,
    }
    assert tried(by_actor["buyer"]).by == ("CM508" if standing == "stated" else None)


@pytest.mark.long
def test_what_records_show_is_noticed_by_a_record_that_no_history_leads_to(tmp_path):
    library = Path(__file__).parents[1] / "packs" / "library"
    record = json.loads((library / "examples" / "loan-lent-record.json").read_text(encoding="utf-8"))
    lent, damaged = tmp_path / "lent.json", tmp_path / "damaged.json"
    lent.write_text(json.dumps(record), encoding="utf-8")
    damaged.write_text(json.dumps({**record, "copy_state": "damaged"}), encoding="utf-8")
    pack = load_pack(str(library))
    for file, fate in ((lent, MutantFate.SURVIVED), (damaged, MutantFate.KILLED)):
        (only,) = mutate_pack(pack, str(file), operators=["shown-drop"]).tried
        assert sentence(only.mutant, "en") == "no record shows damaged: true, as copy_state = damaged did"
        assert only.fate is fate
    back = tmp_path / "back.yaml"  # it shows damage: a life that finds none leads to no such record
    said = (library / "examples" / "loan-back-record.yaml").read_text(encoding="utf-8")
    back.write_text(f"{said}damage: a page is torn\nremark: a page is torn\n", encoding="utf-8")
    tried = mutate_pack(pack, str(back), operators=["effect-drop"]).tried
    fates = {sentence(one.mutant, "en"): one.fate for one in tried}
    assert fates["find_damage no longer sets damaged: true"] is MutantFate.KILLED


@pytest.mark.parametrize(
    ("operator", "says"),
    [
        ("transition-drop", "the trigger leave is gone"),
        ("case-drop", "pay loses its case from asked"),
        ("guard-drop", "pay needs no longer: paid = no or later"),
        ("guard-negate", "pay needs the contrary of: paid = no or later"),
        ("guard-part-drop", "the guard of sell loses: paid = yes"),
        ("guard-value-drop", "the guard of pay takes later no more"),
        ("effect-drop", "pay no longer sets paid: yes"),
        ("effect-swap", "pay sets paid: later, not paid: yes"),
        ("event-drop", "ask (asked) no longer emits asked"),
        ("target-swap", "sell leads to gone, not to sold"),
        ("from-add", "ask starts from asked too"),
        ("from-drop", "leave starts from new no more"),
        ("start-swap", "paid begins with yes, not no"),
        ("initial-swap", "asked is the first state, not new"),
        ("editable-drop", "nobody edits in new"),
        ("condition-negate", "far is the contrary of: variant = parcel/there"),
        ("condition-part-drop", "the condition of parcel.card loses: gift = true"),
        ("condition-value-drop", "the condition of parcel.card takes blue no more"),
        ("condition-bound-relax", "the condition of red-is-small says 4, not 3"),
        ("field-drop", "there is no field parcel.size"),
        ("type-drop", "parcel.size may be anything, not integer"),
        ("items-drop", "the items of parcel.lines may be anything"),
        ("keyword-drop", "parcel.size loses its maximum"),
        ("pattern-any", "code may be any text"),
        ("pattern-widen", "code matches ^[0-9]{2,3}$"),
        ("enum-widen", "parcel.colour may be RED too"),
        ("enum-shrink", "parcel.colour may not be blue"),
        ("bound-relax", "the bound of parcel.size is 1, not 2"),
        ("read-only-drop", "a request may give parcel.id"),
        ("required-drop", "parcel.size is not required"),
        ("required-earlier", "parcel.size is required from new, not asked"),
        ("required-later", "parcel.size is required from sold, not asked"),
        ("forbidden-drop", "parcel.receipt is not forbidden"),
        ("forbidden-when-drop", "parcel.gift is forbidden not only if colour = blue and code present"),
        ("forbidden-earlier", "parcel.receipt is forbidden up to new, not asked"),
        ("forbidden-later", "parcel.receipt is forbidden up to sold, not asked"),
        ("required-when-drop", "parcel.card is required not only if gift = true and (colour = red or blue)"),
        ("written-by-drop", "crate is written by anybody, not seller"),
        ("guard-bound-relax", "the guard of sell says 4, not 3"),
        ("rule-drop", "the rule can-pay is gone"),
        ("rule-when-drop", "the rule red-is-small holds not only if colour = red"),
        ("rule-earlier", "the rule can-pay holds from new, not asked"),
        ("rule-later", "the rule can-pay holds from sold, not asked"),
        ("unique-drop", "crate.kind may be the same in several orders"),
        ("match-swap", "here and there match each other's documents"),
        ("match-value-drop", "parcel/here matches near no more"),
        ("record-drop", "no document is a record"),
    ],
)
def test_an_operator_says_what_it_does(made, operator, says):
    assert says in [sentence(one, "en") for one in made[operator]]


def test_a_mutant_is_the_pack_with_that_one_change(stall, made):
    (dropped,) = (one for one in made["effect-drop"] if "cases/0" in one.id)
    life = dropped.applied(stall.spec).lifecycle("sale")
    pay = next(one for one in life.transitions if one.name == "pay")
    assert [case.effects for case in pay.cases] == [(), (("paid", "yes"),)]
    assert dropped.id == "effect-drop:sale.yaml#/transitions/pay/cases/0:paid: yes"
    assert stall.spec == load_pack(*stall.folders).spec


def guards(pack: SpecPack) -> list[Condition]:
    return [case.guard for one in pack.lifecycle("sale").transitions if one.name == "pay" for case in one.cases]


def test_a_guard_beside_cases_is_one_mutant_for_all_of_them(stall, made):
    (free,) = (one for one in made["guard-drop"] if one.at == "pay")
    (denied,) = (one for one in made["guard-negate"] if one.at == "pay")
    assert guards(free.applied(stall.spec)) == [TRUE, TRUE]
    assert guards(denied.applied(stall.spec)) == [Not(guard) for guard in guards(stall.spec)]


def test_what_is_included_is_one_mutant_of_every_life_that_includes_it():
    pack = load_pack(str(ROOT / "specs" / "covage")).spec
    (gone,) = (one for one in mutants(pack, operators=["transition-drop"]) if one.at == "acknowledge")
    left = [{one.name for one in life.transitions} for life in gone.applied(pack).lifecycles]
    assert len(left) > 1
    assert not any("acknowledge" in names for names in left)


def there(thing: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        thing = thing[step] if isinstance(step, int) else getattr(thing, step)
    return thing


def test_every_mutant_changes_its_pack_and_has_a_name_of_its_own(stall):
    for pack in (stall.spec, load_pack(str(LIBRARY)).spec):
        found = mutants(pack)
        assert max(Counter(one.id for one in found).values()) == 1
        for change in (change for one in found for change in one.changes):
            assert repr(there(pack, change.path)) != repr(change.value)
        assert all(sentence(one, "fr") and sentence(one, "en") for one in found)


def test_what_nothing_uses_is_left_alone(stall):
    assert not [one for one in mutants(stall.spec) if "letter" in one.id or "events.yaml" in one.id]


@pytest.mark.parametrize("text", ["^[0-9]{2}$", "^(a|b+)?[^.,]*$", "^[A-Z][0-9a-f]{3,4}-x$", "^$", "^[+]?.$"])
def test_a_wider_pattern_matches_all_that_the_first_does_and_more(text):
    found = list(wider.patterns(text))
    assert all(includes(parse(one), parse(text)) for one in found)
    assert not any(includes(parse(text), parse(one)) for one in found)


def test_null_is_written_as_in_yaml():
    said = list(wider.keyword(Keyword("enum", [None, "a"], Origin(Location("a.yaml", 1, 1)))))
    assert [old for operator, old, _, _ in said if operator == "enum-shrink"] == ["null", "a"]


CLEAN = '{"kind": "parcel", "way": "here", "size": 2}'
SMALL = '{"kind": "parcel", "way": "here", "size": 1, "colour": "green", "code": "1"}'


def fates(tried: tuple[Tried, ...]) -> dict[str, MutantFate]:
    return {sentence(one.mutant, "en"): one.fate for one in tried}


def test_a_corpus_notices_what_its_files_depend_on(stall, tmp_path):
    corpus = written(tmp_path, {"clean.json": CLEAN, "small.json": SMALL})
    found = fates(mutate_pack(stall, str(corpus), operators=["keyword-drop", "pattern-widen", "required-drop"]).tried)
    assert found["parcel.colour loses its enum"] is MutantFate.KILLED
    assert found["code matches ^[0-9]{1,2}$"] is MutantFate.KILLED
    assert found["code matches ^[0-9]{2,3}$"] is MutantFate.SURVIVED
    assert found["parcel.size is not required"] is MutantFate.SURVIVED


def spelled(kind: str, folder: Path) -> tuple[str, dict[str, str]]:
    """The two orders in one file, and the options to read it with."""
    orders = f"[{CLEAN}, {SMALL}]"
    table = "kind;way;size;colour;code\nparcel;here;2;;\nparcel;here;1;green;1\n"
    content, options = {
        "list.json": (orders.encode(), {}),
        "envelope.json": (b'{"data": {"orders": %b}}' % orders.encode(), {"at": "/data/orders"}),
        "lines.ndjson.gz": (gzip.compress(f"{CLEAN}\n{SMALL}\n".encode()), {}),
        "table.csv": (table.encode("utf-16"), {"encoding": "utf-16"}),
    }[kind]
    (folder / kind).write_bytes(content)
    return str(folder / kind), options


@pytest.mark.parametrize("kind", ["list.json", "envelope.json", "lines.ndjson.gz", "table.csv"])
def test_a_corpus_is_read_as_validate_reads(kind, stall, tmp_path):
    corpus = written(tmp_path / "apart", {"clean.json": CLEAN, "small.json": SMALL})
    asked = {"operators": ["keyword-drop", "pattern-widen", "required-drop"]}
    path, options = spelled(kind, tmp_path)
    found = mutate_pack(stall, path, **asked, **options)
    assert (found.items, found.findings) == (2, ())
    assert fates(found.tried) == fates(mutate_pack(stall, str(corpus), **asked).tried)
    listed = mutate_pack(stall, f"{tmp_path}/*", exclude=["apart"], **asked, **options)
    assert (listed.items, fates(listed.tried)) == (2, fates(found.tried))


def test_a_verdict_notices_less_than_findings(stall, tmp_path):
    corpus = str(written(tmp_path, {"small.json": SMALL}))
    dropped = "parcel.colour loses its enum"
    for notice, fate in (("findings", MutantFate.KILLED), ("verdict", MutantFate.SURVIVED)):
        tried = mutate_pack(stall, corpus, notice=notice, operators=["keyword-drop"]).tried
        assert fates(tried)[dropped] is fate


def test_an_account_lets_its_rules_be_noticed(stall, tmp_path):
    files = {"orders/clean.json": CLEAN, "poor.json": '{"coins": 0}', "wrong.json": '{"coins": "many"}'}
    folder = written(tmp_path, files)
    rule, kind = "the rule can-pay is gone", "purse.coins may be anything, not integer"
    accounts = (None, str(folder / "poor.json"), str(folder / "wrong.json"))
    asked = {"operators": ["rule-drop", "type-drop"]}
    tried = (mutate_pack(stall, str(folder / "orders"), account=account, **asked).tried for account in accounts)
    alone, poor, wrong = map(fates, tried)
    assert alone[rule] is MutantFate.SURVIVED  # nobody checked it
    assert poor[rule] is MutantFate.KILLED
    assert (poor[kind], wrong[kind]) == (MutantFate.SURVIVED, MutantFate.KILLED)


LIVED = """\
scenario: sold
given: {document: clean.json, account: rich.json}
steps: [ask, {refused: {sell: paid}}, pay, sell]
expect: {state: sold, emitted: [asked]}
"""


def test_an_account_can_be_judged_by_a_scenario(stall, tmp_path):
    expected = 'scenario: poor\ngiven: {document: wrong.json, role: account}\nexpect: {findings: ["CM404 /coins"]}\n'
    files = {"wrong.json": '{"coins": "many"}', "poor.yaml": expected}
    path = str(written(tmp_path, files) / "poor.yaml")
    assert [one.findings for one in run_scenario(stall, path)] == [()]
    assert (
        fates(mutate_pack(stall, path, operators=["type-drop"]).tried)["purse.coins may be anything, not integer"]
        is MutantFate.KILLED
    )
    (tmp_path / "poor.yaml").write_text(expected.replace('["CM404 /coins"]', "[]"), encoding="utf-8")
    assert [finding.code for one in run_scenario(stall, path) for finding in one.findings] == ["CM501"]


def test_a_scenario_notices_only_by_failing(stall, tmp_path):
    files = {"clean.json": CLEAN, "rich.json": '{"coins": 3}', "sold.yaml": LIVED}
    path = str(written(tmp_path, files) / "sold.yaml")
    operators = ["event-drop", "target-swap", "effect-swap", "from-drop"]
    found = fates(mutate_pack(stall, path, operators=operators).tried)
    assert found["ask (asked) no longer emits asked"] is MutantFate.KILLED
    assert found["sell leads to gone, not to sold"] is MutantFate.KILLED
    assert found["pay sets paid: later, not paid: yes"] is MutantFate.KILLED
    assert found["leave starts from asked no more"] is MutantFate.SURVIVED


def test_a_scenario_that_fails_already_notices_nothing_and_is_named(stall, tmp_path):
    files = {"clean.json": CLEAN, "bad.yaml": LIVED.replace("state: sold", "state: gone").replace("rich", "clean")}
    path = str(written(tmp_path, files) / "bad.yaml")
    found = mutate_pack(stall, path, operators=["rule-drop"])
    assert found.idle == (path,)
    assert found.score == 0
    code, out, _ = call("mutate", "--pack", *stall.folders, "--corpus", path, "--operators", "rule-drop")
    assert (code, out.splitlines()[0]) == (0, f"{path}: fails without a mutation, so it kills no mutant")


def test_a_mutant_whose_process_was_killed_is_no_survivor(stall, monkeypatch, tmp_path):
    def results(prepare, given, tasks, *, jobs, here, lost):
        yield lost(tasks[0], "its process was killed by signal 9")
        yield from map(here, tasks[1:])

    asked = ("mutate", "--pack", *stall.folders, "--operators", "rule-drop,effect-drop")
    monkeypatch.setattr(mutation.workers, "results", results)
    code, out, _ = call(*asked)
    assert code == 1
    assert "4 mutants: 3 survived, 1 not tried" in out
    assert "these mutants were not tried:" in out
    assert "(its process was killed by signal 9)" in out
    assert "not complete: 1 mutant not tried" in out
    report = json.loads(call(*asked, "--format", "json")[1])
    assert (report["counts"]["survived"], report["counts"]["untried"]) == (3, 1)
    assert [finding["code"] for finding in report["findings"]] == ["CM412", "CM525", "CM524", "CM524", "CM524"]
    known = ("--baseline", str(tmp_path / "base.json"))
    assert call(*asked, *known, "--update-baseline")[0] == 1  # nothing is known of it
    assert score([Tried(next(iter(mutants(stall.spec))), MutantFate.UNTRIED)]) is None


def test_an_empty_corpus_lets_everything_survive_and_says_so(stall):
    code, out, _ = call("mutate", "--pack", *stall.folders, "--operators", "rule-drop, effect-drop")
    assert code == 1
    assert "4 mutants: 4 survived" in out
    assert "error CM412 no mutant can be killed: the corpus is empty" in out
    assert "mutation score: 0.0 %" in out


def test_the_same_schemas_and_tables_are_equivalent_but_not_where_only_an_account_rule_is_gone(stall, tmp_path):
    never = ORDER.replace("rules:", "rules:\n  moot: {when: {gift: true}, then: {colour: {in: [red, blue]}}}", 1)
    twice = LIFE.replace(
        "leave: {by: buyer,", "stay: {by: buyer, guard: {state: new}, from: new}\n  leave: {by: buyer,"
    )
    pack = load_pack(str(written(tmp_path, {**STALL, "parcel.yaml": never, "sale.yaml": twice})))
    found = fates(mutate_pack(pack, operators=["guard-drop", "rule-drop"]).tried)
    assert found["stay needs no longer: state = new"] is MutantFate.EQUIVALENT  # it starts from there alone
    assert found["the rule moot is gone"] is MutantFate.SURVIVED  # its schema has one `if` less
    assert found["the rule can-pay is gone"] is MutantFate.SURVIVED  # no schema has it


def test_mutants_refused_by_check_are_not_counted(stall):
    found = mutate_pack(stall, operators=["from-add"])
    refused = {one.by for one in found.tried if one.fate is MutantFate.REFUSED}
    assert refused == {"CM305"}  # two cases of `pay` at once
    assert found.score == 0
    assert score(one for one in found.tried if one.fate is MutantFate.REFUSED) is None


@pytest.mark.long
@pytest.mark.hard
def test_the_fate_of_a_mutant_does_not_depend_on_how_the_work_is_spread():
    pack = load_pack(str(LIBRARY))
    one, two = (mutate_pack(pack, sample=6, seed=5, jobs=jobs) for jobs in (1, 2))
    assert one.tried == two.tried
    assert len(one.tried) == 6
    assert [tried.mutant for tried in one.tried] == list(mutation.chosen(pack.spec, sample=6, seed=5))
    assert mutation.chosen(pack.spec, sample=6, seed=5) != mutation.chosen(pack.spec, sample=6, seed=6)


@pytest.mark.long
@pytest.mark.hard
def test_running_only_affected_items_gives_the_same_fates():
    """The same fates as when every item is run on every mutant and nothing is reused."""
    pack = load_pack(str(LIBRARY))
    corpus, _ = mutation.read_corpus(pack.spec, pack.folders)
    made = mutation.chosen(pack.spec, sample=examples(12), seed=7)
    quick = trial(pack.spec, corpus)
    plain = CorpusJudge(corpus, judge_of(pack.spec), Notice.FINDINGS)
    before = [plain.result(item) for item in corpus.items]
    fates = []
    for mutant in made:
        judged = CorpusJudge(corpus, judge_of(explored_anew(mutant.applied(pack.spec))), Notice.FINDINGS)
        fates.append(quick(mutant).fate)
        noticed = [judged.result(item) for item in corpus.items] != before
        assert noticed is (fates[-1] is MutantFate.KILLED), mutant.id
    assert len(set(fates)) > 1


def explored_anew(pack: SpecPack) -> SpecPack:
    """The pack with what its tables leave in records; a lifecycle that cannot be explored leaves nothing."""
    tables, spaces = Tables(judge_of(pack)), []
    for variant in pack.variants:
        with suppress(KeyError, ValueError):
            spaces.append(tables.table(variant.name, TableUse.COMPARISON))
    return replace(pack, histories=histories_of(spaces))


def test_orders_named_narrow_what_is_changed(stall):
    spec = stall.spec
    crate, everything = ({one.id for one in mutation.chosen(spec, variants=names)} for names in (["crate"], None))
    assert crate < everything
    assert not any(name.startswith("rule-drop:parcel.yaml") for name in crate)
    assert any(name.startswith("guard-drop:sale.yaml") for name in crate)


def test_the_report_is_what_its_schema_says(stall, tmp_path):
    from jsonschema import Draft202012Validator

    schema = json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8"))
    corpus = str(written(tmp_path, {"small.json": SMALL}))
    code, out, _ = call(
        "mutate",
        "--pack",
        *stall.folders,
        "--corpus",
        corpus,
        "--format",
        "json",
        "--lang",
        "fr",
        "--operators",
        "rule-drop,from-add",
    )
    told = json.loads(out)
    Draft202012Validator(schema).validate(told)
    assert code == 0
    assert sum(told["counts"].values()) == len(told["mutants"])
    assert "la règle can-pay disparaît" in [one["says"] for one in told["mutants"]]


def test_a_score_below_the_limit_exits_with_one_and_bad_input_is_named(stall, tmp_path):
    pack = ("--pack", *stall.folders)
    few = (*pack, "--operators", "keyword-drop")
    corpus = str(written(tmp_path, {"small.json": SMALL, "broken.json": "{"}) / "small.json")
    assert call("mutate", *few, "--corpus", corpus, "--fail-under", "20")[0] == 0
    assert call("mutate", *few, "--corpus", corpus, "--fail-under", "100")[0] == 1
    code, out, _ = call("mutate", *few, "--corpus", str(tmp_path / "broken.json"))
    assert (code, "broken.json:1" in out) == (4, True)
    assert call("mutate", *few, "--corpus", str(tmp_path / "none.json"))[0] == 4
    code, _, err = call("mutate", *pack, "--operators", "rule-drp")
    assert (code, "did you mean 'rule-drop'?" in err) == (2, True)
    assert call("mutate", *pack, "parcle")[0] == 2
    assert call("mutate", "--pack", str(tmp_path / "nothing"))[0] == 2


def test_a_pack_without_variables_status_or_account_has_mutants_too(tmp_path):
    files = {
        "pack.yaml": "pack: one\nformat: 1\nlanguages: [en]\nactors: {me: Me}\n",
        "note.yaml": "order: note\nfollows: life\nmatch: {kind: note}\nfields: {é: {type: string}}\n".replace("é", "e"),
        "life.yaml": "lifecycle: life\nstates: {open: {initial: true}}\ntransitions: {touch: {by: me, from: open}}\n",
    }
    pack = load_pack(str(written(tmp_path, files)))
    found = mutate_pack(pack)
    assert {one.mutant.operator for one in found.tried} == {"field-drop", "type-drop", "transition-drop"}
    assert found.score == 0


REVIEWED = re.compile(r"^\| `([a-z-]+:[^`]+)` \| (.+) \|$", re.MULTILINE)


def reviewed() -> dict[str, str]:
    """The reviewed survivors of the bundled corpus, and the reasons, from the table in the docs."""
    return dict(REVIEWED.findall((ROOT / "docs" / "mutate.md").read_text(encoding="utf-8")))


@pytest.mark.hard
def test_the_survivors_of_the_bundled_corpus_are_the_reviewed_ones():
    """A seeded share and all listed mutants; in the long profile every mutant."""
    pack = load_pack(str(ROOT / "specs" / "covage"))
    made = {one.id: one for one in mutants(pack.spec)}
    listed = reviewed()
    assert set(listed) <= set(made)
    share = {one.id for one in mutation.chosen(pack.spec, sample=16, seed=16)}
    wanted = [one for name, one in made.items() if LONG or name in share or name in listed]
    corpus, findings = mutation.read_corpus(pack.spec, pack.folders)
    found = mutation.mutation(pack.judge, corpus, wanted, jobs=processors() if LONG else 1)
    print(f"  {len(wanted)} of {len(made)} mutants, {len(corpus.items)} items: score {found.score:.1f} %")
    assert (findings, found.idle) == ((), ())
    assert {one.mutant.id for one in found.survivors} == set(listed)
    assert not LONG or found.score >= 95


def test_the_docs_name_every_operator():
    told = re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs" / "mutate.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(told) == sorted(OPERATORS)
