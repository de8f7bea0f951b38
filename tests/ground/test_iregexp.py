"""Patterns: what is accepted and refused; and that all engines and answers agree with `matches`."""

from __future__ import annotations

import itertools
import json
import random
import re
import shutil
import subprocess
import time
import tracemalloc
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from effort import examples
from hypothesis import example, given, settings
from hypothesis import strategies as st

from covage_model.ground import iregexp as patterns
from covage_model.ground.iregexp import Pattern, PatternError, SearchUndecided, matches, parse

HOSTILE = ["a", "b", "0", "é", "٣", "𝟘", "\n", "\r", "\u2028", "😀", " ", "-", "&", "^", "\x85"]
LITERALS = [
    "a",
    "b",
    "0",
    "é",
    "٣",
    "𝟘",
    "😀",
    " ",
    "-",
    "/",
    "&",
    "~",
    "\\.",
    "\\-",
    "\\n",
    "\\r",
    "\\^",
    "\n",
]
CLASSES = [
    ".",
    "[ab]",
    "[^a]",
    "[a-z0-9]",
    "[-b]",
    "[0-]",
    "[^-]",
    "[$&~|]",
    "[^\\n-]",
    "[\\^\\]-]",
    "[٠-٩]",
    "[😀𝟘]",
    "[a-\U0010ffff]",
    "[^\\p{L}0]",
    "[\\P{Nd}b]",
    "\\p{L}",
    "\\P{L}",
    "\\p{Nd}",
    "\\p{Cc}",
    "\\p{Zl}",
    "\\P{C}",
    "\\p{Cn}",
    "[\ud7fe-\ue001]",
    "[+-\\-]",
    "[:alph:]",
    "[&-&]",
]


def _repeated(atom: str) -> st.SearchStrategy[str]:
    counts = st.sampled_from(["*", "+", "?", "{0}", "{1}", "{2}", "{0,2}", "{1,3}", "{2,}", "{0,}"])
    return counts.map(lambda count: atom + count)


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    group = st.lists(inner, max_size=3).map(lambda branches: f"({'|'.join(branches)})")
    return st.one_of(
        group,
        group.flatmap(_repeated),
        st.lists(inner, min_size=2, max_size=3).map("".join),
    )


ATOMS = st.sampled_from(LITERALS + CLASSES)
INNER = st.recursive(ATOMS | ATOMS.flatmap(_repeated), _grown, max_leaves=6)
TEXTS = st.lists(INNER, max_size=2).map(lambda branches: f"^{'|'.join(branches)}$")
PATTERNS = TEXTS.map(parse)
STRINGS = st.text(st.sampled_from(HOSTILE), max_size=6)
SHORT = ["".join(signs) for length in range(4) for signs in itertools.product(["a", "b", "0", "\n"], repeat=length)]


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("^$", [""], ["\n", "a"]),
        ("^a$", ["a"], ["", "a\n", "aa", "\na"]),
        ("^.$", ["a", "\u2028", "😀", "\x85", "\x00"], ["\n", "\r", "", "ab", "\ud800"]),
        ("^a|bc$", ["a", "bc"], ["ac", "abc", "ab"]),
        ("^(|a)b$", ["b", "ab"], ["a"]),
        ("^a|$", ["", "a"], ["b"]),
        ("^()$", [""], ["a"]),
        ("^(){3}a$", ["a"], [""]),
        ("^a{2}$", ["aa"], ["a", "aaa"]),
        ("^a{2,}$", ["aa", "aaaaa"], ["a"]),
        ("^a{1,3}$", ["a", "aa", "aaa"], ["", "aaaa"]),
        ("^a{0}b$", ["b"], ["ab"]),
        ("^a{007}$", ["aaaaaaa"], ["aaaaaa"]),
        ("^(ab|cd|ef|gh|ij)*k$", ["k", "abijk", "efghcdk"], ["ab", "abjk"]),
        ("^(a|bc){2,3}$", ["aa", "abc", "bcbcbc"], ["a", "aaaa"]),
        ("^(a?){2,3}b$", ["b", "aaab"], ["aaaab"]),
        ("^[a-c-]$", ["a", "b", "-"], ["d"]),
        ("^[-a]$", ["-", "a"], ["b"]),
        ("^[--]$", ["-"], ["a"]),
        ("^[^-]$", ["a", "\n"], ["-"]),
        ("^[^^]$", ["a"], ["^"]),
        ("^[a^$.*+?(){}|,]$", list("a^$.*+?(){}|,"), ["b", "\\"]),
        ("^[\\]\\[\\\\\\-\\n]$", list("][\\-\n"), ["n"]),
        ("^\\(\\)\\*\\+\\-\\.\\?\\[\\\\\\]\\^\\n\\r\\t\\{\\|\\}$", ["()*+-.?[\\]^\n\r\t{|}"], [""]),
        ("^\\p{Lu}\\p{Nd}$", ["A0", "É٣", "Z𝟘"], ["a0", "A½"]),
        ("^\\P{L}$", ["0", "\n"], ["a", "é"]),
        ("^[\\p{L}0-]$", ["é", "0", "-"], ["1"]),
        ("^[^\\p{L}]$", ["0"], ["a"]),
        ("^,-/<>'\"#%&=~:;@_`!$", [",-/<>'\"#%&=~:;@_`!"], [""]),
        ("^[\ud7fe-\ue001]$", ["\ud7ff", "\ue000"], ["\ud800", "\ue002"]),
    ],
)
def test_a_pattern_matches_whole_strings_only(text: str, yes: list[str], no: list[str]) -> None:
    assert [string for string in yes + no if matches(text, string)] == yes


