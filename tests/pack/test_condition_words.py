"""Conditions in words: one phrase on one line, in French or English, with one possible reading."""

from __future__ import annotations

import re

import pytest
from effort import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from covage_model.pack.conditions.words import describe, pieces, scalar
from covage_model.pack.model.conditions import (
    FALSE,
    TRUE,
    All,
    Among,
    AnyOf,
    Condition,
    Count,
    DocumentReady,
    Every,
    Holds,
    Implies,
    In,
    Literal,
    Matches,
    Not,
    Present,
    Range,
    Ref,
    Some,
    Starts,
    Test,
)


def on(root: str, test: Test, *names: str, level: int = 0) -> Holds:
    return Holds(Ref(root, names, level), test)


A, B = on("variable", Literal("x"), "a"), on("variable", Literal("y"), "b")
IN = on("variable", In(("x", "y")), "a")
CASES: list[tuple[Condition, str, str]] = [
    (A, "a = x", "a = x"),
    (on("variable", Literal(value=True), "built"), "built", "built"),
    (on("variable", Literal(value=False), "built"), "not built", "non built"),
    (Not(on("variable", Literal(value=False), "built")), "built", "built"),
    (Not(on("variable", Literal(value=True), "built")), "not built", "non built"),
    (on("order", Literal(value=True), "options", "on"), "options.on = true", "options.on = true"),
    (on("order", Literal(None), "x"), "x = null", "x = null"),
    (on("order", Literal(1.5), "x"), "x = 1.5", "x = 1.5"),
    (on("order", Literal("01000"), "zip"), 'zip = "01000"', 'zip = "01000"'),
    (on("order", Literal(""), "x"), 'x = ""', 'x = ""'),
    (on("order", Literal("true"), "x"), 'x = "true"', 'x = "true"'),
    (on("account", Literal(value=False), "blocked"), "account.blocked = false", "account.blocked = false"),
    (on("here", In(("a", "b", "c")), "type"), "type = a, b or c", "type = a, b ou c"),
    (on("here", In(("a",)), "type"), "type = a", "type = a"),
    (on("here", In(()), "type"), "never", "jamais"),
    (Not(on("here", In(("a", "b")), "type")), "type is neither a nor b", "type n'est ni a ni b"),
    (Not(on("here", In(("a",)), "type")), "type ≠ a", "type ≠ a"),
    (Not(A), "a ≠ x", "a ≠ x"),
    (on("order", Starts(("A", "S")), "code"), "code starts with A or S", "code commence par A ou S"),
    (on("order", Starts(()), "code"), "never", "jamais"),
    (on("scope", Present(present=True), "x", level=1), "x present", "x présent"),
    (on("scope", Present(present=False), "x"), "x absent", "x absent"),
    (Not(on("scope", Present(present=False), "x")), "x present", "x présent"),
    (on("order", Matches("^[0-9]+$"), "x"), "x matches ^[0-9]+$", "x de la forme ^[0-9]+$"),
    (on("order", Range(1, None), "x"), "x ≥ 1", "x ≥ 1"),
    (on("order", Range(None, 2), "x"), "x ≤ 2", "x ≤ 2"),
    (on("order", Range(1, 2), "x"), "1 ≤ x ≤ 2", "1 ≤ x ≤ 2"),
    (on("order", Range(2, 2), "x"), "x = 2", "x = 2"),
    (on("order", Range(None, None), "x"), "x is a number", "x est un nombre"),
    (Not(on("order", Range(1, None), "x")), "not (x ≥ 1)", "non (x ≥ 1)"),
    (on("order", Count(2, 2), "refs"), "refs: 2 items", "refs : 2 éléments"),
    (on("order", Count(1, 1), "refs"), "refs: 1 item", "refs : 1 élément"),
    (on("order", Count(1, None), "refs"), "refs: at least 1 item", "refs : au moins 1 élément"),
    (on("order", Count(0, 3), "refs"), "refs: at most 3 items", "refs : au plus 3 éléments"),
    (on("order", Count(1, 3), "refs"), "refs: 1 to 3 items", "refs : de 1 à 3 éléments"),
    (on("order", Count(0, None), "refs"), "refs: any number", "refs : un nombre quelconque"),
    (
        on("order", Count(2, None, on("item", Literal("film"), "kind")), "items"),
        "items: at least 2 items with kind = film",
        "items : au moins 2 éléments avec kind = film",
    ),
    (
        on("order", Some(All((on("item", Literal("film"), "kind"), on("item", Present(present=True), "x")))), "items"),
        "an item of items: (kind = film and x present)",
        "un élément de items : (kind = film et x présent)",
    ),
    (
        on("order", Every(on("item", Starts(("S",)))), "refs"),
        "each item of refs: item starts with S",
        "chaque élément de refs : élément commence par S",
    ),
    (
        on("scope", Among(Ref("account", ("ennis", "reference"))), "refs"),
        "refs is among account.ennis.reference",
        "refs figure dans account.ennis.reference",
    ),
    (on("scope", Some(A), level=1), "an item of item: a = x", "un élément de élément : a = x"),
    (on("scope", Some(A)), "an item of document: a = x", "un élément de document : a = x"),
    (DocumentReady("submitted"), "document valid for submitted", "document valide pour submitted"),
    (on("state", In(("a", "b"))), "state = a or b", "état = a ou b"),
    (on("variant", Literal("loan/home")), "variant = loan/home", "variante = loan/home"),
    (on("final", Literal("loss")), "outcome = loss", "issue = loss"),
    (on("final", Literal("any")), "finished", "fini"),
    (on("final", In(("any", "loss"))), "finished", "fini"),
    (Not(on("final", Literal("any"))), "not finished", "non fini"),
    (on("final", Present(present=False)), "not finished", "non fini"),
    (Not(on("final", Present(present=False))), "finished", "fini"),
    (TRUE, "always", "toujours"),
    (FALSE, "never", "jamais"),
    (Not(TRUE), "never", "jamais"),
    (Not(FALSE), "always", "toujours"),
    (All((A, B)), "a = x and b = y", "a = x et b = y"),
    (AnyOf((A, B)), "a = x or b = y", "a = x ou b = y"),
    (All((A,)), "a = x", "a = x"),
    (Not(AnyOf((A,))), "a ≠ x", "a ≠ x"),
    (Not(Not(A)), "a = x", "a = x"),
    (All((AnyOf((A, B)), A)), "(a = x or b = y) and a = x", "(a = x ou b = y) et a = x"),
    (All((Not(Not(AnyOf((A, B)))), A)), "(a = x or b = y) and a = x", "(a = x ou b = y) et a = x"),
    (All((AnyOf((All((A, B)),)), A)), "(a = x and b = y) and a = x", "(a = x et b = y) et a = x"),
    (All((IN, B)), "(a = x or y) and b = y", "(a = x ou y) et b = y"),
    (AnyOf((IN, B)), "(a = x or y) or b = y", "(a = x ou y) ou b = y"),
    (All((Not(IN), B)), "(a is neither x nor y) and b = y", "(a n'est ni x ni y) et b = y"),
    (Implies(B, IN), "if b = y then (a = x or y)", "si b = y alors (a = x ou y)"),
    (Not(All((A, B))), "not (a = x and b = y)", "non (a = x et b = y)"),
    (Implies(A, B), "if a = x then b = y", "si a = x alors b = y"),
    (All((Implies(A, B), A)), "(if a = x then b = y) and a = x", "(si a = x alors b = y) et a = x"),
]


