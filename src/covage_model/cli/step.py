"""`covage-model step`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from covage_model.api import begin, diagrams, record_places, walk
from covage_model.api.record_places import RecordPlaces
from covage_model.api.walk import Walk
from covage_model.api.workspace import Workspace
from covage_model.cli import options, output
from covage_model.cli.packs import begun, chosen, opened
from covage_model.cli.streams import Exit, Streams
from covage_model.ground import codes, escape
from covage_model.ground.classes import dataclass
from covage_model.ground.language import translated
from covage_model.ground.nearest import near_miss
from covage_model.report.blocks import Block, TextLine
from covage_model.report.formats import text
from covage_model.report.names import PackNames, pack_names
from covage_model.report.subjects import record_places as of_record
from covage_model.report.subjects import step, why

if TYPE_CHECKING:
    from covage_model.api.begin import Session

_LONGEST = 1 << 20  # bytes of a line that is read
_WORDS = ("fire", "why", "fill", "edit", "undo", "redo", "show", "place", "draw", "save", "help", "quit", "exit")


@click.command("step")
@click.argument("order", metavar="[ORDER[/VARIANT]]", required=False)
@options.record_option
@click.option("--document", "document", metavar="FILE", help="The order document to start with.")
@click.option("--example", is_flag=True, help="Start with a generated document and account.")
@options.at_option
@options.encoding_option
@options.account_option
@options.pack_option
@options.language_option
@click.pass_obj
def command(
    streams: Streams,
    /,
    order: str | None,
    record: str | None,
    document: str | None,
    example: bool,
    pack: tuple[str, ...],
    language: str,
    **read: Any,  # how the order is read: account, at, encoding
) -> int:
    """
    Simulate a lifecycle step by step: fire triggers, see which are refused and why, undo; `help` lists commands.

    Commands are read from stdin, one per line, so a script can be piped in; its exit code is 1 if a command
    failed. Ctrl-D ends. Without a document, triggers whose guards read one are not decided.

    With --record, the walk begins in the first place that can show it; `place N` goes to another.
    """
    _refuse_what_does_not_go_together(order, record, document, read["account"], example=example)
    spec = opened(pack, streams)
    if record is not None:
        return _from_record(streams, spec, record, read, language)
    variants = chosen(spec, order, unfollowed=True)
    if example:
        session = _example(spec, variants)
    else:
        started = begun(spec, variants, document=document, **read)
        streams.err.write(text.findings(started.findings, language, started.document))
        if started.session is None:
            return max(Exit.FOUND, output.exit_for(started.findings))
        session = started.session
    names = pack_names(spec.spec, session.lifecycle, language)
    return _Dialogue(streams, spec, names, walk.start(session)).run()


def _refuse_what_does_not_go_together(
    order: str | None, record: str | None, document: str | None, account: tuple[str, ...], *, example: bool
) -> None:
    """Raises a usage error for options that exclude one another."""
    if (order is None) is (record is None):
        raise click.UsageError("give ORDER[/VARIANT], or --record FILE")
    if record is not None and (example or document is not None):
        raise click.UsageError("--record is the document: remove --document and --example")
    if example and (document is not None or account):
        raise click.UsageError("--example generates a document and an account: remove --document and --account")
    if "-" in (document, record, *account):
        what = "account" if "-" in account else "document"
        raise click.UsageError(f"stdin has the commands: give the {what} as a file")


def _example(spec: Workspace, variants: list[str]) -> Session:
    """An order of the one variant, with a generated document and account."""
    if len(variants) > 1:
        raise click.UsageError(f"which variant is meant? Name one of: {', '.join(variants)}")
    session = begin.example(spec.judge, variants[0])
    if session is None:
        raise click.UsageError(f"no example of {variants[0]} was found: start with --document FILE")
    return session


def _from_record(streams: Streams, spec: Workspace, record: str, read: dict[str, Any], language: str) -> int:
    """A walk that begins where an order may be that shows the record."""
    places, started = record_places.read(spec, record, **read)
    streams.err.write(text.findings(started.findings, language, started.document))
    if places is None:
        return max(Exit.FOUND, output.exit_for(started.findings))
    names = pack_names(spec.spec, places.space.lifecycle, language)
    streams.out.write(text.text(of_record.blocks(places, names)))
    if not places.places:
        return Exit.FOUND
    return _Dialogue(streams, spec, names, walk.start(places.session(0)), places).run()


@dataclass(slots=True)
class _Dialogue:
    """Reads commands from a terminal or a script, and holds the current state of the order."""

    streams: Streams
    pack: Workspace
    names: PackNames
    walk: Walk
    places: RecordPlaces | None = None
    failed: bool = False

    def run(self) -> int:
        """Carry out commands to the end of stdin; the exit code."""
        terminal = self._is_terminal()
        self._show(step.place(self.walk.now, self.names))
        for line in self._lines(terminal):
            if line.split(None, 1)[0] in ("quit", "exit"):
                break
            self._do(line)
        return Exit.FOUND if self.failed and not terminal else Exit.CLEAN

    def _is_terminal(self) -> bool:
        stdin = self.streams.stdin
        return stdin is not None and stdin.isatty()

    def _lines(self, terminal: bool) -> Iterator[str]:
        """The lines that are not blank or comments. Lines of a script are echoed, as a terminal echoes input."""
        while True:
            if terminal:
                self._say("> ")
            try:
                read = self.streams.stdin.readline(_LONGEST) if self.streams.stdin is not None else b""
            except KeyboardInterrupt:
                read = b""
            if not read:
                self._say("\n" if terminal else "")
                return
            line = read.decode("utf-8", "replace").strip()
            if line and not line.startswith("#"):
                self._say("" if terminal else f"> {escape.plain(line)}\n")
                yield line

    def _say(self, shown: str) -> None:
        self.streams.out.write(shown)
        self.streams.out.flush()

    def _show(self, blocks: Iterable[Block]) -> None:
        self._say(text.text(blocks))

    def _fail(self, reason: str) -> None:
        self.failed = True
        self._show([TextLine(reason)])

    def _do(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        match word:
            case "undo" | "redo":
                self._turn(word)
            case "fill" | "edit":
                self._fill(rest)
            case "why":
                self._why(rest)
            case "place" if self.places is not None:
                self._place(rest, self.places)
            case "show":
                self._show(step.shown(self.walk.now, self.names))
            case "draw":
                self._draw(rest)
            case "save":
                self._save(rest)
            case "help" | "?":
                self._say(step.help_text(self.names))
            case "fire":
                self._fire(rest)
            case _:
                self._fire(line)

    def _turn(self, word: str) -> None:
        moved = self.walk.undone() if word == "undo" else self.walk.redone()
        if moved is None:
            self._fail(self.names.tell(f"there is nothing to {word}"))
        else:
            self._go(moved)

    def _place(self, number: str, places: RecordPlaces) -> None:
        count = len(places.places)
        if not (number.isascii() and number.isdigit() and len(number) < 6 and 0 < int(number) <= count):
            self._fail(self.names.tell("type place and a number from 1 to {count}", count=count))
        else:
            self._go(self.walk.placed(places.session(int(number) - 1)))

    def _go(self, moved: Walk) -> None:
        self.walk = moved
        self._show(step.place(moved.now, self.names))

    def _trigger(self, name: str) -> str | None:
        """The trigger with this name, or with this number in the list of enabled triggers."""
        known, possible = self.walk.triggers(), self.walk.possible()
        if name in known:
            return name
        outcomes = self.walk.outcomes(name)
        if outcomes:
            here = [each for each in outcomes if each in possible]
            if len(here) == 1:
                return here[0]
            self._fail(f"{name} has several outcomes; type one of: {', '.join(here or outcomes)}")
            return None
        if name.isascii() and name.isdigit() and len(name) < 6:
            number = int(name)
            if 0 < number <= len(possible):
                return possible[number - 1]
            self._fail(
                self.names.tell(
                    "there is no number {number}: {count} triggers are possible", number=number, count=len(possible)
                )
            )
            return None
        near = near_miss(name, (*known, *_WORDS))
        hint = translated(f"did you mean {near!r}?" if near else "see help", self.names.language)
        spelled = codes.spelled(name, lang=self.names.language)
        self._fail(self.names.tell("there is no trigger {name}; {hint}", name=spelled, hint=hint))
        return None

    def _fire(self, name: str) -> None:
        trigger = self._trigger(name)
        if trigger is not None:
            self._try(lambda: self.walk.fired(trigger))

    def _fill(self, patch: str) -> None:
        self._try(lambda: self.walk.filled(patch))

    def _try(self, move: Callable[[], Walk]) -> None:
        try:
            self._go(move())
        except walk.NotDone as error:
            self._fail(translated(str(error), self.names.language))

    def _why(self, name: str) -> None:
        trigger = self._trigger(name)
        if trigger is not None:
            self._show(why.blocks(self.walk.why(trigger, self.pack.tables), self.names))

    def _draw(self, path: str) -> None:
        form = diagrams.form_of(path)
        if form is None:
            ending = path.rpartition(".")[2]
            forms = ", ".join(sorted(diagrams.forms()))
            self._fail(
                self.names.tell("no picture format is called {name}; use one of: {forms}", name=ending, forms=forms)
            )
            return
        subject = diagrams.subject_of(self.pack.spec, self.walk.now.variant.name)
        try:
            drawn = diagrams.picture(self.pack, subject, form, self.names.language)
            output.write_file(drawn, path or None, self.streams)
        except (diagrams.CannotDraw, click.ClickException) as error:
            self._fail(translated(str(error), self.names.language))

    def _save(self, path: str) -> None:
        try:
            written = begin.save(self.walk.now, path)
        except FileExistsError as error:
            self._fail(self.names.tell("{name} is there already", name=error.filename))
        except (walk.CannotSave, OSError, ValueError) as error:
            self._fail(self.names.tell("cannot save: {why:words}", why=str(error)))
        else:
            self._show(TextLine(self.names.tell("wrote {path}", path=path)) for path in written)
