"""Every format by name: what the modules of this room offer as `RENDERERS`. A new format is one new module."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from types import MappingProxyType

from covage_model import draw
from covage_model.draw.dot import to_dot
from covage_model.draw.graph import Graph
from covage_model.draw.mermaid import to_mermaid
from covage_model.draw.svg import mark_of
from covage_model.draw.system import Unavailable

Renderer = Callable[[Graph], str | bytes | Unavailable]


def _found() -> Mapping[str, Renderer]:
    here = f"{draw.__name__}.formats"
    names = sorted(f"{draw.__name__}.{module.name}" for module in pkgutil.iter_modules(draw.__path__))
    modules = [importlib.import_module(name) for name in names if name != here]
    return MappingProxyType({form: render for each in modules for form, render in getattr(each, "RENDERERS", {}).items()})


FORMATS = _found()


def is_stale(picture: str, graph: Graph) -> bool:
    """
    Whether `picture`, a text in DOT, Mermaid or SVG, shows something else than `graph`.

    SVG is judged by the DOT that it says it was drawn from: another release of the renderer may
    move its points. Line ends do not matter.
    """
    same = picture.replace("\r\n", "\n")
    source = to_dot(graph)
    return not (same.startswith(f"{mark_of(source)}\n") or same in (source, to_mermaid(graph)))