REFUSED = [
    ("", 0, '"^"'),
    ("a$", 0, '"^"'),
    ("^", 1, '"$"'),
    ("^a", 2, '"$"'),
    ("^a\n", 3, '"$"'),
    ("^a^b$", 2, '"\\^"'),
    ("^a$b$", 2, '"[$]"'),
    ("^a$|^b$", 2, '"[$]"'),
    ("^a\\$", 2, "escapes nothing"),
    ("^a\\$b$", 2, '"[$]"'),
    ("^\\d$", 1, '"[0-9]"'),
    ("^\\w$", 1, '"[A-Za-z0-9_]"'),
    ("^\\s$", 1, '"[ \\t\\n\\r]"'),
    ("^[\\d]$", 2, '"0-9"'),
    ("^\\bx$", 1, "word boundaries"),
    ("^(a)\\1$", 4, "back-references"),
    ("^\\/$", 1, '"/"'),
    ("^\\u0041$", 1, "the character itself"),
    ("^[\\u]$", 2, "the character itself"),
    ("^\\\n$", 1, "remove it"),
    ("^\\p{Foo}$", 1, "general category"),
    ("^\\p{Cs}$", 1, "general category"),
    ("^\\p{IsGreek}$", 1, "general category"),
    ("^\\pL$", 1, "general category"),
    ("^[\\p]$", 2, "general category"),
    ("^(?:a)$", 1, 'type "("'),
    ("^(?=a)$", 1, 'type "("'),
    ("^(?<n>a)$", 1, 'type "("'),
    ("^(a$", 1, 'type ")"'),
    ("^((a)$", 1, 'type ")"'),
    ("^a)$", 2, '"\\)"'),
    ("^a*?$", 3, "lazy"),
    ("^a+?$", 3, "lazy"),
    ("^a{2}?$", 5, "lazy"),
    ("^a*+$", 3, "possessive"),
    ("^a**$", 3, "follows a quantifier"),
    ("^*$", 1, '"\\*"'),
    ("^(+)$", 2, '"\\+"'),
    ("^a|?$", 3, '"\\?"'),
    ("^{2}$", 1, '"\\{"'),
    ("^a{$", 2, '"\\{"'),
    ("^a{,2}$", 2, '"\\{"'),
    ("^a{1 }$", 2, '"\\{"'),
    ("^a{٣}$", 2, '"\\{"'),
    ("^a{3,2}$", 2, "{3,2}"),
    ("^a}$", 2, '"\\}"'),
    ("^a]$", 2, '"\\]"'),
    ("^[]$", 1, "empty"),
    ("^[^]$", 1, "empty"),
    ("^[]a]$", 1, "empty"),
    ("^[a$", 1, 'type "]"'),
    ("^[$", 1, 'type "]"'),
    ("^[^$", 1, 'type "]"'),
    ("^[a-$", 1, 'type "]"'),
    ("^[a\\]$", 1, 'type "]"'),
    ("^[[:alpha:]]$", 2, '"\\["'),
    ("^[z-\n]$", 2, '"z-U+000A"'),
    ("^[z-a]$", 2, '"z-a"'),
    ("^[a--]$", 4, '"\\-"'),
    ("^[a-b-c]$", 5, '"\\-"'),
    ("^[--a]$", 3, '"\\-"'),
    ("^[\\p{L}-z]$", 7, '"\\-"'),
    ("^[a-\\p{L}]$", 4, '"\\p" is not in'),
    ("^[a&&b]$", 3, '"&&"'),
    ("^[!-&&]$", 4, '"&&"'),
    ("^[~~]$", 2, '"~~"'),
    ("^[a||b]$", 3, '"||"'),
    ("^[^\\p{L}\\P{L}]$", 1, "no character"),
    ("^a\ud800$", 2, "surrogate"),
    ("^[\ud800]$", 2, "surrogate"),
    ("^a{1,1000000}$", 2, "1,000,000 characters"),
    ("^a{5001,}$", 2, "5,001 characters"),
    ("^(a{100}){100}$", 9, "10,000 characters"),
    ("^(((){100}){100}){100}$", 11, "10,000 characters"),
    (f"^a{{{'9' * 5000}}}$", 2, "far more"),
    ("^\\p{L}{300}$", 6, "maxLength"),
    (f"^{'a' * 5001}$", 0, "5,001 characters"),
    ("^" + "(" * 51 + ")" * 51 + "$", 51, "50 deep"),
    ("^" + "(" * 100_000 + "$", 51, "50 deep"),
]


