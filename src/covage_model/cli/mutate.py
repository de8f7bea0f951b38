"""`covage-model mutate`."""

from __future__ import annotations

from typing import cast

import click

from covage_model.api import mutation
from covage_model.cli import shared, variants
from covage_model.documents.judge.verdict import judge_of
from covage_model.ground.nearest import near_miss
from covage_model.ground.processes import workers
from covage_model.pack.model.pack import SpecPack
from covage_model.quality.mutants.corpus import Corpus, Notice
from covage_model.quality.mutants.operators import OPERATORS


@click.command("mutate")
@click.argument("orders", nargs=-1, metavar="[ORDER[/VARIANT]...]")
@shared.pack_option
@click.option(
    "--corpus",
    "paths",
    multiple=True,
    metavar="PATH",
    help="Order files, scenarios, folders of these. Default: the pack's own scenarios.",
)
@shared.account_option
@click.option("--state", "state", metavar="STATUS", help="The status to judge order files for.")
@click.option(
    "--notice",
    type=click.Choice([one.value for one in Notice]),
    default=Notice.FINDINGS.value,
    help="What of an order file is noticed: which findings there are, or only whether there is an error.",
)
@click.option("--operators", metavar="NAME,...", help="Only these operators; see docs/mutate.md.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Try so many mutants only, drawn with --seed.")
@click.option("--seed", type=int, default=0, show_default=True, help="What the sample is drawn with.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; default: one per processor.")
@click.option("--fail-under", type=shared.PERCENT, metavar="PERCENT", help="Exit 1 where the score is lower.")
@shared.format_option("text", "json")
@shared.out_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    *,
    orders: tuple[str, ...],
    pack: tuple[str, ...],
    paths: tuple[str, ...],
    account: str | None,
    state: str | None,
    notice: str,
    operators: str | None,
    sample: int | None,
    seed: int,
    jobs: int | None,
    fail_under: float | None,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Change the spec in one place at a time, and show which changes a corpus would not notice.

    A corpus is order files and scenarios. What survives is a rule that could vanish unnoticed: write a
    file or a scenario that breaks it. Mutants that `check` refuses, and those that derive the very same
    schemas and state tables, do not count in the score.
    """
    loaded = shared.load_sound(pack, streams)
    spec = cast("SpecPack", loaded.pack)  # a sound pack is one
    named = frozenset(variants.chosen(spec, *orders)) if orders else None
    judge = judge_of(spec)
    if state is not None:
        shared.check_status(judge, state)
    made = mutation.chosen(spec, variants=named, operators=_operators(operators), sample=sample, seed=seed)
    corpus, unread = mutation.read_corpus(spec, loaded.folders, paths, account=account, status=state)
    seen = Notice(notice)
    with shared.progress(len(made), "mutants", streams) as tick:
        found = mutation.mutation(
            judge, corpus, made, notice=seen, jobs=jobs or _enough(made, corpus), findings=unread, tick=tick
        )
    if format_ == "json":
        from covage_model.report import mutants_data

        shared.write(shared.as_json(mutants_data.mutated(found, spec.name, seen, language)), out, streams)
    else:
        from covage_model.report import mutants_text

        shared.write(mutants_text.mutated(found, language), out, streams)
    low = fail_under is not None and found.score is not None and found.score < fail_under
    return max(shared.exit_for(unread, strict=False), shared.Exit.FOUND if low else shared.Exit.CLEAN)


def _operators(names: str | None) -> frozenset[str]:
    if names is None:
        return frozenset(OPERATORS)
    found = [name.strip() for name in names.split(",") if name.strip()]
    for name in found:
        if name not in OPERATORS:
            near = near_miss(name, OPERATORS)
            hint = f"did you mean {near!r}?" if near else f"use some of: {', '.join(OPERATORS)}"
            raise click.UsageError(f"there is no operator {name!r}; {hint}")
    return frozenset(found)


def _enough(made: tuple[object, ...], corpus: Corpus) -> int:
    """All processors, unless the work is done before another process would have begun."""
    return workers.processors() if len(made) * len(corpus.items) > _A_MOMENT else 1


_A_MOMENT = 500
