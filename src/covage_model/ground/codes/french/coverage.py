"""CM52x in French: coverage records, which count what was exercised."""

from __future__ import annotations

from collections.abc import Mapping

from covage_model.ground.codes.page import Page

PAGES: Mapping[str, Page] = {
    "CM520": Page(
        "un fichier qui n'est pas un relevé de couverture",
        {"record": "ce n'est pas un relevé de couverture : {detail:words}"},
        "`run` et `validate` écrivent des relevés de couverture avec --save-coverage ; `schemas/coverage-1.json`\n"
        "est leur schéma. Ce fichier a été laissé de côté. Les autres relevés ont été réunis.",
    ),
    "CM521": Page(
        "un relevé d'une autre version du modèle",
        {
            "gone": "ce modèle ne définit plus {count} des éléments que compte le relevé : {names:bare}",
            "other": "il a été établi avec une autre version du modèle {pack} ; tous ses éléments existent encore",
        },
        "Un relevé compte les éléments par leur nom. Ceux qui existent encore sous leur nom sont comptés ; les\n"
        "autres sont cités ici et laissés de côté. Une règle récrite sous le même nom garde ses comptes ; un cas\n"
        "et une partie de sa garde sont nommés par leur texte. Pour des comptes exacts, établissez de nouveau le\n"
        "relevé.",
    ),
    "CM522": Page(
        "un relevé d'un autre modèle",
        {"pack": "le relevé est celui du modèle {found:bare}, pas de {pack}"},
        "Le relevé a été laissé de côté. Donnez le même --pack que lorsqu'il a été établi.",
    ),
}
