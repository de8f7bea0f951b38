"""CM551 to CM554 in French."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

_AFTER = "{event:bare} n'a pas pu arriver à {order:bare} après {before:bare}"
_FIRST = "{event:bare} n'a pas pu être le premier événement de {order:bare}"
_STATE = "{trigger:bare} y mène depuis {sources:bare}, et la commande peut être dans {states:bare}"
_REFUSED = "{trigger:bare} est refusé par {names:bare}"
_NOWHERE = "rien de ce que fait une telle commande n'y mène"
PAGES = {
    "CM551": Page(
        "un événement qui n'a pas pu arriver",
        {
            "after-state": f"{_AFTER} : {_STATE}",
            "after-refused": f"{_AFTER} : {_REFUSED}",
            "after-nowhere": f"{_AFTER} : {_NOWHERE}",
            "first-state": f"{_FIRST} : {_STATE}",
            "first-refused": f"{_FIRST} : {_REFUSED}",
            "first-nowhere": f"{_FIRST} : {_NOWHERE}",
        },
        "`replay` suit chaque commande d'un journal dans le cycle de vie exploré. Ce que les événements ne montrent\n"
        "pas, comme la variante, le document et ce qui n'émet rien, est tout ce qui est possible. Aucune vie de la\n"
        "commande n'a ces événements jusqu'à celui-ci. L'indication est la réparation la moins chère : des événements\n"
        "qui manquent, et des événements de trop. C'est le journal qui est faux, ou le modèle. Les commandes qui ont\n"
        "commencé avant le journal demandent `--cut-front`.",
    ),
    "CM552": Page(
        "une ligne d'un journal qui ne montre aucun événement",
        {
            "object": "la ligne n'est pas un objet",
            "missing": "la ligne n'a pas de {name}",
            "case": "{name:bare} ne nomme aucune commande : écrivez un texte ou un nombre entier",
            "identifier": "l'identifiant {value} est celui de la ligne {line}, où l'événement ou l'heure diffère : "
            "la ligne a été laissée de côté",
            "time": "{name:bare} vaut {value}, qui n'est pas une date avec une heure",
            "unknown": "{name:bare} vaut {value}, qui n'est pas un événement du modèle",
            "other": "aucun événement du modèle n'a {pairs:pairs}",
            "state": "{name:bare} vaut {value}, qui n'est ni un état ni un statut",
            "variant": "{name:bare} vaut {value}, qui n'est aucune des commandes rejouées",
        },
        "La ligne a été laissée de côté. Ce que veulent dire ses membres suit des constantes des événements du modèle\n"
        "et de `log` dans le profil ; `--case CHEMIN` et `--columns MOT=CHEMIN` disent autre chose. Les heures\n"
        "sont en ISO 8601, en UTC si elles n'ont pas de fuseau.",
    ),
    "CM553": Page(
        "la conformité d'un journal est trop basse",
        {"fitness": "la conformité est de {found:bare}, moins de {least:bare}"},
        "La conformité est la part des événements, arrivés ou attendus, qui sont les deux à la fois : les événements\n"
        "moins ceux de trop, sur les événements et ceux qui manquent, d'après les réparations les moins chères. Une\n"
        "commande sans réparation bon marché compte sans aucun de ses événements. `--fail-under` dit jusqu'où elle\n"
        "peut descendre.",
    ),
    "CM554": Page(
        "un nombre ajusté qui n'est pas confirmé",
        {
            "outside": "{figure:bare} a été ajusté à {fitted:bare}, et les commandes mises de côté ont {low:bare} "
            "à {high:bare}",
            "nothing": "rien n'a pu être ajusté : le journal ne montre seul aucun nombre d'un profil, ou trop peu",
        },
        "`fit` utilise une partie des commandes d'un journal, et juge chaque nombre sur les autres (`--holdout`).\n"
        "L'intervalle contient les erreurs des deux parties ; un bon nombre le manque une fois sur vingt. `nothing` :\n"
        "seul compte un pas entre deux événements entre lesquels rien d'autre n'a pu arriver sans être vu, et à\n"
        "partir de 30 pas.",
    ),
}
