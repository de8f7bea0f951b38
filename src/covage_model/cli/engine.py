"""The cluster that works for a command, where one is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from covage_model.cli import options

if TYPE_CHECKING:
    from covage_model.ground.processes.cluster import DaskCluster

ENGINES = ("processes", "dask")


def engine_options(use: str) -> Callable[[options.Command], options.Command]:
    """`--engine` and `--scheduler`, with the help of the first."""
    engine = click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], help=use)
    scheduler = click.option(
        "--scheduler", metavar="ADDRESS", help="The scheduler of the Dask cluster, as in tcp://HOST:8786."
    )
    return lambda command: engine(scheduler(command))


def asked_cluster(engine: str, scheduler: str | None, jobs: int | None) -> DaskCluster | None:
    """The cluster that is to work, if one is asked for; the connection ends with the command."""
    if engine != "dask":
        if scheduler is not None:
            raise click.UsageError("--scheduler goes with --engine dask")
        return None
    if scheduler is None:
        raise click.UsageError("--engine dask needs --scheduler ADDRESS, as in tcp://HOST:8786")
    if jobs is not None:
        raise click.UsageError("the cluster says how many processes work: remove --jobs")
    from covage_model.ground.processes import cluster

    try:
        found = cluster.DaskCluster(scheduler)
    except cluster.NoCluster as error:
        raise click.ClickException(f"--engine dask: {error}") from error
    click.get_current_context().call_on_close(found.close)
    return found
