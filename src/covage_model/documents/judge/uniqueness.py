"""What `unique` compares: a digest of each value that no other order of a run may have."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from covage_model.ground import json_value, pointer
from covage_model.pack.model.values import KeyPath

SIZE = 16  # bytes of a digest
NO_ORDER = frozenset(("CM401", "CM402", "CM413"))  # with one of these a document is not judged as what it is named


class UniquePaths:
    """
    The paths of one order and variant whose values are unique.

    Values are compared with those of the same line of the spec alone: in a type that two orders include, with both.
    """

    def __init__(self, paths: Sequence[KeyPath]) -> None:
        self.paths = tuple(paths)
        self._begun = tuple(blake2b(_identity(said), digest_size=SIZE) for said in paths)

    def digests(self, data: Any) -> tuple[bytes, ...]:
        """
        A digest of the line and value of each path, in the order of `paths`; b"" where there is no text or number.

        Two are the same exactly if the values are equal in JSON: 1 and 1.0 are.
        """
        return tuple(map(self._digest, range(len(self.paths)), [json_value.at(data, said.path) for said in self.paths]))

    def _digest(self, number: int, value: Any) -> bytes:
        if not (isinstance(value, str) or json_value.is_number(value)):
            return b""
        digest = self._begun[number].copy()
        digest.update(json_value.canonical(value).encode())
        return digest.digest()


def _identity(said: KeyPath) -> bytes:
    place = said.origin.location
    return pointer.join((place.file, place.pointer, *said.path, "")).encode("utf-8", "surrogatepass")
