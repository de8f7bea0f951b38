"""Mutation operators for documents: fields, types, keywords, presence, rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from covage_model.ground.dotted import dotted
from covage_model.pack.model.values import JSON_TYPES, Field, Rule, Span, Value
from covage_model.quality.mutants import wider
from covage_model.quality.mutants.lifecycles import of_condition
from covage_model.quality.mutants.mutant import MutantEdit, Path, ValueChange, without

_SAY_THE_TYPE = ("enum", "const")


def edits(value: Value, path: Path, at: str, statuses: Sequence[str], requests: str | None) -> Iterator[MutantEdit]:
    """
    Every mutation of the definition at `path` of its pack, and of all that it contains.

    `statuses` has the statuses of its documents in order, `requests` the one that requests
    are judged for: presence is moved to the status before or after in that order.
    """
    yield from _of_keywords(value, path, at)
    for number, each in enumerate(value.fields or ()):
        there = (*path, "fields", number)
        name = f"{at}.{dotted(each.path)}" if at else dotted(each.path)
        fewer = ValueChange((*path, "fields"), without(value.fields or (), number))
        yield MutantEdit("field-drop", each.origin, name, None, None, fewer)
        yield from _of_field(each, there, name, statuses)
        yield from edits(each.value, (*there, "value"), name, statuses, requests)
    for number, rule in enumerate(value.rules):
        fewer = ValueChange((*path, "rules"), without(value.rules, number))
        yield MutantEdit("rule-drop", rule.origin, rule.name, None, None, fewer)
        yield from _of_rule(rule, (*path, "rules", number), statuses, requests)
    for number, said in enumerate(value.unique):
        name = dotted((at, *said.path) if at else said.path)
        fewer = ValueChange((*path, "unique"), without(value.unique, number))
        yield MutantEdit("unique-drop", said.origin, name, None, None, fewer)
    if value.items is not None:
        yield from edits(value.items, (*path, "items"), f"{at}[]", statuses, requests)


def _of_keywords(value: Value, path: Path, at: str) -> Iterator[MutantEdit]:
    names = [each.name for each in value.keywords]
    # an enum or a const implies the type: the mutant would be equivalent
    if value.type is not None and not (value.type in JSON_TYPES and any(name in names for name in _SAY_THE_TYPE)):
        yield MutantEdit("type-drop", value.origin, at, value.type, None, ValueChange((*path, "type"), None))
    if value.items is not None:
        yield MutantEdit("items-drop", value.items.origin, at, None, None, ValueChange((*path, "items"), None))
    for number, each in enumerate(value.keywords):
        fewer = ValueChange((*path, "keywords"), without(value.keywords, number))
        yield MutantEdit("keyword-drop", each.origin, at, each.name, None, fewer)
        for operator, old, new, keyword in wider.keyword(each):
            yield MutantEdit(operator, each.origin, at, old, new, ValueChange((*path, "keywords", number), keyword))


def _of_field(field_: Field, path: Path, at: str, statuses: Sequence[str]) -> Iterator[MutantEdit]:
    if field_.read_only is not None:
        yield MutantEdit("read-only-drop", field_.read_only, at, None, None, ValueChange((*path, "read_only"), None))
    for role, spans in (("required", field_.required), ("forbidden", field_.forbidden)):
        for number, span in enumerate(spans):
            fewer = ValueChange((*path, role), without(spans, number))
            yield MutantEdit(f"{role}-drop", span.origin, at, None, None, fewer)
            yield from _of_span(role, span, (*path, role, number), at, statuses)


def _of_span(role: str, span: Span, path: Path, at: str, statuses: Sequence[str]) -> Iterator[MutantEdit]:
    if span.when is not None:
        yield MutantEdit(f"{role}-when-drop", span.origin, at, span.when, None, ValueChange((*path, "when"), None))
        yield from of_condition("condition", span.when, span.origin, at, (*path, "when"))
    for name, status in (("start", span.start), ("before", span.before)):
        for direction, other in _beside(status, statuses):
            yield MutantEdit(f"{role}-{direction}", span.origin, at, status, other, ValueChange((*path, name), other))


def _of_rule(rule: Rule, path: Path, statuses: Sequence[str], requests: str | None) -> Iterator[MutantEdit]:
    if rule.when is not None:
        always = ValueChange((*path, "when"), None)
        yield MutantEdit("rule-when-drop", rule.origin, rule.name, rule.when, None, always)
        yield from of_condition("condition", rule.when, rule.origin, rule.name, (*path, "when"))
    yield from of_condition("condition", rule.then, rule.origin, rule.name, (*path, "then"))
    start = rule.start or requests
    for direction, other in _beside(start, statuses):
        yield MutantEdit(
            f"rule-{direction}", rule.origin, rule.name, start, other, ValueChange((*path, "start"), other)
        )


def _beside(status: str | None, statuses: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The statuses just before and just after one, if there are any."""
    if status not in statuses:
        return
    number = statuses.index(status)
    if number > 0:
        yield "earlier", statuses[number - 1]
    if number + 1 < len(statuses):
        yield "later", statuses[number + 1]
