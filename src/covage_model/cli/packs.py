"""Opening the packs of a command, and resolving the names of its orders."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from covage_model.api import packs, workspace
from covage_model.api.workspace import Workspace
from covage_model.cli import masked, output
from covage_model.cli.streams import Exit, Streams, exploring
from covage_model.ground.diagnostics import Severity
from covage_model.ground.nearest import nearest

if TYPE_CHECKING:
    from covage_model.api.begin import Begun
    from covage_model.report.masking import Mask

T = TypeVar("T")


def opened(names: Iterable[str], streams: Streams, *, finished: bool = False) -> Workspace:
    """
    The packs of these names as one. Errors end the command with exit code 3.

    Errors about behaviour are warned about on stderr, and end the command only where it needs a `finished` pack.
    """

    def read() -> Workspace:
        with exploring(streams) as tell:
            return workspace.open_workspace(tuple(names), unfinished=not finished, progress=tell)

    return _usable(read, streams)


def opened_to_judge(names: Iterable[str], streams: Streams) -> Workspace:
    """The same, faster where the cache holds it: only what judging documents needs is read."""
    return _usable(lambda: workspace.open_to_judge(tuple(names), unfinished=True), streams)


def _usable(read: Callable[[], Workspace], streams: Streams) -> Workspace:
    """What is read of a pack; one that is not there or is broken ends the command."""
    try:
        found = read()
    except packs.NoSuchPack as error:
        raise click.UsageError(str(error)) from error
    except workspace.BrokenPack as error:
        raise _refused(error, streams) from error
    output.tell_pack(found.name, found.folders, lambda: found.spec)
    _warn_unfinished(found, streams)
    return found


def _warn_unfinished(found: Workspace, streams: Streams) -> None:
    errors = [finding for finding in found.findings if finding.severity is Severity.ERROR]
    if errors:
        output.warn([replace(one, severity=Severity.WARNING) for one in errors], streams.language, streams)
        streams.tell("the pack is not finished: `covage-model check` reports these warnings as errors")


def _refused(error: workspace.BrokenPack, streams: Streams) -> click.exceptions.Exit:
    output.warn(error.findings, streams.language, streams)
    streams.tell("the pack is broken: `covage-model check` says the same")
    return click.exceptions.Exit(int(Exit.BROKEN))


def chosen(pack: Workspace, *names: str | None, unfollowed: bool = False) -> list[str]:
    """
    The variants that the names mean; all of them where no name is given. A name of nothing is a usage error.

    With `unfollowed`, lifecycles that no order follows too.
    """
    given = [name for name in names if name is not None]
    try:
        return pack.explorable(given) if unfollowed else pack.variants(given)
    except workspace.NoSuchOrder as error:
        raise click.UsageError(str(error)) from error


def of_account(make: Callable[[], T]) -> T:
    """What is made of the account's type; a pack without one is a usage error."""
    try:
        return make()
    except workspace.NoSuchOrder as error:
        raise click.UsageError(str(error)) from error


def begun(pack: Workspace, names: Iterable[str], **given: Any) -> Begun:
    """An order begun as `api.begin.begin` does; a variant that is left open is a usage error."""
    from covage_model.api import begin

    try:
        return begin.begin(pack.judge, tuple(names), **given)
    except workspace.NoSuchOrder as error:
        raise click.UsageError(str(error)) from error


def told(pack: Workspace, begun: Begun, answer: Any, format_: str) -> list[tuple[Begun, Any]]:
    """An order and what `why` says of it, for each report of this call: with nothing personal where that is masked."""
    each: list[tuple[Begun, Any]] = []
    for mask in masked.masks(pack.judge, format_):
        shown = begun_as_shown(begun, mask)
        each.append((shown, answer if answer is None or mask is None else mask.answer(answer)))
    return each


def begun_as_shown(begun: Begun, mask: Mask | None) -> Begun:
    """An order at its start, with nothing personal in its document and its findings where there is a mask."""
    if mask is None:
        return begun
    name = begun.session.variant.name if begun.session is not None else None
    document, found = mask.given(begun.document, name, begun.findings)
    return replace(begun, document=document, findings=found)


def check_status(pack: Workspace, status: str) -> None:
    """A status that no order of the pack ever shows is a usage error; one that some never show is a finding."""
    judge = pack.judge
    legal = dict.fromkeys(
        one for variant in judge.prepared.alternatives for one in judge.sheet(variant.variant).statuses
    )
    if status not in legal:
        hint = nearest(status, legal)
        raise click.UsageError(f"no order has the status {status!r}" + (f"; {hint}" if hint else ""))
