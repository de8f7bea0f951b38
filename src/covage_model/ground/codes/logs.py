"""CM551 to CM554: findings about logs of events."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

_AFTER = "{event:bare} could not have happened to {order:bare} after {before:bare}"
_FIRST = "{event:bare} could not have been the first event of {order:bare}"
_STATE = "{trigger:bare} leads to it from {sources:bare}, and the order may be in {states:bare}"
_REFUSED = "{trigger:bare} is refused by {names:bare}"
_NOWHERE = "no move of such an order leads to it"
PAGES = {
    "CM551": Page(
        "an event that could not have happened",
        {
            "after-state": f"{_AFTER}: {_STATE}",
            "after-refused": f"{_AFTER}: {_REFUSED}",
            "after-nowhere": f"{_AFTER}: {_NOWHERE}",
            "first-state": f"{_FIRST}: {_STATE}",
            "first-refused": f"{_FIRST}: {_REFUSED}",
            "first-nowhere": f"{_FIRST}: {_NOWHERE}",
        },
        "`replay` follows each order of a log on the explored lifecycle. What events do not show, such as the\n"
        "variant, the document and moves that emit nothing, is any of what is possible. No life of the order has the\n"
        "events up to this one. The hint is the cheapest repair: events that are missing, and events too many. Either\n"
        "the log is wrong, or the spec. Orders that began before the log did need `--cut-front`.",
    ),
    "CM552": Page(
        "a record of a log that shows no event",
        {
            "object": "the record is no object",
            "missing": "the record has no {name}",
            "case": "{name:bare} names no order: write a text or a whole number",
            "identifier": "the identifier {value} is that of line {line}, with another event or time: it was left out",
            "time": "{name:bare} is {value}, which is no date and time",
            "unknown": "{name:bare} is {value}, which is no event of the pack",
            "other": "no event of the pack has {pairs:pairs}",
            "state": "{name:bare} is {value}, which is no state and no status",
            "variant": "{name:bare} is {value}, which is none of the orders that are replayed",
        },
        "The record was left out. What its members mean follows from the constants of the pack's events and from\n"
        "`log` in the profile; `--case PATH` and `--columns WORD=PATH` say otherwise. Times are ISO 8601,\n"
        "in UTC where they have no zone.",
    ),
    "CM553": Page(
        "the fitness of a log is too low",
        {"fitness": "the fitness is {found:bare}, less than {least:bare}"},
        "The fitness is the share of events that happened or should have, of which both is true: events less those\n"
        "too many, over events and those missing, as the cheapest repairs have it. An order without a cheap repair\n"
        "counts with none of its events. `--fail-under` says how low it may be.",
    ),
    "CM554": Page(
        "a fitted number that is not confirmed",
        {
            "outside": "{figure:bare} was fitted as {fitted:bare}, and the orders held out have {low:bare} to "
            "{high:bare}",
            "nothing": "nothing could be fitted: the log shows no number of a profile by itself, or too few orders",
        },
        "`fit` uses a part of the orders of a log, and judges each figure on the others (`--holdout`). The interval\n"
        "holds the errors of both parts; of a sound figure it is missed once in twenty times. `nothing`: only a step\n"
        "between two events counts between which nothing else can have happened unseen, and only from 30 on.",
    ),
}
