"""`covage-model simulate`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from covage_model.api import diagrams, painted, simulate, simulation_page
from covage_model.cli import known, options, output
from covage_model.cli.draw import picture_folder
from covage_model.cli.engine import asked_cluster, engine_options
from covage_model.cli.packs import chosen, opened
from covage_model.cli.streams import Streams, simulating
from covage_model.cli.together import TogetherCommand

if TYPE_CHECKING:
    from covage_model.api.simulate import Simulation
    from covage_model.api.workspace import Workspace


def _duration(_: click.Context, __: click.Parameter, value: str | None) -> float | None:
    """Seconds of a duration such as 90d."""
    if value is None:
        return None
    found = simulate.duration(value)
    if found is None or not found:
        raise click.BadParameter(f"{value!r} is no duration, such as 90d, 12h or 30min.")
    return found


def _settings(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    for path, sign, _value in pairs:
        if not sign or not path:
            raise click.BadParameter(
                f"{path!r} has no value: write PATH=VALUE, as in transitions.send.works.median=4h."
            )
    return {path.strip(): value.strip() for path, _, value in pairs}


def _events(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """The formats and the paths of logs of events."""
    pairs = [value.partition("=") for value in values]
    for form, _sign, path in pairs:
        if form not in simulate.EVENT_FORMATS or not path:
            raise click.BadParameter(
                f"{form!r} names no log: write FORMAT=PATH, as in ndjson=events.ndjson. "
                f"The formats are {', '.join(simulate.EVENT_FORMATS)}."
            )
    return [(form, path) for form, _sign, path in pairs]


def _paints(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """What is painted, and the paths of the pictures."""
    found = []
    for value in values:
        paint, sign, path = value.partition("=")
        if paint not in painted.PAINTS or not sign or not path:
            raise click.BadParameter(f"{value!r} paints nothing: write one of {', '.join(painted.PAINTS)}, then =PATH.")
        if os.path.splitext(path)[1] and diagrams.form_of(path) is None:
            raise click.BadParameter(f"{path!r} is no picture: it ends in one of {', '.join(diagrams.forms())}.")
        found.append((paint, path))
    return found


@click.command("simulate", cls=TogetherCommand)
@click.argument("orders", nargs=-1, metavar="[ORDER[/VARIANT]...]")
@options.pack_option
@click.option(
    "--profile", "profiles", multiple=True, metavar="NAME", help="The profile; a later one is laid over the earlier."
)
@click.option("--count", type=click.IntRange(min=1), metavar="N", help="Simulate N orders. Default: 10,000.")
@click.option(
    "--until", callback=_duration, metavar="DURATION", help="Simulate so long: all orders that arrive, as in 90d."
)
@click.option("--seed", type=click.IntRange(min=0), default=0, metavar="N", help="Another seed draws other numbers.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Use N processes; the results are the same. Default: as many as pay.",
)
@engine_options(
    "Who simulates orders that do not wait for one another: this machine, or the workers of a Dask cluster."
)
@click.option(
    "--set", "settings", multiple=True, callback=_settings, metavar="PATH=VALUE", help="Change a number of the profile."
)
@click.option("--without", type=click.Choice(simulate.LEFT_OUT), multiple=True, help="Leave out hands or calendars.")
@click.option("--between", multiple=True, metavar="A..B", help="Also measure from one trigger or state to another.")
@click.option(
    "--against", multiple=True, metavar="NAME", help="Compare with another profile, on the same random numbers."
)
@click.option(
    "--require", multiple=True, metavar="EXPR", help="What has to hold, as in `share(END) >= 0.9`. May be repeated."
)
@click.option(
    "--until-precise",
    "precise",
    type=options.Within(min=0, min_open=True, max=1),
    metavar="SHARE",
    help="Double the orders until the mean lead time is known within this share of it, as 0.01.",
)
@click.option(
    "--orders",
    "order_paths",
    multiple=True,
    metavar="PATH",
    help="Files of real orders: the share that is ready at the start is taken from them.",
)
@options.at_option
@options.encoding_option
@click.option("--exact", is_flag=True, help="Also compute what needs no sampling.")
@click.option("--inputs", "show_inputs", is_flag=True, help="List every number of the profile with its standing.")
@click.option(
    "--events",
    "events",
    multiple=True,
    callback=_events,
    metavar="FORMAT=PATH",
    help="Write the events that a client would see, as ndjson, csv, xes or ocel (OCEL 2.0, JSON). May be repeated.",
)
@click.option(
    "--paint",
    "paints",
    multiple=True,
    callback=_paints,
    metavar="FIGURE=PATH",
    help="Paint the state diagram with visits, time, waiting or p95; with --against, the difference. May be repeated.",
)
@known.finding_options()
@click.pass_obj
def command(
    streams: Streams,
    /,
    orders: tuple[str, ...],
    pack: tuple[str, ...],
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    order_paths: tuple[str, ...],
    show_inputs: bool,
    events: list[tuple[str, str]],
    paints: list[tuple[str, str]],
    format_: str,
    out: str | None,
    language: str,
    **asked: Any,  # the options that `simulate_pack` knows by the same name
) -> int:
    """
    Simulate many orders in time: how they end, how long they take, where time goes, who is busy.

    The numbers come from a profile of the pack. Every figure is sampled, with its 95 % interval; --exact adds the exact
    value where it can be computed, and says why where it cannot. Exit code 1 if a requirement is missed or not decided.
    """
    from covage_model.report.subjects import requirements, simulation

    not_counted = known.opened()
    cluster = asked_cluster(engine, scheduler, jobs)
    spec = opened(pack, streams, finished=True)
    variants = chosen(spec, *orders, unfollowed=True) if orders else ()
    counting = {"html", "json", "csv"} & {*options.formats(format_)}  # formats that show how long stays are
    stays = bool(counting) or any(paint == "p95" for paint, _ in paints)
    asked |= {"jobs": jobs, "cluster": cluster, "orders": order_paths, "stays": stays}
    with simulating(streams) as tick, _logs(events, streams) as logs:
        try:
            found = simulate.simulate_pack(spec, *variants, tick=tick, logs=logs, **asked)
        except simulate.CannotSimulate as error:
            raise click.UsageError(error.told(language)) from error
    for paint, path in paints:
        _paint(spec, found, paint, path, language, streams)
    page = partial(simulation_page.page_of, spec, found, language)
    missed = known.counted(not_counted, requirements.requirement_findings(found), requirements.identity_of)
    report = simulation.report(found, spec.spec, missed, language, show_inputs=show_inputs, page=page)
    return known.show(not_counted, [report], format_, out, streams)


def _paint(pack: Workspace, found: Simulation, paint: str, path: str, language: str, streams: Streams) -> None:
    """Writes the painted diagrams: one into a file, several into a folder."""
    subjects = painted.painted_subjects(pack, found)
    folder = picture_folder(len(subjects), path)
    form = (None if folder is not None else diagrams.form_of(path)) or "svg"
    try:
        pictures = [
            (each.subject.file(form), painted.picture(pack, found, each, paint, form=form, language=language))
            for each in subjects
        ]
    except (painted.CannotPaint, diagrams.CannotDraw) as error:
        raise click.ClickException(f"--paint {paint}: {error}") from error
    if folder is not None:
        output.write_files(pictures, folder)
    else:
        output.write_file(pictures[0][1], path, streams)


@contextmanager
def _logs(events: list[tuple[str, str]], streams: Streams) -> Iterator[list[simulate.EventLogFile]]:
    """The logs to write; their files appear when the simulation is done."""
    with ExitStack() as stack:
        yield [simulate.EventLogFile(form, stack.enter_context(output.lines(path, streams))) for form, path in events]
