"""The page about a simulation, and the diagrams painted with what it found."""

from __future__ import annotations

# Reasons that are made where nobody knows yet who reads them.
REASONS: dict[str, str] = {
    "work waits for the hands or the open hours of {actors}": "le travail attend les mains ou les heures ouvertes de "
    "{actors}",
    "a deadline or timer goes on after something else has happened ({names})": "une échéance ou un minuteur court "
    "encore après autre chose ({names})",
    "{names} goes on through {count} configurations: these are too many": "{names} court à travers {count} "
    "configurations : c'est trop",
    "{names} and fixed durations beside it have no common measure that is long enough": "{names} et les durées fixes "
    "à côté n'ont pas de mesure commune assez longue",
    "{names} may last far longer than what happens beside it: no grid is fine enough": "{names} peut durer bien plus "
    "longtemps que ce qui arrive à côté : aucune grille n'est assez fine",
    "timers and durations that race may differ far too much: no sum is exact enough": "des minuteurs et des durées en "
    "concurrence peuvent trop différer : aucune somme n'est assez exacte",
    "{names} comes as soon as it begins": "{names} arrive aussitôt commencé",
    "steps that take no time go round for ever, and {names} never comes": "des pas sans durée tournent sans fin, et "
    "{names} ne vient jamais",
    "no simulated order follows {names}": "aucune commande simulée ne suit {names}",
    "nobody waits: the simulation has no hands and no calendars": "personne n'attend : la simulation n'a ni mains ni "
    "calendriers",
    "how long orders stay in states was not counted: simulate with stays=True": "les séjours dans les états n'ont pas "
    "été comptés : simulez avec stays=True",
    "there is nothing to simulate: the pack has no order and no lifecycle": "il n'y a rien à simuler : le modèle n'a "
    "ni commande ni cycle de vie",
    "{value} paints nothing: write one of {names}, then =PATH.": "{value} ne peint rien : écrivez l'un de {names}, "
    "puis =CHEMIN.",
    "{path} is no picture: it ends in one of {names}.": "{path} n'est pas une image : son nom finit par {names}.",
    "--orders: {path} cannot be read: `validate {again}` says why": "--orders : {path} est illisible : "
    "`validate {again}` dit pourquoi",
    "--orders: of {count} documents, none is an order that is simulated": "--orders : sur {count} documents, aucun "
    "n'est une commande simulée",
    "met": "respectée",
    "missed": "non respectée",
}
SENTENCES: dict[str, str] = {
    "exact values where deadlines or timers run: summed up numerically, to within {error} of each": "valeurs exactes "
    "avec des échéances ou des minuteurs : sommées numériquement, à {error} près de chacune",
    # diagrams
    "How often each state is entered and each move is made, per order": "Combien de fois chaque état est atteint et "
    "chaque mouvement fait, par commande",
    "How long an order is in each state, on average": "Durée moyenne d'une commande dans chaque état",
    "How long an order waits for a hand or for open hours, on average": "Attente moyenne d'une main ou d'heures "
    "ouvertes, par commande",
    "95 of 100 stays in a state are at most so long": "95 séjours sur 100 dans un état ne durent pas plus longtemps",
    "No number: none": "Sans nombre : rien",
    "No number: none. A wider arrow shows more": "Sans nombre : rien. Une flèche plus large montre davantage",
    "+ is more, − and a dashed rim are less. Without a number: no difference": "+ : davantage ; − et un bord en "
    "tirets : moins. Sans nombre : aucune différence",
    "{title}: how much more with {profile}": "{title} : ce que {profile} ajoute",
    "{title}, and what changes": "{title} : ce qui change",
    "{title}": "{title}",
    "How long a stay in a state lasts": "Durée d'un séjour dans un état",
    "On the state diagram": "Sur le diagramme d'états",
    "The number on a state or move is the amount; the colour repeats it.": "Le nombre sur un état ou un mouvement est "
    "la quantité ; la couleur la répète.",
    # the head
    "{orders:n} simulated orders": "{orders:n} commandes simulées",
    "To the contents": "Aller au contenu",
    "Contents": "Sommaire",
    "Profile: {profile}": "Profil : {profile}",
    "compared with": "comparé à",
    "Half of all orders take at most": "La moitié des commandes durent au plus",
    "95 of 100 orders take at most": "95 commandes sur 100 durent au plus",
    "Orders in progress, on average": "Commandes en cours, en moyenne",
    "{actor}: hands at work": "{actor} : mains au travail",
    "{assumed:n} of the {count:n} numbers of the profile are assumed: replace them by your own before you decide": ""
    "{assumed:n} des {count:n} nombres du profil sont supposés : remplacez-les par les vôtres avant de décider",
    "{count:n} orders have not ended": "{count:n} commandes ne sont pas terminées",
    "{count:n} orders stay in {state}: nothing is ever chosen there": (
        "{count:n} commandes restent dans {state} : rien n'y est jamais choisi"
    ),
    "{count:n} orders were given up after 20,000 steps": "{count:n} commandes ont été abandonnées après 20 000 pas",
    # sections
    "What was required": "Ce qui était exigé",
    "How orders end": "Comment les commandes finissent",
    "How long orders take": "Combien de temps durent les commandes",
    "Between two moments": "Entre deux moments",
    "What if": "Et si",
    "Orders in progress": "Commandes en cours",
    "Where time goes": "Où passe le temps",
    "What happens": "Ce qui arrive",
    "Hands": "Mains",
    "What it rests on": "Sur quoi cela repose",
    "How it was computed": "Comment cela a été calculé",
    "about {count:n} orders would decide it": "environ {count:n} commandes en décideraient",
    "The share of each end": "La part de chaque fin",
    "not ended": "non terminées",
    "Each bar is all orders of a kind: green is success, orange is failure, grey another end.": (
        "Chaque barre représente "
        "toutes les commandes d'une sorte : vert pour un succès, orange pour un échec, gris pour une autre fin."
    ),
    "From left to right: {ends}.": "De gauche à droite : {ends}.",
    "From the beginning of an order to its end": "Du début d'une commande à sa fin",
    "Lead times of {order}": "Délais de {order}",
    "half: {time}": "la moitié : {time}",
    "90 of 100: {time}": "90 sur 100 : {time}",
    "95 of 100: {time}": "95 sur 100 : {time}",
    "How many orders take how long, until 99 of 100 have ended ({time}).": (
        "Combien de commandes durent combien de temps, jusqu'à la fin de 99 sur 100 ({time})."
    ),
    "Columns: {profile}. Dashed: {other}.": "Colonnes : {profile}. Tirets : {other}.",
    "How much longer orders take with {other} than with {profile}, on average": "Durée moyenne supplémentaire avec "
    "{other}, par rapport à {profile}",
    "{title}. The line is the 95 % interval; where it does not touch 0, the difference is no accident.": "{title}. Le "
    "trait est l'intervalle à 95 % ; là où il ne touche pas 0, la différence n'est pas un hasard.",
    "Side by side: {profile} → {other}, and the difference ({other} minus {profile})": (
        "Côte à côte : {profile} → {other}, et la différence ({other} moins {profile})"
    ),
    "On average {count} orders are in progress while orders arrive.": (
        "En moyenne, {count} commandes sont en cours tant que des commandes arrivent."
    ),
    "Dashed: {other}.": "Tirets : {other}.",
    "The numbers by day": "Les nombres par jour",
    "on average": "en moyenne",
    "day {number}": "jour {number}",
    "The mean time of an order in each state": "Durée moyenne d'une commande dans chaque état",
    "{time} (waiting: {part})": "{time} (attente : {part})",
    "Blue: on its way or at work. Brown: waiting for a hand or for open hours.": "Bleu : en route ou au travail. "
    "Brun : en attente d'une main ou d'heures ouvertes.",
    "Nobody waits for hands or open hours in this simulation.": "Personne n'attend de mains ni d'heures ouvertes dans "
    "cette simulation.",
    "How often, per order": "Combien de fois, par commande",
    "Hands at work while orders arrive, and the waiting for them": "Les mains au travail tant que des commandes "
    "arrivent, et leur attente",
    # what it rests on
    "The profile gives {count:n} numbers: {said}.": "Le profil donne {count:n} nombres : {said}.",
    "Every number of the profile": "Tous les nombres du profil",
    "Sampled: every figure has its 95 % interval where there are enough orders to give one.": "Échantillonné : chaque "
    "chiffre a son intervalle à 95 % s'il y a assez de commandes pour en donner un.",
    "Documents at the start are as in {used:n} real orders, of {read:n} documents.": "Les documents du début sont "
    "comme dans {used:n} vraies commandes, sur {read:n} documents.",
    "An order does one thing at a time.": "Une commande fait une chose à la fois.",
    "Orders share hands and open hours: they wait for one another.": "Les commandes partagent les mains et les heures "
    "ouvertes : elles s'attendent.",
    "Orders do not depend on one another: every order by itself.": (
        "Les commandes ne dépendent pas les unes des autres."
    ),
    "No exact answer for {variant}: {reason:words}.": "Pas de réponse exacte pour {variant} : {reason:words}.",
    "To get the same page again": "Pour obtenir de nouveau la même page",
    "digest of the pack": "empreinte du modèle",
    "pack": "modèle",
    "seed": "graine",
    "profile": "profil",
    # names of things and of columns
    "All orders": "Toutes les commandes",
    "Any end": "Toute fin",
    "Edit of the document": "Modification du document",
    "exact: ": "exact : ",
    "Order": "Commande",
    "Orders": "Commandes",
    "End": "Fin",
    "Share": "Part",
    "Mean": "Moyenne",
    "Median": "Médiane",
    "Stretch": "Intervalle",
    "State": "État",
    "Entries": "Entrées",
    "Time": "Durée",
    "Day": "Jour",
    "Waiting": "Attente",
    "Remaining": "Restant",
    "Transition": "Transition",
    "Happened": "Arrivé",
    "Refused": "Refusé",
    "Actor": "Acteur",
    "Works": "Travaux",
    "Utilisation": "Occupation",
    "Mean wait": "Attente moyenne",
    "P95 wait": "Attente p95",
    "Requirement": "Exigence",
    "Verdict": "Verdict",
    "Remark": "Remarque",
    "Value": "Valeur",
    "95 % interval": "intervalle à 95 %",
    "Number": "Nombre",
    "Given as": "Donné",
    "Standing": "Statut",
    "Source": "Source",
    "Place": "Lieu",
    "What": "Quoi",
    # the report in text
    "{title}: {orders:n} orders, seed {seed}": "{title} : {orders:n} commandes, graine {seed}",
    "sampled; orders share the hands and the open hours of {actors}": "échantillonné ; les commandes partagent les "
    "mains et les heures ouvertes de {actors}",
    "sampled; every order by itself": "échantillonné ; chaque commande est indépendante des autres",
    "in brackets: 95 % intervals. An order does one thing at a time": "entre crochets : intervalles à 95 %. Une "
    "commande fait une chose à la fois",
    "changed in the profile: {changed}": "changé dans le profil : {changed}",
    "differences are {other} minus {profile}: + is more with {other}": "différences : {other} moins {profile} ; + est "
    "davantage avec {other}",
    "{profile} with --set": "{profile} avec --set",
    "documents at the start as in {used:n} real orders, of {read:n} documents": "documents du début comme dans "
    "{used:n} vraies commandes, sur {read:n} documents",
    "no exact answer for {names}: {reason:words}": "pas de réponse exacte pour {names} : {reason:words}",
    "met: {requirement} ({value})": "respectée : {requirement} ({value})",
    "Where time goes (per order)": "Où passe le temps (par commande)",
    "What happens (per order)": "Ce qui arrive (par commande)",
    "In progress: {count} orders on average": "En cours : {count} commandes en moyenne",
    "In progress: {count} orders on average (exact, in the long run: {steady})": "En cours : {count} commandes en "
    "moyenne (exact, à la longue : {steady})",
    "the profile gives {count:n} numbers: {said}": "le profil donne {count:n} nombres : {said}",
    "{count:n} stated": "{count:n} {count:écrit|écrits}",
    "{count:n} inferred": "{count:n} {count:déduit|déduits}",
    "{count:n} assumed": "{count:n} {count:supposé|supposés}",
    "{low} to {high}": "{low} à {high}",
    "exact": "exact",
    "difference": "différence",
    "P90": "p90",
    "P95": "p95",
    "P99": "p99",
}
