"""CM321 to CM324: what the numbers of a profile mean."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM321": Page(
        "a weight that never counts",
        {
            "never": "{name} can never happen where this weight applies",
            "unread": "the weight of {name} tests what no guard and no property of a lifecycle tests",
            "timer": "{name} never happens: nothing starts its timer {timer} before",
        },
        "A weight counts where its transition can happen, or is tried (`tries: true`), and no weight of it that is\n"
        "listed before it applies. Remove the weight, or correct its condition. A condition can test the state,\n"
        "variables, and those tests of the document and the account that a guard or a property makes too. A\n"
        "transition with `at` has no weight: it happens when its timer ends, which a transition in `from` starts.",
    ),
    "CM322": Page(
        "time stops",
        {
            "stops": "with the profile {profile}, nothing ever happens in {state}{variants:in}",
            "endless": "with the profile {profile}, no order in {state} ever reaches an end{variants:in}",
        },
        "The transitions that could happen there have the weight 0, wait for a timer that nothing has started, or\n"
        "are refused for ever. Give one of them a weight. If documents are not ready, `edit` needs a weight too.",
    ),
    "CM323": Page(
        "weights that sum to nothing",
        {"mix": "every share of the mix is zero"},
        "`mix` says how often each order arrives, relative to the others. Give one of them a share.",
    ),
    "CM324": Page(
        "never open",
        {"never": "the calendar {calendar} is never open"},
        "Work on orders, and their arrival, go on in the open hours of a calendar only. Give it hours.",
    ),
}
