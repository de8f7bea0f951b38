"""The grammar of spec files of format 1: conditions, values, states."""

from __future__ import annotations

from covage_model.ground import dotted
from covage_model.ground.formats import PORTABLE
from covage_model.pack.compile.shapes import (
    Anything,
    Boolean,
    ByKeys,
    ByKind,
    Items,
    Keys,
    Named,
    Null,
    Number,
    Shape,
    String,
)

NAME_PATTERN = "[A-Za-z_][A-Za-z0-9_-]*"
PATH_PATTERN = dotted.PATTERN
STATE_PATTERN = rf"{NAME_PATTERN}(\.{NAME_PATTERN})*"
LANGUAGE_PATTERN = "[a-z]{2,3}"

FORMATS = ("date", "date-time", "uuid", "email")
KEYWORDS = (
    "enum",
    "const",
    "pattern",
    "format",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minItems",
    "maxItems",
    "uniqueItems",
)
COMPARISONS = ("min", "max", "above", "below", "is")
TEST_WORDS = ("in", "starts", "present", "matches", *COMPARISONS, "count", "some", "every", "among")
PROPERTY_KINDS = ("never", "always", "sometimes", "always_possible", "precedes", "only", "leads_to")

NAME = String("a name (a letter or _, then letters, digits, _ and -)", NAME_PATTERN)
PATH = String(
    'a path (keys joined by dots; ["…"] around a key with blanks, dots, quotes or square brackets)', PATH_PATTERN
)
TRIGGER_NAME = String("TRIGGER or TRIGGER.OUTCOME", rf"{NAME_PATTERN}(\.{NAME_PATTERN})?")
STATE_NAME = String("a state (names joined by dots)", STATE_PATTERN)
LANGUAGE = String("a language code such as fr or en", LANGUAGE_PATTERN)
LEAF_NAME = String("ORDER or ORDER/VARIANT", rf"{NAME_PATTERN}(/{NAME_PATTERN})?")
WORD = String("a text", least=1)
TEXT = ByKind((WORD, Keys(names=LANGUAGE, named=WORD, least=1, what="a text per language")))
SCALAR = ByKind((String(), Boolean(), Number(), Null()))
ONE_OR_MORE_NAMES = ByKind((NAME, Items(NAME, least=1, once=True)))
CONDITION = Named("condition")
VALUE = Named("value")

_BECOMES = Keys({"at": NAME, "add": Number(whole=True)}, least=1, what="at or add")
SET = Keys(
    names=NAME,
    named=ByKind((String(), Boolean(), Number(), Null(), _BECOMES)),
    least=1,
    what="variables and their values",
)

PROVENANCE: dict[str, Shape] = {
    "source": ByKind((WORD, Items(WORD, least=1, once=True))),
    "standing": String("a standing", choices=("stated", "inferred", "assumed")),
}
SAID: dict[str, Shape] = {"title": TEXT, "description": TEXT, **PROVENANCE}
CONTENT: dict[str, Shape] = {
    "include": Items(NAME, least=1, once=True),
    "fields": Named("fields"),
    "rules": Named("rules"),
    "key": Items(PATH, least=1, once=True),
    "unique": Items(PATH, least=1, once=True),
    "formerly": Keys(names=PATH, named=PATH, least=1, what="older paths and those of today"),
}

_MEMBER = Keys({"value": SCALAR, "title": TEXT}, required=("value", "title"), what="a value with a title")
MEMBERS = Items(ByKind((*SCALAR.options, _MEMBER)), least=1, once=True)
_FINAL = Keys({"value": WORD, "title": TEXT}, required=("value", "title"), what="a word with a title")
_VALUE_KEYS: dict[str, Shape] = {
    "type": NAME,
    "enum": MEMBERS,
    "const": SCALAR,
    "pattern": String("a pattern"),
    "format": String("a format", choices=FORMATS),
    "minLength": Number(whole=True, least=0),
    "maxLength": Number(whole=True, least=0),
    "minimum": Number(),
    "maximum": Number(),
    "exclusiveMinimum": Number(),
    "exclusiveMaximum": Number(),
    "items": VALUE,
    "minItems": Number(whole=True, least=0),
    "maxItems": Number(whole=True, least=0),
    "uniqueItems": Boolean(),
    "examples": Items(Anything(), least=1, once=True),
    "default": Anything(),
    "personal": Boolean(),
    **CONTENT,
    **SAID,
}
_SPAN = Keys({"from": NAME, "before": NAME, "when": CONDITION}, what="from, before, when")
_ONE_PRESENCE = ByKind((Boolean(), NAME, _SPAN))
_PRESENCE = ByKind((Boolean(), NAME, _SPAN, Items(_ONE_PRESENCE, least=1, once=True)))
_FIELD_KEYS: dict[str, Shape] = {
    **_VALUE_KEYS,
    "required": _PRESENCE,
    "forbidden": _PRESENCE,
    "read_only": Boolean(),
    "message": TEXT,
}
_ABSENT = Keys({"present": Boolean()}, required=("present",), what="present: false")
_CHOICE_TEST = ByKind(
    (
        *SCALAR.options,
        Items(ByKind((*SCALAR.options, _ABSENT)), least=1, once=True),
        Keys(
            {"in": Items(SCALAR, least=1, once=True), "starts": Items(WORD, least=1, once=True)},
            one_of=(("in",), ("starts",)),
            what="in or starts",
        ),
    )
)
MATCH = Keys(names=PATH, named=_CHOICE_TEST, least=1, what="paths and what they hold")

