"""
The formats that CI systems read, under hostile text.

Official schemas are other people's files: they are read from `../shared/schemas` where that is. Everywhere, rules of
our own say the same of the documents here (`RULES`); a test compares the two on documents that are broken on purpose.
"""

from __future__ import annotations

import io
import json
import re
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from effort import share
from jsonschema import Draft7Validator, Draft202012Validator, validators

from covage_model.cli.main import main
from covage_model.ground.diagnostics import Diagnostic, Location, Origin, Severity, Standing
from covage_model.report import formats, printing
from covage_model.report.citing import CitedPage
from covage_model.report.fingerprints import fingerprints
from covage_model.report.report import JudgedCase, Report, ReportEntry, constant
from covage_model.report.worst import Worst

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = str(ROOT / "tests" / "packs" / "library")
OFFICIAL = ROOT.parent / "shared" / "schemas"
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))
HOSTILE = "\x1b]8;;http://x\x07a\x1b\\ ::error::b ##[error]c ##vso[task.x]d ]]> <b>&\" ' =cmd|'/c'!A1 \u202ee \x00\r\n100% ;,:"
ALL = printing.names("findings")
SEVERITIES = list(Severity)


def finding(number: int = 0, severity: Severity = Severity.ERROR, file: str = "a.json") -> Diagnostic:
    arguments = {"name": f"{HOSTILE}{number}"}
    because = Origin(Location(f"spec{HOSTILE}.yaml", 4, 1, "/y"), (f"S{HOSTILE}", "unknown"), Standing.STATED)
    place = Location(file, 2, 3, "/x")
    return Diagnostic("CM406", "field", arguments, place, f"remove {HOSTILE}", severity, because)


def pages() -> dict[str, CitedPage]:
    return {f"S{HOSTILE}": CitedPage({"en": HOSTILE}, f"https://example.org/{HOSTILE}")}


def entry(number: int, *found: Diagnostic) -> ReportEntry:
    case = JudgedCase(f"line {number} {HOSTILE}", f"a.json {HOSTILE}")
    data = {"file": "a.json", "line": 1, "order": None, "role": None, "status": None, "key": None, "findings": []}
    return ReportEntry((), found, None, "documents", constant(data), case=constant(case), identity=constant("k"))  # type: ignore[arg-type]


def hostile() -> Report:
    entries = [entry(n, finding(n, severity, f"a{HOSTILE}.json")) for n, severity in enumerate(SEVERITIES)]
    entries.append(ReportEntry(findings=(finding(9),)))
    for each in entries:
        each.blocks = tuple
    return Report("validate", iter([*entries, entry_clean()]), lists=("documents",), pages=pages)


def entry_clean() -> ReportEntry:
    made = entry(7)
    made.blocks = tuple
    return made


def printed(name: str, report: Report) -> str:
    parts: list[str] = []
    printing.deliver(report, [(name, parts.append)], 100)
    return "".join(parts)


def wrong_sarif(text: str) -> Iterator[str]:
    log = json.loads(text)
    if log.get("version") != "2.1.0" or not isinstance(log.get("runs"), list):
        yield "no log"
        return
    for run in log["runs"]:
        if not isinstance(run.get("tool", {}).get("driver", {}).get("name"), str):
            yield "no tool"
        for result in run.get("results", ()):
            if not isinstance(result.get("message", {}).get("text"), str):
                yield "no message"
            if result.get("level", "warning") not in ("none", "note", "warning", "error"):
                yield "no such level"
            for place in result.get("locations", ()):
                if place.get("physicalLocation", {}).get("region", {}).get("startLine", 1) < 1:
                    yield "lines start at 1"


def wrong_junit(text: str) -> Iterator[str]:
    root = ET.fromstring(text)
    if root.tag != "testsuites":
        yield "no test suites"
    for suite in root:
        if suite.tag != "testsuite" or {"name", "tests", "failures", "errors"} - set(suite.attrib):
            yield "no suite"
        for case in suite:
            if case.tag != "testcase" or "name" not in case.attrib:
                yield "no case"
            if any(part.tag not in ("failure", "error", "skipped") for part in case):
                yield "no such part"


