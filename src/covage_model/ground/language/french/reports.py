"""The sentences of reports."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    ": ": " : ",
    "the baseline has {count:n} {count:finding|findings}": "la référence contient {count:n} {count:constat|constats}",
    "{count:n} {count:finding is|findings are} in the baseline: not counted": "{count:n} {count:constat est|constats "
    "sont} dans la référence : non {count:compté|comptés}",
    "{count:n} {count:finding|findings} of the baseline {count:is|are} gone: see --update-baseline": ""
    "{count:n} {count:constat|constats} de la référence {count:a|ont} disparu : voir --update-baseline",
    "{count:n} {count:finding is|findings are} suppressed": "{count:n} {count:constat est admis|constats sont admis}",
    "a suppression has ended on {until}: {which} ({reason})": "une exception a pris fin le {until} : {which} "
    "({reason})",
    "a suppression fits nothing, and can be removed: {which} ({reason})": "une exception ne concerne rien, et peut "
    "être retirée : {which} ({reason})",
    "Its messages:": "Ses messages :",
    "in": "en",
    # counts
    "{count:n}": "{count:n}",
    "{count:n} {count:error|errors}": "{count:n} {count:erreur|erreurs}",
    "{count:n} {count:warning|warnings}": "{count:n} {count:avertissement|avertissements}",
    "{count:n} {count:rule not checked|rules not checked}": "{count:n} {count:règle non vérifiée|règles non vérifiées}",
    "{count:n} {count:note|notes}": "{count:n} {count:remarque|remarques}",
    "{count:n} {count:order type|order types}": "{count:n} {count:type de commande|types de commande}",
    "{count:n} {count:variant|variants}": "{count:n} {count:variante|variantes}",
    "{count:n} {count:scenario|scenarios}": "{count:n} {count:scénario|scénarios}",
    "{count:n} {count:configuration|configurations}": "{count:n} {count:configuration|configurations}",
    "{count:n} {count:move|moves}": "{count:n} {count:mouvement|mouvements}",
    "{count:n} {count:property|properties}": "{count:n} {count:propriété|propriétés}",
    "{count:n} {count:run|runs}": "{count:n} {count:exécution|exécutions}",
    "{count:n} {count:step|steps}": "{count:n} {count:étape|étapes}",
    "{count:n} {count:mutant|mutants}": "{count:n} {count:mutant|mutants}",
    # examples account
    "made for {count:n} {count:order|orders}": "fait pour {count:n} {count:commande|commandes}",
    "{count:n} {count:order has|orders have} errors of {count:its|their} own: `validate` names them": "{count:n} "
    "{count:commande a|commandes ont} {count:ses|leurs} propres erreurs : `validate` les nomme",
    "{count:n} {count:order does|orders do} not pass with it all the same: `validate --account` says why": "{count:n} "
    "{count:commande ne passe|commandes ne passent} pourtant pas avec lui : `validate --account` dit pourquoi",
    "no order says these values, put in the true ones: {which}": "aucune commande ne dit ces valeurs, mettez les "
    "vraies : {which}",
    # check
    "no pack": "pas de modèle",
    " (more: the limit was reached)": " (davantage : la limite est atteinte)",
    # validate
    "{documents:n} {documents:document|documents}, {clean:n} {clean:clean|clean}": "{documents:n} "
    "{documents:document|documents}, {clean:n} sans constat",
    "{documents:n} {documents:document|documents}, {clean:n} {clean:clean|clean} {clean:by itself|by themselves}": ""
    "{documents:n} {documents:document|documents}, {clean:n} {clean:pris seul|pris seuls} sans constat",
    "findings by code": "constats par code",
    "errors and warnings by file": "erreurs et avertissements par fichier",
    "other files": "autres fichiers",
    "judged as {kind}": "jugé comme {kind}",
    "judged as": "jugés comme",
    "no order": "aucune commande",
    "{count:n} not clean": "{count:n} avec constats",
    "and {count:n} more": "et {count:n} de plus",
    "{rules}: in {documents:n}, first in {first}": "{rules} : dans {documents:n}, d'abord dans {first}",
    "{first}: {why}: {rules}": "{first} : {why} : {rules}",
    "no account was given ({account})": "aucun compte n'a été donné ({account})",
    "the account has findings in parts that they read": "le compte a des constats dans les parties qu'elles lisent",
    "{word} CM408 {why}, so these rules were not checked": "{word} CM408 {why}, donc ces règles n'ont pas été "
    "vérifiées",
    "{count:n} more like it in this run": "{count:n} autres semblables dans cette exécution",
    "{count:n} more of many kinds in this run": "{count:n} autres de toutes sortes dans cette exécution",
    "{more}, first at {places}": "{more}, d'abord en {places}",
    # run
    "{count:n} {count:scenario|scenarios}, {failed:n} {failed:failed|failed}": "{count:n} {count:scénario|scénarios}, "
    "{failed} en échec",
    "FAIL": "ÉCHEC",
    "ok  ": "ok   ",
    "start": "début",
    "{what}: refused by {reasons}": "{what} : refusé par {reasons}",
    "{what}: undecided without {reasons}": "{what} : non décidé sans {reasons}",
    " by {actors}": " par {actors}",
    # run, step and why with --record
    "{name}, shown as {status}: {count:n} {count:place|places} can show this record": "{name}, montrée comme "
    "{status} : {count:n} {count:endroit peut|endroits peuvent} montrer cette réponse",
    "{name}: {count:n} {count:place|places} can show this record": "{name} : {count:n} "
    "{count:endroit peut|endroits peuvent} montrer cette réponse",
    "decided: {line}": "décidé : {line}",
    "not all places were looked at: there are too many": "tous les endroits n'ont pas été regardés : il y en a trop",
    "in all: {line}": "dans tous : {line}",
    "possible in all:": "possible dans tous :",
    "possible in some:": "possible dans certains :",
    "possible in none:": "possible dans aucun :",
    " in {numbers}": " dans {numbers}",
    " perhaps in {numbers}": " peut-être dans {numbers}",
    "type place and a number from 1 to {count}": "tapez place et un nombre de 1 à {count}",
    "in place {number}:": "à l'endroit {number} :",
    "{name} is possible in {count:n} of {places:n} places": "{name} est possible dans {count:n} des "
    "{places:n} endroits",
    "{name} is perhaps possible in {count:n} of {places:n} places": "{name} est peut-être possible dans {count:n} des "
    "{places:n} endroits",
    # why
    "is possible": "est possible",
    "is refused": "est refusé",
    "is not decided": "n'est pas décidé",
    ", where the trace stops": ", où la trace s'arrête",
    "note: {text}": "remarque : {text}",
    "order: {line}": "commande : {line}",
    "after: {line}": "après : {line}",
    "assumed: {line}": "supposé : {line}",
    "leads to: {line}": "mène à : {line}",
    "not checked without a valid account: {rules}": "non vérifié sans un compte valide : {rules}",
    "one of these is enough:": "l'un de ceux-ci suffit :",
    "all of these:": "tous ceux-ci :",
    "either {parts}": "soit {parts}",
    ", or ": ", ou ",
    "; ": " ; ",
    "the state is {state}; it is possible in {states}": "l'état est {state} ; c'est possible en {states}",
    "the outcome {name} is possible": "l'issue {name} est possible",
    "nothing satisfies the guard here": "rien ne satisfait la garde ici",
    "not decided: {line}": "non décidé : {line}",
    "{name} is {value}; the guard asks: {asked}": "{name} vaut {value} ; la garde demande : {asked}",
    "the state is {value}; the guard asks: {asked}": "l'état est {value} ; la garde demande : {asked}",
    "the variant is {value}; the guard asks: {asked}": "la variante est {value} ; la garde demande : {asked}",
    "the final is {value}; the guard asks: {asked}": "l'état est {value} ; la garde demande : {asked}",
    "the guard asks: {asked}": "la garde demande : {asked}",
    "{rule} looks for: {condition}": "{rule} cherche : {condition}",
    "and the document says {path}: {value}": "et le document dit {path} : {value}",
    "{name} is never possible for {variant}: in none of its {count} configurations, whatever the document and the "
    "account": "{name} n'est jamais possible pour {variant} : dans aucune de ses {count} configurations, quels que "
    "soient le document et le compte",
    "Whether {name} is ever possible is not decided: only {count} configurations were explored": "Il n'est pas décidé "
    "si "
    "{name} est jamais possible : {count} configurations seulement ont été explorées",
    "The nearest way from here:": "Le plus court chemin depuis ici :",
    "No way leads there from here. The nearest after another turn:": "Aucun chemin n'y mène depuis ici. Le plus court "
    "après un autre choix :",
    "The shortest from the start:": "Le plus court depuis le début :",
    "No way leads there with this account. With another, the shortest from the start:": "Aucun chemin n'y mène avec ce "
    "compte. Avec un autre, le plus court depuis le début :",
    " (as before up to {name})": " (comme avant jusqu'à {name})",
    "then {name} is possible": "alors {name} est possible",
    "provided that: {line}": "à condition que : {line}",
    "Here {name} is possible at once": "Ici, {name} est possible tout de suite",
    "With another account, at the start, {name} is possible at once": "Avec un autre compte, au début, {name} est "
    "possible tout de suite",
    "At the start, before anything else, {name} is possible at once": "Au début, avant toute autre chose, {name} est "
    "possible tout de suite",
    "After {before}, before the rest, {name} is possible at once": "Après {before}, avant la suite, {name} est "
    "possible "
    "tout de suite",
    "edit the document{by} in {state}": "modifier le document{by} en {state}",
    "begin with another document": "commencer avec un autre document",
    ", so that: {line}": ", de sorte que : {line}",
    "no such change was found: not decided": "aucune modification de ce genre n'a été trouvée : non décidé",
    # step
    "fill: the document may be edited{by}": "fill : le document peut être modifié{by}",
    "not from here: {names}": "pas depuis ici : {names}",
    "the document": "le document",
    "refused: ": "refusé : ",
    "undecided: ": "non décidé : ",
    "state: {line}": "état : {line}",
    "so far: {line}": "jusqu'ici : {line}",
    "events: {line}": "événements : {line}",
    "account: none": "compte : aucun",
    "account: given": "compte : donné",
    "document: none": "document : aucun",
    "document:": "document :",
    "a number or a trigger": "un numéro ou un déclencheur",
    "fire it; `fire NAME` if a trigger is named like a command": "le déclencher ; `fire NOM` s'il porte le nom d'une "
    "commande",
    "why it is refused, and the nearest way to enable it": "pourquoi il est refusé, et le plus court chemin qui le "
    "permet",
    "change the document by a JSON Merge Patch (RFC 7396), where it may be edited": "modifier le document par un JSON "
    "Merge Patch (RFC 7396), là où c'est permis",
    "go back, go forward again": "revenir, refaire",
    "with --record: go to the place of that number": "avec --record : aller à l'endroit de ce numéro",
    "where the order is, what happened, its events and its document": "où en est la commande, ce qui s'est passé, ses "
    "événements et son document",
    "the lifecycle as Mermaid, or in the format of the file's ending": "le cycle de vie en Mermaid, ou au format de la "
    "terminaison du fichier",
    "the steps so far as a scenario that `covage-model run` plays": "les étapes jusqu'ici comme un scénario que "
    "`covage-model run` joue",
    "there is nothing to undo": "il n'y a rien à défaire",
    "there is nothing to redo": "il n'y a rien à refaire",
    "there is no number {number}: {count} triggers are possible": "le numéro {number} n'existe pas : {count} "
    "déclencheurs sont possibles",
    "there is no trigger {name}; {hint}": "le déclencheur {name} n'existe pas ; {hint}",
    "see help": "voyez help",
    "no picture format is called {name}; use one of: {forms}": "aucun format d'image ne s'appelle {name} ; utilisez "
    "l'un "
    "de ceux-ci : {forms}",
    "{name} is there already": "{name} existe déjà",
    "cannot save: {why:words}": "impossible d'enregistrer : {why:words}",
    "wrote {path}": "écrit : {path}",
    # suites
    "no order follows the lifecycle {name}: there is no suite of it": "aucune commande ne suit le cycle de vie {name} "
    ": "
    "il n'en existe pas de suite",
    "{runs} for {cover}; {bound}": "{runs} pour {cover} ; {bound}",
    "the pack has no order": "le modèle n'a pas de commande",
    "no suite has fewer than {least}": "aucune suite n'en a moins de {least}",
    "the fewest possible is not known: the limit was reached, --limit N sets it": "le minimum possible n'est pas "
    "connu : "
    "la limite est atteinte, --limit N la fixe",
    "the limit was reached": "la limite est atteinte",
    "at least {least}": "au moins {least}",
    "{shown} of {all} shown": "{shown} sur {all} montrés",
    "not shown, state: {names}": "non montré, état : {names}",
    "not shown, transition: {names}": "non montré, transition : {names}",
    "not shown, pair: {names}": "non montré, paire : {names}",
    "not shown, guard: {names}": "non montré, garde : {names}",
    "not shown, refusal: {names}": "non montré, refus : {names}",
    " (and {count} {count:pair|pairs} with it)": " (et avec elle {count} {count:paire|paires})",
    "{names}; and {count} more": "{names} ; et {count} de plus",
    "wrote {folder}: {command} plays them": "écrit : {folder} ; {command} les joue",
    ", then ": ", puis ",
    "(case ": "(cas ",
    # verify
    "again and again:": "encore et encore :",
    "and nothing more: what could still happen need not": "et rien de plus : ce qui pourrait encore arriver n'est "
    "pas obligé d'arriver",
    "more than {most} findings; not annotated{counts}": "plus de {most} constats ; non annotés{counts}",
    "holds": "respectée",
    "{count:holds|hold}": "{count:respectée|respectées}",
    "broken": "enfreinte",
    "{count:broken|broken}": "{count:enfreinte|enfreintes}",
    "vacuous": "sans objet",
    "{count:vacuous|vacuous}": "{count:sans objet|sans objet}",
    "open": "non décidée",
    "{count:open|open}": "{count:non décidée|non décidées}",
    "not decided": "non décidée",
    "{count:not decided|not decided}": "{count:non décidée|non décidées}",
    "written: {files}": "écrits : {files}",
    "{least} to {most}": "{least} à {most}",
    "witnessed after {shown} {most:move|moves}": "témoin après {shown} {most:mouvement|mouvements}",
    "{names} and {count} more": "{names} et {count} de plus",
    "{properties} over {size} of {variants}": "{properties} sur {size} de {variants}",
    "start of {name}": "début de {name}",
    "account: {data}": "compte : {data}",
    ", of which {line}": ", avec {line}",
    "document{where}: {data}": "document{where} : {data}",
    # mutate
    "{name}: fails without a mutation, so it kills no mutant": "{name} : échoue sans mutation, donc ne tue aucun "
    "mutant",
    "these rules could vanish unnoticed:": "ces règles pourraient disparaître sans être remarquées :",
    "these mutants were not tried:": "ces mutants n'ont pas été essayés :",
    "operator": "opérateur",
    "killed": "tués",
    "survived": "survivants",
    "equivalent": "équivalents",
    "refused": "refusés",
    "refused by check": "refusés par check",
    "untried": "non essayés",
    "not tried": "non essayés",
    "mutation score: {score:.1f} %": "score de mutation : {score:.1f} %",
    "the result is not complete: {count} not tried. Run again, with fewer --jobs if memory is short": "le résultat "
    "n'est "
    "pas complet : {count} non essayés. Recommencez, avec moins de --jobs si la mémoire manque",
    # generate --suite and conform
    "wrote {folder}: {count} files, {valid} valid and {invalid} invalid, none redundant": "écrit : {folder} ; {count} "
    "fichiers, {valid} valides et {invalid} invalides, aucun superflu",
    "{count} definitions are covered: without one of them, a file gets another verdict": "{count} définitions sont "
    "couvertes : sans l'une d'elles, un fichier reçoit un autre verdict",
    "{count} are not covered:": "{count} ne sont pas couvertes :",
    "nothing derived differs": "rien de ce qui en découle ne change",
    "others require the same": "d'autres exigent la même chose",
    "no order shows it": "aucune commande ne la montre",
    "{count} values are in no valid file, since no such file was found:": "{count} valeurs ne sont dans aucun fichier "
    "valide, faute d'en avoir trouvé un :",
    "{count} files tested, {right} as expected": "{count} fichiers essayés, {right} comme attendu",
    ", {count} not": ", {count} non",
    "{count} not tested: they were changed or are missing": "{count} non essayés : modifiés ou absents",
    "{count} not tested: {why:words}": "{count} non essayés : {why:words}",
    "the command was run on no file, so nothing is known of it": "la commande n'a été lancée sur aucun fichier : on "
    "n'en "
    "sait rien",
    "expected: {findings}": "attendu : {findings}",
    "only this file shows {things}": "seul ce fichier montre {things}",
}
