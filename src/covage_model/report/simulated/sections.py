"""The sections of the page: each a chart, and the table with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.behaviour.population.histogram import shares_by_span
from covage_model.behaviour.population.measures import ends_of
from covage_model.behaviour.population.rows import LEADS, ResultRow, open_share, progress_means
from covage_model.behaviour.population.simulate import Sampled
from covage_model.ground.escape import xml
from covage_model.report.quantities import quantity, signed
from covage_model.report.simulated import charts, tables
from covage_model.report.simulated.charts import ChartPart
from covage_model.report.simulated.shown import Shown

_SPANS = 48  # columns of a distribution
_MARKED = (("p50", "half: {time}"), ("p90", "90 of 100: {time}"), ("p95", "95 of 100: {time}"))


def ends(page: Shown) -> Iterator[str]:
    """How many orders reach each end: a bar and a table."""
    bars, titles = [], list[str]()
    kernel = page.simulation.sampled.plan.kernel
    for number, variant in enumerate(kernel.variants):
        parts, seen = [], list[str]()
        for row in page.rows("end", variant, figure="share"):
            if row.name and row.sampled is not None:
                kind = page.names.outcome(variant, row.name)
                share = quantity(row.sampled.value, "share", None, page.language)
                titles.append(page.names.state(row.name))
                label = f"{titles[-1]} {share}"
                parts.append(ChartPart(row.sampled.value, label, kind, 1 - 0.25 * min(seen.count(kind), 2), share))
                seen.append(kind)
        left = open_share(page.simulation.sampled, number)
        parts.append(ChartPart(left, page.tell("not ended"), "open"))
        bars.append((page.names.variant(variant), parts))
    title = page.tell("The share of each end")
    said = "; ".join(f"{name}: {', '.join(part.label for part in parts if part.size)}" for name, parts in bars)
    yield "<figure>\n"
    yield from charts.framed(title, said, len(bars) * charts.STACKED + 2, charts.stacked(bars, 1.0), next(page.numbers))
    caption = page.tell("Each bar is all orders of a kind: green is success, orange is failure, grey another end.")
    ends_shown = page.tell("From left to right: {ends}.", ends=", ".join(dict.fromkeys(titles)))
    yield f"<figcaption>{xml(caption)} {xml(ends_shown)}</figcaption>\n</figure>\n"
    rows = [
        (
            tables.named(page.names.variant(variant), variant),
            tables.named(page.names.state(name), name),
            tables.shown(cells["share"], page.language),
        )
        for (variant, name), cells in page.grouped("end").items()
    ]
    heads = page.heads("order", "end", "share")
    yield from tables.table(title, heads, rows, texts=2)


def lead_times(page: Shown) -> Iterator[str]:
    """The distribution of the lead times of each variant, and a table by end."""
    sampled, other = page.simulation.sampled, page.simulation.other
    kernel = sampled.plan.kernel
    for number, variant in enumerate(kernel.variants):
        cells = page.grouped("end")[variant, ""]
        if "p99" in cells:
            yield from _distribution(page, variant, cells, ends_of(kernel, frozenset([number]), None))
    if other is not None:
        with_ = page.tell("Columns: {profile}. Dashed: {other}.", profile=page.profile_title, other=page.other_title)
        yield f'<p class="soft">{xml(with_)}</p>\n'
    rows = []
    for (variant, name), cells in page.grouped("end").items():
        if "mean" in cells:
            head = tables.named(page.names.variant(variant), variant)
            figures = (tables.shown(cells.get(word), page.language) for word in LEADS)
            rows.append((head, tables.named(page.names.state(name), name), *figures))
    heads = page.heads("order", "end", *LEADS)
    yield from tables.table(page.tell("From the beginning of an order to its end"), heads, rows, texts=2)


def _distribution(page: Shown, variant: str, cells: dict[str, ResultRow], ends: frozenset[int]) -> Iterator[str]:
    sampled, other = page.simulation.sampled, page.simulation.other
    name = page.names.variant(variant)
    values = {word: row.sampled.value for word, row in cells.items() if row.sampled is not None}
    limit = max(values["p99"] * 1.05, 1.0)
    times = {word: quantity(values[word], "seconds", None, page.language) for word, _ in _MARKED}
    marks = [(values[word], page.tell(text, time=times[word])) for word, text in _MARKED]
    counts = shares_by_span([sampled.tally.lead[end] for end in sorted(ends)], limit, _SPANS)
    dashed = shares_by_span([other.tally.lead[end] for end in sorted(ends)], limit, _SPANS) if other else []
    said = ", ".join(label for _, label in marks)
    title = page.tell("Lead times of {order}", order=name)
    yield f"<h3>{xml(name)}</h3>\n<figure>\n"
    yield from charts.framed(
        title, said, 215, charts.columns(counts, limit, marks, page.language, dashed), next(page.numbers)
    )
    longest = quantity(values["p99"], "seconds", None, page.language)
    text = page.tell("How many orders take how long, until 99 of 100 have ended ({time}).", time=longest)
    yield f"<figcaption>{xml(text)}</figcaption>\n</figure>\n"


def stretches(page: Shown) -> Iterator[str]:
    """The stretches that were asked for."""
    rows = [
        (
            xml(name),
            tables.named(page.names.variant(variant), variant),
            *(tables.shown(cells.get(word), page.language) for word in LEADS),
        )
        for (variant, name), cells in page.grouped("between").items()
    ]
    if rows:
        heads = page.heads("stretch", "order", *LEADS)
        yield from tables.table(page.tell("Between two moments"), heads, rows, texts=2)


def what_if(page: Shown) -> Iterator[str]:
    """What the other profile changes: a chart of mean lead times, and a table."""
    if page.simulation.other is None:
        return
    values = []
    for row in page.rows("end", figure="mean"):
        if not row.name and row.difference is not None:
            said = signed(row.difference.value, "seconds", None, page.language)
            each = row.difference
            values.append((page.names.variant(row.variant), each.value, each.low, each.high, said))
    both = {"profile": page.profile_title, "other": page.other_title}
    title = page.tell("How much longer orders take with {other} than with {profile}, on average", **both)
    description = "; ".join(f"{name}: {said}" for name, *_, said in values)
    yield "<figure>\n"
    yield from charts.framed(
        title, description, len(values) * charts.STACKED + 2, charts.spans(values), next(page.numbers)
    )
    note = "{title}. The line is the 95 % interval; where it does not touch 0, the difference is no accident."
    yield f"<figcaption>{xml(page.tell(note, title=title))}</figcaption>\n</figure>\n"
    rows = []
    words = ("share", "mean", "p50", "p95")
    for section in ("end", "between"):
        for (variant, name), cells in page.grouped(section).items():
            head = tables.named(page.names.variant(variant), variant)
            what = xml(name) if section == "between" else tables.named(page.names.state(name), name)
            rows.append((head, what, *(_compared(page, cells.get(word)) for word in words)))
    heads = page.heads("order", "end", *words)
    caption = page.tell("Side by side: {profile} → {other}, and the difference ({other} minus {profile})", **both)
    yield from tables.table(caption, heads, rows, texts=2)


def _compared(page: Shown, row: ResultRow | None) -> str:
    if row is None or row.sampled is None or row.difference is None:
        return ""
    now = quantity(row.sampled.value, row.unit, None, page.language)
    then = quantity(row.sampled.value + row.difference.value, row.unit, None, page.language)
    return f'<span class="i">{xml(now)} → {xml(then)}</span>{tables.difference(row, page.language)}'


def progress(page: Shown) -> Iterator[str]:
    """Orders in progress over time."""
    rows = page.rows("progress")
    if not rows:
        return
    total, *days = rows
    title = page.tell("Orders in progress")
    points = _points(page.simulation.sampled)
    others = _points(page.simulation.other) if page.simulation.other is not None else []
    average = tables.plain(total, page.language)
    said = page.tell("On average {count} orders are in progress while orders arrive.", count=average)
    yield "<figure>\n"
    if len(points) > 1:
        yield from charts.framed(title, said, 245, charts.lines(points, others, page.language), next(page.numbers))
    dashed = " " + page.tell("Dashed: {other}.", other=page.other_title) if others else ""
    yield f"<figcaption>{xml(said + dashed)}</figcaption>\n</figure>\n"
    cells = [(xml(page.tell("on average")), tables.shown(total, page.language))]
    cells += [(xml(page.tell("day {number}", number=row.name)), tables.shown(row, page.language)) for row in days]
    heads = page.heads("time", "orders")
    yield f"<details><summary>{xml(page.tell('The numbers by day'))}</summary>\n"
    yield from tables.table(title, heads, cells)
    yield "</details>\n"


def _points(sampled: Sampled) -> list[tuple[float, float]]:
    return [(float(second), orders) for second, orders in progress_means(sampled)]


def where_time_goes(page: Shown) -> Iterator[str]:
    """The time in each state, and how much of it is waiting for hands and open hours."""
    cells = page.grouped("state")
    bars: list[tuple[str, Sequence[ChartPart], str]] = []
    for (_, name), figures in cells.items():
        time = figures["time"].sampled
        wait = figures["waiting"].sampled if "waiting" in figures else None
        if time is not None and time.value:
            waits = wait.value if wait is not None else 0.0
            said = _time_said(page, time.value, waits)
            parts = (ChartPart(time.value - waits, "", "a"), ChartPart(waits, "", "wait"))
            bars.append((page.names.state(name), parts, said))
    title = page.tell("The mean time of an order in each state")
    description = "; ".join(f"{name}: {said}" for name, _, said in bars)
    yield "<figure>\n"
    yield from charts.framed(title, description, len(bars) * 24 + 6, charts.bars(bars), next(page.numbers))
    text = "Blue: on its way or at work. Brown: waiting for a hand or for open hours."
    text = text if page.rows("state", figure="waiting") else "Nobody waits for hands or open hours in this simulation."
    yield f"<figcaption>{xml(title)}. {xml(page.tell(text))}</figcaption>\n</figure>\n"
    columns = ["entries", "time", *(word for word in ("waiting", "remaining") if page.rows("state", figure=word))]
    rows = [
        (tables.named(page.names.state(name), name), *(tables.shown(figures.get(w), page.language) for w in columns))
        for (_, name), figures in cells.items()
    ]
    yield from tables.table(title, page.heads("state", *columns), rows)
    yield from _stays(page)


def _stays(page: Shown) -> Iterator[str]:
    """How long a stay in each state lasts, by variant."""
    rows = [
        (
            tables.named(page.names.variant(variant), variant),
            tables.named(page.names.state(name), name),
            *(tables.shown(cells.get(word), page.language) for word in LEADS),
        )
        for (variant, name), cells in page.grouped("stay").items()
    ]
    if rows:
        title = page.tell("How long a stay in a state lasts")
        yield f"<details><summary>{xml(title)}</summary>\n"
        yield from tables.table(title, page.heads("order", "state", *LEADS), rows, texts=2)
        yield "</details>\n"


def _time_said(page: Shown, time: float, waits: float) -> str:
    whole = quantity(time, "seconds", None, page.language)
    if not waits:
        return whole
    part = quantity(waits, "seconds", None, page.language)
    return page.tell("{time} (waiting: {part})", time=whole, part=part)


def triggers(page: Shown) -> Iterator[str]:
    """How often each transition happens and is refused."""
    rows = [
        (
            tables.named(page.names.trigger(name), name),
            *(tables.shown(figures.get(word), page.language) for word in ("happened", "refused")),
        )
        for (_, name), figures in page.grouped("trigger").items()
    ]
    heads = page.heads("transition", "happened", "refused")
    yield from tables.table(page.tell("How often, per order"), heads, rows)


def hands(page: Shown) -> Iterator[str]:
    """What the hands of each actor did."""
    words = ("works", "utilisation", "mean wait", "p95 wait")
    rows = [
        (
            tables.named(page.names.actor(name), name),
            *(tables.shown(figures.get(word), page.language) for word in words),
        )
        for (_, name), figures in page.grouped("crew").items()
    ]
    if rows:
        heads = page.heads("actor", *words)
        yield from tables.table(page.tell("Hands at work while orders arrive, and the waiting for them"), heads, rows)
