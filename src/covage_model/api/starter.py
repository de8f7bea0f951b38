"""The small pack that `init` writes. `starter_overlay` writes a pack that extends another one."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence

from covage_model.ground.classes import dataclass
from covage_model.ground.files import yaml_writer

_ALONE = {
    "pack.yaml": """\
# A pack of your own. `covage-model check --pack FOLDER` finds what is wrong in it.
pack: {name}
format: 1
title: {{fr: "Un premier modèle", en: "A first pack"}}
languages: [fr, en]
actors:                                         # who fires triggers
  guest: {{fr: "Client", en: "Guest"}}
  kitchen: {{fr: "Cuisine", en: "Kitchen"}}
documents: [examples]                           # example orders: nothing in there says how orders are
record: {{ticket: {{present: true}}}}               # what the kitchen gave back; any other document is a request
sources:                                        # what definitions cite
  House:
    title: {{fr: "Règles de la maison", en: "House rules"}}
    statements:
      H1: {{fr: "On commande avant d'être servi.", en: "A meal is ordered before it is served."}}
      H2: {{fr: "À plus de huit, c'est le ragoût.", en: "More than eight guests are served stew."}}
""",
    "orders/meal.yaml": """\
# One order type: which documents it is, and what they hold.
order: meal
title: {{fr: "Repas", en: "Meal"}}
follows: serving
match: {{ask: meal}}
source: H1
fields:
  ask: {{title: {{fr: "Demande", en: "What is asked"}}}}
  ticket: {{type: string, pattern: "^T[0-9]{{4}}$", examples: [T0042], read_only: true, required: placed}}
  progress: {{title: {{fr: "Avancement", en: "Progress"}}, read_only: true}}
  dish: {{type: string, enum: [soup, stew], required: placed}}
  guests: {{type: integer, minimum: 1, maximum: 12, examples: [2], required: placed}}
  remark: {{type: string, maxLength: 200, standing: assumed}}
rules:
  large-tables-eat-stew:
    when: {{guests: {{min: 9}}}}
    then: {{dish: stew}}
    source: H2
    message: {{fr: "À plus de huit, c'est le ragoût.", en: "More than eight guests are served stew."}}
""",
    "lifecycles/serving.yaml": """\
# How a meal lives: its states, and who moves it from one to the next.
lifecycle: serving
status: progress                                # the field that shows the state
requests: placed                                # what a request must be good for
source: H1
states:
  considered: {{initial: true, editable: guest}}
  placed: {{}}
  served: {{final: success}}
  given_up: {{final: withdrawn}}
transitions:
  place: {{by: guest, from: considered, to: placed, guard: {{document: placed}}}}
  serve: {{by: kitchen, from: placed, to: served}}
  give_up: {{by: guest, from: [considered, placed], to: given_up, standing: assumed}}
properties:
  can-be-served: {{sometimes: {{state: served}}}}
  can-end: {{always_possible: {{final: any}}}}
""",
    "scenarios/served.yaml": """\
# A run on an example order. `covage-model run --pack FOLDER` plays every scenario of the pack.
scenario: {{fr: "un repas est servi", en: "a meal is served"}}
given: {{document: ../examples/meal.json}}
steps:
  - fill: {{guests: 9}}
  - refused: {{place: large-tables-eat-stew}}
  - fill: {{guests: 2}}
  - place
  - refused: {{place: state}}
  - serve
expect: {{state: served}}
""",
    "examples/meal.json": """\
{{
  "ask": "meal",
  "dish": "soup",
  "guests": 2
}}
""",
}


@dataclass(frozen=True, slots=True)
class Starter:
    """`files` maps paths in the new folder to contents; `commands` are to be tried, without `covage-model`."""

    files: Mapping[str, str]
    commands: tuple[str, ...]


def name_of(wanted: str) -> str | None:
    """
    A text turned into a pack name of letters, digits, _ and -; None if no such character is left.

    >>> name_of("Our orders (2)"), name_of("2nd"), name_of("…")
    ('Our-orders-2', '_2nd', None)
    """
    kept = re.sub(r"[^A-Za-z0-9_-]+", "-", wanted).strip("-")
    return (kept if kept[0].isalpha() or kept[0] == "_" else f"_{kept}") if kept else None


def alone(name: str, folder: str) -> Starter:
    """A small complete pack: an order, its lifecycle, an example and a scenario."""
    files = {path: text.format(name=yaml_writer.scalar(name)) for path, text in _ALONE.items()}
    example = os.path.join(folder, "examples", "meal.json")
    given = options([folder])
    return Starter(files, (f"check {given}", f"run {given}", f"validate {given} {quoted(example)}"))


def options(packs: Sequence[str]) -> str:
    """The `--pack` options for these packs."""
    return " ".join(f"--pack {quoted(pack)}" for pack in packs)


def run_command(folder: str, packs: Sequence[str]) -> str:
    """The command that plays the scenarios in a folder."""
    return " ".join(filter(None, ["covage-model run", quoted(folder), options(packs)]))


def quoted(text: str) -> str:
    """A text quoted as one word of a shell command."""
    return shlex.quote(text)
