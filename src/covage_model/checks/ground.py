"""What all checks look at: the sound part of a pack, its sheets and its state spaces, each made once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from covage_model.checks.asked import Asked, asked_of
from covage_model.checks.size import Sizes, too_deep, too_many
from covage_model.checks.taint import Taint, taint_of
from covage_model.diagnostics import Diagnostic, Location
from covage_model.model.lifecycle import Lifecycle
from covage_model.model.orders import Leaf
from covage_model.model.pack import SpecPack
from covage_model.model.values import NamedType
from covage_model.presence.holding import Bars
from covage_model.presence.outline import account_sheet, sheet_of
from covage_model.presence.sheet import Sheet
from covage_model.statespace.explore import StateSpace, explore

Progress = Callable[[str, int], None]  # a leaf, and how many of its configurations are known

_ALONE = " "  # no pack can name a type so


@dataclass(frozen=True, slots=True)
class Ground:
    """
    The definitions that are sound, and what they amount to.

    `said` holds what presence has found, by leaf; "" is the account. `alone` are the sheets of each
    type and event by itself. `known` are the lifecycles all of whose
    followers are here, `asked` the tests of lifecycles by place, none where
    some lifecycle is not known; `lost` says that some file left nothing in the pack, so that what is not
    found may be in it.
    """

    pack: SpecPack
    leaves: tuple[Leaf, ...]
    lifecycles: tuple[Lifecycle, ...]
    sheets: Mapping[str, Sheet]
    bars: Mapping[str, Bars]
    said: Mapping[str, tuple[Diagnostic, ...]]
    account: Sheet | None
    account_is_sound: bool
    alone: tuple[tuple[NamedType, Sheet], ...]
    spaces: Mapping[str, StateSpace]
    asked: Mapping[Location, Asked]
    known: frozenset[str]
    lost: bool

    def followers(self, lifecycle: Lifecycle) -> tuple[Leaf, ...]:
        """The sound leaves that live that life."""
        return tuple(leaf for leaf in self.leaves if leaf.order.follows == lifecycle.name)

    def lives(self, lifecycle: Lifecycle) -> dict[str, StateSpace]:
        """The explored tables of the lifecycle, by leaf."""
        names = [leaf.name for leaf in self.followers(lifecycle)]
        return {name: self.spaces[name] for name in names if name in self.spaces}

    def wholly_explored(self, lifecycle: Lifecycle) -> bool:
        """Whether the tables of all that follow it are here, to the last configuration."""
        lives = self.lives(lifecycle)
        return (
            lifecycle.name in self.known
            and len(lives) == len(self.followers(lifecycle))
            and all(space.complete for space in lives.values())
        )


def ground_of(
    pack: SpecPack, tainted_files: frozenset[str], limit: int, progress: Progress | None = None
) -> tuple[Ground, list[Diagnostic]]:
    """The ground of a pack, and CM311 for what was too large to lay out."""
    found: list[Diagnostic] = []
    taint = taint_of(pack, tainted_files)
    sizes = Sizes(pack)
    account_is_sound = not taint.pack and (pack.account is None or _fits(pack.account, taint, sizes))
    bare = pack if account_is_sound else replace(pack, account=None)
    lifecycles = {one.name: one for one in pack.lifecycles if one.name not in taint.lifecycles and _is_sound(one)}
    sheets, said = _sheets(bare, taint, sizes, lifecycles, found)
    account, said[""] = _account(bare)
    leaves = tuple(leaf for leaf in pack.leaves if leaf.name in sheets)
    spaces = _spaces(leaves, lifecycles, limit, found, progress)
    known = frozenset(
        name
        for name in lifecycles
        if not taint.lost and all(leaf.name in sheets for leaf in pack.leaves if leaf.order.follows == name)
    )
    whole = len(known) == len(pack.lifecycles)  # else what is not here may include the same test
    ground = Ground(
        pack=pack,
        leaves=leaves,
        lifecycles=tuple(lifecycles.values()),
        sheets=sheets,
        bars={name: Bars(sheet) for name, sheet in sheets.items()},
        said=said,
        account=account,
        account_is_sound=account_is_sound,
        alone=tuple(_alone(pack, taint, sizes, found)),
        spaces=spaces,
        asked=asked_of(tuple(lifecycles.values()), leaves, spaces) if whole else {},
        known=known,
        lost=taint.lost,
    )
    return ground, found


def _fits(account: str, taint: Taint, sizes: Sizes) -> bool:
    return account not in taint.types and sizes.of_type(account).fits


def _is_sound(lifecycle: Lifecycle) -> bool:
    """Whether it can be explored: what is missing or contradicts itself has a finding of the compiler's."""
    try:
        resting = {state.name for state in lifecycle.resting} if lifecycle.initial else set()
    except (KeyError, ValueError):
        return False
    cases = [case for transition in lifecycle.transitions for case in transition.cases]
    targets = {case.target for case in cases if case.target is not None}
    return targets <= resting and all(set(case.source) <= resting for case in cases)


