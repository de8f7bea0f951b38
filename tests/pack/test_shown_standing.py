"""What shows a value of a variable is a test of documents: it has the standing and sources of its variable."""

from __future__ import annotations

from pathlib import Path

import pytest

from covage_model import judge, load_pack

PACK = """\
pack: parcels
format: 1
actors: {clerk: Clerk}
record: {id: {present: true}}
---
lifecycle: parcel
status: status
standing: STANDING
variables: {paid: {values: [none, done], shown: {done: {FIELD: {present: true}}}}}
states: {packed: {initial: true}, home: {final: success}}
transitions:
  pay: {by: clerk, from: packed, guard: {paid: none}, set: {paid: done}}
  hand: {by: clerk, from: packed, guard: {paid: done}, to: home}
---
order: parcel
follows: parcel
match: {kind: parcel}
fields:
  kind: {type: string, required: true}
  id: {type: string, read_only: true}
  status: {type: string, read_only: true}
  FIELD: {type: string, read_only: true}
"""


@pytest.mark.parametrize("field", ["paid_on", "standing", "source", "title"])
@pytest.mark.parametrize("standing", ["inferred", "assumed"])
def test_a_record_that_no_history_leads_to_has_the_standing_of_the_variable(
    tmp_path: Path, field: str, standing: str
) -> None:
    for number, part in enumerate(PACK.replace("FIELD", field).replace("STANDING", standing).split("---\n")):
        (tmp_path / f"{number}.yaml").write_text(part, encoding="utf-8")
    judged = judge(load_pack(tmp_path), {"kind": "parcel", "id": "p1", "status": "home"})
    found = [(each.code, each.because.standing.value) for each in judged.findings if each.because]
    assert found == [("CM419", standing)]
