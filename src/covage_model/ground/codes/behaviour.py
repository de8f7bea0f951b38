"""CM501 to CM507, CM516 to CM519: findings about scenarios, citations and generated orders."""

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
        "The scenario was played up to this step, and the result differs from its `expect`. Correct the scenario,\n"
        "or the spec.",
    ),
    "CM502": Page(
        "a trigger was refused",
        {"refused": "{trigger:bare} was refused by {reasons:bare}"},
        "Each reason names a part of the guard that does not hold: the state, a variable, a field of the document\n"
        "or a rule. `covage-model why` explains it.",
    ),
    "CM503": Page(
        "a trigger was not refused",
        {
            "accepted": "{trigger:bare} was accepted, but the scenario expects a refusal",
            "reason": "{trigger:bare} was refused by {found:bare}, not by {expected:bare}",
        },
        "A scenario may expect a refusal and name its reasons. Each reason that it names must be among the reasons\n"
        "of the refusal.",
    ),
    "CM504": Page(
        "not decided",
        {
            "undecided": "whether {trigger:bare} is enabled is not decided: {reasons:bare} could not be checked",
            "outcomes": "{trigger:bare} has several outcomes that are possible here: {reasons:bare}",
        },
        "A guard reads the account, but no account was given or the part that is read has findings. The run stops\n"
        "here: a guard that was not checked never counts as true.\n"
        "`outcomes`: the step names a trigger alone, and more than one of its outcomes may be next. Nobody chooses\n"
        "for you.",
    ),
    "CM505": Page(
        "an impossible step",
        {
            "trigger": "there is no trigger {name}",
            "expected": "there is no variable or condition {name} to expect",
            "value": "{name:bare} is never {value}, so it cannot be expected",
            "event": "there is no event {name} to expect",
            "state": "there is no state {name} to expect",
            "final": "no state is final with the word {name}",
            "not-editable": "the document cannot be changed in the state {state:bare}",
            "choice": "the change would make the document {found:bare}, not {expected:bare}",
            "no-document": "there is no document to change",
            "other-order": "the document is {found:bare}, not {expected:bare}",
            "choice-none": "the document matches no order: {found:bare}",
        },
        "The step names something that the lifecycle does not define, or changes the document in a state that is\n"
        "not `editable`, or the document is of another order or variant than the scenario says.",
    ),
    "CM519": Page(
        "an expectation that cannot be checked",
        {
            "nothing": "the scenario expects nothing, so it cannot fail",
            "no-run": "{name} cannot be expected without steps: the document is judged, and has only findings",
            "findings": "`findings` cannot be expected of a run: only a scenario without steps judges its document",
        },
        "A scenario with steps, or with `given: {order: …}`, is a run. It can expect a state, the word of a final\n"
        "state, variables and events. A scenario without steps judges its document and can expect `findings`.",
    ),
    "CM506": Page(
        "a file that cannot be used",
        {
            "outside": "{name} is outside the folder from which the scenario may read",
            "unreadable": "{name} cannot be read: {detail:bare}",
            "several": "{name} holds more than one document, where one is expected",
        },
        "The documents and accounts of a scenario must be in the pack's folder, or in the scenario's own folder if\n"
        "the scenario is not part of the pack. Each file holds one document.",
    ),
    "CM507": Page(
        "a statement of a source that no scenario exercises",
        {
            "uncited": "no definition cites the statement {name:bare}",
            "unexercised": "no scenario exercises a definition that cites {name:bare}",
            "no-statement": "the sources of the pack {pack:bare} have no statement",
        },
        "Each statement of a source needs a definition that cites it and that a scenario exercises, or the reason\n"
        "why it is not modelled (`not_modelled`). A scenario exercises a rule if its `when` was true; a transition if\n"
        "it fired or was refused; a field or a type if it decided a finding; an order and its variant if a document\n"
        "was judged as one; a state if it was entered; a variable if it changed or caused a refusal; an event if it\n"
        "was emitted. Properties do not count. `covage-model sources` shows what cites each statement.",
    ),
    "CM516": Page(
        "no order could be generated",
        {
            "none": "no valid {role:bare} of {order:bare} was found for {status:bare}",
            "no-order": "the pack {pack:bare} has no order",
            "too-large": "no {role:bare} of {order:bare} was generated for {status:bare}: "
            "it would hold more than {most:bare} values",
            "spent": "{order:bare} has fewer orders than asked for: no further value of {paths:bare} was found"
            " for {status:bare}",
            "none-for-account": "no valid {role:bare} of {order:bare} for {status:bare} was found with this account",
        },
        "The search found no document that satisfies all requirements, prohibitions and rules of this status. If\n"
        "none exists, a rule may contradict a requirement, a pattern may match no text, or the account may lack a\n"
        "suitable entry. If one exists but is hard to find, add a value to the `examples` of the type. A document\n"
        "that must be very large (`minItems`) is not generated. No two orders have the same value at a path that is\n"
        "`unique`: where such values run out, there are no more orders.",
    ),
    "CM517": Page(
        "a request of an order that cannot be requested",
        {"written-by": "only {by:bare} writes {order:bare}: it has no requests"},
        "The order type has `written_by`. Generate records of it (`--role record`), or name another order.",
    ),
    "CM518": Page(
        "a defect that no order has alone",
        {
            "place": "no order was found that breaks {defect:bare}: no valid {order:bare} to break was found",
            "hidden": "no order was found that breaks {defect:bare}: each {order:bare} tried has other findings "
            "instead ({lines:bare})",
            "nowhere": "no order can break {defect:bare}: it applies to no request and no record of {order:bare}",
            "coupled": "no {order:bare} was found that breaks {defect:bare} alone: each one breaks {lines:bare} too",
        },
        "`generate --defects` makes orders that each break one definition of the pack. This definition could not be\n"
        "broken alone. `place`: no valid order was found to which it applies. `hidden`: the broken orders have other\n"
        "findings instead, for example because they no longer match their order type. `nowhere`: no document is\n"
        "judged by it. `coupled`: orders were made, but each has more than one finding (all are listed), for example\n"
        "because a condition reads the broken field. A definition that never fails alone may be redundant.",
    ),
    "CM541": Page(
        "a requirement is missed",
        {"missed": "the requirement {requirement} is missed: {value:figure}"},
        "`simulate --require` asks for a share, a mean or a percentile. The whole 95 % interval of the sampled figure\n"
        "lies on the wrong side of the limit. Change the profile, the lifecycle, or the requirement.",
    ),
    "CM542": Page(
        "a requirement is not decided",
        {
            "open": "the requirement {requirement} is not decided: {value:figure}",
            "too-few": "the requirement {requirement} is not decided, for lack of orders: {value:figure}",
        },
        "The limit of `simulate --require` lies within the 95 % interval of the sampled figure, or so few orders\n"
        "count that there is no interval. Simulate more orders (`--count`, `--until`), or `--until-precise`.",
    ),
}
