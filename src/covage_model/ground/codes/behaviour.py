"""CM501 to CM507 and CM519: what a run of a lifecycle showed."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM501": Page(
        "an expectation does not hold",
        {
            "state": "the state is {found}, not {expected}",
            "variable": "{name:bare} is {found}, not {expected}",
            "emitted": "the events are {found:bare}, not {expected:bare}",
            "findings": "the findings are {found:bare}, not {expected:bare}",
        },
        "The scenario was played up to this step, and the expectation does not hold.",
    ),
    "CM502": Page(
        "a trigger was refused",
        {"refused": "{trigger:bare} was refused by {reasons:bare}"},
        "Each reason names what said no: the state, a variable, a field of the document, a rule.",
    ),
    "CM503": Page(
        "a trigger was not refused",
        {
            "accepted": "{trigger:bare} was accepted, and the scenario expects a refusal",
            "reason": "{trigger:bare} was refused by {found:bare}, not by {expected:bare}",
        },
        "A scenario may expect a refusal and name its reasons. Every name that it gives must be among the\nreasons.",
    ),
    "CM504": Page(
        "not decided",
        {"undecided": "whether {trigger:bare} is possible is not decided: {reasons:bare} could not be checked"},
        "A guard reads the account and none was given, or a part of it has findings. The run stops here:\n"
        "what was not looked at is never taken for granted.",
    ),
    "CM505": Page(
        "an impossible step",
        {
            "trigger": "there is no trigger {name}",
            "expected": "there is nothing called {name} to expect",
            "state": "there is no state {name} to expect",
            "final": "no state is final with the word {name}",
            "not-editable": "the document cannot be changed in the state {state:bare}",
            "choice": "the change would make it {found:bare}, not {expected:bare}",
            "no-document": "there is no document to change",
            "other-order": "the document is {found:bare}, not {expected:bare}",
            "choice-none": "the document fits no order: {found:bare}",
        },
        "The step names something that the lifecycle does not have, or changes what may not change in this\n"
        "state; or the document is of another order or variant than the one asked for.",
    ),
    "CM519": Page(
        "an expectation that nothing looks at",
        {
            "nothing": "the scenario expects nothing, so nothing can fail",
            "no-run": "{name} cannot be expected here: without steps a document is judged, and has findings alone",
            "findings": "`findings` cannot be expected of a run: they are of a document that is judged, without steps",
        },
        "A scenario with steps, or with `given: {order: …}`, is a run: a state, the word of a final state, variables\n"
        "and events can be expected of it. Without steps its document is judged, and `findings` can be expected.",
    ),
    "CM506": Page(
        "a scenario's file",
        {
            "outside": "{name} is outside the folder that the scenario may read",
            "unreadable": "{name} cannot be read: {detail:bare}",
            "several": "{name} holds {found} documents, and a scenario is about one",
        },
        "The documents and accounts of a scenario must be inside the pack's folder, or inside the scenario's\n"
        "own folder if the scenario is not part of the pack.",
    ),
    "CM507": Page(
        "a statement of a source that nothing shows",
        {
            "uncited": "nothing cites the statement {name:bare}",
            "unexercised": "{name:bare} is cited, and no scenario exercises what cites it",
        },
        "Each statement of a source is cited by a definition that a scenario exercises, or gives the reason\n"
        "why nothing can model it (`not_modelled`). A rule is exercised if its `when` was true; a transition\n"
        "if it fired or was refused; a field or a type if it decided a finding; an order and its variant if a\n"
        "document was judged as one; a state if it was entered; a variable if it changed or refused; an event\n"
        "if it was emitted. Properties do not count. `covage-model sources` shows what cites each statement.",
    ),
    "CM516": Page(
        "no order could be made",
        {
            "none": "no {role:bare} of {order:bare} without a finding was found for {status:bare}",
            "too-large": "no {role:bare} of {order:bare} was made for {status:bare}: "
            "it would hold more than {most:bare} values",
            "none-for-account": "no {role:bare} of {order:bare} for {status:bare} suits the account given",
        },
        "A search for a document that meets all requirements, prohibitions and rules of that status found\n"
        "none. Perhaps none exists: look for a rule that contradicts a requirement, a pattern that no text\n"
        "matches, or an account without a suitable entry. Or it is hard to find: add an example to the type's\n"
        "`examples`. A document that would have to be very large (`minItems`) is not made.",
    ),
    "CM517": Page(
        "a request that nobody may send",
        {"written-by": "{order:bare} is written by {by:bare} alone: there is no request to make"},
        "The order type says `written_by`. Ask for records of it (`--role record`), or for another order.",
    ),
    "CM518": Page(
        "a defect that cannot be made alone",
        {
            "place": "no order was made that is wrong in {defect:bare}: no valid {order:bare} was found to spoil so",
            "hidden": "no order was made that is wrong in {defect:bare}: in each {order:bare} tried something else was "
            "found instead ({lines:bare})",
            "nowhere": "no order was made that is wrong in {defect:bare}: it counts for no {order:bare} that anybody "
            "sends or gets",
            "coupled": "no {order:bare} was made that is wrong in {defect:bare} alone: {lines:bare} comes with it",
        },
        "`generate --defects` breaks each definition of the pack, one at a time. `place`: no valid order was\n"
        "found in which it applies. `hidden`: another finding comes first, for example because the order is\n"
        "no longer recognised. `coupled`: orders were made with all their findings listed, but a condition\n"
        "reads the broken field, so there is more than one. A definition that never fails alone may be\n"
        "redundant.",
    ),
}
