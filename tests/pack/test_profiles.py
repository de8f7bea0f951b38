"""Profiles: laws fitted to what people know, layers, single settings, and provenance."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path
from statistics import NormalDist
from textwrap import dedent
from typing import Any

import pytest
from test_compile import PACK, compiled, node

from covage_model.cli.main import main
from covage_model.ground.diagnostics import Diagnostic, Standing
from covage_model.ground.gamma import gamma_quantile, lower_gamma
from covage_model.pack.compile.build_laws import seconds
from covage_model.pack.compile.compile import build_profile, compile_pack
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.profile import Law, Profile

DAY = 86_400
LIFE = """
    lifecycle: life
    states: {draft: {initial: true, editable: sender}, sent: {}, done: {final: success}}
    variables: {paid: [false, true]}
    transitions:
      send: {by: sender, from: draft, to: sent}
      finish: {by: carrier, from: sent, to: done}
"""


def packed(*profiles: str, **others: str) -> SpecPack:
    files = {"pack.yaml": PACK, "life.yaml": LIFE, **others}
    pack, found = compiled({**files, **{f"p{number}.yaml": text for number, text in enumerate(profiles)}})
    assert found == []
    return pack


def profile(pack: SpecPack, *names: str, **settings: Any) -> Profile:
    found: list[Diagnostic] = []
    given = [(tuple(path.split("__")), node("--set", f"x: {value}").value["x"]) for path, value in settings.items()]
    built = build_profile(pack, names or ("usual",), found.append, given)
    assert found == []
    return built


def law(text: str) -> Law:
    found = profile(packed(f"profile: usual\ntransitions: {{send: {{waits: {text}}}}}")).timings[0].waits
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "expected"), [("30 s", 30), ("1.5 h", 5_400), ("10min", 600), ("2 d", 2 * DAY), ("1 w", 7 * DAY)]
)
def test_durations(text: str, expected: float) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("2 h", "fixed", (7_200,)),
        ("{fixed: 2 h}", "fixed", (7_200,)),
        ("{uniform: [1 h, 2 h]}", "uniform", (3_600, 7_200)),
        ("{uniform: [1 h, 1 h]}", "fixed", (3_600,)),
        ("{triangular: [0 s, 1 h, 2 h]}", "triangular", (0, 3_600, 7_200)),
        ("{exponential: 1 h}", "exponential", (3_600,)),
        ("{mean: 1 h, law: exponential}", "exponential", (3_600,)),
        ("{exponential: 0 s}", "fixed", (0,)),
        ("{mean: 1 h, sd: 0 s}", "fixed", (3_600,)),
        ("{median: 1 h, p95: 1 h, law: weibull}", "fixed", (3_600,)),
        ("{quantiles: {p50: 2 h, p0: 1 h, p100: 4 h}}", "quantiles", (0, 3_600, 0.5, 7_200, 1, 14_400)),
        ('{quantiles: {"0": 1 h, "100": 4 h}}', "quantiles", (0, 3_600, 1, 14_400)),
    ],
)  # fmt: skip
def test_laws_that_are_given_directly(text: str, kind: str, numbers: tuple[float, ...]) -> None:
    assert (law(text).kind, law(text).numbers) == (kind, numbers)


def quantile(of: Law, share: float) -> float:
    first, second = of.numbers
    if of.kind == "log-normal":
        return math.exp(first + second * NormalDist().inv_cdf(share))
    return second * (gamma_quantile(first, share) if of.kind == "gamma" else (-math.log1p(-share)) ** (1 / first))


@pytest.mark.parametrize("kind", ["log-normal", "gamma", "weibull"])
@pytest.mark.parametrize(("word", "share"), [("p90", 0.9), ("p95", 0.95), ("p99", 0.99)])
def test_a_median_and_a_percentile_are_kept(kind: str, word: str, share: float) -> None:
    found = law(f"{{median: 2 h, {word}: 3 d, law: {kind}}}")
    assert found.kind == kind
    assert quantile(found, 0.5) == pytest.approx(7_200)
    assert quantile(found, share) == pytest.approx(3 * DAY)


@pytest.mark.parametrize("kind", ["log-normal", "gamma", "weibull"])
@pytest.mark.parametrize("ratio", [0.1, 1 / 3, 1, 2.5])
def test_a_mean_and_a_deviation_are_kept(kind: str, ratio: float) -> None:
    first, second = law(f"{{mean: 3 d, sd: {3 * ratio:.9f} d, law: {kind}}}").numbers
    if kind == "log-normal":
        mean = math.exp(first + second**2 / 2)
        variance = math.expm1(second**2) * mean**2
    elif kind == "gamma":
        mean, variance = first * second, first * second**2
    else:
        mean = second * math.gamma(1 + 1 / first)
        variance = second**2 * math.gamma(1 + 2 / first) - mean**2
    assert (mean, math.sqrt(variance)) == (pytest.approx(3 * DAY), pytest.approx(3 * ratio * DAY))


def test_the_incomplete_gamma_function() -> None:
    """Against closed forms: exponential, Erlang, and the chi-square of one degree, which is a squared normal."""
    for x in (0.01, 0.5, 1.0, 3.0, 10.0, 40.0):
        assert lower_gamma(1, x) == pytest.approx(-math.expm1(-x), abs=1e-14)
        assert lower_gamma(3, x) == pytest.approx(1 - math.exp(-x) * (1 + x + x * x / 2), abs=1e-13)
        assert lower_gamma(0.5, x) == pytest.approx(math.erf(math.sqrt(x)), abs=1e-14)
    assert lower_gamma(2, 0) == 0
    for shape in (0.05, 0.5, 1, 9, 400):
        values = [gamma_quantile(shape, share) for share in (0.001, 0.3, 0.5, 0.99)]
        assert all(first < second for first, second in pairwise(values))
        assert [lower_gamma(shape, value) for value in values] == pytest.approx([0.001, 0.3, 0.5, 0.99])


USUAL = """
    profile: usual
    source: K1
    standing: assumed
    time: {zone: Europe/Paris, starts: "2026-03-02"}
    calendars: {office: {mon-fri: ["09:00-12:00", "13:00-17:00", "11:30-12:30"], sat: []}}
    actors: {carrier: {calendar: office, hands: 2}}
    timers: {visit: {fixed: 2 d, from: send, source: S1, standing: stated}}
    transitions:
      edit: {weight: 0}
      send: {weight: [{when: {paid: true}, is: 3}, 2], waits: {median: 1 h, p95: 9 h}, tries: true}
      finish: {at: visit, weight: 5}
