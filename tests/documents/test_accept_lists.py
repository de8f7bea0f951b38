"""The compiled judge asks rules over lists, of the document and of the account, as the interpreter does."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from random import Random
from textwrap import dedent
from typing import Any

import pytest
from effort import LONG

from covage_model import Pack, load_pack
from covage_model.documents.judge.compiled.line_reading import line_reading
from covage_model.documents.judge.compiled.plain import PlainJudge
from covage_model.documents.judge.verdict import Account

FILES = {
    "pack.yaml": "pack: hire\nformat: 1\nactors: {sender: Sender}\naccount: customer\n",
    "types.yaml": """
        types:
          place: {fields: {street: string, number: string}}
          known: {fields: {ref: string, state: string, tags: {type: array, items: string}, place: {type: place}}}
          customer: {fields: {known: {type: array, items: known}, tags: {type: array, items: string}}}
        """,
    "order.yaml": """
        order: hire
        follows: life
        match: {kind: hire}
        fields:
          ref: string
          state: string
          tags: {type: array, items: string}
          parts: {items: {fields: {name: string, ok: boolean, place: {type: place}}}}
        rules:
          some: {when: {state: some}, then: {parts: {some: {place.street: a, ok: true}}}}
          every: {when: {state: every}, then: {parts: {every: {any: [{name: {in: [a, b]}}, {not: {ok: true}}]}}}}
          count: {when: {state: count}, then: {parts: {count: {min: 1, max: 2, where: {place.number: {present: false}}}}}}
          length: {when: {state: length}, then: {tags: {count: {min: 1, max: 2}}}}
          names: {when: {state: names}, then: {parts: {some: {name: {among: order.ref}}}}}
          tags: {when: {state: tags}, then: {tags: {among: account.tags}}}
          found: {when: {state: found}, then: {account.known: {some: {ref: {among: order.ref}, place.street: {among: order.parts.place.street}}}}}
          absent: {when: {state: absent}, then: {not: {account.known: {some: {ref: {among: order.ref}, state: b, place.number: {among: order.parts.place.number}}}}}}
          either:
            when: {state: either, parts: {some: {name: {present: true}}}}
            then:
              account.known:
                some:
                  ref: {among: order.ref}
                  any:
                    - place.street: {present: false}
                    - order.parts: {every: {ok: true}}
                    - place: {present: true}
                      place.street: {among: order.parts.place.street}
                      place.number: {among: order.parts.place.number}
          within: {when: {state: within}, then: {account.known: {some: {ref: {among: order.ref}, tags: {some: {among: order.parts.name}}}}}}
          itself: {when: {state: itself}, then: {parts: {every: {name: {among: order.parts.place.street}}}}}
        """,
    "life.yaml": """
        lifecycle: life
        requests: sent
        states: {draft: {initial: true, editable: sender}, sent: {final: success}}
        transitions: {send: {by: sender, from: draft, to: sent, guard: {document: sent}}}
        """,
}
RULES = ("some", "every", "count", "length", "names", "tags", "found", "absent", "either", "within", "itself")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder: Path = tmp_path_factory.mktemp("hire")
    for name, text in FILES.items():
        (folder / name).write_text(dedent(text), encoding="utf-8")
    return load_pack(str(folder))


def some_of(random: Random, **made: Any) -> dict[str, Any]:
    return {name: value for name, value in made.items() if random.random() < 0.85}


def place(random: Random) -> dict[str, Any]:
    return some_of(random, street=random.choice("ab"), number=random.choice("12"))


def letters(random: Random) -> list[str]:
    return random.choices("abc", k=random.randrange(4))


def account(random: Random) -> dict[str, Any]:
    """An account, in some of which a value is of another type: its rules are decided by the interpreter then."""
    entries: list[Any] = [
        some_of(random, ref=random.choice("ab"), state=random.choice("ab"), tags=letters(random), place=place(random))
        for _ in range(random.randrange(3, 12))
    ]
    if random.random() < 0.4:
        odd = [{"ref": "a", "place": {"street": ["a"], "number": ["1"]}}, {"ref": ["b"]}, {"ref": 1}, "x"]
        entries = [*entries[:2], odd[random.randrange(2)], *odd[2 : random.randrange(2, 5)]]
    return some_of(random, known=entries, tags=letters(random))


def order(random: Random, state: str) -> dict[str, Any]:
    parts = [
        some_of(random, name=random.choice("ab"), ok=random.random() < 0.7, place=place(random))
        for _ in range(random.randrange(1, 5))
    ]
    made = some_of(random, ref=random.choice("ab"), tags=letters(random), parts=parts)
    return {"kind": "hire", "state": state, **made}


@pytest.mark.parametrize("lacking", [(), ("msgspec",)], ids=["typed", "untyped"])
def test_rules_over_lists_are_asked_as_the_interpreter_asks_them(
    pack: Pack, lacking: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("orjson")
    for name in lacking:
        monkeypatch.setitem(sys.modules, name, None)
    random, said = Random(7), Counter[tuple[str, bool]]()
    for _ in range(2_000 if LONG else 60):
        given = Account(account(random))
        reading = line_reading(PlainJudge(pack.judge, account=given), typed=True)
        for state in RULES * 2:
            document = order(random, state)
            value = reading.read(json.dumps(document).encode())
            is_clean = not pack.judge.verdict(document, "it", account=given).findings
            assert (reading.accepted(value) is not None) is is_clean, (document, given.data)
            said[state, is_clean] += 1
    assert all(said[state, is_clean] > 5 for state in RULES for is_clean in (True, False)), said
