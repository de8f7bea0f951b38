"""
Escaping of untrusted text: one function per medium, and no other place that escapes.

Text from packs, orders, file names and arguments may hold control characters, terminal sequences,
characters that reverse or hide text, CI workflow commands and markup. Nothing is removed: dangerous
characters are shown as escapes.
"""

from __future__ import annotations

import json
import re
from typing import Any

# Default_Ignorable_Code_Point (Unicode 16) that Python calls printable: they show nothing.
_HIDDEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef"
# Patterns are compiled when first used: most texts are plain, and compiling slows every start.
_INVISIBLE = f"[{_HIDDEN}]"
# The blanks of French before a sign, inside its quotes and between thousands: elsewhere they are shown as escapes.
_FRENCH = "(?<=«)\u00a0(?=\\S)|(?<=\\S)\u00a0(?=[:»])|(?<=\\S)\u202f(?=[;!?])|(?<=[0-9])\u202f(?=[0-9])"
_BEYOND_ASCII = "[^\n -~]"
_BMP = 0xFFFF
_ON_ONE_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# GitHub takes `::` after blanks for a command, and `##[` anywhere; Azure and TeamCity have their own words, anywhere.
_ANYWHERE = r"(?i)#(?=#(?:\[|vso\[|teamcity\[))"
_COMMAND = rf"{_ANYWHERE}|^(\s*):(?=:)"
_MARKUP = r"([\\|*_`<>\[\]#&~$])"
_AT_LINE_START = r"^(\s*)([-+=]|:::|\d+(?=[.)]))"


def plain(text: str) -> str:
    """The text on one line; characters that are invisible or not printable are escaped as in Python."""
    if _all_shows(text):
        return text
    blanks = {found.start() for found in re.finditer(_FRENCH, text)}
    return "".join(char if place in blanks else _visible(char) for place, char in enumerate(text))


def _all_shows(text: str) -> bool:
    return text.isprintable() and (text.isascii() or re.search(_INVISIBLE, text) is None)


def shows(char: str) -> bool:
    """Whether a character is printable and visible."""
    return char.isprintable() and not is_blank(char)


def is_blank(char: str) -> bool:
    """Whether a character is invisible although Python calls it printable."""
    return re.match(_INVISIBLE, char) is not None


def _visible(char: str) -> str:
    if shows(char):
        return char
    return char.encode("unicode_escape").decode()


def inert(text: str) -> str:
    """The lines, changed so that no CI system takes one for a workflow command."""
    return "\n".join(map(_without_commands, text.split("\n")))


def terminal(line: str) -> str:
    """The text as a line of a terminal or a log, escaped so that no CI system takes it for a workflow command."""
    return _without_commands(plain(line))


def _without_commands(line: str) -> str:
    return re.sub(_COMMAND, _spelled, line) if _may_command(line) else line


def _may_command(text: str) -> bool:
    return "::" in text or "##" in text


def _spelled(found: re.Match[str]) -> str:
    return r"\x23" if found[1] is None else rf"{found[1]}\x3a"


def markdown(text: str) -> str:
    r"""
    A text in a line or a cell of Markdown: no markup, no HTML, a line break as `<br>`.

    >>> print(markdown("<b>|\nx"))
    \<b\>\|<br>x
    """
    return "<br>".join(_markdown(" ".join(line.split())) for line in text.split("\n"))


def _markdown(line: str) -> str:
    marked = re.sub(_MARKUP, r"\\\1", plain(line))
    return re.sub(_AT_LINE_START, _literal, marked)


def _literal(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def xml(text: str) -> str:
    """
    A text in an element or an attribute of XML or HTML; printed to a log, it is no command there (`##[error]`).

    >>> print(xml("]]><b a='1'>"), xml("##[error]"))
    ]]&gt;&lt;b a=&#x27;1&#x27;&gt; &#35;#[error]
    """
    escaped = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    escaped = escaped.replace('"', "&quot;").replace("'", "&#x27;")
    return in_entities(escaped)


def in_entities(written: str) -> str:
    """
    A finished text of XML, HTML or DOT: printed to a log, nothing in it is a command of a CI system.

    >>> print(in_entities("<title>##[error]</title>"))
    <title>&#35;#[error]</title>
    """
    return re.sub(_COMMAND, _as_entity, written, flags=re.MULTILINE) if _may_command(written) else written


def _as_entity(found: re.Match[str]) -> str:
    return "&#35;" if found[1] is None else f"{found[1]}&#58;"


def in_yaml(quoted: str) -> str:
    r"""
    A text in double quotes of YAML: printed to a log, it is no command of a CI system.

    >>> print(in_yaml('"##[error]"'))
    "\x23#[error]"
    """
    return re.sub(_ANYWHERE, r"\\x23", quoted) if "##" in quoted else quoted


def workflow(text: str, *, named: bool = False) -> str:
    """
    A text as the message of a workflow command of GitHub, or as the value of one of its `named` properties.

    >>> print(workflow("50 %: a", named=True))
    50 %25%3A a
    """
    escaped = terminal(text).replace("%", "%25")
    return escaped.replace(":", "%3A").replace(",", "%2C") if named else escaped


def logging(text: str, *, named: bool = False) -> str:
    """
    A text as the message of a logging command of Azure Pipelines, or as the value of one of its `named` properties.

    >>> print(logging("50 %; a", named=True))
    50 %AZP25%3B a
    """
    escaped = terminal(text).replace("%", "%AZP25")
    return escaped.replace(";", "%3B").replace("]", "%5D") if named else escaped


def tap(text: str) -> str:
    """A text as the description of a test of TAP: `#` would start a directive."""
    return terminal(text).replace("\\", "\\\\").replace("#", "\\#")


def json_text(value: Any) -> str:
    """A value as indented JSON with a newline at its end; what is invisible, or a command in a log, is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _json(text if text.isascii() and "\x7f" not in text else re.sub(_BEYOND_ASCII, _json_escape, text))


def json_line(value: Any) -> str:
    """A value as JSON on one line, a newline at its end; escaped as by `json_text`."""
    line = _ON_ONE_LINE(value)
    return _json(line if _all_shows(line) else re.sub(_BEYOND_ASCII, _json_escape, line))


def _json(text: str) -> str:
    return (re.sub(_ANYWHERE, r"\\u0023", text) if "##" in text else text) + "\n"


def _json_escape(found: re.Match[str]) -> str:
    char = found[0]
    if shows(char):
        return char
    number = ord(char)
    if number <= _BMP:
        return f"\\u{number:04x}"
    return f"\\u{0xD800 + (number - 0x10000 >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"
