"""The exact answers of a plan, variant by variant, and why there is none where there is none."""

from __future__ import annotations

from covage_model.behaviour.population.chances import NoExactAnswer
from covage_model.behaviour.population.exact.life import ExactLife
from covage_model.behaviour.population.simulate import Plan


def exact_answers(plan: Plan) -> tuple[dict[str, ExactLife], dict[str, str]]:
    """The exact answers by variant, and the reasons by variant where there is none."""
    lives: dict[str, ExactLife] = {}
    reasons: dict[str, str] = {}
    for variant, chances in zip(plan.kernel.variants, plan.kernel.chances, strict=True):
        working = {label.actor for label in chances.labels if label.works is not None}
        shared = [actor for actor in plan.crews if actor in working]
        if shared:
            reasons[variant] = f"work waits for the hands or the open hours of {', '.join(shared)}"
            continue
        try:
            lives[variant] = ExactLife(chances)
        except NoExactAnswer as error:
            reasons[variant] = str(error)
    return lives, reasons
