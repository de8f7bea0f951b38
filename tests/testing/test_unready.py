"""A lifecycle machine tries every reason not to be ready, the account's too; and it shrinks nothing twice."""

from __future__ import annotations

import time
import unittest
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test
from test_testing import System, packs, system

from covage_model import load_pack
from covage_model.documents.make.defects.defect import Invalid
from covage_model.documents.make.defects.unready import unready
from covage_model.ground.diagnostics import Severity
from covage_model.testing import lifecycle_machine
from covage_model.testing import machine as machines
from covage_model.testing.drive import Disagreement

FEW = settings(derandomize=True, database=None, max_examples=2, stateful_step_count=8)
CASES = [("covage", "terminate-copper"), ("library", "renewal"), ("library", "loan/remote")]


class Forgetful(System):
    """A back office that judges what it is sent, and has forgotten one line of the spec."""

    forgotten: Callable[[Any], bool]

    def create(self, document: Any, account: Any) -> object:
        self.document = document
        return System.create(self, document, account)

    def edit(self, document: Any) -> object:
        self.document = document
        return System.edit(self, document)

    def fire(self, trigger: str, actor: str) -> object:
        if trigger == "submit" and self.machine.state == "draft" and not self.machine.may(trigger):
            known = None if self.account is None else self.pack.judge.account(self.account, "account")
            blocking = self.pack.judge.blocking(self.variant, self.document, known, "submitted").findings
            if all(type(self).forgotten(one) for one in blocking):
                return True
        return System.fire(self, trigger, actor)


def said(pack: Any, variant: str, forgotten: Callable[[Any], bool]) -> str:
    made = type("Sut", (Forgetful,), {"pack": pack, "variant": variant, "forgotten": staticmethod(forgotten)})
    case = lifecycle_machine(pack, variant, adapter=made).TestCase
    case.settings = FEW
    with pytest.raises(Disagreement) as caught:
        case("runTest").debug()
    return str(caught.value)


@cache
def reasons(name: str, variant: str) -> list[Invalid]:
    return [one for one in unready(packs(name).judge, variant, "submitted") if one.alone]


@pytest.mark.parametrize(("name", "variant"), CASES[:2])
def test_whatever_line_a_system_has_forgotten_is_found(name: str, variant: str) -> None:
    found = reasons(name, variant)
    assert {"account-rule"} < {one.defect.kind for one in found}
    for one in found:
        text = said(packs(name), variant, lambda finding, one=one: finding.because == one.defect.origin)
        assert "the spec refuses submit" in text, one.defect
        assert one.expected[0].code in text
        assert "the system accepted it" in text


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_a_system_that_never_looks_at_the_account_is_found(name: str, variant: str) -> None:
    rules = {rule.origin for rule in packs(name).judge.sheet(variant).rules if rule.reads_account}
    assert "the system accepted it" in said(packs(name), variant, lambda finding: finding.because in rules)


