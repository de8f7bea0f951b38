"""The page: what a manager asks first, then where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

from covage_model.behaviour.population.requirement import RequirementOutcome
from covage_model.behaviour.population.rows import ResultRow, stuck_states, unfinished
from covage_model.behaviour.population.simulation import Simulation
from covage_model.ground import places
from covage_model.ground.classes import dataclass
from covage_model.ground.escape import xml
from covage_model.ground.language import tell, words
from covage_model.pack.definitions.profile_inputs import inputs
from covage_model.pack.model.pack import SpecPack
from covage_model.report.quantities import quantity
from covage_model.report.simulated import tables
from covage_model.report.simulated.names import SimulatedNames
from covage_model.report.simulated.sections import (
    ends,
    hands,
    lead_times,
    progress,
    stretches,
    triggers,
    what_if,
    where_time_goes,
)
from covage_model.report.simulated.shown import Shown
from covage_model.report.simulated.style import STYLE

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A painted diagram: of what, with what, and the SVG. The first of a subject is open, the others are folded."""

    subject: str
    title: str
    svg: str


Sections = Sequence[tuple[str, str, Callable[[Shown], Iterator[str]]]]
_SECTIONS: Sections = (
    ("requirements", "What was required", lambda page: _requirements(page)),
    ("ends", "How orders end", ends),
    ("lead", "How long orders take", lead_times),
    ("between", "Between two moments", stretches),
    ("what-if", "What if", what_if),
    ("progress", "Orders in progress", progress),
    ("time", "Where time goes", where_time_goes),
    ("moves", "What happens", triggers),
    ("hands", "Hands", hands),
)


