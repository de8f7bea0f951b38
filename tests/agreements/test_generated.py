"""Generated orders are valid for the interpreter and for two engines on the printed schema, for every pack."""

import json
import tracemalloc
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from documents import Documents
from effort import LONG, examples
from random_packs import Packs
from test_schema_equals_interpreter import Engines, compiled

from covage_model import generate_orders, load_pack
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.documents.make.valid.stream import filled_pool, stream
from covage_model.documents.make.valid.template_pool import OrderTarget, TemplatePool, targets
from covage_model.documents.make.valid.value_generator import Fullness
from covage_model.documents.presence.role import Role

ROOT = Path(__file__).resolve().parent.parent.parent
PACKS = {"covage": ROOT / "specs" / "covage", "library": ROOT / "tests" / "packs" / "library"}
SEEDS = 4 if LONG else 1
PER_TARGET = 6 if LONG else 1


def wanted(judge: Judge) -> list[OrderTarget]:
    """Every variant in both roles, in every status of the role, drafts included."""
    found = []
    for variant in judge.pack.variants:
        sheet = judge.sheet(variant.name)
        found += targets(judge, [variant.name], Role.RECORD, None)
        requested = () if sheet.written_by is not None else sheet.request_statuses
        found += [OrderTarget(variant.name, status, Role.REQUEST) for status in requested]
    return found


def assert_clean(judge: Judge, engines: Engines, stock: TemplatePool, number: int, seed: int) -> int:
    """The next orders have no finding and nothing unchecked, and both engines accept them."""
    account = judge.account(json.loads(json.dumps(stock.account)), "account") if stock.account is not None else None
    assert account is None or not account.findings
    for one in islice(stream(stock, seed=seed), number):
        document = json.loads(json.dumps(one.document))
        target = one.target
        verdict = judge.verdict(document, "", status=target.status or None, role=target.role, account=account)
        assert not verdict.findings, (target, document, verdict.findings[0])
        assert verdict.variant == target.variant
        key = (target.variant, verdict.status, target.role)
        assert engines.accepts(key, document), (target, document)
        assert engines.accepts_fast(key, document) is not False, (target, document)
    return number


@pytest.mark.parametrize("fill", list(Fullness))
@pytest.mark.parametrize("name", PACKS)
def test_every_generated_order_is_clean(name: str, fill: Fullness) -> None:
    judge = load_pack(str(PACKS[name])).judge
    engines = Engines(judge)
    for seed in range(SEEDS):
        for role in Role:
            asked = [one for one in wanted(judge) if one.role is role]
            number = PER_TARGET * len(asked)
            stock = filled_pool(judge, asked, seed=seed, fill=fill, count=number)
            assert not stock.missing
            assert_clean(judge, engines, stock, number, seed)


def test_orders_of_random_packs_are_clean_and_found_wherever_another_generator_finds_one() -> None:
    tally: Counter[str] = Counter()
    for seed in range(examples(3)):
        judge = judge_of(compiled(Packs(Random(seed)).pack()))
        engines = Engines(judge)
        asked = wanted(judge)
        stock = filled_pool(judge, asked, seed=seed, count=len(asked))
        for target in asked:
            if target not in stock.missing:
                tally["found"] += 1
                tally["orders"] += assert_clean(judge, engines, stock, 2, seed)
            elif drawn_elsewhere(judge, stock, target):
                tally["overlooked"] += 1
            else:
                tally["nowhere"] += 1
    print(f"\nrandom packs: {dict(tally)}")
    assert tally["found"] > tally["nowhere"] / 3  # random packs are free to make no sense
    assert tally["overlooked"] == 0


def drawn_elsewhere(judge: Judge, stock: TemplatePool, target: OrderTarget) -> bool:
    """Whether the tests' own generator, which shares no code with the toolkit's, draws a valid order of that kind."""
    documents = Documents(judge.sheet(target.variant), Random(1))
    return any(stock.is_clean(target, documents.draw(target.status, target.role)) for _ in range(40))


@pytest.mark.parametrize("name", PACKS)
def test_each_iteration_gives_the_same_orders_two_at_a_time_too(name: str) -> None:
    pack = load_pack(str(PACKS[name]))
    named = [] if LONG else [one.name for one in pack.spec.variants if not one.order.written_by][-2:]
    made = generate_orders(pack, *named, count=100, seed=3)
    first = list(made)
    assert list(made) == first
    assert list(zip(made, made, strict=True)) == [(order, order) for order in first]


@pytest.mark.parametrize("name", PACKS)
def test_the_same_seed_gives_the_same_bytes_and_another_gives_others(name: str) -> None:
    judge = load_pack(str(PACKS[name])).judge
    asked = list(
        targets(
            judge, [variant.name for variant in judge.pack.variants if not variant.order.written_by], Role.REQUEST, None
        )
    )

    asked = asked[-3:]

    def bytes_of(seed: int) -> list[str]:
        stock = filled_pool(load_pack(str(PACKS[name])).judge, asked, seed=seed, count=6)
        return [json.dumps(one.document) for one in islice(stream(stock, seed=seed), 6)]

    assert bytes_of(1) == bytes_of(1)
    assert not set(bytes_of(1)) & set(bytes_of(2))


def test_what_conditions_read_is_drawn_anew_too_where_the_rules_allow_it() -> None:
    judge = load_pack("covage").judge
    target = OrderTarget("activate-fiber/create", "draft", Role.REQUEST)
    stock = filled_pool(judge, [target])
    (templates,) = stock.templates.values()
    assert sum(len(template.variations) for template in templates) > 100
    assert stock._maker(target).reads.value_at(("eligibility_ref",))
    references = [{one.document["eligibility_ref"] for one in (each, *each.variations)} for each in templates]
    assert min(map(len, references)) > 10
    drawn = [one.document for one in islice(stream(stock), 400)]
    assert all(stock.is_clean(target, document) for document in drawn)
    few = filled_pool(judge, [target], count=8)
    assert [template.variations for template in few.templates[target]] == [()] * len(few.templates[target])


def test_random_orders_do_not_repeat_themselves_and_memory_does_not_grow_with_their_number() -> None:
    judge = load_pack("covage").judge
    asked = [
        OrderTarget("activate-copper/create", "submitted", Role.REQUEST),
        OrderTarget("activate-fiber/create", "draft", Role.REQUEST),
    ]
    stock = filled_pool(judge, asked)
    shown = [(one.target, json.dumps(one.document)) for one in islice(stream(stock), 2000)]
    seen = Counter(target.status for target, _ in set(shown))
    assert seen["submitted"] > 995
    assert seen["draft"] > 930  # a draft may hold next to nothing
    orders = stream(stock, seed=5)
    Counter(one.target for one in islice(orders, 3000))  # pools fill
    tracemalloc.start()
    Counter(one.target for one in islice(orders, 3000))
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 300_000
