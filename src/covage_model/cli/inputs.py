"""What a call reads is never written over by what it writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import click

from covage_model.api import files

# the arguments and options whose values are files, folders or globs that a command reads
_READ = ("account", "before", "document", "files", "given", "log", "order_paths", "orders_files", "paths", "record")


def refuse(path: str) -> None:
    """Raise UsageError if the file at a path is one that this call reads."""
    context = click.get_current_context(silent=True)
    written = files.identity(path)
    if context is None or written is None or not os.path.isfile(path):
        return
    for name in _READ:
        if any(_leads_to(given, written) for given in _texts(context.params.get(name))):
            raise click.UsageError(f"{path} is read by this command: write to another file")


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
