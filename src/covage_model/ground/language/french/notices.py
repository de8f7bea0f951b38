"""What is wrong with a file that a call names, and what a command says beside its report."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "{name}: {paper} {side:words}, {count} {count:sheet|sheets}; the smallest text is {size} pt": (
        "{name} : {paper} {side:words}, {count} {count:feuille|feuilles} ; le plus petit texte fait {size} pt"
    ),
    "upright": "debout",
    "across": "en travers",
    # files
    "cannot write {path}: {why:words}": "impossible d'écrire {path} : {why:words}",
    "cannot read {path}: {why:words}": "impossible de lire {path} : {why:words}",
    "a name holds no NUL character": "un nom ne contient pas de caractère NUL",
    "{told:words}; {judged:words}; nothing is reported": "{told:words} ; {judged:words} ; rien n'est rapporté",
    "{told:words}; {judged:words}; nothing is kept apart": "{told:words} ; {judged:words} ; rien n'est mis à part",
    "{path} is not an empty folder: --quarantine takes a new or an empty one": (
        "{path} n'est pas un dossier vide : --quarantine demande un dossier nouveau ou vide"
    ),
    "{path} is a file": "{path} est un fichier",
    "{path} is not empty: {names}; name a new folder": "{path} n'est pas vide : {names} ; nommez un nouveau dossier",
    "the folder to write has no name: give --out DIR": "le dossier où écrire n'a pas de nom : donnez --out DOSSIER",
    "{path} is no folder: name another": "{path} n'est pas un dossier : nommez-en un autre",
    "{path} is not empty, and holds no {name} of ours: name another folder": (
        "{path} n'est pas vide, et n'a pas de {name} écrit par cet outil : nommez un autre dossier"
    ),
    "{path} is not in {name}, so it is not ours: name another folder": (
        "{path} n'est pas dans {name}, donc pas de cet outil : nommez un autre dossier"
    ),
    "{path} holds no suite: {other} is no manifest": "{path} ne contient pas de suite : {other} n'en est pas la liste",
    "{path} holds no suite: {other} cannot be read ({why:words})": (
        "{path} ne contient pas de suite : impossible de lire {other} ({why:words})"
    ),
    "{path} is no manifest of a suite: {why:words}": "{path} n'est pas la liste d'une suite : {why:words}",
    "{path} is a baseline of `{of}`: give `{command}` a file of its own": (
        "{path} est une référence de `{of}` : donnez à `{command}` un fichier à lui"
    ),
    "{path} is no baseline: write one with --update-baseline": (
        "{path} n'est pas une référence : écrivez-en une par --update-baseline"
    ),
    "{path} is no TOML: {why}": "{path} n'est pas du TOML : {why}",
    "{path}: each suppression starts with [[suppress]], and nothing else is there": (
        "{path} : chaque exception commence par [[suppress]], et il n'y a rien d'autre"
    ),
    "{path}: suppression {number}: {why:words}": "{path} : exception {number} : {why:words}",
    "there is no {name}; use {names}": "{name} n'existe pas ; utilisez {names}",
    "{name} is a day without quotes, as in 2027-12-31": "{name} est un jour sans guillemets, comme 2027-12-31",
    "{name} is a text": "{name} est un texte",
    "say a reason, and until which day: until = 2027-12-31": (
        "dites une raison (reason), et jusqu'à quel jour : until = 2027-12-31"
    ),
    "say which findings: code, rule, pointer or key": "dites quels constats : code, rule, pointer ou key",
    "{code} says that something was not read: it cannot be suppressed": (
        "{code} dit que quelque chose n'a pas été lu : il ne peut pas être admis"
    ),
    # settings
    "{path} and {other} have settings: keep one of them": "{path} et {other} ont des réglages : gardez l'un des deux",
    "{path} cannot be read: {why:words}": "impossible de lire {path} : {why:words}",
    "{path}: no command is called {name}": "{path} : aucune commande ne s'appelle {name}",
    "{path}: no option is called {name}": "{path} : aucune option ne s'appelle {name}",
    "{path}: no command is called {name}. Did you mean {other}?": (
        "{path} : aucune commande ne s'appelle {name}. Vouliez-vous dire {other} ?"
    ),
    "{path}: no option is called {name}. Did you mean {other}?": (
        "{path} : aucune option ne s'appelle {name}. Vouliez-vous dire {other} ?"
    ),
    "{variable} is 1 or 0, not {text}": "{variable} vaut 1 ou 0, pas {text}",
    "settings: {path}": "réglages : {path}",
    "settings: no {name}, and no table in {other}": "réglages : pas de {name}, ni de table dans {other}",
    # simulate
    "{value} is no duration, such as 90d, 12h or 30min.": ("{value} n'est pas une durée, telle que 90d, 12h ou 30min."),
    "{value} has no value: write PATH=VALUE, as in transitions.send.works.median=4h.": (
        "{value} n'a pas de valeur : écrivez CHEMIN=VALEUR, comme transitions.send.works.median=4h."
    ),
    "{value} names no log: write FORMAT=PATH, as in ndjson=events.ndjson. The formats are {names}.": (
        "{value} ne nomme pas de journal : écrivez FORMAT=CHEMIN, comme ndjson=events.ndjson. Les formats sont {names}."
    ),
    "stale": "périmée",
    "missing": "absente",
    "unreadable": "illisible",
    "{count:n} {count:diagram|diagrams}, {stale:n} to draw again": (
        "{count:n} {count:image|images}, {stale:n} à redessiner"
    ),
    "orders live outside of the years 1 to 9999: set time.starts or shorter durations": (
        "des commandes vivent hors des années 1 à 9999 : changez time.starts, ou donnez des durées plus courtes"
    ),
    "the profile has no `arrivals`: give --count": "le profil n'a pas de `arrivals` : donnez --count",
    "a log has a fixed number of orders: leave out --until-precise": (
        "un journal a un nombre de commandes fixé : retirez --until-precise"
    ),
    "the pack has no profile: add a file with the key `profile`": (
        "le modèle n'a pas de profil : ajoutez un fichier à la clé `profile`"
    ),
    "the calendar {name} has no open hours left": "le calendrier {name} n'a plus d'heures ouvertes",
    "a number of orders is doubled until it is precise enough: leave out --until": (
        "le nombre de commandes est doublé jusqu'à la précision demandée : retirez --until"
    ),
    "{count} orders take too long: at most {most} are simulated": (
        "{count} commandes prennent trop de temps : {most} sont simulées au plus"
    ),
    "{count} orders are not enough for {precise}, and more would take too long": (
        "{count} commandes ne suffisent pas pour {precise}, et davantage prendrait trop de temps"
    ),
    "the pack has several profiles; use --profile with one of: {names}": (
        "le modèle a plusieurs profils ; donnez --profile avec l'un de ceux-ci : {names}"
    ),
    "there is no profile {name}": "le profil {name} n'existe pas",
    "there is no profile {name}; {hint:words}": "le profil {name} n'existe pas ; {hint:words}",
    "{text} is no stretch; write A..B, with triggers or states": (
        "{text} n'est pas un trajet ; écrivez A..B, avec des déclencheurs ou des états"
    ),
    "there is no transition or state {name}": "aucune transition ni aucun état ne s'appelle {name}",
    "there is no transition or state {name}; {hint:words}": (
        "aucune transition ni aucun état ne s'appelle {name} ; {hint:words}"
    ),
    "{variant} has more than {count} configurations": "{variant} a plus de {count} configurations",
    "{variant} has too many moves: tests of documents lead to too many edits": (
        "{variant} a trop de mouvements : des tests de documents mènent à trop de modifications"
    ),
    "{text} is no requirement; {example}": "{text} n'est pas une exigence ; {example:words}",
    "there is no figure {name}; use share, mean, median or pNN, such as p95": (
        "aucune mesure ne s'appelle {name} ; utilisez share, mean, median ou pNN, par exemple p95"
    ),
    "write it as in `{first}` or `{second}`": "écrivez-la comme dans `{first}` ou `{second}`",
    "use lead_time or {names}": "utilisez lead_time ou {names}",
    "use lead_time; `--between A..B` measures stretches": ("utilisez lead_time ; `--between A..B` mesure des trajets"),
    "a share needs an end; use one of: {names}": "share demande une fin ; utilisez : {names}",
    "{text} is no duration, such as 30 d, 4 h or 10 min": "{text} n'est pas une durée, telle que 30 d, 4 h ou 10 min",
    "{text} is no share, such as 0.9 or 90 %": "{text} n'est pas une part, telle que 0.9 ou 90 %",
    "there is no end, order or variant {name}; {hint:words}": (
        "aucune fin, commande ni variante ne s'appelle {name} ; {hint:words}"
    ),
    "there is no duration {name}; {hint:words}": "aucune durée ne s'appelle {name} ; {hint:words}",
    "a file needs a name": "un fichier a besoin d'un nom",
    "a scenario begins at the start of an order, and this walk did not": "un scénario commence au début d'une "
    "commande, et cette marche non",
    "what was taken for granted is nothing that `run` can play": "ce qui a été admis, `run` ne peut pas le jouer",
    "a scenario has an account only with a document: start with --document or --example": (
        "un scénario n'a de compte qu'avec un document : commencez par --document ou --example"
    ),
    "{count} configurations reach one another; at most {most} can be solved": (
        "{count} configurations mènent l'une à l'autre ; {most} au plus peuvent être résolues"
    ),
    # a configuration
    "this is no configuration: one has {names}": "ce n'est pas une configuration : celle-ci a {names}",
    "the configuration is of {name}, and this is {other}": "la configuration est celle de {name}, et ceci est {other}",
    "the configuration is of a lifecycle {name} that was another: {changes}": (
        "la configuration est celle d'un cycle de vie {name} qui était autre : {changes}"
    ),
    "the lifecycle {name} has no state {state} in which an order can be": (
        "le cycle de vie {name} n'a pas d'état {state} où une commande peut se trouver"
    ),
    "the configuration does not say what {name} is": "la configuration ne dit pas ce que vaut {name}",
    "{name} is never {value}: {values}": "{name} ne vaut jamais {value} : {values}",
    # beside a report
    "not changed since {ref}, and not judged: {count:n} {count:file|files}": (
        "{count:n} {count:fichier inchangé|fichiers inchangés} depuis {ref}, non {count:jugé|jugés}"
    ),
    "changed: {paths}": "modifié : {paths}",
    "the pack is not finished: `covage-model check` reports these warnings as errors": (
        "le modèle n'est pas fini : `covage-model check` rapporte ces avertissements comme des erreurs"
    ),
    "the pack is broken: `covage-model check` says the same": (
        "le modèle est défectueux : `covage-model check` dit la même chose"
    ),
    "the pack has no clean example of {name}: this one is made of its required fields": (
        "le modèle n'a pas d'exemple valide de {name} : celui-ci est fait de ses champs requis"
    ),
    "fill in: {fields}": "à remplir : {fields}",
    "none: it is built of the required fields": "aucun : il est fait des champs requis",
    "{path} is not written: these orders are judged without an account": (
        "{path} n'est pas écrit : ces commandes sont jugées sans compte"
    ),
    "{name}: {path} is for {place:words}": "{name} : {path} est pour {place:words}",
    ".vscode/settings.json (put its members into what is there)": (
        ".vscode/settings.json (ajoutez ses membres à ce qui s'y trouve)"
    ),
    "the settings of the server": "les réglages du serveur",
    "now try:": "essayez maintenant :",
    "drawing": "dessin",
    "verifying": "vérification",
    "playing": "exécution",
    "preparing": "préparation",
    "files": "fichiers",
    "orders": "commandes",
    "defects": "défauts",
    "not drawn: {reason}": "pas dessiné : {reason}",
    "{orders:n} {orders:order|orders}, {rate:n}/s": "{orders:n} {orders:commande|commandes}, {rate:n}/s",
    "{orders:n} {orders:order|orders}, {rate:n}/s, {part:.0%} of the bytes": (
        "{orders:n} {orders:commande|commandes}, {rate:n}/s, {part:.0%} des octets"
    ),
    "exploring {name}: {count:n} configurations": "exploration de {name} : {count:n} configurations",
    # about the process
    "cannot write to stdout: {why:words}": "impossible d'écrire sur la sortie standard : {why:words}",
    "interrupted": "interrompu",
    "there is not enough memory for this": "il n'y a pas assez de mémoire pour cela",
    "the working folder does not exist any more: change to another": (
        "le dossier de travail n'existe plus : allez dans un autre"
    ),
    "the system refused: {where}{why:words}": "le système a refusé : {where}{why:words}",
    "covage-model failed: {what}": "covage-model a échoué : {what}",
    "this is our fault; COVAGE_MODEL_TRACEBACK=1 shows where": (
        "c'est notre faute ; COVAGE_MODEL_TRACEBACK=1 montre où"
    ),
}
