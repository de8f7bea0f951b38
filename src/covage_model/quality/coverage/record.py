"""
A coverage record: how often each item was exercised. Records can be written, read and merged.

Merging is associative and commutative, and the empty record is neutral: records of many machines can be
merged in any order.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from covage_model.ground.classes import dataclass

FORMAT = 1
_MOST = 2**53 - 1  # larger integers are not read alike by all JSON parsers


@dataclass(frozen=True, slots=True)
class Record:
    """`hits` has counts by item id; `packs` has the name and version of the packs of these items."""

    packs: frozenset[tuple[str, str]] = frozenset()
    hits: Mapping[str, int] = field(default_factory=dict)


class NoRecord(Exception):
    """The data is not a coverage record; the text says why."""


def merge(records: Iterable[Record]) -> Record:
    """One record with the counts of all added up."""
    packs: set[tuple[str, str]] = set()
    hits: Counter[str] = Counter()
    for record in records:
        packs |= record.packs
        hits.update(record.hits)
    return Record(frozenset(packs), dict(hits))


def written(record: Record) -> str:
    """The record as JSON, one id per line, without zero counts. Equal records give equal bytes."""
    data = {
        "coverage": FORMAT,
        "packs": [{"name": name, "version": version} for name, version in sorted(record.packs)],
        "hits": {name: min(count, _MOST) for name, count in sorted(record.hits.items()) if count > 0},
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def read(data: Any) -> Record:
    """The record in this JSON data. Raises NoRecord."""
    if not isinstance(data, dict) or "coverage" not in data:
        raise NoRecord('it does not say "coverage"')
    if data["coverage"] != FORMAT or isinstance(data["coverage"], bool):
        raise NoRecord(f"its format is not {FORMAT}")
    unknown = sorted(set(data) - {"coverage", "packs", "hits"})
    if unknown:
        raise NoRecord(f"there is no key {unknown[0]!r}")
    return Record(frozenset(map(_pack, _list(data.get("packs")))), dict(map(_hit, _object(data.get("hits")).items())))


def _pack(data: Any) -> tuple[str, str]:
    entry = _object(data)
    name, version = entry.get("name"), entry.get("version")
    if not isinstance(name, str) or not isinstance(version, str) or len(entry) != len(("name", "version")):
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
