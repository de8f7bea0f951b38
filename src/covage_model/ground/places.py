"""File names in output: a file of a bundled pack is shown as PACK/FILE, wherever the package is installed."""

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
    """The text with the paths of bundled packs replaced by PACK/FILE."""
    for home in _HOMES:
        text = text.replace(home, "")
    return text