@pytest.mark.parametrize(("text", "offset", "words"), REFUSED)
def test_what_engines_would_read_differently_is_refused_where_it_stands(text: str, offset: int, words: str) -> None:
    with pytest.raises(PatternError) as caught:
        parse(text)
    assert caught.value.offset == offset
    assert words in caught.value.reason


def test_reasons_are_one_lower_case_sentence() -> None:
    for text, _, _ in REFUSED:
        with pytest.raises(PatternError) as caught:
            parse(text)
        assert not caught.value.reason[0].isupper()
        assert not caught.value.reason.endswith(".")
        assert caught.value.reason.isprintable()


@given(st.text(st.sampled_from(list("ab()[]{}|*+?.^$\\-p&L1,\n\ud800"))).map(lambda inner: f"^{inner}$"))
@settings(max_examples=examples(60))
def test_any_text_is_a_pattern_or_refused_within_it(text: str) -> None:
    try:
        pattern = parse(text)
    except PatternError as error:
        assert 0 <= error.offset <= len(text)  # noqa: PT017 - a refusal is one of two good answers
    else:
        re.compile(patterns.portable(pattern))


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("^KOSC_[0-9a-f]{8}-[0-9A-Z_]{4}$", "^KOSC_[0-9a-f]{8}-[0-9A-Z_]{4}$"),
        ("^a|b$", "^(?:a|b)$"),
        ("^(a|b)$", "^(?:a|b)$"),
        ("^(ab)c$", "^abc$"),
        ("^(ab)+$", "^(?:ab)+$"),
        ("^(a*)*$", "^(?:a*)*$"),
        ("^.*$", "^[^\\n\\r]*$"),
        ("^[$]\\-/[.]$", "^\\$-/\\.$"),
        ("^[a-]\\^$", "^[a\\-]\\^$"),
        ("^[&\\p{Sm}~]$", None),
        ("^(){2}a{0}b$", "^b$"),
        ("^a{0,1}b{0,}c{1,}d{2,2}$", "^a?b*c+d{2}$"),
        ("^\n\x00\xad\u2028é😀$", "^\\n\\u0000\\u00ad\\u2028é😀$"),
        ("^\\p{Zl}\\P{Zl}$", "^\\u2028[^\\u2028]$"),
        ("^[\\P{Zl}]$", "^[\\u0000-\\u2027\\u2029-\U0010ffff]$"),
    ],
)
def test_the_portable_spelling_stays_near_what_was_written(text: str, spelled: str | None) -> None:
    found = patterns.portable(parse(text))
    assert spelled is None or found == spelled
    re.compile(found)
    jsonschema_rs.Draft202012Validator({"pattern": found})


