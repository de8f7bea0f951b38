"""`covage-model examples`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from covage_model.api import examples, orders
from covage_model.api.examples import Example
from covage_model.api.workspace import Workspace
from covage_model.cli import options, output, packs
from covage_model.cli.packs import chosen, opened
from covage_model.cli.streams import Exit, Streams
from covage_model.cli.together import TogetherCommand
from covage_model.ground import escape, places
from covage_model.ground.files import yaml_writer
from covage_model.ground.language import tell
from covage_model.report.blocks import Block, TextLine

if TYPE_CHECKING:
    from covage_model.api.account_examples import AccountSkeleton


@click.command("examples", cls=TogetherCommand)
@click.argument("order", required=False, metavar="[ORDER[/VARIANT]|account]")
@options.pack_option
@click.option(
    "--from",
    "given",
    multiple=True,
    metavar="FILES",
    help="With `account`: make it of these orders, so that they pass. Files, folders, globs, @LIST, or - for stdin.",
)
@options.reveal_option
@options.at_option
@options.encoding_option
@click.option("--format", "format_", type=click.Choice(["json", "yaml"]), help="What is printed. Default: json.")
@options.out_option
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    order: str | None,
    pack: tuple[str, ...],
    given: tuple[str, ...],
    at: str,
    encoding: str | None,
    format_: str | None,
    out: str | None,
    language: str,
) -> int:
    """
    Print an example order to start from: the smallest valid one in the pack's scenarios.

    A request, or a record where the pack has no request. Where it has neither, one is built of the
    required fields, and stderr says what to fill in. Without ORDER: list the examples. An order
    with several variants needs --out DIR, or one of them named.

    `account` prints an account with which the example orders pass. With --from it has what the given orders ask for
    and nothing else, and stderr says which of its values no order says: put in those that are true.
    """
    spec = opened(pack, streams)
    if spec.means_account(order):
        return _account(spec, {"given": given, "at": at, "encoding": encoding}, format_, out, language, streams)
    if given:
        raise click.UsageError("--from makes an account of orders: `examples account --from FILES`")
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
    streams.tell("the pack has no clean example of {name}: this one is made of its required fields", name=variant)
    if built.gaps:
        streams.tell("fill in: {fields}", fields=", ".join(built.gaps))
    return built.data


def _text(data: Any, format_: str | None) -> str:
    return yaml_writer.written(data) if format_ == "yaml" else escape.json_text(data)


def _account(
    pack: Workspace, asked: dict[str, Any], format_: str | None, out: str | None, lang: str, streams: Streams
) -> int:
    """Print an account; the exit code says whether it was made for all the given orders."""
    from covage_model.api import account_examples as accounts

    paths = asked["given"]
    if not paths:
        output.write_file(_text(packs.of_account(lambda: accounts.example_account(pack)), format_), out, streams)
        return Exit.CLEAN
    stdin = orders.chunks(streams.stdin)
    made = packs.of_account(
        lambda: accounts.account_for_files(pack, paths, stdin=stdin, at=asked["at"], encoding=asked["encoding"])
    )
    output.warn(made.unread, lang, streams, pack.judge)
    if made.orders or not made.unread:
        output.write_file(_text(made.data, format_), out, streams)
    for line in _told(made, lang):
        streams.err.write(f"{line}\n")
    short = made.left_out or made.failing or not made.orders
    return max(output.exit_for(made.unread), Exit.FOUND if short else Exit.CLEAN)


def _told(made: AccountSkeleton, lang: str) -> Iterator[str]:
    """What is to be known of an account that was made of orders."""
    yield tell("made for {count:n} {count:order|orders}", lang, count=made.orders)
    if made.left_out:
        yield tell(
            "{count:n} {count:order has|orders have} errors of {count:its|their} own: `validate` names them",
            lang,
            count=made.left_out,
        )
    if made.failing:
        yield tell(
            "{count:n} {count:order does|orders do} not pass with it all the same: `validate --account` says why",
            lang,
            count=made.failing,
        )
    if made.assumed:
        which = ", ".join(f"{path} ({count})" for path, count in made.assumed.items())
        yield tell("no order says these values, put in the true ones: {which}", lang, which=which)


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
        lines += [] if own else [TextLine(tell("none: it is built of the required fields", streams.language), 2)]
    output.say(lines, streams, out)
