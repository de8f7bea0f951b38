"""The seeded samples of the oracle, compiled by the toolkit."""

import functools
import json
from collections.abc import Iterator
from itertools import count
from typing import Any

from oracle.lifecycles import Sample

from covage_model.ground import pointer
from covage_model.ground.diagnostics import Location
from covage_model.ground.files.node import Node
from covage_model.pack.compile.compile import compile_pack
from covage_model.pack.model.pack import SpecPack


def pack_of(sample: Sample) -> SpecPack:
    """The sample's pack; it has no findings."""
    return compiled(sample.files)


def compiled(files: dict[str, Any]) -> SpecPack:
    """
    The pack of the data; it has no findings.

    The data are not written as YAML and read again: that would take half of the time and test nothing.
    """
    nodes = [_node(file, json.dumps(data)) for file, data in files.items()]
    pack, findings = compile_pack([("pack", nodes)])
    assert pack is not None
    assert not findings, (findings, files)
    return pack


@functools.lru_cache(maxsize=64)  # all packs have the same files but for the lifecycle, and few orders
def _node(file: str, content: str) -> Node:
    return _placed(json.loads(content), file, "", count(1))


def _placed(data: Any, file: str, at: str, lines: Iterator[int], key: Location | None = None) -> Node:
    """The data with positions, as if each value and each key had a line of its own."""
    if isinstance(data, dict):
        value: Any = {}
        for name, item in data.items():
            there = at + pointer.join([name])
            value[name] = _placed(item, file, there, lines, Location(file, next(lines), 1, there))
    elif isinstance(data, list):
        value = [_placed(item, file, f"{at}/{number}", lines) for number, item in enumerate(data)]
    else:
        value = data
    return Node(value, Location(file, next(lines), 1, at), key)
