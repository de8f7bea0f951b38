"""Tables of the page: each figure has its number as data, so that a program reads what people read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from covage_model.behaviour.population.figures import Figure
from covage_model.behaviour.population.rows import ResultRow
from covage_model.ground.escape import xml
from covage_model.ground.language import tell
from covage_model.report.quantities import quantity, signed


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, texts: int = 1) -> Iterator[str]:
    """A table; the first cell of a row heads it, columns from number `texts` on hold numbers. Cells are HTML."""
    yield '<div class="wide" tabindex="0" role="region" aria-label="'
    yield f'{xml(caption)}">\n<table>\n<caption>{xml(caption)}</caption>\n<thead><tr>'
    for number, head in enumerate(heads):
        yield f'<th scope="col"{_numeric(number >= texts)}>{xml(head)}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for first, *cells in rows:
        yield f'<tr><th scope="row">{first}</th>'
        yield "".join(f"<td{_numeric(number >= texts)}>{cell}</td>" for number, cell in enumerate(cells, 1))
        yield "</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"


def named(title: str, name: str) -> str:
    """A title, with the name below it where that differs."""
    below = f'<span class="name">{xml(name)}</span>' if name and name != title else ""
    return f"{xml(title)}{below}"


def shown(row: ResultRow | None, language: str) -> str:
    """The sampled value of a figure with its interval, and the exact one if there is one."""
    if row is None:
        return ""
    parts = ["–" if row.sampled is None else _figure(row, row.sampled, "sampled", language)]
    if row.exact is not None:
        low, high = (quantity(each, row.unit, row.exact[1], language) for each in row.exact)
        text = low if low == high else f"{low} – {high}"
        values = f'value="{row.exact[0]!r}" data-high="{row.exact[1]!r}"'
        said = tell("exact: ", language)
        parts.append(
            f'<span class="i">{xml(said)}<data data-of="{_of(row, "exact")}" {values}>{xml(text)}</data></span>'
        )
    return "".join(parts)


def difference(row: ResultRow | None, language: str) -> str:
    """How much more the other profile has, with its interval."""
    if row is None or row.difference is None:
        return ""
    return _figure(row, row.difference, "difference", language)


def plain(row: ResultRow | None, language: str) -> str:
    """The sampled value alone, as text."""
    return "–" if row is None or row.sampled is None else quantity(row.sampled.value, row.unit, None, language)


def interval(figure: Figure, unit: str, language: str, *, sign: bool = False) -> str:
    """The interval of a figure as text; "" where there is none."""
    if figure.low is None or figure.high is None:
        return ""
    of = signed if sign else quantity
    return " … ".join(of(each, unit, figure.value, language) for each in (figure.low, figure.high))


def _figure(row: ResultRow, figure: Figure, kind: str, language: str) -> str:
    sign = kind == "difference"
    text = (signed if sign else quantity)(figure.value, row.unit, None, language)
    ends = "".join(
        f' data-{name}="{end!r}"' for name, end in (("low", figure.low), ("high", figure.high)) if end is not None
    )
    between = interval(figure, row.unit, language, sign=sign)
    below = f'<span class="i">{xml(between)}</span>' if between else ""
    return f'<data data-of="{_of(row, kind)}" value="{figure.value!r}"{ends}>{xml(text)}</data>{below}'


def _of(row: ResultRow, kind: str) -> str:
    """Which figure it is: section, variant, name, figure and kind, as the JSON report has them."""
    return xml(f"{row.section}|{row.variant}|{row.name}|{row.figure}|{kind}")


def _numeric(right: bool) -> str:  # noqa: FBT001  the look of a cell
    return ' class="n"' if right else ""
