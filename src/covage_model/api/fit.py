"""Fits a profile to a log of events, and judges it on orders that were held out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from covage_model.api import replay, simulate
from covage_model.api.replay import CannotReplay, ReplayedLog
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location, Severity

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack
    from covage_model.behaviour.logs.fit import Fitted
    from covage_model.behaviour.logs.log_finding import LogFinding
    from covage_model.pack.model.profile import Profile

_HINT = "--order or --orders says what the orders are, so that fewer moves can have happened unseen"


@dataclass(frozen=True, slots=True)
class FittedProfile:
    """
    A profile fitted to a log: its `data`, to be written as YAML, what was fitted in it, and what was read.

    `findings` are those about the log, and those about figures that the orders held out do not confirm (CM554). `hours`
    says in words when each actor seems to act. `kept` and `held_out` are numbers of orders.
    """

    name: str
    base: str
    data: Mapping[str, Any]
    fitted: Fitted
    replayed: ReplayedLog
    findings: tuple[LogFinding, ...]
    hours: Mapping[str, str]
    kept: int
    held_out: int

    @property
    def text(self) -> str:
        """The profile as a file of a pack."""
        from covage_model.ground.files import yaml_writer

        return yaml_writer.written(dict(self.data))


def fit_log(
    pack: Pack,
    log: str,
    *names: str,
    base: str | None = None,
    holdout: float = 0.5,
    name: str = "fitted",
    orders_files: Sequence[str] = (),
    at: str = "",
    log_at: str = "",
    encoding: str | None = None,
    case: str | None = None,
    columns: Mapping[str, str] | None = None,
    stdin: bytes | Iterable[bytes] = b"",
) -> FittedProfile:
    """
    A profile called `name`: that of `base` (default: the usual one), with the numbers that the log shows.

    A share `holdout` of the orders is not used for that; each fitted figure is judged on it. The log is read as by
    `replay_log`. Only what a log shows without doubt is fitted: a step between two events between which nothing else
    can have happened. Raises NoSuchOrder, and CannotReplay for a log or a base that cannot be used.
    """
    from zoneinfo import ZoneInfo

    from covage_model.behaviour.logs.fit import fitted
    from covage_model.behaviour.logs.observed import ObservedHalves

    profile = _base(pack, base)
    halves = ObservedHalves(holdout, ZoneInfo(profile.zone))
    how: dict[str, Any] = {"orders_files": orders_files, "case": case, "columns": columns, "stdin": stdin}
    how |= {"at": at, "log_at": log_at, "encoding": encoding}
    replayed = replay.replay_log(pack, log, *names, profile=base, done=halves.take, **how)
    about_log = list(replayed)
    lifecycles = {pack.spec.explorable_named(variant).order.follows for variant in replayed.names}
    every = (transition.name for name in sorted(lifecycles) for transition in pack.spec.lifecycle(name).transitions)
    triggers = list(dict.fromkeys(every))
    weights = _weights(profile, triggers, lifecycles)
    found = fitted(halves.kept, halves.held_out, replayed.names, triggers, weights, profile)
    return FittedProfile(
        name=name,
        base=profile.name,
        data=_data(pack, profile.name, name, found),
        fitted=found,
        replayed=replayed,
        findings=(*about_log, *_outside(found, log), *_nothing(found, log)),
        hours={actor: hours.words for actor, hours in found.hours.items()},
        kept=halves.kept.orders,
        held_out=halves.held_out.orders,
    )


def _base(pack: Pack, name: str | None) -> Profile:
    try:
        return simulate.profile_of(pack, () if name is None else (name,))
    except simulate.CannotSimulate as error:
        raise CannotReplay(str(error)) from error


def _weights(profile: Profile, triggers: Iterable[str], lifecycles: Collection[str]) -> dict[str, float]:
    """The weights of triggers by the profile, 1 where it gives none; not those that depend on these lifecycles."""
    found = {}
    for trigger in triggers:
        timing = profile.timing(trigger)
        given = timing.weights if timing is not None else ()
        if not given:
            found[trigger] = 1.0
        elif given[-1].when is None and not any(name in lifecycles for case in given for name, _ in case.when or ()):
            found[trigger] = given[-1].value
    return found


def _data(pack: Pack, base: str, name: str, found: Fitted) -> dict[str, Any]:
    """
    The base profile with the fitted numbers. A fitted time replaces those of its trigger: it contains them all.

    It is `works` where its actor keeps open hours, which become its calendar, and else `waits`. The hands of such an
    actor go too: the time has the waiting for them in it.
    """
    from covage_model.behaviour.logs.fit import ARRIVALS
    from covage_model.ground.files.node import plain
    from covage_model.pack.compile.build_profile import merged

    data = plain(merged({profile.name: profile for profile in pack.spec.profiles}, [base]))
    data = {"profile": name, **{key: value for key, value in data.items() if key not in ("profile", "title", "over")}}
    transitions = {trigger: dict(entry) for trigger, entry in data.get("transitions", {}).items()}
    for trigger in {**found.laws, **found.weights}:
        entry = transitions.setdefault(trigger, {})
        if trigger in found.weights:
            cases = entry.get("weight")
            weight = found.weights[trigger]
            entry["weight"] = [*cases[:-1], weight] if isinstance(cases, list) else weight
        if trigger in found.laws:
            for key in ("waits", "works", "at"):
                entry.pop(key, None)
            entry["works" if trigger in found.owners else "waits"] = {"standing": "inferred", **found.laws[trigger]}
    data["transitions"] = transitions
    for about, hours in found.calendars.items():
        data["calendars"] = {**data.get("calendars", {}), calendar_of(about): {"standing": "inferred", **hours.entry}}
        if about in found.owners.values():
            actor = {"standing": "inferred", "calendar": calendar_of(about)}
            data["actors"] = {**data.get("actors", {}), about: actor}
    if found.mix and {*found.mix} <= {*pack.names}:  # not of a lifecycle that no order follows
        data["mix"] = dict(found.mix)
    if found.rate is not None:
        data["arrivals"] = {"standing": "inferred", "rate": f"{found.rate:.6g}/d", "law": "poisson"}
        if found.arrival_hours is not None:
            data["arrivals"]["during"] = calendar_of(ARRIVALS)
    return data


def calendar_of(about: str) -> str:
    """The name of the fitted calendar of an actor, or of the arrivals."""
    return f"fitted-{about}"


def _outside(found: Fitted, log: str) -> Iterator[LogFinding]:
    """A warning for each fitted figure that is not in the interval of the orders held out."""
    from covage_model.behaviour.logs.log_finding import LogFinding

    for figure in found.figures:
        if figure.inside is False:
            about = f"{figure.figure} {figure.about}"
            numbers = {"fitted": figure.fitted, "low": figure.low, "high": figure.high}
            arguments = {"figure": about, **{name: f"{number:.4g}" for name, number in numbers.items()}}
            here = Location(log, 0, 0)
            yield LogFinding(Diagnostic("CM554", "outside", arguments, here, severity=Severity.WARNING), about)


def _nothing(found: Fitted, log: str) -> list[LogFinding]:
    """An error where nothing could be fitted."""
    from covage_model.behaviour.logs.log_finding import LogFinding

    if found.laws or found.weights or found.mix or found.rate is not None:
        return []
    return [LogFinding(Diagnostic("CM554", "nothing", {}, Location(log, 0, 0), _HINT), replay.WHOLE_LOG)]
