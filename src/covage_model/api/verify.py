"""Decides the properties of a pack, and writes counterexamples as scenarios and diagrams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from covage_model.api import diagrams
from covage_model.behaviour.space.tables import TableUse
from covage_model.documents.judge.verdict import Judge
from covage_model.ground.json_value import Unreachable
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.text import say

LIMIT = TableUse.PROPERTIES.limit

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack, Workspace
    from covage_model.behaviour.space.space import StateSpace
    from covage_model.behaviour.verify.evidence import Evidence
    from covage_model.behaviour.verify.verify import Examined, Verified
    from covage_model.documents.make.valid.lived import Lived
    from covage_model.pack.model.conditions import Atom


def verified(
    pack: Workspace,
    variants: Sequence[str],
    *,
    limit: int | None = None,
    tick: Callable[[], None] = lambda: None,
    progress: Callable[[str, int], None] | None = None,
) -> Verified:
    """
    Decides every property for these variants, over at most `limit` configurations of each.

    `tick` is called once for each variant explored and once for each decided: see `work`. `progress` is called now
    and then with the variant being explored and its number of configurations so far.
    """
    from covage_model.behaviour.verify import verify
    from covage_model.documents.make.valid.lived import lived

    spaces: dict[str, StateSpace] = {}
    for variant in _followers(pack, variants):
        spaces[variant] = pack.table(variant, limit=limit, progress=progress)
        tick()
    live, read = partial(lived, pack.judge), partial(_truths, pack.judge)
    return verify.verified(pack.spec, spaces, variants, live, read, tick)


def _truths(judge: Judge, variant: str, made: Lived, atoms: Sequence[Atom]) -> list[bool | None]:
    """The truth value of each atom for the first document."""
    account = None if made.account is None else judge.account(made.account, "")
    return [*map(judge.readiness(variant, made.documents[0], account), atoms)]


def work(pack: Workspace, variants: Sequence[str]) -> int:
    """The number of times that `verified` will call `tick`."""
    return len(_followers(pack, variants)) + len(variants)


def _followers(pack: Workspace, variants: Sequence[str]) -> list[str]:
    """These variants and all others of the same lifecycles, in spec order."""
    followed = {variant.order.follows for variant in pack.spec.explorable if variant.name in variants}
    return [variant.name for variant in pack.spec.explorable if variant.order.follows in followed]


def name_of(examined: Examined) -> str:
    """The file name of a counterexample without extension: `LIFECYCLE.PROPERTY`."""
    return f"{examined.lifecycle.name}.{examined.prop.name}"


def files_of(pack: Workspace, examined: Examined, language: str) -> dict[str, str]:
    """
    The texts of a counterexample by file name: a scenario with its documents, a sequence diagram and a state diagram.

    Empty without a counterexample. The scenario is left out if no order follows the lifecycle, or if no JSON Merge
    Patch transforms one document into the next: such a patch (RFC 7396) cannot set a value to null.
    """
    shown = examined.counterexample
    if shown is None:
        return {}
    name = name_of(examined)
    texts = {}
    orders = set(pack.names)
    with suppress(Unreachable):
        texts.update(_scenario(examined, shown, name, language) if shown.trace.variant in orders else {})
    texts[f"{name}.mmd"] = sequence(pack.spec, examined, language)
    texts[f"{name}.svg"] = str(drawing(pack, examined, "svg", language))
    return texts


def _scenario(examined: Examined, shown: Evidence, name: str, language: str) -> dict[str, str]:
    from covage_model.behaviour.run.scenario_file import scenario_files

    return scenario_files(shown.trace, title_of(examined, language), shown.documents, shown.account, name=name)


def title_of(examined: Examined, language: str) -> str:
    """The title of a counterexample: the title of the property and "(broken)"."""
    from covage_model.behaviour.draw.texts import text

    title = say(examined.prop.title, language, otherwise=examined.prop.name)
    return f"{title} ({text('broken', language)})"


def sequence(pack: SpecPack, examined: Examined, language: str) -> str:
    """The counterexample as a Mermaid sequence diagram. Raises ValueError without a counterexample."""
    from covage_model.behaviour.draw.sequence import to_sequence

    shown = _counterexample(examined)
    title = title_of(examined, language)
    return to_sequence(
        shown.trace,
        examined.lifecycle,
        language=language,
        actors=diagrams.actors(pack, language),
        events=diagrams.events(pack, language),
        title=title,
        last=f"✗ {title}",
        loop=shown.loop or 0,
    )


def drawing(pack: Workspace, examined: Examined, form: str, language: str) -> str | bytes:
    """The counterexample drawn on its lifecycle. Raises CannotDraw, and ValueError without a counterexample."""
    from covage_model.behaviour.draw.trace_marks import trace_marks

    shown = _counterexample(examined)
    paint = trace_marks(examined.lifecycle, shown.trace, language, title=title_of(examined, language))
    name, variant = examined.lifecycle.name, shown.trace.variant
    spec = pack.spec
    subject = diagrams.subject_of(spec, variant) if variant in pack.names else diagrams.subjects(spec, (name,))[0]
    return diagrams.picture(pack, subject, form, language, paint=paint)


def _counterexample(examined: Examined) -> Evidence:
    shown = examined.counterexample
    if shown is None:
        raise ValueError(f"{name_of(examined)} has no counterexample")
    return shown


def verify_pack(pack: Pack, *names: str, limit: int | None = None) -> Verified:
    """
    Decides every property of the lifecycles of these orders and variants (default: all).

    At most `limit` configurations of each are explored (default: a million). Raises KeyError for an unknown name.
    """
    return verified(pack, pack.explorable(names), limit=limit)
