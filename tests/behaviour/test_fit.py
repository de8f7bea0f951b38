"""Profiles fitted to logs: the fit of a simulated log finds the numbers that it was simulated with."""

from __future__ import annotations

import io
import json
import random
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from covage_model import load_pack
from covage_model.api.fit import fit_log
from covage_model.api.packs import check_pack
from covage_model.api.simulate import EventLogFile, profile_of, simulate_pack
from covage_model.behaviour.logs.fit import law, weights
from covage_model.behaviour.logs.hours import guessed_hours
from covage_model.cli.main import main

ROOT = Path(__file__).parents[2]
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
PACK = {
    "pack.yaml": "pack: p\nformat: 1\nactors: {us: Us, them: Them}\n",
    "events.yaml": "events:\n"
    + "".join(f"  {name}: {{type: object}}\n" for name in ("began", "sent", "held", "lost", "done")),
    "life.yaml": """
lifecycle: life
states: {a: {initial: true}, b: {}, c: {}, held: {}, done: {final: success}, lost: {final: failure}}
transitions:
  begin: {by: us, from: a, to: b, emits: began}
  send: {by: us, from: b, to: c, emits: sent}
  hold: {by: them, from: c, to: held, emits: held}
  free: {by: them, from: held, to: c, emits: sent}
  lose: {by: them, from: [b, c], to: lost, emits: lost}
  finish: {by: them, from: c, to: done, emits: done}
""",
    "profile.yaml": """
profile: usual
time: {starts: "2026-01-05"}
arrivals: {rate: 48/d, law: poisson}
transitions:
  begin: {waits: {fixed: 1 min}}
  send: {weight: 6, waits: {median: 2 h, p95: 9 h}}
  hold: {weight: 2, waits: {quantiles: {p0: 1 h, p50: 2 h, p51: 30 h, p100: 40 h}}}
  free: {waits: {fixed: 3 h}}
  lose: {weight: 1, waits: {exponential: 5 h}}
  finish: {weight: 5, waits: {uniform: [1 h, 3 h]}}
""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    for name, text in PACK.items():
        (folder / name).write_text(text, encoding="utf-8")
    parts: list[str] = []
    simulate_pack(load_pack(str(folder)), "life", count=1600, seed=3, logs=[EventLogFile("ndjson", parts.append)])
    (folder / "log.txt").write_text("".join(parts), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def fitted(folder: Path) -> Any:
    return fit_log(load_pack(str(folder)), str(folder / "log.txt"), "life")


def seconds(text: str) -> float:
    return float(text.removesuffix(" s"))


def test_the_numbers_of_the_profile_are_found_again(fitted: Any) -> None:
    laws = fitted.fitted.laws
    assert laws["free"] == {"fixed": f"{3 * 3600} s"}
    assert seconds(laws["send"]["median"]) == pytest.approx(2 * 3600, rel=0.1)
    assert seconds(laws["send"]["p95"]) == pytest.approx(9 * 3600, rel=0.15)
    assert seconds(laws["lose"]["exponential"]) == pytest.approx(5 * 3600, rel=0.2)
    quantiles = laws["hold"]["quantiles"]
    assert seconds(quantiles["p0"]) == pytest.approx(3600, rel=0.1)
    assert seconds(quantiles["p75"]) == pytest.approx(35 * 3600, rel=0.05)
    assert {"p0", "p100"} <= laws["finish"]["quantiles"].keys()
    assert seconds(laws["finish"]["quantiles"]["p50"]) == pytest.approx(2 * 3600, rel=0.1)
    assert "begin" not in laws  # nothing says when an order began
    given = fitted.fitted.weights
    for name, weight in {"send": 6, "hold": 2, "lose": 1, "finish": 5}.items():
        assert given[name] / given["finish"] == pytest.approx(weight / 5, rel=0.15)
    assert fitted.fitted.rate == pytest.approx(48, rel=0.1)
    assert fitted.fitted.mix == {"life": fitted.kept}
    assert fitted.kept + fitted.held_out == 1600
    assert 650 < fitted.held_out < 950
    judged = [figure.inside for figure in fitted.fitted.figures if figure.inside is not None]
    assert len(judged) > 15
    assert judged.count(False) <= 3


def test_the_fitted_profile_is_one_and_gives_the_same_lives(fitted: Any, folder: Path, tmp_path: Path) -> None:
    """The file is a profile of the pack; simulated, it has the lead times and the ends of the log."""
    for name, text in PACK.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "fitted.yaml").write_text(fitted.text, encoding="utf-8")
    pack = load_pack(str(tmp_path))
    assert profile_of(pack, ("fitted",)).origin.standing.value == "stated"
    one, other = (
        {
            (row.name, row.figure): row.sampled.value
            for row in simulate_pack(pack, "life", profiles=[name], count=3000, seed=8).rows
            if row.section == "end" and row.figure in ("share", "mean") and row.sampled is not None
        }
        for name in ("usual", "fitted")
    )
    assert one.keys() == other.keys()
    for key, value in one.items():
        assert other[key] == pytest.approx(value, rel=0.15), key


def test_what_the_log_does_not_show_stays_and_is_named(folder: Path, tmp_path: Path) -> None:
    """Without the events of one kind, a step may hold two moves: it is not fitted."""
    hidden = PACK["life.yaml"].replace("to: c, emits: sent}\n  hold", "to: c}\n  hold")
    for name, text in {**PACK, "life.yaml": hidden}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    pack, events = load_pack(str(tmp_path)), []
    simulate_pack(pack, "life", count=800, seed=3, events=events.append)
    shown = ({key: value for key, value in event.items() if key != "state"} for event in events)
    (tmp_path / "log.ndjson").write_text("".join(json.dumps(event) + "\n" for event in shown), encoding="utf-8")
    found = fit_log(pack, str(tmp_path / "log.ndjson"), "life").fitted
    assert {"send", "begin"} <= set(found.hidden)
    assert found.laws["free"] == {"fixed": f"{3 * 3600} s"}
    (slow,) = (each for each in found.figures if (each.about, each.figure) == ("finish", "p90"))
    assert slow.fitted <= 3 * 3600  # none with the time of `send` before it


def test_the_command_reports_and_writes(folder: Path, tmp_path: Path) -> None:
    argv = ["fit", str(folder / "log.txt"), "--pack", str(folder), "--order", "life", "--out", str(tmp_path / "f.yaml")]
    out = io.StringIO()
    assert main([*argv, "--format", "json", "--holdout", "0.25"], out, io.StringIO()) == 0
    found = json.loads(out.getvalue())
    REPORTS.validate(found)
    assert 300 < found["held_out"] < 500
    assert (tmp_path / "f.yaml").read_text(encoding="utf-8").startswith("profile: fitted\n")
    out = io.StringIO()
    assert main([*argv, "--lang", "fr"], out, io.StringIO()) == 0
    assert "jugé sur" in out.getvalue()
    assert main([*argv, "--base", "nothing"], io.StringIO(), io.StringIO()) == 2


def test_a_law_is_told_from_others() -> None:
    draw = random.Random(4)
    assert law([60] * 50) == {"fixed": "60 s"}
    assert "exponential" in law([round(draw.expovariate(1 / 5000)) for _ in range(400)])
    assert law([round(draw.lognormvariate(8, 0.4)) for _ in range(400)]).keys() == {"median", "p95"}
    assert law([round(draw.choice((100, 9000)) * draw.uniform(0.9, 1.1)) for _ in range(400)]).keys() == {"quantiles"}


def test_weights_are_found_from_overlapping_choices() -> None:
    """Choices among different sets of triggers have one scale: that of the trigger that was chosen most."""
    given = {"a": 4.0, "b": 2.0, "c": 1.0}
    choices = {
        ("a", "b"): Counter(a=4000, b=2000),
        ("b", "c"): Counter(b=2000, c=1000),
        ("a", "b", "c"): Counter(a=4000, b=2000, c=1000),
    }
    assert weights(choices, given) == pytest.approx(given, rel=1e-3)
    assert weights({("a", "b"): Counter(a=10)}, given) == {"a": 4.0, "b": 0.0}
    assert weights({}, given) == {}


def test_hours_are_guessed_where_there_are_some() -> None:
    monday = date(2026, 1, 5)
    days = [monday + timedelta(days=n) for n in range(7)]
    office = Counter({(day, slot): 20 for day in days[:5] for slot in (*range(18, 25), *range(27, 36))})
    office[days[6], 3] = 2  # once in a while at night
    office[days[2], 25] = 3  # and in the break
    hours = guessed_hours(office)
    assert hours is not None
    assert hours.entry == {"mon-fri": ["09:00-12:30", "13:30-18:00"]}
    assert hours.words == "mon-fri, 09:00-12:30, 13:30-18:00"
    assert guessed_hours(Counter({(day, slot): 5 for day in days for slot in range(48)})) is None
    assert guessed_hours(Counter({(monday, 18): 10})) is None
    # a slot in which nothing happens by chance is no break
    rare = Counter({(day, slot): 1 for day in days[:5] for slot in range(18, 58) if slot < 48 and slot != 30})
    rare.update({(day, 20): 20 for day in days[:5]})
    shown = guessed_hours(rare)
    assert shown is not None
    assert shown.spans == ((18, 48),)
    two = guessed_hours(Counter({(day, slot): 40 for day in (*days[:2], days[3]) for slot in range(46, 48)}))
    assert two is not None
    assert two.entry == {"mon-tue": ["23:00-24:00"], "thu": ["23:00-24:00"]}


OFFICE = """
profile: usual
time: {starts: "2026-03-16", zone: Europe/Paris, holidays: FR}
calendars: {office: {mon-fri: ["09:00-12:30", "13:30-18:00"]}}
arrivals: {rate: 48/d, law: poisson, during: office}
actors: {them: {calendar: office, hands: 900}, us: {hands: 900}}
transitions:
  begin: {waits: {fixed: 1 min}}
  send: {weight: 6, waits: {median: 2 h, p95: 9 h}}
  hold: {weight: 2, works: {median: 1 h, p95: 5 h}}
  free: {works: {fixed: 3 h}}
  lose: {weight: 1, waits: {exponential: 5 h}}
  finish: {weight: 5, works: {uniform: [1 h, 3 h]}}
"""


def log_of(folder: Path, profile: str, **how: Any) -> Any:
    """The profile fitted to the log of a simulation with this profile, written beside it; the pack has both then."""
    for name, text in {**PACK, "profile.yaml": profile}.items():
        (folder / name).write_text(text, encoding="utf-8")
    parts: list[str] = []
    simulate_pack(load_pack(str(folder)), "life", seed=3, logs=[EventLogFile("ndjson", parts.append)], **how)
    (folder / "log.txt").write_text("".join(parts), encoding="utf-8")
    found = fit_log(load_pack(str(folder)), str(folder / "log.txt"), "life")
    (folder / "fitted.yaml").write_text(found.text, encoding="utf-8")
    return found


def test_open_hours_are_found_again_and_simulated(tmp_path: Path) -> None:
    """Over Easter and the change of the clocks: the calendar, the break, and working times in it."""
    found = log_of(tmp_path, OFFICE, count=1200)
    hours = {"mon-fri": ["09:00-12:30", "13:30-18:00"]}
    assert {about: each.entry for about, each in found.fitted.calendars.items()} == {"them": hours, "arrivals": hours}
    assert found.data["actors"] == {"them": {"standing": "inferred", "calendar": "fitted-them"}, "us": {"hands": 900}}
    assert found.data["calendars"]["fitted-them"] == {"standing": "inferred", **hours}
    assert found.data["arrivals"]["during"] == "fitted-arrivals"
    assert found.fitted.rate == pytest.approx(48, rel=0.1)
    transitions = found.data["transitions"]
    assert transitions["free"]["works"] == {"standing": "inferred", "fixed": f"{3 * 3600} s"}
    assert seconds(transitions["hold"]["works"]["median"]) == pytest.approx(3600, rel=0.15)
    assert seconds(transitions["finish"]["works"]["quantiles"]["p50"]) == pytest.approx(2 * 3600, rel=0.1)
    assert found.fitted.owners == dict.fromkeys(("finish", "free", "hold"), "them")  # and not `lose`, of the same actor
    for name, entry in transitions.items():
        assert {"waits", "works"} & entry.keys() == {"works" if name in found.fitted.owners else "waits"}
    judged = {figure.about: figure for figure in found.fitted.figures if figure.about.startswith("open hours")}
    assert judged.keys() == {"open hours them", "open hours arrivals"}
    assert all(figure.inside for figure in judged.values())
    assert check_pack(str(tmp_path)) == ()
    pack = load_pack(str(tmp_path))
    one, other = (simulate_pack(pack, "life", profiles=[name], count=2000, seed=8).rows for name in ("usual", "fitted"))
    means = [
        next(row.sampled.value for row in rows if (row.section, row.figure, row.name) == ("end", "mean", "done"))
        for rows in (one, other)
    ]
    assert means[1] == pytest.approx(means[0], rel=0.1)


@pytest.mark.parametrize(
    ("profile", "how"),
    [
        pytest.param(PACK["profile.yaml"], {"count": 800}, id="none"),
        pytest.param(PACK["profile.yaml"].replace("48/d", "400/d"), {"until": 4 * 86_400}, id="four days"),
        pytest.param(
            OFFICE.replace("calendar: office, ", "").replace("works: {", "waits: {"), {"count": 800}, id="by day"
        ),
        pytest.param(
            OFFICE.replace("calendar: office, ", "")
            .replace("works: {median: 1 h, p95: 5 h}", "waits: {median: 2 min, p95: 5 min}")
            .replace("works: {", "waits: {")
            .replace("{median: 2 h, p95: 9 h}", "{fixed: 1 min}")
            .replace("3 h", "10 min")
            .replace("5 h", "4 min")
            .replace("[1 h, 10 min]", "[1 min, 10 min]"),
            {"count": 800},
            id="at once",
        ),
    ],
)
def test_no_calendar_is_invented(profile: str, how: Any, tmp_path: Path) -> None:
    """Not where there is none, in a short log, nor where an actor answers soon to what comes by day."""
    found = log_of(tmp_path, profile, **how)
    assert found.fitted.owners == {}
    assert "calendar" not in str(found.data.get("actors"))
    assert not any("works" in entry for entry in found.data["transitions"].values())


@pytest.mark.parametrize("year", ["0001", "9999", "1400"])
def test_a_wrong_date_takes_the_hours_and_nothing_else(year: str, tmp_path: Path) -> None:
    """A log of more than a hundred years has no hours; an order at the edge of the calendar is left out."""
    log_of(tmp_path, OFFICE, count=600)
    log = tmp_path / "log.txt"
    lines = log.read_text(encoding="utf-8").splitlines()
    name = json.loads(lines[0])["order"]
    moved = [re.sub(r'"time":"\d{4}', f'"time":"{year}', line) for line in lines if name in line]
    wrong = [re.sub('"id":"........', '"id":"ffffffff', line).replace(name, "wrong") for line in moved]
    assert len(wrong) > 1
    log.write_text("".join(f"{line}\n" for line in (*wrong, *lines)), encoding="utf-8")
    found = fit_log(load_pack(str(tmp_path)), str(log), "life")
    assert "free" in found.fitted.laws
    assert bool(found.fitted.owners) == (year != "1400")


def test_nothing_to_fit_is_a_finding(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "log.ndjson").write_text("", encoding="utf-8")
    found = fit_log(load_pack(str(folder)), str(tmp_path / "log.ndjson"))
    assert [(each.finding.code, each.finding.form) for each in found.findings][-1] == ("CM554", "nothing")
    assert found.fitted.laws == {}
