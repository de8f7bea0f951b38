"""Logs of simulated orders, read back whole by another tool (r4pm) and compared with the events in the pack's shape."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import r4pm

from covage_model import load_pack
from covage_model.api.simulate import EVENT_FORMATS, EventLogFile, simulate_pack

SPACE = "{http://www.xes-standard.org/}"


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the log of the same 60 orders in every format: they share hands, and some are not ended."""
    folder = tmp_path_factory.mktemp("logs")
    texts: dict[str, list[str]] = {form: [] for form in EVENT_FORMATS}
    files = [EventLogFile(form, parts.append) for form, parts in texts.items()]
    simulate_pack(load_pack(), "terminate-copper", "activate-fiber/create", count=60, until=20 * 86_400, logs=files)
    for form, parts in texts.items():
        (folder / f"log.{form.replace('ocel', 'json')}").write_text("".join(parts), encoding="utf-8")
    return folder


def documents(logs: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (logs / "log.ndjson").read_text(encoding="utf-8").splitlines()]


def test_csv_has_the_same_events(logs: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((logs / "log.csv").read_text(encoding="utf-8"))))
    wanted = documents(logs)
    assert len(wanted) > 150
    assert rows == [{name: value or "" for name, value in event.items()} for event in wanted]


def test_xes_is_read_back_whole(logs: Path, tmp_path: Path) -> None:
    """Written again by the other tool, it has each event once, in a trace for each order, with every text."""
    again = str(tmp_path / "again.xes")
    r4pm.export_item(r4pm.import_item("EventLog", str(logs / "log.xes")), again)
    wanted = {event["event_uuid"]: {k: v for k, v in event.items() if v is not None} for event in documents(logs)}
    found, objects = {}, []
    for trace in ET.parse(again).getroot().iter(f"{SPACE}trace"):
        times = []
        for event in trace.iter(f"{SPACE}event"):
            texts = {each.get("key", ""): each.get("value") for each in event}
            times.append(texts["time:timestamp"])
            assert str(times[-1])[:19] == str(texts["event_date"])[:19]
            assert texts.pop("concept:name") == texts["type"]
            assert texts.pop("identity:id") == texts["event_uuid"]
            del texts["time:timestamp"]
            found[texts["event_uuid"]] = texts
            objects.append((texts["object_uuid"], id(trace)))
        assert times == sorted(times)
    assert found == wanted
    assert len({thing for thing, _ in objects}) == len(set(objects))  # no object is in two traces


def test_ocel_is_read_back_whole(logs: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    r4pm.export_item(r4pm.import_item("OCEL", str(logs / "log.json")), str(again))
    ocel, wanted = json.loads(again.read_text(encoding="utf-8")), documents(logs)
    assert [each["id"] for each in ocel["events"]] == [each["event_uuid"] for each in wanted]
    for event, document in zip(ocel["events"], wanted, strict=True):
        assert (event["type"], event["time"][:19]) == (document["type"], document["event_date"][:19])
        assert [each["objectId"] for each in event["relationships"]] == [document["object_uuid"]]
        shown = {each["name"]: each["value"] for each in event["attributes"]}
        assert shown == {name: value for name, value in document.items() if value is not None}
    things = {each["id"]: each for each in ocel["objects"]}
    assert {(key, each["type"]) for key, each in things.items()} == {
        (document["object_uuid"], document["object_type"]) for document in wanted
    }
    number = {document["object_uuid"]: document["object_alias"].rpartition("-")[2] for document in wanted}
    services = [each for each in ocel["objects"] if each["type"] == "service"]
    assert len(services) > 3
    for each in services:
        (of,) = [link["objectId"] for link in each["relationships"]]
        assert (things[of]["type"], number[of]) == ("order", number[each["id"]])


def test_two_runs_write_the_same_bytes() -> None:
    def written(jobs: int) -> list[str]:
        parts: list[str] = []
        files = [EventLogFile(form, parts.append) for form in EVENT_FORMATS]
        simulate_pack(load_pack(), "terminate-copper", count=20, seed=4, jobs=jobs, logs=files)
        return parts

    assert written(1) == written(2)