def wrong_ctrf(text: str) -> Iterator[str]:
    results = json.loads(text).get("results", {})
    if json.loads(text).get("reportFormat") != "CTRF" or "name" not in results.get("tool", {}):
        yield "no report"
    counts = ("tests", "passed", "failed", "skipped", "pending", "other", "start", "stop")
    if any(not isinstance(results.get("summary", {}).get(name), int) for name in counts):
        yield "no summary"
    for test in results.get("tests", ()):
        if not {"name", "status", "duration"} <= set(test):
            yield "no test"
        elif test["status"] not in ("passed", "failed", "skipped", "pending", "other"):
            yield "no such status"


RULES: dict[str, Callable[[str], Iterator[str]]] = {"sarif": wrong_sarif, "junit": wrong_junit, "ctrf": wrong_ctrf}
FILES = {"sarif": "sarif-schema-2.1.0.json", "junit": "junit-10.xsd", "ctrf": "ctrf.schema.json"}
BROKEN = {
    "sarif": [('"2.1.0"', '"2.2"'), ('"level":"error"', '"level":"bad"'), ('"startLine":2', '"startLine":0')],
    "junit": [
        ("failures=", "failed="),
        ("testcase ", "test "),
        ("</failure>", "</failed>"),
        ("<testcase name=", "<testcase id="),
    ],
    "ctrf": [('"CTRF"', '"CRTF"'), ('"status":"failed"', '"status":"bad"'), ('"passed":', '"past":')],
}


def official(name: str) -> Callable[[str], bool]:
    """Whether the official schema accepts a text; skips where it is not there."""
    path = OFFICIAL / FILES[name]
    if not path.exists():
        pytest.skip(f"{path.name} is not here: the rules of our own checked the same documents")
    if name == "junit":
        xmlschema = pytest.importorskip("xmlschema")
        return lambda text: bool(xmlschema.XMLSchema(str(path)).is_valid(text))
    schema = json.loads(path.read_text(encoding="utf-8"))
    validator = validators.validator_for(schema, default=Draft7Validator)(schema)
    return lambda text: bool(validator.is_valid(json.loads(text)))


@pytest.mark.parametrize("name", RULES)
def test_a_report_fits_the_rules_of_its_format(name: str) -> None:
    assert list(RULES[name](printed(name, hostile()))) == []


@pytest.mark.parametrize("name", RULES)
def test_the_official_schema_says_the_same(name: str) -> None:
    accepts, text = official(name), printed(name, hostile())
    assert accepts(text)
    for before, after in BROKEN[name]:
        assert before in text
        wrong = text.replace(before, after).replace("<failure ", "<failed " if after == "</failed>" else "<failure ")
        wrong = wrong.replace("</testcase>", "</test>") if after == "test " else wrong
        assert not accepts(wrong), (before, after)
        assert list(RULES[name](wrong)), (before, after)


@pytest.mark.parametrize("name", ALL)
def test_hostile_text_stays_text(name: str) -> None:
    """No control character, no hidden one, no line that a CI system takes for a command that is not ours."""
    text = printed(name, hostile())
    assert re.sub(r"[\n]", "", text).isprintable(), name
    ours = {"github": r"::(error|warning|notice) file=", "azure": r"##vso\[task\.logissue type="}.get(name)
    for line in text.split("\n"):
        rest = re.sub(f"^{ours}", "", line) if ours else line
        assert not re.match(r"\s*::", rest), line
        if name not in ("json", "ndjson", "sarif", "gitlab", "rdjson", "ctrf", "checkstyle", "junit", "html"):
            assert "##[" not in rest
            assert "##vso[" not in rest
    if name in ("json", "sarif", "gitlab", "rdjson", "ctrf"):
        json.loads(text)
    if name in ("checkstyle", "junit"):
        ET.fromstring(text)


