"""CM2xx: a name is defined twice, is not defined, or is used where it has no meaning."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM201": Page(
        "defined twice",
        {
            "defined": "the {kind:bare} {name} is already defined in {file:bare}, line {line}",
            "said-twice": "{name} is already given in {file:bare}, line {line}",
            "value": "{name} is listed twice for {of}",
            "item": "an item of {of} is there twice: the first is in line {line}",
            "initial": "a second initial state: the first is in {file:bare}, line {line}",
        },
        "A pack defines each name once. A pack over another, or a lifecycle that includes another, may add keys\n"
        "to a definition. It may not repeat a key: nothing is ever overridden. A list of names or\n"
        "conditions says each of them once; only lists in which the order counts, such as `steps`, may repeat one.",
    ),
    "CM202": Page(
        "unknown name",
        {
            "type": "there is no type {name}",
            "lifecycle": "there is no lifecycle {name}",
            "order": "there is no order or variant {name}",
            "event": "there is no event {name}",
            "actor": "there is no actor {name}",
            "assumed": "there is no actor, trigger or outcome {name}",
            "language": "{name} is not one of the pack's languages",
            "state": "there is no state {name}",
            "status": "no state is shown as {name}",
            "status-of": "the lifecycle {lifecycle} shows no status {name}",
            "trigger": "there is no transition {name}",
            "calendar": "there is no calendar {name}",
            "timer": "there is no timer {name}",
            "profile": "there is no profile {name}",
            "zone": "there is no time zone {name}",
            "variable": "there is no variable {name}",
            "variable-value": "{name} is not a value of {of}",
            "state-value": "there is no state {name}",
            "final-value": "no state is final with the word {name}",
            "event-value": "there is no event {name}",
            "trigger-value": "there is no trigger {name}",
            "variant-value": "there is no order or variant {name}",
        },
        "None of the packs given defines the name. Correct it, or add the definition. A nested state is named with\n"
        "its parent: running.sent.",
    ),
    "CM203": Page(
        "a definition that contains itself",
        {
            "type": "the type {name} contains itself",
            "lifecycle": "the lifecycle {name} includes itself",
            "condition": "the condition {name} refers to itself",
            "profile": "the profile {name} is laid over itself",
        },
        "A type, a lifecycle that includes others, a named condition and a profile over others may not contain\n"
        "themselves, directly or through others. Remove one of the references.",
    ),
    "CM204": Page(
        "unknown source",
        {"source": "no source or statement is called {name}"},
        "`source` names a source in the pack file, or a statement listed under one. Correct the name, or add the\n"
        "source to the pack file.",
    ),
    "CM205": Page(
        "reserved name",
        {"variable": "{name} cannot name a variable"},
        "In a lifecycle `document`, `state`, `variant`, `final`, `event`, `trigger`, `order`, `account`, `all`,\n"
        "`any`, `not`, `when` and `then` have a meaning of their own, and so have the words of tests, as `min`,\n"
        "`above`, `in` and `count`: a condition could not name such a variable. Give it another name.",
    ),
    "CM206": Page(
        "an impossible path",
        {
            "unknown": "{path} leads nowhere: there is no field {at}",
            "crosses": "{path} crosses the list {at}",
            "no-object": "{path} leads through {at}, which holds no fields",
            "no-account": "{path} reads an account, and the pack gives accounts no type",
        },
        "A path is relative to the object in which it is written; `order.` starts at the document, `account.` at\n"
        "the account. A path cannot go through a list: test the list with `some`, `every` or `count`.",
    ),
    "CM207": Page(
        "not a pattern",
        {"pattern": "{pattern:bare} is not an I-Regexp: {reason:bare} (character {offset})"},
        "A pattern is an I-Regexp (RFC 9485) between ^ and $: without look-around, back-references, \\d, \\w and\n"
        "\\s. All engines read an I-Regexp alike, and this tool matches it in linear time.",
    ),
    "CM208": Page(
        "an unfinished definition",
        {
            "pack": "no file in {folder:bare} has the key `pack`",
            "follows": "the order {name} follows no lifecycle",
            "by": "the transition {name} has no actor (`by`)",
            "after": "the transition {name} has `after` and no `from`: it names no state that the time runs from",
            "states": "the lifecycle has no states",
            "initial": "none of the states is initial",
        },
        "All files were read, and a part that the definition needs is in none of them. Add it to one.",
    ),
    "CM209": Page(
        "a key where it has no meaning",
        {
            "account": "{path} reads the account: only rules, and the moves and properties of lifecycles, may",
            "among": "`among` {path} stands in rules alone",
            "there": "`present: true` in a list accepts any value: only `present: false` may stand there",
            "sides": "{path} cannot be compared with {other}: both are variables, or both are places of documents",
            "shown": "{name} is a condition: `shown` goes with `values`, or with `min` and `max`",
            "comparison": "two values, or dates, are compared in rules and lifecycles alone",
            "root": "{path} names no field",
            "document": "the value of `document` must be a status",
            "final": "{state} has nested states: mark one of these as final instead",
            "earlier": "only a scenario without steps that judges an order has documents before it",
            "at": "{name} happens at its timer's date: it has no `waits` and no `works`",
            "move": "`{name:bare}` is of a move: it is judged along runs, so it stands in properties alone",
            "assuming": "`assuming` says which moves lead on: it belongs to `leads_to`, not to {name}",
            "cases": "{name} has `outcomes`: its `cases` belong inside them",
            "from": "no state in the case's `from` is in the `from` of its transition",
        },
        "The spec language has this word, but it means nothing in this place. Move it or remove it.",
    ),
    "CM210": Page(
        "numbers that cannot be",
        {
            "descends": "the durations of {key} do not rise",
            "ends": "the quantiles do not go from 0 to 100 per cent",
            "needs": "no law can be made of {found}",
            "zero": "the {key:bare} of a law is zero",
            "below": "{key:bare} is shorter than the median",
            "wide": "no {law:bare} law is spread as wide, or as little, as these numbers say",
            "hours": "{hours} ends before it begins",
            "rate": "the rate of arrivals is zero",
            "date": "{date} is no date of the calendar",
        },
        "A profile gives a law of durations by what people know of it: a duration, `uniform: [least, most]`,\n"
        "`triangular: [least, likely, most]`, `exponential: mean`, `median` with p90, p95 or p99, `mean` with `sd`\n"
        "(these log-normal, or with `law` gamma or weibull), or `quantiles` from 0 to 100. Correct the numbers.",
    ),
    "CM211": Page(
        "a variable that cannot count so",
        {
            "none": "{name} has no value: no whole number lies between {least} and {most}",
            "many": "{name} has {count} values: a variable has at most {limit}",
            "add": "`add` needs whole numbers, and {name} is not between a `min` and a `max`",
        },
        "A variable with `min` and `max` is a whole number between them, both included. It can be increased and\n"
        "decreased. A lifecycle is explored whole, so a variable has few values: round what is large, or count\n"
        "only up to the number from which nothing changes.",
    ),
}