@given(TEXTS, st.lists(STRINGS, min_size=1, max_size=8))
@settings(max_examples=examples(60), deadline=None)
@example("^(a?){2,3}b$", ["aab", "b", "aaaab"])
@example("^(a|ab)(c|bcd)?$", ["abcd", "ab"])
def test_matching_agrees_with_every_engine_on_the_portable_spelling(text: str, strings: list[str]) -> None:
    spelled = patterns.portable(parse(text))
    core = re.compile(spelled[1:-1])
    stock = jsonschema.Draft202012Validator({"pattern": spelled})
    rust = jsonschema_rs.Draft202012Validator({"pattern": spelled})
    for string in [*strings, *SHORT]:
        expected = matches(text, string)
        assert (core.fullmatch(string) is not None) == expected
        assert rust.is_valid(string) == expected
        if not string.endswith("\n"):
            assert stock.is_valid(string) == expected


@pytest.mark.skipif(shutil.which("node") is None, reason="no JavaScript engine is installed")
def test_ecmascript_reads_the_portable_spelling_alike() -> None:
    texts = [f"^{atom}{count}$" for atom in LITERALS + CLASSES for count in ("", "+", "{0,2}")]
    texts += [f"^({one}|b{two})*$" for one, two in zip(CLASSES, reversed(CLASSES), strict=True)]
    strings = [*HOSTILE, *SHORT, "aé", "😀😀", "\U0010ffff", "\ud7ff", "\ue000"]
    script = (
        "const {spelled, strings} = JSON.parse(require('fs').readFileSync(0));"
        "console.log(JSON.stringify(spelled.map(p => {"
        "const r = new RegExp(p, 'u'); return strings.map(s => r.test(s))})))"
    )
    asked = {"spelled": [patterns.portable(parse(text)) for text in texts], "strings": strings}
    answer = subprocess.run(["node", "-e", script], input=json.dumps(asked), capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout) == [[matches(text, string) for string in strings] for text in texts]


@given(PATTERNS)
@settings(max_examples=examples(40), deadline=None)
def test_a_newline_is_forbidden_beside_a_pattern_only_if_no_match_ends_in_one(pattern: Pattern) -> None:
    some_end = any(matches(pattern.text, string) for string in SHORT if string.endswith("\n"))
    assert patterns.may_end_in_newline(pattern) or not some_end
    schema: dict[str, Any] = {"pattern": patterns.portable(pattern)}
    if not patterns.may_end_in_newline(pattern):
        schema["not"] = {"pattern": "\n$"}
        stock = jsonschema.Draft202012Validator(schema)
        assert all(stock.is_valid(string) == matches(pattern.text, string) for string in SHORT)
    else:
        witness = patterns.shortest(pattern, parse("^(.|\n|\r)*\n$"))
        assert witness is not None
        assert matches(pattern.text, witness)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("^$", 0),
        ("^abc|d$", 3),
        ("^a*$", None),
        ("^a{2,5}b?$", 6),
        ("^(){9}(a{0})*$", 0),
        ("^(a|b+)$", None),
        ("^(ab|c){3}$", 6),
        ("^a{3,}$", None),
        ("^(a*){0}b$", 1),
        ("^😀{2}$", 2),
    ],
)
def test_the_longest_match_is_known(text: str, length: int | None) -> None:
    assert patterns.longest(parse(text)) == length


@given(PATTERNS, st.randoms(use_true_random=False))
@settings(max_examples=examples(40), deadline=None)
def test_samples_and_shortest_match_and_keep_to_the_lengths(pattern: Pattern, source: random.Random) -> None:
    shortest = patterns.shortest(pattern)
    drawn = patterns.sample(pattern, source, limit=8)
    assert shortest is not None
    assert drawn is not None
    assert matches(pattern.text, shortest)
    assert matches(pattern.text, drawn)
    longest = patterns.longest(pattern)
    assert len(shortest) <= len(drawn) <= max(8, len(shortest))
    assert longest is None or len(drawn) <= longest
    assert all(len(shortest) <= len(string) for string in SHORT if matches(pattern.text, string))


