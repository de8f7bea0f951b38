"""The grammar of each kind of spec file."""

from __future__ import annotations

from covage_model.pack.compile.grammar import (
    CONDITION,
    CONTENT,
    LANGUAGE,
    LEAF_NAME,
    MATCH,
    MEMBERS,
    NAME,
    ONE_OR_MORE_NAMES,
    PATH,
    PROPERTY_KINDS,
    PROVENANCE,
    SAID,
    SCALAR,
    SET,
    STATE_NAME,
    TEXT,
    TRIGGER_NAME,
    VALUE,
    WORD,
)
from covage_model.pack.compile.grammar_profile import DURATION, PROFILE
from covage_model.pack.compile.shapes import (
    Anything,
    ByKey,
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

_VARIABLE = ByKind(
    (
        MEMBERS,
        Keys(
            {
                "values": MEMBERS,
                "min": Number(whole=True),
                "max": Number(whole=True),
                "when": CONDITION,
                "shown": Keys(
                    names=String("a value of the variable", r"[^\n]*"),
                    named=CONDITION,
                    least=1,
                    what="values and what shows them",
                ),
                **SAID,
            },
            one_of=(("values",), ("min", "max"), ("when",)),
            together=(("min", "max"),),
            what="a variable",
        ),
    )
)
_CASE_KEYS: dict[str, Shape] = {
    "from": ByKind((STATE_NAME, Items(STATE_NAME, least=1, once=True))),
    "to": ByKind((STATE_NAME, Keys({"history": STATE_NAME}, required=("history",), what="history"))),
    "guard": CONDITION,
    "set": SET,
    "emits": ONE_OR_MORE_NAMES,
    "message": TEXT,
    **PROVENANCE,
}
_CASES: dict[str, Shape] = {
    "cases": Items(Keys(_CASE_KEYS, what="a case"), least=1),
    "title": TEXT,
    "description": TEXT,
    **_CASE_KEYS,
}
_OUTCOME = ByKind((Null(), Keys(_CASES, what="an outcome")))
_TRANSITION = Keys(
    {
        "by": ONE_OR_MORE_NAMES,
        "after": DURATION,
        "outcomes": Keys(names=NAME, named=_OUTCOME, least=1, what="outcomes"),
        **_CASES,
    },
    what="a transition",
)
_PROPERTY = Keys(
    {
        "never": CONDITION,
        "always": CONDITION,
        "sometimes": CONDITION,
        "always_possible": CONDITION,
        "precedes": Named("pair"),
        "leads_to": Named("pair"),
        "assuming": Items(TRIGGER_NAME, once=True),
        "only": Keys(
            {"when": CONDITION, "by": Items(NAME, least=1, once=True)}, required=("when", "by"), what="when and by"
        ),
        **SAID,
    },
    one_of=tuple((kind,) for kind in PROPERTY_KINDS),
    what="a property",
)
_EXPECT = Keys(
    {
        "state": STATE_NAME,
        "emitted": Items(NAME),
        "findings": Items(String("CODE, or CODE and a JSON Pointer", r"CM[0-9]{3}( /[^\n\r]*)?")),
    },
    names=NAME,
    named=SCALAR,
    least=1,
    what="an expectation",
)
_WITH_OUTCOME = Keys(names=NAME, named=NAME, least=1, what="a trigger and its outcome")
_STEP = ByKind(
    (
        TRIGGER_NAME,
        Items(ByKind((TRIGGER_NAME, _WITH_OUTCOME)), least=1),
        ByKeys(
            ("refused", "fill", "expect"),
            Keys(
                {
                    "refused": Keys(
                        names=TRIGGER_NAME,
                        named=ByKind((PATH, Items(PATH, least=1, once=True))),
                        least=1,
                        what="refused triggers",
                    ),
                    "fill": Anything(),
                    "expect": _EXPECT,
                },
                one_of=(("refused",), ("fill",), ("expect",)),
                what="a step",
            ),
            _WITH_OUTCOME,
        ),
    )
)
_STATEMENT = ByKey(
    "text",
    Keys({"text": TEXT, "not_modelled": TEXT, "partly": TEXT}, required=("text",), what="a statement"),
    TEXT,
)
_SOURCE = Keys(
    {
        "title": TEXT,
        "url": WORD,
        "description": TEXT,
        "statements": Keys(names=String("a statement's id", r"[A-Za-z0-9_.-]+"), named=_STATEMENT, what="statements"),
    },
    required=("title",),
    what="a source",
)

FILES: dict[str, Keys] = {
    "pack": Keys(
        {
            "pack": NAME,
            "format": Number(whole=True, least=1, most=1),
            "languages": Items(LANGUAGE, least=1, once=True),
            "actors": Keys(names=NAME, named=TEXT, least=1, what="actors"),
            "documents": Items(String("a folder's name", r"[^/\\]+"), least=1, once=True),
            "record": CONDITION,
            "account": NAME,
            "sources": Keys(names=String("a source's id", r"[A-Za-z0-9_.-]+"), named=_SOURCE, what="sources"),
            **SAID,
        },
        required=("pack", "format"),
        what="a pack file",
    ),
    "types": Keys(
        {"types": Keys(names=NAME, named=VALUE, least=1, what="types"), **PROVENANCE}, what="a file of types"
    ),
    "order": Keys(
        {
            "order": NAME,
            "follows": NAME,
            "written_by": NAME,
            "match": MATCH,
            "variants": Keys(
                names=NAME, named=Keys({"match": MATCH, **CONTENT, **SAID}, what="a variant"), least=1, what="variants"
            ),
            **CONTENT,
            **SAID,
        },
        what="an order type",
    ),
    "lifecycle": Keys(
        {
            "lifecycle": NAME,
            "include": Items(NAME, least=1, once=True),
            "status": PATH,
            "requests": NAME,
            "states": Named("states"),
            "variables": Keys(names=NAME, named=_VARIABLE, least=1, what="variables"),
            "transitions": Keys(names=NAME, named=_TRANSITION, least=1, what="transitions"),
            "properties": Keys(names=NAME, named=_PROPERTY, least=1, what="properties"),
            **SAID,
        },
        what="a lifecycle",
    ),
    "events": Keys(
        {"events": Keys(names=NAME, named=VALUE, least=1, what="events"), **PROVENANCE}, what="a file of events"
    ),
    "scenario": Keys(
        {
            "scenario": TEXT,
            "given": Keys(
                {
                    "document": WORD,
                    "earlier": ByKind((WORD, Items(WORD, least=1))),
                    "account": WORD,
                    "order": LEAF_NAME,
                    "role": String("a role", choices=("request", "record", "account")),
                    "status": NAME,
                },
                one_of=(("document",), ("order",)),
                what="what is given",
            ),
            "steps": Items(_STEP),
            "expect": _EXPECT,
            "description": TEXT,
            **PROVENANCE,
        },
        required=("given",),
        what="a scenario",
    ),
    "profile": PROFILE,
}
