"""What is included in several ways is there once: work and limits depend on what is written."""

from pathlib import Path

from covage_model import load_pack

PACK = "pack: small\nformat: 1\nlanguages: [en]\nactors: {a: Ann}\n"
LIFE = """standing: inferred
states: {open: {initial: true}, over: {final: success}}
transitions:
  done: {by: a, from: open, to: over}
"""
ORDER = "standing: inferred\nfields:\n  kind: {type: string, required: true}\n"
LEVELS = 25  # 2 to the power of it are too many ways


def test_types_included_through_diamonds_are_laid_out_once(tmp_path: Path) -> None:
    types = ["types:", "  t0: {fields: {f0: {type: string, required: true}}}"]
    for level in range(1, LEVELS):
        types += [f"  {side}{level}: {{include: [t{level - 1}]}}" for side in "ab"]
        types += [f"  t{level}: {{include: [a{level}, b{level}], fields: {{f{level}: {{type: string}}}}}}"]
    (tmp_path / "pack.yaml").write_text(PACK)
    (tmp_path / "life.yaml").write_text(f"lifecycle: life\n{LIFE}")
    (tmp_path / "types.yaml").write_text("\n".join(types))
    (tmp_path / "order.yaml").write_text(f"order: thing\nfollows: life\ninclude: [t{LEVELS - 1}]\n{ORDER}")
    pack = load_pack(str(tmp_path))
    assert pack.findings == ()
    sheet = pack.judge.sheet("thing")
    assert set(sheet.root.properties or {}) == {"kind", *(f"f{level}" for level in range(LEVELS))}
    assert [demand.path for demand in sheet.required] == [("f0",), ("kind",)]


def test_a_lifecycle_included_through_diamonds_is_defined_once(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK)
    (tmp_path / "l0.yaml").write_text(f"lifecycle: l0\n{LIFE}")
    for level in range(1, LEVELS):
        for side in "ab":
            own = f"lifecycle: {side}{level}\nstanding: inferred\ninclude: [l{level - 1}]\n"
            own += f"variables: {{{side}{level}: [yes-, no-]}}\n" if level < 3 else ""
            (tmp_path / f"{side}{level}.yaml").write_text(own)
        both = f"lifecycle: l{level}\nstanding: inferred\ninclude: [a{level}, b{level}]\n"
        (tmp_path / f"l{level}.yaml").write_text(both)
    (tmp_path / "order.yaml").write_text(f"order: thing\nfollows: l{LEVELS - 1}\n{ORDER}")
    pack = load_pack(str(tmp_path))
    assert [finding for finding in pack.findings if finding.code == "CM201"] == []
    assert [variable.name for variable in pack.spec.lifecycle(f"l{LEVELS - 1}").variables] == ["a1", "b1", "a2", "b2"]
