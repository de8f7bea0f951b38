"""`covage-model verify`."""

from __future__ import annotations

import os

import click

from covage_model.api import verify
from covage_model.behaviour.verify.verify import Verified
from covage_model.cli import shared
from covage_model.cli.variants import chosen
from covage_model.documents.judge.verdict import judge_of
from covage_model.pack.model.pack import SpecPack


@click.command("verify")
@click.argument("orders", nargs=-1, metavar="[ORDER[/VARIANT]...]")
@shared.pack_option
@shared.strict_option
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=verify.LIMIT,
    metavar="N",
    help="Look at no more than N configurations of each order and variant. Default: a million.",
)
@shared.format_option("text", "json", "mermaid")
@click.option("--out", "out", metavar="DIR", type=click.Path(), help="Write each counterexample into that folder.")
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    orders: tuple[str, ...],
    pack: tuple[str, ...],
    strict: bool,
    limit: int,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Decide every property of every lifecycle, over the whole state space of each order and variant.

    What is broken comes with a shortest counterexample; --out writes it as a scenario that `run`
    plays, with its documents, as a Mermaid sequence diagram, and drawn on the lifecycle (SVG).
    Without names: all orders.
    """
    loaded = shared.load_sound(pack, streams)
    assert loaded.pack is not None  # a sound pack is one
    judge = judge_of(loaded.pack)
    variants = chosen(loaded.pack, *orders)
    with shared.exploring(streams) as tell, shared.progress(verify.work(judge, variants), "verifying", streams) as tick:
        found = verify.verified(judge, variants, limit=limit, known=loaded.spaces, tick=tick, progress=tell)
    written = _written(loaded.pack, found, out, language, streams) if out is not None else {}
    shared.write(_told(loaded.pack, found, format_, language, written), None, streams)
    return shared.exit_for(found.findings, strict=strict)


def _written(
    pack: SpecPack, found: Verified, folder: str, language: str, streams: shared.Streams
) -> dict[str, list[str]]:
    """The paths of what was written, by the name of what it shows."""
    paths: dict[str, list[str]] = {}
    for one in found.broken:
        for name, text in verify.files_of(pack, one, language).items():
            path = os.path.join(folder, name)
            shared.write(text, path, streams)
            paths.setdefault(verify.name_of(one), []).append(path)
    return paths


def _told(pack: SpecPack, found: Verified, format_: str, language: str, written: dict[str, list[str]]) -> str:
    if format_ == "json":
        from covage_model.report import verify_data

        return shared.as_json(verify_data.verified(found, pack.name, language, written))
    if format_ == "mermaid":
        return _diagrams([verify.sequence(pack, one, language) for one in found.broken])
    from covage_model.report import verify_text

    return verify_text.verified(found, pack, language, written)


def _diagrams(drawn: list[str]) -> str:
    """One as it is; several as Markdown, which holds any number."""
    return drawn[0] if len(drawn) == 1 else "\n".join(f"```mermaid\n{one}```\n" for one in drawn)
