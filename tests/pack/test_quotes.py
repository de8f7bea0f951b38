"""A wrong value that would be right with quotes, or without them, gets that hint at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from covage_model.api import packs

PACK = "pack: shop\nformat: 1\nlanguages: [en]\nactors: {clerk: Clerk}\n"
LIFE = """\
lifecycle: life
states: {open: {initial: true}, done: {final: success}}
variables: {flag: [false, true], count: [0, 1]}
transitions:
  close: {by: clerk, from: open, to: done, set: {SET}}
"""
ORDER = "order: note\nfollows: life\nmatch: {kind: note}\nfields:\n  a: {FIELD}\n"


@pytest.mark.parametrize(
    ("field", "effects", "expected"),
    [
        ("title: 12", "flag: true", [("CM103", 'write it in quotes: "12"')]),
        ("title: true", "flag: true", [("CM103", 'write it in quotes: "true"')]),
        ("minLength: \"2\"", "flag: true", [("CM103", "write it without quotes: 2")]),
        ("minLength: many", "flag: true", [("CM103", None)]),
        ("type: string", "flag: off", [("CM004", 'write false, or the text in quotes: "off"'), ("CM202", "use one of: false, true")]),
        ("type: string", "flag: \"true\"", [("CM202", "write it without quotes: true")]),
        ("type: string", "count: \"1\"", [("CM202", "write it without quotes: 1")]),
        ("type: string", "count: 7", [("CM202", "use one of: 0, 1")]),
        ("type: no", "flag: true", [("CM004", 'write false, or the text in quotes: "no"'), ("CM202", "use one of: array, boolean, integer, \"null\", number, object, string")]),
    ],
)  # fmt: skip
def test_the_hint_says_how_the_value_is_written(
    field: str, effects: str, expected: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    files = {"pack.yaml": PACK, "life.yaml": LIFE.replace("SET", effects), "order.yaml": ORDER.replace("FIELD", field)}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = packs.load([str(tmp_path)], cache=False).findings
    hints = [(finding.code, finding.hint) for finding in found if finding.code in ("CM004", "CM103", "CM202")]
    assert sorted(hints, key=str) == sorted(expected, key=str)
