"""The entry of the compiler: turns spec files into one `SpecPack` and all findings about shape and names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from functools import reduce

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files.node import Node, plain
from covage_model.pack.compile import build_pack
from covage_model.pack.compile.build_lifecycle import lifecycle_of
from covage_model.pack.compile.build_profile import context_of, merged, profile_file, profile_of
from covage_model.pack.compile.build_values import value_of
from covage_model.pack.compile.context import Context, listed
from covage_model.pack.compile.layers import layered, with_setting
from covage_model.pack.compile.overlay import laid_over, settled
from covage_model.pack.compile.shape_check import check_file
from covage_model.pack.definitions.types import named_in
from covage_model.pack.model.lifecycle import CLOCK
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.profile import Profile
from covage_model.pack.model.scenario import Scenario
from covage_model.pack.model.values import NamedType

_NAMING = frozenset({"order", "lifecycle", "shown_as", "final", "values", "value", "languages", "variables"})  # names
Setting = tuple[tuple[str, ...], Node]  # a path of keys in a profile, and the value there
_APART = frozenset({"lifecycle", "title", "description", "include", "source", "standing"})


@dataclass(slots=True)
class _Definitions:
    """The definitions in the files of one or more packs, by kind and name."""

    pack: Node | None = None
    named: dict[str, dict[str, Node]] = field(
        default_factory=lambda: {kind: {} for kind in ("types", "order", "lifecycle", "events", "profile")}
    )
    scenarios: list[Node] = field(default_factory=list)
    files: list[Node] = field(default_factory=list)  # of types and of events: their sources are checked once


def compile_pack(packs: Sequence[tuple[str, Sequence[Node]]]) -> tuple[SpecPack | None, tuple[Diagnostic, ...]]:
    """
    The pack that results from the files of `packs` (folder and spec files; later packs are laid over earlier ones).

    None if there is no sound pack file. Definitions with findings are left out, so
    a pack with findings can only be used to look for more findings.
    """
    found: list[Diagnostic] = []
    whole = _Definitions()
    for folder, files in packs:
        definitions = _definitions(files, found)
        if definitions.pack is None:
            if not any(finding.code.startswith("CM1") for finding in found):
                found.append(Diagnostic("CM208", "pack", {"folder": folder}, Location(folder, 0, 0)))
            continue
        _lay_pack_over(whole, definitions, found)
    broken = {finding.location.file for finding in found if finding.code.startswith("CM1")}
    lost = {name for _, files in packs for file in files if file.location.file in broken for name in _written(file)}
    pack = None if whole.pack is None else _built(whole, found)
    unique = {finding.sort_key(): finding for finding in found}.values()
    return pack, tuple(finding for finding in unique if not _depends_on_lost(finding, broken, lost))


def _written(node: Node, key: str = "") -> Iterator[str]:
    """Every name that a faulty file may define: its keys, and the values that are names."""
    if isinstance(node.value, dict):
        for name, child in node.value.items():
            yield name
            yield from _written(child, "values" if key == "variables" and isinstance(child.value, list) else name)
    elif isinstance(node.value, list):
        for item in node.value:
            yield from _written(item, key)
    elif key in _NAMING:
        yield str(node.value)


def _depends_on_lost(finding: Diagnostic, broken: set[str], lost: set[str]) -> bool:
    """Whether a finding reports something as missing that a file with shape findings may define."""
    if finding.code in ("CM202", "CM204"):
        return all(part in lost for part in re.split("[./]", str(finding.arguments["name"])))
    return finding.code in ("CM208", "CM209") and finding.location.file in broken


def compile_scenario(node: Node, pack: SpecPack) -> tuple[Scenario | None, tuple[Diagnostic, ...]]:
    """The scenario in a file outside of the pack, or None; and its findings."""
    kind, sound, found = check_file(node)
    findings = list(found)
    if kind != "scenario" or sound is None or "scenario" not in sound.value or "given" not in sound.value:
        if kind not in (None, "scenario"):
            hint = "start with `scenario` and its title"
            findings.append(Diagnostic("CM105", "other", {"found": kind}, node.value[kind].at, hint))
        return None, tuple(findings)
    context = context_of(pack, findings.append)
    variants = tuple(variant.name for variant in pack.variants)
    scenario = build_pack.scenario_of(sound, context, variants=variants)
    nameless = any(finding.code == "CM202" and finding.form == "order" for finding in findings)
    return None if nameless else scenario, tuple(findings)


def _definitions(files: Sequence[Node], found: list[Diagnostic]) -> _Definitions:
    definitions = _Definitions()
    for file in files:
        kind, node, findings = check_file(file)
        found.extend(findings)
        if kind is None or node is None or (kind in definitions.named and kind not in node.value):
            continue
        node = settled(kind, node)
        if kind == "pack":
            if definitions.pack is not None:
                first, hint = definitions.pack.value["pack"].at, "a folder holds one pack: remove one of the two"
                arguments = {"name": "pack", "file": first.file, "line": first.line}
                found.append(Diagnostic("CM201", "said-twice", arguments, node.value["pack"].at, hint))
            definitions.pack = definitions.pack or node
        elif kind == "scenario":
            if "scenario" in node.value and "given" in node.value:
                definitions.scenarios.append(node)
        else:
            definitions.files.extend([node] if kind in ("types", "events") else [])
            for name, child in _named(kind, node):
                if name in definitions.named[kind]:
                    found.append(_twice(kind, name, child, definitions.named[kind][name]))
                definitions.named[kind].setdefault(name, child)
    return definitions


def _named(kind: str, node: Node) -> list[tuple[str, Node]]:
    if kind in ("types", "events"):
        return list(node.value[kind].value.items())
    return [(str(node.value[kind].value), Node(node.value, node.location, node.value[kind].key))]


def _twice(kind: str, name: str, second: Node, first: Node) -> Diagnostic:
    arguments = {"kind": kind.rstrip("s"), "name": name, "file": first.at.file, "line": first.at.line}
    return Diagnostic("CM201", "defined", arguments, second.at, "rename one, or remove it")


def _lay_pack_over(whole: _Definitions, later: _Definitions, found: list[Diagnostic]) -> None:
    assert later.pack is not None  # the caller has checked
    if whole.pack is None:
        whole.pack, whole.named, whole.scenarios, whole.files = later.pack, later.named, later.scenarios, later.files
        return
    both = f"{whole.pack.value['pack'].value}+{later.pack.value['pack'].value}"
    whole.pack = laid_over(whole.pack, later.pack, found.append, apart=frozenset({"pack", "format"}))
    name = whole.pack.value["pack"]
    whole.pack.value["pack"] = Node(both, name.location, name.key)
    for kind, definitions in later.named.items():
        for name, child in definitions.items():
            first = whole.named[kind].get(name)
            if kind == "profile":
                whole.named[kind][name] = child if first is None else layered(first, child)
                continue
            apart = frozenset({kind}) if kind in ("order", "lifecycle") else frozenset()
            whole.named[kind][name] = child if first is None else laid_over(first, child, found.append, apart=apart)
    whole.scenarios = [*whole.scenarios, *later.scenarios]
    whole.files = [*whole.files, *later.files]


def _built(definitions: _Definitions, found: list[Diagnostic]) -> SpecPack:
    assert definitions.pack is not None  # the caller has checked
    entries = definitions.pack.value
    context = _context(definitions, found)
    for file in (definitions.pack, *definitions.files):
        context.check_sources(file)
    orders = [build_pack.order_of(name, node, context) for name, node in context.orders.items()]
    variants = tuple(_variant_names(context))
    whole: dict[str, Node] = {}
    lifecycles = {name: _with_includes(name, context, whole) for name in _own_lifecycles(context)}
    account = entries.get("account")
    if account is not None and not context.known("type", account, context.types):
        account = None
    types = tuple(NamedType(name, value_of(node, context)) for name, node in context.types.items())
    events = tuple(NamedType(name, value_of(node, context)) for name, node in context.events.items())
    _report_cycles(types, found)
    pack = SpecPack(
        name=str(entries["pack"].value),
        languages=context.languages,
        actors=build_pack.actors_of(entries.get("actors"), context),
        sources=build_pack.sources_of(entries.get("sources"), context),
        documents=tuple(plain(entries["documents"])) if "documents" in entries else (),
        record=build_pack.record_test(entries.get("record"), context, definitions.pack),
        account=account.value if account is not None else None,
        types=types,
        orders=tuple(order for order in orders if order is not None),
        lifecycles=tuple(lifecycle_of(name, node, context, variants=variants) for name, node in lifecycles.items()),
        events=events,
        scenarios=tuple(build_pack.scenario_of(node, context, variants=variants) for node in definitions.scenarios),
        origin=context.origin(definitions.pack),
        profiles=tuple(profile_file(name, node) for name, node in definitions.named["profile"].items()),
    )
    for profile in pack.profiles:
        build_profile(pack, (profile.name,), found.append)
    return pack


def build_profile(
    pack: SpecPack, names: Sequence[str], say: Callable[[Diagnostic], None], settings: Sequence[Setting] = ()
) -> Profile:
    """
    These profiles of the pack, each laid over those before it, with single values replaced by `settings`.

    Findings go to `say`. Raises KeyError for a profile that the pack does not have.
    """
    context = context_of(pack, say)
    node = merged({profile.name: profile for profile in pack.profiles}, names, context)
    for path, value in settings:
        node = with_setting(node, path, value)
    if settings:
        _, sound, found = check_file(node)
        for finding in found:
            say(finding)
        node = settled("profile", node if sound is None else sound)
    return profile_of("+".join(names), node, pack, context)


def _context(definitions: _Definitions, found: list[Diagnostic]) -> Context:
    assert definitions.pack is not None  # the caller has checked
    entries = definitions.pack.value
    sources = entries["sources"].value if "sources" in entries else {}
    statements = [
        name for node in sources.values() if "statements" in node.value for name in node.value["statements"].value
    ]
    return Context(
        types=definitions.named["types"],
        events=definitions.named["events"],
        orders=definitions.named["order"],
        lifecycles=definitions.named["lifecycle"],
        actors=frozenset([*(entries["actors"].value if "actors" in entries else ()), *_clock(definitions)]),
        citations=frozenset([*sources, *statements]),
        languages=tuple(plain(entries["languages"])) if "languages" in entries else (),
        say=found.append,
    )


def _clock(definitions: _Definitions) -> tuple[str, ...]:
    """The clock, where a deadline names no other actor."""
    transitions = [
        child.value
        for node in definitions.named["lifecycle"].values()
        for child in (node.value["transitions"].value.values() if "transitions" in node.value else ())
    ]
    return (CLOCK,) if any("after" in each and "by" not in each for each in transitions) else ()


def _variant_names(context: Context) -> list[str]:
    names = []
    for name, node in context.orders.items():
        variants = node.value["variants"].value if "variants" in node.value else {}
        names.extend([f"{name}/{variant}" for variant in variants] or [name])
    return names


def _own_lifecycles(context: Context) -> list[str]:
    """The lifecycles of the pack. One that is only included in others is a part of them and left out."""
    parts = {item.value for node in context.lifecycles.values() for item in listed(node.value.get("include"))}
    followed = {node.value["follows"].value for node in context.orders.values() if "follows" in node.value}
    alone = [name for name in context.lifecycles if name in followed or name not in parts]
    return alone or list(context.lifecycles)  # cycles of includes are reported


def _with_includes(name: str, context: Context, whole: dict[str, Node], inside: tuple[str, ...] = ()) -> Node:
    """The lifecycle's mapping laid over its includes; `whole` caches finished ones."""
    if name not in whole:
        node = context.lifecycles[name]
        bases = list(_included(node, context, whole, (*inside, name)))
        if not bases:
            whole[name] = node
        else:
            base = reduce(lambda first, second: laid_over(first, second, context.say), bases)
            whole[name] = laid_over(Node(base.value, node.location, node.key), node, context.say)
    return whole[name]


def _included(node: Node, context: Context, whole: dict[str, Node], inside: tuple[str, ...]) -> Iterator[Node]:
    for item in listed(node.value.get("include")):
        if item.value in inside:
            context.finding("CM203", "lifecycle", item, name=item.value)
        elif context.known("lifecycle", item, context.lifecycles):
            base = _with_includes(item.value, context, whole, inside)
            yield Node({key: child for key, child in base.value.items() if key not in _APART}, base.location, base.key)


def _report_cycles(types: tuple[NamedType, ...], found: list[Diagnostic]) -> None:
    contained = {named.name: set(named_in(named.value)) for named in types}
    for named in types:
        seen: set[str] = set()
        pending = list(contained[named.name])
        while pending:
            name = pending.pop()
            if name not in seen:
                seen.add(name)
                pending.extend(contained.get(name, ()))
        if named.name in seen:
            arguments = {"name": named.name}
            found.append(
                Diagnostic("CM203", "type", arguments, named.value.origin.location, "a type may not contain itself")
            )
