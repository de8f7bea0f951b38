"""What a mutant may affect: the variants that use the changed definition, and the account."""

from __future__ import annotations

from collections.abc import Iterable

from covage_model.ground.classes import dataclass
from covage_model.pack.definitions.types import used_by
from covage_model.pack.model.orders import Variant, variants
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.mutants.mutant import Mutant, Path


@dataclass(frozen=True, slots=True)
class Touch:
    """
    What may differ in a mutant: the sheets and runs of `variants`, the account's sheet, the choice of a variant.

    `content` is true if fields of documents change. Otherwise only a lifecycle changes, and a sheet differs
    only if the statuses do.
    """

    variants: frozenset[str]
    account: bool
    choice: bool
    content: bool


@dataclass(frozen=True, slots=True)
class Uses:
    """Which variants use each type of a pack, directly or through other types."""

    pack: SpecPack
    by_type: dict[str, frozenset[str]]
    of_account: frozenset[str]

    def holders(self, mutant: Mutant) -> frozenset[str]:
        """The variants that use a changed definition, in their documents or as their lifecycle."""
        return frozenset(variant for change in mutant.changes for variant in self._holders(change.path))

    def touch(self, mutant: Mutant) -> Touch:
        """What the changes of a mutant may affect."""
        touches = [self._touch(change.path) for change in mutant.changes]
        return Touch(
            frozenset(variant for touch in touches for variant in touch.variants),
            any(touch.account for touch in touches),
            any(touch.choice for touch in touches),
            any(touch.content for touch in touches),
        )

    def _touch(self, path: Path) -> Touch:
        match path:
            case ("types", int(number), *_) if self.pack.types[number].name in self.of_account:
                # rules of every order may read the account
                return Touch(_names(self.pack.variants), account=True, choice=False, content=True)
            case ("lifecycles", *_):
                return Touch(self._holders(path), account=False, choice=False, content=False)
            case ("types", *_) | ("orders", _, "value", *_) | ("orders", _, "variants", _, "value", *_):
                return Touch(self._holders(path), account=False, choice=False, content=True)
            case _:
                return Touch(_names(self.pack.variants), account=False, choice=True, content=True)

    def _holders(self, path: Path) -> frozenset[str]:
        match path:
            case ("types", int(number), *_):
                return self.by_type[self.pack.types[number].name]
            case ("lifecycles", int(number), *_):
                follows = self.pack.lifecycles[number].name
                return _names(variant for variant in self.pack.variants if variant.order.follows == follows)
            case ("orders", int(number), "variants", int(variant), *_):
                return _names(variants(self.pack.orders[number])[variant : variant + 1])
            case ("orders", int(number), *_):
                return _names(variants(self.pack.orders[number]))
            case _:
                return _names(self.pack.variants)


def _names(variants: Iterable[Variant]) -> frozenset[str]:
    return frozenset(variant.name for variant in variants)


def uses_of(pack: SpecPack) -> Uses:
    """The uses of a pack's types."""
    types = {named.name: named for named in pack.types}
    account = types.get(pack.account or "")
    of_account = [] if account is None else [account, *used_by(account.value, types)]
    reached = {
        variant.name: frozenset(used.name for value in variant.values for used in used_by(value, types))
        for variant in pack.variants
    }
    by_type = {
        named.name: frozenset(variant for variant, names in reached.items() if named.name in names)
        for named in pack.types
    }
    return Uses(pack, by_type, frozenset(used.name for used in of_account))
