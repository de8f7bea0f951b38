"""What people read, in English and in French: nothing is missing, nothing is mixed, and French has its blanks."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from mixed import english

from covage_model.ground import codes, escape, language
from covage_model.ground.codes import french
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.language.french import SENTENCES

PACKAGE = Path(language.__file__).parents[2]
KEYS = re.compile("from, before, when|in ou starts|when et by|zone, starts, holidays|min, max, where")
HOLE = re.compile(r"\{([a-z_]+)[:}]")
FORMS = [(code, form) for code, page in codes.catalogue().items() for form in page.messages]


def fields(template: str) -> set[str]:
    """The values that a template shows."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", codes.catalogue())
def test_every_code_and_form_is_said_in_french(code: str) -> None:
    page, french_page = codes.catalogue()[code], codes.page(code, "fr")
    assert french_page is not page, f"{code} has no page in ground/codes/french/"
    assert list(french_page.messages) == list(page.messages)
    assert french_page.title != page.title
    assert french_page.explanation.endswith((".", ":"))
    assert max(map(len, french_page.explanation.split("\n"))) <= 110
    for form, template in page.messages.items():
        said = french_page.messages[form]
        assert said not in (template, ""), f"{code} {form}"
        assert fields(said) == fields(template), f"{code} {form}"
        assert not said.endswith("."), f"{code} {form}"
        assert not english(said), f"{code} {form}: {english(said)}"
    assert not english(french_page.title)
    assert not english(french_page.explanation.replace("on,\nno,", ""))


def test_no_french_page_is_left_over() -> None:
    assert sorted(french.PAGES) == sorted(codes.catalogue())


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_every_code_and_form_is_rendered(lang: str) -> None:
    for code, form in FORMS:
        values = dict.fromkeys(fields(codes.page(code, lang).messages[form]), 2)
        text = codes.message(Diagnostic(code, form, values, Location("f", 1, 1)), lang)
        assert "{" not in text, (code, form, text)


def test_a_french_message_has_its_blanks_and_quotes_as_french_has_them() -> None:
    finding = Diagnostic("CM406", "field", {"name": "l'un"}, Location("f", 1, 1))
    assert codes.message(finding, "fr") == "le champ «\u00a0l'un\u00a0» n'existe pas ici"
    again = Diagnostic("CM414", "more", {"count": 1}, Location("f", 1, 1))
    assert codes.message(again, "fr").startswith("1 autre constat sur")
    failed = Diagnostic("CM008", "failed", {"detail": "Permission denied"}, Location("f", 1, 1))
    assert codes.message(failed, "fr") == "le fichier n'a pas pu être lu\u00a0: accès refusé"


def test_blanks_of_french_are_shown_and_all_others_are_escaped() -> None:
    assert escape.plain("«\u00a0a\u00a0»\u202f?") == "«\u00a0a\u00a0»\u202f?"
    assert escape.plain("a\u00a0b 1\u202f000 c\u202fd") == "a\\xa0b 1\u202f000 c\\u202fd"


@pytest.mark.parametrize(("text", "said"), [
    ("remove the line", "retirez la ligne"),
    ("did you mean 'the end'?", "vouliez-vous dire 'the end'\u202f?"),
    ("give its encoding, such as `--encoding utf-16`, or save the file as UTF-8",
     "donnez son encodage, par exemple `--encoding utf-16`, ou enregistrez le fichier en UTF-8"),
    ("expected ':', found the end", "attendu\u00a0: ':'\u202f; trouvé\u00a0: la fin"),
    ("a text or a list", "un texte ou une liste"),
    ("nobody translated this", "nobody translated this"),
])  # fmt: skip
def test_a_sentence_that_was_made_in_english_is_recognised(text: str, said: str) -> None:
    assert language.words(text, "fr") == said
    assert language.words(text, "en") == text


def test_each_number_takes_its_noun() -> None:
    template = "{count:n} {count:order|orders}"
    assert [language.tell(template, "en", count=count) for count in (0, 1, 2000)] == [
        "0 orders",
        "1 order",
        "2,000 orders",
    ]
    said = "{count:n} {count:commande|commandes}"
    assert [language.tell(said, "fr", count=count) for count in (0, 1, 2000)] == [
        "0 commande",
        "1 commande",
        "2\u202f000 commandes",
    ]


