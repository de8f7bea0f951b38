"""Orders that are valid in the initial status but not in a later one: one for each reason."""

from __future__ import annotations

from collections.abc import Iterator

from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.defects.defect import Invalid, applies_to
from covage_model.documents.make.defects.every_defect import defects_of
from covage_model.documents.make.defects.maker import DefectMaker
from covage_model.documents.make.valid.template_pool import OrderTarget
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Severity, severity_of

_BY_STATUS = ("missing", "forbidden", "rule", "account-rule")  # the defects that depend on the status


def unready(judge: Judge, variant: str, status: str) -> Iterator[Invalid]:
    """
    An order for each demand and each rule (also over the account) that is an error in `status` but not at the start.

    Defects for which no order was made are left out.
    """
    sheet, target = judge.sheet(variant), OrderTarget(variant, status, Role.REQUEST)
    begins = OrderTarget(variant, sheet.initial, Role.REQUEST)
    maker = DefectMaker(judge)
    for defect in defects_of(sheet):
        if defect.kind not in _BY_STATUS or severity_of(defect.origin.standing) is not Severity.ERROR:
            continue
        if applies_to(defect, target) and not applies_to(defect, begins):
            made = maker.made(defect, [target])
            if isinstance(made, Invalid):
                yield made