"""
SLOW = """
    profile: slow
    over: usual
    standing: inferred
    calendars: {office: {mon-sun: ["00:00-24:00"]}}
    actors: {carrier: {hands: 1}}
    timers: {visit: {uniform: [1 d, 3 d], from: [send, edit]}}
    transitions: {send: {waits: {mean: 3 h, sd: 1 h}}}
"""


def test_what_a_profile_says() -> None:
    found = profile(packed(USUAL))
    assert (found.zone, found.starts, found.holidays, found.arrivals) == ("Europe/Paris", "2026-03-02", None, None)
    (office,) = found.calendars
    assert office.days == (((32_400, 45_000), (46_800, 61_200)),) * 5 + ((),) * 2
    assert office.open_seconds == 5 * (12_600 + 14_400)
    assert [(crew.actor, crew.calendar, crew.hands) for crew in found.crews] == [("carrier", "office", 2)]
    send = found.timing("send")
    assert send is not None
    assert [(weight.value, weight.when and weight.when[0][0]) for weight in send.weights] == [(3, "life"), (2, None)]
    assert send.tries


def test_sources_and_standing_reach_every_number() -> None:
    found = profile(packed(USUAL))
    send, visit = found.timing("send"), found.timers[0]
    assert send is not None
    assert send.waits is not None
    for origin in (send.origin, send.waits.origin, send.weights[0].origin, found.crews[0].origin):
        assert (origin.source, origin.standing) == (("K1",), Standing.ASSUMED)
    assert (visit.law.origin.source, visit.law.origin.standing) == (("S1",), Standing.STATED)
    assert send.waits.words == "median 1 h, p95 9 h"


@pytest.mark.parametrize("names", [("slow",), ("usual", "slow"), ("slow", "slow")])
def test_a_layer_replaces_what_it_says_and_keeps_the_rest(names: tuple[str, ...]) -> None:
    found = profile(packed(USUAL, SLOW), *names)
    send, finish = found.timing("send"), found.timing("finish")
    assert send is not None
    assert finish is not None
    assert send.waits is not None
    assert (send.waits.words, send.waits.origin.standing, len(send.weights)) == (
        "mean 3 h, sd 1 h",
        Standing.INFERRED,
        2,
    )
    assert (finish.at, finish.weights[0].value) == ("visit", 5)
    assert [(crew.calendar, crew.hands) for crew in found.crews] == [("office", 1)]
    assert found.calendars[0].open_seconds == 7 * DAY
    assert (found.timers[0].starts, found.timers[0].law.kind) == (("send", "edit"), "uniform")
    assert found.zone == "Europe/Paris"


def test_the_last_layer_wins() -> None:
    found = profile(packed(USUAL, SLOW), "slow", "usual").timing("send")
    assert found is not None
    assert found.waits is not None
    assert found.waits.words == "median 1 h, p95 9 h"


def test_a_setting_changes_one_number_of_a_law() -> None:
    found = profile(packed(USUAL), transitions__send__waits__median="2 h", actors__carrier__hands=7)
    send = found.timing("send")
    assert send is not None
    assert send.waits is not None
    assert (send.waits.words, found.crews[0].hands) == ("median 2 h, p95 9 h", 7)


def test_a_setting_with_the_wrong_shape_is_a_finding() -> None:
    found: list[Diagnostic] = []
    setting = ("transitions", "send", "waits", "median"), node("--set", "x: soon").value["x"]
    build_profile(packed(USUAL), ["usual"], found.append, [setting])
    assert found[0].code == "CM106"
    assert found[0].location.file == "--set"


def test_a_pack_over_another_may_change_its_profile() -> None:
    base = {"pack.yaml": PACK, "life.yaml": LIFE, "usual.yaml": USUAL}
    over = {"pack.yaml": "pack: more\nformat: 1", "usual.yaml": "profile: usual\nactors: {carrier: {hands: 9}}"}
    pack, found = compiled(base, over)
    assert found == []
    assert [(crew.calendar, crew.hands) for crew in profile(pack).crews] == [("office", 9)]


def test_a_weight_may_read_what_some_lifecycle_has() -> None:
    other = LIFE.replace("lifecycle: life", "lifecycle: other").replace("variables: {paid: [false, true]}", "")
    pack = packed(USUAL, **{"other.yaml": other})
    send = profile(pack).timing("send")
    assert send is not None
    assert send.weights[0].when is not None
    assert [name for name, _ in send.weights[0].when] == ["life"]
    _, found = compiled(
        {"pack.yaml": PACK, "life.yaml": LIFE, "usual.yaml": USUAL.replace("paid: true", "payed: true")}
    )
    assert found == ["CM202 variable p0/usual.yaml:11"]


MANY = "9" * 400


@pytest.mark.parametrize(
    "text",
    [
        f"transitions: {{send: {{weight: {MANY}}}}}",
        f"transitions: {{send: {{weight: [{{when: {{paid: true}}, is: {MANY}}}, 1]}}}}",
        f"transitions: {{send: {{waits: {MANY} d}}}}",
        f"mix: {{parcel: {MANY}}}",
        f"actors: {{carrier: {{hands: {MANY}}}}}",
        f"arrivals: {{rate: {MANY}/d}}",
        f"documents: {{start: {MANY}}}",
        f"timers: {{late: {{from: send, fixed: {MANY} w}}}}",
    ],
)
def test_a_number_beyond_all_bounds_is_a_finding(text: str) -> None:
    _, found = compiled({"pack.yaml": PACK, "life.yaml": LIFE, "p.yaml": f"profile: usual\n{text}"})
    assert [each for each in found if "p.yaml" in each], found


def test_a_trigger_with_outcomes_is_timed_by_these(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = "finish: {by: carrier, from: sent, outcomes: {well: {to: done}, badly: {to: draft}}}"
    life = LIFE.replace("finish: {by: carrier, from: sent, to: done}", outcomes)
    for name, text in {
        "pack": PACK,
        "life": life,
        "usual": "profile: usual\ntransitions: {finish: {weight: 2}}",
    }.items():
        (tmp_path / f"{name}.yaml").write_text(dedent(text), encoding="utf-8")
    assert main(["check", str(tmp_path)]) == 1
    assert "hint: use one of: finish.well, finish.badly" in capsys.readouterr().out


def test_a_machine_without_time_zones_is_told_where_they_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {"pack.yaml": PACK, "life.yaml": LIFE, "p.yaml": "profile: usual\ntime: {zone: Mars/Base}"}
    nodes = [node(name, text) for name, text in texts.items()]
    assert [each.hint for each in compile_pack([("p", nodes)])[1]] == ["an IANA name, such as Europe/Paris"]
    monkeypatch.setattr("zoneinfo.available_timezones", set)
    assert [each.hint for each in compile_pack([("p", nodes)])[1]] == ["this machine knows none: pip install tzdata"]
