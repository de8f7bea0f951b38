"""
A coverage record: how often each item was exercised. It can be written, read back and merged.

Merging is associative and commutative, and an empty record is neutral: records of many machines may be
merged in any order, any number at a time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FORMAT = 1
_MOST = 2**53 - 1  # beyond it readers of JSON differ about integers


@dataclass(frozen=True, slots=True)
class Record:
    """`hits` are counts by item id; `packs` are the packs of these items, by name and version."""

    packs: frozenset[tuple[str, str]] = frozenset()
    hits: Mapping[str, int] = field(default_factory=dict)


class NoRecord(Exception):
    """The data are not a coverage record; the text says why."""


def merge(records: Iterable[Record]) -> Record:
    """All records as one: counts are added up."""
    packs: set[tuple[str, str]] = set()
    hits: Counter[str] = Counter()
    for record in records:
        packs |= record.packs
        hits.update(record.hits)
    return Record(frozenset(packs), dict(hits))


def written(record: Record) -> str:
    """The record as JSON: the same bytes for the same record, one id to a line, counts of zero left out."""
    data = {
        "coverage": FORMAT,
        "packs": [{"name": name, "version": version} for name, version in sorted(record.packs)],
        "hits": {name: min(count, _MOST) for name, count in sorted(record.hits.items()) if count > 0},
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def read(data: Any) -> Record:
    """The record that these data are. Raises NoRecord."""
    if not isinstance(data, dict) or "coverage" not in data:
        raise NoRecord('it does not say "coverage"')
    if data["coverage"] != FORMAT or isinstance(data["coverage"], bool):
        raise NoRecord(f"its format is not {FORMAT}")
    unknown = sorted(set(data) - {"coverage", "packs", "hits"})
    if unknown:
        raise NoRecord(f"there is no key {unknown[0]!r}")
    return Record(frozenset(map(_pack, _list(data.get("packs")))), dict(map(_hit, _object(data.get("hits")).items())))


def _pack(data: Any) -> tuple[str, str]:
    found = _object(data)
    name, version = found.get("name"), found.get("version")
    if not isinstance(name, str) or not isinstance(version, str) or len(found) != len(("name", "version")):
        raise NoRecord('a pack has a "name" and a "version", and nothing else')
    return name, version


def _hit(entry: tuple[str, Any]) -> tuple[str, int]:
    name, count = entry
    if isinstance(count, bool) or not isinstance(count, int) or not 0 < count <= _MOST:
        raise NoRecord(f"the count of {name!r} is no number from 1 to {_MOST}")
    return name, count


def _list(data: Any) -> list[Any]:
    if not isinstance(data, list):
        raise NoRecord('"packs" is no list')
    return data


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise NoRecord("there is no object where one should be")
    return data
