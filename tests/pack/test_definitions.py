"""The walk over everything that a pack defines."""

from dataclasses import replace
from pathlib import Path

import pytest

from covage_model import load_pack
from covage_model.ground import pointer
from covage_model.ground.diagnostics import Origin
from covage_model.pack.definitions.walk import KINDS, definitions
from covage_model.quality.checks.unsound import origins_in
from covage_model.quality.coverage.items import items_of

PACKS = [str(Path(__file__).resolve().parents[1] / "packs" / "library"), "covage"]


@pytest.mark.parametrize("name", PACKS)
def test_ids_are_unique_and_hold_no_place(name: str) -> None:
    found = list(definitions(load_pack(name).spec))
    assert len({one.id for one in found}) == len(found) > 100
    assert {one.kind for one in found} <= set(KINDS)
    assert not any(".yaml" in one.id for one in found if one.kind != "scenario")


def test_a_pack_that_uses_every_construct_has_every_kind() -> None:
    assert {one.kind for one in definitions(load_pack(PACKS[0]).spec)} == set(KINDS)


@pytest.mark.parametrize("name", PACKS)
def test_what_coverage_counts_are_definitions_under_the_same_ids(name: str) -> None:
    pack = load_pack(name).spec
    known = {one.id: one for one in definitions(pack)}
    for item in items_of(pack).items.values():
        parts = pointer.split(item.id)  # a guard's part is true or false, presence and rules may be broken
        whole = parts[:-1] if item.kind == "guard" or item.kind.endswith("-broken") else parts
        assert known[pointer.join(whole)].origin.location == item.origin.location


@pytest.mark.parametrize("name", PACKS)
def test_every_place_of_the_model_is_the_place_of_a_definition_or_of_a_part_of_one(name: str) -> None:
    pack = load_pack(name).spec
    found = {one.origin.location for one in definitions(pack)}
    inside = {origin.location for one in definitions(pack) if one.kind != "pack" for origin in _origins(one.defined)}
    assert {origin.location for origin in origins_in(pack)} <= found | inside


def _origins(thing: object) -> list[Origin]:
    return list(origins_in(thing))


def test_the_order_of_files_changes_no_id(tmp_path: Path) -> None:
    before = {one.id for one in definitions(load_pack(PACKS[0]).spec)}
    for path in Path(PACKS[0]).rglob("*"):
        target = tmp_path / path.relative_to(PACKS[0])
        if path.is_file():
            target = target.with_name("z" + target.name) if path.parent.name == "lifecycles" else target
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    assert {one.id for one in definitions(load_pack(str(tmp_path)).spec)} == before


def test_a_title_that_looks_like_a_numbered_one_does_not_make_two_ids_equal() -> None:
    pack = load_pack(PACKS[0]).spec
    first = pack.scenarios[0]
    titles = ["twice", "twice (2)", "twice"]
    several = replace(pack, scenarios=tuple(replace(first, title=title) for title in titles))
    ids = [definition.id for definition in definitions(several) if definition.kind == "scenario"]
    assert ids == ["/scenario/twice", "/scenario/twice (2)", "/scenario/twice (3)"]


def test_owner_and_path_are_those_that_people_read() -> None:
    pack = load_pack("covage").spec
    every = list(definitions(pack))
    for definition in every:
        if definition.kind in ("field", "match"):
            assert ".".join(definition.path).replace("[]", "").endswith(".".join(definition.defined.path))
    required = {(one.owner, ".".join(one.path)) for one in every if one.kind == "required"}
    assert {owner for owner, _ in required} <= {one.name for one in (*pack.types, *pack.orders, *pack.variants)}
    assert {("account", "contacts"), ("activate-copper/create", "bounds.endpoints")} <= required
