"""
Local search for a valid document and account.

Each finding of the interpreter is repaired, in random order, until there is none or the rounds are used up.
A repair may break something else, as in random walks for satisfiability (Selman, Kautz and Cohen 1994).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import partial
from random import Random
from typing import Any

from covage_model.documents.judge.context import JudgeContext
from covage_model.documents.judge.judge import judged_as_if
from covage_model.documents.make.valid import places
from covage_model.documents.make.valid.places import DocumentPlace, Kept
from covage_model.documents.make.valid.steering import Steering
from covage_model.documents.make.valid.value_generator import Fullness, value_generator
from covage_model.documents.presence.role import Role
from covage_model.documents.presence.sheet import AnchoredRule, RecordHistories, Sheet
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.pack.model.conditions import Condition, Holds, Literal, Ref

ROUNDS = 16


@dataclass(frozen=True, slots=True)
class Aim:
    """
    The goal of a search: a document that is valid in each of `statuses` in a role, with the truths in `wants`.

    `strict`: without any finding; otherwise without an error. `account_alone`: the document stays as it is, and the
    account is to keep its rules; nothing else of the document is looked at.
    """

    sheet: Sheet
    account: Sheet | None
    statuses: tuple[str, ...]
    role: Role
    wants: tuple[tuple[Condition, bool], ...] = ()
    strict: bool = True
    account_alone: bool = False


@dataclass(slots=True)
class LocalSearch:
    """A document that is repaired until it is valid, and its account, which may be fixed."""

    aim: Aim
    document: DocumentPlace
    account: DocumentPlace
    fill: Fullness
    random: Random
    density: float = 0.5
    steering: Steering = field(init=False)

    def __post_init__(self) -> None:
        """Creates the value generators and the steering, and first values if there are none."""
        aim = self.aim
        of_document = value_generator(aim.sheet, aim.statuses, aim.role, self.fill, self.random, self.density)
        if aim.account is None:
            of_account = of_document
        else:
            full = Fullness.MINIMAL if aim.account_alone else Fullness.FULL
            of_account = value_generator(aim.account, (aim.account.initial,), Role.REQUEST, full, self.random)
        self.steering = Steering(self.document, self.account, of_document, of_account)
        if self.document.value is json_value.ABSENT or self.document.value is None:
            self.document.put(of_document.value_for(aim.sheet.root))
        if self.account.value is None and aim.account is not None:
            minimal = value_generator(aim.account, (aim.account.initial,), Role.REQUEST, Fullness.MINIMAL, self.random)
            self.account.put(minimal.value_for(aim.account.root))

    def solve(self, rounds: int = ROUNDS) -> bool:
        """Repairs the document and the account in place; whether they are valid now."""
        for _ in range(0 if self.gave_up else rounds):
            repairs = list(self._repairs())
            if not repairs:
                return True
            self.random.shuffle(repairs)
            for repair in repairs:
                if self.gave_up:
                    return False
                repair()
        return not self.gave_up and not any(True for _ in self._repairs())

    @property
    def gave_up(self) -> bool:
        """Whether the document or its account would be too large, or texts for it are too hard to find."""
        return self.steering.of_document.gave_up or self.steering.of_account.gave_up

    @property
    def too_large(self) -> bool:
        """Whether the document or its account would have too many values."""
        return self.steering.of_document.too_large or self.steering.of_account.too_large

    def _repairs(self) -> Iterator[Callable[[], None]]:
        """A repair for each thing that is wrong now. The account is repaired after the document."""
        well = True
        for repair in self._of_document():
            well = False
            yield repair
        account = self.aim.account
        if well and account is not None and (not self.account.fixed or self.account.may_grow):
            yield from self._of_sheet(account, self.account, account.initial, Role.REQUEST)

    def _of_document(self) -> Iterator[Callable[[], None]]:
        for status in self.aim.statuses:
            yield from self._of_sheet(self.aim.sheet, self.document, status, self.aim.role)
        if self.aim.account_alone:
            return
        choice = [(Holds(Ref("order", entry.path), entry.test), True) for entry in self.aim.sheet.match]
        for condition, wanted in [*choice, *self._status(), *self.aim.wants]:
            scopes = (self.document,)
            if self.steering.holds(condition, scopes) is not wanted:
                yield partial(self.steering.steer, condition, scopes, wanted=wanted)

    def _status(self) -> list[tuple[Condition, bool]]:
        """The condition that a record shows its status."""
        path = self.aim.sheet.status_path
        if self.aim.role is not Role.RECORD or path is None or len(self.aim.statuses) != 1:
            return []
        return [(Holds(Ref("order", path), Literal(self.aim.statuses[0])), True)]

    def _of_sheet(self, sheet: Sheet, start: DocumentPlace, status: str, role: Role) -> Iterator[Callable[[], None]]:
        account = json_value.ABSENT if self.account.value is None or start is self.account else self.account.value
        context = JudgeContext("", status, role, account=account)
        rules = {rule.origin.location: rule for rule in sheet.rules}
        for finding in judged_as_if(sheet, start.value, context).findings:
            if finding.code == "CM408" or not (self.aim.strict or finding.severity is Severity.ERROR):
                continue
            if finding.code == "CM407" and finding.because is not None:
                rule = rules[finding.because.location]
                if rule.reads_account or start is self.account or not self.aim.account_alone:
                    yield partial(self._keep, rule, start)
            elif finding.code == "CM419" and sheet.histories is not None:
                yield partial(self._reach, sheet.histories, status, start)
            elif start is self.account or not self.aim.account_alone:
                yield partial(self._repair, finding, start)

    def _keep(self, rule: AnchoredRule, start: DocumentPlace) -> None:
        """Repairs a rule in each object that breaks it: mostly makes `then` true, sometimes makes `when` false."""
        for scopes in list(places.scopes_at(start, rule.host, rule.level)):
            if not self.steering.holds(rule.when, scopes) or self.steering.holds(rule.then, scopes):
                continue
            if rule.when is not None and self.random.random() < 0.2:
                self.steering.steer(rule.when, scopes, wanted=False)
            else:
                self.steering.steer(rule.then, scopes, wanted=True)

    def _reach(self, histories: RecordHistories, status: str, start: DocumentPlace) -> None:
        """Lets a record show what some order of that status shows, and hold what such a document holds."""
        ways = histories.reached.get(status, ())
        way = self.random.choice(ways) if ways else ()
        for place, wanted in zip(histories.shown, way, strict=False):  # no way: no record can be made
            if wanted is not None and self.steering.holds(place.when, (start,)) is not wanted:
                self.steering.steer(place.when, (start,), wanted=wanted)

    def _repair(self, finding: Diagnostic, start: DocumentPlace) -> None:
        generator = self.steering.of_account if start is self.account else self.steering.of_document
        place = places.at_pointer(start, finding.location.pointer, generator.value_for)
        if place is None:
            return
        if finding.code in ("CM405", "CM406", "CM409"):
            place.drop()
        elif finding.form == "minItems" and place.slot is not None and isinstance(place.value, list):
            place.put(generator.items(place.slot, finding.arguments["expected"], place.value))
        elif finding.form == "maxItems" and isinstance(place.value, list):
            place.put(place.value[: finding.arguments["expected"]])
        elif finding.form == "uniqueItems" and place.slot is not None and isinstance(place.value, list):
            place.put(generator.items(place.slot, len(place.value), _distinct(place.value)))
        elif place.slot is not None:
            place.put(generator.value_for(place.slot))


def _distinct(values: Sequence[Any]) -> list[Any]:
    distinct: list[Any] = []
    for value in values:
        if not any(json_value.equal(value, other) for other in distinct):
            distinct.append(value)
    return distinct


def local_search(
    aim: Aim,
    account: Any,
    random: Random,
    *,
    fill: Fullness = Fullness.MINIMAL,
    density: float = 0.5,
    document: Any = None,
    kept: Kept | None = None,
) -> LocalSearch:
    """A search from a document and an account (None: new ones); with `kept` the account loses nothing."""
    root = aim.account.root if aim.account is not None else None
    return LocalSearch(
        aim,
        places.root(copy.deepcopy(document), aim.sheet.root),
        places.root(account, root, kept),
        fill,
        random,
        density,
    )
