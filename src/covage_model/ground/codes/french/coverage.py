"""CM52x in French: coverage records, which count what was exercised, and what nobody would notice."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.codes.page import Page

PAGES: Mapping[str, Page] = {
    "CM520": Page(
        "un fichier qui n'est pas un relevé de couverture",
        {"record": "ce n'est pas un relevé de couverture : {detail:words}"},
        "`run` et `validate` écrivent des relevés de couverture avec --save-coverage ; `schemas/coverage-1.json`\n"
        "est leur schéma. Ce fichier a été laissé de côté. Les autres relevés ont été réunis.",
    ),
    "CM521": Page(
        "un relevé d'une autre version du modèle",
        {
            "gone": "ce modèle ne définit plus {count} des éléments que compte le relevé : {names:bare}",
            "other": "il a été établi avec une autre version du modèle {pack} ; tous ses éléments existent encore",
        },
        "Un relevé compte les éléments par leur nom. Ceux qui existent encore sous leur nom sont comptés ; les\n"
        "autres sont cités ici et laissés de côté. Une règle récrite sous le même nom garde ses comptes ; un cas\n"
        "et une partie de sa garde sont nommés par leur texte. Pour des comptes exacts, établissez de nouveau le\n"
        "relevé.",
    ),
    "CM522": Page(
        "un relevé d'un autre modèle",
        {"pack": "le relevé est celui du modèle {found:bare}, pas de {pack}"},
        "Le relevé a été laissé de côté. Donnez le même --pack que lorsqu'il a été établi.",
    ),
    "CM523": Page(
        "une partie du modèle que rien n'a exercée",
        {"never": "jamais exercé : {kind:bare} {name:bare}"},
        "Aucune commande et aucun scénario des relevés de couverture ne s'en sert, alors que c'est possible. Ajoutez\n"
        "une commande ou un scénario qui s'en serve. Ce sont des avertissements : `--fail-on warning` échoue pour\n"
        "eux, et avec une référence (`--baseline`) seulement pour les nouveaux.",
    ),
    "CM524": Page(
        "un changement du modèle que personne ne remarque",
        {"survived": "rien ne remarque un changement : {change:bare}"},
        "`mutate` change le modèle en un endroit à la fois. Avec ce changement, chaque commande et chaque scénario du\n"
        "corpus a le même résultat : ce que dit la ligne pourrait se perdre sans que rien le montre. Ajoutez une\n"
        "commande ou un scénario qui ait un autre résultat. Ce sont des avertissements : `--fail-on warning` échoue\n"
        "pour eux, et avec une référence (`--baseline`) seulement pour les nouveaux.",
    ),
    "CM525": Page(
        "un changement du modèle qui n'a pas été essayé",
        {"lost": "un changement n'a pas été essayé : {change:bare} ({why:words})"},
        "Le processus qui essayait ce mutant a été tué : on n'en sait rien, et le score n'est pas complet.\n"
        "Recommencez, avec moins de `--jobs` si la mémoire manque.",
    ),
    "CM526": Page(
        "moins que ce que demande --fail-under",
        {
            "covered": "{found:words} est couvert, moins de {least:bare}",
            "score": "le score de mutation est de {found:bare}, moins de {least:bare}",
            "no-score": "aucun mutant ne compte : il n'y a pas de score, et {least:bare} est demandé",
        },
        "`coverage` et `mutate` échouent au-dessous de la part que dit `--fail-under`, et là où il n'y en a pas.",
    ),
}
