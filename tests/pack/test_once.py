"""A list in a spec that says an item twice: one finding, at the second place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from covage_model.api import packs
from covage_model.pack.compile import grammar, grammar_files
from covage_model.pack.compile.shapes import ByKey, ByKeys, ByKind, Items, Keys, Named, Shape

# lists whose items may be the same: in each of them an item at another place says something else
IN_ORDER = {
    "precedes": "two conditions, each with a part of its own",
    "leads_to": "two conditions, each with a part of its own",
    "cases": "the first that holds",
    "weight": "the first that holds",
    "emitted": "events as they came",
    "findings": "as many as there are",
    "steps": "moves in order",
    "earlier": "the same order sent again is what `unique` finds",
    "uniform": "two durations, each with a part of its own",
    "triangular": "three durations, each with a part of its own",
}

FILES = {
    "pack.yaml": """
pack: tiny
format: 1
languages: [en, en]
documents: [docs, docs]
actors: {sender: Sender, carrier: Carrier}
sources: {page: {title: A page}}
source: [page, page]
""",
    "types.yaml": """
types:
  base: {fields: {code: string}}
  size: {enum: [s, m, s], examples: [s, s]}
  titled: {enum: [s, {value: s, title: Small}]}
""",
    "events.yaml": "events: {sent: {}}",
    "life.yaml": """
lifecycle: life
variables: {tries: [0, 1, 0]}
states: {draft: {initial: true, shown_as: draft}, done: {final: success}}
transitions:
  finish:
    {by: [carrier, carrier], from: [draft, draft], to: done, emits: [sent, sent], guard: {tries: {in: [0, 0]}}}
  leave: {by: sender, from: draft, to: done, emits: sent, cases: [{emits: sent}]}
properties:
  ends: {leads_to: [{state: draft}, {state: done}], assuming: [finish, finish]}
  sent: {only: {when: {trigger: finish}, by: [carrier, carrier]}}
  open: {sometimes: {any: [{state: draft}, {state: draft}]}}
""",
    "parcel.yaml": """
order: parcel
follows: life
include: [base, base]
match: {kind: [parcel, parcel]}
fields: {kind: string, number: {type: string, required: [draft, draft], forbidden: [{from: done}, {from: done}]}}
key: [number, number]
unique: [code, code]
rules: {same: {when: {number: {starts: [a, a]}}, then: {all: [{code: a}, {code: a}]}}}
""",
    "first.yaml": """
profile: first
calendars: {office: {mon: ["09:00-12:00", "09:00-12:00"]}}
timers: {visit: {from: [finish, finish], fixed: 1 d}}
""",
    "second.yaml": "profile: second\nover: [first, first]",
    "scenario.yaml": """
scenario: refused twice
given: {order: parcel}
steps: [{refused: {finish: [number, number]}}]
""",
}


def _lists(shape: Shape, key: str, seen: set[str]) -> Iterator[tuple[str, Items]]:
    """Each list of the grammar, with the key whose value it is."""
    match shape:
        case Items():
            yield key, shape
            yield from _lists(shape.item, "", seen)
        case Keys():
            for word, inner in shape.known.items():
                yield from _lists(inner, word, seen)
            if shape.named is not None:
                yield from _lists(shape.named, key, seen)
        case ByKind(options):
            for option in options:
                yield from _lists(option, key, seen)
        case ByKeys(_, inner, outer):
            for option in (inner, outer):
                yield from () if option is None else _lists(option, key, seen)
        case ByKey(_, inner, outer):
            yield from _lists(inner, key, seen)
            yield from _lists(outer, key, seen)
        case Named(name):
            if (name, key) not in seen:
                seen.add((name, key))
                yield from _lists(grammar.SHAPES[name], key, seen)


def test_every_list_says_each_item_once_or_has_an_order() -> None:
    lists = [pair for name, shape in grammar_files.FILES.items() for pair in _lists(shape, name, set())]
    assert len(lists) > 60
    assert {key for key, shape in lists if not shape.once and key} == set(IN_ORDER)


def test_an_item_that_is_said_twice_is_found_where_it_is_said_again(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = [
        f"{Path(finding.location.file).stem} {finding.arguments.get('of', finding.arguments.get('name'))}"
        for finding in packs.load([str(tmp_path)], cache=False).findings
        if finding.code == "CM201"
    ]
    assert sorted(found) == sorted(
        [
            *("pack languages", "pack documents", "pack source", "types enum", "types examples", "types enum"),
            *("life tries", "life by", "life from", "life emits", "life in", "life sent", "life assuming", "life by"),
            *("life any", "parcel include", "parcel kind", "parcel required", "parcel forbidden", "parcel key"),
            *("parcel unique", "parcel starts", "parcel all", "first mon", "first from", "second over"),
            "scenario finish",
        ]
    )


@pytest.mark.parametrize(
    ("values", "twice"),
    [("[1, 1.0]", True), ("[1, true]", False), ('[1, "1"]', False), ("[0, false, null]", False)],
)
def test_two_values_are_the_same_where_they_are_to_json(tmp_path: Path, values: str, twice: bool) -> None:
    (tmp_path / "pack.yaml").write_text("pack: tiny\nformat: 1\n", encoding="utf-8")
    (tmp_path / "types.yaml").write_text(f"types: {{size: {{enum: {values}}}}}", encoding="utf-8")
    found = [finding.code for finding in packs.load([str(tmp_path)], cache=False).findings]
    assert ("CM201" in found) is twice
