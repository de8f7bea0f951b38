"""Which files are judged: folders, globs, lists of paths, exclusions. A path that does not exist is an error."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from covage_model.api.order_files import OrderFile, order_files
from covage_model.ground.diagnostics import Diagnostic


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.json", "b.yaml", "notes.txt", "old/a.json", "old/deep/c.json", "new/d.ndjson", ".hidden/e.json"):
        path = Path("in", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}", encoding="utf-8")


def found(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    """The paths of the files; for a finding, its code, form and file."""
    return [
        entry.path if isinstance(entry, OrderFile) else f"{entry.code} {entry.form} {entry.location.file}"
        for entry in order_files(paths, exclude=exclude)
    ]


ALL = ["in/a.json", "in/b.yaml", "in/new/d.ndjson", "in/old/a.json", "in/old/deep/c.json"]


@pytest.mark.parametrize(
    ("pattern", "files"),
    [
        ("in/*.json", ["in/a.json"]),
        ("in/*", ["in/a.json", "in/b.yaml", "in/new/d.ndjson", "in/notes.txt", "in/old/a.json", "in/old/deep/c.json"]),
        ("in/**/*.json", ["in/a.json", "in/old/a.json", "in/old/deep/c.json"]),
        ("**/deep/*", ["in/old/deep/c.json"]),
        ("**/old/**/c.*", ["in/old/deep/c.json"]),
        ("in/o*/?.json", ["in/old/a.json"]),
        ("in/[ab].*", ["in/a.json", "in/b.yaml"]),
        ("in/.h*/*", ["in/.hidden/e.json"]),
        ("in/old/**", ["in/old/a.json", "in/old/deep/c.json"]),
        ("./in/old/*.json", ["./in/old/a.json"]),
        ("in/*.xml", ["CM412 no-match in/*.xml"]),
        ("out/*.json", ["CM412 no-match out/*.json"]),
        ("out/**", ["CM412 no-match out/**"]),
    ],
)  # fmt: skip
def test_a_glob_stands_for_what_it_matches(pattern: str, files: list[str]) -> None:
    assert found(pattern) == files
    if "CM" not in files[0]:
        assert found(os.path.abspath(pattern)) == [os.path.abspath(each) for each in files]


def test_a_name_that_exists_is_that_file_whatever_its_characters() -> None:
    for name in ("@x.json", "*.json", "in/[a].json"):
        Path(name).write_text("{}", encoding="utf-8")
        assert found(name) == [name]


@pytest.mark.parametrize(
    ("exclude", "files"),
    [
        (("old",), ["in/a.json", "in/b.yaml", "in/new/d.ndjson"]),
        (("a.json",), ["in/b.yaml", "in/new/d.ndjson", "in/old/deep/c.json"]),
        (("old/*.json",), ["in/a.json", "in/b.yaml", "in/new/d.ndjson", "in/old/deep/c.json"]),
        (("in/**/c.json", "new"), ["in/a.json", "in/b.yaml", "in/old/a.json"]),
        (("ol",), ALL),
        (("*.json", "*.yaml", "*.ndjson"), ["CM412 nothing in"]),
        (("in",), ["CM412 excluded in"]),
    ],
)
def test_what_is_excluded_is_not_judged(exclude: tuple[str, ...], files: list[str]) -> None:
    assert found("in", exclude=exclude) == files
    if "CM" not in files[0]:
        assert found(os.path.abspath("in"), exclude=exclude) == [os.path.abspath(each) for each in files]


def test_a_file_that_is_named_and_excluded_is_left_out() -> None:
    assert found("in/a.json", "in/b.yaml", exclude=("a.json",)) == ["in/b.yaml"]
    assert found("in/a.json", exclude=("a.json",)) == ["CM412 excluded in/a.json"]


def test_a_folder_that_is_excluded_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuses(path: str) -> Any:
        if path.endswith("old"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuses)
    assert "CM008 listing in/old" in found("in")
    assert "CM008 listing in/old" in found("in/**/*.json")
    assert found("in", exclude=("old",)) == ["in/a.json", "in/b.yaml", "in/new/d.ndjson"]


def test_a_list_names_a_path_on_each_line() -> None:
    Path("list.txt").write_bytes(b"\xef\xbb\xbfin/a.json\r\n\r\n# these too:\r\n  in/old  \r\nin/*.yaml\r\n")
    assert found("@list.txt") == ["in/a.json", "in/old/a.json", "in/old/deep/c.json", "in/b.yaml"]
    assert found("@list.txt", exclude=("old", "*.yaml")) == ["in/a.json", "CM412 no-match in/*.yaml"]


def test_a_list_that_does_not_say_what_to_judge_is_an_error() -> None:
    assert found("@nowhere.txt") == ["CM008 missing nowhere.txt"]
    assert found("@in") == ["CM008 directory in"]
    Path("list.txt").write_text("# none\n\n", encoding="utf-8")
    assert found("@list.txt") == ["CM412 empty-list list.txt"]
    Path("list.txt").write_text("in/a.json\nin/gone.json\nin/*.xml\n", encoding="utf-8")
    assert found("@list.txt") == ["in/a.json", "CM008 listed in/gone.json", "CM412 no-match in/*.xml"]
    (_, gone, _) = order_files(["@list.txt"])
    assert isinstance(gone, Diagnostic)
    assert gone.arguments == {"manifest": "list.txt", "line": 2}
    Path("list.txt").write_text("in/a.json\n", encoding="utf-16")
    assert found("@list.txt") == ["CM001 unicode list.txt"]


def test_a_file_reached_by_several_ways_is_judged_once() -> None:
    Path("list.txt").write_text("in/a.json\nin/./a.json\n", encoding="utf-8")
    again = "CM009 again"
    assert found("in/*.json", "in/a*", "@list.txt", "in/a.json") == [
        "in/a.json", f"{again} in/a.json", f"{again} in/a.json", f"{again} in/./a.json", f"{again} in/a.json",
    ]  # fmt: skip
    Path("in/loop").symlink_to(".", target_is_directory=True)
    Path("in/old/up").symlink_to("..", target_is_directory=True)
    assert sorted(each for each in found("in/**") if "CM009" not in each) == sorted([*ALL, "in/notes.txt"])


def test_spreadsheets_and_archives_in_a_folder_are_told() -> None:
    for name in ("in/more.xlsx", "in/old.tar.gz", "in/d.json.bz2"):
        Path(name).write_bytes(b"")
    notes = ["CM009 kind in/d.json.bz2", "CM009 kind in/more.xlsx", "CM009 kind in/old.tar.gz"]
    assert sorted(found("in")) == sorted([*ALL, *notes])
    assert found("in/more.xlsx") == ["in/more.xlsx"]
    assert sorted(found("in", exclude=("*.[!jyn]*", "deep"))) == sorted(set(ALL) - {"in/old/deep/c.json"})
