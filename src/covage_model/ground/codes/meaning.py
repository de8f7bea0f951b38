"""CM3xx: a pack whose words are right and whose meaning is not."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

_WHERE = " ({file:bare}, line {line})"
PAGES = {
    "CM301": Page(
        "overlapping choice",
        {
            "overlap": "a document with {example:pairs} is both {first:bare}" + _WHERE + " and {name:bare}",
            "no-match": "the {kind:bare} {name:bare} matches every document",
        },
        "`match` alone decides of which order type, and of which variant, a document is. If two can match the\n"
        "same document, the choice is ambiguous: test in both a path that distinguishes them.",
    ),
    "CM302": Page(
        "unreachable state",
        {
            "no-way": "no order ever comes to the state {state:bare}: no transition leads there",
            "guarded": "no order ever comes to the state {state:bare}: from {sources:bare} no guard lets it pass",
            "unreached": "no order ever comes to the state {state:bare}: transitions lead there from {sources:bare} "
            "alone, and no order comes there either",
        },
        "The state space of every order and variant that follows the lifecycle was explored, guards included.\n"
        "No reachable configuration is in this state.",
    ),
    "CM303": Page(
        "dead end",
        {
            "dead-end": "an order can get stuck in the state {state:bare}, after: {trace:bare}",
            "dead-end-if": "an order can get stuck in the state {state:bare}, after: {trace:bare}; where {atoms:bare}",
        },
        "No transition is possible, and the state is not final. `dead-end-if`: only for documents or accounts\n"
        "for which the named conditions hold; whether such a document exists is not decided.",
    ),
    "CM304": Page(
        "no way to an end",
        {
            "no-end": "from the state {state:bare} no order comes to an end, after: {trace:bare}",
            "no-end-if": "from the state {state:bare} no order comes to an end, after: {trace:bare}; where "
            "{atoms:bare}",
        },
        "Transitions stay possible, but no final state can be reached any more.",
    ),
    "CM305": Page(
        "two outcomes at once",
        {
            "both": "{trigger:bare} has two cases enabled at once" + _WHERE + ", after: {trace:bare}",
            "both-if": "{trigger:bare} has two cases enabled at once"
            + _WHERE
            + ", after: {trace:bare}; where {atoms:bare}",
        },
        "At most one case of a trigger may be enabled in a reachable configuration; otherwise the outcome of\n"
        "the trigger is ambiguous. Make the guards exclude each other.",
    ),
    "CM306": Page(
        "contradictory presence",
        {
            "both": "{path:bare} is forbidden{statuses:in}, where it is required" + _WHERE,
            "match": "{path:bare} is forbidden{statuses:in}, and the choice needs it" + _WHERE,
            "status": "{path:bare} is forbidden{statuses:in}, and a record shows its status there" + _WHERE,
            "same-when": "{path:bare} is forbidden{statuses:in} under the condition that requires it" + _WHERE,
            "read-only": "{path:bare} is read-only, and a request is chosen by it" + _WHERE,
        },
        "For some status and role, no document can satisfy both. Nothing is overridden: change one of them.",
    ),
    "CM307": Page(
        "contradictory values",
        {
            "types": "{path:bare} is {value:bare} and {against:bare}" + _WHERE + ": no value is both",
            "bounds": "{path:bare}: {keyword:bare} {value:bare} and {other:bare} {against:bare}"
            + _WHERE
            + " leave no value",
            "formats": "{path:bare} is a {value:bare} and a {against:bare}" + _WHERE + ": no text is both",
            "patterns": "{path:bare}: no text matches {value:bare} and {against:bare}" + _WHERE,
            "values": "{path:bare}: {keyword:bare} {value:bare} and {other:bare} {against:bare}"
            + _WHERE
            + " share no value",
            "lengths": "{path:bare}: no text has {keyword:bare} {value:bare} and {other:bare} {against:bare}" + _WHERE,
            "no-integer": "{path:bare}: no whole number lies between {other:bare} {against:bare}"
            + _WHERE
            + " and {keyword:bare} {value:bare}",
            "no-value": "{path:bare}: none of {value:bare} is possible with all else that is said",
            "member": "{path:bare} can never be {found}, for its {other:bare} is {against:bare}" + _WHERE,
            "match-list": "{path:bare} crosses the list {at:bare}: no document can be chosen by it",
            "example": "the example {found} of {path:bare} is against its {keyword:bare} {against:bare}" + _WHERE,
            "default": "the default {found} of {path:bare} is against its {keyword:bare} {against:bare}" + _WHERE,
        },
        "All definitions of a field apply together: those of its type, of included types, of the order and of\n"
        "the variant. If they contradict each other, no value is legal. Examples and defaults must be legal\n"
        "too.",
    ),
    "CM308": Page(
        "a condition that never, or always, holds",
        {
            "value": "{path:bare} is never {value}: its {keyword:bare} is {against:bare}" + _WHERE,
            "kind": "{path:bare} is never what {test:bare} asks for: its {keyword:bare} is {against:bare}" + _WHERE,
            "test": "{test:bare} {value:bare} never holds of {path:bare}: its {keyword:bare} is {against:bare}"
            + _WHERE,
            "always": "{path:bare} is always {value:bare} here: the order was chosen by it",
            "there": "{path:bare} is always there: the order was chosen by it",
            "together": "{path:bare}: no value passes {test:bare} {value:bare} and {other:bare} {against:bare}"
            + _WHERE,
            "variant": "no order or variant that follows this lifecycle is called {value}",
            "variable": "no value of {name:bare} ({legal:bare}) satisfies this test",
        },
        "The condition is constant: what depends on it never applies, or always does.",
    ),
    "CM311": Page(
        "not everything was examined",
        {
            "places": "{name:bare} has more than {limit} places: it was not looked into",
            "limit": "{name:bare} has more than {limit} configurations: the rest was not explored",
            "depth": "{name:bare} rests on too many definitions to be followed",
        },
        "The pack is larger than what `check` examines, and what was not examined is not called sound. Too\n"
        "many fields are an error; a state space that was not explored completely is a warning.",
    ),
    "CM312": Page(
        "a status that cannot be shown",
        {
            "undeclared": "{order:bare} says nothing of {path:bare}, where the lifecycle {lifecycle:bare} shows its "
            "status",
            "crosses": "{path:bare}, where the lifecycle {lifecycle:bare} shows its status, crosses the list {at:bare}",
            "kind": "{path:bare} is {value:bare}, and a status is a text",
            "refuses": "{path:bare} can never show {statuses:bare}: its {keyword:bare} is {value:bare}",
        },
        "The lifecycle's `status` names the field that shows the state: a text, in no list, whose type allows\n"
        "every status of the lifecycle.",
    ),
    "CM313": Page(
        "a guard that reads what no document holds there",
        {
            "read-only": "{name:bare} reads {path:bare}, which is read-only" + _WHERE + ": no request holds it",
            "forbidden": "{name:bare} reads {path:bare}, which is forbidden" + _WHERE + " where it is read: in "
            "{statuses:bare}",
            "ready": "the document is never ready for {status:bare} where {name:bare} asks, in {statuses:bare}: "
            "{path:bare} is required there, and forbidden here" + _WHERE,
        },
        "A guard is evaluated on the document as a request, with its account, in the states in which its\n"
        "value matters. In none of these states, for none of the orders and variants that follow the\n"
        "lifecycle, may a valid document hold the field. What the platform learns on the way is a variable,\n"
        "not a field. This is an error in a guard and a warning in a property.",
    ),
    "CM314": Page(
        "a requirement that cannot be met in time",
        {
            "late": "{path:bare} is required in {statuses:bare}, and nobody can fill it in by then: it is forbidden"
            + _WHERE
            + " in {barred:bare}",
        },
        "An operator can fill in a field at the start, or in a state that is `editable`, where the status\n"
        "does not forbid it; the value stays through statuses that do not forbid it. No such path leads to\n"
        "the status that requires the field. Fields required under a condition, or inside an optional object\n"
        "or list, are not examined.",
    ),
    "CM316": Page(
        "a pattern on which other engines may hang",
        {
            "exponential": "the pattern {pattern:bare} may take a backtracking engine time that doubles with each "
            "character",
        },
        "This tool matches in linear time. Most regular expression engines try every way to read a text, and a\n"
        "loop that can read one text in two ways, as ^(a+)+$, makes these ways double with each character: a\n"
        "short text that almost matches then hangs a form, or a validator that uses the printed schema. Write the\n"
        "pattern so that each text is read in one way, here ^a+$.",
    ),
    "CM315": Page(
        "a path that does not test readiness",
        {
            "around": "{trigger:bare} leads to {status:bare}, which requires {paths:bare}, and nothing asks whether "
            "the document is ready",
        },
        "Another guard of the lifecycle tests `document: STATUS`. This path to the status does not, so orders\n"
        "may arrive whose document lacks what the status requires. Add the test to this path too.",
    ),
}
