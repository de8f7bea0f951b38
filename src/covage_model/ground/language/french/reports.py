"""The sentences of reports."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    ": ": " : ",
    "the baseline has {count:n} {count:finding|findings}": "la référence contient {count:n} {count:constat|constats}",
    "{count:n} {count:finding is|findings are} in the baseline: not counted": "{count:n} {count:constat est|constats "
    "sont} dans la référence : non {count:compté|comptés}",
    "{count:n} {count:finding|findings} of the baseline {count:is|are} gone: see --update-baseline": ""
    "{count:n} {count:constat|constats} de la référence {count:a|ont} disparu : voir --update-baseline",
    "and {count:n} more": "et {count:n} de plus",
    "{count:n} {count:finding is|findings are} suppressed": "{count:n} {count:constat est admis|constats sont admis}",
    "a suppression has ended on {until}: {which} ({reason})": "une exception a pris fin le {until} : {which} "
    "({reason})",
    "a suppression fits nothing, and can be removed: {which} ({reason})": "une exception ne concerne rien, et peut "
    "être retirée : {which} ({reason})",
    "Its messages:": "Ses messages :",
}
