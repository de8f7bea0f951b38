"""What to type instead: the hints of findings."""

from __future__ import annotations

SENTENCES = {
    # values and names
    "did you mean {name}?": "vouliez-vous dire {name} ?",
    "did you mean {name}? {alike:words}": "vouliez-vous dire {name} ? {alike:words}",
    "U+{code} is not the letter {letter}": "U+{code} n'est pas la lettre {letter}",
    "U+{code} is not the digit {digit}": "U+{code} n'est pas le chiffre {digit}",
    "U+{code} is not the sign {sign}": "U+{code} n'est pas le signe {sign}",
    "U+{code} is not visible": "U+{code} ne se voit pas",
    "U+{code} is not a plain blank": "U+{code} n'est pas un espace ordinaire",
    "write {text}: {alike:words}": "écrivez {text} : {alike:words}",
    "leave it out": "omettez-le",
    "use one of: {values}": "utilisez : {values}",
    "begin with one of: {values}": "commencez par l'un de ces textes : {values}",
    "write it in quotes: {text}": "écrivez-le entre guillemets : {text}",
    "write it without quotes: {text}": "écrivez-le sans guillemets : {text}",
    "a leading zero may be lost: write {text}": "un zéro initial s'est peut-être perdu : écrivez {text}",
    "write {text}": "écrivez {text}",
    "for example {text}": "par exemple {text}",
    "write it as {text}": "écrivez-le ainsi : {text}",
    "a name like it is there: {name}": "un nom semblable s'y trouve : {name}",
    "an older name of it is there: {path}": "un nom plus ancien s'y trouve : {path}",
    "{name} is there already: remove one of them": "{name} s'y trouve déjà : retirez l'un des deux",
    "an older name: write {path}": "un nom plus ancien : écrivez {path}",
    "an older name: move what it holds to {path}": "un nom plus ancien : déplacez ce qu'il contient vers {path}",
    "older names: move {moves}": "des noms plus anciens : déplacez {moves}",
    "give `--at {pointer}`": "donnez `--at {pointer}`",
    "let the variables begin with these values": "faites commencer les variables par ces valeurs",
    "remove the column": "retirez la colonne",
    "give it as --account FILE": "donnez-le par --account FICHIER",
    "say it in one of the files, or the same in both": "dites-le dans un seul des fichiers, ou la même chose dans les "
    "deux",
    "give it `min` and `max`": "donnez-lui `min` et `max`",
    "say in its guard up to where it is possible, or widen the range": "dites dans sa garde jusqu'où c'est possible, "
    "ou élargissez les bornes",
    "set {name} in one of them": "fixez {name} dans l'un d'eux",
    # reading files
    "remove the line": "retirez la ligne",
    "a key is a text": "une clé est un texte",
    "write its keys out": "écrivez ses clés en toutes lettres",
    'write the key before the ":"': 'écrivez la clé avant le ":"',
    "remove the tag": "retirez l'étiquette",
    "remove the anchor, and write the value out wherever it is needed": "retirez l'ancre, et écrivez la valeur "
    "partout où "
    "il la faut",
    "write the value again": "écrivez de nouveau la valeur",
    "write the character itself": "écrivez le caractère lui-même",
    "write the whole character": "écrivez le caractère entier",
    "remove one of the two": "retirez l'un des deux",
    "write a number": "écrivez un nombre",
    "write a smaller number": "écrivez un nombre plus petit",
    "write 0, or a number farther from it": "écrivez 0, ou un nombre qui en est plus loin",
    "{first:words}, or {second:words}": "{first:words}, ou {second:words}",
    "if orders lie within it, `--at POINTER` says where, and they are read one by one": "s'il contient des commandes, "
    "`--at POINTEUR` dit où, et elles sont lues une à une",
    "copy it into the pack": "copiez-le dans le modèle",
    'quote it: "{text}"': 'mettez-le entre guillemets : "{text}"',
    'write {value}, or the text in quotes: "{text}"': 'écrivez {value}, ou le texte entre guillemets : "{text}"',
    'write it in double quotes, as "{text}"': 'écrivez-le entre guillemets droits, ainsi : "{text}"',
    "save the file as UTF-8": "enregistrez le fichier en UTF-8",
    "put each document on one line, as `jq -c .` does": "mettez chaque document sur une ligne, comme le fait `jq -c .`",
    "close the quote; a quote within a text is written twice": "fermez le guillemet ; un guillemet à l'intérieur d'un "
    "texte s'écrit deux fois",
    "write a quote within a quoted text twice": "écrivez deux fois un guillemet à l'intérieur d'un texte entre "
    "guillemets",
    "give its encoding, such as `--encoding {name}`, or save it as CSV UTF-8": "donnez son encodage, par exemple "
    "`--encoding {name}`, ou enregistrez-le en CSV UTF-8",
    "give its encoding, such as `--encoding {name}`": "donnez son encodage, par exemple `--encoding {name}`",
    "give another, or save it as CSV UTF-8": "donnez-en un autre, ou enregistrez-le en CSV UTF-8",
    "the first row names the columns by paths such as name or list[2].name; here it is {text}": "la première ligne "
    "nomme "
    "les colonnes par des chemins tels que name ou list[2].name ; ici elle est {text}",
    'pip install "covage-model[parquet]", or save it as CSV': 'pip install "covage-model[parquet]", ou enregistrez-le '
    "en "
    "CSV",
    'pip install "covage-model[zstd]", or compress it with gzip': 'pip install "covage-model[zstd]", ou compressez-le '
    "avec gzip",
    "write a text in double quotes, a number, true, false or null": "écrivez un texte entre guillemets droits, un "
    "nombre, "
    "true, false ou null",
    "write the key in double quotes": "écrivez la clé entre guillemets droits",
    "put a ':' between the key and its value": "mettez un ':' entre la clé et sa valeur",
    "put a ',' between two values, or close the bracket": "mettez une ',' entre deux valeurs, ou fermez le crochet",
    "remove what follows the document": "retirez ce qui suit le document",
    "several documents stand one on each line of a file that ends in .ndjson, or in a list": "plusieurs documents "
    "s'écrivent un par ligne dans un fichier en .ndjson, ou dans une liste",
    "close it with a double quote": "fermez-le par un guillemet droit",
    "a backslash is written \\\\ in JSON": "une barre oblique inverse s'écrit \\\\ en JSON",
    "remove the comma": "retirez la virgule",
    "put it in double quotes if it is text": "mettez-le entre guillemets droits si c'est un texte",
    "text is written in double quotes": "un texte s'écrit entre guillemets droits",
    "JSON has no comments": "JSON n'a pas de commentaires",
    "close every bracket: the text is cut": "fermez tous les crochets : le texte est tronqué",
    "move it to the next line": "mettez-le à la ligne suivante",
    "write '---' on the next line": "écrivez '---' à la ligne suivante",
    'write "%YAML 1.2", or remove the line': 'écrivez "%YAML 1.2", ou retirez la ligne',
    "put the text in quotes if it holds ': '": "mettez le texte entre guillemets s'il contient ': '",
    "put the text in quotes": "mettez le texte entre guillemets",
    "put a ',' between two items, and close every bracket": "mettez une ',' entre deux éléments, et fermez tous les "
    "crochets",
    "separate two documents with '---' on a line of its own": "séparez deux documents par '---' seul sur une ligne",
    "indent the line like the keys beside it, and close every quote": "mettez la ligne au même retrait que les clés "
    "voisines, et fermez tous les guillemets",
    "write ': ' after the key, or indent the line as a part of the text above it": "écrivez ': ' après la clé, ou "
    "mettez "
    "la ligne en retrait comme une partie du texte qui précède",
    "close the quote": "fermez le guillemet",
    "indent with spaces, not with tabs": "faites le retrait avec des espaces, pas avec des tabulations",
    "check quotes, brackets and indentation": "vérifiez les guillemets, les crochets et les retraits",
    "indent the line with more spaces": "mettez la ligne plus en retrait",
    "put a ',' between them": "mettez une ',' entre les deux",
    "put a space before the comment, or quote the text": "mettez un espace avant le commentaire, ou le texte entre "
    "guillemets",
    "put a space before the '#'": "mettez un espace avant le '#'",
    "indent with spaces, or quote the text": "faites le retrait avec des espaces, ou mettez le texte entre guillemets",
    "the object there has: {names}": "l'objet qui s'y trouve a : {names}",
    "items are counted from 1": "les éléments se comptent à partir de 1",
    "write a path such as name, or list[2].name": "écrivez un chemin tel que name ou list[2].name",
    "each row of a table is an order": "chaque ligne d'un tableau est une commande",
    "to read it, give its path: {path}": "pour le lire, donnez son chemin : {path}",
    "one file says one thing": "un fichier dit une seule chose",
    "save it as CSV (UTF-8)": "enregistrez-le en CSV (UTF-8)",
    "unpack it once": "décompressez-le une fois",
    "unpack it, and name the files in it": "décompressez-le, et nommez les fichiers qu'il contient",
    "unpack it, or compress it with gzip": "décompressez-le, ou compressez-le avec gzip",
    "write its table as CSV": "écrivez sa table en CSV",
    "write it as NDJSON": "écrivez-le en NDJSON",
    "write it as Parquet": "écrivez-le en Parquet",
    "the program that fetched it may have been shown an error page": "le programme qui l'a téléchargé a peut-être reçu "
    "une page d'erreur",
    # the spec language
    "add `follows` and the name of a lifecycle": "ajoutez `follows` et le nom d'un cycle de vie",
    "go on with a dot and a field: {path}": "continuez par un point et un champ : {path}",
    "add `states` with one that is `initial: true`": "ajoutez `states` avec un état qui soit `initial: true`",
    "say `initial: true` of one of them": "dites `initial: true` de l'un d'eux",
    "start with one of: {names}": "commencez par l'un de ceux-ci : {names}",
    "choose another name": "choisissez un autre nom",
    "add `by` and one of the pack's actors": "ajoutez `by` et l'un des acteurs du modèle",
    "add `from` with the state that the time runs from": "ajoutez `from` avec l'état d'où court le temps",
    "say which: {text}": "dites laquelle : {text}",
    "start with `scenario` and its title": "commencez par `scenario` et son titre",
    "a folder holds one pack: remove one of the two": "un dossier contient un seul modèle : retirez l'un des deux",
    "remove `shown_as` here, or say it of the parent": "retirez `shown_as` ici, ou dites-le du parent",
    "remove `{word}`": "retirez `{word}`",
    "this machine knows none: pip install tzdata": "cette machine n'en connaît aucun : pip install tzdata",
    "an IANA name, such as Europe/Paris": "un nom de l'IANA, tel que Europe/Paris",
    "a type may not contain itself": "un type ne peut pas se contenir",
    "about {count} orders would give an interval: --count": (
        "environ {count} commandes donneraient un intervalle : --count"
    ),
    "about {count} orders would decide it: --count": "environ {count} commandes en décideraient : --count",
    "simulate more orders": "simulez plus de commandes",
    "split it at midnight": "coupez-le à minuit",
    "the smallest first": "le plus petit d'abord",
    "add `p0` with the least duration and `p100` with the longest": "ajoutez `p0` avec la plus petite durée et `p100` "
    "avec la plus longue",
    "a higher percentage is no shorter": "un pourcentage plus élevé n'est pas plus court",
    "give `mean` or `median` alone": "donnez `mean` ou `median` seul",
    "write the law as a duration: `0 s`": "écrivez la loi comme une durée : `0 s`",
    "use `law: log-normal` or `quantiles`": "utilisez `law: log-normal` ou `quantiles`",
    "give `median` and one of p90, p95, p99, or `mean` and `sd`; or one of them and `law: exponential`": "donnez "
    "`median` et l'un de p90, p95, p99, ou `mean` et `sd` ; ou l'un d'eux et `law: exponential`",
    "a later file may only add: remove one of the two": "un fichier ultérieur ne peut qu'ajouter : retirez l'un des "
    "deux",
    # what a pack means
    "write `source: {name}` where the pack says it, or `not_modelled` and why here": "écrivez `source: {name}` là où "
    "le "
    "modèle le dit, ou `not_modelled` et le motif ici",
    "add a scenario that exercises {places}": "ajoutez un scénario qui exerce {places}",
    "add a transition `to: {state}`, or remove the state": "ajoutez une transition `to: {state}`, ou retirez l'état",
    "add `record` to the pack file, as in record: {number: {present: true}}": "ajoutez `record` au fichier du modèle, "
    "comme dans record: {number: {present: true}}",
    "add `account` and the name of a type to the pack file": "ajoutez `account` et le nom d'un type au fichier du "
    "modèle",
    "add a transition `from: {state}`, or say `final` of it": "ajoutez une transition `from: {state}`, ou dites-le "
    "`final`",
    "add `guard: {{document: {status}}}`": "ajoutez `guard: {{document: {status}}}`",
    "add `match`: what only these documents hold": "ajoutez `match` : ce que seuls ces documents contiennent",
    "both must be numbers, or have `format: date`, or have `format: date-time`": "les deux doivent être des nombres, "
    "ou avoir `format: date`, ou `format: date-time`",
    "test in both a path that tells them apart": "testez dans les deux un chemin qui les distingue",
    "let the guards exclude each other": "faites en sorte que les gardes s'excluent",
    "what others find out on the way can be a variable of the lifecycle": "ce que d'autres apprennent en route peut "
    "être "
    "une variable du cycle de vie",
    "allow it where somebody may edit, or say `read_only` of what the platform writes": "permettez-le là où il est "
    "possible de modifier, ou dites `read_only` de ce que la plateforme écrit",
    "add the field {path}, read_only: true": "ajoutez le champ {path}, read_only: true",
    "give {path} a type: string, integer or number": "donnez à {path} un type : string, integer ou number",
    "add `steps`, or `expect: {findings: []}` where the document must be clean": "ajoutez `steps`, ou `expect: "
    "{findings: []}` si le document doit être sans constat",
}
