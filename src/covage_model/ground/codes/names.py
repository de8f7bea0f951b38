"""CM2xx: a name is used twice, means nothing, or stands where it has no meaning."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM201": Page(
        "said twice",
        {
            "defined": "the {kind:bare} {name} is defined before, in {file:bare}, line {line}",
            "said-twice": "{name} is said before, in {file:bare}, line {line}",
            "value": "{name} is listed twice for {of}",
            "initial": "a second initial state: the first is in {file:bare}, line {line}",
        },
        "Within a pack a name is defined once. A later pack, or a lifecycle that includes another, may add\n"
        "keys to what is there; it may not say a key again, for nothing is ever overridden.",
    ),
    "CM202": Page(
        "unknown name",
        {
            "type": "there is no type {name}",
            "lifecycle": "there is no lifecycle {name}",
            "order": "there is no order or variant {name}",
            "event": "there is no event {name}",
            "actor": "there is no actor {name}",
            "language": "{name} is none of the pack's languages",
            "state": "there is no state {name}",
            "status": "no state is shown as {name}",
            "status-of": "the lifecycle {lifecycle} shows no status {name}",
            "variable": "there is no variable {name}",
            "variable-value": "{name} is no value of {of}",
            "state-value": "there is no state {name}",
            "final-value": "no state is final with the word {name}",
            "variant-value": "there is no order or variant {name}",
        },
        "The name is defined nowhere in the packs given. A step is named with its parent: running.sent.",
    ),
    "CM203": Page(
        "contains itself",
        {
            "type": "the type {name} contains itself",
            "lifecycle": "the lifecycle {name} includes itself",
            "condition": "the condition {name} is said in terms of itself",
        },
        "Types, includes and named conditions must come to an end.",
    ),
    "CM204": Page(
        "unknown source",
        {"source": "no source or statement is called {name}"},
        "`source` names a source of the pack file, or one of the statements listed under it.",
    ),
    "CM205": Page(
        "reserved name",
        {"variable": "{name} cannot name a variable"},
        "In a lifecycle `document`, `state`, `variant`, `final`, `order`, `account` and the words that join\n"
        "conditions have a meaning of their own.",
    ),
    "CM206": Page(
        "a path that cannot be",
        {
            "unknown": "{path} leads nowhere: there is no field {at}",
            "crosses": "{path} crosses the list {at}",
            "no-object": "{path} leads through {at}, which holds no fields",
            "no-account": "{path} reads an account, and the pack gives accounts no type",
        },
        "A path starts where it is written; `order.` starts at the document, `account.` at the account. A\n"
        "path does not step into a list from outside: say `some`, `every` or `count` of the list.",
    ),
    "CM207": Page(
        "not a pattern",
        {"pattern": "{pattern:bare} is no I-Regexp: {reason:bare} (character {offset})"},
        "Patterns are I-Regexps (RFC 9485) between ^ and $: no look-around, no back-references, no \\d, \\w\n"
        "or \\s. Every engine reads these the same, and none takes exponential time.",
    ),
    "CM208": Page(
        "an unfinished definition",
        {
            "pack": "no file in {folder:bare} says `pack`",
            "follows": "the order {name} follows no lifecycle",
            "by": "the transition {name} does not say who acts",
            "states": "the lifecycle has no states",
            "initial": "none of these states is initial",
        },
        "All files read together, something is still missing that every such definition needs.",
    ),
    "CM209": Page(
        "said where it has no meaning",
        {
            "account": "{path} reads the account: only rules and lifecycles may",
            "among": "`among` {path} stands in a condition that does not read the account",
            "root": "{path} names no field",
            "document": "`document` is tested with a status",
            "shown-as": "{state} is a step: it is shown as {parent} is",
            "final": "{state} has steps: say of them which is final",
            "from": "the case leaves no state that the transition leaves",
        },
        "The language has the word, but not in this place.",
    ),
}
