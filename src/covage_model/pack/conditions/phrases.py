"""The phrases of conditions, in English and French."""

from __future__ import annotations

from collections.abc import Mapping

PHRASES: Mapping[str, tuple[str, str]] = {  # English, French
    "and": (" and ", " et "),
    "or": (" or ", " ou "),
    "nor": (" nor ", " ni "),
    "always": ("always", "toujours"),
    "never": ("never", "jamais"),
    "not": ("not {0}", "non {0}"),
    "if": ("if {0} then {1}", "si {0} alors {1}"),
    "ready": ("document valid for {0}", "document valide pour {0}"),
    "starts": ("{0} starts with {1}", "{0} commence par {1}"),
    "present": ("{0} present", "{0} présent"),
    "absent": ("{0} absent", "{0} absent"),
    "matches": ("{0} matches {1}", "{0} de la forme {1}"),
    "neither": ("{0} is neither {1}", "{0} n'est ni {1}"),
    "between": ("{1} ≤ {0} ≤ {2}", "{1} ≤ {0} ≤ {2}"),
    "number": ("{0} is a number", "{0} est un nombre"),
    "count": ("{0}: {1}", "{0} : {1}"),
    "counted": ("{0}: {1} with {2}", "{0} : {1} avec {2}"),
    "one": ("{0} item", "{0} élément"),
    "several": ("{0} items", "{0} éléments"),
    "least": ("at least {0}", "au moins {0}"),
    "most": ("at most {0}", "au plus {0}"),
    "range": ("{0} to {1}", "de {0} à {1}"),
    "any_number": ("any number", "un nombre quelconque"),
    "some": ("an item of {0}: {1}", "un élément de {0} : {1}"),
    "every": ("each item of {0}: {1}", "chaque élément de {0} : {1}"),
    "among": ("{0} is among {1}", "{0} figure dans {1}"),
    "is": ("{0} is equal to {1}", "{0} est égal à {1}"),
    "finished": ("finished", "fini"),
    "state": ("state", "état"),
    "variant": ("variant", "variante"),
    "final": ("outcome", "issue"),
    "event": ("event", "événement"),
    "trigger": ("trigger", "déclencheur"),
    "item": ("item", "élément"),
    "document": ("document", "document"),
    "account": ("account", "compte"),
}
