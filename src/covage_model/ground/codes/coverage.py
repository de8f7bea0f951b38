"""CM52x: coverage records, which count what was exercised."""

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
}
