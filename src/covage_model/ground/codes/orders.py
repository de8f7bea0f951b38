"""CM4xx: what is wrong with an order."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

_PLACE = " in the status {status:bare}"
PAGES = {
    "CM401": Page(
        "no such order type",
        {
            "missing": "{path:bare} is missing, so no order type fits; the nearest is {nearest:bare}",
            "value": "{path:bare} is {found:value}, which fits no order type; the nearest is {nearest:bare}",
            "starts": "{path:bare} is {found:value}, which fits no order type; the nearest is {nearest:bare}",
        },
        "The order type is chosen by a few fields (`match` in the spec). This document matches no order type;\n"
        "the rest of it is judged as the nearest one.",
    ),
    "CM402": Page(
        "no such variant",
        {
            "missing": "{path:bare} is missing, so no variant fits; the nearest is {nearest:bare}",
            "value": "{path:bare} is {found:value}, which fits no variant; the nearest is {nearest:bare}",
            "starts": "{path:bare} is {found:value}, which fits no variant; the nearest is {nearest:bare}",
        },
        "The order type is known, its variant is not. The rest is judged as the nearest variant.",
    ),
    "CM403": Page(
        "missing in this status",
        {
            "missing": "{path:bare} is missing, and required" + _PLACE,
            "always": "{path:bare} is missing, and required",
        },
        "The field is required from some status on, perhaps under a condition: see the spec line. `--state`\n"
        "judges a document for another status, such as a draft that may be incomplete.",
    ),
    "CM404": Page(
        "wrong value",
        {
            "type": "{found:value} is not of type {expected:bare}",
            "enum": "{found:value} is none of {expected}",
            "const": "{found:value} is not {expected}",
            "pattern": "{found} does not match {expected:bare}",
            "format": "{found} is not a {expected:bare}",
            "minLength": "{found} is shorter than {expected} characters",
            "maxLength": "{found} is longer than {expected} characters",
            "minimum": "{found} is less than {expected}",
            "maximum": "{found} is more than {expected}",
            "exclusiveMinimum": "{found} is not more than {expected}",
            "exclusiveMaximum": "{found} is not less than {expected}",
            "minItems": "the list has fewer items than {expected}",
            "maxItems": "the list has more items than {expected}",
            "uniqueItems": "an item of the list stands there twice",
        },
        "The value is not one that the spec allows for this field. The keywords are those of JSON Schema.",
    ),
    "CM405": Page(
        "read-only field in a request",
        {"read-only": "{path:bare} is set by the platform, not in a request"},
        "Remove the field, or say `--role record` if the document is what the platform gave back.",
    ),
    "CM406": Page(
        "unknown field",
        {"field": "there is no field {name} here", "not-described": "the field {name} is not described"},
        "In a request an unknown field is an error: it is most often a misspelling. In a record it is a\n"
        "note, since the platform may know more than the spec.",
    ),
    "CM407": Page(
        "rule broken",
        {"rule": "the rule {rule:bare} does not hold"},
        "Several fields, or a field and the account, do not go together.",
    ),
    "CM408": Page(
        "rule not checked",
        {
            "no-account": "the rule {rule:bare} was not checked: no account was given",
            "unsound-account": "the rule {rule:bare} was not checked: the account has findings where it reads",
        },
        "The rule compares the order with what the platform knows of the sender: give that with `--account\n"
        "FILE`. A rule that was not checked does not count as passed; `--strict` makes it count as a finding.",
    ),
    "CM409": Page(
        "forbidden in this status",
        {"forbidden": "{path:bare} may not be there" + _PLACE, "always": "{path:bare} may not be there"},
        "The field may not be there in this status, or under a condition that holds: see the spec line.",
    ),
    "CM410": Page(
        "not yours to request",
        {"written-by": "{order:bare} is written by {by:bare} alone: it cannot be requested"},
        "Such orders are read, never sent. If this is one that the platform gave back, say `--role record`.",
    ),
    "CM411": Page(
        "no known status",
        {
            "missing": "the record shows no {path:bare}: it is judged for the initial status",
            "unknown": "{found:value} is no status: the record is judged for the initial one",
        },
        "A record is judged for the status that it shows. This one shows no status of the lifecycle.",
    ),
    "CM413": Page(
        "no such status for this order",
        {"status": "{order:bare} has no status {status}: it was not judged"},
        "`--state`, or a scenario's `status`, names a status that the lifecycle of this order does not have.\n"
        "Orders of other types in the same run are judged.",
    ),
    "CM414": Page(
        "more findings than are listed",
        {"more": "{count} more findings about this document are not listed"},
        "At most 10,000 findings about one document are listed, the others are counted. Mend the first; they are\n"
        "often one mistake, such as a file of another kind.",
    ),
    "CM412": Page(
        "nothing to judge",
        {
            "nothing": "no order file was found in {where:bare}",
            "nothing-to-play": "no scenario was found in {where:bare}",
            "nothing-to-merge": "no coverage record was found in {where:bare}",
        },
        "Orders are looked for in files ending in .json, .yaml, .yml, .ndjson and .jsonl, scenarios in .yaml,\n"
        "and coverage records in .json. Check the path, and whether the program that writes there has run.",
    ),
}
