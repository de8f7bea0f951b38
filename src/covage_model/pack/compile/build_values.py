"""Builds types, fields, presence and rules from YAML mappings."""

from __future__ import annotations

from collections.abc import Iterable

from covage_model.ground import json_value
from covage_model.ground.diagnostics import Origin
from covage_model.ground.dotted import keys
from covage_model.ground.files.node import Node, plain
from covage_model.pack.compile import grammar
from covage_model.pack.compile.build_conditions import Scope, condition_of
from covage_model.pack.compile.context import Context, bare, listed, names_of
from covage_model.pack.model.conditions import Scalar
from covage_model.pack.model.keys import KeyPath, OlderPath
from covage_model.pack.model.keywords import Keyword
from covage_model.pack.model.text import Text
from covage_model.pack.model.values import JSON_TYPES, Field, Rule, Span, Value


def value_of(node: Node, context: Context) -> Value:
    """The value definition in a settled mapping."""
    context.check_sources(node)
    entries = node.value
    origin = context.origin(node)
    fields = entries.get("fields")
    about = context.text(entries.get("title")), context.text(entries.get("description"))
    return Value(
        origin=origin,
        type=_type_name(entries.get("type"), context),
        keywords=tuple(_keywords(entries, origin, about, context)),
        items=value_of(entries["items"], context) if "items" in entries else None,
        include=_included(entries.get("include"), context),
        fields=None if fields is None else tuple(_fields(fields, context)),
        rules=tuple(_rules(entries.get("rules"), context)),
        key=tuple(_key_paths("key", entries, origin)),
        unique=tuple(_key_paths("unique", entries, origin)),
        formerly=tuple(_older_paths(entries.get("formerly"), origin)),
        title=about[0],
        description=about[1],
        examples=tuple(bare(entries.get("examples"), ())),
        default=(plain(entries["default"]),) if "default" in entries else (),
        personal=bool(bare(entries.get("personal"), otherwise=False)),
    )


def _type_name(node: Node | None, context: Context) -> str | None:
    if node is None or not context.known("type", node, JSON_TYPES, context.types):
        return None
    return str(node.value)


def _included(node: Node | None, context: Context) -> tuple[str, ...]:
    return tuple(item.value for item in listed(node) if context.known("type", item, context.types))


def _keywords(
    entries: dict[str, Node], origin: Origin, about: tuple[Text | None, Text | None], context: Context
) -> Iterable[Keyword]:
    for name in grammar.KEYWORDS:
        child = entries.get(name)
        if child is None or (name == "pattern" and not context.pattern(child)):
            continue
        if name == "enum":
            yield _enum(child, origin, context)
            continue
        value = plain(child)
        if name in ("minLength", "maxLength", "minItems", "maxItems"):
            value = int(value)
        yield Keyword(name, value, Origin(child.at, origin.source, origin.standing), about=about)


def _enum(node: Node, origin: Origin, context: Context) -> Keyword:
    """The members; one with a title is a mapping of both."""
    members = members_of(node, "enum", context)
    return Keyword("enum", members, Origin(node.at, origin.source, origin.standing), titles_of(node, context))


def members_of(node: Node, of: str, context: Context) -> list[Scalar]:
    """The values of a list, each once; one that is also there with a title is reported."""
    firsts: dict[str, Scalar] = {}
    for item in map(member_of, node.value):
        key = json_value.canonical(item.value)
        if key in firsts:
            context.finding("CM201", "value", item, name=item.value, of=of, hint="remove one of the two")
        firsts.setdefault(key, item.value)
    return list(firsts.values())


def member_of(node: Node) -> Node:
    """A value that may have a title beside it: the value."""
    return node.value["value"] if isinstance(node.value, dict) else node


def titles_of(node: Node, context: Context) -> tuple[tuple[Scalar, Text], ...]:
    """The values of a list that have a title, each with it."""
    titled = [item.value for item in node.value if isinstance(item.value, dict)]
    return tuple((entries["value"].value, context.text(entries["title"]) or "") for entries in titled)


def _fields(node: Node, context: Context) -> Iterable[Field]:
    for path, child in node.value.items():
        entries = child.value
        origin = context.origin(child)
        read_only = entries.get("read_only")
        yield Field(
            path=keys(path),
            value=value_of(child, context),
            required=tuple(_spans(entries.get("required"), origin, context)),
            forbidden=tuple(_spans(entries.get("forbidden"), origin, context)),
            read_only=Origin(read_only.at, origin.source, origin.standing) if read_only and read_only.value else None,
            message=context.text(entries.get("message")),
            origin=origin,
        )


def _spans(node: Node | None, origin: Origin, context: Context) -> Iterable[Span]:
    for item in listed(node):
        place = Origin((node or item).at, origin.source, origin.standing)
        if item.value is True:
            yield Span(None, None, None, place)
        elif isinstance(item.value, str):
            yield Span(item.value, None, None, place)
        elif isinstance(item.value, dict):
            when = item.value.get("when")
            yield Span(
                bare(item.value.get("from")),
                bare(item.value.get("before")),
                condition_of(when, Scope(context, place)) if when else None,
                place,
            )


def _rules(node: Node | None, context: Context) -> Iterable[Rule]:
    for name, child in ({} if node is None else node.value).items():
        context.check_sources(child)
        origin = context.origin(child)
        scope = Scope(context, origin, account=True, among=True, compares=True)
        when, at = child.value.get("when"), child.value.get("at")
        yield Rule(
            name=name,
            when=condition_of(when, scope) if when else None,
            then=condition_of(child.value["then"], scope),
            start=bare(child.value.get("from")),
            at=names_of(at) if at else None,
            message=context.text(child.value.get("message")),
            title=context.text(child.value.get("title")),
            origin=origin,
        )


def _key_paths(word: str, entries: dict[str, Node], origin: Origin) -> Iterable[KeyPath]:
    for item in listed(entries.get(word)):
        yield KeyPath(names_of(item), Origin(item.at, origin.source, origin.standing))


def _older_paths(node: Node | None, origin: Origin) -> Iterable[OlderPath]:
    for path, now in ({} if node is None else node.value).items():
        yield OlderPath(keys(path), keys(now.value), Origin(now.at, origin.source, origin.standing))
