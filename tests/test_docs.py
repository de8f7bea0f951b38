"""The pages of `docs/`: every page is in the index, every link leads somewhere, and the French ones keep step."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)")
IN_STEP = {"README.md": ROOT / "README.md", "tutoriel.md": DOCS / "tutorial.md", "ci.md": DOCS / "ci.md"}
IN_STEP["simuler.md"] = DOCS / "simulate.md"


def links(page: Path) -> list[tuple[Path, str]]:
    """The files that a page links to, and the heading in each."""
    found = LINK.findall(re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL))
    return [(page.parent / path if path else page, anchor) for path, anchor in found if "://" not in path]


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in links(page):
        assert target.exists(), target
        assert not anchor or anchor in anchors(target), f"{target}#{anchor}"


def test_the_index_names_every_page() -> None:
    named = {target.resolve() for target, _ in links(DOCS / "README.md")}
    assert set(DOCS.rglob("*.md")) - named == {DOCS / "README.md"}


@pytest.mark.parametrize("name", IN_STEP)
def test_a_french_page_keeps_step_with_the_english_one(name: str) -> None:
    """As many headings, but for the reference, and one more about the language; and the same kinds of blocks."""
    french, english = (path.read_text(encoding="utf-8") for path in (DOCS / "fr" / name, IN_STEP[name]))
    english = english.split("\n# Reference\n")[0]
    heads = [len(re.findall(r"^## ", text, flags=re.MULTILINE)) for text in (french, english)]
    assert heads[0] == heads[1] + (name == "README.md")
    kinds = [set(re.findall(r"^```(\w+)", text, flags=re.MULTILINE)) - {"text"} for text in (french, english)]
    assert kinds[0] == kinds[1]
