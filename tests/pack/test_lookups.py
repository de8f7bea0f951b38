"""A condition over the account as a table says the same as the condition itself, for documents with texts."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from covage_model.ground.json_value import every_value_at
from covage_model.pack.conditions import indexed, lookups, truth
from covage_model.pack.conditions.lookups import ItemColumns
from covage_model.pack.model.conditions import All, Among, Condition, Count, Holds, Literal, Present, Ref, Some

FIRST, SECOND = Ref("scope", ("a",)), Ref("scope", ("b", "c"))
BY_KEY = Holds(Ref("item", ("key",)), Among(FIRST))
IN_LIST = Holds(Ref("item", ("list",)), Some(Holds(Ref("item", ()), Among(SECOND))))
FIXED = Holds(Ref("item", ("state",)), Literal("on"))
CONDITIONS: tuple[Condition, ...] = (
    BY_KEY,
    All((BY_KEY, IN_LIST)),
    All((FIXED, BY_KEY)),
    All((IN_LIST, FIXED)),
    IN_LIST,
)


def item(random: Random) -> Any:
    made = {"key": random.choice("xyz"), "list": random.choices(["x", "y", 1, None], k=2), "state": "on"}
    for name in list(made):
        if random.random() < 0.3:
            made[name] = random.choice([3, None, ["x"], {}, "off"])
        if random.random() < 0.2:
            del made[name]
    return made if random.random() < 0.9 else "x"


def test_tables_say_what_conditions_say() -> None:
    random = Random(3)
    decided = 0
    for _ in range(600):
        items = [item(random) for _ in range(random.randrange(4))]
        account = {"items": items}
        for condition in CONDITIONS:
            found = lookups.table(ItemColumns(items), condition, account)
            if found is None:
                continue
            refs, known = found
            decided += 1
            for first in ("x", "z", None):
                for second in ("y", "off"):
                    document = {"b": {"c": second}} if first is None else {"a": first, "b": {"c": second}}
                    texts = tuple(first if ref == FIRST else second for ref in refs)
                    said = (texts[0] if len(texts) == 1 else texts) in known
                    asked = Holds(Ref("account", ("items",)), Some(condition))
                    assert said == truth.holds(asked, (document,), account), (items, condition, document)
    assert decided > 1500


@pytest.mark.parametrize("number", range(len(CONDITIONS)))
def test_an_index_over_the_account_says_what_conditions_say(number: int) -> None:
    """Also where part of a condition is asked when the index is built."""
    random, condition = Random(number), CONDITIONS[number]
    counts = Count(1, 1, condition)
    held = 0
    for _ in range(300):
        account = {"items": [item(random) for _ in range(random.randrange(4))]}
        document = {"a": random.choice(["x", "z", ["x", "y"], 3]), "b": {"c": random.choice(["y", ["y", "off"]])}}
        for test in (Some(condition), counts):
            asked = Holds(Ref("account", ("items",)), test)
            holds = truth.holds(asked, (document,), account)
            assert indexed.judgement(asked, account)((document,)) == holds, (account, document, test)
            held += holds
    assert 30 < held < 570


def test_what_is_no_look_up_has_no_table() -> None:
    account = {"items": [{"key": 1}]}
    assert lookups.table(ItemColumns(account["items"]), BY_KEY, account) is None
    assert lookups.table(ItemColumns("items"), BY_KEY, account) is None
    assert lookups.table(ItemColumns([]), FIXED, account) is None
    asked = Holds(Ref("scope", ("a",)), Present(True))
    assert lookups.table(ItemColumns([]), All((BY_KEY, asked)), account) is None


@pytest.mark.parametrize(
    "value",
    [
        {"a": {"b": 1}},
        {"a": [{"b": 1}, {"b": [2, [3, []]]}, {}, 4, [[{"b": 5}], {"b": {"c": 6}}]]},
        [{"a": [{"b": None}]}, {"a": {"b": [[]]}}],
        {"a": []},
        {"b": 1},
        7,
    ],
)
@pytest.mark.parametrize("names", [(), ("a",), ("a", "b"), ("a", "b", "c")])
def test_all_values_at_a_path_are_found_in_their_order(value: Any, names: tuple[str, ...]) -> None:
    assert list(indexed._values(value, names)) == list(every_value_at(value, names))
