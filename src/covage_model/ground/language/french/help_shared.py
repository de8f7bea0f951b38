"""The help that all commands share, and one line for each command."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Judge order files, draw lifecycles and play scenarios, all from one spec pack.": (
        "Juger des fichiers de commandes, dessiner des cycles de vie et jouer des scénarios, le tout d'après "
        "un seul modèle."
    ),
    "Exit codes: 0 clean, 1 findings, 2 usage, 3 the pack is broken, 4 an input cannot be read or is over "
    "a limit, 5 our own failure; the highest wins.": (
        "Codes de sortie : 0 sans constat, 1 des constats, 2 appel incorrect, 3 le modèle est défectueux, 4 "
        "une entrée est illisible ou dépasse une limite, 5 une panne de notre fait ; le plus élevé l'emporte."
    ),
    "Find every problem of a pack at once": "Trouver d'un coup tous les problèmes d'un modèle",
    "Run a validator on a suite of order files, and compare its verdicts": (
        "Lancer un validateur sur une suite de fichiers et comparer ses verdicts"
    ),
    "Show which parts of a pack your files and scenarios exercise": (
        "Montrer ce que vos fichiers et scénarios exercent d'un modèle"
    ),
    "Show the fields of an order": "Montrer les champs d'une commande",
    "Draw lifecycles as state diagrams": "Dessiner les cycles de vie en diagrammes d'états",
    "Print an example order to start from": "Écrire un exemple de commande pour commencer",
    "Explain the code of a finding, and what to do": "Expliquer le code d'un constat, et que faire",
    "Generate valid orders with an account, or orders with one defect": (
        "Produire des commandes valides avec un compte, ou des commandes à un défaut"
    ),
    "Start a pack of your own": "Commencer un modèle à vous",
    "Show which rules no scenario or order file tests": "Montrer les règles qu'aucun scénario ni fichier ne teste",
    "Play scenarios, and show each step": "Jouer des scénarios, et montrer chaque étape",
    "Print the JSON Schema of an order": "Écrire le JSON Schema d'une commande",
    "Show which definitions cite each statement of a source": (
        "Montrer les définitions qui citent chaque énoncé d'une source"
    ),
    "Walk a lifecycle step by step, in the terminal": "Parcourir un cycle de vie pas à pas, dans le terminal",
    "Build test suites of scenarios that cover all behaviour": (
        "Bâtir des suites de scénarios qui couvrent tout le comportement"
    ),
    "Judge order files, with findings on the exact line": (
        "Juger des fichiers de commandes, avec des constats à la ligne exacte"
    ),
    "Decide each property of each lifecycle, with counterexamples": (
        "Décider de chaque propriété de chaque cycle de vie, avec contre-exemples"
    ),
    "Explain why a trigger is refused, and what would allow it": (
        "Expliquer pourquoi un déclencheur est refusé, et ce qui le permettrait"
    ),
    "A pack's folder, or a bundled pack's name; a later one extends the earlier. Default: the bundled pack.": (
        "Le dossier d'un modèle, ou le nom d'un modèle fourni ; le suivant prolonge le précédent. Par défaut : "
        "le modèle fourni."
    ),
    "Explore at most N configurations of each order and variant. Default: a million.": (
        "Explorer au plus N configurations de chaque commande et variante. Par défaut : un million."
    ),
    "Explore at most N configurations of each order and variant. Default: 250,000.": (
        "Explorer au plus N configurations de chaque commande et variante. Par défaut : 250 000."
    ),
    "Warnings and rules not checked count as findings.": (
        "Les avertissements et les règles non vérifiées comptent comme des constats."
    ),
    "What is printed.": "Ce qui est écrit.",
    "What is printed. Default: json.": "Ce qui est écrit. Par défaut : json.",
    "Write the report to a file too, in a format of --format. May be repeated.": (
        "Écrire aussi le rapport dans un fichier, à l'un des formats de --format. Peut être répété."
    ),
    "Write to this path instead of stdout.": "Écrire à ce chemin plutôt que sur la sortie standard.",
    "The language of what is printed. Default: that of the locale (LC_ALL, LC_MESSAGES, LANG), else en.": (
        "La langue de ce qui est écrit. Par défaut : celle de l'environnement (LC_ALL, LC_MESSAGES, LANG), sinon en."
    ),
    "The status to judge for.": "Le statut pour lequel juger.",
    "The status to judge order files for.": "Le statut pour lequel juger les fichiers de commandes.",
    "Leave out files and folders of this name. May be repeated.": (
        "Laisser de côté les fichiers et dossiers de ce nom. Peut être répété."
    ),
    "Where the orders lie in each document: a JSON Pointer; * is every item. Example: /data/orders.": (
        "Où sont les commandes dans chaque document : un pointeur JSON ; * est chaque élément. Exemple : /data/orders."
    ),
    "The encoding of CSV files. Default: UTF-8.": "L'encodage des fichiers CSV. Par défaut : UTF-8.",
    "The account: what the platform knows of the sender. Several files are one account; - is stdin.": (
        "Le compte : ce que la plateforme sait de l'émetteur. Plusieurs fichiers forment un compte ; - est "
        "l'entrée standard."
    ),
    "Record which parts of the pack were exercised: see `covage-model coverage`.": (
        "Relever les parties du modèle qui ont été exercées : voyez `covage-model coverage`."
    ),
    "Show this message and exit.": "Montrer cette aide et finir.",
    "Show the version and exit.": "Montrer la version et finir.",
    "Simulate many orders in time: ends, lead times, busy hands": (
        "Simuler beaucoup de commandes dans le temps : fins, délais, mains occupées"
    ),
    "Findings in this file do not count; new ones do.": (
        "Les constats de ce fichier ne comptent pas ; les nouveaux comptent."
    ),
    "Write what is found into the --baseline.": "Écrire ce qui est trouvé dans le fichier de --baseline.",
    "Findings that this TOML file names do not count, until the day that it says.": (
        "Les constats que nomme ce fichier TOML ne comptent pas, jusqu'au jour qu'il dit."
    ),
    "Exit with 1 for errors (default), also for warnings, or also for rules not checked.": (
        "Sortir avec 1 pour les erreurs (par défaut), aussi pour les avertissements, ou aussi pour les règles "
        "non vérifiées."
    ),
    "In text, also show the pattern that a value does not match.": (
        "En texte, montrer aussi le motif auquel une valeur ne correspond pas."
    ),
    "Findings do not fail: exit with 0 in place of 1.": (
        "Les constats ne font pas échouer : sortir avec 0 au lieu de 1."
    ),
    "Show what the file of settings and the environment set, and exit.": (
        "Montrer ce que règlent le fichier de réglages et l'environnement, et finir."
    ),
    "Whether text has colours. Default: on a terminal, unless NO_COLOR is set.": (
        "Si le texte a des couleurs. Par défaut : sur un terminal, sauf si NO_COLOR est défini."
    ),
    "Show which files would be judged, and exit.": "Montrer quels fichiers seraient jugés, et finir.",
    "Write the schemas of orders and packs for editors": (
        "Écrire les schémas des commandes et des modèles pour les éditeurs"
    ),
    "Print one schema for any order of the pack, for editors.": (
        "Écrire un seul schéma pour toute commande du modèle, pour les éditeurs."
    ),
}
