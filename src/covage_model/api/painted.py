"""State diagrams painted with what a simulation found: visits, time, waiting, stays, or what differs in another."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from covage_model.ground.classes import dataclass
from covage_model.ground.language import tell

if TYPE_CHECKING:
    from covage_model.api.diagrams import Subject
    from covage_model.api.workspace import Pack, Workspace
    from covage_model.behaviour.draw.marks import Paint, PaintMark
    from covage_model.behaviour.population.amounts import Amounts
    from covage_model.behaviour.population.simulate import Sampled
    from covage_model.behaviour.population.simulation import Simulation

PAINTS = ("visits", "time", "waiting", "p95")
_UNITS = {"visits": "count", "time": "seconds", "waiting": "seconds", "p95": "seconds"}
TITLES: Mapping[str, str] = {
    "visits": "How often each state is entered and each move is made, per order",
    "time": "How long an order is in each state, on average",
    "waiting": "How long an order waits for a hand or for open hours, on average",
    "p95": "95 of 100 stays in a state are at most so long",
}


class CannotPaint(ValueError):
    """The simulation has nothing to paint of that kind; the text says why."""


@dataclass(frozen=True, slots=True)
class PaintedSubject:
    """A lifecycle, or the part of it for the only variant that was simulated; `variants` are numbers of the kernel."""

    subject: Subject
    variants: tuple[int, ...]


def draw_simulation(
    pack: Pack, found: Simulation, name: str, paint: str = "visits", *, form: str = "svg", language: str = "en"
) -> str | bytes:
    """
    The state diagram of a lifecycle painted with `visits`, `time`, `waiting` or `p95` of a simulation.

    `name` is a lifecycle that simulated orders follow, an order or a variant. If the simulation was compared with
    another profile, the differences are painted. The layout is that of the plain diagram, so pictures of two
    simulations lie side by side. Text for svg, mermaid and dot, bytes for png and pdf.

    Raises NoSuchDiagram, CannotPaint, and CannotDraw if a program is missing.
    """
    from covage_model.api import diagrams

    wanted = diagrams.subjects(pack.spec, (name,))
    lifecycles = {each.lifecycle for each in wanted}
    for each in painted_subjects(pack, found):
        if each.subject.lifecycle in lifecycles:
            return picture(pack, found, each, paint, form=form, language=language)
    raise diagrams.NoSuchDiagram(f"no simulated order follows {', '.join(lifecycles)}")


def painted_subjects(pack: Workspace, found: Simulation) -> list[PaintedSubject]:
    """What can be painted: each lifecycle that simulated orders follow, of one variant where it is the only one."""
    from covage_model.api import diagrams

    of_lifecycle: dict[str, list[int]] = {}
    for number, variant in enumerate(found.sampled.plan.kernel.variants):
        of_lifecycle.setdefault(pack.spec.explorable_named(variant).order.follows, []).append(number)
    painted = []
    for lifecycle, numbers in of_lifecycle.items():
        names = [found.sampled.plan.kernel.variants[number] for number in numbers]
        try:
            subject = diagrams.subject_of(pack.spec, names[0]) if len(names) == 1 else None
        except KeyError:  # a lifecycle that no order follows
            subject = None
        if subject is None:
            subject = next(
                each for each in diagrams.subjects(pack.spec) if each.variant is None and each.name == lifecycle
            )
        painted.append(PaintedSubject(subject, tuple(numbers)))
    return painted


def picture(
    pack: Workspace, found: Simulation, painted: PaintedSubject, paint: str, *, form: str, language: str
) -> str | bytes:
    """The diagram of a subject in a format. Raises CannotPaint and CannotDraw."""
    from covage_model.api import diagrams

    marks = paint_of(found, painted, paint, language)
    return diagrams.picture(pack, painted.subject, form, language, paint=marks)


def paint_of(found: Simulation, painted: PaintedSubject, paint: str, language: str) -> Paint:
    """The marks for the diagram of a subject."""
    from covage_model.behaviour.draw.marks import Level, MoveKey, Paint, PaintMark, Scale
    from covage_model.report.quantities import quantity, signed

    amounts = _amounts(found.sampled, painted.variants, paint)
    title = tell(TITLES[paint], language)
    of_moves = "No number: none. A wider arrow shows more"
    meaning = tell(of_moves if amounts.moves else "No number: none", language)
    if found.other is not None:
        amounts = _difference(amounts, _amounts(found.other, painted.variants, paint))
        other = found.other.plan.profile.name
        title = tell("{title}: how much more with {profile}", language, title=title, profile=other)
        meaning = tell("+ is more, − and a dashed rim are less. Without a number: no difference", language)
    both = found.other is not None
    unit = _UNITS[paint]
    largest = max(map(abs, (*amounts.states.values(), *amounts.moves.values())), default=0.0)
    most = _rounded_up(largest, unit)
    shown = partial(signed if both else quantity, unit=unit, language=language)
    if unit == "count":
        shown = partial(_counted, both=both, language=language)

    def mark(amount: float) -> PaintMark:
        return PaintMark(Level.PLAIN if amount else Level.FADED, amount=amount, shown=shown)

    return Paint(
        title,
        {name: mark(amount) for name, amount in amounts.states.items()},
        {MoveKey(*move): mark(amount) for move, amount in amounts.moves.items()},
        rest=mark(0.0) if paint == "visits" and not both else None,
        legend=((PaintMark(Level.PLAIN), meaning),),
        scale=Scale(most, shown, both),
    )


def _counted(value: float, *, both: bool, language: str) -> str:
    """How often, with two decimals: a number that rounds to nothing is no nothing."""
    from covage_model.report.quantities import localised

    text = f"{abs(value):.2f}" if abs(value) >= 0.005 or not value else "<0.01"
    sign = "" if not both or not value else "+" if value > 0 else "−"
    return f"{sign}{localised(text, language)}"


def _amounts(sampled: Sampled, variants: tuple[int, ...], paint: str) -> Amounts:
    from covage_model.behaviour.population import amounts

    if paint == "waiting" and not sampled.plan.crews:
        raise CannotPaint("nobody waits: the simulation has no hands and no calendars")
    if paint == "p95" and not sampled.tally.stays:
        raise CannotPaint("how long orders stay in states was not counted: simulate with stays=True")
    of = {"visits": amounts.visits, "time": amounts.times, "waiting": amounts.waiting, "p95": amounts.long_stays}
    return of[paint](sampled, variants)


def _difference(first: Amounts, second: Amounts) -> Amounts:
    from covage_model.behaviour.population.amounts import Amounts

    return Amounts(
        {key: second.states.get(key, 0.0) - first.states.get(key, 0.0) for key in {**first.states, **second.states}},
        {key: second.moves.get(key, 0.0) - first.moves.get(key, 0.0) for key in {**first.moves, **second.moves}},
    )


def _rounded_up(value: float, unit: str) -> float:
    """The next 1, 2 or 5 with zeros, in the unit in which it is written: two runs have the same colours if near."""
    from covage_model.report.quantities import unit_of

    divisor = unit_of(value)[0] if unit == "seconds" else 1
    if not value:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value / divisor))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power * divisor >= value * (1 - 1e-9)) * divisor
