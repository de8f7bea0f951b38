"""How often a move is chosen, relative to the others that are possible."""

from __future__ import annotations

from covage_model.behaviour.space.space import StateSpace
from covage_model.pack.model.profile import EDIT, Profile, WeightCase


class Weights:
    """
    The weight of each trigger in each configuration of a table.

    `unread` are the weights whose condition tests what the table does not know: they never apply.
    """

    def __init__(self, space: StateSpace, profile: Profile) -> None:
        self._space = space
        self._cases = {timing.name: timing.weights for timing in profile.timings}
        self._edit = 0.0 if profile.edit_ready is None and profile.start_ready is None else 1.0
        self.unread: list[WeightCase] = []

    def case(self, trigger: str, number: int) -> WeightCase | None:
        """The first weight that applies there; None if none is given, or none applies."""
        return next((case for case in self._cases.get(trigger, ()) if self.applies(case, number)), None)

    def of(self, trigger: str, number: int) -> float:
        """The weight there: 1 if none is given (0 for edits without `documents`), 0 if none applies."""
        cases = self._cases.get(trigger, ())
        if not cases:
            return self._edit if trigger == EDIT else 1.0
        applied = self.case(trigger, number)
        return 0.0 if applied is None else applied.value

    def applies(self, case: WeightCase, number: int) -> bool:
        """Whether the condition of a weight holds in a configuration."""
        if case.when is None:
            return True
        condition = dict(case.when).get(self._space.lifecycle.name)
        if condition is None:
            return False
        try:
            return self._space.holds(number, condition)
        except KeyError:
            if case not in self.unread:
                self.unread.append(case)
            return False
