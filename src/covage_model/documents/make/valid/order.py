"""One valid order."""

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
    A document of the variant without any finding, None where none was found.

    `account` is data that the document suits and that stays as it is. Without it the document suits
    an account that could be; `order_and_account` returns that one too. Draws come from `random` alone.
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
    """The same, with the account that it suits: None where the pack has no type for one."""
    sheet = judge.sheet(variant)
    default = sheet.requests if role is Role.REQUEST else sheet.initial
    target = OrderTarget(variant, default if status is None else status, role)
    pool = TemplatePool(judge, fill, random, account, account is not None)
    pool.add(target, 1)
    pool.recheck()
    return (pool.templates[target][0].document if pool.templates[target] else None), pool.account
