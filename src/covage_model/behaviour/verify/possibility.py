"""AG EF with documents that exist: whether goals stay reachable if edits lead only to documents that were found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from itertools import islice

from covage_model.behaviour.space import reach
from covage_model.behaviour.space.reach import Mask
from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.verify.evidence import ATTEMPTS, CANDIDATES, Live
from covage_model.behaviour.verify.judge import EvidenceRun, Possibility
from covage_model.behaviour.verify.paths import TablePath
from covage_model.behaviour.verify.required import required_truths
from covage_model.documents.make.valid.lived import Lived, Valuation
from covage_model.ground.classes import dataclass
from covage_model.pack.model.conditions import Atom

SEARCHES = 64  # searches for documents

Read = Callable[[str, Lived, Sequence[Atom]], Sequence[bool | None]]  # the truths of atoms, for the first document


def possible_on_documents(space: StateSpace, possibility: Callable[[], Possibility], live: Live, read: Read) -> bool:
    """
    Whether the goals stay reachable from all sources if each edit must lead to a document that was found.

    Other moves keep the document. An account is found with each document,
    and has the truths that the configuration gives to the atoms of the account.
    """
    if not space.layout.edits_mask or not any(state.editable for state in space.layout.states):
        return True
    claim, documents = possibility(), _FoundDocuments(space, live, read)
    incoming = reach.sources(space, None if claim.fair is None else claim.fair.cases)
    editing = None if claim.fair is None else claim.fair.edits
    while True:
        good = reach.backward(space, claim.goals, edits=documents.valuations, known=incoming, editing=editing)
        lost = [number for number in reach.numbers(claim.sources) if not good[number]]
        if not lost:
            return True
        if not any(documents.another(demand) for demand in _demands(space, lost, good)):
            return False


@dataclass(slots=True)
class _FoundDocuments:
    """The valuations of the documents found so far; `demands` has every demand that was tried, also in vain."""

    space: StateSpace
    live: Live
    read: Read
    valuations: set[int] = field(default_factory=set)
    demands: set[Valuation] = field(default_factory=set)

    def another(self, demand: Valuation) -> bool:
        """Whether a document was found for a new demand."""
        if demand in self.demands or len(self.demands) >= SEARCHES:
            return False
        self.demands.add(demand)
        variant, layout = self.space.variant.name, self.space.layout
        found = self.live(variant, (demand,))
        if found is not None:
            truths = zip(self.space.atoms, self.read(variant, found, self.space.atoms), strict=True)
            self.valuations.add(sum(layout.bits_of(atom) for atom, holds in truths if holds))
        return found is not None


def _demands(space: StateSpace, lost: Sequence[int], good: Mask) -> Iterator[Valuation]:
    """
    Demands for documents with which one edit leads from a lost configuration to a good one; the farthest first.

    So the last edit of a path is found before the first, and one document need not suit the whole path.
    """
    looked_at = set[int]()
    for number in reversed(lost):
        rest = space.codes[number] & ~space.layout.edits_mask
        if space.editor(number) is None or rest in looked_at:
            continue
        looked_at.add(rest)
        for target in islice((peer for peer in space.peers(number) if good[peer]), ATTEMPTS):
            yield _demand(space, target, good)
        if len(looked_at) >= CANDIDATES:
            return


def _demand(space: StateSpace, target: int, good: Mask) -> Valuation:
    """The truths that a document must have to stay good at `target`, and all truths of the account."""
    layout = space.layout
    (needed,) = required_truths(space, EvidenceRun(TablePath(target, ()), ((0, good),), layout.atoms_mask))
    relevant = layout.kept | sum(layout.bits_of(atom) for atom, _ in needed if not layout.kept & layout.bits_of(atom))
    truths = layout.configuration(space.codes[target]).atoms
    return tuple((atom, holds) for atom, holds in truths if layout.bits_of(atom) & relevant)
