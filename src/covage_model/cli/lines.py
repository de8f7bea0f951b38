"""A file that is written line by line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import click

from covage_model.cli import shared


@contextmanager
def file(out: str | None, streams: shared.Streams) -> Iterator[IO[str]]:
    """The file to write lines to, or stdout."""
    if out is None:
        yield streams.out
        return
    try:
        os.makedirs(os.path.dirname(out) or ".", exist_ok=True)
        with open(out, "w", encoding="utf-8", newline="\n") as opened:
            yield opened
    except OSError as error:
        raise click.UsageError(f"cannot write {out}: {error.strerror}") from error
