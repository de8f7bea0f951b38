"""The built wheel works by itself: in a clean environment and an empty folder, without checkout and extras."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment with only the wheel and its dependencies."""
    home = tmp_path_factory.mktemp("wheel")
    source = home / "source"
    source.mkdir()
    for name in ("src", "specs", "schemas"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(home), str(source)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = home.glob("*.whl")
    venv.create(home / "venv", with_pip=False)
    python = home / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, str(wheel)], check=True)
    return python.parent


def test_the_wheel_judges_an_order_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "specs/covage/examples/valid/copper-create-minimal.json", tmp_path / "order.json")
    command = [str(installed / "covage-model"), "validate", "order.json"]
    for _ in range(2):  # the second time from the cache
        done = subprocess.run(
            command,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={"XDG_CACHE_HOME": str(tmp_path / "cache")},
        )
        assert done.stderr == ""
        assert done.returncode == 0
        assert done.stdout.endswith("1 document, 1 clean: 8 rules not checked\n")


@pytest.mark.long
def test_the_wheel_draws_and_plays_without_extras(installed: Path, tmp_path: Path) -> None:
    model = str(installed / "covage-model")
    subprocess.run([model, "draw", "activate", "--out", "activate.svg"], cwd=tmp_path, check=True)
    assert (tmp_path / "activate.svg").read_text(encoding="utf-8").startswith("<!-- dot sha256:")
    played = subprocess.run([model, "run"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert played.stdout.endswith(" scenarios, 0 failed\n")