@pytest.mark.parametrize(("condition", "english", "french"), CASES)
def test_every_condition_has_a_phrase_in_both_languages(condition: Condition, english: str, french: str) -> None:
    assert (describe(condition, "en"), describe(condition, "fr")) == (english, french)


def test_another_language_is_said_in_english() -> None:
    assert describe(All((A, B)), "de") == "a = x and b = y"


def test_things_are_called_by_their_labels() -> None:
    labels = {
        ("variable", "a"): "Appointment",
        ("state", "running"): "In progress",
        ("status", "running"): "Shown",
        ("path", "account.blocked"): "Blocked",
        ("final", "success"): "réussite",
    }
    said = All(
        (
            A,
            B,
            on("state", Literal("running")),
            DocumentReady("running"),
            on("account", Present(present=True), "blocked"),
        )
    )
    expected = "Appointment = x and b = y and state = In progress and document valid for Shown and Blocked present"
    assert describe(said, "en", labels) == expected
    assert describe(said, "en", lambda kind, name: labels.get((kind, name))) == expected
    assert describe(on("final", Literal("success")), "fr", labels) == "issue = réussite"


def test_what_cannot_be_seen_is_spelt_out() -> None:
    hidden = All((on("order", Literal("\u2028\x7f"), "x"), on("order", Matches("^a\n$"), "y")))
    assert describe(hidden, "en") == 'x = "\\u2028\\u007f" and y matches ^a\\u000a$'
    assert describe(A, "en", {("variable", "a"): "two\n  lines"}) == "two lines = x"


