"""PNG and PDF by an installed Graphviz, which no other format needs."""

from __future__ import annotations

import shutil
import subprocess
from functools import partial

from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.graph import Graph
from covage_model.ground.classes import dataclass

_PATIENCE = 120  # seconds


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why no diagram can be drawn, in one line."""

    reason: str


def to_binary(graph: Graph, form: str) -> bytes | Unavailable:
    """The diagram in the format `form`, drawn by the installed `dot`."""
    return drawn_by_dot(to_dot(graph), form)


def drawn_by_dot(source: str, form: str, *options: str) -> bytes | Unavailable:
    """What the installed `dot` makes of a DOT text."""
    program = shutil.which("dot")
    if program is None:
        return Unavailable(f"{form} needs Graphviz's `dot`, which is not installed; svg needs nothing")
    words = [program, f"-T{form}", *options]
    given = source.encode("utf-8")
    try:
        done = subprocess.run(words, input=given, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603  our own text, on standard input
    except (OSError, subprocess.TimeoutExpired) as failure:
        return Unavailable(f"`{program}` could not draw {form}: {failure}")
    if done.returncode != 0 or not done.stdout:
        message = " ".join(done.stderr.decode("utf-8", "replace").split())
        return Unavailable(f"`{program}` could not draw {form}: {message[:200]}")
    return done.stdout


RENDERERS = {"png": partial(to_binary, form="png"), "pdf": partial(to_binary, form="pdf")}
