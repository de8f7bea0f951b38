"""
A Dask cluster of two workers on this machine gives what one process gives, also when one of them is killed.

The cluster takes seconds to start: it is there in the long profile alone.
"""

import io
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from effort import LONG

from covage_model import generate_defects, generate_orders, load_pack, simulate_pack
from covage_model.api import parts
from covage_model.cli.main import main
from covage_model.ground.processes import cluster

pytestmark = pytest.mark.hard
KILLS, RAISES = 7, 13


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler with two workers of one thread each; a task that two workers died of goes to no third."""
    if not LONG:
        pytest.skip("a cluster is started in the long profile")
    dask = pytest.importorskip("dask")
    distributed = pytest.importorskip("distributed")
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1, "logging.distributed": "critical"}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as local,
    ):
        yield local.scheduler_address


@pytest.fixture
def workers(address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[cluster.DaskCluster]:
    monkeypatch.setattr(cluster, "WAIT", 120)  # workers that another test killed start again
    found = cluster.DaskCluster(address)
    yield found
    found.close()


def doubled(flag: str, kills: int) -> Callable[[int], int]:
    """Doubles numbers. So many processes that are given one of them are killed, and another is an error."""

    def work(number: int) -> int:
        if number == KILLS and len(Path(flag).read_bytes()) < kills:
            with Path(flag).open("ab") as file:
                file.write(b".")
            os.kill(os.getpid(), signal.SIGKILL)
        if number == RAISES:
            raise LookupError("unlucky")
        return 2 * number

    return work


def lost(task: Any, why: str) -> Any:
    return task, why


def test_the_task_of_a_killed_worker_goes_to_another(workers: cluster.DaskCluster, tmp_path: Path) -> None:
    flag = tmp_path / "killed"
    flag.touch()
    found = list(workers.results(doubled, (str(flag), 1), range(12), lost=lost, ahead=4))
    assert found == [2 * number for number in range(12)]
    assert flag.read_bytes() == b"."


def test_a_task_that_each_worker_dies_of_is_lost(workers: cluster.DaskCluster, tmp_path: Path) -> None:
    flag = tmp_path / "killed"
    flag.touch()
    found = list(workers.results(doubled, (str(flag), 99), range(10), lost=lost, ahead=1))
    said = (KILLS, "each worker that had them died")
    assert found[KILLS] == said
    for number, result in enumerate(found):  # a task that waited at both of the workers is lost with it
        assert result in (2 * number, (number, "each worker that had them died"))
    assert found[0] == 0


def test_an_error_is_raised_and_tasks_are_taken_as_they_are_needed(
    workers: cluster.DaskCluster, tmp_path: Path
) -> None:
    flag, taken = tmp_path / "killed", list[int]()
    results = workers.results(doubled, (str(flag), 0), (taken.append(n) or n for n in range(8, 99)), lost=lost, ahead=2)
    flag.touch()
    assert next(results) == 16
    assert 1 <= len(taken) <= 4
    with pytest.raises(LookupError, match="unlucky"):
        list(results)
    assert len(taken) < 12


def killed_once(flag: str, *given: Any) -> Callable[[Any], Any]:
    """As `parts.prepare`. The first worker that is given a part with a marked line is killed."""
    answer = parts.prepare(*given)

    def work(part: Any) -> Any:
        if b"kill me" in part[2] and not Path(flag).exists():
            Path(flag).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return answer(part)

    return work


def validated(*arguments: str, content: bytes = b"") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return main(["validate", *arguments], out, err, io.BytesIO(content)), out.getvalue(), err.getvalue()


@pytest.mark.parametrize("format_", ["text", "json"])
def test_validate_prints_the_same_with_a_worker_killed_in_the_middle(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    pack, flag = load_pack(), str(tmp_path / "killed")
    wrong = [one.document for one in generate_defects(pack, "terminate-copper", count=6, seed=6)]
    orders = [*generate_orders(pack, "terminate-copper", count=40, seed=6), *wrong, {"a": "kill me"}]
    content = b"".join(json.dumps(order).encode() + b"\n" for order in sorted(orders, key=str))
    monkeypatch.setattr(cluster, "WAIT", 120)  # workers that were killed before this test start again
    monkeypatch.setattr(parts, "PART", 1000)
    monkeypatch.setattr("covage_model.ground.files.cutting.CHUNK", 1000)
    here = validated("-", "--stdin-filename", "it.ndjson", "--jobs", "1", "--format", format_, content=content)
    results = cluster.DaskCluster.results

    def with_a_killer(self: Any, _: Any, given: Any, *more: Any, **named: Any) -> Any:
        return results(self, killed_once, (flag, *given), *more, **named)

    monkeypatch.setattr(cluster.DaskCluster, "results", with_a_killer)
    there = ("--stdin-filename", "it.ndjson", "--engine", "dask", "--scheduler", address)
    assert validated("-", *there, "--format", format_, content=content) == here
    assert Path(flag).exists()
    assert here[0] == 1


def refused(*arguments: str) -> str:
    code, out, err = validated("order.json", *arguments)
    assert (code, out) == (2, "")
    return err


def test_a_cluster_that_cannot_be_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "WAIT", 0.2)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        said = refused("--engine", "dask", "--scheduler", address)
        assert f"no scheduler at {address}: no answer in 0.2 seconds" in said
    assert "no scheduler at nowhere: " in refused("--engine", "dask", "--scheduler", "nowhere")
    assert "no scheduler at http://127.0.0.1:1: " in refused("--engine", "dask", "--scheduler", "http://127.0.0.1:1")


def test_workers_of_another_version_or_none_are_said(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "VERSION", "9.9")
    said = refused("--engine", "dask", "--scheduler", address)
    assert "this is covage-model 9.9, and workers have 0." in said
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(cluster, "WAIT", 0.2)
    with distributed.LocalCluster(
        n_workers=0, processes=False, protocol="tcp", host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as empty:
        assert "has no worker" in refused("--engine", "dask", "--scheduler", empty.scheduler_address)


def test_the_missing_extra_and_options_that_do_not_go_together_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    there = ("--scheduler", "tcp://127.0.0.1:8786")
    assert 'pip install "covage-model[dask]"' in refused("--engine", "dask", *there)
    assert "--engine dask needs --scheduler" in refused("--engine", "dask")
    assert "--scheduler goes with --engine dask" in refused(*there)
    assert "remove --jobs" in refused("--engine", "dask", *there, "--jobs", "2")
    assert "remove --engine" in refused("--engine", "dask", *there, "--save-coverage", "c.json")


def test_a_cluster_simulates_as_one_process_does(address: str) -> None:
    argv = ["simulate", "terminate-copper", "--without", "hands", "--without", "calendars", "--format", "json"]
    told = []
    for engine in ([], ["--engine", "dask", "--scheduler", address]):
        out, err = io.StringIO(), io.StringIO()
        assert main([*argv, "--count", "300000", *engine], out, err) == 0, err.getvalue()
        told.append(out.getvalue())
    assert told[0] == told[1]


def test_the_orders_of_a_killed_worker_are_simulated_again(workers: cluster.DaskCluster) -> None:
    pids = list(workers._client.run(os.getpid).values())
    ticks: list[int] = []

    def tick(orders: int) -> None:
        ticks.append(orders)
        if len(ticks) == 2:
            os.kill(pids[0], signal.SIGKILL)

    def rows(**given: Any) -> Any:
        wanted = {"count": 1_500_000, "without": ["hands", "calendars"], **given}
        return simulate_pack(load_pack(), "terminate-copper", **wanted).rows

    assert rows(cluster=workers, tick=tick) == rows(jobs=1)
    assert len(ticks) > 8
