"""`covage-model step`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import click

from covage_model.api import begin, diagrams
from covage_model.behaviour.run import session as stepping
from covage_model.behaviour.run.scenario_file import CannotSave
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.run.step import StepOutcome
from covage_model.behaviour.run.undo import UndoHistory
from covage_model.cli import shared
from covage_model.cli.variants import chosen
from covage_model.documents.judge.verdict import judge_of
from covage_model.ground import codes
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files import read
from covage_model.ground.nearest import near_miss
from covage_model.pack.model.pack import SpecPack
from covage_model.report import step_text, text, why_text

_LONGEST = 1 << 20  # bytes of a line that is read
_WORDS = ("fire", "why", "fill", "edit", "undo", "redo", "show", "draw", "save", "help", "quit", "exit")


@click.command("step")
@click.argument("order", metavar="ORDER[/VARIANT]")
@click.option("--document", "document", metavar="FILE", help="The order document to start with.")
@click.option("--example", is_flag=True, help="Start with a document and an account made for it.")
@shared.account_option
@shared.pack_option
@shared.language_option
@click.pass_obj
def command(
    streams: shared.Streams,
    order: str,
    document: str | None,
    example: bool,
    account: str | None,
    pack: tuple[str, ...],
    language: str,
) -> int:
    """
    Walk a lifecycle step by step: what is possible, what is refused and why, back and forth; `help` lists all.

    Commands are read from stdin, one a line, so that a script can be piped in; then the exit code is
    1 where one of them could not be done. Ctrl-D ends. Without a document, guards that read one stop.
    """
    if example and (document is not None or account is not None):
        raise click.UsageError("--example makes a document and an account: give no other")
    loaded = shared.load_sound(pack, streams)
    spec = cast("SpecPack", loaded.pack)  # a sound pack is one
    judge, names = judge_of(spec), chosen(spec, order)
    if example:
        if len(names) > 1:
            raise click.UsageError(f"which variant is meant? Name one of: {', '.join(names)}")
        session = begin.example(judge, names[0])
        if session is None:
            raise click.UsageError(f"no example of {names[0]} was found: start with --document FILE")
    else:
        if document == "-":
            raise click.UsageError("stdin says what to do: the document needs a file")
        begun = shared.begun(judge, names, document=document, account=account)
        streams.err.write(text.findings(begun.findings, language, begun.document))
        if begun.session is None:
            return max(shared.Exit.FOUND, shared.exit_for(begun.findings, strict=False))
        session = begun.session
    return _Table(streams, spec, why_text.speaker(spec.actors, language), UndoHistory(session)).sit()


@dataclass(slots=True)
class _Table:
    """Somebody at a terminal, or a script. The one thing here that changes."""

    streams: shared.Streams
    pack: SpecPack
    speaker: why_text.WhyNames
    walk: UndoHistory
    failed: bool = False

    def sit(self) -> int:
        """Commands taken until there are no more."""
        terminal = self._is_terminal()
        self._say(step_text.place(self.walk.now, self.speaker))
        for line in self._lines(terminal):
            if line.split(None, 1)[0] in ("quit", "exit"):
                break
            self._do(line)
        return shared.Exit.FOUND if self.failed and not terminal else shared.Exit.CLEAN

    def _is_terminal(self) -> bool:
        stdin = self.streams.stdin
        return stdin is not None and stdin.isatty()

    def _lines(self, terminal: bool) -> Iterator[str]:
        """Each line that says something; a script's are shown, as a terminal shows what is typed."""
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
                self._say("" if terminal else f"> {text.escaped(line)}\n")
                yield line

    def _say(self, told: str) -> None:
        self.streams.out.write(told)
        self.streams.out.flush()

    def _fail(self, told: str) -> None:
        self.failed = True
        self._say(f"{text.escaped(told)}\n")

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
            case "show":
                self._say(step_text.shown(self.walk.now, self.speaker))
            case "draw":
                self._draw(rest)
            case "save":
                self._save(rest)
            case "help" | "?":
                self._say(step_text.HELP)
            case "fire":
                self._fire(rest)
            case _:
                self._fire(line)

    def _turn(self, word: str) -> None:
        walk = self.walk.undone() if word == "undo" else self.walk.redone()
        if walk is None:
            self._fail(f"there is nothing to {word}")
        else:
            self._go(walk)

    def _go(self, walk: UndoHistory) -> None:
        self.walk = walk
        self._say(step_text.place(walk.now, self.speaker))

    def _trigger(self, name: str) -> str | None:
        """The trigger of that name, or of that number among those that are possible."""
        session = self.walk.now
        known = [transition.name for transition in session.lifecycle.transitions]
        possible = [step.trigger for step in session.attempts() if step.moved]
        if name in known:
            return name
        if name.isascii() and name.isdigit() and len(name) < 6:
            number = int(name)
            if 0 < number <= len(possible):
                return possible[number - 1]
            self._fail(f"there is no number {number}: {len(possible)} triggers are possible")
            return None
        near = near_miss(name, (*known, *_WORDS))
        self._fail(f"there is no trigger {codes.spelled(name)}; " + (f"did you mean {near!r}?" if near else "see help"))
        return None

    def _fire(self, name: str) -> None:
        trigger = self._trigger(name)
        if trigger is None:
            return
        moved = stepping.fire(self.walk.now, trigger)
        if isinstance(moved, Session):
            self._go(self.walk.on(moved))
        else:
            word = "refused" if moved.outcome is StepOutcome.REFUSED else "not decided"
            self._fail(f"{trigger} is {word}: `why {trigger}` says why")

    def _why(self, name: str) -> None:
        from covage_model.behaviour.why.why import answered

        trigger = self._trigger(name)
        if trigger is not None:
            self._say(why_text.answered(answered(self.walk.now, trigger), self.speaker))

    def _fill(self, said: str) -> None:
        documents, unread = read.read_documents(said.encode("utf-8", "replace"), "patch", format="json")
        if unread or len(documents) != 1:
            self._fail(f"that is no patch: {codes.message(unread[0])}; say: fill {{...}}")
            return
        moved = stepping.fill(self.walk.now, documents[0].data)
        if isinstance(moved, Diagnostic):
            self._fail(codes.message(moved))
        else:
            self._go(self.walk.on(moved))

    def _draw(self, path: str) -> None:
        from covage_model.behaviour.draw.formats import FORMATS

        ending = os.path.splitext(path)[1].lstrip(".").lower()
        form = {"mmd": "mermaid", "": "mermaid", "gv": "dot"}.get(ending, ending)
        if form not in FORMATS:
            self._fail(f"no picture is called {ending}; use one of: {', '.join(sorted(FORMATS))}")
            return
        subject = diagrams.subject_of(self.pack, self.walk.now.variant.name)
        try:
            drawn = diagrams.picture(self.pack, subject, form, self.speaker.language)
            shared.write(drawn, path or None, self.streams)
        except (diagrams.CannotDraw, click.UsageError) as error:
            self._fail(str(error))

    def _save(self, path: str) -> None:
        try:
            written = begin.save(self.walk.now, path)
        except FileExistsError as error:
            self._fail(f"{error.filename} is there already")
        except (CannotSave, OSError, ValueError) as error:
            self._fail(f"cannot save: {error}")
        else:
            self._say("".join(f"wrote {text.escaped(one)}\n" for one in written))
