"""Suites of order files, and what somebody's validator said of one, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from covage_model.api.conform import ValidatorAnswer
from covage_model.api.order_suites import OrderSuite
from covage_model.ground import codes
from covage_model.quality.mutants.operators import sentence
from covage_model.report import data


def suite(built: OrderSuite, out: str, language: str) -> str:
    """How large a suite is, and which definitions could vanish unnoticed, with what makes them redundant."""
    valid = sum(not one.expected for one in built.files)
    lines = [
        f"wrote {out}: {len(built.files)} files, {valid} valid and {len(built.files) - valid} invalid, none needless"
    ]
    lines.append(f"{built.watched} definitions are watched: without one, a file gets another verdict")
    if built.missed:
        lines.append(f"{len(built.missed)} could vanish unnoticed:")
    for one in built.missed:
        at = one.mutant.origin.location
        why = ", ".join(f"{o.location.file}:{o.location.line}" for o in one.lines)
        told = {"same": "nothing derived differs", "redundant": "others say so", "unseen": "no order shows it"}[one.why]
        lines.append(f"  {at.file}:{at.line}: {sentence(one.mutant, language)}: {told}" + (f" ({why})" if why else ""))
    if built.unshown:
        lines.append(f"in no valid file, for none was found that holds it: {len(built.unshown)}")
    lines += [codes.spelled(f"  {one.file}:{one.line}: {one.detail}", bare=True) for one in built.unshown]
    return "\n".join(lines) + "\n"


def answers(found: Sequence[ValidatorAnswer]) -> str:
    """Each file on which the command disagrees, with what was expected; then how many."""
    lines = []
    for one in (one for one in found if not one.agrees):
        entry = one.entry
        what = ", ".join(f"{f['code']} {f['pointer']}" for f in entry.get("findings", ())) or "nothing"
        lines.append(codes.spelled(f"{entry['file']}: {one.why}; expected: {what}", bare=True))
        shows = "; ".join(_shows(said) for said in entry.get("own", ())[:2] if isinstance(said, dict))
        lines += [codes.spelled(f"    it alone shows {shows}", bare=True)] if shows else []
    asked = sum(one.said is not None for one in found)
    wrong = sum(not one.agrees for one in found)
    lines.append(f"{asked} files asked about, {asked - wrong} as expected" + (f", {wrong} not" if wrong else ""))
    for why, number in Counter(one.why for one in found if one.said is None).items():
        lines.append(f"{number} not asked about: {why}")
    return "\n".join(lines) + "\n"


def _shows(said: dict[str, Any]) -> str:
    return f"{said.get('kind')} {said.get('detail')} ({said.get('file')}:{said.get('line')})"


def answers_data(found: Sequence[ValidatorAnswer]) -> dict[str, Any]:
    """The same as plain data."""
    return {
        **data.head("conform"),
        "files": [
            {
                "file": one.entry["file"],
                "verdict": one.entry["verdict"],
                "said": one.said,
                "agrees": one.agrees,
                "why": one.why,
            }
            for one in found
        ],
    }
