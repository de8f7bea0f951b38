"""The arrays of a kernel as lists, which a loop over single orders reads faster."""

from __future__ import annotations

from covage_model.behaviour.population.drawn import drawing
from covage_model.behaviour.population.kernel import Kernel
from covage_model.behaviour.population.walk import NEVER


class KernelLists:
    """
    The columns of the kernel of the same names.

    `first` are the numbers of the first options of the places, `thresholds` those of each place. `waits` and `works`
    draw a duration for each option; `uniform` says whether one of them needs a uniform number.
    """

    def __init__(self, kernel: Kernel) -> None:
        offsets, thresholds = kernel.offsets.tolist(), kernel.thresholds.tolist()
        self.first = offsets
        self.thresholds = [thresholds[offsets[p] : offsets[p + 1]] for p in range(kernel.places)]
        self.running = kernel.running.tolist()
        self.target, self.at, self.sets = kernel.target.tolist(), kernel.at.tolist(), kernel.sets.tolist()
        self.end, self.stops, self.contested = kernel.end.tolist(), kernel.stops.tolist(), kernel.contested.tolist()
        self.races = [list(map(int, race)) for race in kernel.races]
        known = {law: drawing(law) for each in kernel.happenings for law in (each.waits, each.works)}
        self.waits = [known[each.waits] for each in kernel.happenings]
        self.works = [known[each.works] for each in kernel.happenings]
        self.uniform = any(law is not None and law.kind not in ("fixed", "log-normal", "gamma") for law in known)
        self.marks = [(first.tolist(), last.tolist()) for first, last in kernel.marks]
        self.start_marks = [marks.tolist() for marks in kernel.start_marks]

    def rival(self, place: int, dates: list[int], time: int, chosen: int) -> tuple[int, int]:
        """The move of a timer that comes first in a place, other than the chosen one, and its date."""
        best, first = -1, NEVER
        for number, race in enumerate(self.races):
            rival = race[place]
            if rival >= 0 and rival != chosen:
                date = max(dates[number], time)
                if date < first or (date == first and rival < best):
                    best, first = rival, date
        return best, first
