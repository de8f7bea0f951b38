"""PNG and PDF, where Graphviz itself is installed: nothing else here needs it."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from functools import partial

from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.graph import Graph

_PATIENCE = 120  # seconds


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Why there is no picture, in one line."""

    reason: str


def to_binary(graph: Graph, form: str) -> bytes | Unavailable:
    """The picture that the installed `dot` draws in the format `form`."""
    program = shutil.which("dot")
    if program is None:
        return Unavailable(f"{form} needs Graphviz's `dot`, which is not installed; svg needs nothing")
    source = to_dot(graph).encode("utf-8")
    try:
        done = subprocess.run([program, f"-T{form}"], input=source, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603  our own text, on standard input
    except (OSError, subprocess.TimeoutExpired) as failure:
        return Unavailable(f"`{program}` could not draw {form}: {failure}")
    if done.returncode != 0 or not done.stdout:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        return Unavailable(f"`{program}` could not draw {form}: {said[:200]}")
    return done.stdout


RENDERERS = {"png": partial(to_binary, form="png"), "pdf": partial(to_binary, form="pdf")}
