"""A pack prepared for judging: the variants that a document may be, and their sheets, made when they are needed."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import field
from typing import TYPE_CHECKING, Any, Protocol

from covage_model.documents.presence.sheet import Sheet
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.conditions import Condition
from covage_model.pack.model.matches import Match

if TYPE_CHECKING:
    from covage_model.pack.model.pack import SpecPack

_NOT_YET = object()


@dataclass(frozen=True, slots=True)
class Alternative:
    """A variant that a document may be, the entries of `match` of its order and its own, and their definitions."""

    variant: str
    order: tuple[Match, ...]
    own: tuple[Match, ...]
    origins: tuple[Origin, ...]


class PreparedPack(Protocol):
    """A pack as judges see it. `pack` is all of it, `record` tells a record from a request."""

    @property
    def pack(self) -> SpecPack:
        """The whole pack."""

    @property
    def name(self) -> str:
        """The pack's name."""

    @property
    def record(self) -> Condition | None:
        """The test that tells a record from a request."""

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The variants that a document may be, in spec order."""

    def sheet(self, variant: str) -> Sheet:
        """The sheet of a variant. Raises KeyError for an unknown name."""

    def account(self) -> Sheet | None:
        """The sheet of an account, None where the pack gives it no type."""


@dataclass(slots=True)
class PreparedOnDemand:
    """A pack whose sheets are made when documents need them."""

    pack: SpecPack
    alternatives: tuple[Alternative, ...] = field(init=False)
    _sheets: dict[str, Sheet] = field(default_factory=dict)
    _account: Any = _NOT_YET  # until somebody asks

    def __post_init__(self) -> None:
        """The alternatives, in spec order."""
        self.alternatives = tuple(
            Alternative(
                variant.name,
                variant.order.match,
                variant.spec.match if variant.spec is not None else (),
                (variant.order.origin, *([variant.spec.value.origin] if variant.spec is not None else [])),
            )
            for variant in self.pack.variants
        )

    @property
    def name(self) -> str:
        """The pack's name."""
        return self.pack.name

    @property
    def record(self) -> Condition | None:
        """The test that tells a record from a request."""
        return self.pack.record

    def sheet(self, variant: str) -> Sheet:
        """The sheet of a variant. Raises KeyError for an unknown name."""
        from covage_model.documents.presence.outline import sheet_of

        if variant not in self._sheets:
            self._sheets[variant] = sheet_of(self.pack, self.pack.variant(variant))[0]
        return self._sheets[variant]

    def account(self) -> Sheet | None:
        """The sheet of an account, None where the pack gives it no type."""
        from covage_model.documents.presence.outline import account_sheet

        if self._account is _NOT_YET:
            self._account = account_sheet(self.pack)[0]
        sheet: Sheet | None = self._account
        return sheet


def changed(before: PreparedPack, pack: SpecPack, *, sheets: Container[str], account: bool) -> PreparedOnDemand:
    """
    `pack` prepared with the sheets of `before`; only those of the variants in `sheets` are made anew.

    `account` says whether the account's sheet is made anew too.
    """
    known = {variant.name: before.sheet(variant.name) for variant in pack.variants if variant.name not in sheets}
    return PreparedOnDemand(pack, known, _NOT_YET if account else before.account())
