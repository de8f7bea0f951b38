"""A document, or a run, with what is expected of it."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.conditions import Scalar
from covage_model.pack.model.text import Text


@dataclass(frozen=True, slots=True)
class Given:
    """
    What a scenario starts from: files relative to its own, or the name of an order and variant.

    `earlier` are the documents that came before this one in the same run.
    """

    document: str | None = None
    account: str | None = None
    order: str | None = None
    role: str | None = None
    status: str | None = None
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must hold at a point of a run; None is not looked at. `findings` are `CODE /pointer`."""

    origin: Origin = field(compare=False)
    state: str | None = None
    variables: tuple[tuple[str, Scalar], ...] = ()
    emitted: tuple[str, ...] | None = None
    findings: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Fire:
    """The trigger is pulled, and must be accepted."""

    trigger: str
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class ExpectRefusal:
    """The trigger is pulled and must be refused; each of `reasons` names what says no."""

    trigger: str
    reasons: tuple[str, ...]
    origin: Origin = field(compare=False)


@dataclass(frozen=True, slots=True)
class Fill:
    """The document is changed by a JSON Merge Patch (RFC 7396)."""

    patch: Any
    origin: Origin = field(compare=False)


ScenarioStep = Fire | ExpectRefusal | Fill | Expectation


@dataclass(frozen=True, slots=True)
class Scenario:
    """Steps to play and expectations to meet; without steps, a document to judge."""

    title: Text
    given: Given
    steps: tuple[ScenarioStep, ...]
    expect: Expectation | None
    origin: Origin = field(compare=False)
