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
    "it is never so where the trigger is fired": "ce n'est jamais le cas là où le déclencheur est actionné",
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
    "the pack gives accounts no type: its rules read none": (
        "le modèle ne donne aucun type aux comptes : ses règles n'en lisent pas"
    ),
    "an account has no status and no role: remove --state and --role": (
        "un compte n'a ni statut ni rôle : ôtez --state et --role"
    ),
    "--from makes an account of orders: `examples account --from FILES`": (
        "--from fait un compte à partir de commandes : `examples account --from FICHIERS`"
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
    # what a file of a suite shows
    "part": "la partie",
    "choice": "le choix",
    "read-only": "la lecture seule",
    "status": "le statut",
    "typed": "le type",
    "unknown-key": "la clé inconnue",
    "account-rule": "la règle du compte",
    "vanishes": "la règle sans autre témoin",
    "written-by": "l'auteur seul admis :",
    "required": "l'exigence",
    "forbidden": "l'interdiction",
    "applies": "s'applique",
    "does not apply": "ne s'applique pas",
    "{name} applies": "{name} s'applique",
    "{name} does not apply": "{name} ne s'applique pas",
    "request {status}": "demande {status}",
    "record {status}": "réponse {status}",
}
