"""What a record of a log shows: which event, of which order, when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from covage_model.behaviour.logs.moments import moment_of
from covage_model.behaviour.space.shown_events import about, constants, fields_of
from covage_model.ground.classes import dataclass
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.profile import Profile

COLUMNS = ("name", "time", "event", "alias", "variant", "state")  # what can be placed; the case has its own option
XES_CASE = "case:concept:name"  # where the reader of XES puts the name of the trace
_XES = {"name": "concept:name", "time": "time:timestamp", "event": "identity:id", "order": XES_CASE}


class NoShape(ValueError):
    """Where a log has its times or its orders is not known; the text says what to type."""


@dataclass(frozen=True, slots=True)
class LogShape:
    """
    How the records of a log are read.

    `case` is the path of the member that tells orders apart, and `paths` has the paths of the others by what they hold
    (see COLUMNS). `names` has the events: by the value of the member `name`, or where `paths` has none, by the values
    of the members `constants`. `kinds` has the kind of object that each event is about.

    Records with the same case are about one order. With `whole`, they are all its events. With `grouped`, events about
    its other objects may be among them. Without either, a case is an object, and an order may have several.
    """

    case: str
    paths: Mapping[str, str]
    whole: bool
    grouped: bool
    constants: tuple[str, ...]
    names: Mapping[Any, str]
    kinds: Mapping[str, str]


class LogRecord(NamedTuple):
    """One record: what it is about (`case`, `alias`), what it shows, when, and its own identifier."""

    case: str
    alias: str | None
    event: str | None
    state: str | None
    variant: str | None
    moment: datetime
    identifier: str | None


class UnusableRecord(ValueError):
    """A record cannot be used. The arguments are the form of the finding and its arguments."""

    def __init__(self, form: str, **arguments: Any) -> None:
        super().__init__(form)
        self.form, self.arguments = form, arguments


def shape_of(
    pack: SpecPack, profile: Profile | None, columns: Mapping[str, str], case: str | None, *, xes: bool = False
) -> LogShape:
    """
    How records are read: as `columns` and `case` say, and else as `log` in the profile says, or XES.

    With `state` in `columns` and no `name`, records show states and no events. Raises NoShape.
    """
    shown = {event.name: dict(constants(pack, event.name)) for event in pack.events}
    fields = (
        dict(_XES) if xes else {word: path for path, word in reversed(fields_of(profile))}
    )  # of two fields of one word, the first counts
    paths = {**fields, **columns}
    if "state" in columns and "name" not in columns:
        paths.pop("name", None)
        shown = {}
    chosen = case or paths.get("order") or paths.get("object")
    if chosen is None:
        raise NoShape("the `log` of the profile shows neither order nor object: give --case PATH")
    if "time" not in paths:
        raise NoShape("the `log` of the profile shows no time: give --columns time=PATH")
    members = tuple(dict.fromkeys(member for each in shown.values() for member in each))
    by_constants = {tuple(each.get(member) for member in members): name for name, each in shown.items() if each}
    if shown and "name" not in paths and len(by_constants) < len(shown):
        raise NoShape("no constants tell the events of the pack apart: give --columns name=PATH")
    return LogShape(
        case=chosen,
        paths=paths,
        whole=case is None and chosen == paths.get("order"),
        grouped=case is not None and chosen != paths.get("object"),
        constants=() if "name" in paths else members,
        names={name: name for name in shown} if "name" in paths else by_constants,
        kinds={name: about(each, name) for name, each in shown.items()},
    )


class RecordReader:
    """Reads records of one shape."""

    def __init__(self, shape: LogShape) -> None:
        self.shape = shape
        paths = shape.paths
        self._case = _getter(shape.case)
        self._others = {word: _getter(paths[word]) for word in COLUMNS if word in paths}
        self._words = [word for word in ("alias", "state", "variant", "event") if word in paths]
        keys = shape.constants or ([paths["name"]] if shape.names else [])
        self._count = len(keys)
        members = [*keys, shape.case, *(paths[word] for word in ("time", *self._words))]
        self._plain: Callable[[Any], tuple[Any, ...]] | None = itemgetter(*members) if keys else None

    def record(self, data: Any) -> LogRecord:
        """What a record shows. Raises UnusableRecord."""
        return self._plain_record(data) or self._careful_record(data)

    def _plain_record(self, data: Any) -> LogRecord | None:
        """As `record`, of a record that has all members, which are texts; None of any other."""
        if self._plain is None:
            return None
        try:
            values = self._plain(data)
            keys, (case, time, *others) = values[: self._count], values[self._count :]
            event = self.shape.names[keys if self.shape.constants else keys[0]]
            moment = datetime.fromisoformat(time)
        except (LookupError, TypeError, ValueError):
            return None
        if moment.tzinfo is None or not case or not {str}.issuperset(map(type, (case, *others))):
            return None
        said = dict(zip(self._words, others, strict=True))
        alias, state, variant = said.get("alias"), said.get("state"), said.get("variant")
        return LogRecord(case, alias, event, state, variant, moment, said.get("event") or None)

    def _careful_record(self, data: Any) -> LogRecord:
        if not isinstance(data, dict):
            raise UnusableRecord("object")
        event = self._event(data)
        case = self._case(data)
        if case is None or case == "":
            raise UnusableRecord("missing", name=self.shape.case, others=_some_members(data))
        if not _names_an_order(case):
            raise UnusableRecord("case", name=self.shape.case)
        values = {word: getter(data) for word, getter in self._others.items()}
        if values.get("time") is None:
            raise UnusableRecord("missing", name=self.shape.paths["time"], others=_some_members(data))
        moment = moment_of(str(values["time"]))
        if moment is None:
            raise UnusableRecord("time", name=self.shape.paths["time"], value=values["time"])
        state = _text(values.get("state"))
        if event is None and state is None:
            raise UnusableRecord("missing", name=self.shape.paths.get("state", "state"), others=_some_members(data))
        alias, variant = _text(values.get("alias")), _text(values.get("variant"))
        return LogRecord(str(case), alias, event, state, variant, moment, _text(values.get("event")) or None)

    def order_of(self, data: Any) -> str | None:
        """What names the order of a record that perhaps cannot be used; None where nothing does."""
        case = self._case(data) if isinstance(data, dict) else None
        return str(case) if _names_an_order(case) else None

    def _event(self, data: dict[str, Any]) -> str | None:
        """The event that a record shows; None where records show states alone."""
        shape = self.shape
        if not shape.names:
            return None
        if not shape.constants:
            named = self._others["name"](data)
            if named is None:
                raise UnusableRecord("missing", name=shape.paths["name"], others=_some_members(data))
            if not isinstance(named, str) or named not in shape.names:
                raise UnusableRecord("unknown", name=shape.paths["name"], value=named)
            return named
        values = tuple(data.get(member) for member in shape.constants)
        missing = next((member for member in shape.constants if data.get(member) is None), None)
        try:
            return shape.names[values]
        except (KeyError, TypeError):
            if missing is not None:
                raise UnusableRecord("missing", name=missing, others=_some_members(data)) from None
            pairs = dict(zip(shape.constants, values, strict=True))
            raise UnusableRecord("other", pairs=pairs) from None


def _getter(path: str) -> Callable[[dict[str, Any]], Any]:
    """A function that finds the value of a member, or of a dotted path, in a record; None where there is none."""
    first, *rest = path.split(".")

    def found(data: dict[str, Any]) -> Any:
        value = data.get(path)
        if value is not None or not rest:
            return value
        value = data.get(first)
        for step in rest:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    return found


def _names_an_order(value: Any) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _some_members(data: Mapping[str, Any]) -> Sequence[str]:
    """The names of the first members of a record that have a value."""
    return [str(name) for name, value in data.items() if value is not None][:12]
