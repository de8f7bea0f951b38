"""What became of mutants, in lines for people: the survivors by spec line, then the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.api.mutation import Mutation
from covage_model.quality.mutants.operators import sentence
from covage_model.quality.mutants.trial import MutantFate, Tried
from covage_model.report import text
from covage_model.report.mutants_data import by_operator, counts

_TITLES = (MutantFate.KILLED, MutantFate.SURVIVED, MutantFate.EQUIVALENT, MutantFate.REFUSED)


def mutated(found: Mutation, language: str) -> str:
    """The survivors, the operators, the sum."""
    lines = [*_unread(found, language), *_survivors(found.survivors, language), *_table(found.tried), *_sum(found)]
    return "".join(f"{line}\n" for line in lines)


def _unread(found: Mutation, language: str) -> Iterator[str]:
    if found.findings:
        yield from text.findings(found.findings, language).splitlines()
    for name in found.idle:
        yield f"{name}: fails already, so it notices nothing"


def _survivors(survivors: tuple[Tried, ...], language: str) -> Iterator[str]:
    if survivors:
        yield "these rules could vanish unnoticed:"
    for file in dict.fromkeys(one.mutant.origin.location.file for one in survivors):
        yield f"  {file}"
        for one in survivors:
            at = one.mutant.origin.location
            if at.file == file:
                why = f" ({one.by})" if one.by else ""
                yield f"    {at.line}: {one.mutant.operator}: {sentence(one.mutant, language)}{why}"


def _table(tried: tuple[Tried, ...]) -> Iterator[str]:
    if not tried:
        return
    yield _row("operator", [fate.value for fate in _TITLES])
    for name, own in by_operator(tried).items():
        numbers = counts(own)
        yield _row(name, [numbers[fate.value] or "" for fate in _TITLES])


def _row(name: str, cells: Sequence[object]) -> str:
    return (f"{name:<24}" + "".join(f"{cell:>11}" for cell in cells)).rstrip()


def _sum(found: Mutation) -> Iterator[str]:
    numbers = counts(found.tried)
    if not found.items:
        yield "the corpus is empty: nothing could notice anything"
    said = ", ".join(f"{numbers[fate.value]} {_SAID[fate]}" for fate in _TITLES if numbers[fate.value])
    mutants = "1 mutant" if len(found.tried) == 1 else f"{len(found.tried)} mutants"
    yield f"{mutants}: {said}" if said else mutants
    if found.score is not None:
        yield f"mutation score: {found.score:.1f} %"


_SAID = {
    MutantFate.KILLED: "killed",
    MutantFate.SURVIVED: "survived",
    MutantFate.EQUIVALENT: "equivalent",
    MutantFate.REFUSED: "refused by check",
}
