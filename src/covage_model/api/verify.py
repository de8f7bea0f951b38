"""Properties of a pack decided, and what shows that they are broken written down to be played and looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from covage_model.api import diagrams
from covage_model.merge_patch import Unreachable
from covage_model.model.pack import SpecPack
from covage_model.model.text import say
from covage_model.orders.verdict import Judge
from covage_model.statespace.explore import LIMIT as LIMIT
from covage_model.statespace.explore import explore

if TYPE_CHECKING:
    from covage_model.generate.lived import Lived
    from covage_model.model.conditions import Leaf
    from covage_model.statespace.space import StateSpace
    from covage_model.verify.evidence import Evidence
    from covage_model.verify.verify import Examined, Verified


def verified(
    judge: Judge,
    leaves: Sequence[str],
    *,
    limit: int = LIMIT,
    known: Mapping[str, StateSpace] | None = None,
    tick: Callable[[], None] = lambda: None,
    progress: Callable[[str, int], None] | None = None,
) -> Verified:
    """
    Every property decided for the leaves of these names. `known` are tables that need not be explored again.

    `tick` is called once for each leaf explored, then once for each decided: see `work`. `progress` is
    told now and then which leaf is explored, and how many configurations it has so far.
    """
    from covage_model.generate.lived import lived
    from covage_model.verify import verify

    spaces: dict[str, StateSpace] = {}
    for leaf in _followers(judge, leaves):
        found = (known or {}).get(leaf)
        if found is None or len(found) > limit or not found.complete:
            named = judge.pack.leaf(leaf)
            found = explore(
                judge.pack.lifecycle(named.order.follows),
                named,
                limit=limit,
                progress=progress and partial(progress, leaf),
            )
        spaces[leaf] = found
        tick()
    live, read = partial(lived, judge), partial(_truths, judge)
    return verify.verified(judge.pack, spaces, leaves, live, read, tick)


def _truths(judge: Judge, leaf: str, found: Lived, atoms: Sequence[Leaf]) -> list[bool | None]:
    """The truth of each atom, for the first document."""
    account = None if found.account is None else judge.account(found.account, "")
    return [*map(judge.readiness(leaf, found.documents[0], account), atoms)]


def work(judge: Judge, leaves: Sequence[str]) -> int:
    """How often `verified` will call its `tick`."""
    return len(_followers(judge, leaves)) + len(leaves)


def _followers(judge: Judge, leaves: Sequence[str]) -> list[str]:
    """These leaves and all others that follow the same lifecycles, in spec order."""
    followed = {leaf.order.follows for leaf in judge.pack.leaves if leaf.name in leaves}
    return [leaf.name for leaf in judge.pack.leaves if leaf.order.follows in followed]


def name_of(examined: Examined) -> str:
    """What the files of a counterexample are called: `LIFECYCLE.PROPERTY`."""
    return f"{examined.lifecycle.name}.{examined.prop.name}"


def files_of(pack: SpecPack, examined: Examined, language: str) -> dict[str, str]:
    """
    The counterexample of a property, by the names of its files; none where no run shows that it is broken.

    A scenario with its documents, a sequence diagram and a picture. The scenario is left out where no
    merge patch leads from one of its documents to the next: a null that is data stands in the way.
    """
    shown = examined.counterexample
    if shown is None:
        return {}
    name = name_of(examined)
    found = {}
    with suppress(Unreachable):
        found.update(_scenario(examined, shown, name, language))
    found[f"{name}.mmd"] = sequence(pack, examined, language)
    found[f"{name}.svg"] = str(drawing(pack, examined, "svg", language))
    return found


def _scenario(examined: Examined, shown: Evidence, name: str, language: str) -> dict[str, str]:
    from covage_model.traces.written import written

    return written(shown.trace, title_of(examined, language), shown.documents, shown.account, name=name)


def title_of(examined: Examined, language: str) -> str:
    """What a counterexample is called: the property's title, and that it is broken."""
    from covage_model.draw.texts import text

    title = say(examined.prop.title, language, otherwise=examined.prop.name)
    return f"{title} ({text('broken', language)})"


def sequence(pack: SpecPack, examined: Examined, language: str) -> str:
    """The counterexample as a Mermaid sequence diagram. Raises ValueError where there is none."""
    from covage_model.draw.sequence import to_sequence

    shown = _counterexample(examined)
    title = title_of(examined, language)
    actors = diagrams.actors(pack, language)
    return to_sequence(
        shown.trace, examined.lifecycle, language=language, actors=actors, title=title, last=f"✗ {title}"
    )


def drawing(pack: SpecPack, examined: Examined, form: str, language: str) -> str | bytes:
    """The counterexample on the picture of its order's lifecycle. Raises ValueError where there is none, CannotDraw."""
    from covage_model.draw.route import route

    shown = _counterexample(examined)
    paint = route(examined.lifecycle, shown.trace, language, title=title_of(examined, language))
    (subject,) = [one for one in diagrams.subjects(pack) if one.leaf == shown.trace.leaf]
    return diagrams.picture(pack, subject, form, language, paint=paint)


def _counterexample(examined: Examined) -> Evidence:
    shown = examined.counterexample
    if shown is None:
        raise ValueError(f"{name_of(examined)} has no counterexample")
    return shown
