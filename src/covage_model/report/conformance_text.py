"""Suites of order files, and what somebody's validator said of one, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from covage_model.api.conform import ValidatorAnswer
from covage_model.api.order_suites import OrderSuite
from covage_model.ground import codes
from covage_model.ground.diagnostics import Diagnostic
from covage_model.quality.mutants.operators import sentence
from covage_model.quality.order_suites.missed import Unnoticed
from covage_model.report import data, text

_REASONS = {"same": "nothing derived differs", "redundant": "others say so", "unseen": "no order shows it"}


def suite(built: OrderSuite, out: str, language: str) -> str:
    """How large a suite is, and which definitions could vanish unnoticed, with what makes them redundant."""
    valid = sum(not file.expected for file in built.files)
    lines = [
        f"wrote {out}: {len(built.files)} files, {valid} valid and {len(built.files) - valid} invalid, none needless",
        f"{built.watched} definitions are watched: without one, a file gets another verdict",
    ]
    if built.missed:
        lines.append(f"{len(built.missed)} could vanish unnoticed:")
        lines += [_unnoticed(built, missed, language) for missed in built.missed]
    if built.unshown:
        lines.append(f"in no valid file, for none was found that holds it: {len(built.unshown)}")
        shown = (f"  {built.spec_file(one.file)}:{one.line}: {one.detail}" for one in built.unshown)
        lines += [codes.spelled(line, bare=True) for line in shown]
    return "\n".join(lines) + "\n"


def _unnoticed(built: OrderSuite, missed: Unnoticed, language: str) -> str:
    at = missed.mutant.origin.location
    because = ", ".join(f"{built.spec_file(line.location.file)}:{line.location.line}" for line in missed.lines)
    line = f"  {built.spec_file(at.file)}:{at.line}: {sentence(missed.mutant, language)}: {_REASONS[missed.why]}"
    return codes.spelled(line + (f" ({because})" if because else ""), bare=True)


def answers(found: Sequence[ValidatorAnswer], findings: Sequence[Diagnostic]) -> str:
    """What is wrong with the suite, then each file on which the command disagrees, then how many there are."""
    lines = []
    disagreeing = [one for one in found if not one.agrees]
    for one in (one for one in disagreeing if one.said is not None):
        entry = one.entry
        what = ", ".join(f"{f['code']} {f['pointer']}" for f in entry.get("findings", ())) or "nothing"
        lines.append(codes.spelled(f"{entry['file']}: {one.why}; expected: {what}", bare=True))
        shows = "; ".join(_shows(said) for said in entry.get("own", ())[:2] if isinstance(said, dict))
        lines += [codes.spelled(f"    it alone shows {shows}", bare=True)] if shows else []
    asked = sum(one.said is not None for one in found)
    wrong = sum(one.said is not None for one in disagreeing)
    lines.append(f"{asked} files asked about, {asked - wrong} as expected" + (f", {wrong} not" if wrong else ""))
    altered = len(disagreeing) - wrong
    if altered:
        lines.append(f"{altered} not asked about: they are not what was written")
    for why, number in Counter(one.why for one in found if one.said is None and one.agrees).items():
        lines.append(f"{number} not asked about: {why}")
    if not asked:
        lines.append("nothing is known of the command: it was asked about no file")
    return text.findings(findings) + "\n".join(lines) + "\n"


def _shows(said: dict[str, Any]) -> str:
    return f"{said.get('kind')} {said.get('detail')} ({said.get('file')}:{said.get('line')})"


def answers_data(found: Sequence[ValidatorAnswer], findings: Sequence[Diagnostic]) -> dict[str, Any]:
    """The same as plain data."""
    return {
        **data.head("conform"),
        "findings": [data.finding(one, "en") for one in findings],
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
