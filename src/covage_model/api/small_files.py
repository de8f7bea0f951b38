"""Small JSON files that are judged together: for each alone, more time would be spent between files than on orders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field

from covage_model.api.clean_lines import CleanLines
from covage_model.api.files import FileChunks
from covage_model.documents.judge.compiled.plain import Plain
from covage_model.documents.judge.judged_document import CleanDocuments, JudgedDocument
from covage_model.ground.classes import dataclass
from covage_model.ground.files import plain_json

MOST = 64  # files that wait for each other


@dataclass(slots=True, repr=False, eq=False)
class SmallFiles:
    """
    Files that wait to be judged. `clean(name)` makes what passes the plainly clean.

    `alone(content, name)` judges one file that is not, or whose order is compared with others.
    """

    clean: Callable[[str], CleanLines]
    alone: Callable[[bytes, str], Iterator[JudgedDocument | CleanDocuments]]
    names: list[str] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)

    def take(self, content: FileChunks, name: str) -> bool:
        """Whether the file waits with the others: a small object of JSON does."""
        whole = content.whole(plain_json.LONGEST)
        if whole is None or whole[:1] != b"{":
            return False
        self.names.append(name)
        self.contents.append(whole)
        return True

    @property
    def full(self) -> bool:
        """Whether no more should wait."""
        return len(self.names) >= MOST

    def judged(self) -> Iterator[JudgedDocument | CleanDocuments]:
        """What is found in the files that wait, in their order; none waits after that."""
        names, contents, self.names, self.contents = self.names, self.contents, [], []
        found = self.clean(names[0]).small_files(contents) if names else ()
        counts: dict[Plain, tuple[int, str]] = {}  # of those that are plainly clean: how many, and the first file
        for number, plain in enumerate(found):
            if plain is not None:
                count, first = counts.get(plain, (0, names[number]))
                counts[plain] = count + 1, first
                continue
            yield from _counted(counts, names[number - 1])
            counts = {}
            yield from self.alone(contents[number], names[number])
        yield from _counted(counts, names[-1] if names else "")


def _counted(counts: dict[Plain, tuple[int, str]], until: str) -> Iterator[CleanDocuments]:
    for plain, (count, first) in counts.items():
        yield CleanDocuments(first, [(plain, count, 1)], 1, until=until)
