"""
The pages that the spec cites, by the ids that definitions name: their titles and addresses, while a report is printed.

`printing.deliver` makes those of its report known. What prints the id of a source then finds its page here, so that
no function between them has to know of pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import TYPE_CHECKING, Any

from covage_model.ground.classes import dataclass
from covage_model.pack.model.text import Text, say

if TYPE_CHECKING:
    from covage_model.pack.model.pack import SpecPack


@dataclass(frozen=True, slots=True)
class CitedPage:
    """A page with its title and its address, None where the spec gives none."""

    title: Text
    url: str | None


Pages = Mapping[str, CitedPage]


def no_pages() -> Pages:
    """The pages of a report without a pack."""
    return {}


_current: ContextVar[tuple[Callable[[], Pages], str]] = ContextVar("pages", default=(no_pages, "en"))


@contextmanager
def citing(pages: Callable[[], Pages], language: str) -> Iterator[None]:
    """Within it these pages are found, with titles in a language; they are looked up when the first is asked for."""
    before = _current.set((cache(pages), language))
    try:
        yield
    finally:
        _current.reset(before)


def pages_of(pack: SpecPack) -> Pages:
    """The pages of a pack by the ids of sources, and of their statements."""
    found: dict[str, CitedPage] = {}
    for source in pack.sources:
        page = CitedPage(source.title, source.url)
        found.update((name, page) for name in (source.name, *(each.name for each in source.statements)))
    return found


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A page as it is told: the ids by which it is cited, its title in the report's language, and its address."""

    ids: tuple[str, ...]
    title: str
    url: str | None

    def __str__(self) -> str:
        told = f"{', '.join(self.ids)} – {self.title}"
        return told if self.url is None else f"{told} – {self.url}"

    @property
    def link(self) -> str | None:
        """The address, where a browser may open it."""
        return self.url if self.url is not None and self.url.startswith(("https://", "http://")) else None


def citations(ids: Sequence[str]) -> list[ShownSource]:
    """The pages of these ids that are known, each once."""
    pages, language = _current.get()
    known = pages() if ids else {}
    found: dict[int, tuple[CitedPage, list[str]]] = {}
    for name in ids:
        if name in known:
            found.setdefault(id(known[name]), (known[name], []))[1].append(name)
    return [ShownSource(tuple(names), say(page.title, language), page.url) for page, names in found.values()]


def data(ids: Sequence[str]) -> list[dict[str, Any]]:
    """The pages of these ids as JSON, one for each id."""
    return [{"id": name, "title": one.title, "url": one.url} for one in citations(ids) for name in one.ids]
