"""Why something was not done or cannot be: sentences that are made before it is known who reads them."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # a walk
    "{name} is refused: `why {again}` says why": "{name} est refusé : `why {again}` dit pourquoi",
    "{name} is not decided: `why {again}` says why": "{name} n'est pas décidé : `why {again}` dit pourquoi",
    "that is not a patch: {why:words}; type: fill {{...}}": "ce n'est pas une modification : {why:words} ; tapez : "
    "fill "
    "{{...}}",
    "{first} is there already": "{first} existe déjà",
    # suites
    "{name} never happens": "{name} n'arrive jamais",
    "not decided: the table is not whole": "non décidé : la table n'est pas entière",
    "no document was found for it": "aucun document n'a été trouvé pour cela",
    "the second is never possible right after the first": "le second n'est jamais possible juste après le premier",
    "it is never so where the trigger is pulled": "ce n'est jamais le cas là où le déclencheur est actionné",
    "no run comes there": "aucune exécution n'y arrive",
    "no run comes to {state}": "aucune exécution n'arrive à {state}",
    "never so in {state}: {parts}": "jamais le cas en {state} : {parts}",
    "its guard never holds in {state}": "sa garde n'est jamais vraie en {state}",
    # conform
    "only the account shows that it is wrong, and the command has no {account}": "seul le compte montre qu'il est "
    "fautif, et la commande n'a pas de {account}",
    "it is judged for another status than usual, and the command has no {status}": "il est jugé à un autre statut "
    "que "
    "d'habitude, et la commande n'a pas de {status}",
    "it breaks only what is assumed: --strict asks": "il n'enfreint que ce qui est supposé : --strict le demande",
    "signal {number} ended the command": "le signal {number} a mis fin à la commande",
    "it did not end within {seconds} seconds": "elle n'a pas fini en {seconds} secondes",
    "the exit code was {code}: the command could not be run, or crashed": "le code de sortie était {code} : la "
    "commande "
    "n'a pas pu être lancée, ou s'est effondrée",
    "it is valid, and the exit code was {code}": "il est valide, et le code de sortie était {code}",
    "it is invalid, and the exit code was {code}": "il est invalide, et le code de sortie était {code}",
    "it printed more than {size} MiB": "elle a écrit plus de {size} Mio",
    "it printed no JSON with pointers": "elle n'a pas écrit de JSON avec des pointeurs",
    "it pointed at {pointers}": "elle a désigné {pointers}",
    # a wrong call
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
    "Option {name} does not take a value.": "l'option {name} ne prend pas de valeur.",
    "Got unexpected extra argument ({name})": "argument en trop ({name})",
    "Got unexpected extra arguments ({names})": "arguments en trop ({names})",
    "Invalid value for {name}: {why:words}": "valeur refusée pour {name} : {why:words}",
    "{value} is not one of {values}.": "{value} n'est pas l'une de ces valeurs : {values}.",
    "{value} is not in the range {range}.": "{value} n'est pas dans l'intervalle {range}.",
    "{value} is not a valid integer.": "{value} n'est pas un nombre entier.",
    "{value} is not a valid integer range.": "{value} n'est pas un nombre entier.",
    "{value} is not a valid float range.": "{value} n'est pas un nombre.",
    "{value} is no JSON Pointer: it starts with /, as in /orders.": (
        "{value} n'est pas un pointeur JSON : il commence par /, comme dans /orders."
    ),
    "no encoding is called {name}. Often it is cp1252 or utf-16.": (
        "aucun encodage ne s'appelle {name}. Souvent c'est cp1252 ou utf-16."
    ),
    "which variant is meant? Name one of: {names}": "quelle variante ? Nommez l'une de celles-ci : {names}",
    "the pack gives accounts no type: its rules read none": "le modèle ne donne aucun type aux comptes : ses règles "
    "n'en lisent pas",
    "an account has no status and no role: remove --state and --role": "un compte n'a ni statut ni rôle : ôtez "
    "--state et --role",
    "--from makes an account of orders: `examples account --from FILES`": "--from fait un compte à partir de "
    "commandes : `examples account --from FILES`",
    "there is no order {name}; {hint:words}": "la commande {name} n'existe pas ; {hint:words}",
    "the pack has none": "le modèle n'en a pas",
    "there is no trigger {name}; {hint:words}": "le déclencheur {name} n'existe pas ; {hint:words}",
    "there is no status {name}; {hint:words}": "le statut {name} n'existe pas ; {hint:words}",
    "it has none": "il n'y en a pas",
    "it has none for any status": "il n'y en a pour aucun statut",
    "there is no code {name}; did you mean {other}?": "le code {name} n'existe pas ; vouliez-vous dire {other} ?",
    "there is no code {name}": "le code {name} n'existe pas",
    "{name} is neither a folder nor a bundled pack; bundled: {names}": "{name} n'est ni un dossier ni un modèle "
    "fourni ; "
    "fournis : {names}",
    "stdin can be read once: give --account - once": (
        "l'entrée standard ne se lit qu'une fois : donnez --account - une seule fois"
    ),
    "stdin can be read once: give the orders or the account as a file": "l'entrée standard ne se lit qu'une fois : "
    "donnez "
    "les commandes ou le compte dans un fichier",
    "stdin can be read once: give the document or the account as a file": "l'entrée standard ne se lit qu'une fois : "
    "donnez le document ou le compte dans un fichier",
    "give --order ORDER[/VARIANT], or --document FILE": "donnez --order ORDER[/VARIANT], ou --document FILE",
    "cannot write {path}: {why:words}": "impossible d'écrire {path} : {why:words}",
    "{path} is not an empty folder: --quarantine takes a new or an empty one": "{path} n'est pas un dossier vide : "
    "--quarantine demande un dossier nouveau ou vide",
    "give --quarantine or --save-coverage, not both": "donnez --quarantine ou --save-coverage, pas les deux",
    "--scheduler goes with --engine dask": "--scheduler va avec --engine dask",
    "--engine dask needs --scheduler ADDRESS, as in tcp://HOST:8786": "--engine dask demande --scheduler ADDRESS, "
    "comme "
    "dans tcp://HOST:8786",
    "no example of {name} was found: start with --document FILE": (
        "aucun exemple de {name} n'a été trouvé : commencez par --document FILE"
    ),
    "this format is binary: give --out FILE": "ce format est binaire : donnez --out FILE",
    "{variant} has no trigger {name}": "{variant} n'a pas de déclencheur {name}",
    "{variant} has no trigger {name}; {hint:words}": "{variant} n'a pas de déclencheur {name} ; {hint:words}",
    "{variant} has no status {name}; {hint:words}": "{variant} n'a pas de statut {name} ; {hint:words}",
    "{name} has several variants: name one, or give --out DIR ({names})": (
        "{name} a plusieurs variantes : nommez-en une, ou donnez --out DIR ({names})"
    ),
    "that is not a patch: {why:words}; type: fill {example}": (
        "ce n'est pas une modification : {why:words} ; tapez : fill {example}"
    ),
    "that is not a patch: not JSON: {why:words}; type: fill {example}": (
        "ce n'est pas une modification : ce n'est pas du JSON : {why:words} ; tapez : fill {example}"
    ),
    "the change would make the document {name}, not {other}": (
        "la modification ferait du document {name}, pas {other}"
    ),
    "the document cannot be changed in the state {state}": "le document ne peut pas être modifié dans l'état {state}",
    "there is no document to change": "il n'y a pas de document à modifier",
}
