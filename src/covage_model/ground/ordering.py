"""The order of JSON values: numbers, dates and date-times, each with its own kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from covage_model.ground import formats
from covage_model.ground.json_value import is_number

NUMBER, DATE, DATE_TIME = "number", "date", "date-time"
_MINUTES_OF_DAY = 24 * 60


def kind_of(value: Any) -> str | None:
    """
    Whether a value is a number, a date or a date-time (`ground.formats`); None for what has no order.

    >>> kind_of(1.5), kind_of("2024-02-29"), kind_of("2024-02-30"), kind_of(True)
    ('number', 'date', None, None)
    """
    if isinstance(value, str):
        return DATE if formats.is_date(value) else DATE_TIME if formats.is_date_time(value) else None
    return NUMBER if is_number(value) else None


def compared(left: Any, right: Any) -> int | None:
    """
    -1, 0 or 1: `left` is before, level with or after `right`. None unless both are of one kind.

    Date-times are compared as instants; a leap second comes between its neighbours.

    >>> compared(1, 1.0), compared("2024-02-29T12:00:00Z", "2024-02-29T12:00:00.5+01:00"), compared("a", "b")
    (0, 1, None)
    """
    kind = kind_of(left)
    if kind is None or kind != kind_of(right):
        return None
    first, second = (map(_instant, (left, right))) if kind == DATE_TIME else (left, right)
    return (first > second) - (first < second)


def near(value: Any) -> list[Any]:
    """
    Values just before and after an ordered one; none for another.

    >>> near(2), near("2024-02-29")
    ([1, 3, 1.5, 2.5], ['2024-02-28', '2024-03-01'])
    """
    match kind_of(value):
        case "number":
            return [value + step for step in (-1, 1, -0.5, 0.5)]
        case "date" | "date-time" if "0001-01-01" < value[:10] < "9999-12-31":
            days = [date.fromisoformat(value[:10]) + timedelta(days=step) for step in (-1, 1)]
            return [day.isoformat() + value[10:] for day in days if not value.endswith(":60Z")]
    return []


def _instant(text: str) -> tuple[int, int, str]:
    """The minute since the first day (UTC), the second in it, and the digits of its fraction."""
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
    days = date(year or 400, month, day).toordinal() - (0 if year else date(400, 12, 31).toordinal())
    minute = days * _MINUTES_OF_DAY + int(text[11:13]) * 60 + int(text[14:16])
    rest = text[19:]
    if rest[-1] in "Zz":
        fraction = rest[:-1]
    else:
        fraction, sign = rest[:-6], -1 if rest[-6] == "+" else 1
        minute += sign * (int(rest[-5:-3]) * 60 + int(rest[-2:]))
    return minute, int(text[17:19]), fraction.lstrip(".").rstrip("0")
