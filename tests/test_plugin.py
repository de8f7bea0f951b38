"""The pytest plugin, in runs of pytest of their own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
LIBRARY = Path(__file__).resolve().parent / "packs" / "library"
SETTINGS = """\
[pytest]
covage_pack = {pack}
covage_scenarios = specs
covage_orders = orders
{more}
"""
GOOD = "scenario: nothing is lent from a draft\ngiven: {order: loan/home}\nsteps:\n  - refused: {lend: state}\n"
BAD = "scenario: a draft is lent\ngiven: {order: loan/home}\nsteps:\n  - lend\n"


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini(SETTINGS.format(pack=LIBRARY, more=""))
    (pytester.path / "specs").mkdir()
    (pytester.path / "specs" / "draft.scenario.yaml").write_text(GOOD)
    (pytester.path / "specs" / "notes.yaml").write_text("a: note\n")
    (pytester.path / "orders").mkdir()
    return pytester


def ran(project: pytest.Pytester, *argv: str) -> pytest.RunResult:
    return project.runpytest_subprocess("-p", "no:cacheprovider", "-W", "error", *argv)


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
    ran(project, "specs/draft.scenario.yaml").assert_outcomes(passed=1)


def test_without_settings_nothing_is_looked_at(pytester: pytest.Pytester) -> None:
    (pytester.path / "draft.scenario.yaml").write_text(BAD)
    pytester.makepyfile(
        "import sys\ndef test_it():\n    assert not [name for name in sys.modules if name.startswith('covage_model.api')]\n"
    )
    ran(pytester).assert_outcomes(passed=1)


def test_strict_counts_what_was_not_checked(project: pytest.Pytester) -> None:
    valid = min((LIBRARY / "examples").glob("loan-home.*"))
    (project.path / "orders" / valid.name).write_bytes(valid.read_bytes())
    ran(project).assert_outcomes(passed=2)
    project.makeini(SETTINGS.format(pack=LIBRARY, more="covage_strict = true"))
    ran(project).assert_outcomes(passed=1, failed=1)
    account = next((LIBRARY / "accounts").glob("aline.*"))
    project.makeini(SETTINGS.format(pack=LIBRARY, more=f"covage_strict = true\ncovage_account = {account}"))
    ran(project).assert_outcomes(passed=2)


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_what_was_exercised_is_recorded_whoever_ran_it(project: pytest.Pytester, workers: tuple[str, ...]) -> None:
    (project.path / "specs" / "again.scenario.yaml").write_text(GOOD)
    ran(project, "--covage-save-coverage", "record.json", *workers).assert_outcomes(passed=2)
    record = json.loads((project.path / "record.json").read_text())
    assert record == json.loads(recorded(project))


def recorded(project: pytest.Pytester) -> str:
    """What the command line records of the same scenarios."""
    done = project.run(
        sys.executable, "-m", "covage_model", "run", "--pack", str(LIBRARY), "specs", "--save-coverage", "own.json"
    )
    assert done.ret == 0
    return (project.path / "own.json").read_text()


def test_a_pack_that_is_none_or_broken_is_said_once(project: pytest.Pytester) -> None:
    project.makeini(SETTINGS.format(pack="no-such-pack", more=""))
    result = ran(project)
    assert result.ret != 0
    assert "is neither a folder nor a bundled pack" in result.stdout.str() + result.stderr.str()