@given(PATTERNS, PATTERNS, st.randoms(use_true_random=False))
@settings(max_examples=examples(40), deadline=None)
def test_disjoint_includes_shortest_and_samples_tell_one_story(
    one: Pattern, two: Pattern, source: random.Random
) -> None:
    both = patterns.shortest(one, two)
    drawn = patterns.sample(one, source, two)
    assert patterns.disjoint(one, two) == patterns.disjoint(two, one) == (both is None) == (drawn is None)
    for witness in (both, drawn):
        assert witness is None or (matches(one.text, witness) and matches(two.text, witness))
    common = [string for string in SHORT if matches(one.text, string) and matches(two.text, string)]
    assert both is not None or not common
    assert all(both is not None and len(both) <= len(string) for string in common)
    included = patterns.includes(one, two)
    assert included is not None
    alone = [string for string in SHORT if matches(two.text, string) and not matches(one.text, string)]
    assert not (included and alone)
    for _ in range(5):
        found = patterns.sample(two, source)
        assert found is not None
        assert not included or matches(one.text, found)


NEGATIONS = [
    ("^a.*$", "^([^a](.|\n|\r)*)?$|^a.*[\n\r](.|\n|\r)*$".replace("$|^", "|")),
    ("^[^b]*$", "^(.|\n|\r)*b(.|\n|\r)*$"),
    ("^(..)*$", "^.(..)*|(.|\n|\r)*[\n\r](.|\n|\r)*$"),
]


@given(PATTERNS, st.sampled_from(NEGATIONS))
@settings(max_examples=examples(30), deadline=None)
def test_a_pattern_includes_another_exactly_if_its_negation_is_disjoint(other: Pattern, pair: tuple[str, str]) -> None:
    this, negation = map(parse, pair)
    assert patterns.disjoint(this, negation)
    assert patterns.includes(this, other) == patterns.disjoint(negation, other)


@pytest.mark.parametrize(
    ("wide", "narrow", "included", "apart"),
    [
        ("^[a-z]+$", "^[a-f]{2}$", True, False),
        ("^[a-f]{2}$", "^[a-z]+$", False, False),
        ("^(a+)+$", "^a+$", True, False),
        ("^a|b$", "^[ab]$", True, False),
        ("^[ab]$", "^a|b$", True, False),
        ("^a*$", "^$", True, False),
        ("^a+$", "^$", False, True),
        ("^.*$", "^[a\n]$", False, False),
        ("^\\p{L}+$", "^\\p{Lu}\\p{Ll}*$", True, False),
        ("^\\p{L}$", "^\\P{L}$", False, True),
        ("^A[0-9]{3}$", "^A[0-9]{4}$", False, True),
        ("^(a|b)*a(a|b){200}$", "^(a|b)*b(a|b){200}$", False, True),
        ("^a{0,4000}$", "^a{3999}$", True, False),
    ],
)
def test_the_relation_of_two_languages_is_decided(wide: str, narrow: str, *, included: bool, apart: bool) -> None:
    assert patterns.includes(parse(wide), parse(narrow)) is included
    assert patterns.disjoint(parse(wide), parse(narrow)) is apart


def test_a_search_that_explodes_is_given_up_in_time() -> None:
    one, two = parse("^(a|b)*a(a|b){40}$"), parse("^((a|b)(a|b))*b(a|b){41}$")
    started = time.perf_counter()
    assert patterns.disjoint(parse("^(a{997})+$"), parse("^(a{991})+b$")) is None
    assert patterns.includes(one, two) in (None, False)
    assert patterns.includes(one, parse("^(a|b)*a(a|b){40}|(a|b)*a(a|b){40}$")) is None
    assert patterns.disjoint(parse("^(.{0,9}a.{0,9}){200}$"), parse("^(.{0,9}b.{0,9}){199}c*$")) in (
        None,
        False,
    )
    assert time.perf_counter() - started < 60


