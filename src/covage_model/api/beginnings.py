"""Where simulated orders begin, taken from files of real orders: how often each guard of a document holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from covage_model.api import orders as order_files

if TYPE_CHECKING:
    from covage_model.api.workspace import Workspace
    from covage_model.behaviour.population.simulation import Beginnings
    from covage_model.behaviour.space.space import StateSpace


class CannotSimulate(ValueError):
    """The question cannot be answered; the text says what to type."""

    def told(self, _language: str) -> str:
        """What is wrong, in a language; here in English, which the command line translates."""
        return str(self)


def beginnings(
    pack: Workspace, variants: Sequence[str], paths: Sequence[str], at: str = "", encoding: str | None = None
) -> Beginnings:
    """
    The beginnings of orders as these files have them: the chance of each initial configuration, by variant.

    `at` says where orders lie in these files, and `encoding` how CSV is encoded.
    What only an account decides counts as true. Variants of which there is no order are left to the profile.
    Raises CannotSimulate if a file cannot be read, or if no order is of one of the variants.
    """
    from covage_model.behaviour.population.simulation import Beginnings

    counts: dict[str, Counter[int]] = {}
    read = 0
    for judged in order_files.judge_files(
        paths, pack.judge, order_files.request("auto", None, None, at=at, encoding=encoding)
    ):
        if judged.unreadable:
            raise CannotSimulate(f"--orders: {judged.file} cannot be read: `validate {judged.file}` says why")
        if judged.verdict is None or judged.document is None:
            continue
        read += 1
        variant = judged.verdict.variant
        if variant is not None and variant in variants:
            number = _configuration(pack, pack.table(variant), judged.document.data)
            if number is not None:
                counts.setdefault(variant, Counter())[number] += 1
    used = sum(map(Counter.total, counts.values()))
    if not used:
        raise CannotSimulate(f"--orders: of {read:,} documents, none is an order that is simulated")
    return Beginnings(used, read, {variant: dict(each) for variant, each in counts.items()})


def _configuration(pack: Workspace, space: StateSpace, document: object) -> int | None:
    """The initial configuration in which an order with that document begins; None if none fits."""
    ready = pack.judge.readiness(space.variant.name, document, None)
    bits = sum(space.layout.bits_of(atom) for atom in space.atoms if ready(atom) is not False)
    mask = space.layout.atoms_mask
    return next((number for number in space.initial if space.codes[number] & mask == bits), None)
