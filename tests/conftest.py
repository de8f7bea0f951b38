"""
What the agreement tests reached, printed at the end; and which tests try hard: by many examples, hostile files, processes of their own.

The coverage tracer rests while they run: it would take two to four times as long and show nothing new. It also
rests for two of three cases of a test with parameters. What it watches must reach the bar alone. A test of
another file says that it tries hard by `@pytest.mark.hard`.
"""

from __future__ import annotations

import gc
import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

import agreement
import pytest
from effort import LONG

HARD_FILES = frozenset(
    {
        "test_cache",
        "test_example",
        "test_hostile",
        "test_readme",
        "test_spec_schema",
        "test_unready",
        "test_wheel",
    }
)
HARD_FOLDERS = frozenset({"agreements", "oracle"})
HARD_WORDS = (
    "mutation",
    "explodes",
    "memory_of",
    "linear_in",
    "hostile",
    "live_machine_agrees",
    "system_tells_is_held",
    "order_drawn_is_clean",
)
os.environ["LC_ALL"] = "C.UTF-8"  # what is printed is English, whoever runs the tests
for _name in ("CI", "GITHUB_ACTIONS", "GITLAB_CI", "JENKINS_URL", "TF_BUILD", "TEAMCITY_VERSION", "BUILDKITE"):
    os.environ.pop(_name, None)  # text is as on the terminal of a person, wherever the tests run
if "PYTEST_XDIST_WORKER" not in os.environ:  # one cache for all workers, removed at the end, and not the developer's
    CACHE = tempfile.TemporaryDirectory(prefix="covage-model-tests-")
    os.environ["XDG_CACHE_HOME"] = CACHE.name
EACH = 3  # of the cases of a test with parameters, the first and each third one after it is traced
UNTRACED = pytest.StashKey[bool]()
TRACED_CHILDREN = "COVERAGE_PROCESS_CONFIG"  # makes processes that a test starts be traced too


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--one-each", action="store_true", help="of each agreement test the first case alone")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--one-each"):
        kept: dict[str, pytest.Item] = {}
        for item in items:
            agrees = item.path.parent.name in HARD_FOLDERS
            kept.setdefault(item.nodeid.partition("[")[0] if agrees else item.nodeid, item)
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept.values())])
        items[:] = kept.values()
    if not LONG:
        left = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in set(left)]
    # the longest first, so that no process waits for them at the end
    items.sort(key=lambda item: item.path.stem not in HARD_FILES)
    gc.freeze()  # what pytest and the modules made stays; collecting it again and again takes a tenth of the time
    gc.set_threshold(100_000, 20, 100)
    cases: Counter[str] = Counter()
    for item in items:
        name = item.nodeid.partition("[")[0]
        item.stash[UNTRACED] = tries_hard(item) or cases[name] % EACH != 0
        cases[name] += 1


def pytest_collection_finish() -> None:
    """Under a tracer every module is loaded before a test can load it untraced: its first lines would count as not run."""
    if _tracer() is not None:
        source = Path(__file__).resolve().parent.parent / "src"
        for path in sorted(source.rglob("*.py")):
            if path.stem != "__main__":
                names = path.relative_to(source).with_suffix("").parts
                import_module(".".join(names).removesuffix(".__init__"))


def tries_hard(item: pytest.Item) -> bool:
    if item.get_closest_marker("hard") or item.path.stem in HARD_FILES or item.path.parent.name in HARD_FOLDERS:
        return True
    return any(word in item.name for word in HARD_WORDS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    tracer = _tracer() if item.stash[UNTRACED] else None
    if tracer is None:
        return (yield)
    children = os.environ.pop(TRACED_CHILDREN, None)
    tracer.stop()
    try:
        return (yield)
    finally:
        tracer.start()
        if children is not None:
            os.environ[TRACED_CHILDREN] = children


def _tracer():
    try:
        from coverage import Coverage
    except ImportError:  # the tests run without it too
        return None
    return Coverage.current()


@pytest.fixture
def record(record_property: Callable[[str, object], None]) -> agreement.Record:
    """Puts counts on record, for the table at the end."""

    def say(what: str, *counts: Mapping[str, int]) -> None:
        record_property(agreement.PROPERTY, [what, {name: number for some in counts for name, number in some.items()}])

    return say


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    found = agreement.added(said for report in reports if report.when == "call" for said in report.user_properties)
    if path := os.environ.get("COVAGE_PROOF"):
        outcomes = {
            kind: len(terminalreporter.stats.get(kind, ())) for kind in ("passed", "skipped", "failed", "error")
        }
        Path(path).write_text(json.dumps({"tests": outcomes, **found}), encoding="utf-8")
    if found:
        terminalreporter.section("agreement on record")
        for line in agreement.lines(found):
            terminalreporter.write_line(line)
