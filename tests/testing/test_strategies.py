"""What the Hypothesis strategies draw: the same each time, simple things first, said so that people can read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from covage_model import judge, load_pack
from covage_model.testing import Life, NearMiss, NoOrder, near_misses, orders, traces

QUIET = settings(derandomize=True, database=None, deadline=None, max_examples=25)
DRAWING = settings(QUIET, max_examples=15, phases=[Phase.generate])
SHRINKING = settings(QUIET, max_examples=200, phases=[Phase.generate, Phase.shrink])

PACK = """
pack: stall
format: 1
languages: [en]
actors: {walker: Walker}
record: {ticket: {present: true}}
account: tab
"""
TYPES = """
types:
  tab: {fields: {refs: {items: ref}, level: {type: string, enum: [bronze, gold]}}}
  ref: {type: string, pattern: "^R[0-9]{3}$"}
"""
WALK = """
lifecycle: walk
states: {begun: {initial: true}, gone: {}, back: {final: success}}
transitions: {go: {by: walker, from: begun, to: gone}, come: {by: walker, from: gone, to: back}}
"""
CAKE = """
order: cake
follows: walk
match: {what: cake}
fields:
  ticket: {type: string, read_only: true}
  ref: {type: ref, required: true}
  price: {type: number, exclusiveMinimum: 0, required: true}
  share: {type: number, exclusiveMinimum: 0, exclusiveMaximum: 1, required: true}
  cold: {type: integer, exclusiveMaximum: -5, required: true}
  deposit: {type: number, exclusiveMinimum: 0}
rules:
  ref-known: {then: {account.refs: {some: {among: order.ref}}}, at: ref}
variants:
  plain: {match: {kind: plain}}
  grand: {match: {kind: grand}}
"""
BREAD = """
order: bread
follows: walk
match: {what: bread}
fields:
  seeds: {items: {type: integer, minimum: 1, maximum: 99}, maxItems: 3, uniqueItems: true}
  layers: {items: {fields: {of: {type: string, required: true}, thick: {type: boolean}}}}
