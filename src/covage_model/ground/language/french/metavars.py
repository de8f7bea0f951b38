"""The words that stand for a value in calls (`--account FILE`), one by one; a word that is not here is the same."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "ADDRESS": "ADRESSE",
    "COMMAND": "PROGRAMME",  # the one that `conform` runs; "COMMANDE" is an order
    "DIR": "DOSSIER",
    "DURATION": "DURÉE",
    "END": "FIN",
    "EXPR": "EXIGENCE",
    "FIGURE": "CHIFFRE",
    "FILE": "FICHIER",
    "FILES": "FICHIERS",
    "GLOB": "MOTIF",
    "HOST": "HÔTE",
    "LIFECYCLE": "CYCLE",
    "LIST": "LISTE",
    "LOG": "JOURNAL",
    "NAME": "NOM",
    "NEW": "NOUVEAUX",
    "OLD": "ANCIENS",
    "ORDER": "COMMANDE",
    "PACKS": "MODÈLES",
    "PATH": "CHEMIN",
    "PERCENT": "POURCENTAGE",
    "POINTER": "POINTEUR",
    "REF": "RÉFÉRENCE",
    "SCENARIOS": "SCÉNARIOS",
    "SECONDS": "SECONDES",
    "SHARE": "PART",
    "STATE": "ÉTAT",
    "STATUS": "STATUT",
    "TRIGGER": "DÉCLENCHEUR",
    "TRIGGERS": "DÉCLENCHEURS",
    "VALUE": "VALEUR",
    "VARIANT": "VARIANTE",
    "WORD": "MOT",
}
