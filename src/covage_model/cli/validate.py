"""`covage-model validate`."""

from __future__ import annotations

import click

from covage_model.api import orders
from covage_model.cli import shared
from covage_model.documents.presence.role import Role


@click.command("validate")
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@shared.pack_option
@shared.state_option
@click.option(
    "--role", type=click.Choice(["request", "record", "auto"]), default="auto", help="Who wrote the documents."
)
@shared.account_option
@shared.strict_option
@click.option("--stdin-filename", default="-", metavar="NAME", help="What to call the document read from -.")
@shared.save_coverage_option
@shared.format_option("text", "json")
@shared.out_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    files: tuple[str, ...],
    pack: tuple[str, ...],
    state: str | None,
    role: str,
    account: str | None,
    strict: bool,
    stdin_filename: str,
    save_coverage: str | None,
    format_: str,
    out: str | None,
    language: str,
) -> int:
    """
    Judge order files: JSON, YAML, NDJSON, folders, or - for stdin.

    Every finding is shown at its line, with what was found, what to type, and the spec line and
    source that say so. A document that shows it was written by the platform is judged as a record.
    """
    judge = shared.judge(pack, streams)
    if state is not None:
        shared.check_status(judge, state)
    given, account_findings = orders.read_account(account, judge) if account is not None else (None, ())
    request = orders.Request(None if role == "auto" else Role(role), state, given)
    stdin = streams.stdin.read() if "-" in files and streams.stdin is not None else b""
    judged = list(orders.judge_files(files, judge, request, stdin=stdin, stdin_name=stdin_filename))
    if account_findings:
        judged.insert(0, orders.JudgedDocument(account or "", account_findings))
    if format_ == "json":
        from covage_model.report import data

        shared.write(shared.as_json(data.judged(judged, judge, language)), out, streams)
    else:
        from covage_model.report import text

        shared.write(text.judged(judged, language), out, streams)
    if save_coverage is not None:
        shared.save_coverage(judge, (one.verdict for one in judged), save_coverage, streams)
    return shared.exit_for((finding for one in judged for finding in one.findings), strict=strict)
