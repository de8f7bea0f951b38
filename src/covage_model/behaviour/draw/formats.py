"""Every format by name: the `RENDERERS` (and `FILE_ENDINGS`) of the modules of this room. A format is one module."""

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


def _said(name: str) -> dict[str, Any]:
    return {form: said for module in _modules() for form, said in getattr(module, name, {}).items()}


FORMATS: Mapping[str, Renderer] = MappingProxyType(_said("RENDERERS"))
FILE_ENDINGS: Mapping[str, str] = MappingProxyType({form: form for form in FORMATS} | _said("FILE_ENDINGS"))  # of files


def is_stale(picture: str, graph: Graph) -> bool:
    """
    Whether `picture`, a text in DOT, Mermaid or SVG, shows something else than `graph`.

    SVG is judged by the DOT that it says it was drawn from: another release of the renderer may
    move its points. Line ends do not matter.
    """
    same = picture.replace("\r\n", "\n")
    source = to_dot(graph)
    return not (same.startswith(f"{mark_of(source)}\n") or same in (source, to_mermaid(graph)))
