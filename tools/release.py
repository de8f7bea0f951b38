"""
Makes a release ready: builds the archives, tries the wheel, and describes both. Publishing them is somebody's click.

What stands in the way of a release (changes that are not committed, a changelog that says unreleased) is told, and the
exit code is 1; the archives are there all the same.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
IN_WHEEL = ("covage_model/specs/covage/pack.yaml", "covage_model/schemas/spec-1.json", "covage_model/py.typed")


def main() -> int:
    """Build, check and describe; 1 if something stands in the way."""
    version = re.findall(r'VERSION = "([^"]+)"', (ROOT / "src/covage_model/version.py").read_text(encoding="utf-8"))[0]
    shutil.rmtree(DIST, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(DIST), str(ROOT)], check=True)
    archives = sorted(DIST.iterdir())
    problems = [*not_ready(version), *wrong(archives, version)]
    print(f"\ncovage-model {version}")
    for path in archives:
        content = path.read_bytes()
        print(f"  {path.relative_to(ROOT)}  {len(content):,} bytes  sha256:{hashlib.sha256(content).hexdigest()}")
    print(f"\n{changes(version)}")
    for problem in problems:
        print(f"not ready: {problem}")
    if not problems:
        print("ready: upload dist/ with the tool of your index, and tag this commit " + f"v{version}")
    return int(bool(problems))


def not_ready(version: str) -> Iterator[str]:
    """What stands in the way besides the archives."""
    git = ["git", "status", "--porcelain"]
    status = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True)  # the git of whoever releases
    if status.stdout:
        yield "there are changes that are not committed"
    head = re.findall(
        rf"^## {re.escape(version)}(.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    if not head:
        yield f"CHANGELOG.md has no section {version}"
    elif "unreleased" in head[0]:
        yield f"CHANGELOG.md says that {version} is unreleased: put the day there"


def wrong(archives: list[Path], version: str) -> Iterator[str]:
    """What is wrong with the archives: their names, what they lack, and whether the wheel runs."""
    names = [path.name for path in archives]
    if names != [f"covage_model-{version}-py3-none-any.whl", f"covage_model-{version}.tar.gz"]:
        yield f"dist/ has {', '.join(names)}"
        return
    inside = zipfile.ZipFile(archives[0]).namelist()
    yield from (f"the wheel has no {name}" for name in IN_WHEEL if name not in inside)
    with tarfile.open(archives[1]) as source:
        if not any(name.endswith("/LICENSE") for name in source.getnames()):
            yield "the source archive has no LICENSE"
    with tempfile.TemporaryDirectory() as folder:
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", folder]
        subprocess.run([*install, str(archives[0])], check=True)
        tried = [sys.executable, "-m", "covage_model", "check", "covage"]
        done = subprocess.run(
            tried, cwd=folder, env={**os.environ, "PYTHONPATH": folder}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            yield f"the installed wheel cannot check its own pack: {done.stdout}{done.stderr}"


def changes(version: str) -> str:
    """The section of the changelog about this version."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(version)}.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[0].strip() if found else ""


if __name__ == "__main__":
    sys.exit(main())
