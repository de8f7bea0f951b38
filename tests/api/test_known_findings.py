"""What does not fail a gate: a baseline, suppressions with an end, files that have not changed, and the exit code."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from covage_model.api import known_findings
from covage_model.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = str(ROOT / "tests" / "packs" / "library")
LOAN = (ROOT / "tests" / "packs" / "library" / "examples" / "loan-home.yaml").read_text(encoding="utf-8")
REPORTS = Draft202012Validator(json.loads((ROOT / "schemas" / "report-1.json").read_text(encoding="utf-8")))


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.chdir(tmp_path)
    Path("loan.yaml").write_text(LOAN + "unknown_field: 1\n", encoding="utf-8")


def said(*argv: str) -> tuple[str, int]:
    out = io.StringIO()
    code = main(["validate", *argv, "--pack", LIBRARY], out, out)
    return out.getvalue(), code


def report(*argv: str) -> dict[str, object]:
    data: dict[str, object] = json.loads(said(*argv, "--format", "json")[0])
    REPORTS.validate(data)
    return data


def test_what_is_in_the_baseline_does_not_fail_and_what_is_new_does() -> None:
    assert said("loan.yaml")[1] == 1
    text, code = said("loan.yaml", "--baseline", "base.json", "--update-baseline")
    assert (code, "the baseline has 1 finding\n" in text) == (0, True)
    text, code = said("loan.yaml", "--baseline", "base.json")
    assert (code, "CM406" in text) == (0, False)
    assert "1 finding is in the baseline: not counted" in text
    Path("loan.yaml").write_text(LOAN + "unknown_field: 1\nother_field: 1\n", encoding="utf-8")
    text, code = said("loan.yaml", "--baseline", "base.json")
    assert (code, "'other_field'" in text) == (1, True)  # the order has no key: changed, it is another


def test_an_order_with_a_key_is_the_same_when_it_changes() -> None:
    order = {"type": "activate", "activation_type": "create", "product": {"code": "AM01"}, "operator_order_ref": "R1"}

    def judged(**more: object) -> tuple[str, int]:
        Path("o.json").write_text(json.dumps({**order, **more}), encoding="utf-8")
        out = io.StringIO()
        code = main(["validate", "o.json", "--baseline", "base.json", *update], out, out)
        return out.getvalue(), code

    update = ["--update-baseline"]
    assert judged(unknown=1)[1] == 0
    update = []
    text, code = judged(unknown=2, other=1)
    assert (code, text.count(": error CM")) == (1, 1)
    assert "there is no field 'other' here" in text


def test_what_moved_or_is_worded_otherwise_is_still_known() -> None:
    said("loan.yaml", "--baseline", "base.json", "--update-baseline")
    Path("moved.yaml").write_text("\n\n" + LOAN + "unknown_field: 1\n", encoding="utf-8")
    assert said("moved.yaml", "--baseline", "base.json")[1] == 0


def test_what_is_gone_is_told() -> None:
    said("loan.yaml", "--baseline", "base.json", "--update-baseline")
    Path("loan.yaml").write_text(LOAN, encoding="utf-8")
    text, code = said("loan.yaml", "--baseline", "base.json")
    assert code == 0
    assert "1 finding of the baseline is gone: see --update-baseline\n    CM406 /unknown_field\n" in text
    gone = report("loan.yaml", "--baseline", "base.json")["baseline"]
    assert isinstance(gone, dict)
    assert [item["code"] for item in gone["gone"]] == ["CM406"]
    assert "1 constat de la référence a disparu" in said("loan.yaml", "--baseline", "base.json", "--lang", "fr")[0]
    said("loan.yaml", "--baseline", "base.json", "--update-baseline")
    assert "gone" not in said("loan.yaml", "--baseline", "base.json")[0]


def test_a_finding_that_comes_once_more_is_new() -> None:
    Path("two.yaml").write_text(f"{LOAN}unknown_field: 1\n---\n{LOAN}unknown_field: 1\n", encoding="utf-8")
    said("loan.yaml", "--baseline", "base.json", "--update-baseline")
    text, code = said("two.yaml", "--baseline", "base.json")
    assert (code, text.count("error CM406")) == (1, 1)


def test_what_cannot_be_read_is_never_known() -> None:
    Path("bad.json").write_text("{", encoding="utf-8")
    said("bad.json", "--baseline", "base.json", "--update-baseline")
    assert said("bad.json", "--baseline", "base.json")[1] == 4


def test_a_baseline_holds_no_value_and_no_path() -> None:
    Path("loan.yaml").write_text(LOAN + "unknown_field: secret\n", encoding="utf-8")
    said("loan.yaml", "--baseline", "base.json", "--update-baseline")
    content = Path("base.json").read_text(encoding="utf-8")
    assert "secret" not in content
    assert "loan.yaml" not in content


def test_a_suppression_holds_until_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    def suppressed(until: str, more: str = 'code = "CM406"') -> tuple[str, int]:
        Path("s.toml").write_text(f'[[suppress]]\n{more}\nreason = "why not"\nuntil = {until}\n', encoding="utf-8")
        return said("loan.yaml", "--suppressions", "s.toml")

    today = dt.date.today()
    assert suppressed(today.isoformat())[1] == 0
    text, code = suppressed((today - dt.timedelta(days=1)).isoformat())
    assert code == 1
    assert "a suppression has ended on" in text
    assert "why not" in text
    assert suppressed("2999-01-01", 'pointer = "/*"')[1] == 0
    text, code = suppressed("2999-01-01", 'pointer = "/*/*"')
    assert (code, "fits nothing" in text) == (1, True)
    assert suppressed("2999-01-01", 'rule = "x"')[1] == 1
    assert suppressed("2999-01-01", 'key = "x"')[1] == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x", "is no TOML"),
        ("a = 1", "starts with [[suppress]]"),
        ('[[suppress]]\ncode = "CM406"\n', "say a reason, and until which day"),
        ('[[suppress]]\ncode = "CM406"\nreason = "r"\nuntil = "2027-01-01"\n', "a day without quotes"),
        ('[[suppress]]\nreason = "r"\nuntil = 2027-01-01\n', "say which findings"),
        ('[[suppress]]\ncode = "CM999"\nreason = "r"\nuntil = 2027-01-01\n', "there is no code CM999"),
        ('[[suppress]]\ncode = "CM001"\nreason = "r"\nuntil = 2027-01-01\n', "cannot be suppressed"),
        ('[[suppress]]\nkode = "CM406"\nreason = "r"\nuntil = 2027-01-01\n', "there is no 'kode'"),
    ],
)
def test_a_wrong_suppression_is_refused(text: str, told: str) -> None:
    Path("s.toml").write_text(text, encoding="utf-8")
    with pytest.raises(known_findings.UnusableFile, match=told.replace("[", r"\[")):
        known_findings.read_suppressions("s.toml")
    assert said("loan.yaml", "--suppressions", "s.toml")[1] == 2


@pytest.mark.parametrize("text", ["", "[]", '{"format": 2, "findings": []}', '{"format": 1, "findings": [{}]}'])
def test_a_wrong_baseline_is_refused(text: str) -> None:
    Path("base.json").write_text(text, encoding="utf-8")
    out, code = said("loan.yaml", "--baseline", "base.json")
    assert (code, "is no baseline" in out) == (2, True)
    assert said("loan.yaml", "--baseline", "none.json")[1] == 2
    assert said("loan.yaml", "--update-baseline")[1] == 2


def test_check_knows_baselines_too() -> None:
    pack = Path("pack")
    pack.mkdir()
    (pack / "pack.yaml").write_text(
        "pack: p\nformat: 1\nlanguages: [en]\nactors: {}\nkey_with_no_use: 1\n", encoding="utf-8"
    )
    out = io.StringIO()
    argv = ["check", "pack", "--baseline", "base.json"]
    assert main(argv[:2], out, out) == 1
    assert main([*argv, "--update-baseline"], out, out) in (0, 1)
    out = io.StringIO()
    main(argv, out, out)
    assert "CM101" not in out.getvalue()


def test_what_fails_is_chosen() -> None:
    out = io.StringIO()
    warned = ROOT / "tests" / "golden" / "CM402-missing"
    assert warned.exists()
    assert said("loan.yaml", "--exit-zero")[1] == 0
    assert report("loan.yaml", "--exit-zero")["exit_code"] == 0
    Path("bad.json").write_text("{", encoding="utf-8")
    assert said("bad.json", "--exit-zero")[1] == 4
    Path("loan.yaml").write_text(LOAN, encoding="utf-8")
    counts = report("loan.yaml")["totals"]
    assert isinstance(counts, dict)
    assert said("loan.yaml", "--fail-on", "error")[1] == 0
    assert said("loan.yaml", "--fail-on", "warning")[1] == int(counts["warning"] > 0)
    assert said("loan.yaml", "--fail-on", "unchecked")[1] == int(counts["warning"] + counts["not-checked"] > 0)
    assert out.getvalue() == ""


def git(*words: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)


def test_only_what_git_says_changed_is_judged() -> None:
    Path("orders").mkdir()
    for name in ("same", "changed"):
        Path(f"orders/{name}.yaml").write_text(LOAN, encoding="utf-8")
    git("init", ".")
    git("add", ".")
    git("commit", "-m", "first")
    text, code = said("orders", "--changed-since", "HEAD")
    assert code == 0
    assert "not changed since HEAD, and not judged: 2 files\n" in text
    Path("orders/changed.yaml").write_text(LOAN + "unknown_field: 1\n", encoding="utf-8")
    Path("orders/new.yaml").write_text(LOAN, encoding="utf-8")
    data = json.loads(said("orders", "--changed-since", "HEAD", "--format", "json")[0].partition("\n")[2] or "{}")
    assert [one["file"] for one in data["documents"]] == ["orders/changed.yaml", "orders/new.yaml"]
    assert said("orders", "--changed-since", "nothing")[1] == 2
    assert said("orders", "--changed-since", "--output=x")[1] == 2
    assert said("orders", "none.yaml", "--changed-since", "HEAD")[1] == 4


def test_without_git_there_are_no_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    assert said("loan.yaml", "--changed-since", "HEAD")[1] == 2
    monkeypatch.setenv("PATH", "")
    text, code = said("loan.yaml", "--changed-since", "HEAD")
    assert (code, "git cannot be run" in text) == (2, True)