def test_json_has_totals_and_exit_code() -> None:
    report = json.loads(printed("json", hostile()))
    assert report["totals"] == {"error": 2, "warning": 1, "not-checked": 1, "note": 1}
    assert report["exit_code"] == 1


def test_ndjson_says_what_json_says() -> None:
    whole = json.loads(printed("json", hostile()))
    head, *items, foot = map(json.loads, printed("ndjson", hostile()).splitlines())
    assert {**head, "documents": [item["item"] for item in items], **foot} == {**whole, "line": "foot"}


def test_tests_are_counted() -> None:
    summary = json.loads(printed("ctrf", hostile()))["results"]["summary"]
    assert [summary[name] for name in ("tests", "passed", "failed", "skipped")] == [6, 2, 3, 1]
    suites = ET.fromstring(printed("junit", hostile()))
    assert [sum(int(suite.attrib[name]) for suite in suites) for name in ("tests", "failures", "skipped")] == [6, 3, 1]
    points = re.findall(r"^(?:not )?ok \d+.*", printed("tap", hostile()), re.MULTILINE)
    assert [point.split(" - ")[0] for point in points] == [
        "not ok 1", "not ok 2", "ok 3", "ok 4", "not ok 5", "ok 6",
    ]  # fmt: skip
    assert "# SKIP " in points[2]
    assert printed("tap", hostile()).endswith("\n1..6\n")


@pytest.mark.parametrize("name", ["junit", "tap", "ctrf"])
def test_nothing_found_is_one_test_that_passed(name: str) -> None:
    text = printed(name, Report("check", iter(()), lists=("findings",)))
    assert re.search({"junit": 'tests="1" failures="0"', "tap": "ok 1 - check", "ctrf": '"passed":1'}[name], text)


def test_github_annotates_the_worst_ten_and_counts_the_rest() -> None:
    entries = [ReportEntry(findings=(finding(n, SEVERITIES[3 - n % 4]),)) for n in range(24)]
    *lines, last = printed("github", Report("check", iter(entries), lists=("findings",))).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 6 + ["::warning"] * 4
    assert last == "covage-model: more than 10 findings; not annotated: 2 warnings, 6 rules not checked, 6 notes"


def test_sarif_lists_the_worst_and_counts_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    from covage_model.report.formats import sarif

    monkeypatch.setattr(sarif, "MOST", 3)
    kinds = [Severity.NOTE, Severity.WARNING, Severity.ERROR, Severity.NOTE, Severity.ERROR]
    entries = [ReportEntry(findings=(finding(n, kind),)) for n, kind in enumerate(kinds)]
    run = json.loads(printed("sarif", Report("check", iter(entries), lists=("findings",))))["runs"][0]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning"]
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"] == "not listed: 2 notes"
    assert run["tool"]["driver"]["rules"][0]["id"] == "CM406"


def test_titles_and_explanations_are_in_the_language_of_the_report() -> None:
    made = hostile()
    made.language = "fr"
    run = json.loads(printed("sarif", made))["runs"][0]
    assert (run["language"], run["tool"]["driver"]["rules"][0]["shortDescription"]["text"]) == ("fr", "champ inconnu")
    made = hostile()
    made.language = "fr"
    assert "title=CM406 champ inconnu::" in printed("github", made)


def test_the_worst_are_kept_in_their_order() -> None:
    worst: Worst[int] = Worst(2)
    for number, severity in enumerate([Severity.NOTE, Severity.NOTE, Severity.ERROR, Severity.NOTE, Severity.WARNING]):
        worst.add(severity, constant(number))
    assert list(worst.kept()) == [(Severity.ERROR, 2), (Severity.WARNING, 4)]
    assert worst.left_out() == {Severity.NOTE: 3}


