"""CM2xx: a name is used twice, means nothing, or stands where it has no meaning."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM201": Page(
        "defined twice",
        {
            "defined": "the {kind:bare} {name} is defined before, in {file:bare}, line {line}",
            "said-twice": "{name} is said before, in {file:bare}, line {line}",
            "value": "{name} is listed twice for {of}",
            "initial": "a second initial state: the first is in {file:bare}, line {line}",
        },
        "A name is defined once in a pack. A later pack, or a lifecycle that includes another, may add keys\n"
        "to a definition, but may not repeat a key: nothing is ever overridden.",
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
        "The name is not defined in any of the packs given. A nested state is named with its parent:\nrunning.sent.",
    ),
    "CM203": Page(
        "a definition that contains itself",
        {
            "type": "the type {name} contains itself",
            "lifecycle": "the lifecycle {name} includes itself",
            "condition": "the condition {name} is said in terms of itself",
        },
        "Types, includes and named conditions may not contain themselves, directly or through others.",
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
        "an impossible path",
        {
            "unknown": "{path} leads nowhere: there is no field {at}",
            "crosses": "{path} crosses the list {at}",
            "no-object": "{path} leads through {at}, which holds no fields",
            "no-account": "{path} reads an account, and the pack gives accounts no type",
        },
        "A path starts where it is written; `order.` starts at the document, `account.` at the account. A\n"
        "path cannot step into a list: use `some`, `every` or `count` on the list.",
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
        "After all files were read, the definition still lacks something that it must have.",
    ),
    "CM209": Page(
        "a key where it has no meaning",
        {
            "account": "{path} reads the account: only rules and lifecycles may",
            "among": "`among` {path} stands in a condition that does not read the account",
            "root": "{path} names no field",
            "document": "`document` is tested with a status",
            "shown-as": "{state} is a step: it is shown as {parent} is",
            "final": "{state} has steps: say of them which is final",
            "from": "the case leaves no state that the transition leaves",
        },
        "The word belongs to the language, but has no meaning in this place.",
    ),
}
