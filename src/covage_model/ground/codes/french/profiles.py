"""CM321 to CM324: what the numbers of a profile mean, in French."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM321": Page(
        "un poids qui ne compte jamais",
        {
            "never": "{name} ne peut jamais arriver là où ce poids s'applique",
            "unread": "le poids de {name} teste ce qu'aucune garde ni propriété d'un cycle de vie ne teste",
            "timer": "{name} n'arrive jamais : rien ne lance avant son minuteur {timer}",
        },
        "Un poids compte là où sa transition peut arriver, ou est essayée (`tries: true`), et où aucun poids\n"
        "d'elle cité avant lui ne s'applique. Retirez le poids, ou corrigez sa condition. Une condition peut\n"
        "tester l'état, les variables, et ceux des tests du document et du compte que fait aussi une garde ou une\n"
        "propriété. Une transition avec `at` n'a pas de poids : elle arrive à la fin de son minuteur, qu'une\n"
        "transition de `from` lance.",
    ),
    "CM322": Page(
        "le temps s'arrête",
        {
            "stops": "avec le profil {profile}, rien n'arrive jamais en {state}{variants:in}",
            "endless": "avec le profil {profile}, aucune commande en {state} n'atteint jamais une fin{variants:in}",
        },
        "Les transitions qui pourraient y arriver ont le poids 0, attendent un minuteur que rien n'a lancé, ou\n"
        "sont refusées pour toujours. Donnez un poids à l'une d'elles. Si les documents ne sont pas prêts, `edit`\n"
        "a besoin d'un poids aussi.",
    ),
    "CM323": Page(
        "des poids dont la somme est nulle",
        {"mix": "chaque part du mélange est nulle"},
        "`mix` dit combien de fois chaque commande arrive par rapport aux autres. Donnez une part à l'une\nd'elles.",
    ),
    "CM324": Page(
        "jamais ouvert",
        {"never": "le calendrier {calendar} n'est jamais ouvert"},
        "Le travail sur les commandes, et leur arrivée, n'avancent qu'aux heures d'ouverture d'un calendrier.\n"
        "Donnez-lui des heures.",
    ),
}
