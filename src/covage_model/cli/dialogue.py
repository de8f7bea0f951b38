"""A dialogue about one order in its life: commands are read from a terminal or a script, and answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

from covage_model.api import begin, diagrams, walk
from covage_model.api.record_places import RecordPlaces
from covage_model.api.walk import Walk
from covage_model.api.workspace import Workspace
from covage_model.cli import output
from covage_model.cli.streams import Exit, Streams
from covage_model.ground import codes, escape
from covage_model.ground.classes import dataclass
from covage_model.ground.language import translated
from covage_model.ground.nearest import near_miss
from covage_model.report.blocks import Block, TextLine
from covage_model.report.formats import text
from covage_model.report.names import PackNames
from covage_model.report.subjects import step, why

if TYPE_CHECKING:
    from covage_model.report.masking import Mask

_LONGEST = 1 << 20  # bytes of a line that is read
_EDITS = ("fill", "edit")
_WORDS = ("fire", "why", "fill", "edit", "undo", "redo", "show", "place", "draw", "save", "help", "quit", "exit")


@dataclass(slots=True)
class Dialogue:
    """Reads commands from a terminal or a script, and holds the current state of the order; a mask hides its values."""

    streams: Streams
    pack: Workspace
    mask: Mask | None
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
                self._say("" if terminal else f"> {escape.terminal(self._echoed(line))}\n")
                yield line

    def _echoed(self, line: str) -> str:
        """A line of a script as it is shown."""
        word, _, rest = line.partition(" ")
        if self.mask is None or word not in _EDITS:
            return line
        return f"{word} {self.mask.patch(rest, self.walk.now.variant.name)}"

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
            case word if word in _EDITS:
                self._fill(rest)
            case "why":
                self._why(rest)
            case "place" if self.places is not None:
                self._place(rest, self.places)
            case "show":
                now = self.walk.now
                self._show(step.shown(now if self.mask is None else self.mask.session(now), self.names))
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
            finding = error.finding
            if self.mask is not None and finding is not None:
                (finding,) = self.mask.findings((finding,))
            self._fail(translated(error.told(finding), self.names.language))

    def _why(self, name: str) -> None:
        trigger = self._trigger(name)
        if trigger is not None:
            answer = self.walk.why(trigger, self.pack.tables)
            self._show(why.blocks(answer if self.mask is None else self.mask.answer(answer), self.names))

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
