"""CM1xx: a spec file has a key or a value that format 1 does not allow."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM101": Page(
        "unknown key",
        {"key": "{where:bare} has no key {key}"},
        "The spec language allows only the keys that `docs/language.md` lists, so a misspelt key is an error and\n"
        "never ignored. Correct the key or remove it.",
    ),
    "CM102": Page(
        "missing key",
        {"missing": "{where:bare} needs the key {key}"},
        "The spec language requires this key here. Add it; `docs/language.md` describes its values.",
    ),
    "CM103": Page(
        "the wrong kind of value",
        {
            "kind": "expected {expected:bare}, not {found:bare}",
            "bare-test": "expected a path, not a test ({found:bare})",
        },
        "The key takes a value of another kind. A test such as `in` or `min` is written under the path that it\n"
        "tests; only inside `some`, `every` and `where` may a test stand without a path.",
    ),
    "CM104": Page(
        "not a legal value",
        {
            "choice": "{found} is not one of {legal}",
            "low": "{found} is less than {least}",
            "high": "{found} is more than {most}",
        },
        "The spec language allows only certain values here: those that the message or `docs/language.md` lists.",
    ),
    "CM105": Page(
        "exactly one is needed",
        {
            "none": "the file has none of the keys {expected}",
            "several": "the file has the keys {found}: only one of them is allowed",
            "other": "the file defines {found}, not a scenario",
            "one-of-none": "{where:bare} needs one of {expected}",
            "one-of-several": "{where:bare} has both {first} and {found}: only one of {expected} is allowed",
        },
        "A spec file holds exactly one of `pack`, `types`, `order`, `lifecycle`, `events`, `scenario` and `profile`.\n"
        "Likewise a property has exactly one kind, a variable either `values` or `when`, and a test one keyword.",
    ),
    "CM106": Page(
        "misspelt name",
        {"key": "{found} is not {expected:bare}", "value": "{found} is not {expected:bare}"},
        "A name is a letter or _, then letters, digits, _ and -. A path is a document's keys, such as `@type`,\n"
        "joined by dots: a key holds no dot, blank, control character, double quote or square bracket.",
    ),
    "CM107": Page(
        "too few or too many",
        {
            "few": "a list of length {found}, where at least {least} is needed",
            "many": "a list of length {found}, where at most {most} is allowed",
            "empty": "an empty mapping, where {what:bare} should be",
        },
        "The list or mapping is shorter or longer than the spec language allows. An empty one has no effect:\n"
        "remove its key.",
    ),
    "CM108": Page(
        "one key without the other",
        {"alone": "{key} is given without {other}"},
        "The two keys belong together, such as the `when` and the `then` of a rule. Add the other, or remove both.",
    ),
}
