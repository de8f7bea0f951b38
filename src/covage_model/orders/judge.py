"""
The interpreter: what is wrong with a document, judged as one leaf for one status and role.

It reads the same sheet that the JSON Schema is printed from; the two must agree on every verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from covage_model import pointer
from covage_model.nearest import nearest
from covage_model.conditions import truth
from covage_model.diagnostics import Diagnostic, Location, Origin, Severity, severity_of
from covage_model.model.conditions import Ref
from covage_model.orders import hints
from covage_model.orders.values import failing_keywords, type_problem
from covage_model.presence.anchor import is_list
from covage_model.presence.sheet import AnchoredRule, Demand, Sheet, Slot


class Role(Enum):
    """Who wrote a document: somebody who asks, or the platform that answers."""

    REQUEST = "request"
    RECORD = "record"


@dataclass(frozen=True, slots=True)
class Question:
    """
    What a document is judged for.

    `failed` are the paths that the choice already speaks of. `account` is ABSENT where none was
    given; `unsound` holds the names of its parts that have findings themselves.
    """

    file: str
    status: str
    role: Role
    failed: frozenset[tuple[str, ...]] = frozenset()
    account: Any = truth.ABSENT
    unsound: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _At:
    """An object of the document: the scopes around it (itself the last), and where it is."""

    scopes: tuple[Any, ...]
    value: Any
    pointer: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found, and the rules that applied (their `when` was true, and they were checked)."""

    findings: tuple[Diagnostic, ...]
    applied: tuple[Origin, ...] = ()


def judge(sheet: Sheet, data: Any, question: Question) -> Judged:
    """Every finding, in document order of the sheet; locations hold pointers, lines come later."""
    if sheet.written_by is not None and question.role is Role.REQUEST:
        arguments = {"order": sheet.leaf, "by": sheet.written_by}
        return Judged((Diagnostic("CM410", "written-by", arguments, _place(question, ""), because=sheet.origin),))
    return judged_as_if(sheet, data, question)


def judged_as_if(sheet: Sheet, data: Any, question: Question) -> Judged:
    """The same, without asking who may write such a request: how a lifecycle judges a document's readiness."""
    applied: list[Origin] = []
    found = list(_values(sheet.root, data, "", sheet, question))
    found.extend(_missing_status(sheet, data, question))
    for demand in sheet.required:
        if question.status in demand.statuses and not (demand.records_only and question.role is Role.REQUEST):
            found.extend(_missing(demand, sheet, data, question))
    for demand in sheet.forbidden:
        if question.status in demand.statuses and not (demand.records_only and question.role is Role.REQUEST):
            found.extend(_forbidden(demand, sheet, data, question))
    for rule in sheet.rules:
        if question.status in rule.statuses:
            found.extend(_broken(rule, sheet, data, question, applied))
    return Judged(tuple(_once(found)), tuple(applied))


def _once(found: list[Diagnostic]) -> Iterator[Diagnostic]:
    """One finding per place and cause: the heaviest, where several definitions ask the same."""
    kept: dict[tuple[Any, ...], Diagnostic] = {}
    weights = list(Severity)
    for finding in found:
        key = (finding.location.pointer, finding.code, finding.form, _line_of(finding))
        if key not in kept or weights.index(finding.severity) < weights.index(kept[key].severity):
            kept[key] = finding
    missing = [finding.location.pointer for finding in kept.values() if finding.code == "CM403"]
    for finding in kept.values():  # a missing key says that what holds it is missing
        below = finding.location.pointer + "/"
        if finding.code != "CM403" or not any(where.startswith(below) for where in missing):
            yield finding


def _line_of(finding: Diagnostic) -> Location | None:
    """One missing key is one finding, however many demands it; rules and keywords are told apart by their line."""
    return None if finding.code in ("CM403", "CM409") or finding.because is None else finding.because.location


def _values(slot: Slot, value: Any, where: str, sheet: Sheet, question: Question) -> Iterator[Diagnostic]:
    """Findings about a value and all below it: read-only, type, keywords, unknown fields."""
    if slot.read_only is not None and question.role is Role.REQUEST:
        found = _found("CM405", "read-only", slot, where, question, slot.read_only, path=".".join(slot.path))
        yield replace(found, hint="remove it")
        return
    if slot.path in question.failed and slot.items is None:
        return
    if slot.judged_by_choice:
        yield from _shown(slot, value, where, sheet, question)
        return
    problem = type_problem(slot, value)
    if problem is not None:
        arguments = {"expected": problem.value, "found": value}
        found = _found("CM404", "type", slot, where, question, problem.origin, **arguments)
        yield replace(found, hint=hints.for_type(value, problem.value))
        return
    for keyword in failing_keywords(slot, value):
        found = _found("CM404", keyword.name, slot, where, question, keyword.origin, expected=keyword.value, found=value)
        yield replace(found, hint=hints.for_keyword(slot, keyword, value))
    if isinstance(value, dict) and slot.properties is not None:
        for name, child in value.items():
            below = where + pointer.join([name])
            if name in slot.properties:
                yield from _values(slot.properties[name], child, below, sheet, question)
            else:
                yield _unknown(slot, name, below, question)
    if isinstance(value, list) and slot.items is not None:
        for number, child in enumerate(value):
            yield from _values(slot.items, child, f"{where}/{number}", sheet, question)


