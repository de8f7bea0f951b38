"""What is told to each report of a call: as it is, or without what is personal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from covage_model.cli import output

if TYPE_CHECKING:
    from covage_model.report.masking import Mask


def for_each_report(
    items: Iterable[Any], judge: Any, format_: str, masked: Callable[[Mask, Iterable[Any]], Iterable[Any]]
) -> list[Iterable[Any]]:
    """What each report of this call tells, as it comes; `masked` takes out what is personal."""
    from covage_model.report.masking import for_two

    masks = output.masks(judge, format_)
    copies = [items] if len(masks) == 1 else for_two(items)
    return [copy if mask is None else masked(mask, copy) for copy, mask in zip(copies, masks, strict=True)]