@pytest.mark.parametrize(("variables", "expected"), [
    ({}, "en"),
    ({"LANG": "fr_FR.UTF-8"}, "fr"),
    ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
    ({"LANG": "C", "LC_MESSAGES": "fr"}, "fr"),
    ({"LANG": "fra"}, "en"),
    ({"LANG": "", "LC_ALL": ""}, "en"),
])  # fmt: skip
def test_the_locale_decides(variables: Mapping[str, str], expected: str) -> None:
    assert language.of_environment(variables) == expected


def test_a_french_sentence_has_the_values_of_the_english_one() -> None:
    for sentence, said in SENTENCES.items():
        assert sorted(set(HOLE.findall(said))) == sorted(set(HOLE.findall(sentence))), sentence
        assert not english(KEYS.sub("", said)), said


def test_french_is_not_loaded_where_english_is_asked() -> None:
    script = (
        "import sys; from covage_model.cli.main import main; main(['validate', '/nowhere', '--lang', 'en']);"
        "print([name for name in sys.modules if 'french' in name])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


FILLERS = {  # what stands in a complaint where a phrase of our own is put
    "what": "option",
    "role": "request",
    "where": "f: suppression 1",
    "hint": "x",
    "note": "",
    "shown": "x",
    "word": "refused",
    "example": "a text",
    "wrong": "is no folder",
}
BUGS = {  # of a program that calls
    *("TypeError", "ValueError", "KeyError", "AttributeError", "OSError", "RuntimeError"),
    *("dataclasses.FrozenInstanceError", "SearchUndecided"),
}


def complaints() -> Iterator[tuple[str, str]]:
    """Where each error about a call or a walk is raised, and its sentence, with `x` for its values."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            call = node.exc if isinstance(node, ast.Raise) else node.value if isinstance(node, ast.Return) else None
            name = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
            raised = isinstance(node, ast.Raise) or name.endswith("Error")
            if raised and isinstance(call, ast.Call) and name not in BUGS and "testing" not in path.parts:
                yield from ((f"{path.name}:{node.lineno}", said) for arg in call.args for said in sentences(arg))


def sentences(node: ast.expr) -> list[str]:
    """The texts that an expression can be."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        values = (part.value if isinstance(part, ast.FormattedValue) else part for part in node.values)
        return ["".join(str(v.value) if isinstance(v, ast.Constant) else filler(v) for v in values)]
    if isinstance(node, ast.BinOp):
        return [left + right for left in sentences(node.left) for right in sentences(node.right)]
    if isinstance(node, ast.IfExp):
        return sentences(node.body) + sentences(node.orelse)
    return []


def filler(node: ast.expr) -> str:
    return FILLERS.get(ast.unparse(node), "x")


def test_every_complaint_about_a_call_is_in_french() -> None:
    found = [(place, said) for place, said in complaints() if len(re.findall("[a-z]{2,}", said)) > 1]
    assert len(found) > 100
    missing = [(place, said) for place, said in found if language.translated(said.strip(), "fr") == said.strip()]
    assert missing == [], "write them in ground/language/french/calls.py or notices.py"


@pytest.mark.parametrize("problem", [
    "found a tab character that violates indentation",
    "found a tab character where an indentation space is expected",
    "found character that cannot start any token",
    "found unexpected end of stream",
    "did not find expected whitespace",
    "did not find expected node content",
    "did not find expected ',' or '}'",
    "mapping keys are not allowed in this context",
    "mapping values are not allowed in this context",
    "could not find expected ':'",
    "could not find expected directive name",
    "found an indentation indicator equal to 0",
    "found duplicate %YAML directive",
    "found incompatible YAML document",
])  # fmt: skip
def test_what_the_yaml_parser_says_is_in_french(problem: str) -> None:
    said = language.words(problem, "fr")
    assert said != problem
    assert not english(said)
