"""Records of what was exercised (CM52x)."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.codes.page import Page

PAGES: Mapping[str, Page] = {
    "CM520": Page(
        "a file that is no coverage record",
        {"record": "this is no coverage record: {detail:bare}"},
        "`run` and `validate` write records with --save-coverage; `schemas/coverage-1.json` says what they look like.\n"
        "The file was left out, and the others were merged.",
    ),
    "CM521": Page(
        "a record of another version of the pack",
        {
            "gone": "this pack no longer has {count} of the things that it counts: {names:bare}",
            "other": "it was recorded with another version of the pack {pack}; all that it counts still has its name",
        },
        "Counts are kept by name: what still has its name counts; the rest is listed here and left out. A\n"
        "rule that was rewritten keeps its name and its counts; a case, and a part of its guard, are named by\n"
        "their text. Record again to be sure.",
    ),
    "CM522": Page(
        "a record of another pack",
        {"pack": "it was recorded with the pack {found:bare}, not with {pack}"},
        "The record was left out. Say the same --pack as when it was recorded.",
    ),
}
