"""Which reports of a call show personal data, and what each of them gets: all, or what is not personal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from covage_model.cli import options
from covage_model.report.formats import FOR_THE_TERMINAL

if TYPE_CHECKING:
    from covage_model.report.masking import Mask

# Variables that CI systems set; TF_BUILD is that of Azure Pipelines.
_CI = ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TF_BUILD", "TEAMCITY_VERSION", "BUILDKITE")


def in_ci() -> bool:
    """Whether a CI system runs this: its log is read by many, and kept."""
    return any(os.environ.get(name, "").lower() not in ("", "false", "0") for name in _CI)


def _shows_and_hides(format_: str, *, more: bool) -> tuple[bool, bool]:
    """Whether personal data is shown in a format of this call, and whether it is hidden in one, or in `more` files."""
    context = click.get_current_context(silent=True)
    if context is not None and context.meta.get(options.REVEAL):
        return True, False
    names = options.formats(format_)
    terminal = names & FOR_THE_TERMINAL
    return bool(terminal) and not in_ci(), more or terminal != names or in_ci()


def masks(judge: Any, format_: str, *, more: bool = False) -> list[Mask | None]:
    """
    For each report that this call prints, what hides personal data in it: None for one that shows it.

    The first is for the terminal where there are two. With `more`, the last is for files too.
    """
    shows, hidden = _shows_and_hides(format_, more=more)
    if not hidden:
        return [None]
    from covage_model.report.masking import Mask

    return [None, Mask(judge)] if shows else [Mask(judge)]


def for_each_report(
    items: Iterable[Any],
    judge: Any,
    format_: str,
    masked: Callable[[Mask, Iterable[Any]], Iterable[Any]],
    *,
    more: bool = False,
) -> list[Iterable[Any]]:
    """What each report of this call tells, as it comes; `masked` takes out what is personal. `more` as for `masks`."""
    each = masks(judge, format_, more=more)
    if len(each) == 1:
        copies = [items]
    else:
        from covage_model.report.masking import for_two

        copies = list(for_two(items))
    return [copy if mask is None else masked(mask, copy) for copy, mask in zip(copies, each, strict=True)]
