"""CM3xx in French: a pack that is well-formed, but contradicts itself or cannot do what it describes."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

_WHERE = " ({file:bare}, ligne {line})"
PAGES = {
    "CM301": Page(
        "des choix qui se recouvrent",
        {
            "overlap": "un document avec {example:pairs} est à la fois {first:bare}" + _WHERE + " et {name:bare}",
            "no-match": "{kind:words} {name:bare} correspond à tous les documents",
        },
        "`match` décide à lui seul du type de commande et de la variante d'un document. Si deux d'entre eux\n"
        "correspondent au même document, le choix est ambigu : ajoutez aux deux le test d'un chemin qui les\n"
        "distingue.",
    ),
    "CM302": Page(
        "état inaccessible",
        {
            "no-way": "aucune commande n'atteint jamais l'état {state:bare} : aucune transition n'y mène",
            "guarded": "aucune commande n'atteint jamais l'état {state:bare} : aucune garde d'une transition depuis "
            "{sources:bare} n'est jamais vraie",
            "unreached": "aucune commande n'atteint jamais l'état {state:bare} : des transitions n'y mènent que depuis "
            "{sources:bare}, qu'aucune commande n'atteint non plus",
        },
        "Tout l'espace d'états de chaque commande et variante qui suit le cycle de vie a été exploré, gardes\n"
        "comprises. Aucune configuration accessible n'est dans cet état. Ajoutez une transition, corrigez une\n"
        "garde, ou retirez l'état.",
    ),
    "CM303": Page(
        "une impasse (interblocage)",
        {
            "dead-end": "une commande peut rester bloquée dans l'état {state:bare}, après : {trace:bare}",
            "dead-end-if": "une commande peut rester bloquée dans l'état {state:bare}, après : {trace:bare} ; si "
            "{atoms:words}",
        },
        "Aucune transition n'est possible, et l'état n'est pas final. `dead-end-if` : cela n'arrive qu'avec des\n"
        "documents ou des comptes pour lesquels les conditions du message sont vraies ; il n'est pas décidé s'il\n"
        "en existe.",
    ),
    "CM304": Page(
        "aucun état final n'est accessible",
        {
            "no-end": "depuis l'état {state:bare}, aucun état final n'est accessible, après : {trace:bare}",
            "no-end-if": "depuis l'état {state:bare}, aucun état final n'est accessible, après : {trace:bare} ; si "
            "{atoms:words}",
        },
        "Des transitions restent possibles, mais aucune ne mène à un état final, quoi qu'il arrive ensuite.\n"
        "`no-end-if` : cela n'arrive qu'avec des documents ou des comptes pour lesquels les conditions du message\n"
        "sont vraies.",
    ),
    "CM305": Page(
        "deux issues à la fois",
        {
            "both": "{trigger:bare} a deux cas possibles à la fois" + _WHERE + ", après : {trace:bare}",
            "both-if": "{trigger:bare} a deux cas possibles à la fois"
            + _WHERE
            + ", après : {trace:bare} ; si {atoms:words}",
        },
        "Dans chaque configuration accessible, un cas au plus d'un déclencheur peut être possible ; sinon son\n"
        "issue est ambiguë (non déterministe). Faites en sorte que les gardes s'excluent.",
    ),
    "CM306": Page(
        "présence contradictoire",
        {
            "both": "{path:bare} est interdit{statuses:in}, là où il est requis" + _WHERE,
            "match": "{path:bare} est interdit{statuses:in}, mais `match` le teste" + _WHERE,
            "status": "{path:bare} est interdit{statuses:in}, mais une réponse y montre son statut" + _WHERE,
            "same-when": "{path:bare} est interdit{statuses:in} sous la condition même qui l'exige" + _WHERE,
            "read-only": "{path:bare} est en lecture seule, mais `match` le teste dans les demandes" + _WHERE,
        },
        "Pour un certain statut et un certain rôle, aucun document ne peut satisfaire les deux définitions.\n"
        "Aucune ne l'emporte : changez l'une d'elles.",
    ),
    "CM307": Page(
        "valeurs contradictoires",
        {
            "types": "{path:bare} est {value:words} et {against:words}" + _WHERE + " : aucune valeur n'est les deux",
            "bounds": "{path:bare} : {keyword:bare} {value:bare} et {other:bare} {against:bare}"
            + _WHERE
            + " ne laissent aucune valeur",
            "formats": "{path:bare} est au format {value:bare} et au format {against:bare}"
            + _WHERE
            + " : aucun texte n'est les deux",
            "patterns": "{path:bare} : aucun texte ne correspond à {value:bare} et à {against:bare}" + _WHERE,
            "values": "{path:bare} : {keyword:bare} {value:bare} et {other:bare} {against:bare}"
            + _WHERE
            + " n'ont aucune valeur commune",
            "lengths": "{path:bare} : aucun texte n'a {keyword:bare} {value:bare} et {other:bare} {against:bare}"
            + _WHERE,
            "no-integer": "{path:bare} : aucun nombre entier n'est entre {other:bare} {against:bare}"
            + _WHERE
            + " et {keyword:bare} {value:bare}",
            "no-value": "{path:bare} : les autres définitions du champ excluent chacune des valeurs {value:bare}",
            "member": "{path:bare} ne peut jamais être {found} : {other:bare} y est {against:bare}" + _WHERE,
            "match-list": "{path:bare} traverse la liste {at:bare} : `match` ne peut pas le tester",
            "example": "l'exemple {found} de {path:bare} ne respecte pas {keyword:bare} {against:bare}" + _WHERE,
            "default": "la valeur par défaut {found} de {path:bare} ne respecte pas {keyword:bare} {against:bare}"
            + _WHERE,
        },
        "Toutes les définitions d'un champ s'appliquent ensemble : celles de son type, des types inclus, de la\n"
        "commande et de la variante. Si elles se contredisent, aucune valeur n'est valide. Les exemples et les\n"
        "valeurs par défaut doivent être valides aussi.",
    ),
    "CM308": Page(
        "une condition toujours vraie ou toujours fausse",
        {
            "value": "{path:bare} n'est jamais {value} : {keyword:bare} y est {against:bare}" + _WHERE,
            "kind": "{path:bare} ne satisfait jamais {test:words} : {keyword:bare} y est {against:bare}" + _WHERE,
            "test": "{test:words} {value:bare} n'est jamais vrai de {path:bare} : {keyword:bare} y est {against:bare}"
            + _WHERE,
            "always": "{path:bare} est toujours {value:bare} ici : `match` le teste",
            "there": "{path:bare} est toujours présent : `match` le teste",
            "together": "{path:bare} : aucune valeur ne satisfait {test:words} {value:bare} et {other:words} "
            "{against:bare}" + _WHERE,
            "unordered": "{path:bare} ({kind:words}) et {other:bare} ({against:words}) n'ont pas d'ordre",
            "unequal": "{path:bare} n'est jamais égal à {other:bare} : leurs types sont différents",
            "itself": "{path:bare} est comparé à lui-même",
            "variant": "aucune commande ou variante qui suit ce cycle de vie ne s'appelle {value}",
            "variable": "aucune valeur de {name:bare} ({legal:bare}) ne satisfait ce test",
        },
        "La condition est constante : ce qui en dépend ne s'applique jamais, ou toujours. Corrigez la condition,\n"
        "ou retirez-la.",
    ),
    "CM311": Page(
        "tout n'a pas été examiné",
        {
            "places": "{name:bare} a plus de {limit} champs et n'a pas été examiné",
            "limit": "{name:bare} a plus de {limit} configurations : les autres n'ont pas été explorées",
            "depth": "{name:bare} est fait de plus de définitions imbriquées qu'il n'est possible d'en suivre",
        },
        "Le modèle est plus grand que ce que `check` examine, et une partie qui n'a pas été examinée n'est pas\n"
        "tenue pour saine. Trop de champs sont une erreur. Un espace d'états incomplet est un avertissement :\n"
        "augmentez `--limit`.",
    ),
    "CM312": Page(
        "un statut qui ne peut pas être montré",
        {
            "undeclared": "{order:bare} ne définit pas {path:bare}, où le cycle de vie {lifecycle:bare} montre son "
            "statut",
            "crosses": "{path:bare}, où le cycle de vie {lifecycle:bare} montre son statut, traverse la liste "
            "{at:bare}",
            "kind": "{path:bare} est {value:words}, mais un statut est un texte",
            "refuses": "{path:bare} ne peut jamais montrer {statuses:bare} : {keyword:bare} y est {value:bare}",
        },
        "Le `status` d'un cycle de vie nomme le champ du document qui montre l'état. La commande doit définir ce\n"
        "champ comme un texte hors de toute liste, et son type doit permettre chaque statut du cycle de vie.",
    ),
    "CM313": Page(
        "une garde qui lit un champ qu'aucun document n'a à ce moment",
        {
            "read-only": "{name:bare} lit {path:bare}, qui est en lecture seule" + _WHERE + " : aucune demande ne l'a",
            "forbidden": "{name:bare} lit {path:bare}, qui est interdit" + _WHERE + " là où il est lu : en "
            "{statuses:bare}",
            "ready": "{name:bare} teste en {statuses:bare} si le document est prêt pour {status:bare}, ce qu'il n'est "
            "jamais : {path:bare} est requis en {status:bare} et interdit en {statuses:bare}" + _WHERE,
        },
        "Une garde est évaluée sur le document comme demande, avec son compte, dans les états où sa valeur\n"
        "compte. Dans aucun de ces états un document valide ne peut avoir ce champ, pour aucune commande ou\n"
        "variante qui suit le cycle de vie. Utilisez une variable pour ce que la plateforme apprend pendant la\n"
        "vie d'une commande. C'est une erreur dans une garde et un avertissement dans une propriété.",
    ),
    "CM314": Page(
        "une exigence qui ne peut pas être satisfaite à temps",
        {
            "late": "{path:bare} est requis en {statuses:bare}, mais ne peut pas être renseigné plus tôt : il est "
            "interdit" + _WHERE + " en {barred:bare}",
        },
        "Un opérateur peut renseigner un champ au début, ou dans un état `editable`, si le statut n'interdit pas\n"
        "le champ. La valeur reste jusqu'à ce qu'un statut l'interdise. Aucun chemin du cycle de vie n'amène le\n"
        "champ au statut qui l'exige. Les champs requis sous une condition, ou à l'intérieur d'un objet ou d'une\n"
        "liste facultatifs, ne sont pas examinés.",
    ),
    "CM316": Page(
        "un motif sur lequel d'autres moteurs peuvent rester bloqués",
        {
            "exponential": "un moteur à retour sur trace peut demander un temps exponentiel pour le motif "
            "{pattern:bare}",
        },
        "Cet outil compare en temps linéaire, mais la plupart des moteurs d'expressions régulières reviennent sur\n"
        "leurs pas : ils essaient toutes les façons de faire correspondre un texte. Une boucle qui accepte un\n"
        "texte de deux façons, comme dans ^(a+)+$, en double le nombre à chaque caractère. Un texte court qui\n"
        "correspond presque bloque alors un formulaire, ou un validateur qui utilise le schéma. Écrivez le motif\n"
        "de sorte qu'il accepte chaque texte d'une seule façon, ici ^a+$.",
    ),
    "CM317": Page(
        "une valeur qui ne peut pas nommer une commande",
        {
            "kind": "{path} est du type {type:words}, et {word:bare} ne prend que des textes et des nombres",
            "untyped": "{path} n'a pas de type, et {word:bare} ne prend que des textes et des nombres",
            "account": "{word} dans le type d'un compte : seules les commandes en ont un",
        },
        "`key` cite les chemins qui nomment une commande : le premier que possède un document le nomme dans les\n"
        "rapports. `unique` cite les chemins dont une seule commande d'une exécution peut avoir la valeur. Les\n"
        "deux comparent des valeurs : chacune doit être un texte ou un nombre, et un chemin à travers une liste\n"
        "n'a pas une valeur unique.",
    ),
    "CM315": Page(
        "un chemin qui ne vérifie pas que le document est prêt",
        {
            "around": "{trigger:bare} mène à {status:bare}, qui exige {paths:bare}, et aucune garde ne vérifie que le "
            "document est prêt",
        },
        "Une autre garde du cycle de vie teste `document: STATUT`. Ce chemin vers le statut ne le fait pas : une\n"
        "commande peut y arriver avec un document auquel manquent des champs requis. Ajoutez aussi le test à ce\n"
        "chemin.",
    ),
    "CM325": Page(
        "un délai qui n'est jamais atteint",
        {"later": "{name:bare} (après {after:bare}) n'arrive jamais : {early:bare} vient avant, après {first:bare}"},
        "Le temps d'un délai court depuis l'entrée dans l'état que nomme son `from`. Un délai plus court du même\n"
        "état, ou d'un état autour, ne demande rien de plus et quitte cet état. La table explorée ne connaît pas le\n"
        "temps : `verify` et `suites` comptent encore le plus long comme possible.",
    ),
    "CM318": Page(
        "un déplacement qui sort des bornes d'une variable",
        {
            "range": "{trigger:bare} n'existe pas là où une variable sortirait de ses bornes, après : {trace:bare}",
            "range-if": "{trigger:bare} n'existe pas là où une variable sortirait de ses bornes, après : "
            "{trace:bare} ; quand {atoms:bare}",
        },
        "La garde est vraie, mais une variable que la transition change ne peut pas prendre sa nouvelle valeur : le\n"
        "déclencheur y est refusé. Le message montre un chemin le plus court. Si c'est voulu, dites-le dans la\n"
        "garde ; sinon, élargissez les bornes.",
    ),
    "CM319": Page(
        "deux valeurs à la fois",
        {
            "twice": "{trigger:bare} donne deux valeurs à {name:bare}, de {state:bare} à {target:bare}",
        },
        "Une transition fait ce que dit la sortie des états (l'intérieur d'abord), puis ce qu'elle dit elle-même,\n"
        "puis ce que dit l'entrée dans les états (l'extérieur d'abord). Tous lisent les valeurs d'avant. Quand deux\n"
        "d'entre eux donnent à une variable des valeurs différentes, l'une ne sert à rien : fixez-la une seule fois.",
    ),
    "CM326": Page(
        "une valeur que les réponses ne peuvent pas montrer",
        {
            "no-record": "le modèle ne dit pas quels documents sont des réponses : rien ne montre {name} {value}",
            "same": "{name} {value} se montre comme {other} : aucune réponse ne les distingue",
            "forbidden": "une commande {status} peut avoir {name} {value}, et aucune réponse de ce statut ne peut le "
            "montrer",
            "required": "une commande {status} peut être sans {name} {value}, et toute réponse de ce statut le montre",
        },
        "`shown` dit ce qui est vrai d'une réponse exactement tant que la variable a cette valeur. Les champs que lit\n"
        "la condition sont exigés, ou interdits, dans un statut où la variable peut aussi être autre : corrigez quand\n"
        "ils le sont, ou la condition.",
    ),
    "CM327": Page(
        "un historique qui ne retient rien",
        {
            "bare": "{trigger:bare} revient à l'historique de {state}, qui n'a pas d'étapes",
            "first": "{trigger:bare} revient à l'historique de {state}, et toute commande entre alors dans {target}, "
            "sa première étape",
        },
        "`to: {history: S}` entre dans l'étape de S quittée en dernier, et dans la première si aucune ne l'a été.\n"
        "Dans un état sans étapes, ou que toute commande quitte par sa première étape avant d'y revenir, c'est ce que\n"
        "fait `to: S`. Écrivez-le, ou laissez revenir les commandes de là où mènent les autres étapes.",
    ),
    "CM328": Page(
        "un ancien chemin qui est encore un chemin",
        {"field": "les documents ont {path:bare} aujourd'hui : rien n'y est pris pour un ancien nom"},
        "`formerly` dit où les anciens documents ont ce qui est ailleurs aujourd'hui. Son conseil est pour les clés\n"
        "qui ne sont pas des champs : un chemin décrit est pris comme il est.",
    ),
    "CM329": Page(
        "un effet qui n'a jamais lieu",
        {
            "exit": "aucune commande ne quitte jamais {state} : son `exit` n'a jamais lieu",
            "start": "les commandes commencent dans {state} et aucun pas n'y entre : son `entry` n'a jamais lieu",
        },
        "`entry` et `exit` d'un état ont lieu quand un pas y entre ou le quitte. Le début d'une commande n'entre dans\n"
        "rien : les variables disent elles-mêmes leurs premières valeurs. Un pas entre deux étapes ne quitte pas\n"
        "l'état qui les entoure et n'y entre pas. Retirez l'effet, ou dites-le là où un pas le fait.",
    ),
}
