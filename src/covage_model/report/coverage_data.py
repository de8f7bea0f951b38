"""Coverage as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.coverage.items import CoverageItem
from covage_model.quality.coverage.measure import Coverage, Share
from covage_model.report import data


def covered(told: Coverage, pack: SpecPack, found: Sequence[Diagnostic], language: str) -> dict[str, Any]:
    """Every share, and every item with its count; `because` is where the item is written."""
    return {
        **data.head("coverage"),
        "pack": pack.name,
        "total": _share(told.total),
        "kinds": _shares(told.by_kind),
        "files": _shares(told.by_file),
        "statements": _shares(told.by_statement),
        "touched": _share(told.touched),
        "uncited": list(told.uncited),
        "items": [{**_item(item, language), "count": told.counts.get(item.id, 0)} for item in told.reachable],
        "out_of_reach": [
            {**_item(item, language), "reason": told.out_of_reach[item.id]}
            for item in told.items
            if item.id in told.out_of_reach
        ],
        "findings": [data.finding(one, language) for one in found],
    }


def _shares(shares: Mapping[str, Share]) -> list[dict[str, Any]]:
    return [{"name": name, **_share(share)} for name, share in shares.items()]


def _share(share: Share) -> dict[str, Any]:
    return {"covered": share.covered, "total": share.total, "percent": share.percent}


def _item(item: CoverageItem, language: str) -> dict[str, Any]:
    said = item.called.said(language)
    return {"id": item.id, "kind": item.kind, "label": said, "because": data.origin(item.origin)}
