"""A step may have a status of its own (`shown_as`): documents show it, and presence counts from it."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from covage_model import Pack, judge, load_pack, order_schema

FILES = {
    "pack.yaml": "pack: steps\nformat: 1\nactors: {me: Me}\nrecord: {id: {present: true}}\n",
    "life.yaml": """
lifecycle: life
status: status
requests: asked
states:
  asked: {initial: true}
  active:
    states: {ready: {initial: true, shown_as: ready}, busy: {shown_as: in-progress}, resting: {}}
  done: {final: success}
transitions:
  begin: {by: me, from: asked, to: active}
  work: {by: me, from: active.ready, to: active.busy}
  rest: {by: me, from: active.busy, to: active.resting}
  end: {by: me, from: active.resting, to: done}
""",
    "order.yaml": """
order: task
follows: life
fields:
  id: {type: string, read_only: true}
  status: {type: string, read_only: true}
  owner: {type: string, required: in-progress}
  note: {type: string, forbidden: {before: active}}
""",
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("steps")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load_pack(folder)


@pytest.mark.parametrize(
    ("status", "more", "found"),
    [
        ("asked", {}, []),
        ("ready", {}, []),
        ("ready", {"note": "n"}, [("CM409", "/note")]),
        ("in-progress", {}, [("CM403", "/owner")]),
        ("in-progress", {"owner": "o"}, []),
        ("active", {"owner": "o", "note": "n"}, []),  # the step that says nothing shows its parent
        ("done", {"note": "n"}, [("CM403", "/owner")]),
        ("busy", {"owner": "o"}, [("CM411", "/status")]),  # a step's name is not what it shows
    ],
)
def test_a_record_is_judged_by_the_status_of_the_step(
    pack: Pack, status: str, more: dict[str, str], found: list[tuple[str, str]]
) -> None:
    document = {"id": "1", "status": status, **more}
    assert [(each.code, each.location.pointer) for each in judge(pack, document).findings] == found
    if status != "busy":
        schema = Draft202012Validator(order_schema(pack, "task", status=status, role="record"))
        assert schema.is_valid(document) is (not found)


def test_the_statuses_are_those_of_the_states_in_spec_order(pack: Pack) -> None:
    assert pack.spec.lifecycles[0].statuses == ("asked", "ready", "in-progress", "active", "done")
