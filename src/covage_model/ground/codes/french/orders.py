"""CM4xx in French: findings about an order document."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

_PLACE = " au statut {status:bare}"
_WHERE = " là où {when:said}"
PAGES = {
    "CM401": Page(
        "aucun type de commande ne correspond",
        {
            "missing": "il manque {path:bare}, donc aucun type de commande ne correspond ; le plus proche est "
            "{nearest:bare}",
            "value": "{path:bare} est {found:value}, ce qui ne correspond à aucun type de commande ; le plus proche "
            "est "
            "{nearest:bare}",
            "starts": "{path:bare} est {found:value}, ce qui ne correspond à aucun type de commande ; le plus proche "
            "est {nearest:bare}",
            "none": "ce n'est pas une commande : il n'y a aucun des champs qui décident du type de commande : "
            "{paths:bare}",
            "other": "ce n'est pas une commande : {path:bare} est {found:value}, ce qui ne correspond à aucun type de "
            "commande",
            "envelope": "ce n'est pas une commande, mais il y en a à l'intérieur, en {pointer:bare}",
        },
        "Quelques champs décident du type de commande (`match` dans la spécification). Ce document ne correspond\n"
        "à aucun ; le reste est jugé d'après le type le plus proche. Si aucun de ces champs n'a une valeur d'un\n"
        "type de commande, ni même une valeur voisine, ce n'est pas une commande, et rien d'autre n'est jugé. Si\n"
        "des commandes sont à l'intérieur du document, `--at POINTEUR` dit où.",
    ),
    "CM402": Page(
        "aucune variante ne correspond",
        {
            "missing": "il manque {path:bare}, donc aucune variante ne correspond ; la plus proche est {nearest:bare}",
            "value": "{path:bare} est {found:value}, ce qui ne correspond à aucune variante ; la plus proche est "
            "{nearest:bare}",
            "starts": "{path:bare} est {found:value}, ce qui ne correspond à aucune variante ; la plus proche est "
            "{nearest:bare}",
        },
        "Le document correspond à un type de commande, mais à aucune de ses variantes. Le reste est jugé d'après\n"
        "la variante la plus proche.",
    ),
    "CM403": Page(
        "manquant",
        {
            "missing": "il manque {path:bare}, qui est requis" + _PLACE,
            "where": "il manque {path:bare}, qui est requis" + _WHERE,
            "missing-where": "il manque {path:bare}, qui est requis" + _PLACE + _WHERE,
            "always": "il manque {path:bare}, qui est requis",
        },
        "La spécification exige ce champ : à ce statut, là où une condition est vraie, ou toujours. Pour juger le\n"
        "document à un autre statut, par exemple un brouillon qui peut être incomplet, utilisez `--state`.",
    ),
    "CM404": Page(
        "valeur refusée",
        {
            "type": "{found:value} n'est pas du type {expected:words}",
            "enum": "{found:value} n'est pas l'une des valeurs permises : {expected}",
            "const": "{found:value} n'est pas {expected}",
            "pattern": "{found} n'a pas la forme attendue, {kind:kind}",
            "format": "{found} n'a pas la forme attendue, {kind:kind}",
            "minLength": "{found} a moins de {expected} {expected:caractère|caractères}",
            "maxLength": "{found} a plus de {expected} {expected:caractère|caractères}",
            "minimum": "{found} est inférieur à {expected}",
            "maximum": "{found} est supérieur à {expected}",
            "exclusiveMinimum": "{found} n'est pas supérieur à {expected}",
            "exclusiveMaximum": "{found} n'est pas inférieur à {expected}",
            "minItems": "la liste a moins de {expected} {expected:élément|éléments}",
            "maxItems": "la liste a plus de {expected} {expected:élément|éléments}",
            "uniqueItems": "la liste contient deux fois le même élément",
        },
        "La spécification ne permet pas cette valeur pour ce champ. Chaque message porte sur un seul mot-clé de\n"
        "JSON Schema.",
    ),
    "CM405": Page(
        "champ en lecture seule dans une demande",
        {"read-only": "{path:bare} est renseigné par la plateforme, pas dans une demande"},
        "Retirez le champ, ou utilisez `--role record` si c'est la plateforme qui a écrit le document.",
    ),
    "CM406": Page(
        "champ inconnu",
        {
            "field": "le champ {name} n'existe pas ici",
            "not-described": "le champ {name} n'est pas décrit",
            "column": "aucune commande n'a de champ {name} : cette colonne n'a pas été lue",
        },
        "Dans une demande, un champ inconnu est une erreur, car c'est le plus souvent une faute de frappe. Dans\n"
        "une réponse, c'est une remarque, car la plateforme peut ajouter des champs que la spécification ne\n"
        "décrit pas.",
    ),
    "CM407": Page(
        "règle enfreinte",
        {"rule": "la règle {rule:bare} n'est pas respectée"},
        "Une règle lie plusieurs champs, ou un champ et le compte. Ce document ne la respecte pas : voyez la\n"
        "ligne de la spécification.",
    ),
    "CM408": Page(
        "règle non vérifiée",
        {
            "no-account": "la règle {rule:bare} n'a pas été vérifiée : aucun compte n'a été donné",
            "unsound-account": "la règle {rule:bare} n'a pas été vérifiée : le compte a des constats dans les parties "
            "qu'elle lit",
            "no-account-in-run": "la règle {rule:bare} n'a pas été vérifiée pour {orders:n} {orders:order|orders} : "
            "aucun compte n'a été donné",
            "unsound-account-in-run": "la règle {rule:bare} n'a pas été vérifiée pour {orders:n} "
            "{orders:order|orders} : le compte a des constats dans les parties qu'elle lit",
        },
        "La règle compare la commande au compte, qui contient ce que la plateforme sait de l'émetteur. Donnez-le\n"
        "avec `--account FICHIER`. Une règle qui n'a pas été vérifiée n'est pas tenue pour respectée ; avec\n"
        "`--strict`, elle compte comme un constat.",
    ),
    "CM409": Page(
        "interdit",
        {
            "forbidden": "{path:bare} est interdit" + _PLACE,
            "where": "{path:bare} est interdit" + _WHERE,
            "forbidden-where": "{path:bare} est interdit" + _PLACE + _WHERE,
            "always": "{path:bare} est interdit",
        },
        "La spécification interdit ce champ : à ce statut, là où une condition est vraie, ou toujours. Retirez-le.",
    ),
    "CM410": Page(
        "une commande qui ne se demande pas",
        {"written-by": "seul {by:bare} écrit {order:bare} : cette commande ne se demande pas"},
        "Le type de commande a `written_by` : les opérateurs lisent ces commandes et ne les envoient jamais. Si\n"
        "c'est la plateforme qui a écrit ce document, utilisez `--role record`.",
    ),
    "CM411": Page(
        "aucun statut connu",
        {
            "missing": "la réponse n'a pas de {path:bare} : elle est jugée au statut initial",
            "unknown": "{found:value} n'est pas un statut : la réponse est jugée au statut initial",
        },
        "Une réponse est jugée au statut qu'elle montre. Celle-ci ne montre aucun statut de son cycle de vie.",
    ),
    "CM413": Page(
        "cette commande n'a pas ce statut",
        {"status": "{order:bare} n'a pas de statut {status} : le document n'a pas été jugé"},
        "`--state`, ou le `status` d'un scénario, nomme un statut que le cycle de vie de cette commande n'a pas.\n"
        "Les documents des autres types de commande sont jugés.",
    ),
    "CM414": Page(
        "plus de constats qu'il n'en est montré",
        {"more": "{count} {count:autre constat|autres constats} sur ce document ne sont pas montrés"},
        "Au plus 10 000 constats sur un document sont montrés ; les autres sont comptés. Corrigez les premiers :\n"
        "tant de constats ont souvent une seule cause, par exemple un fichier d'une autre sorte.",
    ),
    "CM415": Page(
        "pas unique dans cette exécution",
        {
            "again": "{path:bare} n'est pas unique : la commande de {file:bare}, ligne {line} a la même valeur",
            "unfinished": "l'unicité des valeurs n'a pas été vérifiée : le fichier temporaire a fait défaut : "
            "{detail:words}",
        },
        "Une seule commande de l'exécution peut avoir cette valeur : la spécification cite ce chemin sous\n"
        "`unique`. Le constat porte sur la seconde commande et nomme la première ; les deux lignes sont celles où\n"
        "commence une commande. Ces constats viennent en dernier. Au-delà de 64 Mo, les empreintes sont gardées\n"
        "dans un fichier temporaire, dans le dossier de `TMPDIR` ; s'il ne peut pas être écrit, l'unicité n'est\n"
        "pas vérifiée, et c'est une erreur.",
    ),
    "CM416": Page(
        "non jugé",
        {
            "interrupted": "l'exécution a été interrompue : ce qui suit n'a pas été jugé",
            "lost": "les lignes {first} à {last} n'ont pas été jugées : {why:words}",
        },
        "L'exécution, ou l'un de ses processus, s'est arrêtée avant la fin de ses entrées. Le rapport compte ce\n"
        "qui a été jugé ; jugez de nouveau le reste. Un processus arrêté de force manquait souvent de mémoire :\n"
        "`--jobs 1` en demande le moins.",
    ),
    "CM420": Page(
        "ce qu'elle était avant",
        {
            "became": "elle était {before}, et peut être devenue {after} par : {moves:bare}",
            "same": "rien n'a dû arriver depuis qu'elle était {before}",
            "never": "elle était {before}, et aucun chemin ne mène de là à ceci ; le plus proche : {nearest:bare}",
            "edited": "elle était {before} : dès lors personne ne peut changer ce que le client a écrit, et il diffère",
            "nowhere": "aucune histoire ne mène à ce qu'elle était avant ({before})",
            "kind": "elle était {before}, et aucune commande ne devient {after}",
            "unknown": "aucune réponse d'avant ne porte son nom : elle n'est pas comparée",
            "undecided": "rien ne décide si elle peut être devenue ceci : son cycle de vie a trop de configurations",
        },
        "`validate --before ANCIENS NOUVEAUX` compare chaque réponse à celle du même nom dans ANCIENS. La table\n"
        "explorée est parcourue d'une configuration qui montre la réponse d'avant à une qui montre celle-ci. Les\n"
        "mouvements sont ceux d'un chemin le plus court, chacun avec qui peut le faire ; d'autres ont pu arriver.",
    ),
    "CM419": Page(
        "aucune histoire n'y mène",
        {
            "shown": "aucune histoire ne mène à une commande {status} avec {shown:bare} ; le plus proche : "
            "{nearest:bare}",
            "elsewhere": "aucune histoire ne mène à une commande {status} avec {shown:bare} ; le plus proche est "
            "{other} avec {nearest:bare}",
            "status": "aucune histoire ne mène à une commande de ce type qui soit {status}",
            "document": "aucune histoire ne mène à une commande {status} avec ce contenu de {paths:bare}",
        },
        "Chaque champ de la réponse est possible, mais aucune commande de cette variante ne les montre jamais\n"
        "ensemble : la table explorée de son cycle de vie n'a aucune configuration de ce statut où les variables\n"
        "cachées ont les valeurs que montre la réponse (`shown` dans le cycle de vie), et où le document, sans ses\n"
        "champs en lecture seule, est comme la réponse pour tout ce que des gardes ne lisent que de lui (`document:\n"
        "STATUT` et ce qui lit le compte peuvent être vrais ou faux). Ou la réponse est fausse, ou il manque un\n"
        "chemin au cycle de vie. Une réponse qui a d'autres erreurs n'est pas cherchée.",
    ),
    "CM418": Page(
        "un compte parmi les commandes",
        {"account": "c'est un compte, pas une commande : il n'a pas été jugé"},
        "Le document correspond au type d'un compte dans le modèle, et à aucun type de commande. Un compte\n"
        "contient ce que la plateforme sait de l'émetteur : donnez-le avec `--account FICHIER`, et les règles qui le\n"
        "lisent sont vérifiées.",
    ),
    "CM417": Page(
        "des comptes qui se contredisent",
        {"contradiction": "{path:bare} diffère de {file:bare}, ligne {line}"},
        "Avec plusieurs `--account`, les fichiers forment un seul compte : leurs listes s'ajoutent, et les objets\n"
        "ont les membres de tous. Toute autre valeur doit être la même partout où elle est donnée. Les règles qui\n"
        "lisent cette partie ne sont pas vérifiées.",
    ),
    "CM412": Page(
        "rien à juger",
        {
            "nothing": "aucun fichier de commandes n'a été trouvé dans {where:bare}",
            "no-match": "aucun fichier ne correspond à {where:bare}",
            "empty-list": "la liste {where:bare} ne nomme aucun fichier",
            "excluded": "il ne reste aucun fichier à juger : tous sont écartés par {where:bare}",
            "nothing-to-play": "aucun scénario n'a été trouvé dans {where:bare}",
            "nothing-to-replay": "aucune commande n'a été trouvée dans le journal {where:bare}",
            "nothing-to-merge": "aucun relevé de couverture n'a été trouvé dans {where:bare}",
            "nothing-to-cover": "rien ne peut être couvert : le modèle {pack:bare} n'a pas de {kinds:words}",
            "nothing-to-mutate": "aucun mutant n'a été essayé : le modèle {pack:bare} n'a rien que ces opérateurs "
            "changent",
            "empty-corpus": "aucun mutant ne peut être tué : le corpus est vide",
        },
        "Les commandes sont lues dans les fichiers en .json, .yaml, .yml, .ndjson ou .jsonl, les scénarios dans\n"
        "ceux en .yaml, et les relevés de couverture dans ceux en .json. Vérifiez le chemin, et que le programme\n"
        "qui écrit ces fichiers a tourné. Quand il n'y a rien à juger, à couvrir ou à changer, rien n'est montré,\n"
        "et le code de sortie est 1.",
    ),
}
