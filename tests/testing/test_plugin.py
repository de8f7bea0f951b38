"""The pytest plugin, in runs of pytest of their own."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from covage_model import judge_files, load_pack, run_scenario
from covage_model.api.coverage import record_coverage
from covage_model.report import printing
from covage_model.report.subjects import scenarios as reports

pytest_plugins = ["pytester"]
LIBRARY = Path(__file__).resolve().parent.parent / "packs" / "library"
LOAN = LIBRARY / "examples" / "loan-home.yaml"
SETTINGS = """\
[pytest]
covage_pack = {pack}
covage_scenarios = specs
covage_orders = orders
{more}
"""
GOOD = "scenario: nothing is lent from a draft\ngiven: {order: loan/home}\nsteps:\n  - refused: {lend: state}\n"
BAD = "scenario: a draft is lent\ngiven: {order: loan/home}\nsteps:\n  - lend\n"


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    Where the pack is remembered. It, and what plays and judges by it, is loaded once: runs in this process give
    back the modules that they import.
    """
    cache = tmp_path_factory.getbasetemp() / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        pack = load_pack(str(LIBRARY))
    played = run_scenario(pack, str(LIBRARY / "scenarios" / "run-card.yaml"))
    printing.text(reports.report(played, pack.spec, "en", trace=False))
    record_coverage(pack, [*played, *judge_files(pack, [str(LOAN)])])
    return cache


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, cached: Path) -> pytest.Pytester:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cached))
    pytester.makeini(SETTINGS.format(pack=LIBRARY, more=""))
    (pytester.path / "specs").mkdir()
    (pytester.path / "specs" / "draft.scenario.yaml").write_text(GOOD)
    (pytester.path / "specs" / "notes.yaml").write_text("a: note\n")
    (pytester.path / "orders").mkdir()
    return pytester


def ran(project: pytest.Pytester, *argv: str) -> pytest.RunResult:
    return project.runpytest_subprocess("-p", "no:cacheprovider", "-W", "error", *argv)


def here(project: pytest.Pytester, *argv: str) -> pytest.RunResult:
    """As `ran`, in this process: what needs no modules of its own is shown sooner."""
    return project.runpytest_inprocess("-p", "no:cacheprovider", "-W", "error", *argv)


def test_scenarios_and_orders_are_items(project: pytest.Pytester) -> None:
    (project.path / "orders" / "wrong.json").write_text('{"kind": "loan", "zipcode": 1}')
    (project.path / "specs" / "lent.scenario.yaml").write_text(BAD)
    result = ran(project)
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["*specs/lent.scenario.yaml:4:5: error CM502 lend was refused by state*"])
    result.stdout.fnmatch_lines(["*orders/wrong.json:1:*error CM4*"])
    assert "Traceback" not in result.stdout.str()
    assert "notes" not in result.stdout.str()


def test_paths_given_are_the_only_ones(project: pytest.Pytester) -> None:
    (project.path / "specs" / "lent.scenario.yaml").write_text(BAD)
    here(project, "specs/draft.scenario.yaml").assert_outcomes(passed=1)


def test_without_settings_nothing_is_looked_at(pytester: pytest.Pytester) -> None:
    (pytester.path / "draft.scenario.yaml").write_text(BAD)
    pytester.makepyfile(
        "import sys\ndef test_it():\n    assert not [name for name in sys.modules if name.startswith('covage_model.api')]\n"
    )
    ran(pytester).assert_outcomes(passed=1)


def test_strict_counts_what_was_not_checked(project: pytest.Pytester) -> None:
    valid = min((LIBRARY / "examples").glob("loan-home.*"))
    (project.path / "orders" / valid.name).write_bytes(valid.read_bytes())
    here(project).assert_outcomes(passed=2)
    project.makeini(SETTINGS.format(pack=LIBRARY, more="covage_strict = true"))
    here(project).assert_outcomes(passed=1, failed=1)
    account = next((LIBRARY / "accounts").glob("aline.*"))
    project.makeini(SETTINGS.format(pack=LIBRARY, more=f"covage_strict = true\ncovage_account = {account}"))
    here(project).assert_outcomes(passed=2)


@pytest.mark.parametrize("workers", [(), pytest.param(("-n", "2"), marks=pytest.mark.long)])
def test_what_was_exercised_is_recorded_whoever_ran_it(project: pytest.Pytester, workers: tuple[str, ...]) -> None:
    (project.path / "specs" / "again.scenario.yaml").write_text(GOOD)
    ran(project, "specs", "--covage-save-coverage", "made/record.json", *workers).assert_outcomes(passed=2)
    record = json.loads((project.path / "made" / "record.json").read_text())
    assert record == json.loads(recorded(project))


def recorded(project: pytest.Pytester) -> str:
    """What the command line records of the same scenarios."""
    done = project.run(
        sys.executable, "-m", "covage_model", "run", "--pack", str(LIBRARY), "specs", "--save-coverage", "own.json"
    )
    assert done.ret == 0
    return (project.path / "own.json").read_text()


