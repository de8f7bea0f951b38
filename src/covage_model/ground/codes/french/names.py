"""CM2xx in French: a name is defined twice, is not defined, or is used where it has no meaning."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM201": Page(
        "défini deux fois",
        {
            "defined": "{kind:words} {name} : déjà défini dans {file:bare}, ligne {line}",
            "said-twice": "{name} est déjà donné dans {file:bare}, ligne {line}",
            "value": "{name} figure deux fois pour {of}",
            "item": "un élément de {of} figure deux fois : le premier est à la ligne {line}",
            "initial": "un second état initial : le premier est dans {file:bare}, ligne {line}",
        },
        "Un modèle définit chaque nom une seule fois. Un modèle qui en prolonge un autre, ou un cycle de vie qui\n"
        "en inclut un autre, peut ajouter des clés à une définition. Il ne peut pas répéter une clé : rien n'est\n"
        "jamais remplacé. Une liste de noms ou de conditions dit chacun une seule fois ; seules les listes où l'ordre\n"
        "compte, comme `steps`, peuvent répéter un élément.",
    ),
    "CM202": Page(
        "nom inconnu",
        {
            "type": "le type {name} n'existe pas",
            "lifecycle": "le cycle de vie {name} n'existe pas",
            "order": "la commande ou variante {name} n'existe pas",
            "event": "l'événement {name} n'existe pas",
            "actor": "l'acteur {name} n'existe pas",
            "assumed": "il n'y a ni acteur, ni déclencheur, ni issue {name}",
            "language": "{name} n'est pas une des langues du modèle",
            "state": "l'état {name} n'existe pas",
            "status": "aucun état ne se montre comme {name}",
            "status-of": "le cycle de vie {lifecycle} ne montre aucun statut {name}",
            "trigger": "la transition {name} n'existe pas",
            "calendar": "le calendrier {name} n'existe pas",
            "timer": "le minuteur {name} n'existe pas",
            "profile": "le profil {name} n'existe pas",
            "zone": "le fuseau horaire {name} n'existe pas",
            "variable": "la variable {name} n'existe pas",
            "variable-value": "{name} n'est pas une valeur de {of}",
            "state-value": "l'état {name} n'existe pas",
            "final-value": "aucun état n'est final avec le mot {name}",
            "event-value": "l'événement {name} n'existe pas",
            "trigger-value": "le déclencheur {name} n'existe pas",
            "variant-value": "la commande ou variante {name} n'existe pas",
        },
        "Aucun des modèles donnés ne définit ce nom. Corrigez-le, ou ajoutez la définition. Un état imbriqué se\n"
        "nomme avec son parent : running.sent.",
    ),
    "CM203": Page(
        "une définition qui se contient elle-même",
        {
            "type": "le type {name} se contient lui-même",
            "lifecycle": "le cycle de vie {name} s'inclut lui-même",
            "condition": "la condition {name} renvoie à elle-même",
            "profile": "le profil {name} repose sur lui-même",
        },
        "Un type, un cycle de vie qui en inclut d'autres, une condition nommée ou un profil qui repose sur\n"
        "d'autres ne peut pas se contenir, ni directement ni à travers d'autres. Retirez l'un des renvois.",
    ),
    "CM204": Page(
        "source inconnue",
        {"source": "aucune source et aucun énoncé ne s'appelle {name}"},
        "`source` nomme une source du fichier du modèle, ou un énoncé cité sous l'une d'elles. Corrigez le nom,\n"
        "ou ajoutez la source au fichier du modèle.",
    ),
    "CM205": Page(
        "nom réservé",
        {"variable": "{name} ne peut pas nommer une variable"},
        "Dans un cycle de vie, `document`, `state`, `variant`, `final`, `event`, `trigger`, `order`, `account`,\n"
        "`all`, `any`, `not`, `when` et `then` ont un sens propre, comme les mots des tests, tels `min`, `above`,\n"
        "`in` et `count` : aucune condition ne pourrait lire cette variable. Donnez-lui un autre nom.",
    ),
    "CM206": Page(
        "un chemin impossible",
        {
            "unknown": "{path} ne mène nulle part : le champ {at} n'existe pas",
            "crosses": "{path} traverse la liste {at}",
            "no-object": "{path} passe par {at}, qui ne contient pas de champs",
            "no-account": "{path} lit un compte, et le modèle ne donne aucun type aux comptes",
        },
        "Un chemin part de l'objet dans lequel il est écrit ; `order.` part du document, `account.` du compte. Un\n"
        "chemin ne traverse pas une liste : testez la liste avec `some`, `every` ou `count`.",
    ),
    "CM207": Page(
        "un motif mal formé",
        {"pattern": "{pattern:bare} n'est pas une I-Regexp : {reason:words} (caractère {offset})"},
        "Un motif est une I-Regexp (RFC 9485) entre ^ et $ : sans regard en avant ni en arrière, sans renvois,\n"
        "sans \\d, \\w ni \\s. Tous les moteurs lisent une I-Regexp de la même façon, et cet outil la compare en\n"
        "temps linéaire.",
    ),
    "CM208": Page(
        "une définition inachevée",
        {
            "pack": "aucun fichier de {folder:bare} n'a la clé `pack`",
            "follows": "la commande {name} ne suit aucun cycle de vie",
            "by": "la transition {name} n'a pas d'acteur (`by`)",
            "after": "la transition {name} a `after` sans `from` : aucun état ne dit d'où court le temps",
            "states": "le cycle de vie n'a pas d'états",
            "initial": "aucun des états n'est initial",
        },
        "Tous les fichiers ont été lus, et une partie dont la définition a besoin n'est dans aucun. Ajoutez-la à\n"
        "l'un d'eux.",
    ),
    "CM209": Page(
        "une clé là où elle n'a pas de sens",
        {
            "account": "{path} lit le compte : seuls les règles et les cycles de vie le peuvent",
            "among": "`among` {path} n'a de sens que dans une règle",
            "there": "`present: true` dans une liste accepte toute valeur : seul `present: false` peut y être",
            "sides": "{path} et {other} ne se comparent pas : deux variables, ou deux champs de documents",
            "shown": "{name} est une condition : `shown` va avec `values`, ou avec `min` et `max`",
            "comparison": "deux valeurs, ou des dates, ne se comparent que dans les règles et les cycles de vie",
            "root": "{path} ne nomme aucun champ",
            "document": "la valeur de `document` doit être un statut",
            "final": "{state} a des états imbriqués : c'est l'un d'eux qu'il faut dire final",
            "earlier": "seul un scénario sans étapes qui juge une commande a des documents avant elle",
            "at": "{name} arrive à la date de son minuteur : il n'a ni `waits` ni `works`",
            "move": "`{name:bare}` est celui d'un pas : il ne se juge que le long des parcours, dans les propriétés",
            "assuming": "`assuming` dit quels pas mènent plus loin : il va avec `leads_to`, non avec {name}",
            "cases": "{name} a des `outcomes` : ses `cases` sont à mettre dedans",
            "from": "aucun état du `from` de ce cas n'est dans le `from` de sa transition",
        },
        "Le langage des spécifications a ce mot, mais il ne veut rien dire à cet endroit. Déplacez-le ou\nretirez-le.",
    ),
    "CM210": Page(
        "des nombres impossibles",
        {
            "descends": "les durées de {key} ne vont pas en croissant",
            "ends": "les quantiles ne vont pas de 0 à 100 pour cent",
            "needs": "aucune loi ne peut être faite de {found}",
            "zero": "la valeur {key:bare} d'une loi est nulle",
            "below": "{key:bare} est plus court que la médiane",
            "wide": "aucune loi {law:bare} n'est aussi étalée, ou aussi peu, que le disent ces nombres",
            "hours": "{hours} finit avant de commencer",
            "rate": "le rythme des arrivées est nul",
            "date": "{date} n'est pas une date du calendrier",
        },
        "Un profil donne une loi de durées par ce qu'on en sait : une durée, `uniform: [least, most]`,\n"
        "`triangular: [least, likely, most]`, `exponential: mean`, `median` avec p90, p95 ou p99, `mean` avec\n"
        "`sd` (ces lois sont log-normales, ou gamma ou weibull avec `law`), ou des `quantiles` de 0 à 100.\n"
        "Corrigez les nombres.",
    ),
    "CM211": Page(
        "une variable qui ne peut compter ainsi",
        {
            "none": "{name} n'a pas de valeur : aucun nombre entier n'est entre {least} et {most}",
            "many": "{name} a {count} valeurs : une variable en a au plus {limit}",
            "add": "`add` veut des nombres entiers, et {name} n'est pas entre un `min` et un `max`",
        },
        "Une variable avec `min` et `max` est un nombre entier entre eux, bornes comprises. Elle peut être augmentée\n"
        "et diminuée. Un cycle de vie est exploré en entier : une variable a donc peu de valeurs. Arrondissez ce qui\n"
        "est grand, ou comptez seulement jusqu'au nombre à partir duquel rien ne change.",
    ),
}
