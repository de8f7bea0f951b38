"""Charts as inline SVG: words and numbers beside every colour, looks from the page's style."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from covage_model.ground.classes import dataclass
from covage_model.ground.escape import xml
from covage_model.report.quantities import quantity

WIDE = 760
STACKED = 48  # height of a bar below its name
_LEFT, _RIGHT = 56, 16  # room beside the plot of a chart with axes
_LABEL = 250  # room for the labels of bars
_CHARACTER = 6.4  # points of a letter, on average


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A part of a bar: its size, what it is called, its class of style, and what is said where there is little room."""

    size: float
    label: str
    kind: str
    faint: float = 1.0
    short: str = ""


def framed(title: str, description: str, high: float, content: Iterator[str], number: int) -> Iterator[str]:
    """A chart with its title and description for those who do not see it; `number` is unique on the page."""
    yield f'<svg class="chart" viewBox="0 0 {WIDE} {high:g}" role="img" aria-labelledby="t{number} d{number}">\n'
    yield f'<title id="t{number}">{xml(title)}</title><desc id="d{number}">{xml(description)}</desc>\n'
    yield from content
    yield "</svg>\n"


def stacked(rows: Sequence[tuple[str, Sequence[ChartPart]]], most: float) -> Iterator[str]:
    """Horizontal bars in parts, each below its name; a part that is wide enough has its label in it, or its number."""
    room = WIDE - 2 * _RIGHT
    for row, (name, parts) in enumerate(rows):
        y, x = row * STACKED + 20, float(_RIGHT)
        yield f'<text x="{_RIGHT}" y="{y - 6}">{xml(_cut(name, room))}</text>\n'
        for part in parts:
            wide = room * part.size / most if most else 0.0
            if wide > 0:
                look = f'class="{part.kind} part" fill-opacity="{part.faint:g}"'
                yield f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="22" {look}/>\n'
            said = next((each for each in (part.label, part.short) if len(each) * _CHARACTER + 10 < wide), "")
            if said:
                middle = x + wide / 2
                yield f'<text class="on" x="{middle:.1f}" y="{y + 15}" text-anchor="middle">{xml(said)}</text>\n'
            x += wide


def bars(rows: Sequence[tuple[str, Sequence[ChartPart], str]]) -> Iterator[str]:
    """Horizontal bars with a text behind each."""
    room = WIDE - _LABEL - 180
    most = max((sum(part.size for part in parts) for _, parts, _ in rows), default=0.0)
    for row, (name, parts, said) in enumerate(rows):
        y, x = row * 24 + 4, float(_LABEL)
        yield f'<text x="{_LABEL - 8}" y="{y + 13}" text-anchor="end">{xml(_cut(name, _LABEL - 14))}</text>\n'
        for part in parts:
            wide = room * part.size / most if most else 0.0
            if wide > 0:
                yield f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="17" class="{part.kind}"/>\n'
            x += wide
        yield f'<text x="{x + 6:.1f}" y="{y + 13}">{xml(said)}</text>\n'


