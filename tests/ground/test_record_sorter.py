"""Records sorted in memory and in a temporary file."""

from __future__ import annotations

import os
import stat
import tempfile
from random import Random

import pytest

from covage_model.ground.files.record_sorter import RecordSorter


def numbers(count: int) -> list[bytes]:
    random = Random(count)
    return [random.randrange(count).to_bytes(8, "big") for _ in range(count)]


@pytest.mark.parametrize("limit", [0, 49, 1_000, 49 * 1_000, 10_000_000])
@pytest.mark.parametrize("count", [0, 1, 2, 999, 1_000, 2_500])
def test_whatever_the_limit_records_come_sorted(count: int, limit: int) -> None:
    if limit == 0 and count > 2:
        count = 40  # a run each
    records = numbers(count)
    sorter = RecordSorter(8, limit)
    for record in records:
        sorter.add(record)
    assert len(sorter) == count
    assert list(sorter.records()) == sorted(records)
    assert list(sorter.records()) == sorted(records)
    sorter.close()
    assert len(sorter) == 0


def test_only_large_data_go_to_a_private_temporary_file(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def counted() -> object:
        file = real()
        made.append(file)
        return file

    real = tempfile.TemporaryFile
    monkeypatch.setattr(tempfile, "TemporaryFile", counted)
    sorter = RecordSorter(8, 49 * 100)
    for record in numbers(99):
        sorter.add(record)
    assert made == []
    sorter.add(bytes(8))
    status = os.fstat(made[0].fileno())
    assert (stat.S_IMODE(status.st_mode), status.st_nlink, status.st_size) == (0o600, 0, 800)
    sorter.close()
    assert made[0].closed


def test_a_file_that_cannot_be_written_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    sorter = RecordSorter(8, 0)
    with pytest.raises(OSError, match="No space"):
        sorter.add(bytes(8))
