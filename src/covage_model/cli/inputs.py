"""What a call writes goes into files of its own: no file that it reads, and none twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click

from covage_model.api import files
from covage_model.cli import options

# the arguments and options whose values are files, folders or globs that a command reads
_READ = ("account", "before", "document", "files", "given", "log", "order_paths", "orders_files", "paths", "record")

# the options whose values are files that a command writes, apart from its reports
_WRITTEN = ("account_out", "badge", "events", "out", "paints", "save_coverage")


def refuse(path: str, *, joins: bool = False) -> None:
    """
    Raise UsageError if the file at a path is one that this call reads, or writes for two of its options.

    A file that `joins` what is read, as a sum of records that holds them, may be one of them.
    """
    context = click.get_current_context(silent=True)
    if context is None:
        return
    if os.path.isfile(path) or not os.path.exists(path):
        places = [os.path.realpath(each) for each in _written(context.params)]
        if places.count(os.path.realpath(path)) > 1:
            raise click.UsageError(f"two reports go to {path}: give each a file of its own")
    written = files.identity(path)
    if written is None or joins or not os.path.isfile(path):
        return
    for name in _READ:
        if any(_leads_to(given, written) for given in _texts(context.params.get(name))):
            raise click.UsageError(f"{path} is read by this command: write to another file")


def _written(params: dict[str, Any]) -> Iterator[str]:
    yield from (path for _, path in options.further_outputs())
    for value in filter(None, map(params.get, _WRITTEN)):
        yield from [value] if isinstance(value, str) else (path for _, path in value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _texts(item)


def _leads_to(given: str, written: tuple[int, int]) -> bool:
    """Whether what was given is that file, or a folder, a glob or a list that leads to it."""
    if os.path.isfile(given):
        return files.identity(given) == written
    from covage_model.api import order_files

    found = (each.path for each in order_files.order_files([given]) if isinstance(each, order_files.OrderFile))
    return any(files.identity(path) == written for path in found)
