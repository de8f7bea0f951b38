"""What the statements of the sources became, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model import version
from covage_model.ground.diagnostics import Diagnostic
from covage_model.pack.model.text import say
from covage_model.quality.citations.became import Became, Cited
from covage_model.quality.citations.elements import Element
from covage_model.report import data


def became(told: Became, found: Sequence[Diagnostic], language: str) -> dict[str, Any]:
    """Every source and statement with what cites it; `findings` are those of `--check`."""
    return {
        **_head(),
        "statements": [_cited(one, language) for one in told.statements],
        "pages": [_cited(one, language) for one in told.cited if one.statement is None],
        "unsourced": [_element(one) for one in told.unsourced],
        "findings": [data.finding(one, language) for one in found],
    }


def listed(found: Sequence[Element]) -> dict[str, Any]:
    """Definitions alone: those of one standing."""
    return {**_head(), "definitions": [_element(one) for one in found]}


def _head() -> dict[str, Any]:
    return {
        "format": data.FORMAT,
        "tool": {"name": "covage-model", "version": version.VERSION},
        "command": "sources",
    }


def _cited(one: Cited, language: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "source": one.source.name,
        "text": say(one.text, language),
        "url": one.source.url,
        "became": one.fate.value,
        "partly": one.partly,
        "reason": say(one.reason, language) if one.reason is not None else None,
        "cited_by": [{**_element(citation.element), "exercised": citation.exercised} for citation in one.citations],
    }


def _element(one: Element) -> dict[str, Any]:
    return {"kind": one.kind, "owners": list(one.owners), "definition": one.name, "because": data.origin(one.origin)}
