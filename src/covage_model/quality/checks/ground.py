"""The input of all checks: the sound part of a pack, with its sheets and state spaces, each computed once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from covage_model.behaviour.space.space import StateSpace
from covage_model.behaviour.space.tables import Tables
from covage_model.documents.judge.verdict import judge_of
from covage_model.documents.presence.holding import Bars
from covage_model.documents.presence.outline import account_sheet, sheet_of
from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.pack.definitions.types import used_by
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Variant
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.values import NamedType
from covage_model.quality.checks.asked import AskedTest, asked_of
from covage_model.quality.checks.size import Sizes, too_deep, too_many
from covage_model.quality.checks.unsound import Unsound, unsound_in

Progress = Callable[[str, int], None]  # a variant, and the number of its known configurations

_ALONE = " "  # a name that no type of a pack can have


@dataclass(frozen=True, slots=True)
class Ground:
    """
    The sound definitions of a pack, and what is derived from them.

    `presence_findings` has the findings of presence by variant; "" is the account. `alone` has the sheet of each
    type and event by itself. `known` has the lifecycles all of whose
    followers are here; `asked` the atoms of lifecycles by place, empty if
    some lifecycle is not known. `lost` is true if some file left nothing in the pack, so that a missing
    definition may be in it.
    """

    pack: SpecPack
    variants: tuple[Variant, ...]
    lifecycles: tuple[Lifecycle, ...]
    sheets: Mapping[str, Sheet]
    bars: Mapping[str, Bars]
    presence_findings: Mapping[str, tuple[Diagnostic, ...]]
    account: Sheet | None
    account_is_sound: bool
    alone: tuple[tuple[NamedType, Sheet], ...]
    spaces: Mapping[str, StateSpace]
    asked: Mapping[Location, AskedTest]
    known: frozenset[str]
    lost: bool
    by_lifecycle: Mapping[str, tuple[Variant, ...]]
    stand_ins: Mapping[str, tuple[Variant, ...]]  # for each lifecycle that no order follows

    def followers(self, lifecycle: Lifecycle) -> tuple[Variant, ...]:
        """The sound variants that follow the lifecycle."""
        return self.by_lifecycle.get(lifecycle.name, ())

    def lives(self, lifecycle: Lifecycle) -> dict[str, StateSpace]:
        """The tables of the lifecycle by variant, or the one table of a lifecycle that no order follows."""
        variants = self.followers(lifecycle) or self.stand_ins.get(lifecycle.name, ())
        return {variant.name: self.spaces[variant.name] for variant in variants if variant.name in self.spaces}

    def wholly_explored(self, lifecycle: Lifecycle) -> bool:
        """Whether every variant of the lifecycle has a complete table."""
        lives = self.lives(lifecycle)
        return (
            lifecycle.name in self.known
            and len(lives) >= max(1, len(self.followers(lifecycle)))
            and all(space.complete for space in lives.values())
        )


def ground_of(
    pack: SpecPack, faulty_files: frozenset[str], limit: int, progress: Progress | None = None
) -> tuple[Ground, list[Diagnostic]]:
    """The ground of a pack, and a finding CM311 for each part that is too large."""
    too_large: list[Diagnostic] = []
    unsound = unsound_in(pack, faulty_files)
    sizes = Sizes(pack)
    account_is_sound = not unsound.pack and (pack.account is None or _fits(pack.account, unsound, sizes))
    bare = pack if account_is_sound else replace(pack, account=None)
    sound = (each for each in pack.lifecycles if each.name not in unsound.lifecycles and _is_sound(each))
    lifecycles = {lifecycle.name: lifecycle for lifecycle in sound}
    sheets, presence_findings = _sheets(bare, unsound, sizes, lifecycles, too_large)
    account, presence_findings[""] = _account(bare)
    variants = tuple(variant for variant in pack.variants if variant.name in sheets)
    alone = () if unsound.lost else _explored_alone(pack, lifecycles)
    spaces = _spaces(Tables(judge_of(pack)), (*variants, *alone), lifecycles, limit, too_large, progress)
    incomplete = {variant.order.follows for variant in pack.variants if variant.name not in sheets}
    known = frozenset(name for name in lifecycles if not unsound.lost and name not in incomplete)
    whole = len(known) == len(pack.lifecycles)  # else an unknown lifecycle may include the same test
    ground = Ground(
        pack=pack,
        variants=variants,
        lifecycles=tuple(lifecycles.values()),
        sheets=sheets,
        bars={name: Bars(sheet) for name, sheet in sheets.items()},
        presence_findings=presence_findings,
        account=account,
        account_is_sound=account_is_sound,
        alone=tuple(_alone(pack, unsound, sizes, too_large)),
        spaces=spaces,
        asked=asked_of(tuple(lifecycles.values()), variants, spaces) if whole else {},
        known=known,
        lost=unsound.lost,
        by_lifecycle=_by_lifecycle(variants),
        stand_ins=_by_lifecycle(alone),
    )
    return ground, too_large


def _by_lifecycle(variants: Iterable[Variant]) -> dict[str, tuple[Variant, ...]]:
    groups: dict[str, list[Variant]] = {}
    for variant in variants:
        groups.setdefault(variant.order.follows, []).append(variant)
    return {name: tuple(followers) for name, followers in groups.items()}


def _explored_alone(pack: SpecPack, lifecycles: Mapping[str, Lifecycle]) -> tuple[Variant, ...]:
    """Stand-ins for the sound lifecycles that no order follows; none if an order follows an unknown lifecycle."""
    names = {lifecycle.name for lifecycle in pack.lifecycles}
    if any(order.follows not in names for order in pack.orders):
        return ()
    return tuple(variant for variant in pack.unfollowed if variant.order.follows in lifecycles)


def _fits(account: str, unsound: Unsound, sizes: Sizes) -> bool:
    return account not in unsound.types and sizes.of_type(account).fits


def _is_sound(lifecycle: Lifecycle) -> bool:
    """Whether the lifecycle can be explored. If not, the compiler has reported why."""
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
    except RecursionError:  # reported with the type by itself
        return None, ()


def _sheets(
    pack: SpecPack, unsound: Unsound, sizes: Sizes, lifecycles: Mapping[str, Lifecycle], too_large: list[Diagnostic]
) -> tuple[dict[str, Sheet], dict[str, tuple[Diagnostic, ...]]]:
    sheets: dict[str, Sheet] = {}
    presence_findings: dict[str, tuple[Diagnostic, ...]] = {}
    for variant in pack.variants:
        if variant.name in unsound.variants or variant.order.follows not in lifecycles:
            continue
        size = sizes.of_values(variant.values)
        if size.fits:
            try:
                sheets[variant.name], presence_findings[variant.name] = sheet_of(pack, variant)
            except RecursionError:
                too_large.append(too_deep(variant.name, variant.order.origin))
        elif not size.endless:
            too_large.append(too_many(variant.name, variant.order.origin))
    return sheets, presence_findings


def _alone(
    pack: SpecPack, unsound: Unsound, sizes: Sizes, too_large_parts: list[Diagnostic]
) -> list[tuple[NamedType, Sheet]]:
    sheets = []
    by_name = {named.name: named for named in pack.types}
    types = [named for named in pack.types if named.name not in unsound.types]
    for named in [*types, *(event for event in pack.events if event.name not in unsound.events)]:
        size = sizes.of_values((named.value,))
        if not size.fits:
            too_large_parts.extend([] if size.endless else [too_many(named.name, named.value.origin)])
            continue
        alone = (NamedType(_ALONE, named.value), *used_by(named.value, by_name))
        try:
            sheet, _ = account_sheet(replace(pack, types=alone, account=_ALONE))
        except RecursionError:
            too_large_parts.append(too_deep(named.name, named.value.origin))
            continue
        if sheet is not None:
            sheets.append((named, sheet))
    return sheets


def _spaces(
    tables: Tables,
    variants: tuple[Variant, ...],
    lifecycles: Mapping[str, Lifecycle],
    limit: int,
    too_large_parts: list[Diagnostic],
    progress: Progress | None,
) -> dict[str, StateSpace]:
    spaces: dict[str, StateSpace] = {}
    for variant in variants:
        lifecycle, report = lifecycles[variant.order.follows], progress and partial(progress, variant.name)
        try:
            spaces[variant.name] = tables.table(variant.name, limit=limit, progress=report)
        except RecursionError:
            too_large_parts.append(too_deep(lifecycle.name, lifecycle.origin))
    followers = _by_lifecycle(variants)
    for name, lifecycle in lifecycles.items():
        large = [variant.name for variant in followers.get(name, ()) if _is_cut(spaces.get(variant.name))]
        if large:
            too_large_parts.append(too_many(name, lifecycle.origin, form="limit", limit=limit, variants=sorted(large)))
    return spaces


def _is_cut(space: StateSpace | None) -> bool:
    return space is not None and not space.complete
