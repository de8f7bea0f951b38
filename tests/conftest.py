"""
Which tests try hard: by many examples, hostile files, processes of their own.

The coverage tracer rests while they run: it would double their time and show nothing new. The
other tests must reach the bar alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

HARD_FILES = frozenset(
    {"test_cache", "test_hostile", "test_init_and_examples", "test_readme", "test_spec_schema", "test_wheel"}
)
HARD_FOLDERS = frozenset({"properties", "oracle"})
HARD_WORDS = ("mutation", "explodes", "memory_of", "linear_in", "hostile")
TRACED_CHILDREN = "COVERAGE_PROCESS_CONFIG"  # makes processes that a test starts be traced too


def tries_hard(item: pytest.Item) -> bool:
    if item.path.stem in HARD_FILES or item.path.parent.name in HARD_FOLDERS:
        return True
    return any(word in item.name for word in HARD_WORDS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    tracer = _tracer() if tries_hard(item) else None
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
