"""CM508 to CM515: findings of `verify`, which explores all behaviours."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

_PROPERTY = "the property {property:bare} is broken: {order:bare} "
_AFTER = ", after: {trace:bare}"
PAGES = {
    "CM508": Page(
        "a property is broken",
        {
            "never": _PROPERTY + "reaches a configuration in which its condition holds" + _AFTER,
            "always": _PROPERTY + "reaches a configuration in which its condition does not hold" + _AFTER,
            "always_possible": _PROPERTY + "reaches a configuration from which its condition is unreachable" + _AFTER,
            "precedes": _PROPERTY + "reaches the second condition before the first" + _AFTER,
            "only": _PROPERTY + "allows {actor:bare} to fire {trigger:bare}" + _AFTER,
            "leads_to": _PROPERTY + "reaches, once the first condition held, a configuration from "
            "which the second is unreachable" + _AFTER,
            "assuming": _PROPERTY + "reaches, once the first condition held, a configuration from which the assumed "
            "moves do not lead to the second" + _AFTER,
            "stops": _PROPERTY + "may stop without the second condition, once the first held" + _AFTER,
            "loops": _PROPERTY
            + "may go on for ever without the second condition, once the first held"
            + _AFTER
            + "; then {loop:bare} again and again",
        },
        "The trace is a shortest counterexample. If guards or the property read a document or an account, it has\n"
        "real ones. `--out DIR` writes it as a scenario that `run` plays, as a sequence diagram and as a picture of\n"
        "the lifecycle. It is an error if the property is stated or inferred, and a warning if it is assumed.\n"
        "Correct the lifecycle or the property.",
    ),
    "CM509": Page(
        "a property is never witnessed",
        {
            "nowhere": "the property {property:bare} is broken: its condition never holds for {order:bare}",
            "part": "the property {property:bare} is broken: its test of {parts:bare} never holds for {order:bare}",
            "together": "the property {property:bare} is broken: each part holds for {order:bare}, but not all at once",
        },
        "A `sometimes` property (EF) holds if some run reaches a configuration in which its condition holds. All\n"
        "configurations were explored, and it holds in none. `part`: this part alone holds in none. `together`: each\n"
        "part holds in some configuration, but no configuration satisfies all parts.",
    ),
    "CM510": Page(
        "a property is not decided",
        {
            "limit": "the property {property:bare} is not decided for {orders:bare}: not every configuration was "
            "explored",
            "document": "the property {property:bare} is not decided for {orders:bare}: no document was found for the "
            "run that decides it",
            "edit": "the property {property:bare} is not decided for {orders:bare}: it holds only if the document is "
            "edited during the run, and no document was found for the edit",
        },
        "`limit`: there are more configurations than `--limit` allows, and the explored ones do not decide it.\n"
        "`document`: a run breaks the property (or witnesses a `sometimes`), but only with a document or account for\n"
        "which certain tests are true or false together. None was found. If none exists, the property holds (a\n"
        "`sometimes` is broken); if one exists, it is the other way round.\n"
        "`edit`: the goal is reachable from every configuration, but from some only by an edit to a document for\n"
        "which certain tests are true or false. None was found; perhaps rules contradict each other.",
    ),
    "CM511": Page(
        "a vacuous property",
        {
            "when": "the property {property:bare} is vacuous: its `when` never holds",
            "first": "the property {property:bare} is vacuous: its first condition never holds",
        },
        "The condition holds in no configuration of any order or variant that follows the lifecycle, so the property\n"
        "is vacuously true: it would hold whatever else it requires. Correct the condition, or the lifecycle.",
    ),
    "CM512": Page(
        "a transition that is never enabled",
        {
            "trigger": "{trigger:bare} is never enabled: its guard holds in no configuration of {states:bare}",
            "case": "the case {number} of {trigger:bare} is never enabled: its guard holds in no configuration of "
            "{states:bare}",
        },
        "The whole state space of every order and variant that follows the lifecycle was explored. The transition,\n"
        "or this case of it, is enabled in no configuration. Remove it, or correct its guard.",
    ),
    "CM513": Page(
        "a value that is never taken",
        {
            "value": "{variable:bare} is never {value}",
            "values": "{variable:bare} is never one of {first} to {last}",
        },
        "The variable has this value in no configuration of any order or variant that follows the lifecycle: no\n"
        "transition that is ever enabled sets it. Remove the value, or add a transition that sets it.",
    ),
    "CM514": Page(
        "an order that never completes",
        {
            "success": "no {order:bare} ever reaches a {outcome:bare}: it ends in {found:bare}",
            "outcome": "no {order:bare} ever ends in {outcome:bare}, unlike all others that follow its lifecycle: it "
            "ends in {found:bare}",
        },
        "If the lifecycle has a `final: success` state, each order and variant that follows it should be able to\n"
        "reach one. Otherwise each should be able to reach every final state that all the others reach.",
    ),
    "CM515": Page(
        "nothing was verified",
        {
            "nothing": "nothing was verified: the pack has no order and no lifecycle",
            "no-property": "no property was verified: no lifecycle of {orders:bare} has any",
        },
        "`verify` decides the `properties` of lifecycles. There are none, so it has nothing to pass. Write\n"
        "properties: what must never, always or sometimes hold. `no-property`: the lifecycles were explored all the\n"
        "same, to find transitions that are never enabled and values that are never taken.",
    ),
}
