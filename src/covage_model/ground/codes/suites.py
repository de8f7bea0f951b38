"""Suites of order files (CM53x): a manifest, and the files that it lists."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.codes.page import Page

PAGES: Mapping[str, Page] = {
    "CM530": Page(
        "a file that is no manifest of a suite",
        {
            "manifest": "this is no manifest of a suite: {detail:bare}",
        },
        "`generate --suite --out DIR` writes a suite and its `manifest.json`; `schemas/suite-1.json` says what that\n"
        "looks like. Nothing was asked of any validator.",
    ),
    "CM531": Page(
        "a suite whose files are not what was written",
        {
            "missing": "the manifest lists {file:bare}, and there is no such file",
            "unreadable": "{file:bare} cannot be read: {detail:bare}",
            "empty": "{file:bare} is empty",
            "changed": "{file:bare} is not what was written: its SHA-256 digest differs from the manifest's",
            "unlisted": "the manifest lists {file:bare}, and has no digest of it",
            "additional": "{file:bare} is in the suite's folder, and the manifest does not list it",
            "unprotected": "the manifest has no digests: nobody would notice a file that was changed",
        },
        "A manifest holds the SHA-256 digest of each file of its suite. A file that is missing or was changed is\n"
        "given to no validator, and never counts as expected. Write the suite anew: `generate --suite --out DIR`.\n"
        "A manifest without digests was written by an earlier version: what is missing or empty is still found.",
    ),
}