def _shown(slot: Slot, value: Any, where: str, sheet: Sheet, question: Question) -> Iterator[Diagnostic]:
    """The status a document shows must be one that its lifecycle has; a choice has been judged already."""
    if slot.shows_status and not any(truth.equal(value, status) for status in sheet.statuses):
        code, form = ("CM411", "unknown") if question.role is Role.RECORD else ("CM404", "enum")
        arguments = {"expected": list(sheet.statuses), "found": value}
        yield _found(code, form, slot, where, question, slot.origins[0], **arguments)


def _missing_status(sheet: Sheet, data: Any, question: Question) -> Iterator[Diagnostic]:
    path = sheet.status_path
    if question.role is Role.RECORD and path is not None and truth.at(data, path) is truth.ABSENT:
        arguments = {"path": ".".join(path), "expected": list(sheet.statuses)}
        yield Diagnostic("CM411", "missing", arguments, _place(question, pointer.join(path)), because=sheet.origin)


def _unknown(slot: Slot, name: str, where: str, question: Question) -> Diagnostic:
    severity = Severity.ERROR if question.role is Role.REQUEST else Severity.NOTE
    arguments = {"name": name, "legal": sorted(slot.properties or {})}
    form = "field" if question.role is Role.REQUEST else "not-described"
    hint = nearest(name, slot.properties or {}) if question.role is Role.REQUEST else None
    return Diagnostic("CM406", form, arguments, _place(question, where), hint, severity, slot.origins[0])


def _missing(demand: Demand, sheet: Sheet, data: Any, question: Question) -> Iterator[Diagnostic]:
    judged = [*question.failed, *([sheet.status_path] if question.role is Role.RECORD and sheet.status_path else [])]
    if any(path[: len(demand.path)] == demand.path for path in judged):
        return  # the choice, or the lifecycle, has said that it is missing
    for at in _objects(data, demand.path[: demand.start], demand.level):
        if demand.when is None or truth.holds(demand.when, at.scopes, question.account):
            slot = _slot(sheet.root, demand.path)
            holder = _innermost(_slot(sheet.root, demand.path[: demand.start]))
            for where in _gaps(holder, at.value, demand.path[demand.start :], at.pointer):
                arguments = {"path": ".".join(demand.path), "status": question.status, "conditional": demand.when is not None}
                yield _found("CM403", "missing" if question.status else "always", slot, where, question, demand.origin, **arguments)


def _gaps(slot: Slot | None, value: Any, names: Sequence[str], where: str) -> Iterator[str]:
    """
    The pointers at which `names` cannot be followed for want of a key; below a list, in each item.

    An object where a list should be, or the other way round, has its finding already.
    """
    if isinstance(value, list) and slot is not None and is_list(slot):
        for index, item in enumerate(value):
            yield from _gaps(slot.items, item, names, f"{where}/{index}")
    elif isinstance(value, dict) and names and slot is not None and not is_list(slot):
        below = _below_slot(slot, names[0])
        if names[0] in value:
            yield from _gaps(below, value[names[0]], names[1:], where + pointer.join(names[:1]))
        else:
            yield where + pointer.join(_to_first_list(below, names))


def _to_first_list(slot: Slot | None, names: Sequence[str]) -> list[str]:
    """The names up to the first that is a list: what is missing in its items cannot be pointed at."""
    found = [names[0]]
    for name in names[1:]:
        if slot is not None and is_list(slot):
            break
        found.append(name)
        slot = _below_slot(slot, name)
    return found


def _below_slot(slot: Slot | None, name: str) -> Slot | None:
    inner = _innermost(slot)
    return (inner.properties or {}).get(name) if inner is not None else None


def _innermost(slot: Slot | None) -> Slot | None:
    """What the items of a list are, and of lists of lists; anything else is itself."""
    while slot is not None and is_list(slot):
        slot = slot.items
    return slot


