"""What the sections of the page share: the simulation, its rows by name, and the language."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.behaviour.population.rows import ResultRow
from covage_model.behaviour.population.simulation import Simulation
from covage_model.ground.classes import dataclass
from covage_model.ground.language import tell
from covage_model.pack.model.text import say
from covage_model.report.simulated.names import SimulatedNames


@dataclass(frozen=True, slots=True)
class Shown:
    """A simulation in a language; `numbers` gives each chart a number of its own."""

    simulation: Simulation
    names: SimulatedNames
    language: str
    numbers: Iterator[int]

    @property
    def whole(self) -> str:
        """The variant whose rows are about all orders: "", or the only one."""
        variants = self.simulation.sampled.plan.kernel.variants
        return variants[0] if len(variants) == 1 else ""

    def rows(
        self, section: str, variant: str | None = None, name: str | None = None, figure: str | None = None
    ) -> list[ResultRow]:
        """The rows of a section; None is any."""
        wanted = (variant, name, figure)
        return [
            row
            for row in self.simulation.rows
            if row.section == section
            and all(
                asked is None or asked == given
                for asked, given in zip(wanted, (row.variant, row.name, row.figure), strict=True)
            )
        ]

    def grouped(self, section: str) -> dict[tuple[str, str], dict[str, ResultRow]]:
        """The rows of a section by figure, for each variant and name."""
        found: dict[tuple[str, str], dict[str, ResultRow]] = {}
        for row in self.rows(section):
            found.setdefault((row.variant, row.name), {})[row.figure] = row
        return found

    @property
    def profile_title(self) -> str:
        """The title of the profile that was simulated, and what was changed in it."""
        profile = self.simulation.profile
        changed = (f"{path} = {value}" for path, value in self.simulation.settings.items())
        return ", ".join([say(profile.title, self.language, otherwise=profile.name), *changed])

    @property
    def other_title(self) -> str:
        """The title of the profile compared with; "" if there is none."""
        other = self.simulation.other
        return "" if other is None else say(other.plan.profile.title, self.language, otherwise=other.plan.profile.name)

    def heads(self, *words: str) -> list[str]:
        """The heads of the columns for these words."""
        return [self.tell({"p50": "Median"}.get(word, word[:1].upper() + word[1:])) for word in words]

    def tell(self, template: str, **values: object) -> str:
        """A sentence in the language."""
        return tell(template, self.language, **values)
