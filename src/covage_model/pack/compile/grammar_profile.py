"""The grammar of profile files."""

from __future__ import annotations

from covage_model.pack.compile.grammar import (
    CONDITION,
    LEAF_NAME,
    NAME,
    ONE_OR_MORE_NAMES,
    PATH,
    PROVENANCE,
    SAID,
    TRIGGER_NAME,
    WORD,
)
from covage_model.pack.compile.shapes import Boolean, ByKind, Items, Keys, Number, Shape, String

UNITS = {"s": 1, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LAW_WORDS = ("log-normal", "gamma", "weibull", "exponential")
HOLIDAYS = ("FR",)
EVENT_WORDS = ("event", "object", "alias", "order", "number", "time", "name", "variant", "state", "nothing")
_DAY = f"({'|'.join(WEEKDAYS)})"
_HOUR = "([01][0-9]|2[0-3]):[0-5][0-9]"

_AMOUNT = r"[0-9]{1,6}(\.[0-9]{1,9})?"  # sums over many orders must stay below 2^63 seconds
_MOST = 10**9

_TRIGGERS = ByKind((TRIGGER_NAME, Items(TRIGGER_NAME, least=1, once=True)))
DURATION = String("a duration such as 30 min, 2 h or 1.5 d", rf"{_AMOUNT} ?({'|'.join(UNITS)})")
_LAW_KEYS: dict[str, Shape] = {
    "fixed": DURATION,
    "uniform": Items(DURATION, least=2, most=2),
    "triangular": Items(DURATION, least=3, most=3),
    "exponential": DURATION,
    "median": DURATION,
    "p90": DURATION,
    "p95": DURATION,
    "p99": DURATION,
    "mean": DURATION,
    "sd": DURATION,
    "law": String("a law", choices=LAW_WORDS),
    "quantiles": Keys(
        names=String("a percentage such as p0, p50 or p100", r"p?(100|[0-9]{1,2}(\.[0-9]+)?)"),
        named=DURATION,
        least=2,
        what="percentages and their durations",
    ),
    **PROVENANCE,
}
_LAW_GROUPS = (("fixed",), ("uniform",), ("triangular",), ("exponential",), ("median", "mean"), ("quantiles",))
LAW = ByKind((DURATION, Keys(_LAW_KEYS, one_of=_LAW_GROUPS, what="a law of durations")))
_WEIGHT = Number(least=0, most=_MOST)
_WEIGHT_CASE = ByKind(
    (_WEIGHT, Keys({"when": CONDITION, "is": _WEIGHT}, required=("when", "is"), what="a weight with its condition"))
)
_CHANCE = Number(least=0, most=1)

PROFILE = Keys(
    {
        "profile": NAME,
        "over": ONE_OR_MORE_NAMES,
        "time": Keys(
            {
                "zone": WORD,
                "starts": String("a date such as 2026-01-05", "[0-9]{4}-[0-9]{2}-[0-9]{2}"),
                "holidays": String("a country", choices=HOLIDAYS),
                **PROVENANCE,
            },
            what="zone, starts, holidays",
        ),
        "calendars": Keys(
            names=NAME,
            named=Keys(
                PROVENANCE,
                names=String("days such as mon or mon-fri", rf"{_DAY}(-{_DAY})?"),
                named=Items(String("hours such as 09:00-12:30", rf"{_HOUR}-({_HOUR}|24:00)"), once=True),
                what="days and their hours",
            ),
            least=1,
            what="calendars",
        ),
        "arrivals": Keys(
            {
                "rate": String("a rate such as 120/d", rf"{_AMOUNT} ?/ ?({'|'.join(UNITS)})"),
                "law": String("a law of arrivals", choices=("poisson", "regular")),
                "during": NAME,
                **PROVENANCE,
            },
            required=("rate",),
            what="arrivals",
        ),
        "mix": Keys(names=LEAF_NAME, named=_WEIGHT, least=1, what="orders and their shares"),
        "documents": Keys({"start": _CHANCE, "edit": _CHANCE, **PROVENANCE}, what="start and edit"),
        "actors": Keys(
            names=NAME,
            named=Keys(
                {"calendar": NAME, "hands": Number(whole=True, least=1, most=_MOST), **PROVENANCE},
                what="calendar and hands",
            ),
            least=1,
            what="actors",
        ),
        "timers": Keys(
            names=NAME,
            named=Keys(
                {"from": _TRIGGERS, **_LAW_KEYS},
                required=("from",),
                one_of=_LAW_GROUPS,
                what="a timer",
            ),
            least=1,
            what="timers",
        ),
        "log": Keys(
            names=PATH,
            named=String("what an event shows", choices=EVENT_WORDS),
            least=1,
            what="fields of events and what they show",
        ),
        "transitions": Keys(
            names=TRIGGER_NAME,
            named=Keys(
                {
                    "weight": ByKind((_WEIGHT, Items(_WEIGHT_CASE, least=1))),
                    "waits": LAW,
                    "works": LAW,
                    "tries": Boolean(),
                    "at": NAME,
                    **PROVENANCE,
                },
                what="what a transition takes",
            ),
            least=1,
            what="transitions",
        ),
        **SAID,
    },
    what="a profile",
)
