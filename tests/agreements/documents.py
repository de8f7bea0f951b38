"""
Random documents of a sheet, some of them made invalid. The printed schema is not used.

A drawn document is usually valid: presence for its status and role, types, keywords and conditions are
respected. `spoiled` and `broken` then make it invalid. All randomness comes from the given `Random`.
"""

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from covage_model.documents.judge.values import failing_keywords, type_problem
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet, Slot
from covage_model.documents.schema.place import is_printable
from covage_model.ground import iregexp as patterns
from covage_model.ground import json_value, pointer
from covage_model.pack.conditions import truth
from covage_model.pack.model.conditions import (
    All,
    AnyOf,
    Compare,
    Condition,
    Count,
    Every,
    Holds,
    Implies,
    In,
    Literal,
    Matches,
    Not,
    Present,
    Range,
    Ref,
    Some,
    Starts,
    Test,
)

Path = tuple[str, ...]
DATES = ("2031-03-14", "2024-02-29", "1999-12-31")
TIMES = (
    "2031-03-14T09:26:53.589793Z",
    "2016-12-31T23:59:60Z",
    "2024-02-29t12:30:00+01:00",
    "2031-03-14T00:00:00-11:30",
)
UUIDS = (
    "5b0f3a1e-8c1d-4f7a-9a52-1d6c0e7f2b90",
    "5B0F3A1E-8C1D-4F7A-9A52-1D6C0E7F2B91",
    "0" * 8 + "-0000-0000-0000-" + "0" * 12,
)
EMAILS = ("camille.exemple@example.org", "a@b", "x+y@sub.example.com")
OF_FORMAT = {"date": DATES, "date-time": TIMES, "uuid": UUIDS, "email": EMAILS}
TEXTS = ("", "x", "A", "AB", "B1", "12B", "01000", "é", "RUE DE L'EXEMPLE", "12_months", "été", "0" * 5)
HOSTILE = (
    *(
        "",
        " ",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "\x00",
        "\x07",
        "\x1b[31m",
        "\x7f",
        "\x85",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\u0301",
    ),
    *(
        "٠١٢٣٤",
        "१२३४५",
        "０１２３４",
        "²",
        "Ⅷ",
        "ﬁ",
        "ß",
        "İ",
        "ı",
        "K",
        "é",
        "e\u0301",
        "🙂",
        "👨‍👩‍👧",
        "\U0010ffff",
        "\ufffe",
    ),
    *(
        "null",
        "true",
        "1",
        "1.0",
        "-0",
        "NaN",
        "a/b",
        "~1",
        "::error::",
        "%0A",
        "A\n",
        "$",
        "^",
        "\\n",
        "x" * 300,
        "é" * 300,
    ),
    *(
        "2023-02-29",
        "2024-02-29\n",
        "2031-03-14T09:26:53",
        "2031-03-14 09:26:53Z",
        "٢٠٣١-٠٣-١٤",
        "2031-13-01",
        "0000-01-01",
    ),
    *("2031-03-14T23:59:60Z", "2031-03-14T12:00:60Z", "2031-03-14T24:00:00Z", "2031-03-14T09:26:53+24:00"),
    *(
        "a@b@c",
        "a..b@c.d",
        "a@-b.c",
        "é@example.org",
        "a@b\n",
        UUIDS[0] + "\n",
        UUIDS[0].replace("-", ""),
        "{" + UUIDS[0] + "}",
    ),
)
NUMBERS = (
    0,
    -0.0,
    1,
    1.0,
    2.0,
    1e308,
    -1e308,
    5e-324,
    2**53 + 1,
    2**53,
    float(2**53),
    2**63,
    2**64,
    -(2**63) - 1,
    -1,
    0.1,
    10**400,
)
NAMES = ("unknown", "", "a/b", "~", "~1", "é", "Type", "type ", "__proto__", "0", "$ref", "\u0301", "\n")
MAKE_UP = 12  # values kept for each slot


@dataclass(frozen=True)
class Place:
    """A value in a document, its container, and its slot if the sheet describes one."""

    holder: Any
    key: Any
    slot: Slot | None
    where: str = ""  # its JSON Pointer

    @property
    def value(self) -> Any:
        return self.holder[self.key]

    def put(self, value: Any) -> None:
        self.holder[self.key] = value


Scopes = tuple[Place, ...]


def objects(root: Place, path: Path, level: int) -> list[tuple[Scopes, Place]]:
    """The objects at a path, each with the scopes of the `level` lists on the way."""
    return [(scopes, place) for scopes, place in within(root, path, (root,)) if len(scopes) == level + 1]


