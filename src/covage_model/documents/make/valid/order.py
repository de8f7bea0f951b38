"""Makes one valid order."""

from __future__ import annotations

from random import Random
from typing import Any

from covage_model.documents.judge.verdict import Judge
from covage_model.documents.make.valid.template_pool import OrderTarget, TemplatePool
from covage_model.documents.make.valid.value_generator import Fullness
from covage_model.documents.presence.role import Role


def order(
    judge: Judge,
    variant: str,
    *,
    status: str | None = None,
    role: Role = Role.REQUEST,
    fill: Fullness = Fullness.RANDOM,
    random: Random,
    account: Any = None,
) -> Any:
    """
    A document of the variant without any finding; None if none was found.

    The document suits `account`, which stays as it is. Without it, the document suits
    some account, which `order_and_account` also returns. All draws come from `random`.
    """
    return order_and_account(judge, variant, status=status, role=role, fill=fill, random=random, account=account)[0]


def order_and_account(
    judge: Judge,
    variant: str,
    *,
    status: str | None = None,
    role: Role = Role.REQUEST,
    fill: Fullness = Fullness.RANDOM,
    random: Random,
    account: Any = None,
) -> tuple[Any, Any]:
    """Like `order`, with the account; the account is None if the pack has no account type."""
    sheet = judge.sheet(variant)
    default = sheet.requests if role is Role.REQUEST else sheet.initial
    target = OrderTarget(variant, default if status is None else status, role)
    pool = TemplatePool(judge, fill, random, account, account is not None)
    pool.add(target, 1)
    pool.recheck()
    return (pool.templates[target][0].document if pool.templates[target] else None), pool.account
