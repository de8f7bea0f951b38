"""`covage-model examples`."""

from __future__ import annotations

from typing import Any

import click

from covage_model.api import examples
from covage_model.api.examples import Example
from covage_model.api.workspace import Workspace
from covage_model.cli import options, output
from covage_model.cli.packs import chosen, opened
from covage_model.cli.streams import Exit, Streams
from covage_model.ground import escape, places
from covage_model.ground.files import yaml_writer
from covage_model.report.blocks import Block, TextLine


@click.command("examples")
@click.argument("order", required=False, metavar="[ORDER[/VARIANT]]")
@options.pack_option
@click.option("--format", "format_", type=click.Choice(["json", "yaml"]), help="What is printed. Default: json.")
@options.out_option
@click.pass_obj
def command(streams: Streams, order: str | None, pack: tuple[str, ...], format_: str | None, out: str | None) -> int:
    """
    Print an example order to start from: the smallest valid one in the pack's scenarios.

    A request, or a record where the pack has no request. Where it has neither, one is built of the
    required fields, and stderr says what to fill in. Without ORDER: list the examples. An order
    with several variants needs --out DIR, or one of them named.
    """
    spec = opened(pack, streams)
    found = examples.clean_examples(spec.judge, spec.folders)
    if order is None:
        _list(spec, found, format_, out, streams)
        return Exit.CLEAN
    variants = chosen(spec, order)
    if len(variants) > 1 and out is None:
        raise click.UsageError(f"{order} has several variants: name one, or give --out DIR ({', '.join(variants)})")
    texts = {
        f"{variant.replace('/', '.')}.{format_ or 'json'}": _text(_document(spec, variant, found, streams), format_)
        for variant in variants
    }
    if out is not None and len(variants) > 1:
        output.write_files(texts.items(), out)
        return Exit.CLEAN
    for text in texts.values():
        output.write_file(text, out, streams)
    return Exit.CLEAN


def _document(pack: Workspace, variant: str, found: tuple[Example, ...], streams: Streams) -> Any:
    example = examples.best(found, variant)
    if example is not None:
        return example.data
    built = examples.skeleton_of(pack.judge, variant)
    streams.err.write(f"the pack has no clean example of {variant}: this one is made of its required fields\n")
    if built.gaps:
        streams.err.write(f"fill in: {', '.join(built.gaps)}\n")
    return built.data


def _text(data: Any, format_: str | None) -> str:
    return yaml_writer.written(data) if format_ == "yaml" else escape.json_text(data)


def _list(pack: Workspace, found: tuple[Example, ...], format_: str | None, out: str | None, streams: Streams) -> None:
    """Each variant and its valid examples; the first one is what `examples` prints."""
    by_variant = {variant: examples.of_variant(found, variant) for variant in pack.names}
    if format_ is not None:
        files = {
            name: [{"file": places.shown(one.file), "role": one.role.value} for one in own]
            for name, own in by_variant.items()
        }
        output.write_file(_text(files, format_), out, streams)
        return
    lines: list[Block] = []
    for name, own in by_variant.items():
        lines += [TextLine(name), *(TextLine(f"{one.role.value:7}  {places.shown(one.file)}", 2) for one in own)]
        lines += [] if own else [TextLine("none: it is built of the required fields", 2)]
    output.say(lines, streams, out)