def columns(
    counts: Sequence[float],
    limit: float,
    marks: Sequence[tuple[float, str]],
    language: str,
    other: Sequence[float] = (),
) -> Iterator[str]:
    """Columns over equal spans from 0 to `limit` seconds, another distribution as a line, and marked durations."""
    top, base = 20 + 15 * len(marks), 190.0
    most = max([*counts, *other], default=0.0) or 1.0
    plot = WIDE - _LEFT - _RIGHT
    wide = plot / max(len(counts), 1)
    for place, count in enumerate(counts):
        high = (base - top) * count / most
        look = f'x="{_LEFT + place * wide + 0.5:.1f}" width="{wide - 1:.1f}"'
        yield f'<rect class="a" {look} y="{base - high:.1f}" height="{high:.1f}"/>\n'
    if other:
        points = [f"{_LEFT},{base}"]
        for place, count in enumerate(other):
            y = base - (base - top) * count / most
            points += [f"{_LEFT + place * wide:.1f},{y:.1f}", f"{_LEFT + (place + 1) * wide:.1f},{y:.1f}"]
        yield f'<polyline class="b" points="{" ".join([*points, f"{WIDE - _RIGHT},{base}"])}"/>\n'
    yield from _time_axis(limit, base, language)
    places = [(_LEFT + plot * min(seconds / limit, 1.0), 14 + 15 * row) for row, (seconds, _) in enumerate(marks)]
    yield from (f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{y - 8}" y2="{base}"/>\n' for x, y in places)
    for (x, y), (_, label) in zip(places, marks, strict=True):
        anchor, at = ("start", x + 5) if x < WIDE * 0.7 else ("end", x - 5)
        yield f'<text class="over" x="{at:.1f}" y="{y}" text-anchor="{anchor}">{xml(label)}</text>\n'


def lines(points: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]], language: str) -> Iterator[str]:
    """A line over time with the area below it, and another one dashed; points are (second, value)."""
    top, base = 14.0, 220.0
    every = [*points, *other]
    limit, most = max(second for second, _ in every) or 1.0, _rounded_up(max(value for _, value in every) or 1.0)
    plot = WIDE - _LEFT - _RIGHT

    def drawn(of: Sequence[tuple[float, float]]) -> str:
        return " ".join(f"{_LEFT + plot * x / limit:.1f},{base - (base - top) * y / most:.1f}" for x, y in of)

    for step in range(5):
        y = base - (base - top) * step / 4
        yield f'<line class="axis" x1="{_LEFT}" x2="{WIDE - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>\n'
        said = quantity(most * step / 4, "count", language=language)
        yield f'<text class="s" x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{xml(said)}</text>\n'
    first, last = (_LEFT + plot * points[at][0] / limit for at in (0, -1))
    yield f'<polygon class="area" points="{first:.1f},{base} {drawn(points)} {last:.1f},{base}"/>\n'
    yield f'<polyline class="la" points="{drawn(points)}"/>\n'
    if other:
        yield f'<polyline class="b" points="{drawn(other)}"/>\n'
    yield from _time_axis(limit, base, language)


def spans(rows: Sequence[tuple[str, float, float | None, float | None, str]]) -> Iterator[str]:
    """Values with their intervals on one axis with a line at 0; a row is (name, value, low, high, text)."""
    ends = [0.0, *(each for _, value, low, high, _ in rows for each in (value, low, high) if each is not None)]
    least, most = min(ends), max(ends)
    room = WIDE - 2 * _RIGHT - 150

    def across(value: float) -> float:
        return _RIGHT + 10 + (room - 20) * (value - least) / ((most - least) or 1.0)

    for row, (name, value, low, high, said) in enumerate(rows):
        y = row * STACKED + 32
        yield f'<text x="{_RIGHT}" y="{y - 16}">{xml(_cut(name, room))}</text>\n'
        yield f'<line class="axis" x1="{across(0):.1f}" x2="{across(0):.1f}" y1="{y - 10}" y2="{y + 10}"/>\n'
        if low is not None and high is not None:
            yield f'<line class="span" x1="{across(low):.1f}" x2="{across(high):.1f}" y1="{y}" y2="{y}"/>\n'
        yield f'<circle class="dot" cx="{across(value):.1f}" cy="{y}" r="5"/>\n'
        yield f'<text x="{WIDE - 150}" y="{y + 4}">{xml(said)}</text>\n'


def _time_axis(limit: float, base: float, language: str) -> Iterator[str]:
    plot = WIDE - _LEFT - _RIGHT
    yield f'<line class="axis" x1="{_LEFT}" x2="{WIDE - _RIGHT}" y1="{base}" y2="{base}"/>\n'
    step = _step(limit)
    for number in range(int(limit / step + 1e-9) + 1):
        x = _LEFT + plot * number * step / limit
        said = quantity(number * step, "seconds", like=limit, language=language)
        yield f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{base}" y2="{base + 5}"/>\n'
        yield f'<text class="s" x="{x:.1f}" y="{base + 18}" text-anchor="middle">{xml(said)}</text>\n'


def _step(limit: float) -> float:
    """A round distance of marks on an axis of time, at most eight of them."""
    units = [1, 2, 5, 10, 15, 30, *(60 * m for m in (1, 2, 5, 10, 15, 30)), *(3_600 * h for h in (1, 2, 3, 6, 12))]
    units += [86_400 * factor * 10**power for power in range(6) for factor in (1, 2, 5)]
    return float(next((unit for unit in units if limit / unit <= 8), limit))


def _rounded_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next(factor * power for factor in (1, 2, 4, 6, 8, 10) if factor * power >= value)


def _cut(text: str, room: float) -> str:
    """A text that fits into so many points; the end is left out, and the table has it whole."""
    longest = int(room / _CHARACTER)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