def within(place: Place, names: Sequence[str], scopes: Scopes = ()) -> Iterator[tuple[Scopes, Place]]:
    """The objects to which `names` lead from a place, each with the scopes of the lists on the way."""
    value = place.value
    if isinstance(value, list):
        for number in range(len(value)):
            item = Place(value, number, place.slot.items if place.slot else None, f"{place.where}/{number}")
            yield from within(item, names, (*scopes, item))
    elif isinstance(value, dict):
        if not names:
            yield scopes, place
        elif names[0] in value:
            yield from within(below(place, names[0]), names[1:], scopes)


def below(place: Place, name: str) -> Place:
    properties = place.slot.properties if place.slot else None
    return Place(place.value, name, (properties or {}).get(name), place.where + pointer.join([name]))


def root_of(sheet: Sheet, document: Any) -> Place:
    return Place([document], 0, sheet.root)


def places(root: Place) -> list[Place]:
    """Every value of a document, the document itself first."""
    found = [root]
    for place in found:  # grows as it is read
        if isinstance(place.value, dict):
            found.extend(below(place, name) for name in place.value)
        elif isinstance(place.value, list):
            items = place.slot.items if place.slot else None
            found.extend(Place(place.value, n, items, f"{place.where}/{n}") for n in range(len(place.value)))
    return found


def all_slots(slot: Slot) -> Iterator[Slot]:
    yield slot
    for child in (slot.properties or {}).values():
        yield from all_slots(child)
    if slot.items is not None:
        yield from all_slots(slot.items)


def _keys(holder: Any) -> Any:
    return range(len(holder)) if isinstance(holder, list) else holder


def _lacks(value: Any, names: Path) -> bool:
    if isinstance(value, list):
        return any(_lacks(item, names) for item in value)
    return isinstance(value, dict) and bool(names) and (names[0] not in value or _lacks(value[names[0]], names[1:]))


def _has(value: Any, names: Path) -> bool:
    if isinstance(value, list) and names:
        return any(_has(item, names) for item in value)
    return not names or (isinstance(value, dict) and names[0] in value and _has(value[names[0]], names[1:]))


def keyword(slot: Slot, name: str) -> list[Any]:
    return [said.value for said in slot.keywords if said.name == name]


