"""The formats of the spec language, each with a checker and keywords that all JSON Schema engines assert."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from covage_model.ground.patterns import regex

_DATE = regex(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = regex(r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|[+-]([0-9]{2}):([0-9]{2}))")
_LEAP_SECOND = "23:59:60Z"
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*"
_LONGEST_EMAIL = 254
QUICK = {"uuid": (_UUID, 36), "email": (_EMAIL, _LONGEST_EMAIL)}  # the expression of a whole text, and its longest
_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_date(text: str) -> bool:
    """
    An RFC 3339 full-date that exists in the calendar.

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
    An RFC 3339 date-time, with its zone; second 60 is allowed only in 23:59:60Z.

    >>> is_date_time("2024-02-29T12:30:00.5+01:00"), is_date_time("2024-02-29T12:30:00")
    (True, False)
    """
    if text[10:11] not in ("T", "t") or not is_date(text[:10]):
        return False
    time = _TIME.fullmatch(text[11:])
    if time is None:
        return False
    hour, minute, second = (int(part) for part in time.group(1, 2, 3))
    off_hour, off_minute = int(time.group(4) or 0), int(time.group(5) or 0)
    in_range = hour <= 23 and minute <= 59 and second <= 59 and off_hour <= 23 and off_minute <= 59
    return in_range or text[11:] == _LEAP_SECOND


def is_uuid(text: str) -> bool:
    """RFC 9562 canonical form, 8-4-4-4-12 hexadecimal digits in either case."""
    return re.fullmatch(_UUID, text) is not None


def is_email(text: str) -> bool:
    """RFC 5321 mailbox with a dot-atom before the @ and a host name after it; at most 254 characters."""
    return len(text) <= _LONGEST_EMAIL and re.fullmatch(_EMAIL, text) is not None


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": is_date,
    "date-time": is_date_time,
    "uuid": is_uuid,
    "email": is_email,
}

_FULL_DATE = (
    "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    "|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
)
_HOUR_MINUTE = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_FULL_TIME = rf"(?:{_HOUR_MINUTE}:[0-5][0-9](?:\.[0-9]+)?(?:[Zz]|[+-]{_HOUR_MINUTE})|{_LEAP_SECOND})"
# What each checker accepts, in keywords that every JSON Schema engine asserts: many ignore `format`, some read
# it otherwise. Some engines let `$` match before a last newline, hence the `not`.
_PATTERNS = {"date": _FULL_DATE, "date-time": f"{_FULL_DATE}[Tt]{_FULL_TIME}", "uuid": _UUID, "email": _EMAIL}
PORTABLE: Mapping[str, Mapping[str, Any]] = {
    name: {
        "pattern": f"^{pattern}$",
        "not": {"pattern": "\n$"},
        **({"maxLength": _LONGEST_EMAIL} if name == "email" else {}),
    }
    for name, pattern in _PATTERNS.items()
}
