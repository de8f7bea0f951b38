"""`covage-model mutate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from covage_model.api import mutation
from covage_model.cli import known, masked, options, output
from covage_model.cli.packs import check_status, chosen, opened
from covage_model.cli.streams import Exit, Streams, progress
from covage_model.cli.together import TogetherCommand
from covage_model.ground.nearest import near_miss
from covage_model.ground.processes import workers
from covage_model.report.fingerprints import identity_of_part

if TYPE_CHECKING:
    from covage_model.api.workspace import Workspace
    from covage_model.ground.diagnostics import Diagnostic

_SHORT = 500  # trials that end before another process would have started


@click.command("mutate", cls=TogetherCommand)
@click.argument("orders", nargs=-1, metavar="[ORDER[/VARIANT]...]")
@options.pack_option
@click.option(
    "--corpus",
    "paths",
    multiple=True,
    metavar="PATH",
    help="Order files, scenarios, folders or globs of these, as for validate. Default: the pack's own scenarios.",
)
@options.exclude_option
@options.at_option
@options.encoding_option
@options.account_option
@click.option("--state", "state", metavar="STATUS", help="The status to judge order files for.")
@click.option(
    "--notice",
    type=click.Choice(mutation.NOTICES),
    default=mutation.NOTICES[0],
    help="What kills a mutant: other findings, or only another verdict.",
)
@click.option("--operators", metavar="NAME,...", help="Only these operators; see docs/mutate.md.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Try only N mutants, drawn with --seed.")
@click.option("--seed", type=int, default=0, show_default=True, metavar="N", help="The seed of the sample.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; default: one per processor.")
@click.option("--fail-under", type=options.PERCENT, metavar="PERCENT", help="Exit with 1 if the score is lower.")
@known.finding_options(reveals=True)
@click.pass_obj
def command(
    streams: Streams,
    /,
    orders: tuple[str, ...],
    pack: tuple[str, ...],
    notice: str,
    operators: str | None,
    sample: int | None,
    seed: int,
    jobs: int | None,
    fail_under: float | None,
    format_: str,
    out: str | None,
    language: str,
    **read: Any,  # where the corpus lies and how it is read: paths, exclude, at, encoding, account, state
) -> int:
    """
    Mutation testing of a corpus: change the spec in one place at a time, and show the mutants that survive.

    A corpus is order files and scenarios. A surviving mutant shows a rule that could be lost unnoticed: write a
    file or a scenario that breaks the rule. The score does not count mutants that `check` rejects, and equivalent
    mutants, which have the same schemas and state tables as the spec. The exit code is 1 if a mutant was not tried
    because its process was killed.
    """
    from covage_model.report.subjects import mutants

    not_counted = known.opened()
    spec = opened(pack, streams)
    variants = frozenset(chosen(spec, *orders)) if orders else None
    if read["state"] is not None:
        check_status(spec, read["state"])
    made = mutation.chosen(spec.spec, variants=variants, operators=_operators(operators), sample=sample, seed=seed)
    corpus, unread = _corpus(spec, streams, **read)
    jobs = jobs or (workers.processors() if len(made) * len(corpus.items) > _SHORT else 1)
    with progress(len(made), "mutants", streams) as tick:
        found = mutation.mutation(
            spec.judge, corpus, made, notice=mutation.Notice(notice), jobs=jobs, findings=unread, tick=tick
        )
    named = (*mutation.under(found, spec.spec, fail_under), *mutants.mutant_findings(found, language))
    counted = known.counted(not_counted, (*found.findings, *named), identity_of_part)
    reports = [
        mutants.report(found, counted if mask is None else mask.findings(counted), spec.name, notice, language)
        for mask in masked.masks(spec.judge, format_)
    ]
    ends = output.ending(at_least=Exit.FOUND if found.untried else Exit.CLEAN)
    every = sample is None and operators is None and variants is None
    return known.show(not_counted, reports, format_, out, streams, ends, all_was_judged=every)


def _corpus(
    spec: Workspace, streams: Streams, paths: tuple[str, ...], account: tuple[str, ...], state: str | None, **read: Any
) -> tuple[mutation.Corpus, tuple[Diagnostic, ...]]:
    """The order files and scenarios, and the findings about those that cannot be read."""
    if "-" in account and "-" in paths:
        raise click.UsageError("stdin can be read once: give the orders or the account as a file")
    stdin = streams.stdin_if_named((*account, *paths))
    return mutation.read_corpus(spec.spec, spec.folders, paths, account=account, status=state, stdin=stdin, **read)


def _operators(names: str | None) -> frozenset[str]:
    if names is None:
        return frozenset(mutation.OPERATORS)
    found = [name.strip() for name in names.split(",") if name.strip()]
    for name in found:
        if name not in mutation.OPERATORS:
            near = near_miss(name, mutation.OPERATORS)
            hint = f"did you mean {near!r}?" if near else f"use some of: {', '.join(mutation.OPERATORS)}"
            raise click.UsageError(f"there is no operator {name!r}; {hint}")
    return frozenset(found)