def page(
    simulation: Simulation,
    pack: SpecPack,
    language: str,
    *,
    pictures: Sequence[PagePicture] = (),
    versions: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """
    The page as pieces of HTML: no script, nothing from elsewhere, legible in the dark and on paper.

    `versions` are what made it and what it is about, by their names in English.
    """
    shown = Shown(simulation, SimulatedNames(pack, language), language, count(1))
    parts = [(name, tell(title, language), list(of(shown))) for name, title, of in _SECTIONS]
    parts = [part for part in parts if part[2]]
    if pictures:
        parts.append(("pictures", tell("On the state diagram", language), list(_pictures(pictures, language))))
    parts.append(("inputs", tell("What it rests on", language), list(_inputs(shown))))
    parts.append(("how", tell("How it was computed", language), list(_how(shown, versions or {}))))
    yield from _head(shown)
    yield f'<nav aria-label="{xml(tell("Contents", language))}"><ul>'
    yield "".join(f'<li><a href="#{name}">{xml(title)}</a></li>' for name, title, _ in parts)
    yield '</ul></nav>\n</header>\n<main id="main">\n'
    for name, title, content in parts:
        yield f'<section aria-labelledby="{name}">\n<h2 id="{name}">{xml(title)}</h2>\n'
        yield from content
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def _head(shown: Shown) -> Iterator[str]:
    simulation, language = shown.simulation, shown.language
    profile = shown.profile_title
    orders = simulation.sampled.orders
    title = tell("{orders:n} simulated orders", language, orders=orders)
    yield f'<!DOCTYPE html>\n<html lang="{xml(language)}">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{xml(title)} – {xml(profile)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
    yield f'<a class="skip" href="#main">{xml(tell("To the contents", language))}</a>\n<header>\n'
    yield f"<h1>{xml(title)}</h1>\n"
    names = [shown.names.variant(name) for name in simulation.sampled.plan.kernel.variants]
    said = ", ".join(names[:6]) + (f" … ({len(names)})" if len(names) > 6 else "")
    yield f"<p>{xml(said)}</p>\n"
    yield f'<p class="soft">{xml(tell("Profile: {profile}", language, profile=profile))}'
    if simulation.other is not None:
        yield f" · {xml(tell('compared with', language))} {xml(shown.other_title)}"
    yield "</p>\n"
    yield from _cards(shown)
    yield from _warnings(shown)


def _cards(shown: Shown) -> Iterator[str]:
    """The first answers: how many reach each end, how long it takes, how many are in progress, who is busiest."""
    language, whole = shown.language, shown.whole
    cards: list[tuple[str, ResultRow]] = []
    cards += [(shown.names.state(row.name), row) for row in shown.rows("end", whole, figure="share") if row.name]
    for figure, title in (("p50", "Half of all orders take at most"), ("p95", "95 of 100 orders take at most")):
        cards += [(tell(title, language), row) for row in shown.rows("end", whole, "", figure)]
    cards += [(tell("Orders in progress, on average", language), row) for row in shown.rows("progress", "", "")]
    busy = max(
        shown.rows("crew", figure="utilisation"), key=lambda row: row.sampled.value if row.sampled else 0, default=None
    )
    if busy is not None:
        cards.append((tell("{actor}: hands at work", language, actor=shown.names.actor(busy.name)), busy))
    yield '<dl class="cards">\n'
    for title, row in cards:
        between = tables.interval(row.sampled, row.unit, language) if row.sampled is not None else ""
        yield f"<div><dt>{xml(title)}</dt><dd>{xml(tables.plain(row, language))}"
        yield (f'<span class="i">{xml(between)}</span>' if between else "") + "</dd></div>\n"
    yield "</dl>\n"


def _warnings(shown: Shown) -> Iterator[str]:
    simulation, language = shown.simulation, shown.language
    given = list(inputs(simulation.profile))
    assumed = sum(each.origin.standing.value == "assumed" for each in given)
    said = []
    if assumed:
        text = (
            "{assumed:n} of the {count:n} numbers of the profile are assumed: "
            "replace them by your own before you decide"
        )
        said.append(tell(text, language, assumed=assumed, count=len(given)))
    if unfinished(simulation.sampled):
        said.append(tell("{count:n} orders have not ended", language, count=unfinished(simulation.sampled)))
    for state, orders in stuck_states(simulation.sampled).items():
        text = "{count:n} orders stay in {state}: nothing is ever chosen there"
        said.append(tell(text, language, count=orders, state=shown.names.state(state)))
    if simulation.sampled.tally.given_up:
        said.append(
            tell("{count:n} orders were given up after 20,000 steps", language, count=simulation.sampled.tally.given_up)
        )
    yield from (f'<p class="note">{xml(text)}</p>\n' for text in said)


def _requirements(shown: Shown) -> Iterator[str]:
    language = shown.language
    if not shown.simulation.requirements:
        return
    rows = []
    for decided in shown.simulation.requirements:
        unit = "share" if decided.requirement.measure.figure == "share" else "seconds"
        value = "–" if decided.figure is None else quantity(decided.figure.value, unit, None, language)
        between = "" if decided.figure is None else tables.interval(decided.figure, unit, language)
        kind = decided.outcome.value.replace(" ", "-").replace("_", "-")
        verdict = f'<span class="{kind}">{xml(words(decided.outcome.value.replace("_", " "), language))}</span>'
        more = ""
        if decided.outcome is RequirementOutcome.OPEN and decided.orders:
            more = tell("about {count:n} orders would decide it", language, count=decided.orders)
        rows.append((f"<code>{xml(decided.requirement.text)}</code>", verdict, xml(more), xml(value), xml(between)))
    heads = shown.heads("requirement", "verdict", "remark", "value", "95 % interval")
    yield from tables.table(tell("What was required", language), heads, rows, texts=3)


def _pictures(pictures: Sequence[PagePicture], language: str) -> Iterator[str]:
    subject = ""
    yield f"<p>{xml(tell('The number on a state or move is the amount; the colour repeats it.', language))}</p>\n"
    for each in pictures:
        opened = " open" if each.subject != subject else ""
        if each.subject != subject:
            subject = each.subject
            yield f"<h3>{xml(subject)}</h3>\n"
        yield f"<details{opened}><summary>{xml(each.title)}</summary>\n"
        yield f'<div class="picture" tabindex="0" role="region" aria-label="{xml(f"{subject}: {each.title}")}">\n'
        yield f"{each.svg}</div>\n</details>\n"


def _inputs(shown: Shown) -> Iterator[str]:
    language = shown.language
    given = list(inputs(shown.simulation.profile))
    counts = Counter(each.origin.standing.value for each in given)
    said = ", ".join(f"{number} {words(standing, language)}" for standing, number in counts.items())
    text = tell("The profile gives {count:n} numbers: {said}.", language, count=len(given), said=said)
    yield f"<p>{xml(text)}</p>\n"
    rows = [
        (
            xml(each.about),
            xml(each.words),
            xml(words(each.origin.standing.value, language)),
            xml(", ".join(each.origin.source)),
            f"{xml(places.shown(each.origin.location.file))}:{each.origin.location.line}",
        )
        for each in given
    ]
    heads = shown.heads("number", "given as", "standing", "source", "place")
    yield from tables.table(tell("Every number of the profile", language), heads, rows, texts=5)


def _how(shown: Shown, versions: Mapping[str, str]) -> Iterator[str]:
    simulation, language = shown.simulation, shown.language
    sampled = simulation.sampled
    yield "<ul>\n"
    said = ["Sampled: every figure has its 95 % interval where there are enough orders to give one.",
            "An order does one thing at a time."]  # fmt: skip
    said.append(
        "Orders share hands and open hours: they wait for one another."
        if sampled.plan.crews
        else "Orders do not depend on one another: every order by itself."
    )
    yield from (f"<li>{xml(tell(text, language))}</li>\n" for text in said)
    if simulation.beginnings is not None:
        given = simulation.beginnings
        text = "Documents at the start are as in {used:n} real orders, of {read:n} documents."
        yield f"<li>{xml(tell(text, language, used=given.used, read=given.read))}</li>\n"
    for variant, reason in simulation.inexact.items():
        name = shown.names.variant(variant)
        text = tell("No exact answer for {variant}: {reason:words}.", language, variant=name, reason=reason)
        yield f"<li>{xml(text)}</li>\n"
    if simulation.exact_error:
        text = "exact values where deadlines or timers run: summed up numerically, to within {error} of each"
        yield f"<li>{xml(tell(text, language, error=f'{simulation.exact_error:.0e}'))}</li>\n"
    yield "</ul>\n"
    facts = {"seed": str(sampled.seed), "profile": simulation.profile.name, **versions}
    if simulation.other is not None:
        facts["compared with"] = simulation.other.plan.profile.name
    rows = [(xml(tell(name, language)), xml(value)) for name, value in facts.items()]
    rows += [(f"<code>--set {xml(path)}</code>", xml(value)) for path, value in simulation.settings.items()]
    heads = shown.heads("what", "value")
    yield from tables.table(tell("To get the same page again", language), heads, rows, texts=2)
