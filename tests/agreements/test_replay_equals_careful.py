"""
A replay that reads many lines at once and looks at orders once = one that reads and follows record by record.

The logs are simulated, then spoiled: records lost, sent twice, late, of another kind, written otherwise, and lines
that are broken.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from effort import examples

from covage_model import load_pack
from covage_model.api.replay import replay_log
from covage_model.api.simulate import EventLogFile, simulate_pack
from covage_model.behaviour.logs import collect, log_lines
from covage_model.behaviour.logs.follow import OpenOrder
from covage_model.behaviour.logs.records import RecordReader
from covage_model.behaviour.logs.replay import LogReplay

Event = dict[str, Any]


@pytest.fixture(scope="module")
def pack() -> Any:
    return load_pack()


@pytest.fixture(scope="module")
def events(pack: Any) -> list[Event]:
    """What 24 orders emitted; some are still running."""
    parts: list[str] = []
    simulate_pack(
        pack,
        count=24,
        until=25 * 86_400,
        seed=5,
        without=["hands", "calendars"],
        logs=[EventLogFile("ndjson", parts.append)],
    )
    return [json.loads(part) for part in parts]


# --- what may be wrong with the events of a log


def lost(random: Random, events: list[Event]) -> None:
    del events[random.randrange(len(events))]


def sent_twice(random: Random, events: list[Event]) -> None:
    events.insert(random.randrange(len(events)), dict(random.choice(events)))


def late(random: Random, events: list[Event]) -> None:
    events.insert(random.randrange(len(events)), events.pop(random.randrange(len(events))))


def shuffled(random: Random, events: list[Event]) -> None:
    random.shuffle(events)


def changed(random: Random, events: list[Event]) -> None:
    """One member of a record has a value of another record, or another one."""
    event = random.choice(events)
    name = random.choice(list(event))
    others = (
        None,
        17,
        -0.5,
        True,
        "",
        "service-slammed",
        "order-lost",
        'a"b',
        "a\\b",
        "é\u2028",
        [1],
        {"a": {"b": "c"}},
    )
    times = ("2026-01-05", "2026-01-20T10:00:00", "2026-01-20T10:00:00.1234567+01:00", "20260120T100000Z", "soon")
    event[name] = random.choice((random.choice(events)[name], *others, *(times if name == "event_date" else ())))


def missing(random: Random, events: list[Event]) -> None:
    event = random.choice(events)
    del event[random.choice(list(event))]


def same_time(_: Random, events: list[Event]) -> None:
    """All times are full days, so that many are equal."""
    for event in events:
        event["event_date"] = str(event.get("event_date"))[:10] + "T00:00:00Z"


def many(random: Random, events: list[Event]) -> None:
    """An order shows more than is collected of one."""
    event = random.choice(events)
    at = events.index(event)
    events[at:at] = [{**event, "event_uuid": f"again-{number}"} for number in range(collect.LONGEST + 3)]


def numbered(_: Random, events: list[Event]) -> None:
    """Orders and records are called by numbers."""
    numbers: dict[str, int] = {}
    for number, event in enumerate(events):
        event["event_uuid"] = number
        event["object_uuid"] = numbers.setdefault(str(event.get("object_uuid")), len(numbers))


def without_zone(random: Random, events: list[Event]) -> None:
    """Some times or all are written without a time zone."""
    rare = random.random() < 0.5
    for event in events:
        if not rare or random.random() < 0.1:
            event["event_date"] = str(event.get("event_date")).removesuffix("Z")


FAULTS: Sequence[Callable[[Random, list[Event]], object]] = (
    lost, sent_twice, late, shuffled, changed, missing, same_time, many, numbered, without_zone
)  # fmt: skip


# --- how the lines of a log may be written


def turned(event: Event) -> Event:
    return dict(reversed(event.items()))


def apart(event: Event) -> Event:
    """What tells events apart stands at both ends."""
    return {
        **{name: value for name, value in event.items() if name != "type"},
        **{n: v for n, v in event.items() if n == "type"},
    }


WRITERS: Sequence[Callable[[Event], str]] = (
    lambda event: json.dumps(event, ensure_ascii=False, separators=(",", ":")),
    json.dumps,
    lambda event: json.dumps(turned(event)),
    lambda event: json.dumps(apart(event)),
    lambda event: json.dumps(event, separators=(" , ", " : ")),
    lambda event: json.dumps({**event, "data": {"type": "x", "more": [1, "two", {"a": None}]}}),
    lambda event: json.dumps({**event, "seen": len(event), "object_alias": "a/b é \u0001"}).replace("/", "\\/"),
    lambda event: json.dumps(event)[:-1] + ', "type": "order-running"}',
    lambda event: "".join(f"\\u{ord(sign):04x}" if sign == "j" else sign for sign in json.dumps({**event, "j": "j"})),
)
BROKEN = (b"", b"  ", b"{", b"null", b"[]", b'{"type": 1}', b"\xff", b'"', b"\xef\xbb\xbf{}", b'{"a": "\x01"}', b"\x00")
ENDS = (b"\n", b"\n", b"\n", b"\r\n", b"\r")


def content(random: Random, events: Sequence[Event]) -> bytes:
    """A log: most lines are written alike."""
    usual, end = random.choice(WRITERS), random.choice(ENDS)
    lines: list[bytes] = []
    for event in events:
        write = usual if random.random() < 0.9 else random.choice(WRITERS)
        line = write(event).encode("utf-8", "surrogatepass")
        if random.random() < 0.01:  # a sign is lost, or one comes in
            at = random.randrange(len(line))
            line = line[:at] + random.choice((b"", b'"', b"\n", b"\\", b"\x02", b"\xe9")) + line[at + 1 :]
        lines += [line, *([random.choice(BROKEN)] if random.random() < 0.01 else [])]
    return end.join(lines) + random.choice((b"", end))


# --- the comparison


def outcome(pack: Any, path: Path, **how: Any) -> Any:
    """All that a replay says."""
    done: list[Any] = []

    def take(order: OpenOrder) -> None:
        done.append(
            (order.name, order.cut, order.records, order.sets.places(order.start), order.sets.places(order.number))
        )

    replayed = replay_log(pack, str(path), done=take, **how)
    found = [
        (each.finding, each.order, each.fault and (each.fault.records, each.fault.first, each.fault.repair))
        for each in replayed
    ]
    found.sort(key=lambda each: each[0].location.line)  # two records of one identifier are told when an order has ended
    totals = replayed.totals
    steps = {(first, last): counts.counts for first, by in totals.steps.items() for last, counts in by.items()}
    numbers = (totals.orders, totals.cut, totals.records, totals.duplicates, totals.late, totals.explained)
    done.sort(key=lambda each: each[0])
    return found, steps, totals.lives.counts, numbers, totals.missing, replayed.left_out, done


def test_a_fast_replay_says_what_a_careful_one_says(
    pack: Any, events: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "log.ndjson"
    kinds = set()
    for seed in range(examples(40)):
        random = Random(seed)
        spoiled = [dict(event) for event in events]
        for fault in random.sample(FAULTS, random.choice((0, 1, 1, 2, 3))):
            fault(random, spoiled)
        path.write_bytes(content(random, spoiled))
        by_lines = random.random() < 0.7
        how = {"cut_front": random.random() < 0.3, "case": random.choice((None, None, "object_alias"))}
        with monkeypatch.context() as patched:
            patched.setattr(log_lines, "_AT_ONCE", random.choice((600, 5000, 2**18)))
            patched.setattr(collect, "_LOOKED_AFTER", random.choice((10, 2**14)))
            if not by_lines:  # as other formats than NDJSON are read
                patched.setattr(LogReplay, "lines", lambda _: None)
            fast = outcome(pack, path, **how)
        with monkeypatch.context() as patched:
            patched.setattr(LogReplay, "lines", lambda _: None)
            patched.setattr(RecordReader, "_plain_record", lambda *_: None)
            patched.setattr(collect, "LONGEST", 0)  # every order is followed record by record
            assert fast == outcome(pack, path, **how), f"seed {seed}"
        kinds |= {finding.code for finding, _, _ in fast[0]}
    assert {"CM551", "CM552", "CM001"} <= kinds