_PLACE = Keys({"at": PATH}, required=("at",), what="a path (at: PATH)")
_ORDERED_TEXT = "|".join(PORTABLE[name]["pattern"][1:-1] for name in ("date", "date-time")).replace("(?:", "(")
_LIMIT = ByKind((Number(), String("a date or a date-time", f"({_ORDERED_TEXT})"), _PLACE))
_TEST = Keys(
    {
        "in": Items(SCALAR, least=1, once=True),
        "starts": Items(WORD, least=1, once=True),
        "present": Boolean(),
        "matches": String("a pattern"),
        **dict.fromkeys(COMPARISONS[:-1], Named("limit")),
        "is": ByKind((*SCALAR.options, _PLACE)),
        "count": ByKind(
            (
                Number(whole=True, least=0),
                Keys(
                    {
                        "min": Number(whole=True, least=0),
                        "max": Number(whole=True, least=0),
                        "where": Named("item condition"),
                    },
                    least=1,
                    what="min, max, where",
                ),
            )
        ),
        "some": Named("item condition"),
        "every": Named("item condition"),
        "among": PATH,
    },
    one_of=(*((word,) for word in TEST_WORDS if word not in COMPARISONS), COMPARISONS),
    what="a test",
)
_ANY_TEST = ByKind((String(), Boolean(), Number(), Null(), _TEST))


def _condition(*, item: bool) -> Shape:
    entries = Keys(
        {
            "all": Items(Named("item condition" if item else "condition"), least=1, once=True),
            "any": Items(Named("item condition" if item else "condition"), least=1, once=True),
            "not": Named("item condition" if item else "condition"),
            "when": Named("item condition" if item else "condition"),
            "then": Named("item condition" if item else "condition"),
        },
        names=PATH,
        named=_ANY_TEST,
        together=(("when", "then"),),
        least=1,
        what="a condition: paths and their tests",
    )
    if item:
        return ByKind((String(), Boolean(), Number(), Null(), ByKeys(TEST_WORDS, _TEST, entries)))
    return ByKeys(TEST_WORDS, None, entries)


_ACTION = Keys({"set": SET, "emits": ONE_OR_MORE_NAMES, **PROVENANCE}, least=1, what="set or emits")
_STATE = ByKind(
    (
        Null(),
        Keys(
            {
                "initial": Boolean(),
                "final": ByKind((WORD, _FINAL)),
                "editable": NAME,
                "shown_as": ByKind((WORD, Null())),
                "entry": _ACTION,
                "exit": _ACTION,
                "states": Named("states"),
                **SAID,
            },
            what="a state",
        ),
    )
)

SHAPES: dict[str, Shape] = {
    "limit": _LIMIT,
    "condition": _condition(item=False),
    "item condition": _condition(item=True),
    "pair": Items(CONDITION, least=2, most=2),
    "value": ByKind((NAME, Keys(_VALUE_KEYS, what="a type"))),
    "fields": Keys(
        names=PATH, named=ByKind((NAME, Keys(_FIELD_KEYS, what="a field"))), least=1, what="paths and their fields"
    ),
    "rules": Keys(
        names=NAME,
        named=Keys(
            {"when": CONDITION, "then": CONDITION, "from": NAME, "at": PATH, "message": TEXT, **SAID},
            required=("then",),
            what="a rule",
        ),
        least=1,
        what="rules",
    ),
    "states": Keys(names=NAME, named=_STATE, least=1, what="states"),
}
