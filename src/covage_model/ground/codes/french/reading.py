"""CM0xx in French: a file cannot be read as YAML or JSON, or reading it would alter its data."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM001": Page(
        "illisible comme YAML ou JSON",
        {
            "yaml": "ce n'est pas du YAML : {detail:words}",
            "json": "ce n'est pas du JSON : {detail:words}",
            "empty": "le fichier ne contient aucun document",
            "indented": "un document sur plusieurs lignes dans un fichier qui en a un par ligne : il n'est pas lu",
            "encoding": "ce n'est pas de l'UTF-8 : l'octet {byte:bare}",
            "unicode": "le fichier est en {encoding:bare}, pas en UTF-8",
            "character": "le caractère {character:bare} n'est pas permis ici",
            "kind": "c'est {kind:words} : aucune commande n'y est lue",
            "library": "c'est {kind:words}, et la bibliothèque qui le lit n'est pas installée",
            "at": "il n'y a rien en {pointer:bare}",
            "several": "un second document dans un fichier de spécification",
        },
        "Les fichiers sont en UTF-8, avec ou sans marque d'ordre des octets, en JSON ou en YAML 1.2. Un fichier\n"
        "de spécification contient un seul document. Un fichier de commandes peut en contenir plusieurs : YAML\n"
        "les sépare par ---, NDJSON en a un par ligne. Si les commandes sont à l'intérieur d'un document, `--at\n"
        "POINTEUR` dit où ; `*` y désigne tous les éléments d'une liste.",
    ),
    "CM002": Page(
        "une clé écrite deux fois",
        {"key": "la clé {key} est déjà à la ligne {first_line}, colonne {first_column}"},
        "De deux clés égales, la plupart des lecteurs de YAML et de JSON gardent la dernière sans prévenir :\n"
        "l'une des valeurs est perdue. Retirez l'une des clés. Cet outil juge la première valeur.",
    ),
    "CM003": Page(
        "au-delà d'une limite",
        {
            "depth": "imbriqué sur plus de {limit} niveaux",
            "bytes": "un seul document de plus de {limit} octets : il n'a pas été lu",
            "line": "un enregistrement de plus de {limit} octets",
            "endless": "un enregistrement de plus de {limit} octets : la suite du fichier n'est pas lue",
            "document": "un document de plus de {limit} octets : la suite du fichier n'est pas lue",
            "nodes": "plus de {limit} valeurs",
            "scalar": "un texte de plus de {limit} caractères",
            "digits": "un nombre de plus de {limit} chiffres",
            "paths": "des clés si longues et si profondes que les pointeurs JSON de toutes les valeurs dépassent "
            "{limit} caractères",
            "findings": "plus de {limit} constats dans un document : la suite n'en est pas lue",
        },
        "Les limites protègent l'outil des fichiers hostiles ou abîmés. Une commande ordinaire en est très loin.",
    ),
    "CM004": Page(
        "une valeur que les versions de YAML lisent différemment",
        {
            "scalar": "{text} peut être lu comme {reading:words}",
            "key": "la clé {text} peut être lue comme {reading:words}",
        },
        "YAML 1.1 et YAML 1.2 divergent sur les valeurs sans guillemets telles que 01000, +33612345678, 1.10, on,\n"
        "no, 12:30 et 2024-01-01 : l'un peut lire un nombre, un booléen ou une date là où l'autre lit un texte.\n"
        "Dans une spécification, c'est une erreur : mettez la valeur entre guillemets. Dans une commande ou un\n"
        "compte, la valeur est le texte tel qu'il est écrit.",
    ),
    "CM005": Page(
        "du YAML qui n'est permis ni dans les spécifications ni dans les commandes",
        {
            "tag": "l'étiquette {tag} n'est permise ni dans les spécifications ni dans les commandes",
            "anchor": "l'ancre {anchor} n'est permise ni dans les spécifications ni dans les commandes",
            "alias": "l'alias {alias} n'est permis ni dans les spécifications ni dans les commandes",
            "merge": "une clé de fusion n'est permise ni dans les spécifications ni dans les commandes",
            "key": "une clé qui n'est pas un texte n'est permise ni dans les spécifications ni dans les commandes",
            "directive": "la directive {directive} n'est permise ni dans les spécifications ni dans les commandes",
        },
        "JSON n'a ni étiquettes, ni ancres, ni alias, ni clés de fusion, et ses clés sont des textes. Avec des\n"
        "alias, un petit fichier peut aussi en devenir un énorme. Écrivez la valeur en toutes lettres.",
    ),
    "CM006": Page(
        "un nombre que JSON ne peut pas contenir",
        {
            "nan": "{text:bare} n'est pas un nombre en JSON",
            "range": "{text:bare} est trop grand pour un nombre",
            "underflow": "{text:bare} est trop proche de 0 pour un nombre",
        },
        "JSON n'a ni NaN ni Infinity. Un nombre à double précision (IEEE 754) va jusqu'à environ 1,8e308 ; un\n"
        "plus grand deviendrait Infinity. Un nombre plus proche de 0 qu'environ 2,2e-308 deviendrait 0 ou\n"
        "perdrait des chiffres.",
    ),
    "CM007": Page(
        "un texte qui n'est pas de l'Unicode",
        {"surrogate": "{text:bare} est une moitié de caractère, pas un caractère"},
        "JSON écrit un caractère au-delà de U+FFFF par deux codes (\\uD800 à \\uDFFF). Un seul des deux n'est pas\n"
        "un caractère, et UTF-8 ne peut pas le coder. Écrivez les deux, ou le caractère lui-même.",
    ),
    "CM008": Page(
        "un fichier qui ne peut pas être ouvert",
        {
            "missing": "ce fichier n'existe pas",
            "listed": "ce fichier n'existe pas, et {manifest:bare}:{line} le cite",
            "directory": "un fichier est attendu, pas un dossier",
            "special": "ni un fichier ni un dossier",
            "denied": "la lecture du fichier est refusée",
            "listing": "le contenu du dossier ne peut pas être lu, ni rien de ce qu'il contient : {detail:words}",
            "pipe": "aucun processus n'écrit dans ce tube",
            "failed": "le fichier n'a pas pu être lu : {detail:words}",
        },
        "Ce fichier n'est pas jugé ; tous les autres le sont. Un tube est lu si vous le nommez et qu'un processus\n"
        "y écrit. Les sockets et les périphériques ne sont jamais ouverts : pour l'entrée standard, écrivez -.\n"
        "Chaque scénario cité par le `suites.json` d'un dossier doit exister : restaurez-le, ou écrivez de\n"
        "nouveau les suites.",
    ),
    "CM009": Page(
        "un fichier ou un lien laissé de côté",
        {
            "outside": "un lien vers une cible hors de {folder:bare} : il n'est pas suivi",
            "again": "le même fichier que {first:bare} : il n'est lu que sous ce nom",
            "kind": "un classeur, une archive ou l'équivalent : aucune commande n'y est lue",
            "broken": "un lien dont la cible n'existe pas",
        },
        "Dans un dossier, un lien n'est suivi que vers une cible de ce même dossier, et aucun fichier n'est jugé\n"
        "deux fois. Pour lire un fichier ou un dossier situé ailleurs, nommez-le sur la ligne de commande ; si\n"
        "c'est un fichier d'un modèle, copiez-le dans le modèle.",
    ),
    "CM010": Page(
        "un fichier compressé qui ne peut pas être lu jusqu'au bout",
        {
            "cut": "l'archive {kind:bare} est tronquée : ce qui manque n'a pas été jugé",
            "damaged": "l'archive {kind:bare} est abîmée ici : la suite n'a pas été jugée",
            "trailing": "ce qui suit l'archive {kind:bare} n'est pas une archive : cela n'a pas été jugé",
        },
        "Ce qui a pu être décompressé avant a été jugé. Téléchargez ou écrivez de nouveau le fichier.",
    ),
    "CM011": Page(
        "un tableau qui ne peut pas être lu",
        {
            "header": "aucune colonne n'est un champ d'une commande : aucune ligne n'a été jugée",
            "name": "le nom de colonne {name} n'est pas un chemin",
            "twice": "la colonne {name} a la même place que la colonne {first} : elle n'a pas été lue",
            "nameless": "la ligne {row} a une valeur en colonne {column}, qui n'a pas de nom : elle n'a pas été jugée",
            "ragged": "la ligne {row} a {found} cellules, et {expected} colonnes ont un nom : elle n'a pas été jugée",
            "quote": "du texte après un guillemet fermant : la ligne n'a pas été jugée",
            "open": "un guillemet ouvert ici n'est jamais fermé : la suite du fichier n'a pas été jugée",
            "encoding": "ce n'est pas de l'UTF-8 : l'octet {byte:bare} ; à partir d'ici rien n'a été jugé",
            "parquet": "ce n'est pas un fichier Parquet, ou il est abîmé : ce qui manque n'a pas été jugé",
            "value": "la colonne {column} contient {text:bare}, que JSON ne peut pas contenir : la ligne n'a pas été "
            "jugée",
            "recode": "ce n'est pas du {encoding:bare} : à partir d'ici rien n'a été jugé",
        },
        "La première ligne d'un fichier CSV nomme les colonnes : `name`, `holder.name` et, pour les listes,\n"
        "`list.name` (le premier élément) ou `list[2].name` (le deuxième). Chaque ligne suivante est une\n"
        "commande. Les cellules sont séparées par `,`, `;` ou des tabulations, et entourées de guillemets droits\n"
        "(\") ; un guillemet à l'intérieur d'un tel texte s'écrit deux fois. Les lignes des fichiers Parquet sont\n"
        "lues de même ; leurs colonnes peuvent être imbriquées.",
    ),
    "CM012": Page(
        "un journal d'événements en XML illisible",
        {
            "broken": "le XML est cassé : {detail:words} ; la suite n'a pas été lue",
            "doctype": "un type de document est déclaré, inutile à un journal : rien n'a été lu à partir d'ici",
            "other": "le fichier commence par {name}, et XES commence par `log`",
            "deep": "des éléments sont imbriqués sur plus de {limit} niveaux ; la suite n'a pas été lue",
            "endless": "un événement est trop grand ; la suite n'a pas été lue",
            "encoding": "l'encodage que le XML déclare ne peut pas être lu : écrivez le journal en UTF-8",
            "bytes": "l'octet {byte:bare} n'est pas de l'UTF-8 ; la suite n'a pas été lue",
            "twice": "{name} est dit deux fois, et a été laissé de côté",
        },
        "XES (IEEE 1849) est du XML : un `log` avec une `trace` par commande, et un `event` par événement. Ce qui\n"
        "précède l'endroit cassé a été lu. Un type de document pourrait apporter des entités, qui peuvent grossir\n"
        "sans fin : il est refusé. Écrivez le journal à nouveau, ou ôtez la partie cassée.",
    ),
}
