"""CM1xx: a spec file does not look as format 1 says."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM101": Page(
        "unknown key",
        {"key": "{where:bare} has no key {key}"},
        "The keys of the language are a closed list, so that a misspelt one is found and not ignored.",
    ),
    "CM102": Page("missing key", {"missing": "{where:bare} needs the key {key}"}, "Add the key."),
    "CM103": Page(
        "the wrong kind of value",
        {
            "kind": "{found:bare} stands where {expected:bare} is needed",
            "bare-test": "a test ({found:bare}) stands where a path is needed",
        },
        "A value of this kind has no meaning here. A test such as `in` or `min` is written under the path\n"
        "that it tests; only inside `some`, `every` and `where` may it be written alone.",
    ),
    "CM104": Page(
        "not a legal value",
        {
            "choice": "{found} is none of {legal}",
            "low": "{found} is less than {least}",
            "high": "{found} is more than {most}",
        },
        "The language lists the values that are legal here.",
    ),
    "CM105": Page(
        "exactly one is needed",
        {
            "none": "the file says none of {expected}",
            "several": "the file says {found} at once",
            "reserved": "{key} is reserved for later",
            "other": "the file says {found}, where a scenario is needed",
            "one-of-none": "{where:bare} needs one of {expected}",
            "one-of-several": "{where:bare} says {first} and {found}: only one of {expected} may stand",
        },
        "A spec file holds one definition: `pack`, `types`, `order`, `lifecycle`, `events` or `scenario`. In\n"
        "the same way a property has one kind, a variable has either values or a condition, and a test is one\n"
        "test.",
    ),
    "CM106": Page(
        "misspelt name",
        {"key": "{found} is not {expected:bare}", "value": "{found} is not {expected:bare}"},
        "Names begin with a letter or _ and go on with letters, digits, _ and -. Paths join them by dots.",
    ),
    "CM107": Page(
        "too few or too many",
        {
            "few": "a list of {found} where at least {least} must stand",
            "many": "a list of {found} where at most {most} may stand",
            "empty": "an empty mapping stands where {what:bare} should be",
        },
        "An empty list or mapping has no effect: leave the key out instead.",
    ),
    "CM108": Page(
        "one key without the other", {"alone": "{key} stands without {other}"}, "`when` and `then` go together."
    ),
}
