"""CM501 to CM507, CM516 to CM519 in French: findings about scenarios, citations and generated orders."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM501": Page(
        "une attente n'est pas satisfaite",
        {
            "state": "l'état est {found}, pas {expected}",
            "variable": "{name:bare} vaut {found}, pas {expected}",
            "emitted": "les événements sont {found:words}, pas {expected:bare}",
            "findings": "les constats sont {found:words}, pas {expected:words}",
        },
        "Le scénario a été joué jusqu'à cette étape, et le résultat diffère de son `expect`. Corrigez le\n"
        "scénario, ou la spécification.",
    ),
    "CM502": Page(
        "un déclencheur a été refusé",
        {"refused": "{trigger:bare} a été refusé par {reasons:bare}"},
        "Chaque motif nomme une partie de la garde qui n'est pas vraie : l'état, une variable, un champ du\n"
        "document ou une règle. `covage-model why` l'explique.",
    ),
    "CM503": Page(
        "un déclencheur n'a pas été refusé",
        {
            "accepted": "{trigger:bare} a été accepté, alors que le scénario attend un refus",
            "reason": "{trigger:bare} a été refusé par {found:bare}, pas par {expected:bare}",
        },
        "Un scénario peut attendre un refus et en nommer les motifs. Chaque motif qu'il nomme doit être parmi\n"
        "ceux du refus.",
    ),
    "CM504": Page(
        "non décidé",
        {
            "undecided": "il n'est pas décidé si {trigger:bare} est possible : {reasons:bare} n'a pas pu être vérifié",
            "outcomes": "plusieurs issues de {trigger:bare} sont possibles ici : {reasons:bare}",
        },
        "Une garde lit le compte, mais aucun compte n'a été donné, ou la partie lue a des constats. L'exécution\n"
        "s'arrête ici : une garde qui n'a pas été vérifiée n'est jamais tenue pour vraie.\n"
        "`outcomes` : l'étape ne nomme qu'un déclencheur, et plusieurs de ses issues peuvent suivre. Personne ne\n"
        "choisit à votre place.",
    ),
    "CM505": Page(
        "une étape impossible",
        {
            "trigger": "le déclencheur {name} n'existe pas",
            "expected": "il n'y a ni variable ni condition {name} à attendre",
            "value": "{name:bare} ne vaut jamais {value} : cela ne peut pas être attendu",
            "event": "il n'y a pas d'événement {name} à attendre",
            "state": "il n'y a pas d'état {name} à attendre",
            "final": "aucun état n'est final avec le mot {name}",
            "not-editable": "le document ne peut pas être modifié dans l'état {state:bare}",
            "choice": "la modification ferait du document {found:words}, pas {expected:bare}",
            "no-document": "il n'y a pas de document à modifier",
            "other-order": "le document est {found:words}, pas {expected:bare}",
            "choice-none": "le document ne correspond à aucune commande : {found:words}",
        },
        "L'étape nomme quelque chose que le cycle de vie ne définit pas, ou modifie le document dans un état qui\n"
        "n'est pas `editable`, ou le document est d'une autre commande ou variante que ne le dit le scénario.",
    ),
    "CM519": Page(
        "une attente qui ne peut pas être vérifiée",
        {
            "nothing": "le scénario n'attend rien : il ne peut pas échouer",
            "no-run": "{name} ne peut pas être attendu sans étapes : le document est jugé, et n'a que des constats",
            "findings": "`findings` ne peut pas être attendu d'une exécution : seul un scénario sans étapes juge son "
            "document",
        },
        "Un scénario avec des étapes, ou avec `given: {order: …}`, est une exécution. Il peut attendre un état,\n"
        "le mot d'un état final, des variables et des événements. Un scénario sans étapes juge son document et\n"
        "peut attendre des `findings`.",
    ),
    "CM506": Page(
        "un fichier qui ne peut pas servir",
        {
            "outside": "{name} est hors du dossier dans lequel le scénario peut lire",
            "unreadable": "{name} ne peut pas être lu : {detail:words}",
            "several": "{name} contient plusieurs documents, alors qu'un seul est attendu",
        },
        "Les documents et les comptes d'un scénario doivent être dans le dossier du modèle, ou dans celui du\n"
        "scénario s'il ne fait pas partie du modèle. Chaque fichier contient un document.",
    ),
    "CM507": Page(
        "un énoncé d'une source qu'aucun scénario n'exerce",
        {
            "uncited": "aucune définition ne cite l'énoncé {name:bare}",
            "unexercised": "aucun scénario n'exerce une définition qui cite {name:bare}",
            "no-statement": "les sources du modèle {pack:bare} n'ont aucun énoncé",
        },
        "Chaque énoncé d'une source a besoin d'une définition qui le cite et qu'un scénario exerce, ou de la\n"
        "raison pour laquelle il n'est pas modélisé (`not_modelled`). Un scénario exerce une règle si son `when`\n"
        "a été vrai ; une transition si elle a eu lieu ou a été refusée ; un champ ou un type s'il a décidé d'un\n"
        "constat ; une commande et sa variante si un document a été jugé comme tel ; un état s'il a été atteint ;\n"
        "une variable si elle a changé ou causé un refus ; un événement s'il a été émis. Les propriétés ne\n"
        "comptent pas. `covage-model sources` montre ce qui cite chaque énoncé.",
    ),
    "CM516": Page(
        "aucune commande n'a pu être produite",
        {
            "none": "aucune {role:words} valide de {order:bare} n'a été trouvée pour {status:bare}",
            "no-order": "le modèle {pack:bare} n'a pas de commande",
            "too-large": "aucune {role:words} de {order:bare} n'a été produite pour {status:bare} : elle contiendrait "
            "plus de {most:bare} valeurs",
            "spent": "{order:bare} a moins de commandes que demandé : aucune autre valeur de {paths:bare} n'a été "
            "trouvée pour {status:bare}",
            "none-for-account": "aucune {role:words} valide de {order:bare} pour {status:bare} n'a été trouvée avec ce "
            "compte",
        },
        "La recherche n'a trouvé aucun document qui satisfasse toutes les exigences, interdictions et règles de\n"
        "ce statut. S'il n'en existe pas, une règle contredit peut-être une exigence, aucun texte ne correspond à\n"
        "un motif, ou il manque au compte une entrée qui convienne. S'il en existe un, mais difficile à trouver,\n"
        "ajoutez une valeur aux `examples` du type. Un document qui devrait être très grand (`minItems`) n'est\n"
        "pas produit. Deux commandes n'ont jamais la même valeur à un chemin `unique` : quand ces valeurs\n"
        "s'épuisent, il n'y a plus de commandes.",
    ),
    "CM517": Page(
        "une demande d'une commande qui ne se demande pas",
        {"written-by": "seul {by:bare} écrit {order:bare} : il n'y en a pas de demande"},
        "Le type de commande a `written_by`. Produisez-en des réponses (`--role record`), ou nommez une autre\n"
        "commande.",
    ),
    "CM518": Page(
        "un défaut qu'aucune commande n'a seul",
        {
            "place": "aucune commande qui enfreint {defect:words} n'a été trouvée : il n'y avait aucune commande "
            "{order:bare} valide à abîmer",
            "hidden": "aucune commande qui enfreint {defect:words} n'a été trouvée : chaque commande {order:bare} "
            "essayée a d'autres constats à la place ({lines:bare})",
            "nowhere": "aucune commande ne peut enfreindre {defect:words} : cela ne s'applique à aucune demande ni "
            "réponse de {order:bare}",
            "coupled": "aucune commande {order:bare} n'enfreint {defect:words} seul : chacune enfreint aussi "
            "{lines:bare}",
        },
        "`generate --defects` produit des commandes dont chacune enfreint une définition du modèle. Celle-ci n'a\n"
        "pas pu être enfreinte seule. `place` : aucune commande valide à laquelle elle s'applique n'a été\n"
        "trouvée. `hidden` : les commandes abîmées ont d'autres constats à la place, par exemple parce qu'elles\n"
        "ne correspondent plus à leur type de commande. `nowhere` : aucun document n'est jugé d'après elle.\n"
        "`coupled` : des commandes ont été produites, mais chacune a plus d'un constat (tous sont cités), par\n"
        "exemple parce qu'une condition lit le champ abîmé. Une définition qui n'est jamais enfreinte seule est\n"
        "peut-être superflue.",
    ),
    "CM541": Page(
        "une exigence n'est pas tenue",
        {"missed": "l'exigence {requirement} n'est pas tenue : {value:figure}"},
        "`simulate --require` demande une part, une moyenne ou un centile. Tout l'intervalle à 95 % du nombre simulé\n"
        "est du mauvais côté de la limite. Changez le profil, le cycle de vie ou l'exigence.",
    ),
    "CM542": Page(
        "une exigence n'est pas tranchée",
        {
            "open": "l'exigence {requirement} n'est pas tranchée : {value:figure}",
            "too-few": "l'exigence {requirement} n'est pas tranchée, faute de commandes : {value:figure}",
        },
        "La limite de `simulate --require` est dans l'intervalle à 95 % du nombre simulé, ou trop peu de commandes\n"
        "comptent pour un intervalle. Simulez plus de commandes (`--count`, `--until`), ou `--until-precise`.",
    ),
}
