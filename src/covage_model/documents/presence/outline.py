"""From a pack to the sheet of each order and variant: every statement at its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field, replace

from covage_model.documents.presence import statuses
from covage_model.documents.presence.anchor import Anchor, depth_of
from covage_model.documents.presence.draft import Draft, finished
from covage_model.documents.presence.histories import record_histories
from covage_model.documents.presence.sheet import AnchoredRule, Demand, Sheet, Slot
from covage_model.documents.presence.slots import crossings, slots_on
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Origin
from covage_model.ground.nearest import nearest
from covage_model.pack.conditions import tree
from covage_model.pack.model.conditions import Condition, Holds, Present, Ref
from covage_model.pack.model.keys import KeyPath
from covage_model.pack.model.keywords import Keyword
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.orders import Variant
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.values import JSON_TYPES, Field, Rule, Span, Value


@dataclass(slots=True)
class _Collected:
    """Statements about places, before anybody knows which places are lists."""

    pack: SpecPack
    root: Draft = field(default_factory=Draft)
    fields: list[tuple[tuple[str, ...], Field]] = field(default_factory=list)
    rules: list[tuple[tuple[str, ...], Rule]] = field(default_factory=list)
    keys: list[tuple[tuple[str, ...], KeyPath]] = field(default_factory=list)
    unique: list[tuple[tuple[str, ...], KeyPath]] = field(default_factory=list)
    held: set[tuple[int, str]] = field(default_factory=set)  # the types whose content each draft holds already

    def is_new(self, draft: Draft, name: str) -> bool:
        """Whether the content of a type comes to a draft for the first time: by several ways it is the same."""
        new = (id(draft), name) not in self.held
        self.held.add((id(draft), name))
        return new


def sheet_of(pack: SpecPack, variant: Variant) -> tuple[Sheet, tuple[Diagnostic, ...]]:
    """All that holds of the documents of `variant`, and the paths and statuses in it that cannot be."""
    findings: list[Diagnostic] = []
    lifecycle = pack.lifecycle(variant.order.follows)
    collected = _Collected(pack)
    for value in variant.values:
        _add_value(collected, collected.root, value, (), ())
    collected.root.has_fields = True
    for entry in variant.match:
        draft = _at(collected.root, entry.path, entry.origin)
        draft.chosen.append(entry)
    if lifecycle.status is not None:
        _at(collected.root, lifecycle.status, lifecycle.origin).shows_status = True
    root = finished(collected.root, (), variant.order.origin)
    account = _account_slot(pack)
    demands = _Demands(root, account, lifecycle, findings.append)
    for host, said in collected.fields:
        demands.add_field(host, said)
    rules = tuple(_anchored(root, account, lifecycle, host, rule, findings.append) for host, rule in collected.rules)
    sheet = Sheet(
        variant=variant.name,
        root=root,
        required=tuple(demands.required),
        forbidden=tuple(demands.forbidden),
        rules=rules,
        match=variant.match,
        status_path=lifecycle.status,
        statuses=lifecycle.statuses,
        initial=lifecycle.initial.status or statuses.UNSHOWN,
        requests=statuses.request_status(lifecycle),
        request_statuses=statuses.request_statuses(lifecycle),
        written_by=variant.order.written_by,
        title=variant.order.title if variant.spec is None else variant.spec.value.title or variant.order.title,
        origin=variant.order.origin if variant.spec is None else variant.spec.value.origin,
        key=_from_the_root(collected.keys, root, findings.append),
        unique=_from_the_root(collected.unique, root, findings.append),
        histories=record_histories(pack, variant.name, lifecycle, root),
    )
    return sheet, tuple(findings)


def account_sheet(pack: SpecPack) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """What holds of an account; it has no status, and every rule in its type is its own."""
    if pack.account is None:
        return None, ()
    findings: list[Diagnostic] = []
    return _sheet_of_type(pack, pack.account, findings.append), tuple(findings)


def _sheet_of_type(pack: SpecPack, name: str, say: Callable[[Diagnostic], None]) -> Sheet:
    collected = _Collected(pack)
    value = pack.type(name).value
    _add_value(collected, collected.root, value, (), (name,))
    root = finished(collected.root, (), value.origin)
    demands = _Demands(root, None, None, say)
    for host, said in collected.fields:
        demands.add_field(host, said)
    rules = tuple(_anchored(root, None, None, host, rule, say) for host, rule in collected.rules)
    return Sheet(
        name, root, tuple(demands.required), tuple(demands.forbidden), rules, (), None, (), statuses.UNSHOWN,
        statuses.UNSHOWN, (), None,
        value.title, value.origin,
        _from_the_root(collected.keys, root, say), _from_the_root(collected.unique, root, say),
    )  # fmt: skip


def _account_slot(pack: SpecPack) -> Slot | None:
    if pack.account is None:
        return None
    return _sheet_of_type(pack, pack.account, lambda _: None).root


def _add_value(
    collected: _Collected, draft: Draft, value: Value, path: tuple[str, ...], inside: tuple[str, ...]
) -> None:
    draft.origins.append(value.origin)
    draft.titles.extend([value.title] if value.title is not None else [])
    draft.descriptions.extend([value.description] if value.description is not None else [])
    draft.examples.extend(value.examples)
    draft.default.extend(value.default)
    draft.personal = draft.personal or value.personal
    draft.keywords.extend(value.keywords)
    if value.type in JSON_TYPES:
        draft.types.append(Keyword("type", value.type, value.origin))
    elif value.type is not None and value.type not in inside:
        named = collected.pack.type(value.type).value
        _add_value(collected, draft, named, path, (*inside, value.type))
    if value.items is not None:
        draft.items = draft.items or Draft()
        _add_value(collected, draft.items, value.items, path, inside)
    _add_content(collected, draft, value, path, inside)


def _add_content(
    collected: _Collected, draft: Draft, value: Value, path: tuple[str, ...], inside: tuple[str, ...]
) -> None:
    for name in value.include:
        if name not in inside and collected.is_new(draft, name):
            _add_content(collected, draft, collected.pack.type(name).value, path, (*inside, name))
    draft.has_fields = draft.has_fields or value.fields is not None or bool(value.include)
    for said in value.fields or ():
        place = _at(draft, said.path, said.origin)
        place.read_only = place.read_only or said.read_only
        place.messages.extend([said.message] if said.message is not None else [])
        _add_value(collected, place, said.value, (*path, *said.path), inside)
        if replace(said.value, title=None, description=None) == Value(said.origin):
            place.level_origins.append(said.value.origin)
        collected.fields.append((path, said))
    draft.formerly.extend(value.formerly)
    collected.rules.extend((path, rule) for rule in value.rules)
    collected.keys.extend((path, said) for said in value.key)
    collected.unique.extend((path, said) for said in value.unique)


def _at(draft: Draft, path: tuple[str, ...], origin: Origin) -> Draft:
    for name in path:
        draft = draft.child(name)
        draft.origins = draft.origins or [origin]
    return draft


@dataclass(slots=True)
class _Demands:
    """What is required and forbidden, each asked at the deepest place that its condition reads."""

    root: Slot
    account: Slot | None
    lifecycle: Lifecycle | None
    say: Callable[[Diagnostic], None]
    required: list[Demand] = field(default_factory=list)
    forbidden: list[Demand] = field(default_factory=list)

    def add_field(self, host: tuple[str, ...], said: Field) -> None:
        path = (*host, *said.path)
        for spans, demands in ((said.required, self.required), (said.forbidden, self.forbidden)):
            demands.extend(self._demand(host, path, span) for span in spans)

    def _demand(self, host: tuple[str, ...], path: tuple[str, ...], span: Span) -> Demand:
        _check_statuses(span, self.lifecycle, self.say)
        anchor = Anchor(self.root, self.account, host, path[:-1], self.say)
        when = None if span.when is None else anchor.condition(span.when)
        lists = crossings(self.root, host)
        start, level = len(host), len(lists)
        deepest = depth_of(when)
        if deepest > level:
            start, level = crossings(self.root, path)[deepest - 1], deepest
        records_only = any(slot.read_only is not None for slot in slots_on(self.root, path))
        return Demand(path, start, level, _applies(span, self.lifecycle), when, records_only, span.origin)


def _applies(span: Span, lifecycle: Lifecycle | None) -> frozenset[str]:
    return frozenset({statuses.UNSHOWN}) if lifecycle is None else statuses.statuses_of(span, lifecycle)


def _check_statuses(span: Span, lifecycle: Lifecycle | None, say: Callable[[Diagnostic], None]) -> None:
    for name in (span.start, span.before):
        if name is not None and (lifecycle is None or name not in lifecycle.statuses):
            legal = lifecycle.statuses if lifecycle is not None else ()
            where = lifecycle.name if lifecycle is not None else "account"
            arguments = {"name": name, "lifecycle": where}
            say(Diagnostic("CM202", "status-of", arguments, span.origin.location, nearest(name, legal)))


def _anchored(
    root: Slot,
    account: Slot | None,
    lifecycle: Lifecycle | None,
    host: tuple[str, ...],
    rule: Rule,
    say: Callable[[Diagnostic], None],
) -> AnchoredRule:
    anchor = Anchor(root, account, host, host, say)
    when = None if rule.when is None else anchor.condition(rule.when)
    then = anchor.condition(rule.then)
    start = rule.start
    if start is None and lifecycle is not None:
        start = statuses.request_status(lifecycle)
    span = Span(start, None, None, rule.origin)
    _check_statuses(span, lifecycle, say)
    conditions = [rule.then] if rule.when is None else [rule.then, rule.when]
    return AnchoredRule(
        name=rule.name,
        host=host,
        level=len(crossings(root, host)),
        at=_pointed_at(rule, host, conditions),
        statuses=_applies(span, lifecycle),
        when=when,
        then=then,
        reads_account=any(ref.root == "account" for condition in conditions for ref in tree.references(condition)),
        message=rule.message,
        title=rule.title,
        origin=rule.origin,
    )


def _from_the_root(
    collected: list[tuple[tuple[str, ...], KeyPath]], root: Slot, say: Callable[[Diagnostic], None]
) -> tuple[KeyPath, ...]:
    """Paths from the document's root; one that leads nowhere, or through a list, is told to `say`."""
    for host, said in collected:
        there = Holds(Ref("here", said.path), Present(present=True), said.origin)
        Anchor(root, None, host, (), say).condition(there)
    return tuple(KeyPath((*host, *said.path), said.origin) for host, said in collected)


def _pointed_at(rule: Rule, host: tuple[str, ...], conditions: list[Condition]) -> tuple[str, ...]:
    if rule.at is not None:
        return (*host, *rule.at)
    for condition in conditions:
        for ref in tree.references(condition):
            if ref.root in ("here", "order"):
                return _from_root(ref, host)
    return host


def _from_root(ref: Ref, host: tuple[str, ...]) -> tuple[str, ...]:
    return ref.names if ref.root == "order" else (*host, *ref.names)