@dataclass
class Documents:
    """Documents of one sheet. `choices` are the paths and values by which other variants of the pack are chosen."""

    sheet: Sheet
    random: Random
    choices: Sequence[tuple[Path, Any]] = ()
    status: str = ""
    role: Role = Role.REQUEST
    density: float = 0.5
    owed: set[Path] = field(default_factory=set)
    barred: set[Path] = field(default_factory=set)
    bounds: Counter[str] = field(default_factory=Counter)  # values put at the bound that a keyword says, or just beyond
    _pools: dict[int, list[Any]] = field(default_factory=dict)
    _wanted: dict[tuple[str, Role], tuple[set[Path], set[Path]]] = field(default_factory=dict)

    def draw(self, status: str, role: Role) -> Any:
        """A document that is usually valid."""
        self.status, self.role = status, role
        self.density = self.random.choice((0.15, 0.5, 0.9, 1.0))
        if (status, role) not in self._wanted:
            self._wanted[status, role] = self._presence()
        self.owed, self.barred = self._wanted[status, role]
        document = self._object(self.sheet.root)
        self._repair(root_of(self.sheet, document))
        return document

    def asked(self, demand: Demand) -> bool:
        return self.status in demand.statuses and not (demand.records_only and self.role is Role.REQUEST)

    def _presence(self) -> tuple[set[Path], set[Path]]:
        owed = {entry.path[:end] for entry in self.sheet.match for end in range(1, len(entry.path) + 1)}
        if self.role is Role.RECORD and self.sheet.status_path is not None:
            owed |= {self.sheet.status_path[:end] for end in range(1, len(self.sheet.status_path) + 1)}
        for demand in self.sheet.required:
            if demand.when is None and self.asked(demand):
                owed |= {demand.path[:end] for end in range(demand.start + 1, len(demand.path) + 1)}
        barred = {one.path for one in self.sheet.forbidden if one.when is None and self.asked(one)}
        return owed, barred

    def _object(self, slot: Slot) -> dict[str, Any]:
        return {name: self.value(child) for name, child in (slot.properties or {}).items() if self._there(child)}

    def _there(self, slot: Slot) -> bool:
        if (slot.read_only is not None and self.role is Role.REQUEST) or slot.path in self.barred:
            return False
        return slot.path in self.owed or self.random.random() < self.density

    def value(self, slot: Slot | None) -> Any:
        """A value that fits the slot, if one was found."""
        if slot is None:
            return self.random.choice(self._anything())
        types = [said.value for said in slot.types]
        if slot.properties is not None:
            return self._object(slot)
        if slot.items is not None or "array" in types:
            return self._list(slot)
        if id(slot) not in self._pools:
            self._pools[id(slot)] = self._pool(slot, types)
        return copy.deepcopy(self.random.choice(self._pools[id(slot)]))

    def _list(self, slot: Slot) -> list[Any]:
        least = max(keyword(slot, "minItems"), default=0)
        most = min(keyword(slot, "maxItems"), default=max(least + 2, 2))
        items: list[Any] = []
        length = self.random.randint(least, max(least, most))
        for _ in range(4 * length):
            item = self.value(slot.items)
            distinct = not any(keyword(slot, "uniqueItems")) or not any(
                json_value.equal(item, other) for other in items
            )
            if len(items) < length and distinct:
                items.append(item)
        return items

    def _anything(self) -> list[Any]:
        return [*TEXTS[:6], 0, 1, 1.5, True, False, None, {}, [], {"a": 1}, [1, "x"]]

    def _pool(self, slot: Slot, types: list[str]) -> list[Any]:
        if slot.shows_status:
            return list(self.sheet.statuses) or [None]
        found: list[Any] = []
        for entry in slot.chosen:
            found += self.satisfying(entry.test, slot)
        if slot.judged_by_choice:
            return found or [None]
        for said in slot.keywords:
            found += said.value if said.name == "enum" else [said.value] if said.name == "const" else []
            found += OF_FORMAT[said.value] if said.name == "format" else []
        found += slot.examples + slot.default + tuple(self._matching(slot))
        found += TEXTS if "string" in types else ()
        bounds = [v for n in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum") for v in keyword(slot, n)]
        found += [bound + step for bound in bounds for step in (0, 1, -1, 0.5)]
        found += self._anything() if not {"string"} & set(types) else []
        found += [2, 1.0, -1, 0.1, 7]
        good = [value for value in found if self._fits(slot, value)]
        self.random.shuffle(good)
        return good[:MAKE_UP] or found[:MAKE_UP]

    def _matching(self, slot: Slot) -> Iterator[str]:
        parsed = [patterns.parse(text) for text in keyword(slot, "pattern")]
        parsed += [patterns.starts(entry.test.prefixes) for entry in slot.chosen if isinstance(entry.test, Starts)]
        for _ in range(MAKE_UP if parsed else 0):
            text = patterns.sample(parsed[0], self.random, *parsed[1:])
            if text is not None:
                yield text

    def satisfying(self, test: Test, slot: Slot | None) -> list[Any]:
        """Values that satisfy a test on one value."""
        match test:
            case Literal(value):
                return [value]
            case In(values):
                return list(values)
            case Starts(prefixes):
                own = [] if slot is None or slot.judged_by_choice else list(self._matching(slot))
                fitting = [text for text in own if text.startswith(prefixes)]
                return fitting or [prefix + tail for prefix in prefixes for tail in ("", "B", "\n")]
            case Matches(pattern):
                drawn = (patterns.sample(patterns.parse(pattern), self.random) for _ in range(3))
                return [text for text in drawn if text is not None]
            case Compare(_, int() | float() as bound):
                return [value for value in (bound, bound + 1, bound - 1) if truth.satisfies(test, value)]
            case Range(least, most):
                return [value for value in (least, most, 0) if value is not None and truth.satisfies(test, value)]
        return []

    # what conditions ask for

    def _repair(self, root: Place) -> None:
        for _ in range(3):
            before = copy.deepcopy(root.value)
            for demand in self.sheet.required:
                self._each(root, demand, self._supply)
            for demand in self.sheet.forbidden:
                self._each(root, demand, self._remove)
            for rule in self._rules():
                for scopes, _ in objects(root, rule.host, rule.level):
                    if not self._says(rule, scopes):
                        self.steer(rule.then, scopes, wanted=True)
            if json_value.equal(before, root.value):
                return

    def _rules(self) -> list[AnchoredRule]:
        return [rule for rule in self.sheet.rules if self.status in rule.statuses and is_printable(rule)]

    def _says(self, rule: AnchoredRule, scopes: Scopes) -> bool:
        return not self._true(rule.when, scopes) or self._true(rule.then, scopes)

    def _true(self, condition: Condition | None, scopes: Scopes) -> bool:
        return condition is None or truth.holds(condition, [scope.value for scope in scopes])

    def _each(self, root: Place, demand: Demand, act: Callable[[Place, Path], None]) -> None:
        if not self.asked(demand):
            return
        for scopes, place in objects(root, demand.path[: demand.start], demand.level):
            if self._true(demand.when, scopes):
                act(place, demand.path[demand.start :])

    def breaks(self, document: Any, demand: Demand, status: str, role: Role) -> bool:
        """Whether the document lacks, or has, what the demand says for its status and role."""
        self.status, self.role = status, role
        names = demand.path[demand.start :]
        wrong = _lacks if any(demand is one for one in self.sheet.required) else _has
        return self.asked(demand) and any(
            wrong(place.value, names) and self._true(demand.when, scopes)
            for scopes, place in objects(root_of(self.sheet, document), demand.path[: demand.start], demand.level)
        )

    def _supply(self, place: Place, names: Path) -> None:
        for _, at in list(within(place, ())) if place.key in _keys(place.holder) else ():
            if names and names[0] not in at.value:
                at.value[names[0]] = self.value(below(at, names[0]).slot)
            if len(names) > 1:
                self._supply(below(at, names[0]), names[1:])

    def _remove(self, place: Place, names: Path) -> None:
        for _, at in list(within(place, names[:-1])):
            at.value.pop(names[-1], None)

    def steer(self, condition: Condition, scopes: Scopes, *, wanted: bool) -> None:
        """Changes the document so that a condition holds (or does not hold), where that is simple."""
        match condition:
            case All(parts) | AnyOf(parts):
                every = isinstance(condition, All) is wanted
                for part in parts if every else [self.random.choice(parts)] if parts else []:
                    self.steer(part, scopes, wanted=wanted)
            case Not(part):
                self.steer(part, scopes, wanted=not wanted)
            case Implies(when, then):
                self.steer(AnyOf((Not(when), then)), scopes, wanted=wanted)
            case Holds(ref, test) if ref.root in ("scope", "item"):
                if isinstance(test, Compare) and isinstance(test.other, Ref):
                    if test.other.root not in ("scope", "item"):
                        return
                    place = scopes[-1] if test.other.root == "item" else scopes[test.other.level]
                    other = json_value.at(place.value, test.other.names)
                    test = Compare(test.relation, other if json_value.is_number(other) else 1)
                self._steer_test(ref, test, scopes, wanted=wanted)

    def _steer_test(self, ref: Ref, test: Test, scopes: Scopes, *, wanted: bool) -> None:
        place = scopes[-1] if ref.root == "item" else scopes[ref.level]
        for name in ref.names[:-1]:
            place = self._held(place, name)
        if isinstance(test, Present) and ref.names and test.present is not wanted:
            slot = below(place, ref.names[-1]).slot if isinstance(place.value, dict) else None
            if isinstance(place.value, dict) and not (slot is not None and slot.path in self.owed):
                place.value.pop(ref.names[-1], None)
            return
        place = self._held(place, ref.names[-1]) if ref.names else place
        slot = place.slot
        if isinstance(test, Some | Every | Count):
            self._steer_list(test, place, scopes, wanted=wanted)
        elif not isinstance(test, Present) and truth.satisfies(test, place.value) is not wanted:
            found = self.satisfying(test, slot) if wanted else self._others(test, slot)
            fitting = [value for value in found if slot is None or self._fits(slot, value)]
            sacred = slot is not None and (slot.chosen or slot.shows_status)  # another makes another order of it
            if fitting or (found and not sacred and self.random.random() < 0.1):
                place.put(copy.deepcopy(self.random.choice(fitting or found)))

    def _fits(self, slot: Slot, value: Any) -> bool:
        if slot.shows_status:
            return value in self.sheet.statuses
        if not all(truth.satisfies(entry.test, value) for entry in slot.chosen):
            return False
        said = type_problem(slot, value) is None and not any(failing_keywords(slot, value))
        return slot.judged_by_choice or said

    def _held(self, place: Place, name: str) -> Place:
        if not isinstance(place.value, dict):
            place.put({})
        at = below(place, name)
        if name not in place.value:
            place.value[name] = self.value(at.slot) if at.slot else {}
        return at

    def _others(self, test: Test, slot: Slot | None) -> list[Any]:
        drawn = [self.value(slot) for _ in range(5)]
        return [value for value in drawn if not truth.satisfies(test, value)]

    def _steer_list(self, test: Some | Every | Count, place: Place, scopes: Scopes, *, wanted: bool) -> None:
        slot = place.slot.items if place.slot else None
        items: list[Any] = place.value[:4] if isinstance(place.value, list) else []
        if isinstance(test, Count):
            least, most = test.least, 9 if test.most is None else test.most
            length = self.random.choice([n for n in range(6) if (least <= n <= most) is wanted] or [0])
            items = [*items, *(self.value(slot) for _ in range(length - len(items)))]
            items = items if test.where else items[:length]
            truths = [number < length for number in range(len(items))]
            inner = test.where
        else:
            items = items or [self.value(slot)]
            special = self.random.randrange(len(items))
            everyone = isinstance(test, Every) is wanted
            truths = [wanted if everyone or number == special else not wanted for number in range(len(items))]
            inner = test.condition
        place.put(items)
        for number, good in enumerate(truths if inner is not None else []):
            inside = Place(items, number, slot)
            self.steer(inner or All(()), (*scopes, inside), wanted=good)

    # what goes wrong

    def broken(self, document: Any, goal: Any) -> None:
        """Breaks one demand, rule or read-only field of the sheet."""
        root = root_of(self.sheet, document)
        if isinstance(goal, Demand):
            self._break_demand(root, goal)
        elif isinstance(goal, AnchoredRule):
            self._reached(root, goal.host)
            for scopes, _ in objects(root, goal.host, goal.level)[:2]:
                self.steer(All((goal.when or All(()), Not(goal.then))), scopes, wanted=True)
        else:
            self._reached(root, goal.path[:-1])
            for _, at in within(root, goal.path[:-1]):
                at.value[goal.path[-1]] = self.value(goal)

    def _break_demand(self, root: Place, demand: Demand) -> None:
        self._reached(root, demand.path[: demand.start])
        required = any(demand is other for other in self.sheet.required)
        for scopes, at in objects(root, demand.path[: demand.start], demand.level):
            if demand.when is not None:
                self.steer(demand.when, scopes, wanted=True)
            if at.key not in _keys(at.holder):
                continue  # the condition holds only without it
            names = demand.path[demand.start :]
            if required and self.random.random() < 0.8:
                self._reached(at, names[:-1])
            (self._remove if required else self._supply)(at, names)

    def _reached(self, place: Place, names: Path) -> Place:
        """The place at the end of `names`, created if it is missing; of lists, the first item."""
        while isinstance(place.value, list) or not names:
            if not isinstance(place.value, list):
                return place
            items = place.slot.items if place.slot else None
            if not place.value:
                place.value.append(self.value(items))
            place = Place(place.value, 0, items)
        return self._reached(self._held(place, names[0]), names[1:])

    def spoiled(self, document: Any, times: int) -> Any:
        """The document after some random changes."""
        root = root_of(self.sheet, document)
        for _ in range(times):
            self.random.choice(self._spoilers())(root)
        return root.value

    def _spoilers(self) -> list[Callable[[Place], None]]:
        often = [self._delete, self._perturb, self._add_known]
        twice = [self._replace, self._edge, self._perturb, self._add_unknown]
        return [
            *(often * 3 + twice * 2),
            *(self._rename, self._retype, self._number, self._empty),
            *(self._lists, self._swap, self._rechoose),
        ]

    def _any(self, root: Place, wanted: Callable[[Place], bool] = lambda _: True) -> Place:
        found = [place for place in places(root)[1:] if wanted(place)]
        return self.random.choice(found) if found else root

    def _delete(self, root: Place) -> None:
        place = self._any(root)
        if place.holder is not root.holder:
            del place.holder[place.key]

    def _rename(self, root: Place) -> None:
        place = self._any(root, lambda one: isinstance(one.holder, dict))
        if isinstance(place.holder, dict):
            value = place.holder.pop(place.key)
            changed = self.random.choice((place.key + "s", place.key[:-1], place.key.upper(), place.key + "\n"))
            place.holder[changed] = value

    def _add_unknown(self, root: Place) -> None:
        objects = [place for place in places(root) if isinstance(place.value, dict)]
        if objects:
            name = self.random.choice(NAMES)
            self.random.choice(objects).value[name] = self.random.choice(self._anything())

    def _replace(self, root: Place) -> None:
        self._any(root, lambda one: isinstance(one.value, str)).put(self.random.choice(HOSTILE))

    def _perturb(self, root: Place) -> None:
        place = self._any(root, lambda one: isinstance(one.value, str))
        if not isinstance(place.value, str):
            return
        text, at = place.value, self.random.randint(0, len(place.value))
        place.put(
            self.random.choice(
                (
                    *(text + tail for tail in ("\n", "\r", "\u2028", "\u0301", " ", "\n\n", "\x00", "x", "0")),
                    *(text[:at] + sign + text[at:] for sign in ("\n", "é", "٣", "🙂", " ", "-")),
                    *("\n" + text, text[1:], text[:-1], text.upper(), text.lower(), text.swapcase(), text * 2),
                    text.translate({ord("0") + n: chr(0x660 + n) for n in range(10)}),
                    text.translate({ord("0") + n: chr(0xFF10 + n) for n in range(10)}),
                )
            )
        )

    def _retype(self, root: Place) -> None:
        place = self._any(root)
        value = place.value
        spelled = str(value)[:40] if isinstance(value, str | int | float) else "x"
        wrapped: tuple[Any, ...] = ([value], {"value": value}, [value, value], {})
        number = int(spelled) if spelled.isdecimal() and spelled.isascii() else 1
        place.put(copy.deepcopy(self.random.choice((*wrapped, spelled, number, None, True, False, 1, 0, 1.0, []))))

    def _number(self, root: Place) -> None:
        numeric = self._any(root, lambda one: isinstance(one.value, int | float))
        place = numeric if self.random.random() < 0.7 else self._any(root)
        place.put(self.random.choice((*NUMBERS, True, False)))

    def _empty(self, root: Place) -> None:
        self._any(root).put(self.random.choice((None, {}, [], "")))

    def _lists(self, root: Place) -> None:
        place = self._any(root, lambda one: isinstance(one.value, list))
        if isinstance(place.value, list):
            more = [copy.deepcopy(self.random.choice(place.value))] if place.value else [None]
            fresh = [self.value(place.slot.items)] if place.slot and place.slot.items else [{}]
            odd: list[Any] = [self.random.choice((None, 1, "x", [], {}, True, 1.0))]
            place.put(
                self.random.choice((place.value + more, place.value + fresh, place.value + odd, place.value * 3, []))
            )

    def _swap(self, root: Place) -> None:
        one, other = self._any(root), self._any(root)
        if not any(place is root for place in (one, other)):
            first, second = copy.deepcopy(one.value), copy.deepcopy(other.value)
            one.put(second)
            if other.key in _keys(other.holder):
                other.put(first)

    def _add_known(self, root: Place) -> None:
        """Adds a field of the sheet where it may not be: one that is read-only or forbidden, or just missing."""
        slots = [slot for slot in all_slots(self.sheet.root) if slot.path]
        special = [slot for slot in slots if slot.read_only is not None or slot.path in self.barred]
        slot = self.random.choice(special if special and self.random.random() < 0.3 else slots)
        self._reached(root, slot.path[:-1])
        for _, at in within(root, slot.path[:-1]):
            at.value[slot.path[-1]] = self.value(slot)

    def _rechoose(self, root: Place) -> None:
        if not self.choices or not isinstance(root.value, dict):
            return
        path, value = self.random.choice(self.choices)
        self._held(self._reached(root, path[:-1]), path[-1]).put(value)

    def _edge(self, root: Place) -> None:
        """A value at a bound of a keyword of its slot, or just beyond it."""
        place = self._any(root, lambda one: one.slot is not None and bool(one.slot.keywords))
        if place.slot is None or not place.slot.keywords:
            return
        said = self.random.choice(place.slot.keywords)
        match said.name, said.value:
            case "minLength" | "maxLength", length:
                edges: list[Any] = [
                    sign * n for n in (length - 1, length, length + 1) for sign in ("x", "🙂", "e\u0301")
                ]
            case "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum", bound:
                edges = [bound, bound - 1, bound + 1, float(bound), bound + 1e-9, bound - 0.5, -bound]
            case "minItems" | "maxItems", length:
                edges = [
                    [self.value(place.slot.items) for _ in range(max(n, 0))] for n in (length - 1, length, length + 1)
                ]
            case "enum", values:
                edges = [*values, *(str(value) + " " for value in values), *([value] for value in values)]
            case "const", value:
                edges = [value, [value], str(value), {"const": value}]
            case _:
                edges = [self.random.choice(HOSTILE)]
        self.bounds[said.name] += 1
        place.put(copy.deepcopy(self.random.choice(edges)))
