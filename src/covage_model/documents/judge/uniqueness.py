"""What `unique` compares: a digest of each value that no other order of a run may have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from covage_model.documents.judge.verdict import Judge, Verdict
from covage_model.ground import json_value, pointer
from covage_model.ground.diagnostics import Diagnostic, Location, severity_of
from covage_model.ground.digests import blake2b
from covage_model.ground.dotted import dotted
from covage_model.pack.model.keys import KeyPath

SIZE = 16  # bytes of a digest
_NO_ORDER = frozenset(("CM401", "CM402", "CM413"))  # with one of these a document is not judged as what it is named


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
        # a text is not spelled as JSON, which takes longer: with a quote before it, it is no number
        text = f'"{value}' if isinstance(value, str) else json_value.canonical(value)
        digest.update(text.encode("utf-8", "surrogatepass"))
        return digest.digest()


def _identity(said: KeyPath) -> bytes:
    place = said.origin.location
    return pointer.join((place.file, place.pointer, *said.path, "")).encode("utf-8", "surrogatepass")


class UniqueValues:
    """The digests of judged documents, by the sheets of a judge."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._by_variant: dict[str, UniquePaths] = {}

    def of_variant(self, variant: str) -> UniquePaths:
        """The unique paths of an order and variant."""
        unique = self._by_variant.get(variant)
        if unique is None:
            unique = self._by_variant[variant] = UniquePaths(self._judge.sheet(variant).unique)
        return unique

    def digests(self, verdict: Verdict) -> tuple[bytes, ...]:
        """The digests of a judged document; () where nothing is unique, or it is no order."""
        if verdict.variant is None:
            return ()
        unique = self.of_variant(verdict.variant)
        if not unique.paths or any(finding.code in _NO_ORDER for finding in verdict.findings):
            return ()
        return unique.digests(verdict.data)


def after(judge: Judge, verdict: Verdict, earlier: Iterable[tuple[Verdict, int]]) -> Verdict:
    """
    The verdict as that of a later order of a run, with a finding for each value that an earlier one has too.

    `earlier` has the verdicts on those orders, each with the line on which the order starts.
    """
    values = UniqueValues(judge)
    first: dict[bytes, tuple[str, int]] = {}
    for other, line in earlier:
        for digest in values.digests(other):
            first.setdefault(digest, (other.file, line))
    digests = values.digests(verdict)
    paths = values.of_variant(verdict.variant).paths if digests and verdict.variant is not None else ()
    found = [
        again(said, verdict.file, 1, *first[digest])
        for said, digest in zip(paths, digests, strict=True)
        if digest and digest in first
    ]
    exercised = dict.fromkeys([*verdict.exercised, *(finding.because for finding in found if finding.because)])
    return replace(verdict, findings=(*verdict.findings, *found), exercised=tuple(exercised))


def again(said: KeyPath, file: str, line: int, first_file: str, first_line: int) -> Diagnostic:
    """The finding about the order on `line` of `file`, which has a value of the first (CM415)."""
    place = Location(file, line, 1, pointer.join(said.path))
    arguments = {"path": dotted(said.path), "file": first_file, "line": first_line}
    severity = severity_of(said.origin.standing)
    return Diagnostic("CM415", "again", arguments, place, severity=severity, because=said.origin)
