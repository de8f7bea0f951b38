"""CM3xx: a pack that is well-formed, but contradicts itself or cannot do what it describes."""

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
        "`match` alone decides the order type and the variant of a document. If two of them match the same\n"
        "document, the choice is ambiguous: add to both a test of a path that tells them apart.",
    ),
    "CM302": Page(
        "unreachable state",
        {
            "no-way": "no order ever reaches the state {state:bare}: no transition leads there",
            "guarded": "no order ever reaches the state {state:bare}: no guard of a transition from {sources:bare} "
            "ever holds",
            "unreached": "no order ever reaches the state {state:bare}: transitions lead there only from "
            "{sources:bare}, which no order reaches either",
        },
        "The whole state space of every order and variant that follows the lifecycle was explored, with guards. No\n"
        "reachable configuration is in this state. Add a transition, correct a guard, or remove the state.",
    ),
    "CM303": Page(
        "dead end (deadlock)",
        {
            "dead-end": "an order can get stuck in the state {state:bare}, after: {trace:bare}",
            "dead-end-if": "an order can get stuck in the state {state:bare}, after: {trace:bare}; where {atoms:bare}",
        },
        "No transition is enabled, and the state is not final. `dead-end-if`: this happens only with documents or\n"
        "accounts for which the conditions in the message hold; whether such a document exists is not decided.",
    ),
    "CM304": Page(
        "no final state can be reached (livelock)",
        {
            "no-end": "from the state {state:bare} no final state can be reached, after: {trace:bare}",
            "no-end-if": "from the state {state:bare} no final state can be reached, after: {trace:bare}; where "
            "{atoms:bare}",
        },
        "Transitions are still enabled, but none of them leads to a final state, however the order goes on.\n"
        "`no-end-if`: this happens only with documents or accounts for which the conditions in the message hold.",
    ),
    "CM305": Page(
        "two outcomes at once",
        {
            "both": "{trigger:bare} has two cases enabled at once" + _WHERE + ", after: {trace:bare}",
            "both-if": "{trigger:bare} has two cases enabled at once"
            + _WHERE
            + ", after: {trace:bare}; where {atoms:bare}",
        },
        "In each reachable configuration at most one case of a trigger may be enabled; otherwise its outcome is\n"
        "ambiguous (nondeterministic). Make the guards exclude each other.",
    ),
    "CM306": Page(
        "contradictory presence",
        {
            "both": "{path:bare} is forbidden{statuses:in}, where it is required" + _WHERE,
            "match": "{path:bare} is forbidden{statuses:in}, but `match` tests it" + _WHERE,
            "status": "{path:bare} is forbidden{statuses:in}, but a record shows its status there" + _WHERE,
            "same-when": "{path:bare} is forbidden{statuses:in} under the condition that requires it" + _WHERE,
            "read-only": "{path:bare} is read-only, but `match` tests it in requests" + _WHERE,
        },
        "For some status and role, no document can satisfy both definitions. Neither overrides the other: change\n"
        "one of them.",
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
            "no-value": "{path:bare}: the other definitions of the field exclude each of {value:bare}",
            "member": "{path:bare} can never be {found}: its {other:bare} is {against:bare}" + _WHERE,
            "match-list": "{path:bare} crosses the list {at:bare}: `match` cannot test it",
            "example": "the example {found} of {path:bare} violates its {keyword:bare} {against:bare}" + _WHERE,
            "default": "the default {found} of {path:bare} violates its {keyword:bare} {against:bare}" + _WHERE,
        },
        "All definitions of a field apply together: those of its type, of included types, of the order and of\n"
        "the variant. If they contradict each other, no value is valid. Examples and defaults must be valid too.",
    ),
    "CM308": Page(
        "a condition that is always true or always false",
        {
            "value": "{path:bare} is never {value}: its {keyword:bare} is {against:bare}" + _WHERE,
            "kind": "{path:bare} never satisfies {test:bare}: its {keyword:bare} is {against:bare}" + _WHERE,
            "test": "{test:bare} {value:bare} never holds of {path:bare}: its {keyword:bare} is {against:bare}"
            + _WHERE,
            "always": "{path:bare} is always {value:bare} here: `match` tests it",
            "there": "{path:bare} is always present: `match` tests it",
            "together": "{path:bare}: no value passes {test:bare} {value:bare} and {other:bare} {against:bare}"
            + _WHERE,
            "unordered": "{path:bare} ({kind:bare}) and {other:bare} ({against:bare}) have no order",
            "unequal": "{path:bare} is never equal to {other:bare}: they are of other types",
            "itself": "{path:bare} is compared with itself",
            "variant": "no order or variant that follows this lifecycle is called {value}",
            "variable": "no value of {name:bare} ({legal:bare}) satisfies this test",
        },
        "The condition is constant, so whatever depends on it never applies, or always does. Correct the\n"
        "condition, or remove it.",
    ),
    "CM311": Page(
        "not everything was examined",
        {
            "places": "{name:bare} has more than {limit} fields and was not examined",
            "limit": "{name:bare} has more than {limit} configurations: the others were not explored",
            "depth": "{name:bare} is built from more nested definitions than can be followed",
        },
        "The pack is larger than `check` examines, and a part that was not examined does not count as sound. Too\n"
        "many fields are an error. An incomplete state space is a warning: raise `--limit`.",
    ),
    "CM312": Page(
        "a status that cannot be shown",
        {
            "undeclared": "{order:bare} does not define {path:bare}, where the lifecycle {lifecycle:bare} shows its "
            "status",
            "crosses": "{path:bare}, where the lifecycle {lifecycle:bare} shows its status, crosses the list {at:bare}",
            "kind": "{path:bare} is {value:bare}, but a status is a text",
            "refuses": "{path:bare} can never show {statuses:bare}: its {keyword:bare} is {value:bare}",
        },
        "The `status` of a lifecycle names the field of the document that shows the state. The order must define\n"
        "this field as a text outside any list, and its type must allow every status of the lifecycle.",
    ),
    "CM313": Page(
        "a guard that reads a field that no document has there",
        {
            "read-only": "{name:bare} reads {path:bare}, which is read-only" + _WHERE + ": no request has it",
            "forbidden": "{name:bare} reads {path:bare}, which is forbidden" + _WHERE + " where it is read: in "
            "{statuses:bare}",
            "ready": "{name:bare} tests in {statuses:bare} whether the document is ready for {status:bare}, which it "
            "never is: {path:bare} is required in {status:bare} and forbidden in {statuses:bare}" + _WHERE,
        },
        "A guard is evaluated on the document as a request, with its account, in the states in which its value\n"
        "matters. In none of these states may a valid document have the field, for any order or variant that\n"
        "follows the lifecycle. Use a variable for what the platform learns during the life of an order. This is\n"
        "an error in a guard and a warning in a property.",
    ),
    "CM314": Page(
        "a requirement that cannot be met in time",
        {
            "late": "{path:bare} is required in {statuses:bare}, but cannot be filled in earlier: it is forbidden"
            + _WHERE
            + " in {barred:bare}",
        },
        "An operator can fill in a field at the start, or in an `editable` state, if the status does not forbid\n"
        "the field. The value stays until a status forbids it. No path through the lifecycle brings the field to\n"
        "the status that requires it. Fields that are required under a condition, or inside an optional object or\n"
        "list, are not examined.",
    ),
    "CM316": Page(
        "a pattern on which other engines may hang",
        {
            "exponential": "a backtracking engine may need exponential time for the pattern {pattern:bare}",
        },
        "This tool matches in linear time, but most regular expression engines backtrack: they try every way to\n"
        "match a text. A loop that matches one text in two ways, as in ^(a+)+$, doubles their number with each\n"
        "character. A short text that almost matches then hangs a form, or a validator that uses the printed\n"
        "schema. Write the pattern so that it matches each text in one way, here ^a+$.",
    ),
    "CM317": Page(
        "a value that cannot name an order",
        {
            "kind": "{path} is of type {type:bare}, and {word:bare} takes texts and numbers only",
            "untyped": "{path} has no type, and {word:bare} takes texts and numbers only",
            "account": "{word} in the type of an account: only orders have one",
        },
        "`key` lists the paths that name an order: the first that a document has names it in reports. `unique` lists\n"
        "paths whose value at most one order of a run may have. Both compare values, so each must be a text or a\n"
        "number, and a path through a list has no single value.",
    ),
    "CM318": Page(
        "a move that leaves the range of a variable",
        {
            "range": "{trigger:bare} does not exist where a variable would leave its range, after: {trace:bare}",
            "range-if": "{trigger:bare} does not exist where a variable would leave its range, after: {trace:bare}; "
            "where {atoms:bare}",
        },
        "The guard holds, but a variable that the move sets cannot have its new value: the trigger is refused there.\n"
        "The message shows a shortest path. If that is meant, say it in the guard; else widen the range.",
    ),
    "CM319": Page(
        "two values in one move",
        {
            "twice": "{trigger:bare} gives {name:bare} two values, from {state:bare} to {target:bare}",
        },
        "A move does what leaving the states says (the inner first), then what its transition says, then what\n"
        "entering the states says (the outer first). All read the values before the move. Where two of them set one\n"
        "variable to different values, one of them would be of no use: set the variable once.",
    ),
    "CM315": Page(
        "a path that does not test readiness",
        {
            "around": "{trigger:bare} leads to {status:bare}, which requires {paths:bare}, and no guard tests whether "
            "the document is ready",
        },
        "Another guard of the lifecycle tests `document: STATUS`. This path to the status does not, so an order\n"
        "may reach it with a document that lacks required fields. Add the test to this path too.",
    ),
    "CM325": Page(
        "a deadline that is never reached",
        {"later": "{name:bare} (after {after:bare}) never happens: {early:bare} is always first, after {first:bare}"},
        "The time of a deadline runs from entering the state that its `from` names. A shorter deadline from the same\n"
        "state, or from one around it, asks for nothing more and leaves that state. The explored table ignores time:\n"
        "`verify` and `suites` still count the longer one as possible.",
    ),
    "CM326": Page(
        "a value that records cannot show",
        {
            "no-record": "the pack does not say which documents are records: nothing shows {name} {value}",
            "same": "{name} {value} is shown as {other} is: no record tells them apart",
            "forbidden": "an order that is {status} may have {name} {value}, and no record of that status can show it",
            "required": "an order that is {status} may be without {name} {value}, and every record of that status "
            "shows it",
        },
        "`shown` says what is so of a record exactly while a variable has the value. The fields that the condition\n"
        "reads are required, or forbidden, in a status in which the variable may also be otherwise: correct when they\n"
        "are, or the condition.",
    ),
    "CM327": Page(
        "a history that remembers nothing",
        {
            "bare": "{trigger:bare} goes back to the history of {state}, which has no steps",
            "first": "{trigger:bare} goes back to the history of {state}, and every order then enters {target}, its "
            "first step",
        },
        "`to: {history: S}` enters the step of S that was left last, and the first one where none was. In a state\n"
        "without steps, or one that every order leaves from its first step before it goes back, that is what `to: S`\n"
        "does. Write that, or let orders come back from where the other steps lead.",
    ),
    "CM328": Page(
        "an older path that is one of today",
        {"field": "documents have {path:bare} today: nothing there is taken for an older name"},
        "`formerly` says where older documents have what stands elsewhere today. Its hint is for keys that are no\n"
        "fields: a path that is described is taken as it is.",
    ),
    "CM329": Page(
        "an effect that never happens",
        {
            "exit": "no order ever leaves {state}, so its `exit` never happens",
            "start": "orders begin in {state} and no move enters it, so its `entry` never happens",
        },
        "`entry` and `exit` of a state happen when a move enters or leaves it. The start of an order enters nothing:\n"
        "variables say their first values themselves. A move between two steps leaves neither the state around them,\n"
        "nor enters it. Remove the effect, or say it where a move does it.",
    ),
}
