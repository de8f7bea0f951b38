"""`covage-model examples`."""

from __future__ import annotations

import os
from typing import Any, cast

import click

from covage_model.api import examples
from covage_model.api.examples import Example
from covage_model.cli import shared
from covage_model.cli.variants import chosen
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.documents.presence.role import Role
from covage_model.pack.model.pack import SpecPack


@click.command("examples")
@click.argument("order", required=False, metavar="[ORDER[/VARIANT]]")
@shared.pack_option
@click.option("--format", "format_", type=click.Choice(["json", "yaml"]), help="What is printed. Default: json.")
@shared.out_option
@click.pass_obj
def command(
    streams: shared.Streams, order: str | None, pack: tuple[str, ...], format_: str | None, out: str | None
) -> int:
    """
    Print an example order to start from: the smallest clean one that the pack's scenarios show.

    A request, or a record where the pack has no request. Where it has neither, one is built of the
    required fields, and stderr says what to fill in. Without ORDER: list what there is. An order
    with several variants needs --out DIR, or one of them named.
    """
    loaded = shared.load_sound(pack, streams)
    spec = cast("SpecPack", loaded.pack)  # a sound pack is one
    judge = judge_of(spec)
    found = examples.clean_examples(judge, loaded.folders)
    if order is None:
        shared.write(_listed(spec, found, format_), out, streams)
        return shared.Exit.CLEAN
    variants = chosen(spec, order)
    if len(variants) > 1 and out is None:
        raise click.UsageError(f"{order} has several variants: name one, or say --out DIR ({', '.join(variants)})")
    for variant in variants:
        data = _document(variant, found, judge, streams)
        path = (
            os.path.join(out, f"{variant.replace('/', '.')}.{format_ or 'json'}") if out and len(variants) > 1 else out
        )
        shared.write(_spelled(data, format_), path, streams)
    return shared.Exit.CLEAN


def _document(variant: str, found: tuple[Example, ...], judge: Judge, streams: shared.Streams) -> Any:
    example = examples.best(found, variant)
    if example is not None:
        return example.data
    from covage_model.documents.tables.skeleton import skeleton

    built = skeleton(judge.sheet(variant), judge.pack.record)
    streams.err.write(f"the pack has no clean example of {variant}: this one is made of its required fields\n")
    if built.gaps:
        streams.err.write(f"fill in: {', '.join(built.gaps)}\n")
    return built.data


def _spelled(data: Any, format_: str | None) -> str:
    if format_ == "yaml":
        from covage_model.ground.files import yaml_writer

        return yaml_writer.written(data)
    return shared.as_json(data)


def _listed(pack: SpecPack, found: tuple[Example, ...], format_: str | None) -> str:
    """Each variant and its clean examples, the one that is printed first."""
    by_variant = {variant.name: _sorted(found, variant.name) for variant in pack.variants}
    if format_ is not None:
        files = {
            name: [{"file": one.file, "role": one.role.value} for one in examples_]
            for name, examples_ in by_variant.items()
        }
        return _spelled(files, format_)
    lines = []
    for name, examples_ in by_variant.items():
        lines += [name, *(f"  {one.role.value:7}  {one.file}" for one in examples_)]
        lines += [] if examples_ else ["  none: it is built of the required fields"]
    return "".join(f"{line}\n" for line in lines)


def _sorted(found: tuple[Example, ...], variant: str) -> list[Example]:
    first = examples.best(found, variant)
    own = [one for one in found if one.variant == variant]
    return sorted(own, key=lambda one: (one is not first, one.role is Role.RECORD, one.file))
