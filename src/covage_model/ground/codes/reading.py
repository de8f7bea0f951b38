"""CM0xx: the file could not be read as YAML or JSON, or says something that would be changed by reading it."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM001": Page(
        "not readable as YAML or JSON",
        {
            "yaml": "not YAML: {detail:bare}",
            "json": "not JSON: {detail:bare}",
            "empty": "the file holds no document",
            "indented": "a document over several lines, where each line is one document: it is not read",
            "encoding": "not UTF-8: the byte {byte:bare}",
            "unicode": "the file is {encoding:bare}, not UTF-8",
            "character": "the character {character:bare} may not stand here",
            "several": "a second document in one spec file",
        },
        "Files are UTF-8, with or without a byte order mark, in JSON or YAML 1.2. A spec file holds one\n"
        "document; an order file may hold several (YAML separated by ---, NDJSON one a line).",
    ),
    "CM002": Page(
        "a key written twice",
        {"key": "the key {key} was written before, on line {first_line}, column {first_column}"},
        "Readers of YAML and JSON keep the last of two equal keys and say nothing, so one of the two\n"
        "values is lost. Remove one of them; the first is what is judged here.",
    ),
    "CM003": Page(
        "over a limit",
        {
            "depth": "nested deeper than {limit} levels",
            "bytes": "larger than {limit} bytes ({found})",
            "line": "a record longer than {limit} bytes",
            "endless": "a record longer than {limit} bytes: nothing is read from here on",
            "document": "a document of more than {limit} bytes: nothing is read from here on",
            "nodes": "more than {limit} values",
            "scalar": "a text of more than {limit} characters",
            "digits": "a number of more than {limit} digits",
            "paths": "keys so long and so deep that pointing at them takes more than {limit} characters",
            "findings": "more than {limit} findings in one document: the rest of it is not read",
        },
        "Limits keep a hostile or damaged file from stopping the tool. An ordinary order is far below all of\nthem.",
    ),
    "CM004": Page(
        "a scalar that readers disagree on",
        {
            "scalar": "{text} may be read as {reading:bare}",
            "key": "the key {text} may be read as {reading:bare}",
        },
        "YAML 1.1 and 1.2 read a plain 01000, +33612345678, 1.10, on, no, 12:30 or 2024-01-01 as a number,\n"
        "a boolean or a date, each in its own way. In a spec such a scalar is refused: quote it. In an order\n"
        "or an account it is the text that was written.",
    ),
    "CM005": Page(
        "YAML that is not allowed in specs and orders",
        {
            "tag": "the tag {tag}",
            "anchor": "the anchor {anchor}",
            "alias": "the alias {alias}",
            "merge": "a merge key",
            "key": "a key that is no text",
            "directive": "the directive {directive}",
        },
        "Tags, anchors, aliases, merge keys, and keys that are lists or mappings cannot be written in JSON,\n"
        "and aliases let a small file expand to a huge one. Write the value out.",
    ),
    "CM006": Page(
        "a number that JSON cannot carry",
        {
            "nan": "{text:bare} is no number in JSON",
            "range": "{text:bare} is too large for a number",
            "underflow": "{text:bare} is too close to 0 for a number",
        },
        "JSON knows no NaN and no Infinity, and a number beyond about 1.8e308 would become one. One closer to 0\n"
        "than about 2.2e-308 would become 0, or lose digits.",
    ),
    "CM007": Page(
        "text that is not Unicode",
        {"surrogate": "{text:bare} is half of a character"},
        "A lone surrogate (\\uD800 to \\uDFFF) is no character: no UTF-8 file can hold it.",
    ),
    "CM008": Page(
        "a file that cannot be opened",
        {
            "missing": "there is no such file",
            "listed": "listed in {manifest:bare}:{line}, and not there",
            "directory": "a folder stands where a file is needed",
            "special": "neither a file nor a folder",
            "denied": "the file may not be read",
            "listing": "the folder cannot be listed, so nothing below it is read: {detail:bare}",
            "pipe": "nobody writes into this pipe",
            "failed": "the file could not be read: {detail:bare}",
        },
        "The file is not judged; all others are. A pipe is read if it is named and somebody writes into it; sockets\n"
        "and devices are never opened: use - for stdin.\n"
        "A scenario that the `suites.json` of its folder lists must be there: bring it back, or write the suites anew.",
    ),
    "CM009": Page(
        "a name that was passed over",
        {
            "outside": "a link that leads out of {folder:bare}: it is not followed",
            "again": "the same as {first:bare}, which is read under that name",
            "broken": "a link that leads nowhere",
        },
        "In a folder, links are followed only inside it, and nothing is judged twice. Name a file or a folder on\n"
        "the command line to have it read wherever it lies.",
    ),
}
