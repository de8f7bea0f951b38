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
        "Each document is one order type, and one variant of it, told by `match` alone. Where two could\n"
        "match the same document, nobody can say which it is: test in both a path that tells them apart.",
    ),
    "CM302": Page(
        "unreachable state",
        {
            "no-way": "no order ever comes to the state {state:bare}: no transition leads there",
            "guarded": "no order ever comes to the state {state:bare}: from {sources:bare} no guard lets it pass",
            "unreached": "no order ever comes to the state {state:bare}: transitions lead there from {sources:bare} "
            "alone, and no order comes there either",
        },
        "The state space of every order and variant that follows the lifecycle was explored, guards\n"
        "included, and none rests there.",
    ),
    "CM303": Page(
        "dead end",
        {
            "dead-end": "an order can get stuck in the state {state:bare}, after: {trace:bare}",
            "dead-end-if": "an order can get stuck in the state {state:bare}, after: {trace:bare}; where {atoms:bare}",
        },
        "Nothing can happen any more, and the state is not final. `dead-end-if`: only with documents or\n"
        "accounts of which the tests named are so; whether such a one exists is not decided.",
    ),
    "CM304": Page(
        "no way to an end",
        {
            "no-end": "from the state {state:bare} no order comes to an end, after: {trace:bare}",
            "no-end-if": "from the state {state:bare} no order comes to an end, after: {trace:bare}; where "
            "{atoms:bare}",
        },
        "Things go on happening, and no final state can be reached any more.",
    ),
    "CM305": Page(
        "two outcomes at once",
        {
            "both": "{trigger:bare} has two cases enabled at once" + _WHERE + ", after: {trace:bare}",
            "both-if": "{trigger:bare} has two cases enabled at once"
            + _WHERE
            + ", after: {trace:bare}; where {atoms:bare}",
        },
        "At most one case of a trigger may be enabled in any reachable configuration, or nobody can say\n"
        "what pulling it does: let the guards exclude each other.",
    ),
    "CM306": Page(
        "presence that contradicts itself",
        {
            "both": "{path:bare} is forbidden{statuses:in}, where it is required" + _WHERE,
            "match": "{path:bare} is forbidden{statuses:in}, and the choice needs it" + _WHERE,
            "status": "{path:bare} is forbidden{statuses:in}, and a record shows its status there" + _WHERE,
            "same-when": "{path:bare} is forbidden{statuses:in} under the condition that requires it" + _WHERE,
            "read-only": "{path:bare} is read-only, and a request is chosen by it" + _WHERE,
        },
        "No document can satisfy both, for some status and role. Nothing is overridden: change one of them.",
    ),
    "CM307": Page(
        "values that cannot be",
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
        "Everything said of a place holds, in its type, an included type, the order and the variant. What\n"
        "cannot all hold leaves no legal value. Examples and defaults must be legal too.",
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
        "The test is dead: what depends on it never happens, or depends on nothing.",
    ),
    "CM311": Page(
        "not everything was looked at",
        {
            "places": "{name:bare} has more than {limit} places: it was not looked into",
            "limit": "{name:bare} has more than {limit} configurations: the rest was not explored",
            "depth": "{name:bare} rests on too many definitions to be followed",
        },
        "The pack is larger than what `check` looks at. What was not looked at is not called sound: too many\n"
        "places are an error, and a state space that was not explored whole is a warning.",
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
        "The lifecycle's `status` names the field that shows the state: it must be a text, in no list, that\n"
        "may hold every status of the lifecycle.",
    ),
    "CM313": Page(
        "a lifecycle that asks for what is never there",
        {
            "read-only": "{name:bare} reads {path:bare}, which is read-only" + _WHERE + ": no request holds it",
            "forbidden": "{name:bare} reads {path:bare}, which is forbidden" + _WHERE + " where it is read: in "
            "{statuses:bare}",
            "ready": "the document is never ready for {status:bare} where {name:bare} asks, in {statuses:bare}: "
            "{path:bare} is required there, and forbidden here" + _WHERE,
        },
        "A lifecycle reads the document as a request, with its account. A document in a state is one that\n"
        "its status, for a request, has nothing against; over every order and variant that follows the\n"
        "lifecycle, and every state in which the answer matters, none holds that field. What the platform\n"
        "finds out on the way is a variable, not a field. An error in a guard, a warning in a property.",
    ),
    "CM314": Page(
        "what cannot be filled in by then",
        {
            "late": "{path:bare} is required in {statuses:bare}, and nobody can fill it in by then: it is forbidden"
            + _WHERE
            + " in {barred:bare}",
        },
        "An operator fills a field in at the start, or in a state that is `editable`, where the status does\n"
        "not forbid it, and it stays there through statuses that do not. No such way leads to the status\n"
        "that requires it. What is required under a condition, or of an object or a list that may not be\n"
        "there, is not decided.",
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
        "a way around what asks for readiness",
        {
            "around": "{trigger:bare} leads to {status:bare}, which requires {paths:bare}, and nothing asks whether "
            "the document is ready",
        },
        "Some guard of the lifecycle asks `document: STATUS`, and this way around it brings orders whose\n"
        "document may lack what the status requires. Ask on this way too.",
    ),
}
