"""`--watch`: what is saved is judged again, without a restart."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from covage_model.cli import watching
from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = str(ROOT / "tests" / "packs" / "library")
LOAN = (ROOT / "tests" / "packs" / "library" / "examples" / "loan-home.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.chdir(tmp_path)
    Path("loan.yaml").write_text(LOAN, encoding="utf-8")


def test_what_is_saved_or_new_or_gone_is_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each pause stands for somebody at an editor; nothing is judged where nothing changed, and Ctrl-C ends it."""
    saves: Iterator[str | None] = iter([None, "loan", None, "new", "gone", "stop"])

    def sleep(seconds: float) -> None:
        assert seconds < 0.1
        match next(saves):
            case "loan":
                Path("loan.yaml").write_text(LOAN + "unknown_field: 1\n", encoding="utf-8")
            case "new":
                Path("other.yaml").write_text(LOAN, encoding="utf-8")
            case "gone":
                Path("loan.yaml").unlink()
            case "stop":
                raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", sleep)
    out, err = io.StringIO(), io.StringIO()
    assert main(["validate", ".", "--watch", "--pack", LIBRARY], out, err) == 0
    lines = [line for line in out.getvalue().splitlines() if "document" in line]
    assert [line.split(":")[0] for line in lines] == [
        "1 document, 1 clean", "1 document, 0 clean", "2 documents, 1 clean", "1 document, 1 clean",
    ]  # fmt: skip
    assert err.getvalue().count("changed: ") == 3
    assert "changed: ./other.yaml\n" in err.getvalue()


def test_a_file_that_is_replaced_within_the_same_moment_is_seen() -> None:
    before = watching.stamps(["loan.yaml"])
    status = os.stat("loan.yaml")
    Path("next.yaml").write_text(LOAN, encoding="utf-8")
    os.utime("next.yaml", ns=(status.st_atime_ns, status.st_mtime_ns))
    os.replace("next.yaml", "loan.yaml")
    assert watching.stamps(["loan.yaml"]) != before


def test_a_change_of_the_pack_is_seen() -> None:
    Path("pack").mkdir()
    Path("pack/pack.yaml").write_text("pack: p\n", encoding="utf-8")
    assert list(watching.files_of(["loan.yaml"], (), ("pack", "covage"))) == ["loan.yaml", "pack/pack.yaml"]


@pytest.mark.parametrize("more", [("-",), (".", "--quarantine", "q"), (".", "--update-baseline", "--baseline", "b")])
def test_what_cannot_be_watched_is_refused(more: tuple[str, ...]) -> None:
    assert main(["validate", *more, "--watch", "--pack", LIBRARY], io.StringIO(), io.StringIO()) == 2
