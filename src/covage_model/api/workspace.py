"""The `Workspace`: a pack without errors, with its judge and its explored tables. Every verb takes one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING, Any

from covage_model.api import packs
from covage_model.documents.judge.verdict import Account, Judge, judge_of
from covage_model.ground.classes import dataclass
from covage_model.ground.codes import message
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.nearest import near_miss

if TYPE_CHECKING:
    from covage_model.behaviour.space.space import StateSpace
    from covage_model.behaviour.space.tables import Tables, TableUse
    from covage_model.documents.presence.sheet import Sheet
    from covage_model.pack.model.orders import Variant
    from covage_model.pack.model.pack import SpecPack


ACCOUNT = "account"  # names the account where an order type could be named


class BrokenPack(Exception):
    """The pack has errors. `findings` are all its findings."""

    def __init__(self, findings: tuple[Diagnostic, ...]) -> None:
        self.findings = findings
        first = (
            f"{findings[0].location.file}:{findings[0].location.line}: {message(findings[0])}" if findings else "empty"
        )
        super().__init__(f"{len(findings)} findings, the first: {first}")


class NoSuchOrder(KeyError):
    """An unknown or ambiguous name of an order or variant; the text says what to type."""

    def __str__(self) -> str:
        return str(self.args[0])


class NoSuchStatus(ValueError):
    """A status that documents of a variant never have; the text says what to type."""


@dataclass(slots=True, eq=False)
class Workspace:
    """
    A pack without errors, its judge, its folders and its explored tables. Each table is explored once.

    `findings` are the warnings and notes about the pack.
    """

    judge: Judge
    folders: tuple[str, ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    _tables: Tables | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The pack's name, known without reading all that the pack says."""
        return self.judge.prepared.name

    @property
    def spec(self) -> SpecPack:
        """The compiled pack."""
        return self.judge.pack

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all variants: `ORDER/VARIANT`, or `ORDER` if the order has no variants."""
        return tuple(variant.name for variant in self.spec.variants)

    def variants(self, names: Iterable[str] = ()) -> list[str]:
        """
        The variants of these names, each once (default: all). An order's name means all its variants.

        Raises NoSuchOrder.
        """
        return self._named(tuple(names), unfollowed=False)

    def explorable(self, names: Iterable[str] = ()) -> list[str]:
        """As `variants`, plus the lifecycles that no order follows: they are explored alone. Raises NoSuchOrder."""
        return self._named(tuple(names), unfollowed=True)

    def _named(self, given: Sequence[str], *, unfollowed: bool) -> list[str]:
        variants = self.spec.explorable if unfollowed else self.spec.variants
        chosen: dict[str, None] = {}
        for name in given:
            meant = self.spec.meant_by(name, unfollowed=unfollowed)
            if not meant:
                raise NoSuchOrder(f"there is no order {name!r}; {self._hint(name, variants)}")
            chosen.update((variant.name, None) for variant in meant)
        return list(chosen) if given else [variant.name for variant in variants]

    def variant(self, name: str) -> Variant:
        """The variant of that name. Raises NoSuchOrder, also for an order with several variants."""
        names = self.variants([name])
        if len(names) > 1:
            raise NoSuchOrder(f"{name} has several variants; use one of: {', '.join(names)}")
        return self.spec.variant(names[0])

    def means_account(self, name: str | None) -> bool:
        """Whether a name where an order type could stand names the account: no order type is called so."""
        return name == ACCOUNT and not self.spec.meant_by(ACCOUNT, unfollowed=False)

    @property
    def account_sheet(self) -> Sheet:
        """All that holds of an account. Raises NoSuchOrder where the pack gives accounts no type."""
        sheet = self.judge.prepared.account()
        if sheet is None:
            raise NoSuchOrder("the pack gives accounts no type: its rules read none")
        return sheet

    @staticmethod
    def _hint(name: str, variants: Sequence[Variant]) -> str:
        """What to type instead: the nearest name, else the variants of that order, else every name."""
        known = dict.fromkeys([*(each.order.name for each in variants), *(each.name for each in variants)])
        near = near_miss(name, known)
        siblings = [each.name for each in variants if each.order.name == name.partition("/")[0]]
        if near is not None and not siblings:
            return f"did you mean {near!r}?"
        return f"use one of: {', '.join(siblings or known)}" if known else "the pack has none"

    @property
    def tables(self) -> Tables:
        """The explored tables; each is explored at its first use."""
        if self._tables is None:
            from covage_model.behaviour.space.tables import Tables

            self._tables = Tables(self.judge)
        return self._tables

    def table(
        self,
        variant: str,
        use: TableUse | None = None,
        *,
        limit: int | None = None,
        progress: Callable[[str, int], None] | None = None,
    ) -> StateSpace:
        """
        The explored table of a variant. The `use` (default: properties) decides its kind and its limit.

        `progress` is called now and then with the variant and the number of configurations so far. Raises KeyError
        for an unknown name.
        """
        from covage_model.behaviour.space.tables import TableUse

        tell = progress and partial(progress, variant)
        return self.tables.table(variant, use or TableUse.PROPERTIES, limit=limit, progress=tell)

    def account(self, data: Any, file: str = "account") -> Account | None:
        """The account with this data, judged; None if `data` is None."""
        return None if data is None else self.judge.account(data, file)


Pack = Workspace


def open_workspace(
    names: Sequence[str] = (),
    *,
    unfinished: bool = False,
    progress: Callable[[str, int], None] | None = None,
) -> Workspace:
    """
    Opens the packs of these names or folders, combined into one (default: the bundled packs).

    `unfinished` accepts errors about behaviour, such as an unreachable state, and keeps them in the findings.
    Raises `packs.NoSuchPack` for an unknown name, `BrokenPack` for a pack with errors.
    """
    loaded = packs.load(names, progress=progress)
    if loaded.pack is None or (loaded.unusable if unfinished else loaded.broken):
        raise BrokenPack(loaded.findings)
    workspace = Workspace(judge_of(loaded.pack), loaded.folders, loaded.findings)
    if loaded.spaces:
        workspace.tables.add(loaded.spaces)
    return workspace


def open_to_judge(names: Sequence[str] = (), *, unfinished: bool = False) -> Workspace:
    """As `open_workspace`, but faster for a cached pack: reads only what judging needs. Raises the same."""
    cached = packs.cached(names)
    if cached is None:
        return open_workspace(names, unfinished=unfinished)
    return Workspace(Judge(cached), packs.folders_of(names), cached.findings)


def load_pack(*names: str | os.PathLike[str]) -> Pack:
    """
    Opens the packs of these names or folders, combined into one (default: the bundled pack).

    Raises `NoSuchPack` for an unknown name, `BrokenPack` for a pack with errors, TypeError for what is no name.
    """
    return open_workspace([os.fspath(name) for name in names])
