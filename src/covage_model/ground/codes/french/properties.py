"""CM508 to CM515 in French: findings of `verify`, which explores all behaviours."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

_PROPERTY = "la propriété {property:bare} est enfreinte : {order:bare} "
_AFTER = ", après : {trace:bare}"
_OPEN = "la propriété {property:bare} n'est pas décidée pour {orders:bare} : "
PAGES = {
    "CM508": Page(
        "une propriété est enfreinte",
        {
            "never": _PROPERTY + "atteint une configuration où sa condition est vraie" + _AFTER,
            "always": _PROPERTY + "atteint une configuration où sa condition est fausse" + _AFTER,
            "always_possible": _PROPERTY + "atteint une configuration d'où sa condition n'est plus accessible" + _AFTER,
            "precedes": _PROPERTY + "atteint la seconde condition avant la première" + _AFTER,
            "only": _PROPERTY + "permet à {actor:bare} de déclencher {trigger:bare}" + _AFTER,
            "leads_to": _PROPERTY + "atteint, une fois la première condition vraie, une configuration d'où la seconde "
            "n'est plus accessible" + _AFTER,
            "assuming": _PROPERTY + "atteint, une fois la première condition vraie, une configuration d'où les pas "
            "supposés ne mènent pas à la seconde" + _AFTER,
            "stops": _PROPERTY + "peut s'arrêter sans la seconde condition, une fois la première vraie" + _AFTER,
            "loops": _PROPERTY
            + "peut continuer sans fin sans la seconde condition, une fois la première vraie"
            + _AFTER
            + " ; puis {loop:bare} encore et encore",
        },
        "La trace est un plus court contre-exemple. Si des gardes ou la propriété lisent un document ou un\n"
        "compte, elle en a de réels. `--out DOSSIER` l'écrit comme un scénario que `run` joue, comme un diagramme de\n"
        "séquence et comme un dessin du cycle de vie. C'est une erreur si la propriété est écrite ou déduite, et\n"
        "un avertissement si elle est supposée. Corrigez le cycle de vie ou la propriété.",
    ),
    "CM509": Page(
        "une propriété n'a aucun témoin",
        {
            "nowhere": "la propriété {property:bare} est enfreinte : sa condition n'est jamais vraie pour {order:bare}",
            "part": "la propriété {property:bare} est enfreinte : son test de {parts:bare} n'est jamais vrai pour "
            "{order:bare}",
            "together": "la propriété {property:bare} est enfreinte : chaque partie est vraie pour {order:bare}, mais "
            "jamais toutes à la fois",
        },
        "Une propriété `sometimes` (EF) est respectée si une exécution atteint une configuration où sa condition\n"
        "est vraie. Toutes les configurations ont été explorées, et elle n'est vraie dans aucune. `part` : cette\n"
        "partie seule n'est vraie nulle part. `together` : chaque partie est vraie quelque part, mais aucune\n"
        "configuration ne les satisfait toutes.",
    ),
    "CM510": Page(
        "une propriété n'est pas décidée",
        {
            "limit": _OPEN + "toutes les configurations n'ont pas été explorées",
            "document": _OPEN + "aucun document n'a été trouvé pour l'exécution qui la décide",
            "edit": _OPEN + "elle n'est respectée que si le document est modifié en cours de route, et aucun document "
            "n'a été trouvé pour cette modification",
        },
        "`limit` : il y a plus de configurations que `--limit` n'en permet, et celles qui ont été explorées ne\n"
        "décident pas. `document` : une exécution enfreint la propriété (ou témoigne d'un `sometimes`), mais\n"
        "seulement avec un document ou un compte pour lequel certains tests sont vrais ou faux ensemble. Aucun\n"
        "n'a été trouvé. S'il n'en existe pas, la propriété est respectée (un `sometimes` est enfreint) ; s'il en\n"
        "existe un, c'est l'inverse. `edit` : le but est accessible depuis chaque configuration, mais depuis\n"
        "certaines seulement par une modification du document pour laquelle certains tests sont vrais ou faux.\n"
        "Aucune n'a été trouvée ; des règles se contredisent peut-être.",
    ),
    "CM511": Page(
        "une propriété qui ne dit rien",
        {
            "when": "la propriété {property:bare} ne dit rien : son `when` n'est jamais vrai",
            "first": "la propriété {property:bare} ne dit rien : sa première condition n'est jamais vraie",
        },
        "La condition n'est vraie dans aucune configuration d'aucune commande ou variante qui suit le cycle de\n"
        "vie : la propriété est respectée quoi qu'elle exige. Corrigez la condition, ou le cycle de vie.",
    ),
    "CM512": Page(
        "une transition jamais possible",
        {
            "trigger": "{trigger:bare} n'est jamais possible : sa garde n'est vraie dans aucune configuration de "
            "{states:bare}",
            "case": "le cas {number} de {trigger:bare} n'est jamais possible : sa garde n'est vraie dans aucune "
            "configuration de {states:bare}",
        },
        "Tout l'espace d'états de chaque commande et variante qui suit le cycle de vie a été exploré. La\n"
        "transition, ou ce cas, n'y est possible dans aucune configuration. Retirez-la, ou corrigez sa garde.",
    ),
    "CM513": Page(
        "une valeur jamais prise",
        {
            "value": "{variable:bare} ne vaut jamais {value}",
            "values": "{variable:bare} ne vaut jamais de {first} à {last}",
        },
        "La variable n'a cette valeur dans aucune configuration d'aucune commande ou variante qui suit le cycle\n"
        "de vie : aucune transition possible ne la pose. Retirez la valeur, ou ajoutez une transition qui la\n"
        "pose.",
    ),
    "CM514": Page(
        "une commande qui n'aboutit jamais",
        {
            "success": "aucune commande {order:bare} n'atteint jamais un état {outcome:words} : elle finit par "
            "{found:words}",
            "outcome": "aucune commande {order:bare} ne finit jamais par {outcome:words}, à la différence de toutes "
            "les "
            "autres qui suivent son cycle de vie : elle finit par {found:words}",
        },
        "Si le cycle de vie a un état `final: success`, chaque commande et variante qui le suit devrait pouvoir\n"
        "en atteindre un. Sinon, chacune devrait pouvoir atteindre chaque état final que toutes les autres\n"
        "atteignent.",
    ),
    "CM515": Page(
        "rien n'a été vérifié",
        {
            "nothing": "rien n'a été vérifié : le modèle n'a ni commande ni cycle de vie",
            "no-property": "aucune propriété n'a été vérifiée : aucun cycle de vie de {orders:bare} n'en a",
        },
        "`verify` décide des `properties` des cycles de vie. Il n'y en a pas : il n'y a rien à réussir. Écrivez\n"
        "des propriétés : ce qui doit être vrai jamais, toujours ou parfois. `no-property` : les cycles de vie\n"
        "ont tout de même été explorés, pour trouver les transitions jamais possibles et les valeurs jamais\n"
        "prises.",
    ),
}
