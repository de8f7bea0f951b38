"""What editors need to know about orders and packs: which schema is that of which file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from covage_model.api import schemas
from covage_model.api.workspace import Workspace
from covage_model.ground import escape

ORDERS, SPEC = "orders.schema.json", "spec-1.json"
EDITORS = ("vscode", "jetbrains", "yaml-language-server")


def published_spec_schema() -> dict[str, Any]:
    """The schema of the files of packs, as it is published with this package."""
    here = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    for home in (here, os.path.dirname(os.path.dirname(here))):
        path = os.path.join(home, "schemas", SPEC)
        if os.path.isfile(path):
            with open(path, encoding="utf-8") as file:
                schema: dict[str, Any] = json.load(file)
                return schema
    raise FileNotFoundError(SPEC)


def files_for(
    pack: Workspace, editors: Sequence[str], folder: str, orders: Sequence[str], specs: Sequence[str], language: str
) -> Iterator[tuple[str, str]]:
    """
    The names and contents of two schemas and of one file for each editor, for the folder they are written into.

    `orders` and `specs` are globs of the order files and of the pack's files, from the root of the project.
    """
    from covage_model.documents.schema.any_order import for_requests

    yield ORDERS, escape.json_text(for_requests(schemas.any_order(pack, language=language), pack.spec.record))
    yield SPEC, escape.json_text(published_spec_schema())
    own = folder.replace(os.sep, "/")
    mapped = {f"{own}/{ORDERS}": list(orders), f"{own}/{SPEC}": list(specs)}
    makers = {"vscode": _vscode, "jetbrains": _jetbrains, "yaml-language-server": _yaml_language_server}
    for editor in editors:
        yield makers[editor](mapped)


def _vscode(mapped: dict[str, list[str]]) -> tuple[str, str]:
    """Settings for `.vscode/settings.json`."""
    json_schemas = [{"fileMatch": globs, "url": f"./{path}"} for path, globs in mapped.items()]
    yaml_schemas = {f"./{path}": globs for path, globs in mapped.items()}
    return "vscode.settings.json", escape.json_text({"json.schemas": json_schemas, "yaml.schemas": yaml_schemas})


def _yaml_language_server(mapped: dict[str, list[str]]) -> tuple[str, str]:
    """What other editors tell the server of the YAML language."""
    settings = {"yaml": {"schemas": {f"./{path}": globs for path, globs in mapped.items()}}}
    return "yaml-language-server.json", escape.json_text(settings)


def _jetbrains(mapped: dict[str, list[str]]) -> tuple[str, str]:
    """The file `.idea/jsonSchemas.xml`."""
    entries = []
    for path, globs in mapped.items():
        patterns = "".join(
            f'<Item><option name="pattern" value="true" /><option name="path" value={quoteattr(glob)} />'
            '<option name="mappingKind" value="Pattern" /></Item>'
            for glob in globs
        )
        name = quoteattr(path.rpartition("/")[2])
        entries.append(
            f'<entry key={name}><value><SchemaInfo><option name="name" value={name} />'
            f'<option name="relativePathToSchema" value={quoteattr(path)} />'
            f'<option name="patterns"><list>{patterns}</list></option></SchemaInfo></value></entry>'
        )
    joined = "\n".join(entries)
    return "jetbrains.jsonSchemas.xml", (
        '<?xml version="1.0" encoding="UTF-8"?>\n<project version="4">\n'
        '<component name="JsonSchemaMappingsProjectConfiguration"><state><map>\n'
        f"{joined}\n</map></state></component>\n</project>\n"
    )
