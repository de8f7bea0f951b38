"""All formats by name, collected from the `RENDERERS` (and `FILE_ENDINGS`) of the modules here."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from types import MappingProxyType, ModuleType
from typing import Any

from covage_model.behaviour import draw
from covage_model.behaviour.draw.dot import to_dot
from covage_model.behaviour.draw.graph import Graph
from covage_model.behaviour.draw.installed_graphviz import Unavailable
from covage_model.behaviour.draw.mermaid import to_mermaid
from covage_model.behaviour.draw.svg import mark_of

Renderer = Callable[[Graph], str | bytes | Unavailable]


def _modules() -> list[ModuleType]:
    here = f"{draw.__name__}.formats"
    names = sorted(f"{draw.__name__}.{module.name}" for module in pkgutil.iter_modules(draw.__path__))
    return [importlib.import_module(name) for name in names if name != here]


def _collected(name: str) -> dict[str, Any]:
    return {form: value for module in _modules() for form, value in getattr(module, name, {}).items()}


FORMATS: Mapping[str, Renderer] = MappingProxyType(_collected("RENDERERS"))
FILE_ENDINGS: Mapping[str, str] = MappingProxyType(
    {form: form for form in FORMATS} | _collected("FILE_ENDINGS")
)  # of files


def is_stale(picture: str, graph: Graph) -> bool:
    """
    Whether `picture`, a text in DOT, Mermaid or SVG, no longer shows `graph`.

    SVG is compared by the DOT that it was drawn from, because another release of the renderer may
    move points. Line ends do not matter.
    """
    same = picture.replace("\r\n", "\n")
    source = to_dot(graph)
    return not (same.startswith(f"{mark_of(graph, source)}\n") or same in (source, to_mermaid(graph)))