def test_what_should_be_there_and_is_not_fails(project: pytest.Pytester) -> None:
    specs = project.path / "specs"
    specs.joinpath("draft.scenario.yaml").write_text("")
    specs.joinpath("typed.scenario.yml").write_text(GOOD.replace("scenario", "scenaro"))
    specs.joinpath("gone.yaml").symlink_to("nowhere.yaml")
    runs = [{"file": "loan/pairs-1.scenario.yaml"}, {"file": "../outside.scenario.yaml"}]
    specs.joinpath("suites.json").write_text(
        json.dumps({"format": 1, "command": "suites", "suites": [{"runs": runs}]}, indent=2)
    )
    result = here(project)
    assert set(re.findall("^FAILED (.*) - ", result.stdout.str(), re.MULTILINE)) == {
        "orders::orders",
        "specs/draft.scenario.yaml::draft",
        "specs/gone.yaml::gone",
        "specs/typed.scenario.yml::typed",
        "specs::specs/loan/pairs-1",
    }
    result.stdout.fnmatch_lines(["*pairs-1*error CM008 there is no such file, and specs/suites.json:* lists it"])
    result.stdout.fnmatch_lines(["*error CM412 no order file was found in orders"])
    result.assert_outcomes(failed=5)


def test_an_item_is_called_as_its_file_without_the_ending_and_the_hint_names_the_setting(
    project: pytest.Pytester,
) -> None:
    for name in ("pastry.cake.1.yaml", "pastry.cake.2.YAML"):
        (project.path / "orders" / name).write_bytes(LOAN.read_bytes())
    project.makeini(SETTINGS.format(pack=LIBRARY, more="covage_strict = true"))
    result = here(project, "-rA")
    assert set(re.findall("^(?:PASSED|FAILED) (\\S+)", result.stdout.str(), re.MULTILINE)) == {
        "orders/pastry.cake.1.yaml::pastry.cake.1",
        "orders/pastry.cake.2.YAML::pastry.cake.2",
        "specs/draft.scenario.yaml::draft",
    }
    assert "no account was given (covage_account)" in result.stdout.str()
    assert "--account" not in result.stdout.str()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("covage_scenarios = spec", "covage_scenarios: there is no file or folder spec; did you mean specs\\?$"),
        ("covage_orders = bought", "covage_orders: there is no file or folder bought$"),
        ("covage_account = me.json", "covage_account cannot be read:\nme.json: error CM008 there is no such file"),
        ("covage_account = specs", "covage_account cannot be read:\nspecs: error CM008 expected a file, not a folder"),
        ("covage_strict = maybe", "covage_strict: .*'maybe'"),
        ("covage_pack = no-such-pack", "covage_pack: 'no-such-pack' is neither a folder nor a bundled pack"),
        ("covage_pack = specs", "covage_pack is broken:\n.*CM"),
        ("covage_scenarios = specs/.hid", "norecursedirs keeps pytest out of specs/.hid: name another folder"),
        ("addopts = --covage-save-coverage=specs", "--covage-save-coverage: specs is a folder: name a file"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_a_usage_error(project: pytest.Pytester, setting: str, said: str) -> None:
    (project.path / "specs" / ".hid").mkdir()
    settings = dict(line.split(" = ") for line in SETTINGS.format(pack=LIBRARY, more="").splitlines()[1:] if line)
    name, value = setting.split(" = ")
    project.makeini("[pytest]\n" + "".join(f"{key} = {one}\n" for key, one in {**settings, name: value}.items()))
    with pytest.raises(pytest.UsageError, match=said):
        project.parseconfigure()


def test_recording_where_no_setting_names_anything_is_a_usage_error(pytester: pytest.Pytester) -> None:
    pytester.makeini(f"[pytest]\ncovage_pack = {LIBRARY}\n")
    with pytest.raises(pytest.UsageError, match="set covage_scenarios or covage_orders"):
        pytester.parseconfigure("--covage-save-coverage", "record.json")


def test_a_usage_error_is_said_once_without_a_traceback(project: pytest.Pytester) -> None:
    (project.path / "specs" / "lent.scenario.yaml").write_text(BAD)
    project.makeini(SETTINGS.format(pack="no-such-pack", more=""))
    result = here(project)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    told = result.stdout.str() + result.stderr.str()
    assert told.count("is neither a folder nor a bundled pack") == 1
    assert "Traceback" not in told


def test_a_record_of_nothing_is_not_written(project: pytest.Pytester) -> None:
    record = project.path / "record.json"
    record.write_text("as it was")
    result = here(project, "specs", "--collect-only", "--covage-save-coverage", "record.json")
    assert record.read_text() == "as it was"
    result.stdout.fnmatch_lines(["*nothing was judged or played: record.json was not written"])


def test_a_record_that_cannot_be_written_is_a_line_and_the_run_is_still_told(project: pytest.Pytester) -> None:
    result = here(project, "specs", "--covage-save-coverage", "specs/notes.yaml/record.json")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["--covage-save-coverage: cannot write specs/notes.yaml/record.json: *"])
    assert "Traceback" not in result.stdout.str() + result.stderr.str()
