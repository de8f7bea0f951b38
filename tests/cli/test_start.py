"""What a start of the command does without: to judge one clean order, little is loaded and read."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from covage_model import generate_orders, load_pack
from covage_model.api import cache
from covage_model.cli.main import main

LATE = ("inspect", "yaml", "msgspec", "numpy", "jsonschema", "tempfile", "covage_model.documents.judge.hints")


@pytest.fixture
def order(tmp_path: Path) -> str:
    path = tmp_path / "order.json"
    path.write_text(json.dumps(next(iter(generate_orders(load_pack(), "activate-copper/activate", count=1, seed=1)))))
    assert main(["validate", str(path)], io.StringIO(), io.StringIO()) == 0  # the pack is cached
    return str(path)


def test_a_clean_order_is_judged_without_the_complete_pack(order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "read_pack", None)
    cache._decoded.clear()
    out = io.StringIO()
    assert main(["validate", order], out, io.StringIO()) == 0
    assert "rules not checked" in out.getvalue()


def test_a_clean_order_is_judged_without_what_only_others_need(order: str) -> None:
    late = f"print(*(name for name in {LATE} if type(sys.modules.get(name)).__name__ == 'module'))"
    call = f"import sys\nfrom covage_model.cli.main import main\nmain(['validate', {order!r}])\n{late}"
    untraced = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True, env=untraced)
    assert done.stdout.splitlines()[-1] == ""
