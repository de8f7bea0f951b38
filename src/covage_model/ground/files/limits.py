"""Limits on the size of one document."""

from __future__ import annotations

from covage_model.ground.classes import dataclass

DEEPEST = 256  # documents are walked by recursion, also by the library's JSON parser


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What is read at most of one document; one more is a finding (CM003), and the rest of it is not read.

    Raises ValueError for a `depth` of more than 256, which could not be walked by recursion.
    """

    depth: int = 64  # mappings and lists inside each other
    bytes: int = 16 * 2**20  # of a JSON file, or of one document of a YAML stream
    nodes: int = 1_000_000  # values
    scalar: int = 1_000_000  # code points of one key or text
    digits: int = 1_000  # of one number
    line: int = 2**20  # bytes of an NDJSON record; the file itself may have any size
    paths: int = 2**28  # code points of the pointers to all values, a list's index as 8
    findings: int = 10_000

    def __post_init__(self) -> None:
        if self.depth > DEEPEST:
            raise ValueError(f"depth is {self.depth}, and at most {DEEPEST}")


ANY = Limits(
    depth=DEEPEST, bytes=2**62, nodes=2**62, scalar=2**62, digits=2**62, line=2**62, paths=2**62, findings=2**62
)  # for a text that was read before
