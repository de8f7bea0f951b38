"""File names as people read them: a bundled pack by its name, wherever the package is installed."""

from __future__ import annotations

import os

_PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
# Beside the package in a checkout, inside it when installed.
_HOMES = tuple(os.path.join(home, "specs", "") for home in (_PACKAGE, os.path.dirname(os.path.dirname(_PACKAGE))))


def shown(path: str) -> str:
    """The path, or `PACK/FILE` for the absolute path of a file of a bundled pack."""
    for home in _HOMES:
        if path.startswith(home):
            return path[len(home) :].replace(os.sep, "/")
    return path


def in_text(text: str) -> str:
    """A text in which files of bundled packs are named so."""
    for home in _HOMES:
        text = text.replace(home, "")
    return text
