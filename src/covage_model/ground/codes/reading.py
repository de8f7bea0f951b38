"""CM0xx: a file cannot be read as YAML or JSON, or reading it would alter its data."""

from __future__ import annotations

from covage_model.ground.codes.page import Page

PAGES = {
    "CM001": Page(
        "not readable as YAML or JSON",
        {
            "yaml": "not YAML: {detail:bare}",
            "json": "not JSON: {detail:bare}",
            "empty": "the file holds no document",
            "indented": "a document over several lines in a file with one document per line: it is not read",
            "encoding": "not UTF-8: the byte {byte:bare}",
            "unicode": "the file is {encoding:bare}, not UTF-8",
            "character": "the character {character:bare} is not allowed here",
            "kind": "this is {kind:bare}: no orders are read from it",
            "library": "this is {kind:bare}, and the library that reads it is not installed",
            "at": "nothing is at {pointer:bare}",
            "several": "a second document in one spec file",
        },
        "Files are UTF-8, with or without a byte order mark, in JSON or YAML 1.2. A spec file holds one\n"
        "document. An order file may hold several: YAML separates them by ---, NDJSON has one on each line. Where\n"
        "orders lie within a document, `--at POINTER` says where; `*` in it means every item of a list.",
    ),
    "CM002": Page(
        "a key written twice",
        {"key": "the key {key} is already on line {first_line}, column {first_column}"},
        "Most readers of YAML and JSON keep the last of two equal keys without a warning, so one of the values is\n"
        "lost. Remove one of the keys. This tool judges the first value.",
    ),
    "CM003": Page(
        "over a limit",
        {
            "depth": "nested deeper than {limit} levels",
            "bytes": "one document of more than {limit} bytes: it was not read",
            "line": "a record longer than {limit} bytes",
            "endless": "a record longer than {limit} bytes: the rest of the file is not read",
            "document": "a document of more than {limit} bytes: the rest of the file is not read",
            "nodes": "more than {limit} values",
            "scalar": "a text of more than {limit} characters",
            "digits": "a number of more than {limit} digits",
            "paths": "keys so long and so deep that the JSON Pointers of all values exceed {limit} characters",
            "findings": "more than {limit} findings in one document: the rest of it is not read",
        },
        "Limits protect the tool from hostile and damaged files. An ordinary order is far below all of them.",
    ),
    "CM004": Page(
        "a scalar that YAML versions read differently",
        {
            "scalar": "{text} may be read as {reading:bare}",
            "key": "the key {text} may be read as {reading:bare}",
        },
        "YAML 1.1 and YAML 1.2 differ on plain scalars such as 01000, +33612345678, 1.10, on, no, 12:30 and\n"
        "2024-01-01: one may read a number, a boolean or a date where the other reads a text. In a spec this is an\n"
        "error: quote the scalar. In an order or an account the value is the text as written.",
    ),
    "CM005": Page(
        "YAML that is not allowed in specs and orders",
        {
            "tag": "the tag {tag} is not allowed in specs and orders",
            "anchor": "the anchor {anchor} is not allowed in specs and orders",
            "alias": "the alias {alias} is not allowed in specs and orders",
            "merge": "a merge key is not allowed in specs and orders",
            "key": "a key that is not a text is not allowed in specs and orders",
            "directive": "the directive {directive} is not allowed in specs and orders",
        },
        "JSON has no tags, anchors, aliases or merge keys, and its keys are texts. Aliases also let a small file\n"
        "expand to a huge one. Write the value out.",
    ),
    "CM006": Page(
        "a number that JSON cannot hold",
        {
            "nan": "{text:bare} is not a number in JSON",
            "range": "{text:bare} is too large for a number",
            "underflow": "{text:bare} is too close to 0 for a number",
        },
        "JSON has no NaN and no Infinity. A double (IEEE 754) holds numbers up to about 1.8e308; a larger one would\n"
        "become Infinity. A number closer to 0 than about 2.2e-308 would become 0 or lose digits.",
    ),
    "CM007": Page(
        "text that is not Unicode",
        {"surrogate": "{text:bare} is a lone surrogate, not a character"},
        "JSON escapes a character beyond U+FFFF as two surrogates (\\uD800 to \\uDFFF). One of them alone is not a\n"
        "character, and UTF-8 cannot encode it. Write both, or the character itself.",
    ),
    "CM008": Page(
        "a file that cannot be opened",
        {
            "missing": "there is no such file",
            "listed": "there is no such file, and {manifest:bare}:{line} lists it",
            "directory": "expected a file, not a folder",
            "special": "neither a file nor a folder",
            "denied": "the file may not be read",
            "listing": "the folder cannot be listed, so nothing below it is read: {detail:bare}",
            "pipe": "no process writes to this pipe",
            "failed": "the file could not be read: {detail:bare}",
        },
        "The file is not judged; all others are. A pipe is read if you name it and a process writes to it. Sockets\n"
        "and devices are never opened: use - for stdin.\n"
        "Each scenario that the `suites.json` of a folder lists must exist: restore it, or write the suites again.",
    ),
    "CM009": Page(
        "a file or link that was skipped",
        {
            "outside": "a link to a target outside {folder:bare}: it is not followed",
            "again": "the same file as {first:bare}: it is read only under that name",
            "kind": "a spreadsheet, an archive or the like: no orders are read from it",
            "broken": "a link whose target does not exist",
        },
        "In a folder, a link is followed only to a target inside that folder, and no file is judged twice. To read\n"
        "a file or a folder elsewhere, name it on the command line; a file of a pack, copy it into the pack.",
    ),
    "CM010": Page(
        "a compressed file that cannot be read to its end",
        {
            "cut": "the {kind:bare} archive is cut off here: the rest of it was not judged",
            "damaged": "the {kind:bare} archive is damaged here: the rest of it was not judged",
            "trailing": "what follows the {kind:bare} archive is no archive: it was not judged",
        },
        "The line is that of the content at which the reading ended. What ends before it was judged; a document that\n"
        "goes on to it was not, nor was anything after it. Fetch or write the file again.",
    ),
    "CM011": Page(
        "a table that cannot be read",
        {
            "header": "no column is a field of an order: no row was judged",
            "name": "the column name {name} is no path",
            "twice": "the column {name} has the place of the column {first}: it was not read",
            "nameless": "row {row} has a value in column {column}, which has no name: it was not judged",
            "ragged": "row {row} has {found} cells, and {expected} columns have names: it was not judged",
            "quote": "text after a closing quote: the row was not judged",
            "open": "a quote that is opened here and never closed: the rest of the file was not judged",
            "encoding": "not UTF-8: the byte {byte:bare}; from here on nothing was judged",
            "parquet": "this is no Parquet file, or a damaged one: what is missing was not judged",
            "value": "the column {column} has {text:bare}, which JSON cannot hold: the row was not judged",
            "recode": "not {encoding:bare}: from here on nothing was judged",
        },
        "The first row of a CSV file names the columns: `name`, `holder.name`, and for lists `list.name` (its first\n"
        "item) or `list[2].name` (its second). Each further row is an order. Cells are parted by `,`, `;` or tabs,\n"
        "and quoted by double quotes; a quote within a quoted text is written twice. Rows of Parquet files are\n"
        "read so too; their columns may be nested.",
    ),
    "CM012": Page(
        "an event log in XML that cannot be read",
        {
            "broken": "the XML is broken: {detail:bare}; what follows was not read",
            "doctype": "a document type is declared, which no event log needs: nothing was read from here on",
            "other": "the file begins with {name}, and XES begins with `log`",
            "deep": "elements lie more than {limit} deep inside each other; what follows was not read",
            "endless": "an event is too large; what follows was not read",
            "encoding": "the encoding that the XML declares cannot be read: write the log as UTF-8",
            "bytes": "not UTF-8: the byte {byte:bare}; what follows was not read",
            "twice": "{name} is said twice: it was left out",
        },
        "XES (IEEE 1849) is XML: a `log` with a `trace` for each order, and an `event` for each event. What stands\n"
        "before the broken place was read. A document type could bring entities, which may grow without end: it is\n"
        "refused. Write the log again, or cut out the broken part.",
    ),
}
