"""Random spec data in which no list says an item twice, and no case emits what its transition does."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

IN_ORDER = ("precedes", "leads_to", "cases", "steps", "emitted", "findings")


def each_once(data: Any, key: str = "", emitted: Collection[str] = ()) -> Any:
    """A copy of the data below `key`; the events in `emitted` are left out."""
    if isinstance(data, list):
        items = [each_once(item, "", emitted) for item in data]
        return items if key in IN_ORDER else list({_spelled(item): item for item in items}.values())
    if not isinstance(data, dict):
        return data
    said = data.get("emits", [])
    events = [each for each in dict.fromkeys([said] if isinstance(said, str) else said) if each not in emitted]
    copied = {name: each_once(item, name, (*emitted, *events)) for name, item in data.items() if name != "emits"}
    return copied | ({"emits": events} if events else {})


def _spelled(item: Any) -> str:
    """Alike for 1 and 1.0, which are one value."""
    return re.sub(r"(\d)\.0\b", r"\1", json.dumps(item, sort_keys=True))