def test_each_reason_is_an_error_that_begins_late(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: t\nformat: 1\nlanguages: [en]\nactors: {w: W}\naccount: who\n")
    (tmp_path / "who.yaml").write_text("types: {who: {fields: {level: {type: integer, required: true}}}}\n")
    (tmp_path / "walk.yaml").write_text(
        "lifecycle: walk\nstatus: step\nrequests: sent\nstates: {draft: {initial: true, editable: w}, sent: {}}\n"
        "transitions: {send: {by: w, from: draft, to: sent, guard: {document: sent}}}\n"
    )
    (tmp_path / "order.yaml").write_text(
        "order: t\nfollows: walk\nmatch: {kind: t}\nfields:\n"
        "  step: {read_only: true}\n"
        "  early: {type: string, required: draft}\n"
        "  late: {type: string, required: sent}\n"
        "  guessed: {type: string, required: sent, standing: assumed}\n"
        "  a: {type: integer}\n"
        "rules:\n"
        "  own: {then: {a: {present: true}}, from: sent, message: a}\n"
        "  early-own: {then: {early: {present: true}}, from: draft, message: b}\n"
        "  theirs: {when: {a: {min: 5}}, then: {account.level: {min: 3}}, from: sent, message: c}\n"
    )
    pack = load_pack(str(tmp_path))
    found = [(one.defect.kind, one.defect.path, one.defect.detail) for one in unready(pack.judge, "t", "sent")]
    assert ("missing", ("early",), "") not in found
    assert ("missing", ("guessed",), "") not in found
    assert {kind for kind, *_ in found} >= {"missing", "rule", "account-rule"}
    for one in unready(pack.judge, "t", "sent"):
        account = pack.judge.account(one.account, "account")
        blocking = pack.judge.blocking("t", one.document, account, "sent").findings
        assert any(each.severity is Severity.ERROR for each in blocking)
        assert not pack.judge.blocking("t", one.document, account, "draft").findings


# --- settings given to the test case


def broken(pack: Any, variant: str) -> Any:
    def fire(self: Any, name: str, actor: str) -> object:
        return System.fire(self, name, actor) is True or name == "withdraw" or "refused"

    return lifecycle_machine(pack, variant, adapter=system(pack, variant, fire=fire)).TestCase


def idioms() -> dict[str, Callable[[Any], Any]]:
    def assigned(case: Any) -> Any:
        case.settings = settings(max_examples=20)
        return case

    def derived(case: Any) -> Any:
        return type("TestDerived", (case,), {"settings": settings(max_examples=20)})

    def from_its_own(case: Any) -> Any:
        case.settings = settings(case.settings, max_examples=20)
        return case

    return {"assigned": assigned, "derived": derived, "from its own": from_its_own, "as it is": lambda case: case}


@pytest.mark.parametrize("idiom", sorted(idioms()))
def test_settings_given_to_the_test_case_do_not_bring_shrinking_back(
    idiom: str, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    phases = set[Phase]()

    def run(machine: Any, *, settings: settings) -> None:
        phases.update(settings.phases)
        run_state_machine_as_test(machine, settings=settings)

    monkeypatch.setattr(machines, "run_state_machine_as_test", run)
    case = idioms()[idiom](broken(packs("library"), "renewal"))
    with pytest.raises(Disagreement, match=r"after . steps?\n"):
        case("runTest").debug()
    assert Phase.generate in phases
    assert not phases & {Phase.shrink, Phase.explain}
    assert "Falsifying" not in capsys.readouterr().out


def test_settings_derived_for_a_run_by_hand_do_not_bring_shrinking_back() -> None:
    machine = lifecycle_machine(packs("library"), "card", adapter=system(packs("library"), "card"))
    given = settings(machine.TestCase.settings, max_examples=20)
    assert not {Phase.shrink, Phase.explain} & set(given.phases)


def test_settings_that_somebody_chose_count() -> None:
    mine = settings(max_examples=7, deadline=1234, verbosity=Verbosity.verbose, phases=[Phase.generate, Phase.shrink])
    kept = machines._without_shrinking(mine)
    assert (kept.max_examples, kept.deadline, kept.verbosity) == (7, mine.deadline, Verbosity.verbose)
    assert kept.phases == (Phase.generate,)
    assert machines._without_shrinking(settings(max_examples=7)).deadline is None


def test_a_slow_system_meets_no_deadline_that_nobody_chose() -> None:
    pack = packs("library")

    def create(self: Any, document: Any, account: Any) -> object:
        time.sleep(0.25)  # longer than Hypothesis lets a short test take
        return System.create(self, document, account)

    case: type[unittest.TestCase] = lifecycle_machine(
        pack, "card", adapter=system(pack, "card", create=create)
    ).TestCase
    case.settings = settings(max_examples=1, stateful_step_count=2, database=None)  # type: ignore[attr-defined]
    case("runTest").debug()
