"""CM52x: coverage records, which count what was exercised, and what nobody would notice."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.codes.page import Page

PAGES: Mapping[str, Page] = {
    "CM520": Page(
        "a file that is not a coverage record",
        {"record": "this is not a coverage record: {detail:bare}"},
        "`run` and `validate` write coverage records with --save-coverage; `schemas/coverage-1.json` is their schema.\n"
        "This file was left out. The other records were merged.",
    ),
    "CM521": Page(
        "a record of another version of the pack",
        {
            "gone": "this pack no longer defines {count} of the items that the record counts: {names:bare}",
            "other": "it was recorded with another version of the pack {pack}; all its items still exist",
        },
        "A record counts items by name. Items that still exist under their name are counted; the others are listed\n"
        "here and left out. A rule that was rewritten under the same name keeps its counts; a case and a part of its\n"
        "guard are named by their text. Record again for exact counts.",
    ),
    "CM522": Page(
        "a record of another pack",
        {"pack": "the record is of the pack {found:bare}, not of {pack}"},
        "The record was left out. Give the same --pack as when it was recorded.",
    ),
    "CM523": Page(
        "a part of the pack that nothing exercised",
        {"never": "never exercised: {kind:bare} {name:bare}"},
        "No order and no scenario of the coverage records made use of it, although one could. Add an order or a\n"
        "scenario that does. These are warnings: `--fail-on warning` fails for them, and with a `--baseline` only for\n"
        "those that are new.",
    ),
    "CM524": Page(
        "a change of the pack that nobody notices",
        {"survived": "nothing notices a change: {change:bare}"},
        "`mutate` changes the pack in one place at a time. With this change, every order and every scenario of the\n"
        "corpus has the same result: what the line says could be lost unnoticed. Add an order or a scenario that has\n"
        "another result. These are warnings: `--fail-on warning` fails for them, and with a `--baseline` only for\n"
        "those that are new.",
    ),
    "CM525": Page(
        "a change of the pack that was not tried",
        {"lost": "a change was not tried: {change:bare} ({why:words})"},
        "The process that tried this mutant was killed, so nothing is known of it, and the score is not complete.\n"
        "Run again, with fewer `--jobs` if memory is short.",
    ),
    "CM526": Page(
        "less than --fail-under asks for",
        {
            "covered": "{found:words} is covered, less than {least:bare}",
            "score": "the mutation score is {found:bare}, less than {least:bare}",
            "no-score": "no mutant counts, so there is no score, and {least:bare} is asked for",
        },
        "`coverage` and `mutate` fail below the share that `--fail-under` says, and where there is none.",
    ),
}