def _account(pack: SpecPack) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    try:
        return account_sheet(pack)
    except RecursionError:  # told where the type stands alone
        return None, ()


def _sheets(
    pack: SpecPack, taint: Taint, sizes: Sizes, lifecycles: Mapping[str, Lifecycle], found: list[Diagnostic]
) -> tuple[dict[str, Sheet], dict[str, tuple[Diagnostic, ...]]]:
    sheets: dict[str, Sheet] = {}
    said: dict[str, tuple[Diagnostic, ...]] = {}
    for leaf in pack.leaves:
        if leaf.name in taint.leaves or leaf.order.follows not in lifecycles:
            continue
        size = sizes.of_values(leaf.values)
        if size.fits:
            try:
                sheets[leaf.name], said[leaf.name] = sheet_of(pack, leaf)
            except RecursionError:
                found.append(too_deep(leaf.name, leaf.order.origin))
        elif not size.endless:
            found.append(too_many(leaf.name, leaf.order.origin))
    return sheets, said


def _alone(pack: SpecPack, taint: Taint, sizes: Sizes, found: list[Diagnostic]) -> list[tuple[NamedType, Sheet]]:
    sheets = []
    types = [one for one in pack.types if one.name not in taint.types]
    for named in [*types, *(one for one in pack.events if one.name not in taint.events)]:
        size = sizes.of_values((named.value,))
        if not size.fits:
            found.extend([] if size.endless else [too_many(named.name, named.value.origin)])
            continue
        alone = (NamedType(_ALONE, named.value), *pack.types)
        try:
            sheet, _ = account_sheet(replace(pack, types=alone, account=_ALONE))
        except RecursionError:
            found.append(too_deep(named.name, named.value.origin))
            continue
        if sheet is not None:
            sheets.append((named, sheet))
    return sheets


def _spaces(
    leaves: tuple[Leaf, ...],
    lifecycles: Mapping[str, Lifecycle],
    limit: int,
    found: list[Diagnostic],
    progress: Progress | None,
) -> dict[str, StateSpace]:
    spaces: dict[str, StateSpace] = {}
    for leaf in leaves:
        lifecycle = lifecycles[leaf.order.follows]
        try:
            spaces[leaf.name] = explore(
                lifecycle, leaf, limit=limit, progress=progress and partial(progress, leaf.name)
            )
        except RecursionError:
            found.append(too_deep(lifecycle.name, lifecycle.origin))
    for name, lifecycle in lifecycles.items():
        large = [leaf.name for leaf in leaves if leaf.order.follows == name and _is_cut(spaces.get(leaf.name))]
        if large:
            found.append(too_many(name, lifecycle.origin, form="limit", limit=limit, leaves=sorted(large)))
    return spaces


def _is_cut(space: StateSpace | None) -> bool:
    return space is not None and not space.complete
