"""Options of `validate` that need more than a word: who judges, what records were before, what does not go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from covage_model.api import orders

if TYPE_CHECKING:
    from covage_model.api.workspace import Workspace

_IN_THIS_PROCESS = {
    "--before": "--before judges in this process: remove --engine",
    "--save-coverage": "--save-coverage judges in this process: remove --engine",
}


def refuse(
    files: Sequence[str], account: Sequence[str], engine: str, in_this_process: Mapping[str, str | None]
) -> None:
    """Complain about options that do not go together."""
    if "-" in files and "-" in account:
        raise click.UsageError("stdin can be read once: give the orders or the account as a file")
    if in_this_process["--before"] == "-":
        raise click.UsageError("--before takes a file")
    for option, path in in_this_process.items():
        if engine == "dask" and path is not None:
            raise click.UsageError(_IN_THIS_PROCESS[option])


def since(before: str, judged: Iterable[Any], spec: Workspace, request: orders.Request) -> Iterator[Any]:
    """What is judged, each record with what it was before; first what cannot be read of the records before."""
    from covage_model.api.became import RecordsBefore

    records = RecordsBefore(spec, request.account)
    yield from records.read(before, request)
    yield from records.compared(judged)
