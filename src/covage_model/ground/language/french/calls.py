"""What is wrong with a call: its options, the names in it, and what does not go together."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # options and arguments
    "No such option {name}.": "l'option {name} n'existe pas.",
    "No such option {name}. Did you mean {other}?": "l'option {name} n'existe pas. Vouliez-vous dire {other} ?",
    "No such option {name}. (Possible options: {others})": "l'option {name} n'existe pas. (Options possibles : "
    "{others})",
    "No such command {name}.": "la commande {name} n'existe pas.",
    "No such command {name}. Did you mean {other}?": "la commande {name} n'existe pas. Vouliez-vous dire {other} ?",
    "Missing argument {name}.": "il manque l'argument {name}.",
    "Missing option {name}.": "il manque l'option {name}.",
    "Missing command.": "il manque une commande.",
    "Option {name} requires an argument.": "l'option {name} demande une valeur.",
    "Option {name} requires {count} arguments.": "l'option {name} demande {count} valeurs.",
    "Option {name} does not take a value.": "l'option {name} ne prend pas de valeur.",
    "Got unexpected extra argument ({name})": "argument en trop ({name})",
    "Got unexpected extra arguments ({names})": "arguments en trop ({names})",
    "Invalid value for {name}: {why:words}": "valeur refusée pour {name} : {why:words}",
    "Invalid value: {why:words}": "valeur refusée : {why:words}",
    "{value} is not one of {values}.": "{value} n'est pas l'une de ces valeurs : {values}.",
    "{value} is not in the range {range}.": "{value} n'est pas dans l'intervalle {range}.",
    "{value} is not a valid integer.": "{value} n'est pas un nombre entier.",
    "{value} is not a valid integer range.": "{value} n'est pas un nombre entier.",
    "{value} is not a valid float.": "{value} n'est pas un nombre.",
    "{value} is not a valid float range.": "{value} n'est pas un nombre.",
    "File {path} does not exist.": "le fichier {path} n'existe pas.",
    "Path {path} does not exist.": "le chemin {path} n'existe pas.",
    "a JSON Pointer of {count} steps: documents are at most {most} deep.": (
        "un pointeur JSON de {count} pas : les documents en ont au plus {most}."
    ),
    "{value} is no JSON Pointer: it starts with /, as in /orders.": (
        "{value} n'est pas un pointeur JSON : il commence par /, comme dans /orders."
    ),
    "no encoding is called {name}. Often it is cp1252 or utf-16.": (
        "aucun encodage ne s'appelle {name}. Souvent c'est cp1252 ou utf-16."
    ),
    "{value} is no FORMAT=PATH, as in json=report.json.": (
        "{value} n'est pas de la forme FORMAT=CHEMIN, comme json=report.json."
    ),
    "no format is called {name}. {hint:words}": "aucun format ne s'appelle {name}. {hint:words}",
    "Did you mean {other}?": "Vouliez-vous dire {other} ?",
    "Use one of: {names}.": "Utilisez : {names}.",
    "{path} is read by this command: write to another file": (
        "{path} est lu par cette commande : écrivez dans un autre fichier"
    ),
    "two reports go to {path}: give each a file of its own": (
        "deux rapports vont dans {path} : donnez à chacun son fichier"
    ),
    "this format is binary: give --out FILE": "ce format est binaire : donnez --out FICHIER",
    "stdin can be read once: give --account - once": (
        "l'entrée standard ne se lit qu'une fois : donnez --account - une seule fois"
    ),
    "stdin can be read once: give the orders or the account as a file": (
        "l'entrée standard ne se lit qu'une fois : donnez les commandes ou le compte dans un fichier"
    ),
    "stdin can be read once: give the document or the account as a file": (
        "l'entrée standard ne se lit qu'une fois : donnez le document ou le compte dans un fichier"
    ),
    "stdin has the commands: give the {what:words} as a file": (
        "l'entrée standard a les commandes : donnez dans un fichier {what:words}"
    ),
    # names in a pack
    "which variant is meant? Name one of: {names}": "quelle variante ? Nommez l'une de celles-ci : {names}",
    "{name} has several variants: name one, or give --out DIR ({names})": (
        "{name} a plusieurs variantes : nommez-en une, ou donnez --out DOSSIER ({names})"
    ),
    "{name} has several variants; use one of: {names}": "{name} a plusieurs variantes ; utilisez : {names}",
    "there is no order {name}; {hint:words}": "la commande {name} n'existe pas ; {hint:words}",
    "the pack has none": "le modèle n'en a pas",
    "there is no trigger {name}; {hint:words}": "le déclencheur {name} n'existe pas ; {hint:words}",
    "there is no status {name}; {hint:words}": "le statut {name} n'existe pas ; {hint:words}",
    "no order has the status {name}": "aucune commande n'a le statut {name}",
    "no order has the status {name}; {hint:words}": "aucune commande n'a le statut {name} ; {hint:words}",
    "{variant} has no request for the status {name}; {hint:words}": (
        "{variant} n'a pas de demande au statut {name} ; {hint:words}"
    ),
    "{variant} has no record for the status {name}; {hint:words}": (
        "{variant} n'a pas de réponse au statut {name} ; {hint:words}"
    ),
    "it has none": "il n'y en a pas",
    "it has none for any status": "il n'y en a pour aucun statut",
    "there is no code {name}; did you mean {other}?": "le code {name} n'existe pas ; vouliez-vous dire {other} ?",
    "there is no code {name}": "le code {name} n'existe pas",
    "there is no lifecycle or order {name}; {hint:words}": (
        "aucun cycle de vie ni commande ne s'appelle {name} ; {hint:words}"
    ),
    "{name} is neither a folder nor a bundled pack; bundled: {names}": (
        "{name} n'est ni un dossier ni un modèle fourni ; fournis : {names}"
    ),
    "{name} is no folder; bundled: {names}": "{name} n'est pas un dossier ; modèles fournis : {names}",
    "{variant} has no trigger {name}": "{variant} n'a pas de déclencheur {name}",
    "{variant} has no trigger {name}; {hint:words}": "{variant} n'a pas de déclencheur {name} ; {hint:words}",
    "{name} has several outcomes: ask about one of {names}": "{name} a plusieurs issues : demandez l'une de {names}",
    "{variant} has no status {name}; {hint:words}": "{variant} n'a pas de statut {name} ; {hint:words}",
    "no example of {name} was found: start with --document FILE": (
        "aucun exemple de {name} n'a été trouvé : commencez par --document FICHIER"
    ),
    "no valid {role:words} of {variant} in {status} for the account given": (
        "pas de {role:words} valide de {variant} au statut {status} pour le compte donné"
    ),
    "no valid {role:words} of {variant} in {status}": "pas de {role:words} valide de {variant} au statut {status}",
    "no document was found that an order of {variant} can begin with": (
        "aucun document n'a été trouvé par lequel une commande {variant} peut commencer"
    ),
    # one command
    "--transitions shows every state: leave out --state and --role": (
        "--transitions montre tous les états : retirez --state et --role"
    ),
    "name an order: `covage-model describe` lists them": (
        "nommez une commande : `covage-model describe` en donne la liste"
    ),
    "--any is about all orders, each in its status: remove the others": (
        "--any concerne toutes les commandes, chacune à son statut : retirez le reste"
    ),
    "there is no operator {name}; {hint:words}": "l'opérateur {name} n'existe pas ; {hint:words}",
    "use some of: {names}": "utilisez : {names}",
    "--defects writes JSON lines or, with --format json, one report": (
        "--defects écrit des lignes JSON ou, avec --format json, un seul rapport"
    ),
    "--suite writes many files: give --out DIR": "--suite écrit beaucoup de fichiers : donnez --out DOSSIER",
    "{count} orders are not one JSON document: give --out DIR, or --format ndjson": (
        "{count} commandes ne font pas un document JSON : donnez --out DOSSIER, ou --format ndjson"
    ),
    "--account-out and --out name the same file": "--account-out et --out nomment le même fichier",
    "there is nothing to draw: the pack has no lifecycle and no order": (
        "il n'y a rien à dessiner : le modèle n'a ni cycle de vie ni commande"
    ),
    "{count} pictures need a folder: --out DIR": "{count} images demandent un dossier : --out DOSSIER",
    "{count} pictures need a folder: --out DIR (a name that ends in {ending} is a file's)": (
        "{count} images demandent un dossier : --out DOSSIER (un nom en {ending} est celui d'un fichier)"
    ),
    "--check reads {formats}": "--check lit {formats}",
    "the picture needs {count} sheets: give --out FILE, and each has its number": (
        "l'image demande {count} feuilles : donnez --out FICHIER, et chacune aura son numéro"
    ),
    "no state is called {name}": "aucun état ne s'appelle {name}",
    "no state is called {name}; {hint:words}": "aucun état ne s'appelle {name} ; {hint:words}",
    "no state with steps is called {name}": "aucun état à étapes ne s'appelle {name}",
    "no state with steps is called {name}; {hint:words}": "aucun état à étapes ne s'appelle {name} ; {hint:words}",
    "{name} is a lifecycle: an order and its variant have an explored table": (
        "{name} est un cycle de vie : la table explorée est celle d'une commande et de sa variante"
    ),
    "the explored table of {name} has {count} configurations and {moves} moves; "
    "a picture shows at most {most} and {other}": (
        "la table explorée de {name} a {count} configurations et {moves} pas ; "
        "une image en montre {most} et {other} au plus"
    ),
    "the explored table of {name} is not finished: a picture shows at most {most} configurations": (
        "la table explorée de {name} n'est pas finie : une image montre {most} configurations au plus"
    ),
    "{form} has no size; a page is for {formats}": "{form} n'a pas de taille ; une page se fait en {formats}",
    "the name of a pack begins with a letter: give --name NAME": (
        "le nom d'un modèle commence par une lettre : donnez --name NOM"
    ),
    "the pack {name} has no order to add a rule to": "le modèle {name} n'a pas de commande où ajouter une règle",
    "--before takes a file": "--before prend un fichier",
    "--before judges in this process: remove --engine": "--before juge dans ce processus : retirez --engine",
    "--record plays no scenario: remove the files": "--record ne joue aucun scénario : retirez les fichiers",
    "{option} means nothing without {others:words}": "{option} ne veut rien dire sans {others:words}",
    "{option} means nothing with {other}: remove one of them": (
        "{option} ne veut rien dire avec {other} : retirez l'un des deux"
    ),
    "no file of this suite has an account: remove {account} from the command": (
        "aucun fichier de cette suite n'a de compte : retirez {account} de la commande"
    ),
    "give ORDER[/VARIANT], or --record FILE": "donnez COMMANDE[/VARIANTE], ou --record FICHIER",
    "give --order ORDER[/VARIANT], --document FILE or --record FILE": (
        "donnez --order COMMANDE[/VARIANTE], --document FICHIER ou --record FICHIER"
    ),
    "--save-coverage judges in this process: remove --engine": (
        "--save-coverage juge dans ce processus : retirez --engine"
    ),
    "--watch judges files several times: give no - and no --quarantine or --update-baseline": (
        "--watch juge les fichiers plusieurs fois : ne donnez ni -, ni --quarantine, ni --update-baseline"
    ),
    "give --quarantine or --save-coverage, not both": "donnez --quarantine ou --save-coverage, pas les deux",
    "--scheduler goes with --engine dask": "--scheduler va avec --engine dask",
    "--engine dask needs --scheduler ADDRESS, as in tcp://HOST:8786": (
        "--engine dask demande --scheduler ADRESSE, comme dans tcp://HÔTE:8786"
    ),
    "the cluster says how many processes work: remove --jobs": (
        "c'est la grappe qui dit combien de processus travaillent : retirez --jobs"
    ),
    "--engine dask: {why:words}": "--engine dask : {why:words}",
    "no scheduler at {address}: {why:words}": "pas d'ordonnanceur à {address} : {why:words}",
    "no answer in {seconds} seconds": "pas de réponse en {seconds} secondes",
    "the scheduler at {address} has no worker": "l'ordonnanceur à {address} n'a pas de processus",
    "covage-model {version} is not installed where the workers run: {why}": (
        "covage-model {version} n'est pas installé là où tournent les processus : {why}"
    ),
    "this is covage-model {version}, and workers have {others}: install the same version": (
        "ceci est covage-model {version}, et les processus ont {others} : installez la même version"
    ),
    "cannot run {command}: {why:words}": "impossible de lancer {command} : {why:words}",
    "--update-baseline goes with --baseline FILE": "--update-baseline va avec --baseline FICHIER",
    "--update-baseline needs all findings: remove --changed-since": (
        "--update-baseline demande tous les constats : retirez --changed-since"
    ),
    "--changed-since: {why:words}": "--changed-since : {why:words}",
    "{name} is no commit": "{name} n'est pas un commit",
    "there is no commit {name}": "le commit {name} n'existe pas",
    "git cannot be run: {why:words}": "impossible de lancer git : {why:words}",
    "git failed": "git a échoué",
}
