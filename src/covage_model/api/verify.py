"""Properties of a pack decided, and what shows that they are broken written down to be played and looked at."""

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
    from covage_model.api.workspace import Workspace
    from covage_model.behaviour.space.space import StateSpace
    from covage_model.behaviour.verify.evidence import Evidence
    from covage_model.behaviour.verify.verify import Examined, Verified
    from covage_model.documents.make.lived import Lived
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
    Every property decided for the variants of these names, over at most `limit` configurations of each.

    `tick` is called once for each variant explored, then once for each decided: see `work`. `progress` is
    called now and then with the variant that is explored and the number of its configurations so far.
    """
    from covage_model.behaviour.verify import verify
    from covage_model.documents.make.lived import lived

    spaces: dict[str, StateSpace] = {}
    for variant in _followers(pack, variants):
        spaces[variant] = pack.table(variant, limit=limit, progress=progress)
        tick()
    live, read = partial(lived, pack.judge), partial(_truths, pack.judge)
    return verify.verified(pack.spec, spaces, variants, live, read, tick)


def _truths(judge: Judge, variant: str, found: Lived, atoms: Sequence[Atom]) -> list[bool | None]:
    """The truth of each atom, for the first document."""
    account = None if found.account is None else judge.account(found.account, "")
    return [*map(judge.readiness(variant, found.documents[0], account), atoms)]


def work(pack: Workspace, variants: Sequence[str]) -> int:
    """How often `verified` will call its `tick`."""
    return len(_followers(pack, variants)) + len(variants)


def _followers(pack: Workspace, variants: Sequence[str]) -> list[str]:
    """These variants and all others that follow the same lifecycles, in spec order."""
    followed = {variant.order.follows for variant in pack.spec.explorable if variant.name in variants}
    return [variant.name for variant in pack.spec.explorable if variant.order.follows in followed]


def name_of(examined: Examined) -> str:
    """What the files of a counterexample are called: `LIFECYCLE.PROPERTY`."""
    return f"{examined.lifecycle.name}.{examined.prop.name}"


def files_of(pack: Workspace, examined: Examined, language: str) -> dict[str, str]:
    """
    The counterexample of a property, by the names of its files; none where no run shows that it is broken.

    A scenario with its documents, a sequence diagram and a picture. The scenario is left out where no
    merge patch leads from one of its documents to the next (a null that is data stands in the way), and
    where no order follows the lifecycle.
    """
    shown = examined.counterexample
    if shown is None:
        return {}
    name = name_of(examined)
    found = {}
    orders = set(pack.names)
    with suppress(Unreachable):
        found.update(_scenario(examined, shown, name, language) if shown.trace.variant in orders else {})
    found[f"{name}.mmd"] = sequence(pack.spec, examined, language)
    found[f"{name}.svg"] = str(drawing(pack, examined, "svg", language))
    return found


def _scenario(examined: Examined, shown: Evidence, name: str, language: str) -> dict[str, str]:
    from covage_model.behaviour.run.scenario_file import scenario_files

    return scenario_files(shown.trace, title_of(examined, language), shown.documents, shown.account, name=name)


def title_of(examined: Examined, language: str) -> str:
    """What a counterexample is called: the property's title, and that it is broken."""
    from covage_model.behaviour.draw.texts import text

    title = say(examined.prop.title, language, otherwise=examined.prop.name)
    return f"{title} ({text('broken', language)})"


def sequence(pack: SpecPack, examined: Examined, language: str) -> str:
    """The counterexample as a Mermaid sequence diagram. Raises ValueError where there is none."""
    from covage_model.behaviour.draw.sequence import to_sequence

    shown = _counterexample(examined)
    title = title_of(examined, language)
    actors = diagrams.actors(pack, language)
    return to_sequence(
        shown.trace, examined.lifecycle, language=language, actors=actors, title=title, last=f"✗ {title}"
    )


def drawing(pack: Workspace, examined: Examined, form: str, language: str) -> str | bytes:
    """The counterexample on the picture of its order's lifecycle. Raises ValueError where there is none, CannotDraw."""
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