def _forbidden(demand: Demand, sheet: Sheet, data: Any, question: Question) -> Iterator[Diagnostic]:
    for at in _objects(data, demand.path[: demand.start], demand.level):
        if demand.when is None or truth.holds(demand.when, at.scopes, question.account):
            for where in _there(at.value, demand.path[demand.start :], at.pointer):
                arguments = {"path": ".".join(demand.path), "status": question.status, "conditional": demand.when is not None}
                slot = _slot(sheet.root, demand.path)
                yield _found("CM409", "forbidden" if question.status else "always", slot, where, question, demand.origin, **arguments)


def _there(value: Any, names: Sequence[str], where: str) -> Iterator[str]:
    """The pointers of all that `names` lead to, through the items of lists."""
    if not names:
        yield where
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _there(item, names, f"{where}/{index}")
    elif isinstance(value, dict) and names[0] in value:
        yield from _there(value[names[0]], names[1:], where + pointer.join([names[0]]))


def _broken(
    rule: AnchoredRule, sheet: Sheet, data: Any, question: Question, applied: list[Origin]
) -> Iterator[Diagnostic]:
    if rule.reads_account and question.role is Role.RECORD:
        return
    unchecked = _unchecked(rule, question)
    for at in _objects(data, rule.host, rule.level):
        if rule.when is not None and _reads_only_document(rule) and not truth.holds(rule.when, at.scopes):
            continue
        where = _pointed_at(sheet.root, rule, at)
        arguments = {"rule": rule.name, "path": ".".join(rule.at)}
        slot = _slot(sheet.root, rule.at)
        if unchecked is not None:
            yield replace(_found("CM408", unchecked, slot, where, question, rule.origin, **arguments), messages=())
            continue
        if rule.when is not None and not truth.holds(rule.when, at.scopes, question.account):
            continue
        applied.append(rule.origin)
        if not truth.holds(rule.then, at.scopes, question.account):
            yield _with_message(_found("CM407", "rule", slot, where, question, rule.origin, **arguments), rule)


def _with_message(finding: Diagnostic, rule: AnchoredRule) -> Diagnostic:
    return replace(finding, messages=(rule.message,) if rule.message is not None else ())


def _reads_only_document(rule: AnchoredRule) -> bool:
    """Whether `when` can be decided without an account: a rule that does not apply needs no check."""
    return rule.when is not None and all(ref.root != "account" for ref in truth.references(rule.when))


def _unchecked(rule: AnchoredRule, question: Question) -> str | None:
    if not rule.reads_account:
        return None
    if question.account is truth.ABSENT:
        return "no-account"
    conditions = [rule.then] if rule.when is None else [rule.when, rule.then]
    parts = {ref.names[0] for condition in conditions for ref in truth.references(condition) if _of_account(ref)}
    return "unsound-account" if parts & question.unsound or "" in question.unsound else None


def _of_account(ref: Ref) -> bool:
    return ref.root == "account"


def _pointed_at(root: Slot, rule: AnchoredRule, at: _At) -> str:
    """The pointer of what a rule points at, as far as the first list on the way that it is not inside of."""
    inside = rule.at[: len(rule.host)] == rule.host
    start = len(rule.host) if inside else 0
    names = rule.at[start:]
    below = _slot(root, rule.at[: start + 1])
    return (at.pointer if inside else "") + pointer.join(_to_first_list(below, names) if names else ())


def _objects(data: Any, path: Sequence[str], level: int) -> Iterator[_At]:
    """
    Each object at `path`, with the scopes of the `level` lists crossed on the way.

    What is no object is passed over, and so is what lies below no list where one should be: its type
    is wrong already, and a condition has no item to read there.
    """
    return (at for at in _below(data, path, (data,), "") if len(at.scopes) == level + 1)


def _below(value: Any, path: Sequence[str], scopes: tuple[Any, ...], where: str) -> Iterator[_At]:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _below(item, path, (*scopes, item), f"{where}/{index}")
    elif isinstance(value, dict):
        if not path:
            yield _At(scopes, value, where)
        elif path[0] in value:
            yield from _below(value[path[0]], path[1:], scopes, where + pointer.join([path[0]]))


def _slot(root: Slot, path: Sequence[str]) -> Slot | None:
    slot: Slot | None = root
    for name in path:
        slot = _below_slot(slot, name)
    return slot


def _found(
    code: str,
    form: str,
    slot: Slot | None,
    where: str,
    question: Question,
    origin: Origin,
    **arguments: Any,
) -> Diagnostic:
    severity = Severity.UNCHECKED if code == "CM408" else severity_of(origin.standing)
    messages = slot.messages if slot is not None else ()
    return Diagnostic(
        code, form, arguments, _place(question, where), severity=severity, because=origin, messages=messages
    )


def _place(question: Question, where: str) -> Location:
    return Location(question.file, 0, 0, where)
