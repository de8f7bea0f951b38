"""The formats of the language, each with the one checker that every JSON Schema engine is given."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))")
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_date(text: str) -> bool:
    """
    RFC 3339 full-date, of the calendar.

    >>> is_date("2024-02-29"), is_date("2023-02-29")
    (True, False)
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = map(int, match.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= _MONTHS[month - 1] and (month != 2 or day < 29 or leap)


def is_date_time(text: str) -> bool:
    """
    RFC 3339 date-time: with a zone, a leap second only where UTC may have one.

    >>> is_date_time("2024-02-29T12:30:00.5+01:00"), is_date_time("2024-02-29T12:30:00")
    (True, False)
    """
    time = _TIME.fullmatch(text[11:])
    if time is None or text[10:11] not in ("T", "t") or not is_date(text[:10]):
        return False
    hour, minute, second = (int(part) for part in time.group(1, 2, 3))
    off_hour, off_minute = int(time.group(5) or 0), int(time.group(6) or 0)
    if hour > 23 or minute > 59 or second > 60 or off_hour > 23 or off_minute > 59:
        return False
    offset = (60 * off_hour + off_minute) * (-1 if time.group(4) == "-" else 1)
    return second < 60 or (60 * hour + minute - offset) % 1440 == 1439


def is_uuid(text: str) -> bool:
    """RFC 9562 canonical form, 8-4-4-4-12 hexadecimal digits in either case."""
    return _UUID.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """RFC 5321 mailbox with a dot-atom before the @ and a host name after it; at most 254 characters."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": is_date,
    "date-time": is_date_time,
    "uuid": is_uuid,
    "email": is_email,
}