"""
LEAST = {"what": "cake", "kind": "plain", "ref": "R000", "price": 1, "share": 0.1, "cold": -6}


@pytest.fixture(scope="module")
def stall(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("stall")
    texts = {"pack": PACK, "types": TYPES, "walk": WALK, "cake": CAKE, "bread": BREAD}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text)
    return load_pack(str(folder))


def drawn(strategy: st.SearchStrategy[Any]) -> list[str]:
    found = []

    @DRAWING
    @given(strategy)
    def draws(one: Any) -> None:
        found.append(repr(one))

    draws()
    return found


def told(strategy: st.SearchStrategy[Any]) -> str:
    """What Hypothesis says of a property that nothing has."""

    @SHRINKING
    @given(one=strategy)
    def fails(one: Any) -> None:
        raise AssertionError

    with pytest.raises(AssertionError) as caught:
        fails()
    return "\n".join(caught.value.__notes__)


def test_the_same_is_drawn_each_time_whatever_was_drawn_before(stall: Any) -> None:
    def made() -> list[st.SearchStrategy[Any]]:
        return [
            orders(stall, account="with"),
            near_misses(stall, "cake"),
            traces(stall, "cake", "plain"),
            orders(stall, "cake/plain", role="record"),
        ]

    first, others = made(), made()
    passes = [drawn(one) for one in first]
    assert [drawn(one) for one in reversed(first)] == passes[::-1]
    assert [drawn(one) for one in others] == passes


def test_what_hypothesis_says_of_a_life_a_near_miss_and_a_pair_is_what_people_read(stall: Any) -> None:
    life = told(traces(stall, "bread"))
    assert "one=Life(start='begun'," in life
    assert "document={'what': 'bread'}" in life
    assert "steps=()" in life
    miss = told(near_misses(stall, "bread"))
    assert "one=NearMiss(what=" in miss
    assert "findings=[('CM40" in miss
    assert "document={" in miss
    assert "line='" in miss
    pair = told(orders(stall, "bread", account="with"))
    assert "one=({'what': 'bread'}, {})" in pair
    assert not any(word in one for word in ("Location", "lambda", "changed(") for one in (life, miss, pair))


def test_lives_and_near_misses_are_told_in_one_line_by_python(stall: Any) -> None:
    life = find(traces(stall, "bread"), lambda one: len(one.steps) == 1, settings=SHRINKING)
    assert isinstance(life, Life)
    steps = "steps=(('go', 'walker', None),)"
    assert repr(life) == f"Life(start='begun', document={{'what': 'bread'}}, {steps}, account={life.account!r})"
    miss = find(near_misses(stall, "bread"), lambda one: one.what == "unknown-key", settings=SHRINKING)
    assert isinstance(miss, NearMiss)
    parts = [f"what='unknown-key', line={miss.line!r}", f"findings={sorted(miss.findings)!r}"]
    assert repr(miss) == f"NearMiss({', '.join(parts)}, document={miss.document!r}, account={miss.account!r})"


def test_the_simplest_number_is_the_one_next_to_0_that_the_bounds_let_be(stall: Any) -> None:
    order = find(orders(stall, "cake/plain"), lambda _: True, settings=SHRINKING)
    assert {**order, "ref": "R000"} == LEAST
    order = find(orders(stall, "cake/plain"), lambda one: one.get("deposit", 0) > 3.5, settings=SHRINKING)
    assert order["deposit"] == 4


def test_the_items_of_a_list_shrink_as_other_values_do(stall: Any) -> None:
    def is_much(order: Any) -> bool:
        return len(order.get("seeds", ())) > 1 and sum(order["seeds"]) > 50

    order = find(orders(stall, "bread"), is_much, settings=SHRINKING)
    assert sum(order["seeds"]) == 51
    order = find(
        orders(stall, "bread"),
        lambda one: len(one.get("layers", ())) > 1 and "thick" in one["layers"][1],
        settings=SHRINKING,
    )
    assert order["layers"] == [{"of": ""}, {"of": "", "thick": False}]


def test_what_an_account_need_not_have_is_drawn_at_times_and_shrinks_away(stall: Any) -> None:
    pairs = orders(stall, "cake/plain", account="with")
    document, account = find(pairs, lambda pair: "level" in pair[1], settings=SHRINKING)
    assert judge(stall, document, account=account).findings == ()
    assert account["level"] == "bronze"
    assert "level" not in find(pairs, lambda _: True, settings=SHRINKING)[1]

    @QUIET
    @given(pairs)
    def clean(pair: Any) -> None:
        assert judge(stall, pair[0], account=pair[1]).findings == ()

    clean()


def test_what_can_have_no_record_is_left_out_unless_nothing_else_is_left(stall: Any) -> None:
    found = {miss.variant for miss in _all(near_misses(stall, role="record"))}
    assert found == {"cake/plain", "cake/grand"}
    with pytest.raises(NoOrder, match="no valid record of bread"):
        _all(near_misses(stall, "bread", role="record"))


def _all(strategy: st.SearchStrategy[Any]) -> list[Any]:
    found: list[Any] = []
    DRAWING(given(strategy)(lambda one: found.append(one)))()
    return found


def test_names_and_accounts_that_are_none_are_refused_with_what_to_use(stall: Any) -> None:
    with pytest.raises(KeyError, match="cake has several variants; use one of: cake/plain, cake/grand"):
        traces(stall, "cake")
    with pytest.raises(KeyError, match="there is no order 'cake/odd'; use one of: cake/plain, cake/grand"):
        traces(stall, "cake", "odd")
    with pytest.raises(KeyError, match="there is no order 'soup'; use one of: "):
        orders(stall, "soup")
    for made in (orders, near_misses):
        with pytest.raises(ValueError, match="'without'; use None, 'with', or the data of an account"):
            made(stall, account="without")
        with pytest.raises(TypeError, match="3; use None, 'with'"):
            made(stall, account=3)
        with pytest.raises(ValueError, match=r"'copper' is not one of bronze, gold at '/level'"):
            made(stall, account={"level": "copper"})
