"""CM1xx in French: a spec file has a key or a value that format 1 does not allow."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM101": Page(
        "clé inconnue",
        {"key": "la clé {key} n'existe pas dans {where:words}"},
        "Le langage des spécifications ne permet que les clés que donne `docs/language.md` : une clé mal écrite\n"
        "est une erreur, jamais ignorée. Corrigez la clé ou retirez-la.",
    ),
    "CM102": Page(
        "clé manquante",
        {"missing": "il manque la clé {key} dans {where:words}"},
        "Le langage des spécifications exige cette clé ici. Ajoutez-la ; `docs/language.md` décrit ses valeurs.",
    ),
    "CM103": Page(
        "une valeur d'une autre sorte",
        {
            "kind": "attendu : {expected:words} ; trouvé : {found:words}",
            "bare-test": "un chemin est attendu, pas un test ({found:bare})",
        },
        "La clé prend une valeur d'une autre sorte. Un test tel que `in` ou `min` s'écrit sous le chemin qu'il\n"
        "teste ; c'est seulement dans `some`, `every` et `where` qu'un test peut se passer de chemin.",
    ),
    "CM104": Page(
        "une valeur qui n'est pas permise",
        {
            "choice": "{found} n'est pas l'une des valeurs permises : {legal}",
            "low": "{found} est inférieur à {least}",
            "high": "{found} est supérieur à {most}",
        },
        "Le langage des spécifications ne permet ici que certaines valeurs : celles que donne le message ou\n"
        "`docs/language.md`.",
    ),
    "CM105": Page(
        "il en faut exactement une",
        {
            "none": "le fichier n'a aucune des clés {expected}",
            "several": "le fichier a les clés {found} : une seule d'entre elles est permise",
            "other": "le fichier définit {found}, pas un scénario",
            "one-of-none": "dans {where:words}, il faut une des clés {expected}",
            "one-of-several": "dans {where:words} se trouvent {first} et {found} : une seule des clés {expected} est "
            "permise",
        },
        "Un fichier de spécification contient exactement une des clés `pack`, `types`, `order`, `lifecycle`,\n"
        "`events`, `scenario` et `profile`. De même, une propriété est d'une seule sorte, une variable a soit\n"
        "`values` soit `when`, et un test a un seul mot-clé.",
    ),
    "CM106": Page(
        "nom mal écrit",
        {
            "key": "{found} ne convient pas ; attendu : {expected:words}",
            "value": "{found} ne convient pas ; attendu : {expected:words}",
        },
        "Un nom est une lettre ou _, puis des lettres, des chiffres, _ et -. Un chemin est fait des clés d'un\n"
        "document, par exemple `@type`, jointes par des points : une clé ne contient ni point, ni blanc, ni\n"
        "caractère de contrôle, ni guillemet droit, ni crochet.",
    ),
    "CM107": Page(
        "trop peu ou trop",
        {
            "few": "une liste de longueur {found}, alors qu'il faut au moins {least}",
            "many": "une liste de longueur {found}, alors que {most} au plus est permis",
            "empty": "un ensemble vide, au lieu de {what:words}",
        },
        "La liste ou l'ensemble de clés est plus court ou plus long que ne le permet le langage des\n"
        "spécifications. Vide, il est sans effet : retirez sa clé.",
    ),
    "CM108": Page(
        "une clé sans l'autre",
        {"alone": "{key} est donné sans {other}"},
        "Les deux clés vont ensemble, comme le `when` et le `then` d'une règle. Ajoutez l'autre, ou retirez les\ndeux.",
    ),
}
