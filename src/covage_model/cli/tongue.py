"""The help of the command line and its complaints, in the language that a call asks for."""

from __future__ import annotations

import copy
import io
import os
from collections.abc import Sequence
from typing import IO, TypeVar

import click

from covage_model.ground import language
from covage_model.ground.patterns import regex

_HEADS = {
    "Usage:": "Emploi :",
    "Options:": "Options :",
    "Commands:": "Commandes :",
    "Error:": "Erreur :",
    "[required]": "[obligatoire]",
    "[default: ": "[par défaut : ",
    "Show the version and exit.": "Montrer la version et finir.",
    "Show this message and exit.": "Montrer cette aide et finir.",
}
Command = TypeVar("Command", bound=click.Command)
_TRY = regex(r"Try '(.*)' for help\.")

LANG_HELP = "The language of what is printed. Default: that of the locale (LC_ALL, LC_MESSAGES, LANG), else en."


class _FrenchContext(click.Context):
    """Click's own words around help in French."""

    def get_help(self) -> str:
        return _page(super().get_help())

    def get_usage(self) -> str:
        return _page(super().get_usage())


def asked(argv: Sequence[str]) -> str:
    """The language of `--lang` on the command line, else of COVAGE_MODEL_LANG, else that of the locale."""
    for place, word in enumerate(argv):
        name, _, value = word.partition("=")
        if name == "--lang":
            said = value or (argv[place + 1] if place + 1 < len(argv) else "")
            if said in language.LANGUAGES:
                return said
    said = os.environ.get("COVAGE_MODEL_LANG", "")
    return said if said in language.LANGUAGES else language.of_environment(os.environ)


def told(command: Command, lang: str) -> Command:
    """The command with its help in a language; the command itself stays as it is."""
    if lang == "en":
        return command
    known = copy.copy(command)
    known.context_class = _FrenchContext
    known.help = "\n\n".join(map(_paragraph, (command.help or "").split("\n\n")))
    known.params = [_param(param) for param in command.params]
    if isinstance(known, click.Group):
        known.subcommand_metavar = "COMMANDE [ARGUMENTS]..."
    return known


def _param(param: click.Parameter) -> click.Parameter:
    known = copy.copy(param)
    known.metavar = None if param.metavar is None else language.metavar(param.metavar, "fr")
    if isinstance(known, click.Option) and known.help:
        known.help = _paragraph(known.help)
    return known


def _paragraph(text: str) -> str:
    return language.translated(" ".join(text.split()), "fr")


def _page(text: str) -> str:
    """What click prints around help and complaints, in French."""
    text = _TRY.sub(lambda found: f"Voyez '{found[1]}'.", text)
    for english, french in _HEADS.items():
        text = text.replace(english, language.typeset(french))
    return text


def show(error: click.ClickException, lang: str, err: IO[str]) -> None:
    """Print what is wrong with a call, in a language."""
    if lang == "en":
        error.show(err)
        return
    shown = io.StringIO()
    error.show(shown)
    english = error.format_message()
    err.write(_page(shown.getvalue().replace(english, language.translated(english, lang))))
