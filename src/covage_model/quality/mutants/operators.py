"""
The mutation operators by name, and all mutants of a pack.

The pack is not walked by `pack/definitions`: a mutant is the pack with another value at one place, so each edit needs
the path of attributes and positions to that place, and the parts beside it (cases, members of an `enum`) together.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping

from covage_model.documents.presence import statuses
from covage_model.pack.conditions import words
from covage_model.pack.model.conditions import Condition
from covage_model.pack.model.lifecycle import Lifecycle
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.values import Value
from covage_model.quality.mutants import lifecycles, orders, values
from covage_model.quality.mutants.mutant import Mutant, MutantEdit, Path, joined
from covage_model.quality.mutants.uses import Uses, uses_of

# in English and in French: `at` is the changed definition, `old` and `new` what is changed there
SENTENCES: Mapping[str, tuple[str, str]] = {
    "transition-drop": ("the trigger {at} is gone", "le déclencheur {at} disparaît"),
    "case-drop": ("{at} loses its case from {old}", "{at} perd son cas depuis {old}"),
    "guard-drop": ("{at} needs no longer: {old}", "{at} n'exige plus : {old}"),
    "guard-negate": ("{at} needs the contrary of: {old}", "{at} exige le contraire de : {old}"),
    "guard-part-drop": ("the guard of {at} loses: {old}", "la garde de {at} perd : {old}"),
    "guard-value-drop": ("the guard of {at} takes {old} no more", "la garde de {at} n'accepte plus {old}"),
    "guard-bound-relax": ("the guard of {at} says {new}, not {old}", "la garde de {at} dit {new}, non {old}"),
    "effect-drop": ("{at} no longer sets {old}", "{at} ne fixe plus {old}"),
    "effect-swap": ("{at} sets {new}, not {old}", "{at} fixe {new}, non {old}"),
    "event-drop": ("{at} no longer emits {old}", "{at} n'émet plus {old}"),
    "by-drop": ("{at} may not be made by {old}", "{at} ne peut être fait par {old}"),
    "history-drop": ("{at} enters {old} at its first step", "{at} entre dans {old} par sa première étape"),
    "target-swap": ("{at} leads to {new}, not to {old}", "{at} mène à {new}, non à {old}"),
    "from-add": ("{at} starts from {new} too", "{at} part aussi de {new}"),
    "from-drop": ("{at} starts from {old} no more", "{at} ne part plus de {old}"),
    "start-swap": ("{at} begins with {new}, not {old}", "{at} commence par {new}, non {old}"),
    "range-widen": ("{at} goes up to {new}, not {old}", "{at} va jusqu'à {new}, non {old}"),
    "shown-drop": ("no record shows {at}, as {old} did", "aucune réponse ne montre {at}, comme le faisait {old}"),
    "initial-swap": ("{new} is the first state, not {old}", "{new} est l'état initial, non {old}"),
    "editable-drop": ("nobody edits in {at}", "personne ne modifie en {at}"),
    "condition-negate": ("{at} is the contrary of: {old}", "{at} est le contraire de : {old}"),
    "condition-part-drop": ("the condition of {at} loses: {old}", "la condition de {at} perd : {old}"),
    "condition-value-drop": ("the condition of {at} takes {old} no more", "la condition de {at} n'accepte plus {old}"),
    "condition-bound-relax": (
        "the condition of {at} says {new}, not {old}",
        "la condition de {at} dit {new}, non {old}",
    ),
    "field-drop": ("there is no field {at}", "il n'y a pas de champ {at}"),
    "type-drop": ("{at} may be anything, not {old}", "{at} peut être tout, non {old}"),
    "items-drop": ("the items of {at} may be anything", "les éléments de {at} peuvent être tout"),
    "keyword-drop": ("{at} loses its {old}", "{at} perd son {old}"),
    "pattern-any": ("{at} may be any text", "{at} peut être tout texte"),
    "pattern-widen": ("{at} matches {new}", "{at} a la forme {new}"),
    "enum-widen": ("{at} may be {new} too", "{at} peut aussi être {new}"),
    "enum-shrink": ("{at} may not be {old}", "{at} ne peut être {old}"),
    "bound-relax": ("the bound of {at} is {new}, not {old}", "la borne de {at} est {new}, non {old}"),
    "read-only-drop": ("a request may give {at}", "une demande peut donner {at}"),
    "required-drop": ("{at} is not required", "{at} n'est pas exigé"),
    "required-when-drop": ("{at} is required not only if {old}", "{at} est exigé non seulement si {old}"),
    "required-earlier": ("{at} is required from {new}, not {old}", "{at} est exigé dès {new}, non {old}"),
    "required-later": ("{at} is required from {new}, not {old}", "{at} est exigé dès {new}, non {old}"),
    "forbidden-drop": ("{at} is not forbidden", "{at} n'est pas interdit"),
    "forbidden-when-drop": ("{at} is forbidden not only if {old}", "{at} est interdit non seulement si {old}"),
    "forbidden-earlier": ("{at} is forbidden up to {new}, not {old}", "{at} est interdit jusqu'à {new}, non {old}"),
    "forbidden-later": ("{at} is forbidden up to {new}, not {old}", "{at} est interdit jusqu'à {new}, non {old}"),
    "rule-drop": ("the rule {at} is gone", "la règle {at} disparaît"),
    "rule-when-drop": ("the rule {at} holds not only if {old}", "la règle {at} vaut non seulement si {old}"),
    "rule-earlier": ("the rule {at} holds from {new}, not {old}", "la règle {at} vaut dès {new}, non {old}"),
    "rule-later": ("the rule {at} holds from {new}, not {old}", "la règle {at} vaut dès {new}, non {old}"),
    "unique-drop": ("{at} may be the same in several orders", "{at} peut être le même dans plusieurs commandes"),
    "match-swap": ("{old} and {new} match each other's documents", "{old} et {new} échangent leurs documents"),
    "match-value-drop": ("{at} matches {old} no more", "{at} n'accepte plus {old}"),
    "written-by-drop": ("{at} is written by anybody, not {old}", "{at} est écrit par tous, non par {old}"),
    "record-drop": ("no document is a record", "aucun document n'est un enregistrement"),
}  # fmt: skip
OPERATORS = tuple(SENTENCES)


def sentence(mutant: Mutant, language: str) -> str:
    """What a mutant changes, in one sentence; English unless the language is "fr"."""
    template = SENTENCES[mutant.operator][1 if language == "fr" else 0]
    return template.format(at=mutant.at, old=_spelled(mutant.old, language), new=_spelled(mutant.new, language))


def _spelled(value: object, language: str) -> str:
    if isinstance(value, Condition):
        return words.describe(value, language)
    return value if isinstance(value, str) else words.scalar(value)


def mutants(pack: SpecPack, *, operators: Collection[str] = OPERATORS) -> tuple[Mutant, ...]:
    """
    Every mutant of a sound pack by these operators, sorted by spec line.

    Definitions that no order, lifecycle or account uses are not mutated, and no events: nothing could notice.
    """
    uses = uses_of(pack)
    edits = (edit for edit in _edits(pack, uses) if edit.operator in operators)
    return joined(edits, os.path.dirname(pack.origin.location.file))


def _edits(pack: SpecPack, uses: Uses) -> Iterator[MutantEdit]:
    followed = {order.follows for order in pack.orders}
    for number, lifecycle in enumerate(pack.lifecycles):
        if lifecycle.name in followed:
            yield from lifecycles.edits(lifecycle, ("lifecycles", number))
    for number, named in enumerate(pack.types):
        variants = uses.by_type[named.name]
        if variants or named.name in uses.of_account:
            life = next(
                (pack.lifecycle(variant.order.follows) for variant in pack.variants if variant.name in variants), None
            )
            yield from _of_value(named.value, ("types", number, "value"), named.name, life)
    for number, order in enumerate(pack.orders):
        life = pack.lifecycle(order.follows)
        yield from orders.edits(order, ("orders", number))
        yield from _of_value(order.value, ("orders", number, "value"), order.name, life)
        for index, variant in enumerate(order.variants):
            name = f"{order.name}/{variant.name}"
            yield from _of_value(variant.value, ("orders", number, "variants", index, "value"), name, life)
    yield from orders.of_record(pack)


def _of_value(value: Value, path: Path, at: str, life: Lifecycle | None) -> Iterator[MutantEdit]:
    """A type has the statuses of the first order that uses it; the account's type has none."""
    shown = life.statuses if life is not None else ()
    return values.edits(value, path, at, shown, statuses.request_status(life) if life is not None else None)
