"""Logs replayed: what was simulated conforms, each seeded fault is found, and repairs are as cheap as brute force's."""

from __future__ import annotations

import csv
import io
import itertools
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from effort import examples
from jsonschema import Draft202012Validator

from covage_model import load_pack
from covage_model.api.replay import CannotReplay, replay_log
from covage_model.api.simulate import EventLogFile, profile_of, simulate_pack
from covage_model.behaviour.logs.collect import OrderCollector
from covage_model.behaviour.logs.follow import KEPT, OrderFollower, beginning
from covage_model.behaviour.logs.moments import moment_of
from covage_model.behaviour.logs.possible import NOWHERE, PossibleSets
from covage_model.behaviour.logs.records import shape_of
from covage_model.behaviour.logs.repair import repaired
from covage_model.behaviour.logs.replay import KnownOrders, LogReplay
from covage_model.behaviour.logs.totals import ReplayVerdict
from covage_model.cli.main import main
from covage_model.ground.files import xes
from covage_model.ground.files.limits import Limits

ROOT = Path(__file__).parents[2]
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
Event = dict[str, Any]


@pytest.fixture(scope="module")
def pack() -> Any:
    return load_pack()


@pytest.fixture(scope="module")
def logs(pack: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same 80 orders in each format; some are still running."""
    folder = tmp_path_factory.mktemp("logs")
    texts: dict[str, list[str]] = {form: [] for form in ("ndjson", "csv", "xes")}
    files = [EventLogFile(form, parts.append) for form, parts in texts.items()]
    simulate_pack(pack, count=80, until=25 * 86_400, seed=5, without=["hands"], logs=files)
    for form, parts in texts.items():
        (folder / f"log.{form}").write_text("".join(parts), encoding="utf-8")
    return folder


def events_of(path: Path) -> list[Event]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def written(path: Path, events: Iterable[Event]) -> str:
    path.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    return str(path)


def call(*argv: str) -> tuple[int, str]:
    out = io.StringIO()
    return main(["replay", *argv], out, io.StringIO()), out.getvalue()


def report(*argv: str) -> Any:
    code, out = call(*argv, "--format", "json")
    found = json.loads(out)
    REPORTS.validate(found)
    assert found["exit_code"] == code
    return found


# --- what was simulated conforms


@pytest.mark.parametrize("form", ["ndjson", "csv", "xes"])
def test_a_simulated_log_conforms_in_every_format(pack: Any, logs: Path, form: str) -> None:
    replayed = replay_log(pack, str(logs / f"log.{form}"))
    assert list(replayed) == []
    totals = replayed.totals
    about_orders = [event for event in events_of(logs / "log.ndjson") if event["object_type"] == "order"]
    assert sum(totals.orders.values()) == len({event["object_uuid"] for event in about_orders}) > 40
    assert totals.orders[ReplayVerdict.IMPOSSIBLE] == 0
    assert totals.orders[ReplayVerdict.UNFINISHED] > 5
    assert totals.fitness == 1
    services = 0 if form == "xes" else len(events_of(logs / "log.ndjson")) - len(about_orders)
    assert replayed.left_out["unjoined"] == services
    assert totals.records == len(events_of(logs / "log.ndjson")) - services


def test_steps_take_what_the_times_say(pack: Any, logs: Path) -> None:
    from datetime import datetime

    replayed = replay_log(pack, str(logs / "log.ndjson"))
    list(replayed)
    lives: dict[str, list[Event]] = defaultdict(list)
    for event in events_of(logs / "log.ndjson"):
        lives[event["object_uuid"]].append(event)
    wanted: dict[tuple[str, str], list[float]] = defaultdict(list)
    for life in lives.values():
        for one, other in itertools.pairwise(life):
            ended, begun = (datetime.fromisoformat(each["event_date"]) for each in (other, one))
            wanted[one["type"], other["type"]].append((ended - begun).total_seconds())
    found = {(a[0], b[0]): counts for a, by in replayed.totals.steps.items() for b, counts in by.items()}
    assert found.keys() == wanted.keys()
    for key, counts in found.items():
        assert len(counts) == len(wanted[key])
        assert counts.mean == pytest.approx(sum(wanted[key]) / len(wanted[key]), rel=1e-3)


def test_services_are_joined_by_the_orders(pack: Any, logs: Path, tmp_path: Path) -> None:
    """Documents of the orders tell the variant of each, and which service is whose."""
    events = events_of(logs / "log.ndjson")
    number = {event["object_uuid"]: event["object_alias"].partition("-")[2] for event in events}
    model = json.loads((ROOT / "specs/covage/examples/valid/record-copper-completed.json").read_text())
    ended = {number[e["object_uuid"]] for e in events if e["type"] == "service-activated"}
    activations = [thing for thing, n in number.items() if n in ended]
    orders = [
        {
            **model,
            "uuid": thing,
            "reference": f"O310314_{int(number[thing]):05}",
            "service_ref": f"service-{number[thing]}",
        }
        for thing in activations
        if any(e["object_uuid"] == thing and e["object_type"] == "order" for e in events)
    ]
    path = written(tmp_path / "orders.ndjson", orders)
    kept = [event for event in events if number[event["object_uuid"]] in ended]
    log = written(tmp_path / "log.ndjson", kept)
    found = report(log, "--orders", path)
    assert found["left_out"] == {"unjoined": 0, "foreign": 0}
    # these events cannot tell copper creations from other activations, so all conform
    assert found["orders"] == {"conforms": len(orders), "unfinished": 0, "could not have happened": 0, "not decided": 0}
    assert found["records"] == len(kept)
    twice = [*kept, {**kept[-1], "event_uuid": "again000"}] if kept[-1]["object_type"] == "service" else None
    assert twice is not None
    (fault,) = report(written(tmp_path / "log.ndjson", twice), "--orders", path)["faults"]
    assert [(change["kind"], change["event"]) for change in fault["repair"]["changes"]] == [
        ("extra", "service-activated")
    ]
    slammed = {**kept[-1], "type": "service-slammed", "event_uuid": "slam0000"}
    assert report(written(tmp_path / "log.ndjson", [*kept, slammed]), "--orders", path)["left_out"]["foreign"] == 1


# --- one seeded fault, and the repair that finds it


def test_each_seeded_fault_is_found_with_its_repair(pack: Any, logs: Path, tmp_path: Path) -> None:
    events = [event for event in events_of(logs / "log.ndjson") if event["object_type"] == "order"]
    lives: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        lives[event["object_uuid"]].append(event)
    whole = [life for life in lives.values() if [e["type"] for e in life][-1] == "order-completed"]
    chosen = random.Random(1).sample(whole, 6)
    for life in chosen[:3]:
        at = random.Random(life[0]["event_uuid"]).randrange(len(life) - 1)
        faults = {
            "dropped": ([*life[:at], *life[at + 1 :]], [("missing", life[at]["type"])]),
            "doubled": (
                [*life[: at + 1], {**life[at], "event_uuid": "again000"}, *life[at + 1 :]],
                [("extra", life[at]["type"])],
            ),
        }
        for name, (seeded, changes) in faults.items():
            others = [event for event in events if event["object_uuid"] != life[0]["object_uuid"]]
            found = report(written(tmp_path / f"{name}.ndjson", [*others, *seeded]))
            (fault,) = found["faults"]
            assert fault["order"] == life[0]["object_uuid"]
            assert [(change["kind"], change["event"]) for change in fault["repair"]["changes"]] == changes
            assert found["orders"]["could not have happened"] == 1
            size = len(events) - 1 if name == "dropped" else len(events) + 1
            assert found["fitness"] == pytest.approx((size - (name == "doubled")) / (size + (name == "dropped")))
    for life in chosen[3:]:
        times = [event["event_date"] for event in life]
        one, other = life[1], life[2]
        seeded = [life[0], {**other, "event_date": times[1]}, {**one, "event_date": times[2]}, *life[3:]]
        (fault,) = report(written(tmp_path / "swapped.ndjson", seeded))["faults"]
        assert fault["repair"]["cost"] == 2
        assert fault["repair"]["swapped"] == [one["type"], other["type"]]
        assert fault["first_impossible"] == 1


def test_the_finding_says_why_and_points_at_the_transition(pack: Any, logs: Path, tmp_path: Path) -> None:
    events = [event for event in events_of(logs / "log.ndjson") if event["type"] != "order-running"]
    code, out = call(written(tmp_path / "log.ndjson", events))
    assert code == 1
    assert "complete leads to it from running.finalising" in out
    assert "missing: order-running" in out
    assert "because: " in out and "lifecycles/" in out
    assert call(str(tmp_path / "log.ndjson"), "--fail-under", "0.5")[0] == 0
    assert call(str(tmp_path / "log.ndjson"), "--fail-under", "0.99")[0] == 1
    assert "no cheap repair" in call(str(tmp_path / "log.ndjson"), "--max-repair", "0")[1]
    assert "manque\u00a0: order-running" in call(str(tmp_path / "log.ndjson"), "--lang", "fr")[1]


# --- repairs, against brute force


def sets_of(pack: Any, *names: str) -> PossibleSets:
    emitted = [event.name for event in pack.spec.events if event.name.startswith("order")]
    return PossibleSets([pack.table(name) for name in names], emitted)


def brute(sets: PossibleSets, start: int, word: Sequence[str], alphabet: Sequence[str], most: int) -> int | None:
    """The fewest changes, by trying every change of every change."""
    words, seen = {tuple(word)}, set()
    for cost in range(most + 1):
        for each in words:
            number = start
            for event in each:
                number = sets.step(number, (event, None))
            if number != NOWHERE:
                return cost
        seen |= words
        words = {
            changed
            for each in words
            for at in range(len(each) + 1)
            for changed in (each[:at] + each[at + 1 :], *((*each[:at], event, *each[at:]) for event in alphabet))
        } - seen
    return None


def test_repairs_are_the_cheapest(pack: Any) -> None:
    sets = sets_of(pack, "terminate-copper", "activate-copper/create")
    start = sets.start((0, 1))
    alphabet = ["order-submitted", "order-acknowledged", "order-running", "order-completed", "order-rejected"]
    draw = random.Random(3)
    costs = []
    for _ in range(examples(60)):
        word = [draw.choice(alphabet) for _ in range(draw.randrange(1, 5))]
        repair = repaired(sets, start, [(event, None) for event in word], most=3)
        assert (None if repair is None else repair.cost) == brute(sets, start, word, alphabet, 3), word
        costs.append(-1 if repair is None else repair.cost)
        if repair is None:
            continue
        fixed: list[str | None] = list(word)
        for change in reversed(repair.changes):  # a repair is what it says
            if change.kind == "extra":
                assert word[change.at] == change.event
                del fixed[change.at]
            else:
                fixed.insert(change.at, change.event)
        number = start
        for event in fixed:
            number = sets.step(number, (event, None))
        assert number != NOWHERE
    assert {1, 2, 3} <= set(costs)


def test_events_of_one_move_may_come_in_any_order(pack: Any) -> None:
    sets = PossibleSets([pack.table("terminate-copper")], [event.name for event in pack.spec.events])
    ends = []
    for tail in itertools.permutations(("order-completed", "service-terminated")):
        number = sets.start((0,))
        for event in ("order-submitted", "order-acknowledged", "order-running", *tail):
            assert not sets.finished[number]
            number = sets.step(number, (event, None))
        ends.append(number)
    assert ends[0] == ends[1] != NOWHERE
    assert sets.finished[ends[0]]


# --- logs as they come


def test_duplicates_are_dropped_and_late_records_are_put_in_their_place(pack: Any, logs: Path, tmp_path: Path) -> None:
    events = events_of(logs / "log.ndjson")
    wanted = report(str(logs / "log.ndjson"))
    backwards = report(written(tmp_path / "log.ndjson", reversed(events)))
    shuffled = random.Random(2).sample(events, len(events))
    mixed = report(written(tmp_path / "log.ndjson", [*shuffled, *events]))
    for found in (backwards, mixed):
        for key in ("orders", "fitness", "records", "steps", "lead_time"):
            assert found[key] == wanted[key]
    assert backwards["late"] > 100
    assert mixed["duplicates"] == len([event for event in events if event["object_type"] == "order"])


def test_one_identifier_of_two_different_records_is_a_finding(pack: Any, tmp_path: Path) -> None:
    kept = [event_of(number, f"order-{name}", f"e{number}") for number, name in enumerate(EARLY)]
    for other, expected in (
        ({}, []),
        ({"type": "order-rejected"}, [("CM552", "identifier", 4)]),
        ({"event_date": "2026-01-05T01:30:00Z"}, [("CM552", "identifier", 4)]),
    ):
        replayed = replay_log(pack, written(tmp_path / "log.ndjson", [*kept, kept[1] | other]))
        found = [each.finding for each in replayed]
        assert [(each.code, each.form, each.location.line) for each in found] == expected
        assert replayed.totals.records == 3


def test_an_order_whose_record_was_left_out_is_told_to_mend_that_first(pack: Any, tmp_path: Path) -> None:
    events = [
        event_of(0, "order-submitted", "a") | {"event_date": "05/01/2026"},
        event_of(1, "order-acknowledged", "b"),
    ]
    found = replay_log(pack, written(tmp_path / "log.ndjson", events))
    told = [(each.finding.severity.value, each.finding.hint) for each in found]
    assert told == [("error", None), ("warning", "mend its record on line 1 first: it was left out")]
    assert {verdict.value: count for verdict, count in found.totals.orders.items() if count} == {"not decided": 1}
    whole = replay_log(pack, written(tmp_path / "whole.ndjson", events[1:]))
    assert [each.finding.severity.value for each in whole] == ["error"]
    assert whole.totals.orders[ReplayVerdict.IMPOSSIBLE] == 1


def test_records_in_an_envelope_are_read(pack: Any, tmp_path: Path) -> None:
    events = [event_of(0, "order-submitted", "a"), event_of(1, "order-rejected", "b")]
    log = tmp_path / "log.json"
    log.write_text(json.dumps({"page": {"of/events": events}, "next": 2}), encoding="utf-8")
    found = replay_log(pack, str(log), log_at="/page/of~1events")
    assert [each.finding.code for each in found] == []
    assert found.totals.records == 2
    log.write_text(
        json.dumps({"of/events": events, "next": 2}) + "\n" + json.dumps({"of/events": []}), encoding="utf-8"
    )
    said = [each.finding.hint for each in replay_log(pack, str(log))]
    assert said[0] == "if the records lie in of/events, give --log-at /of~1events"
    assert list(replay_log(pack, str(log), log_at="/of~1events")) == []
    out, err = io.StringIO(), io.StringIO()
    assert main(["replay", str(log), "--at", "/of~1events"], out, err) == 2
    assert "--at means nothing without --orders" in err.getvalue()
    log.write_text(xes_of(""), encoding="utf-8")
    with pytest.raises(CannotReplay, match="leave out --log-at"):
        replay_log(pack, str(log), log_at="/events")


@pytest.mark.parametrize("case", [True, 7.0, ["a"], {"a": 1}])
def test_what_names_no_order_is_no_order(pack: Any, tmp_path: Path, case: Any) -> None:
    log = written(tmp_path / "log.ndjson", [event_of(0, "order-submitted", "a") | {"object_uuid": case}])
    assert [each.finding.form for each in replay_log(pack, log)] == ["case", "nothing-to-replay"]


def test_a_long_order_that_comes_backwards_is_followed_a_few_times(pack: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime, timedelta

    sets = sets_of(pack, "terminate-copper")
    start, steps = datetime(2026, 1, 5, tzinfo=UTC), Counter[int]()
    step = OrderFollower._step

    def counted(*arguments: Any) -> int:
        steps[size] += 1
        return step(*arguments)

    monkeypatch.setattr(OrderFollower, "_step", counted)
    for size in (200, 400):
        begins = beginning(sets, (0,))
        follower = OrderFollower(lambda _, begins=begins: begins, lambda _: None, most=0)
        for number in range(size):
            moment = start - timedelta(seconds=number)
            follower.hear("o", ("order-submitted", None), moment, f"e{number}", number)
        follower.finish()
        assert follower.totals.records == size
        assert follower.totals.late == size - 1
    assert steps[400] < 3 * steps[200]


def event_of(hour: int, name: str, identifier: str) -> Event:
    said = {"object_type": "order", "type": name, "event_uuid": identifier, "object_uuid": "o"}
    return said | {"event_date": f"2026-01-05T0{hour}:00:00Z"}


def test_a_record_that_may_follow_itself_is_dropped_by_its_identifier(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: p\nformat: 1\nactors: {us: Us}\n")
    (tmp_path / "events.yaml").write_text(
        "events: {pinged: {fields: {is: {const: pinged}}}, done: {fields: {is: {const: done}}}}\n"
    )
    (tmp_path / "profile.yaml").write_text("profile: usual\nlog: {id: event, order: order, time: time}\n")
    (tmp_path / "life.yaml").write_text(
        "lifecycle: life\nstates: {a: {initial: true}, b: {final: done}}\n"
        "transitions: {ping: {by: us, from: a, to: a, emits: pinged}, end: {by: us, from: a, to: b, emits: done}}\n"
    )
    names = ["pinged", "pinged", "pinged", "done"]
    events = [
        {"id": f"e{number}", "order": "o", "is": name, "time": f"2026-01-05T0{number}:00:00Z"}
        for number, name in enumerate(names)
    ]
    log = written(tmp_path / "log.ndjson", [events[0], events[0], *events[1:3], events[2], events[3], events[3]])
    found = report(log, "--pack", str(tmp_path), "--order", "life")
    assert (found["records"], found["duplicates"], found["fitness"]) == (4, 3, 1)
    log = written(tmp_path / "log.ndjson", [events[0], events[0], *events[1:]])
    found = report(log, "--pack", str(tmp_path), "--order", "life")
    assert (found["records"], found["duplicates"], found["late"]) == (4, 1, 0)
    log = written(tmp_path / "log.ndjson", [events[1], events[0], *events[2:]])
    found = report(log, "--pack", str(tmp_path), "--order", "life")
    assert (found["records"], found["duplicates"], found["late"], found["lead_time"]["mean"]) == (4, 0, 1, 3 * 3600)


def test_an_order_that_began_before_the_log_needs_the_flag(pack: Any, logs: Path, tmp_path: Path) -> None:
    events = [event for event in events_of(logs / "log.ndjson") if event["object_type"] == "order"]
    path = written(tmp_path / "log.ndjson", events[60:])
    begun = {event["object_uuid"] for event in events[:60]} & {event["object_uuid"] for event in events[60:]}
    assert len(begun) > 5
    assert report(path)["orders"]["could not have happened"] == len(begun)
    found = report(path, "--cut-front")
    assert (found["orders"]["could not have happened"], found["cut"], found["fitness"]) == (0, len(begun), 1)


def test_states_alone_can_be_replayed(pack: Any, tmp_path: Path) -> None:
    """A client that asks for the status of orders has no events."""
    rows = [("a", "draft"), ("a", "submitted"), ("b", "submitted"), ("a", "acknowledged"), ("b", "completed")]
    rows += [("c", "completed"), ("c", "running"), ("b", "completed")]
    text = "order;when;status\n" + "".join(f"{o};2026-01-05T{n:02}:00:00;{s}\n" for n, (o, s) in enumerate(rows))
    path = tmp_path / "log.csv"
    path.write_text(text)
    found = report(str(path), "--case", "order", "--columns", "time=when", "--columns", "state=status")
    assert found["orders"] == {"conforms": 1, "unfinished": 1, "could not have happened": 1, "not decided": 0}
    (fault,) = found["faults"]
    assert (fault["order"], fault["first_impossible"]) == ("c", 1)


def test_columns_of_other_names_are_placed(pack: Any, logs: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((logs / "log.csv").read_text(encoding="utf-8"))))
    path = tmp_path / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Case", "Activity", "Timestamp"])
        writer.writerows([r["object_uuid"], r["type"], r["event_date"]] for r in rows if r["object_type"] == "order")
    given = ("--case", "Case", "--columns", "name=Activity", "--columns", "time=Timestamp")
    assert report(str(path), *given)["orders"] == report(str(logs / "log.csv"))["orders"]
    code, out = call(str(path))
    assert code == 1
    assert "the record has no 'object_type'" in out
    assert "it has Case, Activity, Timestamp" in out


def test_a_case_of_all_events_of_an_order_is_told_by_them(pack: Any, logs: Path, tmp_path: Path) -> None:
    """With --case, an order may show events about its service or not; where it shows one, all are expected."""
    events = [{**event, "number": event["object_alias"].partition("-")[2]} for event in events_of(logs / "log.ndjson")]
    found = report(written(tmp_path / "log.ndjson", events), "--case", "number")
    assert (found["records"], found["fitness"]) == (len(events), 1)
    assert found["orders"] == report(str(logs / "log.xes"))["orders"]


@pytest.mark.parametrize(
    ("name", "content", "code", "expected"),
    [
        ("empty.ndjson", b"", 4, "CM001"),
        ("log.ndjson", b'{"type": "order-\xff"}\n', 4, "CM001"),
        ("log.ndjson", b'{"type": "order-submitted", "type": "order-running"}\n', 1, "CM002"),
        ("log.ndjson", b"{broken\n", 4, "CM001"),
        ("log.ndjson", b"null\n3\n", 1, "CM552"),
        ("missing.ndjson", None, 4, "CM008"),
        ("log.xes", b'<log><trace><event><string key="a" value="\xff"/>', 1, "CM012"),
        ("log.xes", b'<!DOCTYPE log [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><log>&b;</log>', 1, "CM012"),
        ("log.xes", b'<!DOCTYPE log SYSTEM "log.dtd"><log/>', 1, "CM012"),
        ("log.xes", b"<log><trace>", 1, "CM012"),
        ("log.xes", b"<?xml version='1.0' encoding='nosuch'?><log/>", 1, "as UTF-8"),
        ("log.xes", b"<?xml version='1.0' encoding='utf-7'?><log/>", 1, "as UTF-8"),
        ("log.txt", b"<?xml version='1.0'?><html/>", 1, "CM012"),
        (
            "log.xes",
            b"<log>\n<string key='concept:name' value='\xe9'/></log>",
            1,
            "log.xes:2:35: error CM012 not UTF-8",
        ),
    ],
)
def test_hostile_logs_are_findings(tmp_path: Path, name: str, content: bytes | None, code: int, expected: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    found, out = call(str(tmp_path / name))
    assert found == code
    assert expected in out
    assert "our fault" not in out


def test_what_stands_before_a_broken_place_is_read(pack: Any, logs: Path, tmp_path: Path) -> None:
    text = (logs / "log.xes").read_text(encoding="utf-8")
    (tmp_path / "log.xes").write_text(text[: len(text) // 2], encoding="utf-8")
    found = report(str(tmp_path / "log.xes"))
    assert [finding["code"] for finding in found["findings"]] == ["CM012"]
    assert found["orders"]["conforms"] > 10
    lines = (logs / "log.ndjson").read_bytes().splitlines(keepends=True)
    (tmp_path / "log.ndjson").write_bytes(b"".join([*lines[:10], b"{broken}\n", *lines[10:]]))
    found = report(str(tmp_path / "log.ndjson"))
    assert [(finding["code"], finding["location"]["line"]) for finding in found["findings"]] == [("CM001", 11)]
    assert found["orders"] == report(str(logs / "log.ndjson"))["orders"]


def xes_of(head: str, trace: str = '<string key="concept:name" value="é"/>', event: str = "", after: str = "") -> str:
    name, time = '<string key="concept:name" value="{}"/>', '<date key="time:timestamp" value="2026-01-05T0{}:00:00Z"/>'
    events = [f"<event>{name.format(f'order-{what}')}{time.format(n)}{event}</event>" for n, what in enumerate(EARLY)]
    return f"{head}<log><trace>{trace}{''.join(events)}</trace>{after}</log>"


EARLY = ("submitted", "acknowledged", "running")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", "latin-1"),
        ("<?xml version='1.0' encoding='UTF-16'?>", "utf-16"),
        ("<?xml version='1.0' encoding='windows-1252'?>", "cp1252"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>", "utf-8-sig"),  # the mark counts
    ],
)
def test_names_in_xes_are_read_in_the_encoding_of_the_file(text: str, encoding: str) -> None:
    found = list(xes.events(xes.opened([xes_of(text).encode(encoding)], "log.xes")[1], "log.xes"))
    assert [each[0]["case:concept:name"] for each in found if isinstance(each, tuple)] == ["é", "é", "é"]


def test_what_xes_says_twice_or_outside_of_a_trace_is_a_finding(pack: Any, tmp_path: Path) -> None:
    outside = '<event><string key="concept:name" value="order-completed"/></event>'
    nested = '<list key="a"><trace>' + outside + "</trace></list>"
    other = '<string key="concept:name" value="other"/>'
    for text, expected in (
        (xes_of(""), []),
        (xes_of("", after=outside + nested), ["CM552 missing"] * 2),
        (xes_of("", trace=other + other + other), ["CM012 twice", *["CM552 missing"] * 3]),
        (xes_of("", event='<int key="cost" value="1"/>' * 3), ["CM012 twice"] * 3),
        (xes_of("", event='<string key="case:concept:name" value="f"/>'), ["CM012 twice", "CM552 missing"] * 3),
    ):
        (tmp_path / "log.xes").write_text(text, encoding="utf-8")
        found = [each.finding for each in replay_log(pack, str(tmp_path / "log.xes"))]
        assert [f"{each.code} {each.form}" for each in found if each.code != "CM412"] == expected


def test_the_moments_that_python_does_not_read() -> None:
    for text, wanted in (
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00"),
        ("2026-01-05T24:00:00+01:00", "2026-01-06T00:00:00+01:00"),
        ("2026-01-05t09:00:00z", "2026-01-05T09:00:00+00:00"),
        ("9999-12-31T24:00:00Z", None),
        ("2026-01-05T24:00:01Z", None),
        ("2026-01-05T23:59:61Z", None),
    ):
        moment = moment_of(text)
        assert (moment and moment.isoformat()) == wanted, text


def test_an_event_of_xes_without_end_is_refused() -> None:
    chunks = itertools.chain([b"<log><trace><event>"], itertools.repeat(b'<string key="a" value="b"/>' * 50, 30))
    *_, last = xes.events(chunks, "log.xes", limits=Limits(bytes=10_000))
    assert (last.code, last.form) == ("CM012", "endless")


def test_memory_grows_with_open_orders_alone(pack: Any) -> None:
    """Twice as many orders that end: the same number at a time is kept."""
    from datetime import UTC, datetime, timedelta

    def most_open(orders: int, *names: str, ends: bool) -> int:
        sets = sets_of(pack, "terminate-copper")
        begins = beginning(sets, (0,))
        follower = OrderFollower(lambda _: begins, lambda _: None)
        collector = OrderCollector(follower, {"order-submitted": False, "order-rejected": ends})
        most, now = 0, datetime(2026, 1, 5, tzinfo=UTC)
        for order in range(orders):
            for number, event in enumerate(names):
                now += timedelta(seconds=1)
                collector.hear(str(order), event, now, f"{order}{event}{number}", 1)
            most = max(most, len(collector))
        collector.finish()
        assert follower.totals.orders[ReplayVerdict.CONFORMS] == orders
        return most

    life = "order-submitted", "order-rejected"
    assert most_open(2_000, *life, ends=True) == most_open(4_000, *life, ends=True) < 2 * KEPT + 2
    assert most_open(1_000, *life, ends=False) == 1_000  # what is not known to end is kept
    # an order that goes on after what may be its last event is open, however many end in the meantime
    sets = sets_of(pack, "terminate-copper")
    begins = beginning(sets, (0,))
    follower = OrderFollower(lambda _: begins, lambda _: None)
    collector = OrderCollector(follower, {"order-submitted": False, "order-acknowledged": True, "order-rejected": True})
    now = datetime(2026, 1, 5, tzinfo=UTC)
    collector.hear("a", "order-submitted", now, "1", 1)
    collector.hear("a", "order-acknowledged", now, "2", 2)
    for order in range(1_000):
        collector.hear(str(order), "order-submitted", now, "1", 2 * order + 3)
        collector.hear(str(order), "order-rejected", now, "2", 2 * order + 4)
    collector.hear("a", "order-rejected", now, "3", 4_000)
    collector.finish()
    assert follower.totals.orders[ReplayVerdict.CONFORMS] == 1_001
    assert follower.totals.impossible == 0
    # records sent again and again are not kept
    follower = OrderFollower(lambda _: beginning(sets_of(pack, "terminate-copper"), (0,)), lambda _: None)
    collector = OrderCollector(follower, {"order-submitted": False})
    for _ in range(1_000):
        collector.hear("a", "order-submitted", datetime(2026, 1, 5, tzinfo=UTC), "again", 1)
    assert len(collector) == 1
    assert len(follower.open["a"].records) == 1
    assert follower.totals.duplicates == 999
    # nor if they come many at once
    follower = OrderFollower(lambda _: beginning(sets_of(pack, "terminate-copper"), (0,)), lambda _: None)
    collector, moment = OrderCollector(follower, {"order-submitted": False}), datetime(2026, 1, 5, tzinfo=UTC)
    for _ in range(17):
        collector.hear_all(*([each] * 1_000 for each in ("a", moment, "order-submitted", 1, "again")))
    assert len(follower.open["a"].records) == 1
    assert follower.totals.duplicates == 16_999


def test_lines_are_heard_in_their_order_and_the_others_are_named(pack: Any, logs: Path) -> None:
    """Whatever a line looks like: those that are read with care come before those that follow are heard."""
    lines = (logs / "log.ndjson").read_bytes().splitlines(keepends=True)
    profile = profile_of(pack)
    replay = LogReplay(
        [pack.table(name) for name in pack.variants()], shape_of(pack.spec, profile, {}, None), "l", KnownOrders()
    )
    fast = replay.lines()
    assert fast is not None
    assert [*fast.hear(b"".join(lines), 1)] == []
    replay.finish()
    assert replay.totals.records == len([line for line in lines if b'{"object_type":"order"' in line])
    doubtful = [b'{"type":"order-submitted",' + lines[0][1:], b"[]\n", b'{"a":1}\n', lines[0].replace(b'"20', b"20")]
    block = b"".join(each for pair in zip(doubtful, lines, strict=False) for each in pair)
    assert [*fast.hear(block, 1)] == [0, 2, 4, 6]
    assert [*fast.hear(block.replace(b"\n", b"\r\n"), 1)] == [0, 2, 4, 6]
    assert [*fast.hear(block.replace(b"\n", b"\r"), 1)] == [*range(8)]
