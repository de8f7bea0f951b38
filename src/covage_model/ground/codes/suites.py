"""CM53x: a suite of order files, which is a manifest and the files that it lists."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.codes.page import Page

PAGES: Mapping[str, Page] = {
    "CM530": Page(
        "a file that is not the manifest of a suite",
        {
            "manifest": "this is not the manifest of a suite: {detail:bare}",
        },
        "`generate --suite --out DIR` writes a suite and its `manifest.json`, whose schema is `schemas/suite-1.json`.\n"
        "The validator was not run.",
    ),
    "CM531": Page(
        "a suite whose files were changed",
        {
            "missing": "the manifest lists {file:bare}, but there is no such file",
            "unreadable": "{file:bare} cannot be read: {detail:bare}",
            "empty": "{file:bare} is empty",
            "changed": "{file:bare} was changed: its SHA-256 digest differs from the manifest's",
            "unlisted": "the manifest lists {file:bare} without a digest",
            "additional": "{file:bare} is in the suite's folder, but the manifest does not list it",
            "unprotected": "the manifest has no digests, so nothing protects these files; write the suite again",
        },
        "A manifest holds the SHA-256 digest of each file of its suite. The validator is not run on a file that is\n"
        "missing or was changed, and such a file never counts as expected. Write the suite again:\n"
        "`generate --suite --out DIR`. Without digests only missing and empty files are detected, so a manifest\n"
        "without them is an error too.",
    ),
    "CM532": Page(
        "another verdict than the expected one",
        {"verdict": "{why:bare}"},
        "`conform` ran the command on this file of the suite, and it did not end as the manifest says. The manifest\n"
        "has the findings that the file must get. A command that crashes or does not end in time counts as wrong too.",
    ),
}
