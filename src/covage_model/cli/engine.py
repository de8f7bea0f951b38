"""The cluster that works for a command, where one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from covage_model.ground.processes.cluster import DaskCluster

ENGINES = ("processes", "dask")
scheduler_option = click.option(
    "--scheduler", metavar="ADDRESS", help="The scheduler of the Dask cluster, as in tcp://HOST:8786."
)


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
