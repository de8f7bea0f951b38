"""The help of the commands from check to init, paragraph by paragraph."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Find every problem of a pack at once: shape, names, meaning; and count its state spaces.": (
        "Trouver d'un coup tous les problèmes d'un modèle : forme, noms, sens ; et compter ses espaces d'états."
    ),
    "Run a validator, in any language, on a suite of order files, and compare its verdicts with the expected ones.": (
        "Lancer un validateur, écrit dans n'importe quel langage, sur une suite de fichiers de commandes, et "
        "comparer ses verdicts à ceux qui sont attendus."
    ),
    "`generate --suite --out DIR` writes such a suite. The command is run once per file, without a shell. "
    "In its words, {file} is replaced by the path of the file (without {file}, the path is added as last "
    "word), {account} by the path of its account, and {order}, {role} and {status} by those of the file. "
    "The command exits with 0 if the file is valid and with 1 to 125 if it is invalid; 126 and above, or a "
    "signal, count as a crash.": (
        "`generate --suite --out DOSSIER` écrit une telle suite. PROGRAMME est lancé une fois par fichier, sans "
        "shell. Dans ses mots, {file} est remplacé par le chemin du fichier (sans {file}, le chemin est ajouté "
        "à la fin), {account} par le chemin de son compte, et {order}, {role} et {status} par ceux du fichier. "
        "Le programme sort avec 0 si le fichier est valide et avec 1 à 125 s'il est invalide ; 126 et plus, ou "
        "un signal, comptent comme un effondrement."
    ),
    "The command prints JSON: check its `pointer` values too.": (
        "Le programme écrit du JSON : vérifier aussi ses valeurs `pointer`."
    ),
    "Time per file.": "Le temps par fichier.",
    "Run N commands at a time. Default: one per processor.": (
        "Lancer N programmes à la fois. Par défaut : un par processeur."
    ),
    "Files with warnings only must be rejected too.": (
        "Les fichiers qui n'ont que des avertissements doivent être refusés aussi."
    ),
    "Merge coverage records and show which parts of the pack were never exercised.": (
        "Réunir des relevés de couverture et montrer les parties du modèle jamais exercées."
    ),
    "FILES are records that `run` and `validate` wrote with --save-coverage, or folders of records, from "
    "any number of runs and machines. A file given twice counts once. With --save-coverage the merged "
    "record is written too, also into a folder that is read.": (
        "FICHIERS sont des relevés que `run` et `validate` ont écrits avec --save-coverage, ou des dossiers de "
        "relevés, d'autant d'exécutions et de machines que l'on veut. Un fichier donné deux fois compte une "
        "fois. Avec --save-coverage, le relevé réuni est écrit aussi, même dans un dossier qui est lu."
    ),
    "Count only these.": "Ne compter que ceux-ci.",
    "Text: only the shares by kind.": "Texte : seulement les parts par nature.",
    "Exit with 1 if the total share is lower.": "Sortir avec 1 si la part totale est plus basse.",
    "Write the total share as a small SVG.": "Écrire la part totale comme un petit SVG.",
    "Show the fields of an order: from which status each is required, under which condition, its type, its source.": (
        "Montrer les champs d'une commande : dès quel statut chacun est requis, sous quelle condition, son "
        "type, sa source."
    ),
    "Without --state, `required from` names the first status in which a field is required; with --state, "
    "only what holds in that status is shown. Without ORDER, list the orders and their variants.": (
        "Sans --state, `requis dès` nomme le premier statut où un champ est requis ; avec --state, seul ce qui "
        "vaut à ce statut est montré. Sans COMMANDE, la liste des commandes et de leurs variantes."
    ),
    "With --transitions, ORDER may be a lifecycle; for an order, what cannot happen to it is left out. Without "
    "ORDER, all lifecycles are shown.": (
        "Avec --transitions, COMMANDE peut être un cycle de vie ; pour une commande, ce qui ne peut pas lui arriver "
        "est omis. Sans COMMANDE, tous les cycles de vie sont montrés."
    ),
    "Show the table of transitions instead, of a lifecycle or an order: who, from, to, guard, effect, source.": (
        "Montrer plutôt la table des transitions d'un cycle de vie ou d'une commande : qui, de, vers, condition, "
        "effet, source."
    ),
    "`account` shows what the platform knows of the sender: what the file of --account may say.": (
        "`account` montre ce que la plateforme sait de l'expéditeur : ce que le fichier de --account peut dire."
    ),
    "With `account`: make it of these orders, so that they pass. Files, folders, globs, @LIST, or - for stdin.": (
        "Avec `account` : le faire à partir de ces commandes, pour qu'elles passent. Fichiers, dossiers, motifs, "
        "@LISTE, ou - pour l'entrée standard."
    ),
    "`account` prints an account with which the example orders pass. With --from it has what the given orders ask "
    "for and nothing else, and stderr says which of its values no order says: put in those that are true.": (
        "`account` écrit un compte avec lequel passent les commandes d'exemple. Avec --from, il a ce que demandent "
        "les commandes données et rien d'autre, et stderr dit lesquelles de ses valeurs ne viennent d'aucune "
        "commande : mettez les vraies."
    ),
    "Who writes the documents. Default: both.": "Qui écrit les documents. Par défaut : les deux.",
    "Draw state diagrams of lifecycles, orders and variants; without names, of all.": (
        "Dessiner les diagrammes d'états de cycles de vie, de commandes et de variantes ; sans noms, de tous."
    ),
    "One picture goes to stdout or to the file --out; several go into the folder --out. svg, mermaid and "
    "dot need only this program; png and pdf need `dot` of Graphviz. If a lifecycle and an order have the "
    "same name, order:NAME is the order.": (
        "Une image va sur la sortie standard ou dans le fichier --out ; plusieurs vont dans le dossier --out. "
        "svg, mermaid et dot n'ont besoin que de ce programme ; png et pdf ont besoin de `dot`, de Graphviz. "
        "Si un cycle de vie et une commande ont le même nom, order:NOM est la commande."
    ),
    "Only states and arrows.": "Les états et les flèches seuls.",
    "Only this state and its neighbours.": "Cet état et ses voisins seuls.",
    "Show this state without its steps. May be repeated.": "Montrer cet état sans ses étapes. Peut être répété.",
    "Leave these texts out. May be repeated.": "Omettre ces textes. Peut être répété.",
    "Draw the explored table of an order and variant, each configuration as a node. Only for small tables.": (
        "Dessiner la table explorée d'une commande et de sa variante : un nœud par configuration. "
        "Pour de petites tables seulement."
    ),
    "Downwards (TB, the default) or to the right (LR).": "Vers le bas (TB, par défaut) ou vers la droite (LR).",
    "Draw for paper, on as few sheets as are legible; stderr tells the size of the smallest text.": (
        "Dessiner pour le papier : le moins de feuilles qui se lisent, et la taille du plus petit texte est dite."
    ),
    "Write nothing; fail if a picture in --out is missing or outdated.": (
        "Ne rien écrire ; échouer si une image de --out manque ou n'est plus à jour."
    ),
    "Colour what a coverage record (--save-coverage) counts, and what it never counts; may be repeated.": (
        "Colorer ce qu'un relevé de couverture (--save-coverage) compte, et ce qu'il ne compte jamais ; peut "
        "être répété."
    ),
    "Print an example order to start from: the smallest valid one in the pack's scenarios.": (
        "Écrire un exemple de commande pour commencer : le plus petit qui soit valide dans les scénarios du modèle."
    ),
    "A request, or a record where the pack has no request. Where it has neither, one is built of the "
    "required fields, and stderr says what to fill in. Without ORDER: list the examples. An order with "
    "several variants needs --out DIR, or one of them named.": (
        "Une demande, ou une réponse si le modèle n'a pas de demande. S'il n'a ni l'une ni l'autre, un exemple "
        "est bâti avec les champs requis, et la sortie d'erreur dit ce qui est à remplir. Sans COMMANDE : la "
        "liste des exemples. Une commande à plusieurs variantes a besoin de --out DOSSIER, ou qu'une variante soit "
        "nommée."
    ),
    "Explain what the code of a finding means and what to do. Without a code: list all codes.": (
        "Expliquer ce que veut dire le code d'un constat et que faire. Sans code : la liste de tous les codes."
    ),
    "Generate any number of valid orders, and an account for which they are valid.": (
        "Produire autant de commandes valides que l'on veut, et un compte pour lequel elles le sont."
    ),
    "They are spread over the orders and variants named (default: all that can be requested). The same "
    "seed gives the same bytes. Values look like the pack's `examples` and are plainly invented. ndjson "
    "prints one line per order, yaml one stream, json one document. With --out DIR, json and yaml write "
    "one file per order.": (
        "Elles se répartissent sur les commandes et variantes nommées (par défaut : toutes celles qui se "
        "demandent). La même graine donne les mêmes octets. Les valeurs ressemblent aux `examples` du modèle et "
        "sont visiblement inventées. ndjson écrit une ligne par commande, yaml un flux, json un document. Avec "
        "--out DOSSIER, json et yaml écrivent un fichier par commande."
    ),
    "How many. Default: one of each order, variant and status.": (
        "Combien. Par défaut : une par commande, variante et statut."
    ),
    "Another seed gives other orders.": "Une autre graine donne d'autres commandes.",
    "The status for which they are valid. Default: as `validate` judges.": (
        "Le statut auquel elles sont valides. Par défaut : comme juge `validate`."
    ),
    "Who wrote them. Default: request.": "Qui les a écrites. Par défaut : request.",
    "How many optional fields they have.": "Combien de champs facultatifs elles ont.",
    "Make them valid for this account. Default: make an account. Several files are one account; - is stdin.": (
        "Les rendre valides pour ce compte. Par défaut : un compte est produit. Plusieurs fichiers forment un "
        "compte ; - est l'entrée standard."
    ),
    "Write an account for which all are valid.": "Écrire un compte pour lequel toutes sont valides.",
    "Make invalid orders, each with one defect and the findings expected.": (
        "Produire des commandes invalides, chacune avec un défaut et les constats attendus."
    ),
    "Write a minimal suite of valid and invalid files into --out DIR.": (
        "Écrire dans --out DOSSIER une suite minimale de fichiers valides et invalides."
    ),
    "Create a pack of your own: a small complete one or, with --over, one that adds a rule to another pack.": (
        "Créer un modèle à vous : un petit modèle complet ou, avec --over, un modèle qui ajoute une règle à un autre."
    ),
    "The new pack has no findings, and its scenarios pass. No existing file is changed.": (
        "Le nouveau modèle n'a pas de constats, et ses scénarios réussissent. Aucun fichier existant n'est modifié."
    ),
    "Extend that pack: start with a rule of your own for its orders.": (
        "Prolonger ce modèle : commencer par une règle à vous pour ses commandes."
    ),
    "The name of the pack. Default: the folder's name.": "Le nom du modèle. Par défaut : celui du dossier.",
    "Write the schemas of orders and packs for EDITORS (vscode, jetbrains, yaml-language-server; default: "
    "all), and which files they are for.": (
        "Écrire les schémas des commandes et des modèles pour EDITORS (vscode, jetbrains, yaml-language-server "
        "; par défaut : tous), et à quels fichiers ils s'appliquent."
    ),
    "The editor then completes names and values, shows titles and marks what is wrong as you type. Give "
    "the folder of --out as it is seen from the root of the project.": (
        "L'éditeur complète alors les noms et les valeurs, montre les titres et signale ce qui est faux à "
        "mesure que vous tapez. Donnez le dossier de --out tel qu'il est vu depuis la racine du projet."
    ),
    "The order files.": "Les fichiers de commandes.",
    "The pack.": "Le modèle.",
    "The folder to write into.": "Le dossier où écrire.",
}
