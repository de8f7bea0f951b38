"""CM5xx: what a run of a lifecycle showed."""

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
        "The scenario was played up to here, and what it expects is not so.",
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
        "A scenario may expect a refusal and name what says no. Every name it gives must be among the reasons.",
    ),
    "CM504": Page(
        "not decided",
        {"undecided": "whether {trigger:bare} is possible is not decided: {reasons:bare} could not be checked"},
        "A guard reads the account and none was given, or a part of it has findings. The run stops here:\n"
        "what was not looked at is never taken for granted.",
    ),
    "CM505": Page(
        "a step that cannot be",
        {
            "trigger": "there is no trigger {name}",
            "expected": "there is nothing called {name} to expect",
            "not-editable": "the document cannot be changed in the state {state:bare}",
            "choice": "the change would make it {found:bare}, not {expected:bare}",
            "no-document": "there is no document to change",
            "other-order": "the document is {found:bare}, not {expected:bare}",
            "choice-none": "the document fits no order: {found:bare}",
        },
        "The step names something that the lifecycle does not have, or changes what may not change here; or the\n"
        "document is of another order or variant than the one that was asked for.",
    ),
    "CM506": Page(
        "a scenario's file",
        {
            "outside": "{name} is outside the folder that the scenario may read",
            "unreadable": "{name} cannot be read: {detail:bare}",
            "several": "{name} holds {found} documents, and a scenario is about one",
        },
        "Documents and accounts of a scenario lie inside the pack's folder, or inside the scenario's own\n"
        "folder if the scenario is given from outside the pack.",
    ),
    "CM507": Page(
        "a statement of a source that nothing shows",
        {
            "uncited": "nothing cites the statement {name:bare}",
            "unexercised": "{name:bare} is cited, and no scenario exercises what cites it",
        },
        "Each statement of a source is cited by a definition that a scenario exercises, or says why nothing can\n"
        "model it (`not_modelled`). A rule is exercised where its `when` was true, a transition where it fired or\n"
        "was refused, a field or a type where it decided a finding, an order and its variant where a document was\n"
        "judged as one, a state where it was entered, a variable where it changed or refused, an event where it\n"
        "was emitted. Properties are no part of a scenario. `covage-model sources` shows what cites each.",
    ),
    "CM516": Page(
        "no order could be made",
        {
            "none": "no {role:bare} of {order:bare} without a finding was found for {status:bare}",
            "too-large": "no {role:bare} of {order:bare} was made for {status:bare}: "
            "it would hold more than {most:bare} values",
            "none-for-account": "no {role:bare} of {order:bare} for {status:bare} suits the account given",
        },
        "What is required, forbidden and ruled for that status was tried to be met all at once, by search, and was\n"
        "not. Either nothing can meet it: look for a rule that contradicts a requirement, a pattern that nothing\n"
        "matches, an account that has nothing of the kind. Or it is hard to find: an example among the type's\n"
        "`examples` helps. A document that would have to be very large (`minItems`) is not made.",
    ),
    "CM517": Page(
        "a request that nobody may send",
        {"written-by": "{order:bare} is written by {by:bare} alone: there is no request to make"},
        "The order type says `written_by`. Ask for records of it (`--role record`), or for another order.",
    ),
    "CM518": Page(
        "a defect that stands in no order alone",
        {
            "place": "no order was made that is wrong in {defect:bare}: no valid {order:bare} was found to spoil so",
            "hidden": "no order was made that is wrong in {defect:bare}: in each {order:bare} tried something else was "
            "found instead ({lines:bare})",
            "nowhere": "no order was made that is wrong in {defect:bare}: it counts for no {order:bare} that anybody "
            "sends or gets",
            "coupled": "no {order:bare} was made that is wrong in {defect:bare} alone: {lines:bare} comes with it",
        },
        "`generate --defects` breaks each thing that the pack says, one at a time. `place`: no valid order was\n"
        "found that holds what is to be broken, or to which it applies. `hidden`: something else speaks first,\n"
        "as the choice of an order does. `coupled`: orders were made, and all that must be found in them is\n"
        "said; conditions read what is broken, so that more is wrong. A definition that never stands alone may\n"
        "be one that others say already.",
    ),
}
