"""`covage-model editor`."""

from __future__ import annotations

import os

import click

from covage_model.api import editors
from covage_model.cli import options, output
from covage_model.cli.packs import opened
from covage_model.cli.streams import Exit, Streams
from covage_model.ground.language import tell

_PLACES = {
    "vscode": ("vscode.settings.json", ".vscode/settings.json (put its members into what is there)"),
    "jetbrains": ("jetbrains.jsonSchemas.xml", ".idea/jsonSchemas.xml"),
    "yaml-language-server": ("yaml-language-server.json", "the settings of the server"),
}


@click.command("editor")
@click.argument(
    "names", nargs=-1, type=click.Choice(editors.EDITORS), metavar="[vscode|jetbrains|yaml-language-server]"
)
@options.pack_option
@click.option(
    "--orders", multiple=True, metavar="GLOB", default=("orders/**",), show_default=True, help="The order files."
)
@click.option(
    "--specs", multiple=True, metavar="GLOB", default=("pack/**/*.yaml",), show_default=True, help="The pack."
)
@click.option("--out", "out", metavar="DIR", default=".covage", show_default=True, help="The folder to write into.")
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    names: tuple[str, ...],
    pack: tuple[str, ...],
    orders: tuple[str, ...],
    specs: tuple[str, ...],
    out: str,
    language: str,
) -> int:
    """
    Write the schemas of orders and packs for EDITORS (vscode, jetbrains, yaml-language-server; default: all), and which
    files they are for.

    The editor then completes names and values, shows titles and marks what is wrong as you type. Give the folder of
    --out as it is seen from the root of the project.
    """
    spec = opened(pack, streams)
    chosen = names or editors.EDITORS
    output.write_files(editors.files_for(spec, chosen, out, orders, specs, language), out)
    for name in chosen:
        file, place = _PLACES[name]
        path = os.path.join(out, file)
        streams.out.write(
            tell("{name}: {path} is for {place:words}", language, name=name, path=path, place=place) + "\n"
        )
    return Exit.CLEAN