@pytest.mark.hard
def test_shortest_and_sample_say_when_they_gave_up() -> None:
    primes = [parse(f"^(a{{{prime}}})+$") for prime in (97, 89, 83)]
    assert patterns.shortest(*primes[:2]) == "a" * 97 * 89
    with pytest.raises(SearchUndecided):
        patterns.shortest(*primes)
    with pytest.raises(SearchUndecided):
        patterns.sample(primes[0], random.Random(0), *primes[1:])


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["^.$"], "0"),
        (["^[a-z]{2}|b$"], "b"),
        (["^[\\n!]$"], "!"),
        (["^[\\n\\u]$".replace("\\u", "é")], "é"),
        (["^\\n?\\r$"], "\r"),
        (["^[ab]*b$", "^..$"], "ab"),
        (["^a*$", "^(aa)*$", "^(aaa)+$"], "aaaaaa"),
        (["^(aa)*$", "^a(aa)*$"], None),
        (["^a?$", "^b?$", "^.+$"], None),
        (["^(a|b)*a(a|b){60}$"], "a" * 61),
        (["^(ab|cd|ef|gh|ij){3}$", "^[^a].*[^a].$"], "cdabcd"),
        (["^!a|bb$"], "bb"),
        (["^(a|b)*a(a|b){40}$", "^(a|b)*b(a|b){40}$"], None),
        (["^z{3000}$"], "z" * 3000),
    ],
)
def test_the_shortest_match_is_the_first_in_reading_order(texts: list[str], found: str | None) -> None:
    assert patterns.shortest(*map(parse, texts)) == found


def test_samples_are_about_uniform_over_branches_and_vary_in_length() -> None:
    source = random.Random(7)
    drawn = [patterns.sample(parse("^(foo|bar+|[x-z]{3,30}|0)$"), source) or "" for _ in range(2000)]
    for first in ("f", "b", "0"):
        assert 400 < sum(string.startswith(first) for string in drawn) < 600
    assert len({len(string) for string in drawn}) > 20
    assert max(map(len, drawn)) <= 40


def test_samples_find_the_few_strings_that_all_the_patterns_share() -> None:
    source = random.Random(3)
    found = {patterns.sample(parse("^[a-z]*$"), source, parse("^.{4}$"), parse("^(ab|xyz)*$")) for _ in range(9)}
    assert found == {"abab"}
    assert patterns.sample(parse("^a$"), source, parse("^b$")) is None
    assert patterns.sample(parse("^a{50}$"), source, limit=3) == "a" * 50


def test_a_sample_is_a_function_of_the_seed() -> None:
    pattern = parse("^(.|[a-z]{2,9}|\\p{L}+)*$")
    one, two = ([patterns.sample(pattern, random.Random(seed)) for seed in range(20)] for _ in range(2))
    assert one == two


@given(st.lists(st.text(st.sampled_from([*HOSTILE, *"$^.*[](){}|\\?+\t"]), max_size=3), min_size=1), STRINGS)
@settings(max_examples=examples(30), deadline=None)
def test_starting_with_a_prefix_is_one_language_in_both_spellings(prefixes: list[str], string: str) -> None:
    pattern = patterns.starts(prefixes)
    schema = {"pattern": patterns.prefix_pattern(prefixes)}
    stock, rust = jsonschema.Draft202012Validator(schema), jsonschema_rs.Draft202012Validator(schema)
    whole = re.compile(patterns.portable(pattern)[1:-1])
    assert parse(pattern.text) == pattern
    for asked in [string, *(prefix + string for prefix in prefixes), *("a" + prefix for prefix in prefixes)]:
        expected = asked.startswith(tuple(prefixes))
        assert matches(pattern.text, asked) == expected
        assert stock.is_valid(asked) == rust.is_valid(asked) == expected
        assert (whole.fullmatch(asked) is not None) == expected


def test_no_prefix_is_refused() -> None:
    for function in (patterns.starts, patterns.prefix_pattern):
        with pytest.raises(PatternError):
            function([])


BOMBS = [
    "^(a+)+$",
    "^(a*)*b$",
    "^(a|a)*b$",
    "^(a|aa)+$",
    "^(.*.*.*)*b$",
    "^(a?){500}a{500}$",
    "^(a|b)*a(a|b){900}$",
]


@pytest.mark.parametrize("text", [*BOMBS, "^((((a*)*)*)*)*$", "^.*a.{0,2000}b.*$", "^(ab?){2000}$", "^\\p{L}*$"])
def test_time_is_linear_in_hostile_strings(text: str) -> None:
    source = random.Random(1)
    hostile = ["a" * 100_000 + "!", "".join(source.choices("ab", k=100_000))]
    hostile.append("".join(map(chr, range(0x100, 0xD000))) * 2)  # fills every cache
    matches(text, "a")
    started = time.perf_counter()
    for string in hostile:
        matches(text, string)
    assert time.perf_counter() - started < 10


