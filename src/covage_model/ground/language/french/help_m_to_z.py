"""The help of the commands from mutate to why, paragraph by paragraph."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "Earlier records: can each record of FILES have become what it is from the one of its name, by which moves?": (
        "Réponses antérieures : chaque réponse de FICHIERS peut-elle venir de celle de son nom, "
        "et par quels mouvements ?"
    ),
    "If the result differs from what a scenario expects, the place and the difference are shown, and the "
    "exit code is 1. With --record, no scenario is played: it says where the order may be.": (
        "Si le résultat diffère de ce qu'un scénario attend, l'endroit et la différence sont montrés, et le code de "
        "sortie est 1. Avec --record, aucun scénario n'est joué : il est dit où la commande peut être."
    ),
    "With --record, the order may be in several places: it says in how many the trigger is possible, and answers "
    "for the first that refuses it.": (
        "Avec --record, la commande peut être à plusieurs endroits : il est dit dans combien le déclencheur est "
        "possible, et répondu pour le premier qui le refuse."
    ),
    "With --record, the walk begins in the first place that can show it; `place N` goes to another.": (
        "Avec --record, la marche commence au premier endroit qui peut la montrer ; `place N` va à un autre."
    ),
    "A record of the platform, or - for stdin: where may its order be, and what is possible there?": (
        "Une réponse de la plateforme, ou - pour stdin : où sa commande peut-elle être, et qu'y est-il possible ?"
    ),
    "With --record, the account. Several files are one account; - is stdin.": (
        "Avec --record, le compte. Plusieurs fichiers sont un seul compte ; - est stdin."
    ),
    "Mutation testing of a corpus: change the spec in one place at a time, and show the mutants that survive.": (
        "Tester un corpus par mutation : changer la spécification en un endroit à la fois, et montrer les "
        "mutants qui survivent."
    ),
    "A corpus is order files and scenarios. A surviving mutant shows a rule that could be lost unnoticed: "
    "write a file or a scenario that breaks the rule. The score does not count mutants that `check` "
    "rejects, and equivalent mutants, which have the same schemas and state tables as the spec. The exit "
    "code is 1 if a mutant was not tried because its process was killed.": (
        "Un corpus, ce sont des fichiers de commandes et des scénarios. Un mutant qui survit montre une règle "
        "qui pourrait se perdre sans être remarquée : écrivez un fichier ou un scénario qui l'enfreint. Le "
        "score ne compte ni les mutants que `check` refuse, ni les équivalents, qui ont les mêmes schémas et "
        "tables d'états que la spécification. Le code de sortie est 1 si un mutant n'a pas été essayé parce "
        "que son processus a été arrêté."
    ),
    "Order files, scenarios, folders or globs of these, as for validate. Default: the pack's own scenarios.": (
        "Fichiers de commandes, scénarios, dossiers ou motifs de noms, comme pour validate. Par défaut : les "
        "scénarios du modèle."
    ),
    "What kills a mutant: other findings, or only another verdict.": (
        "Ce qui tue un mutant : d'autres constats, ou seulement un autre verdict."
    ),
    "Only these operators; see docs/mutate.md.": "Seulement ces opérateurs ; voyez docs/mutate.md.",
    "Try only N mutants, drawn with --seed.": "N'essayer que N mutants, tirés avec --seed.",
    "The seed of the sample.": "La graine du tirage.",
    "Processes; default: one per processor.": "Nombre de processus ; par défaut : un par processeur.",
    "Exit with 1 if the score is lower.": "Sortir avec 1 si le score est plus bas.",
    "Play scenarios on real documents and accounts; without files, all scenarios of the pack.": (
        "Jouer des scénarios sur de vrais documents et comptes ; sans fichiers, tous les scénarios du modèle."
    ),
    "Show each step; default: for at most three scenarios.": (
        "Montrer chaque étape ; par défaut : pour trois scénarios au plus."
    ),
    "Print the flat JSON Schema 2020-12 of an order, its variant, a status and a role, or of the `account`.": (
        "Écrire le JSON Schema 2020-12 à plat d'une commande, de sa variante, d'un statut et d'un rôle, ou du compte "
        "(`account`)."
    ),
    "One schema is printed as it is. Several are printed as one object by name, or written as one file "
    "each into the folder --out. `--format origins` prints the spec line of each keyword.": (
        "Un schéma seul est écrit tel quel. Plusieurs sont écrits comme un objet par nom, ou un fichier chacun "
        "dans le dossier --out. `--format origins` écrit la ligne de la spécification de chaque mot-clé."
    ),
    "Who writes the documents.": "Qui écrit les documents.",
    "Traceability of sources: which definitions cite each statement, and which of them the scenarios exercise.": (
        "La trace des sources : quelles définitions citent chaque énoncé, et lesquelles les scénarios exercent."
    ),
    "A definition cites only its own `source`, not an inherited one. All scenarios of the pack are played; numbers of "
    "profiles count as exercised, as scenarios have no time. With --check, the text shows only the findings and the "
    "counts.": (
        "Une définition ne cite que sa propre `source`, pas une source héritée. Tous les scénarios du modèle "
        "sont joués ; les nombres des profils comptent comme exercés, car un scénario n'a pas "
        "de temps. Avec --check, le texte ne montre que les constats et les totaux."
    ),
    "Fail if a statement is not exercised by a scenario.": "Échouer si un énoncé n'est exercé par aucun scénario.",
    "List all definitions with this standing instead.": ("Montrer plutôt toutes les définitions de ce degré d'appui."),
    "Simulate a lifecycle step by step: fire triggers, see which are refused and why, undo; `help` lists commands.": (
        "Parcourir un cycle de vie pas à pas : actionner des déclencheurs, voir lesquels sont refusés et "
        "pourquoi, défaire ; `help` cite les commandes."
    ),
    "Commands are read from stdin, one per line, so a script can be piped in; its exit code is 1 if a "
    "command failed. Ctrl-D ends. Without a document, triggers whose guards read one are not decided.": (
        "Les commandes sont lues sur l'entrée standard, une par ligne : un script peut y être dirigé ; son "
        "code de sortie est 1 si une commande a échoué. Ctrl-D termine. Sans document, les déclencheurs dont "
        "la garde en lit un ne sont pas décidés."
    ),
    "The order document to start with.": "Le document de commande avec lequel commencer.",
    "Start with a generated document and account.": "Commencer avec un document et un compte produits.",
    "Build test suites for behaviour: scenarios that `run` plays, without a redundant one.": (
        "Bâtir des suites de tests du comportement : des scénarios que `run` joue, sans aucun de superflu."
    ),
    "They cover every state, transition, pair of consecutive transitions or guard part (true and false), "
    "and in each state the triggers that must be refused. The report compares the number of runs with the "
    "lower bound for any suite, and lists what cannot be covered, with the reason. The exit code is 1 if "
    "there is no run.": (
        "Elles couvrent chaque état, transition, paire de transitions consécutives ou partie de garde (vraie "
        "et fausse), et dans chaque état les déclencheurs qui doivent être refusés. Le rapport compare le "
        "nombre d'exécutions à la borne inférieure de toute suite, et cite ce qui ne peut pas être couvert, "
        "avec le motif. Le code de sortie est 1 s'il n'y a aucune exécution."
    ),
    "The coverage criterion.": "Le critère de couverture.",
    "Split runs longer than this many moves, where possible.": (
        "Couper les exécutions plus longues que ce nombre de mouvements, si possible."
    ),
    "Write scenarios and documents to this folder.": "Écrire scénarios et documents dans ce dossier.",
    "Judge order files: JSON, YAML, NDJSON, CSV, Parquet. FILES are files, folders, globs, @LIST (a file "
    "with a path on each line), or - for stdin.": (
        "Juger des fichiers de commandes : JSON, YAML, NDJSON, CSV, Parquet. FICHIERS sont des fichiers, des "
        "dossiers, des motifs de noms, @LISTE (un fichier avec un chemin par ligne), ou - pour l'entrée standard."
    ),
    "Each finding shows its line, a hint, and the spec line with its source. A document with fields that "
    "only the platform writes is judged as a record.": (
        "Chaque constat montre sa ligne, un conseil, et la ligne de la spécification avec sa source. Un "
        "document dont certains champs ne sont écrits que par la plateforme est jugé comme une réponse."
    ),
    "Who wrote the documents.": "Qui a écrit les documents.",
    "The file name that findings show for -.": "Le nom de fichier que les constats montrent pour -.",
    "List at most N findings; the others are counted. Default: 1,000 in text and Markdown, else all.": (
        "Montrer au plus N constats ; les autres sont comptés. Par défaut : 1 000 en texte et en Markdown, sinon tous."
    ),
    "Judge large NDJSON in N processes; the output is the same. Default: the processors.": (
        "Juger les grands NDJSON dans N processus ; la sortie est la même. Par défaut : les processeurs."
    ),
    "Who judges large NDJSON: processes of this machine, or the workers of a Dask cluster.": (
        "Qui juge les grands NDJSON : des processus de cette machine, ou ceux d'une grappe Dask."
    ),
    "The scheduler of the Dask cluster, as in tcp://HOST:8786.": (
        "L'ordonnanceur de la grappe Dask, comme dans tcp://HÔTE:8786."
    ),
    "In text, leave out totals, notes and rules not checked.": "Texte sans totaux, remarques ni règles non vérifiées.",
    "Write the orders without an error and those with one into separate files, byte by byte, and the findings.": (
        "Écrire à part les commandes sans erreur et celles qui en ont une, telles quelles, et les constats."
    ),
    "Model checking: decide every property of every lifecycle over the whole state space of each order and variant.": (
        "Vérification exhaustive : décider de chaque propriété de chaque cycle de vie sur tout l'espace "
        "d'états de chaque commande et variante."
    ),
    "A broken property is shown with a shortest counterexample. --out writes it as a scenario that `run` "
    "plays, with its documents, as a Mermaid sequence diagram, and drawn on the lifecycle (SVG). A "
    "lifecycle that no order follows is verified alone, under its own name. Without names, all orders are "
    "verified.": (
        "Une propriété enfreinte est montrée avec un plus court contre-exemple. --out l'écrit comme un "
        "scénario que `run` joue, avec ses documents, comme un diagramme de séquence Mermaid, et dessiné sur "
        "le cycle de vie (SVG). Un cycle de vie qu'aucune commande ne suit est vérifié seul, sous son propre "
        "nom. Sans noms, toutes les commandes sont vérifiées."
    ),
    "Write each counterexample to this folder.": "Écrire chaque contre-exemple dans ce dossier.",
    "Explain why a trigger is refused: the part of the guard, its spec line, and the nearest way to enable it.": (
        "Expliquer pourquoi un déclencheur est refusé : la partie de la garde, sa ligne dans la spécification, "
        "et le plus court chemin qui le permet."
    ),
    "Without --document, the guards of --after are assumed to hold for the document; the answer lists "
    "these assumptions. The exit code is 0 if there is an answer, and 1 if a trigger of --after is itself "
    "refused (the answer is then about that trigger) or an input has findings.": (
        "Sans --document, les gardes de --after sont supposées vraies pour le document ; la réponse cite ces "
        "suppositions. Le code de sortie est 0 s'il y a une réponse, et 1 si un déclencheur de --after est "
        "lui-même refusé (la réponse porte alors sur lui) ou si une entrée a des constats."
    ),
    "The order or variant. Default: that of --document.": (
        "La commande ou variante. Par défaut : celle de --document."
    ),
    "The triggers fired before: submit,acknowledge": "Les déclencheurs actionnés avant : submit,acknowledge",
    "The order document, or - for stdin.": "Le document de commande, ou - pour l'entrée standard.",
    "Simulate many orders in time: how they end, how long they take, where time goes, who is busy.": (
        "Simuler beaucoup de commandes dans le temps : comment elles finissent, combien elles durent, où passe "
        "le temps, qui est occupé."
    ),
    "The numbers come from a profile of the pack. Every figure is sampled, with its 95 % interval; --exact "
    "adds the exact value where it can be computed, and says why where it cannot. Exit code 1 if a "
    "requirement is missed or not decided.": (
        "Les nombres viennent d'un profil du modèle. Chaque chiffre est tiré au hasard, avec son intervalle à "
        "95 % ; --exact ajoute la valeur exacte là où elle se calcule, et dit pourquoi là où elle ne se "
        "calcule pas. Code de sortie 1 si une exigence est manquée ou n'est pas décidée."
    ),
    "The profile; a later one is laid over the earlier.": "Le profil ; le suivant recouvre le précédent.",
    "Simulate N orders. Default: 10,000.": "Simuler N commandes. Par défaut : 10 000.",
    "Simulate so long: all orders that arrive, as in 90d.": (
        "Simuler cette durée : toutes les commandes qui arrivent, par exemple 90d."
    ),
    "Another seed draws other numbers.": "Une autre graine tire d'autres nombres.",
    "Use N processes; the results are the same. Default: as many as pay.": (
        "Nombre de processus. Par défaut : ce qui est utile. Les résultats sont les mêmes."
    ),
    "Change a number of the profile.": "Changer un nombre du profil.",
    "Leave out hands or calendars.": "Laisser de côté les mains ou les calendriers.",
    "Also measure from one trigger or state to another.": "Mesurer aussi d'un déclencheur ou d'un état à un autre.",
    "Compare with another profile, on the same random numbers.": (
        "Comparer à un autre profil, sur les mêmes nombres tirés."
    ),
    "What has to hold, as in `share(END) >= 0.9`. May be repeated.": (
        "Ce qui doit être vrai, par exemple `share(FIN) >= 0.9`. Peut être répété."
    ),
    "Double the orders until the mean lead time is known within this share of it, as 0.01.": (
        "Doubler les commandes jusqu'à ce que le délai moyen soit connu à cette part près, par exemple 0.01."
    ),
    "Also compute what needs no sampling.": "Calculer aussi ce qui se passe de tirage.",
    "List every number of the profile with its standing.": ("Montrer chaque nombre du profil avec son degré d'appui."),
    "Write the events that a client would see, as ndjson, csv, xes or ocel (OCEL 2.0, JSON). May be repeated.": (
        "Écrire les événements que verrait un client, en ndjson, csv, xes ou ocel (OCEL 2.0, JSON). Peut être répété."
    ),
    "Who simulates orders that do not wait for one another: this machine, or the workers of a Dask cluster.": (
        "Qui simule les commandes qui ne s'attendent pas : cette machine, ou les workers d'une grappe Dask."
    ),
    "Files of real orders: the share that is ready at the start is taken from them.": (
        "Fichiers de vraies commandes : la part de celles qui sont prêtes au début est reprise."
    ),
    "Paint the state diagram with visits, time, waiting or p95; with --against, the difference. May be repeated.": (
        "Peindre le diagramme d'états avec les visites, les durées, les attentes ou p95 ; avec --against, la "
        "différence. Peut être répété."
    ),
    "Judge only the files that differ from this commit of git, or are new.": (
        "Ne juger que les fichiers dont git dit qu'ils diffèrent de ce commit, ou qu'ils sont nouveaux."
    ),
    "Show personal data in all formats. Else only text has it, and only outside of CI.": (
        "Montrer les données personnelles dans tous les formats. Sinon seul le texte les a, et seulement hors "
        "de l'intégration continue."
    ),
    "Judge again whenever a file of the orders or of the pack is saved.": (
        "Juger de nouveau dès qu'un fichier des commandes ou du modèle est enregistré."
    ),
}
