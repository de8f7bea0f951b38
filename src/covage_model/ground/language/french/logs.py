"""What is said about logs of events: hints, sentences of the report and help."""

from __future__ import annotations

HINTS = {
    "no cheap repair was found: --max-repair looks further": (
        "aucune réparation bon marché n'a été trouvée : --max-repair cherche plus loin"
    ),
    "{first} and {second} are swapped": "{first} et {second} sont intervertis",
    "missing: {missing}; too many: {extra}": "manque : {missing} ; de trop : {extra}",
    "mend its record on line {line} first: it was left out": (
        "corrigez d'abord sa ligne {line}, qui a été laissée de côté"
    ),
    "missing: {missing}": "manque : {missing}",
    "too many: {extra}": "de trop : {extra}",
    # calls
    "the `log` of the profile shows neither order nor object: give --case PATH": (
        "le `log` du profil ne montre ni commande ni objet : donnez --case CHEMIN"
    ),
    "the `log` of the profile shows no time: give --columns time=PATH": (
        "le `log` du profil ne montre pas d'heure : donnez --columns time=CHEMIN"
    ),
    "no constants tell the events of the pack apart: give --columns name=PATH": (
        "aucune constante ne distingue les événements du modèle : donnez --columns name=CHEMIN"
    ),
    "nothing was counted": "rien n'a été compté",
    "{word} places no column: write WORD=PATH, with one of {names}.": (
        "{word} ne place aucune colonne : écrivez MOT=CHEMIN, avec l'un de ces mots : {names}."
    ),
    "--order or --orders says what the orders are, so that fewer moves can have happened unseen": (
        "--order ou --orders dit ce que sont les commandes : moins de pas ont alors pu arriver sans être vus"
    ),
    "the events are {names}": "les événements sont {names}",
    "this is OCEL: replay reads NDJSON, CSV, Parquet and XES": (
        "c'est de l'OCEL : replay lit NDJSON, CSV, Parquet et XES"
    ),
    "if the records lie in {name}, give --log-at {pointer}": (
        "si les lignes sont dans {name}, indiquez --log-at {pointer}"
    ),
    "XES says itself where its events lie: leave out --log-at": (
        "XES dit lui-même où sont ses événements : retirez --log-at"
    ),
    "Where the records lie in each document of LOG: a JSON Pointer. Example: /events.": (
        "Où sont les lignes dans chaque document de JOURNAL : un pointeur JSON. Exemple : /events."
    ),
    "it has {names}: --case and --columns say what is what": (
        "elle a {names} : --case et --columns disent ce qu'est chacun"
    ),
    'say in the first line what it is, as in <?xml version="1.0" encoding="ISO-8859-1"?>, or save it as UTF-8': (
        "dites à la première ligne ce qu'il en est, comme "
        'dans <?xml version="1.0" encoding="ISO-8859-1"?>, ou enregistrez-le en UTF-8'
    ),
    "no element found": "il s'arrête avant sa fin",
    "not well-formed (invalid token)": "ce n'est pas du XML bien formé, ou pas de l'UTF-8",
    "mismatched tag": "une balise fermante qui n'est pas celle attendue",
    "duplicate attribute": "un attribut écrit deux fois",
    "junk after document element": "du texte après la fin",
    "unclosed token": "une balise qui n'est pas finie",
    "undefined entity": "une entité inconnue",
    "unknown encoding": "un codage inconnu",
}
SENTENCES = {
    "{orders:n} {orders:order|orders}: {good:n} {good:conforms|conform}, {open:n} unfinished, "
    "{bad:n} could not have happened": (
        "{orders:n} {orders:commande|commandes} : {good:n} conforme(s), {open:n} en cours, "
        "{bad:n} qui n'ont pas pu avoir lieu"
    ),
    "{count:n} orders that could have happened": "{count:n} commandes qui ont pu avoir lieu",
    "fitness {share} %": "conformité {share} %",
    "{count:n} {count:record|records} sent twice, left out": (
        "{count:n} {count:ligne reçue deux fois, laissée|lignes reçues deux fois, laissées} de côté"
    ),
    "{count:n} {count:record|records} came late, followed in the order of their times": (
        "{count:n} {count:ligne venue|lignes venues} en retard, {count:suivie|suivies} dans l'ordre des heures"
    ),
    "{count:n} {count:order|orders} began before the log": (
        "{count:n} {count:commande a|commandes ont} commencé avant le journal"
    ),
    "{count:n} {count:record|records} about other objects, left out: --orders says whose they are": (
        "{count:n} {count:ligne|lignes} sur d'autres objets, de côté : --orders dit à qui ils sont"
    ),
    "{count:n} {count:record|records} of events that no order emits, left out": (
        "{count:n} {count:ligne|lignes} d'événements qu'aucune commande n'émet, de côté"
    ),
    "How long it took": "Combien de temps cela a pris",
    "from": "de",
    "to": "à",
    "times": "fois",
    "mean": "moyenne",
    "median": "médiane",
    "p90": "p90",
    "p95": "p95",
    "first": "premier",
    "last": "dernier",
    "{count:n} {count:order|orders} not decided, since a record was left out": (
        "{count:n} {count:commande non décidée|commandes non décidées}, car une ligne a été laissée de côté"
    ),
    "fitted to {kept:n} {kept:order|orders}, judged on {held:n} held out": (
        "ajusté à {kept:n} {kept:commande|commandes}, jugé sur {held:n} mises de côté"
    ),
    "Fitted": "Ajusté",
    "figure": "nombre",
    "of": "de",
    "fitted": "ajusté",
    "held out": "mis de côté",
    "as in {base}, since the log does not show them alone: {names}": (
        "comme dans {base}, car le journal ne les montre pas seuls : {names}"
    ),
    "as in {base}, for lack of events: {names}": "comme dans {base}, faute d'événements : {names}",
    "{actor} acts {hours}: this is its calendar, and what it does takes working time": (
        "{actor} agit {hours} : c'est son calendrier, et ce qu'il fait prend du temps de travail"
    ),
    "{actor} seems to act {hours}: it gets no calendar, since what it waits for explains that": (
        "{actor} semble agir {hours} : il ne reçoit pas de calendrier, car ce qu'il attend l'explique"
    ),
    "orders arrive {hours}": "les commandes arrivent {hours}",
    # help
    "Fit a profile to a log of events, and judge it on orders that were held out": (
        "Ajuster un profil à un journal d'événements, et le juger sur des commandes mises de côté"
    ),
    "Fit a profile to a log of events: laws of durations, weights, shares of orders, arrivals, open hours.": (
        "Ajuster un profil à un journal d'événements : lois des durées, poids, parts des commandes, arrivées, heures "
        "d'ouverture."
    ),
    "What the log shows takes the place of what the base says. A part of the orders is held out, and each figure is "
    "judged on it. The profile goes to --out, the report to stdout.": (
        "Ce que montre le journal remplace ce que dit la base. Une partie des commandes est mise de côté, et chaque "
        "nombre est jugé sur elle. Le profil va dans --out, le rapport sur la sortie standard."
    ),
    "The profile from which the rest comes. Default: the usual one.": (
        "Le profil d'où vient le reste. Par défaut : le profil usuel."
    ),
    "The share of the orders that are held out.": "La part des commandes mises de côté.",
    "The name of the fitted profile.": "Le nom du profil ajusté.",
    "Write the profile to this file.": "Écrire le profil dans ce fichier.",
    "Replay a log of events: could its orders have happened?": (
        "Rejouer un journal d'événements : ses commandes ont-elles pu avoir lieu ?"
    ),
    "Replay a log of events on the lifecycle: which orders could have happened, which could not, and how long steps "
    "took.": (
        "Rejouer un journal d'événements sur le cycle de vie : quelles commandes ont pu avoir lieu, lesquelles non, et "
        "combien de temps ont pris les étapes."
    ),
    "LOG is NDJSON, JSON, CSV, Parquet or XES; - is stdin. An order that could not have happened is a finding at its "
    "first impossible event, with the reason, the spec line, and the cheapest repair.": (
        "JOURNAL est du NDJSON, JSON, CSV, Parquet ou XES ; - est l'entrée standard. Une commande qui n'a pas pu avoir "
        "lieu est un constat à son premier événement impossible, avec la raison, la ligne du modèle et la réparation "
        "la moins chère."
    ),
    "What the orders are. Default: any.": "Ce que sont les commandes. Par défaut : n'importe lesquelles.",
    "Documents of the orders, in any format.": "Les documents des commandes, dans tout format.",
    "The profile whose `log` says what records hold.": "Le profil dont `log` dit ce que contiennent les lignes.",
    "The member of a record that tells orders apart.": "Le membre d'une ligne qui distingue les commandes.",
    "Where records hold name, time, event, alias, variant or state.": (
        "Où les lignes ont name, time, event, alias, variant ou state."
    ),
    "The beginning of orders may be missing.": "Le début des commandes peut manquer.",
    "Fail for a fitness below this, and not for each order that could not have happened.": (
        "Échouer pour une conformité plus basse, et non pour chaque commande qui n'a pas pu avoir lieu."
    ),
    "Look for repairs of at most N changes.": "Chercher des réparations d'au plus N changements.",
    "List at most N findings in the text.": "Montrer au plus N constats dans le texte.",
}
