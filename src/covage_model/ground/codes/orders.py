"""CM4xx: findings about an order document."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

_PLACE = " in the status {status:bare}"
_WHERE = " where {when:said}"
PAGES = {
    "CM401": Page(
        "no such order type",
        {
            "missing": "{path:bare} is missing, so no order type matches; the nearest is {nearest:bare}",
            "value": "{path:bare} is {found:value}, which matches no order type; the nearest is {nearest:bare}",
            "starts": "{path:bare} is {found:value}, which matches no order type; the nearest is {nearest:bare}",
            "none": "not an order: it has none of the fields that decide the order type: {paths:bare}",
            "other": "not an order: {path:bare} is {found:value}, which matches no order type",
            "envelope": "not an order, but orders lie within it, at {pointer:bare}",
        },
        "A few fields decide the order type (`match` in the spec). This document matches none; the rest of it is\n"
        "judged as the nearest order type. If none of these fields has a value of any order type, or nearly, it is\n"
        "no order, and nothing else of it is judged. Where orders lie within a document, `--at POINTER` says where.",
    ),
    "CM402": Page(
        "no such variant",
        {
            "missing": "{path:bare} is missing, so no variant matches; the nearest is {nearest:bare}",
            "value": "{path:bare} is {found:value}, which matches no variant; the nearest is {nearest:bare}",
            "starts": "{path:bare} is {found:value}, which matches no variant; the nearest is {nearest:bare}",
        },
        "The document matches an order type, but none of its variants. The rest of it is judged as the nearest\n"
        "variant.",
    ),
    "CM403": Page(
        "missing",
        {
            "missing": "{path:bare} is missing, but required" + _PLACE,
            "where": "{path:bare} is missing, but required" + _WHERE,
            "missing-where": "{path:bare} is missing, but required" + _PLACE + _WHERE,
            "always": "{path:bare} is missing, but required",
        },
        "The spec requires the field: in this status, where a condition holds, or always. To judge the document for\n"
        "another status, such as a draft that may be incomplete, use `--state`.",
    ),
    "CM404": Page(
        "wrong value",
        {
            "type": "{found:value} is not of type {expected:bare}",
            "enum": "{found:value} is not one of {expected}",
            "const": "{found:value} is not {expected}",
            "pattern": "{found} does not match {kind:kind}",
            "format": "{found} does not match {kind:kind}",
            "minLength": "{found} is shorter than {expected} {expected:character|characters}",
            "maxLength": "{found} is longer than {expected} {expected:character|characters}",
            "minimum": "{found} is less than {expected}",
            "maximum": "{found} is more than {expected}",
            "exclusiveMinimum": "{found} is not more than {expected}",
            "exclusiveMaximum": "{found} is not less than {expected}",
            "minItems": "the list has fewer items than {expected}",
            "maxItems": "the list has more items than {expected}",
            "uniqueItems": "the list has an item twice",
        },
        "The spec does not allow this value for the field. Each message is about one keyword of JSON Schema.",
    ),
    "CM405": Page(
        "read-only field in a request",
        {"read-only": "{path:bare} is set by the platform, not in a request"},
        "Remove the field, or use `--role record` if the platform wrote the document.",
    ),
    "CM406": Page(
        "unknown field",
        {
            "field": "there is no field {name} here",
            "not-described": "the field {name} is not described",
            "column": "no order has a field {name}: this column was not read",
        },
        "In a request an unknown field is an error, since it is most often a misspelling. In a record it is a note,\n"
        "since the platform may add fields that the spec does not describe.",
    ),
    "CM407": Page(
        "rule broken",
        {"rule": "the rule {rule:bare} does not hold"},
        "A rule relates several fields, or a field and the account. It does not hold for this document: see the\n"
        "spec line.",
    ),
    "CM408": Page(
        "rule not checked",
        {
            "no-account": "the rule {rule:bare} was not checked: no account was given",
            "unsound-account": "the rule {rule:bare} was not checked: the account has findings in parts that it reads",
            "no-account-in-run": "the rule {rule:bare} was not checked for {orders:n} {orders:order|orders}: "
            "no account was given",
            "unsound-account-in-run": "the rule {rule:bare} was not checked for {orders:n} {orders:order|orders}: "
            "the account has findings in parts that it reads",
        },
        "The rule compares the order with the account, which holds what the platform knows of the sender. Give it\n"
        "with `--account FILE`. A rule that was not checked does not count as passed; with `--strict` it counts as a\n"
        "finding.",
    ),
    "CM409": Page(
        "forbidden",
        {
            "forbidden": "{path:bare} is forbidden" + _PLACE,
            "where": "{path:bare} is forbidden" + _WHERE,
            "forbidden-where": "{path:bare} is forbidden" + _PLACE + _WHERE,
            "always": "{path:bare} is forbidden",
        },
        "The spec forbids the field: in this status, where a condition holds, or always. Remove it.",
    ),
    "CM410": Page(
        "an order that cannot be requested",
        {"written-by": "only {by:bare} writes {order:bare}: it cannot be requested"},
        "The order type has `written_by`, so operators read such orders and never send them. If the platform wrote\n"
        "this document, use `--role record`.",
    ),
    "CM411": Page(
        "no known status",
        {
            "missing": "the record has no {path:bare}: it is judged for the initial status",
            "unknown": "{found:value} is not a status: the record is judged for the initial status",
        },
        "A record is judged for the status that it shows. This record shows no status of its lifecycle.",
    ),
    "CM413": Page(
        "no such status for this order",
        {"status": "{order:bare} has no status {status}: it was not judged"},
        "`--state`, or the `status` of a scenario, names a status that the lifecycle of this order does not have.\n"
        "Documents of other order types are judged.",
    ),
    "CM414": Page(
        "more findings than are listed",
        {"more": "{count} more findings about this document are not listed"},
        "At most 10,000 findings about one document are listed; the others are counted. Correct the first ones: so\n"
        "many findings often have one cause, such as a file of another kind.",
    ),
    "CM415": Page(
        "not unique in this run",
        {
            "again": "{path:bare} is not unique: the order in {file:bare}, line {line} has the same value",
            "unfinished": "whether values are unique was not checked: the temporary file failed: {detail:bare}",
        },
        "At most one order of a run may have this value: the spec lists the path under `unique`. The finding is about\n"
        "the later order and names the first; both lines are those on which an order starts. These findings come\n"
        "last. Digests of more than 64 MB are kept in a temporary file, in the folder of `TMPDIR`; if it cannot be\n"
        "written, uniqueness is not checked, and that is an error.",
    ),
    "CM416": Page(
        "not judged",
        {
            "interrupted": "the run was interrupted: what comes after this was not judged",
            "lost": "the lines {first} to {last} were not judged: {why:bare}",
        },
        "The run, or one of its processes, ended before its inputs did. The report counts what was judged; judge the\n"
        "rest again. A process that was killed often lacked memory: `--jobs 1` takes the least.",
    ),
    "CM420": Page(
        "what it was before",
        {
            "became": "it was {before}, and can have become {after} by: {moves:bare}",
            "same": "nothing need have happened since it was {before}",
            "never": "it was {before}, and no way leads from there to this; the nearest: {nearest:bare}",
            "edited": "it was {before}: from then on nobody may change what the client wrote, and it differs",
            "nowhere": "no history leads to what it was before ({before})",
            "kind": "it was {before}, and no order becomes {after}",
            "unknown": "no record before has its name: it is not compared",
            "undecided": "whether it can have become this is not decided: its lifecycle has too many configurations",
        },
        "`validate --before OLD NEW` compares each record with the one of the same name in OLD. The explored table is\n"
        "searched for a way from a configuration that shows the record before to one that shows this record. The\n"
        "moves are those of a shortest way, each with who may make it; others may have happened.",
    ),
    "CM419": Page(
        "no history leads to it",
        {
            "shown": "no history leads to an order that is {status} with {shown:bare}; the nearest: {nearest:bare}",
            "elsewhere": "no history leads to an order that is {status} with {shown:bare}; the nearest is {other} "
            "with {nearest:bare}",
            "status": "no history leads to an order of this kind that is {status}",
            "document": "no history leads to an order that is {status} with this {paths:bare}",
        },
        "Each field of the record is as it may be, but no order of this variant ever shows these together: the\n"
        "explored table of its lifecycle was searched for a configuration of that status in which the hidden\n"
        "variables have the values that the record shows (`shown` in the lifecycle), and the document is as the\n"
        "record without its read-only fields in every test that guards make of it alone (`document: STATUS`, and\n"
        "tests of the account, may be either way). Either the record is wrong, or the lifecycle lacks a way. A record\n"
        "with other errors is not searched for.",
    ),
    "CM418": Page(
        "an account among the orders",
        {"account": "this is an account, not an order: it was not judged"},
        "The document fits the pack's type of an account, and no order type matches it. An account holds what the\n"
        "platform knows of the sender: give it with `--account FILE`, and rules that read it are checked.",
    ),
    "CM417": Page(
        "accounts that contradict each other",
        {"contradiction": "{path:bare} differs from {file:bare}, line {line}"},
        "With `--account` several times, the files are one account: their lists join, and objects have the members of\n"
        "all. Any other value must be the same wherever it is given. Rules that read this part are not checked.",
    ),
    "CM412": Page(
        "nothing to judge",
        {
            "nothing": "no order file was found in {where:bare}",
            "no-match": "no file matches {where:bare}",
            "empty-list": "the list {where:bare} names no file",
            "excluded": "no file is left to judge: all are excluded by {where:bare}",
            "nothing-to-play": "no scenario was found in {where:bare}",
            "nothing-to-replay": "no order was found in the log {where:bare}",
            "nothing-to-merge": "no coverage record was found in {where:bare}",
            "nothing-to-cover": "nothing can be covered: the pack {pack:bare} has no {kinds:bare}",
            "nothing-to-mutate": "no mutant was tried: the pack {pack:bare} has nothing that these operators change",
            "empty-corpus": "no mutant can be killed: the corpus is empty",
        },
        "Orders are read from files named .json, .yaml, .yml, .ndjson or .jsonl, scenarios from .yaml, and coverage\n"
        "records from .json. Check the path, and whether the program that writes these files has run. Where there is\n"
        "nothing to judge, cover or change, nothing is shown, and the exit code is 1.",
    ),
}