def test_a_label_with_braces_is_no_placeholder() -> None:
    assert (
        describe(Not(on("variable", Literal(value=True), "a")), "en", {("variable", "a"): "{0} {x}"}) == "not {0} {x}"
    )
    assert pieces(Implies(on("variable", Literal(value=True), "{1}"), A), "fr") == ("si {1}", "alors a = x")


def test_scalars_are_bare_where_nothing_else_could_be_meant() -> None:
    assert [scalar(each) for each in ("booked", "4h", "true", True, None, 1.0, "a b", "é", "x\n")] == [
        "booked",
        '"4h"',
        '"true"',
        "true",
        "null",
        "1.0",
        '"a b"',
        "é",
        '"x\\n"',
    ]


SCALARS = st.one_of(st.text(max_size=4), st.integers(-9, 9), st.booleans(), st.none())
NAMES = st.sampled_from(["a", "b.c", "{0}"])
SIMPLE: st.SearchStrategy[Test] = st.one_of(
    SCALARS.map(Literal),
    st.lists(SCALARS, max_size=3).map(lambda each: In(tuple(each))),
    st.lists(st.text(max_size=2), max_size=3).map(lambda each: Starts(tuple(each))),
    st.booleans().map(Present),
    st.builds(Range, st.none() | st.integers(0, 3), st.none() | st.integers(4, 6)),
)
LEAVES = st.builds(
    lambda root, name, test: Holds(Ref(root, (name,)), test),
    st.sampled_from(["variable", "order", "account", "item"]),
    NAMES,
    SIMPLE,
) | st.builds(DocumentReady, NAMES)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda each: All(tuple(each))),
        st.lists(inner, max_size=3).map(lambda each: AnyOf(tuple(each))),
        inner.map(Not),
        st.builds(Implies, inner, inner),
        inner.map(lambda each: Holds(Ref("order", ("list",)), Some(each))),
        inner.map(lambda each: Holds(Ref("order", ("list",)), Every(each))),
        inner.map(lambda each: Holds(Ref("order", ("list",)), Count(1, None, each))),
    ),
    max_leaves=8,
)

TOGETHER = {" and ", " et "}
EITHER = {" or ", " ou ", " nor ", " ni "}


@settings(max_examples=examples(60), deadline=None)
@given(CONDITIONS, st.sampled_from(["fr", "en"]))
@example(All((IN, B)), "en")
def test_and_and_or_are_never_side_by_side_without_brackets(condition: Condition, language: str) -> None:
    phrase = re.sub(r'"(\\.|[^"\\])*"', "_", describe(condition, language))
    while (outer := re.sub(r"\([^()]*\)", lambda group: one_kind(group[0]), phrase)) != phrase:
        phrase = outer
    one_kind(phrase)


def one_kind(phrase: str) -> str:
    """A placeholder for a phrase joined by *and* or *or*. Fails if the phrase has both."""
    kinds = [words for words in (TOGETHER, EITHER) if any(word in phrase for word in words)]
    assert len(kinds) < 2, phrase
    return "_"


def test_a_label_that_joins_is_in_brackets() -> None:
    labels = {("variable", "a"): "Paid and sent"}
    assert describe(AnyOf((A, B)), "en", labels) == "(Paid and sent = x) or b = y"


@settings(max_examples=examples(60), deadline=None)
@given(CONDITIONS, st.sampled_from(["fr", "en"]))
def test_a_phrase_is_one_line_and_its_pieces_are_it(condition: Condition, language: str) -> None:
    said = describe(condition, language)
    assert said
    assert said.isprintable()
    assert " ".join(pieces(condition, language)) == said
