"""`covage-model explain`."""

from __future__ import annotations

import re

import click

from covage_model.cli import options, output
from covage_model.cli.streams import Exit, Streams
from covage_model.ground import codes
from covage_model.ground.language import tell
from covage_model.ground.nearest import near_miss

_HOW = re.compile(r":[^{}]+\}")  # how a template spells an argument


@click.command("explain")
@click.argument("code", required=False, metavar="[CODE]")
@options.format_option("text", "json")
@options.out_option
@options.language_option
@click.pass_obj
def command(streams: Streams, code: str | None, format_: str, out: str | None, language: str) -> int:
    """Explain what the code of a finding means and what to do. Without a code: list all codes."""
    known = {name: codes.page(name, language) for name in codes.catalogue()}
    if code is not None and code.upper() not in known:
        near = near_miss(code.upper(), known)
        raise click.UsageError(f"there is no code {code}" + (f"; did you mean {near}?" if near else ""))
    if format_ == "json":
        wanted = [code.upper()] if code is not None else list(known)
        pages = {
            name: {
                "title": known[name].title,
                "messages": dict(known[name].messages),
                "explanation": known[name].explanation,
            }
            for name in wanted
        }
        output.write_json(pages, out, streams)
    elif code is None:
        output.write_file("".join(f"{name}  {page.title}\n" for name, page in known.items()), out, streams)
    else:
        page = known[code.upper()]
        forms = "".join(f"  - {_HOW.sub('}', message)}\n" for message in page.messages.values())
        head, colon = tell("Its messages:", language), tell(": ", language)
        output.write_file(f"{code.upper()}{colon}{page.title}\n\n{page.explanation}\n\n{head}\n{forms}", out, streams)
    return Exit.CLEAN
