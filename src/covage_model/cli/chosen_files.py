"""Which files `validate` looks at: those that have changed, and the list of them."""

from __future__ import annotations

import click

from covage_model.cli import output
from covage_model.cli.streams import Streams


def changed(files: tuple[str, ...], ref: str, exclude: tuple[str, ...], streams: Streams) -> tuple[str, ...]:
    """The files that have changed; how many have not goes to stderr."""
    from covage_model.api import changed_files

    try:
        differ, same = changed_files.changed_among(files, ref, exclude=exclude)
    except changed_files.NoChanges as error:
        raise click.UsageError(f"--changed-since: {error}") from error
    streams.tell("not changed since {ref}, and not judged: {count:n} {count:file|files}", ref=ref, count=same)
    return tuple(differ)


def shown(files: tuple[str, ...], ref: str | None, exclude: tuple[str, ...], streams: Streams) -> int:
    """Show the files that would be judged, and on stderr what cannot be."""
    from covage_model.api import order_files
    from covage_model.ground import escape, places

    chosen = files if ref is None else changed(files, ref, exclude, streams)
    found = list(order_files.order_files(chosen, exclude=exclude)) if chosen else []
    for entry in found:
        if isinstance(entry, order_files.OrderFile):
            streams.out.write(f"{escape.terminal(places.shown(entry.path))}\n")
    problems = [entry for entry in found if not isinstance(entry, order_files.OrderFile)]
    output.warn(problems, streams.language, streams)
    return output.exit_for(problems)
