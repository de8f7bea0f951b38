"""CM53x in French: a suite of order files, which is a manifest and the files that it lists."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.codes.page import Page

PAGES: Mapping[str, Page] = {
    "CM530": Page(
        "un fichier qui n'est pas le manifeste d'une suite",
        {"manifest": "ce n'est pas le manifeste d'une suite : {detail:words}"},
        "`generate --suite --out DOSSIER` écrit une suite et son `manifest.json`, dont le schéma est\n"
        "`schemas/suite-1.json`. Le validateur n'a pas été lancé.",
    ),
    "CM531": Page(
        "une suite dont les fichiers ont changé",
        {
            "missing": "le manifeste cite {file:bare}, mais ce fichier n'existe pas",
            "unreadable": "{file:bare} ne peut pas être lu : {detail:words}",
            "empty": "{file:bare} est vide",
            "changed": "{file:bare} a changé : son empreinte SHA-256 n'est pas celle du manifeste",
            "unlisted": "le manifeste cite {file:bare} sans empreinte",
            "additional": "{file:bare} est dans le dossier de la suite, mais le manifeste ne le cite pas",
            "unprotected": "le manifeste n'a pas d'empreintes : rien ne protège ces fichiers ; écrivez de nouveau la "
            "suite",
        },
        "Un manifeste contient l'empreinte SHA-256 de chaque fichier de sa suite. Le validateur n'est pas lancé\n"
        "sur un fichier absent ou modifié, et un tel fichier ne compte jamais comme conforme. Écrivez de nouveau\n"
        "la suite : `generate --suite --out DOSSIER`. Sans empreintes, seuls les fichiers absents ou vides se\n"
        "remarquent : un manifeste qui n'en a pas est donc aussi une erreur.",
    ),
    "CM532": Page(
        "un autre verdict que celui qui est attendu",
        {"verdict": "{why:words}"},
        "`conform` a lancé la commande sur ce fichier de la suite, et elle n'a pas fini comme le manifeste le dit. Le\n"
        "manifeste contient les constats que le fichier doit recevoir. Une commande qui s'effondre, ou ne finit pas à\n"
        "temps, a tort aussi.",
    ),
}
