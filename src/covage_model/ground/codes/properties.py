"""CM508 to CM515: what `verify` decided of all behaviours."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

_PROPERTY = "the property {property:bare} is broken: {order:bare} "
_AFTER = ", after: {trace:bare}"
PAGES = {
    "CM508": Page(
        "a property is broken",
        {
            "never": _PROPERTY + "comes to what must never be" + _AFTER,
            "always": _PROPERTY + "comes to where it does not hold" + _AFTER,
            "always_possible": _PROPERTY + "comes to where it is possible no more" + _AFTER,
            "precedes": _PROPERTY + "comes to the second without the first" + _AFTER,
            "only": _PROPERTY + "lets {actor:bare} do {trigger:bare}" + _AFTER,
            "leads_to": _PROPERTY + "comes, once the first held, to where the second is possible no more" + _AFTER,
        },
        "The trace is a shortest counterexample, with a real document and account where guards or the\n"
        "property read them. `--out DIR` writes it as a scenario that `run` plays, as a sequence diagram and\n"
        "as a picture of the lifecycle. Breaking what is stated or inferred is an error, breaking what is\n"
        "assumed a warning. Correct the lifecycle or the property.",
    ),
    "CM509": Page(
        "a property is never witnessed",
        {
            "nowhere": "the property {property:bare} is broken: {order:bare} never comes there",
            "part": "the property {property:bare} is broken: what it asks of {parts:bare} never holds of {order:bare}",
            "together": "the property {property:bare} is broken: its parts hold of {order:bare}, and never together",
        },
        "A `sometimes` property holds if some run reaches a configuration in which the condition holds. All\n"
        "configurations were explored, and there is none. `part`: that part of the condition alone holds in\n"
        "no configuration.",
    ),
    "CM510": Page(
        "a property is not decided",
        {
            "limit": "the property {property:bare} is not decided for {orders:bare}: not every configuration was "
            "looked at",
            "document": "the property {property:bare} is not decided for {orders:bare}: no document was found that "
            "shows it",
            "edit": "the property {property:bare} is not decided for {orders:bare}: it holds only if the document is "
            "edited on the way, and none was found to edit it to",
        },
        "`limit`: there are more configurations than `--limit` allows, and what was looked at decides nothing.\n"
        "`document`: runs show that the property is broken, or a `sometimes` witnessed, but only on documents or\n"
        "accounts in which certain tests are true or false together, and none such was found. That proves\n"
        "nothing: perhaps there are none, and the property holds (a `sometimes`: is broken).\n"
        "`edit`: from everywhere a way leads to what the property asks for, but somewhere only by way of an edit, to\n"
        "a document of which certain tests are true or false, and none such was found. Perhaps rules contradict.",
    ),
    "CM511": Page(
        "a vacuous property",
        {
            "when": "the property {property:bare} says nothing: its `when` never holds",
            "first": "the property {property:bare} says nothing: its first condition never holds",
        },
        "The condition holds in no configuration of any order and variant that follows the lifecycle, so the\n"
        "property is vacuously true. Correct the condition, or the lifecycle.",
    ),
    "CM512": Page(
        "a transition that never happens",
        {
            "trigger": "{trigger:bare} never happens: its guard holds in no configuration of {states:bare}",
            "case": "the case {number} of {trigger:bare} never happens: its guard holds in no configuration of "
            "{states:bare}",
        },
        "The state space of every order and variant that follows the lifecycle was explored, and the\n"
        "transition, or this case of it, is never enabled. Remove it, or correct its guard.",
    ),
    "CM513": Page(
        "a value that is never taken",
        {"value": "{variable:bare} is never {value}"},
        "In no configuration of any order and variant that follows the lifecycle does the variable have this\n"
        "value: no transition that happens sets it.",
    ),
    "CM514": Page(
        "an order that never completes",
        {
            "success": "no {order:bare} ever comes to a {outcome:bare}: it ends in {found:bare}",
            "outcome": "no {order:bare} ever ends in {outcome:bare}, as all others do that follow its lifecycle: it "
            "ends in {found:bare}",
        },
        "If the lifecycle has a state that is `final: success`, each order and variant that follows it should\n"
        "be able to reach one. If it has none, each should be able to reach every final state that the others\n"
        "reach.",
    ),
    "CM515": Page(
        "nothing was verified",
        {
            "nothing": "nothing was verified: there is no order and no lifecycle",
            "no-property": "no property was verified: no lifecycle of {orders:bare} has one",
        },
        "`verify` decides the `properties` of lifecycles, and found none: to pass would say nothing. Write what\n"
        "must never, always or sometimes be. `no-property`: the lifecycles were explored all the same, so that\n"
        "transitions that never happen, and values that are never taken, were found.",
    ),
}