@pytest.mark.parametrize("name", share(sorted({*ALL} - {"json", "csv", "text", "markdown"})))
def test_nothing_is_kept_of_what_was_printed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times as many orders take no more memory."""
    from covage_model.report.formats import junit, sarif

    monkeypatch.setattr(sarif, "MOST", 50)
    monkeypatch.setattr(junit, "_MOST", 50)

    def peak(count: int) -> int:
        def entries() -> Iterator[ReportEntry]:
            for number in range(count):
                made = entry(number, finding(number))
                made.blocks = tuple
                yield made

        tracemalloc.start()
        printing.deliver(Report("validate", entries(), lists=("documents",)), [(name, len)], 100)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(10)
    assert peak(1000) < 2 * peak(100) + 100_000


def test_a_fingerprint_knows_neither_message_nor_path_nor_line() -> None:
    one = Diagnostic("CM406", "field", {"name": "a"}, Location("a.json", 1, 2, "/x"))
    other = Diagnostic("CM406", "column", {"name": "b"}, Location("b.json", 7, 9, "/x"), "a hint")
    assert fingerprints([one], "key") == fingerprints([other], "key")
    assert fingerprints([one], "key") != fingerprints([one], "other key")
    moved = Diagnostic("CM406", "field", {"name": "a"}, Location("a.json", 1, 2, "/y"))
    assert fingerprints([one], "key") != fingerprints([moved], "key")
    assert len(set(fingerprints([one, other, one], "key"))) == 3


LOAN = f"{LIBRARY}/examples/loan-home.yaml"


@pytest.fixture
def _cached(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_cached")
def test_several_reports_at_once_and_text_on_the_terminal(tmp_path: Path) -> None:
    Path("wrong.yaml").write_text(Path(LOAN).read_text(encoding="utf-8") + "unknown_field: 1\n", encoding="utf-8")
    argv = ["validate", "wrong.yaml", LOAN, "--pack", LIBRARY]
    alone = {}
    for name in ALL:
        out = io.StringIO()
        assert main([*argv, "--format", name], out, out) == 1
        alone[name] = out.getvalue()
    out = io.StringIO()
    assert main([*argv, *(f"--output={name}={name}.out" for name in ALL)], out, out) == 1
    assert out.getvalue() == alone["text"]
    for name in ALL:
        written = (tmp_path / f"{name}.out").read_text(encoding="utf-8")
        assert re.sub(r'"st(art|op)":\d+', "", written) == re.sub(r'"st(art|op)":\d+', "", alone[name]), name
    report = json.loads(alone["json"])
    REPORTS.validate(report)
    assert report["pack"] == "library"
    assert report["digest"].startswith("sha256:")
    assert len(json.loads(alone["gitlab"])[0]["fingerprint"]) == 32
    assert (
        json.loads(alone["ctrf"])["results"]["summary"]["tests"] == 6
    )  # two orders, and four rules that were not checked


@pytest.mark.usefixtures("_cached")
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("sarif", "'sarif' is no FORMAT=PATH"),
        ("sarfi=a", "Did you mean 'sarif'?"),
        ("json=a", "two reports go to"),
    ],
)
def test_an_output_that_cannot_be_is_refused(given: str, told: str) -> None:
    err = io.StringIO()
    code = main(["validate", LOAN, "--pack", LIBRARY, "--output", given, "--output", "tap=a"], io.StringIO(), err)
    assert code == 2
    assert told in err.getvalue()


@pytest.mark.usefixtures("_cached")
@pytest.mark.parametrize(
    "argv", [("check", LIBRARY), ("run", "--pack", LIBRARY), ("verify", "card", "--pack", LIBRARY)]
)
def test_other_commands_print_these_formats_too(argv: tuple[str, ...]) -> None:
    for name in ("sarif", "junit", "ctrf"):
        out = io.StringIO()
        assert main([*argv, "--format", name], out, io.StringIO()) == 0
        assert list(RULES[name](out.getvalue())) == []
    tests = json.loads(out.getvalue())["results"]["summary"]
    assert tests["tests"] == tests["passed"] > 0


def test_every_format_is_placed() -> None:
    """A format that lists what is clean needs every document; one that does not must say so."""
    assert set(ALL) - formats.OF_FINDINGS == {"json", "ndjson", "junit", "tap", "ctrf"}