def test_the_memory_of_a_pattern_is_bounded() -> None:
    source = random.Random(2)
    strings = ["".join(source.choices("ab", k=30_000)) for _ in range(3)]
    text = "^(a|b)*a(a|b){900}$"
    tracemalloc.start()
    for string in strings:
        matches(text, string)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


@pytest.mark.parametrize("atom", [".", "a", "[^a]", "\\p{L}", "[^\\p{L}]", "😀", "[a-z]"])
def test_the_largest_patterns_compile_in_every_engine(atom: str) -> None:
    size = 185 if "p{" in atom else 4999
    for text in (f"^{atom}{{{size}}}$", f"^{atom}{{0,{size}}}$"):
        spelled = patterns.portable(parse(text))
        re.compile(spelled)
        jsonschema_rs.Draft202012Validator({"pattern": spelled})
    deep = "^" + "(" * 50 + "ab" + ")*" * 50 + "$"
    jsonschema_rs.Draft202012Validator({"pattern": patterns.portable(parse(deep))})
    assert matches(deep, "abab")


def test_reading_a_pattern_again_is_the_same_pattern() -> None:
    assert parse("^a{2}$") == parse("^a{2}$")
    assert hash(parse("^a$")) == hash(parse("^a$"))
    assert parse("^a$") != parse("^(a)$")
    assert repr(parse("^a$")) == "Pattern(text='^a$')"


# --- backtracking

LINEAR = ["^(a+-)+$", "^[a-z]+@[a-z]+$", "^[0-9]{5}[0-9]{4}$", "^([0-9]{1,3}\\.){3}[0-9]{1,3}$", "^(ab?)*$", "^(a?)*$"]
LINEAR += ["^\\p{L}+( \\p{L}+)*$", "^(.|\\n|\\r)*$", "^(a{10}){10}$", "^((a|b)+c)+$", "^a{2,}$", "^(a|ab)(c|bcd)d*$"]
POLYNOMIAL = ["^a*a*$", "^.*x.*$", "^([a-z]+){10}$", "^a*b?[ab]*$", "^(a+b?){2}c$"]
EXPONENTIAL = ["^(a+)+$", "^(a*)*$", "^(a|a)*$", "^(a|b|ab)*$", "^([a-z0-9]+-?)*$", "^(a{2}|a{3})+$", "^(a*b*)*$"]
EXPONENTIAL += ["^(x+x+)+y$", "^(\\p{L}+ ?)+$", "^(a?){30}a{30}$", "^(a{1,20}){1,20}$", "^(.|[^b])+$", "^((a+)+b)+$"]


@pytest.mark.parametrize(
    ("text", "growth"),
    [(text, growth) for growth in ("LINEAR", "POLYNOMIAL", "EXPONENTIAL") for text in globals()[growth]],
)
def test_how_long_a_backtracking_engine_may_take(text: str, growth: str) -> None:
    assert patterns.backtracking(parse(text)).name == growth


FEW_LETTERS = st.recursive(
    st.sampled_from(["a", "b", "-", "[ab]", "a+", "b*", "a?", "(ab)*"]), _grown, max_leaves=5
).map(lambda inner: f"^{inner}$")


@settings(max_examples=examples(60), deadline=None)
@given(FEW_LETTERS)
def test_what_is_linear_does_not_keep_an_engine_busy(text: str) -> None:
    pattern = parse(text)
    if patterns.backtracking(pattern) is patterns.Backtracking.LINEAR:
        for word in ("a" * 24, "ab" * 12, "a-" * 12):
            start = time.process_time()
            re.fullmatch(patterns.portable(pattern), word + "\0")
            assert time.process_time() - start < 1  # a million steps for each character


def test_a_pattern_too_large_to_decide_is_undecided() -> None:
    large = "^(" + "|".join(f"{number}x*" for number in range(400)) + ")*$"
    assert patterns.backtracking(parse(large)) is patterns.Backtracking.UNDECIDED
