"""Accounts to start from: one with which the pack's example orders pass, or one that given orders need."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from covage_model.api import examples, order_run, orders
from covage_model.documents.judge.verdict import Account, Verdict
from covage_model.documents.presence.role import Role
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from covage_model.api.workspace import Pack


@dataclass(slots=True)
class AccountSkeleton:
    """
    An account that given orders need, and what is to be known of it.

    `orders` counts those that it was made for, `left_out` those that have errors of their own, and `failing` those
    that do not pass with it all the same. `assumed` has, by path (`services[].status`), how many values there no order
    says. `unread` are the findings of what could not be read.
    """

    data: Any = None
    orders: int = 0
    left_out: int = 0
    failing: int = 0
    assumed: dict[str, int] = field(default_factory=dict)
    unread: list[Diagnostic] = field(default_factory=list)


def account_for(pack: Pack, documents: Iterable[Any]) -> AccountSkeleton:
    """
    The account that these orders need so that they pass, with nothing in it that none of them needs.

    What no order says is `<NAME>` where the account's type allows that, else an example of the pack or a made value;
    optional values are left out. Raises NoSuchOrder where the pack gives accounts no type.
    """
    judged = (pack.judge.verdict(document, "") for document in documents)
    return _made(pack, judged, AccountSkeleton())


def account_for_files(
    pack: Pack,
    paths: Sequence[str],
    *,
    stdin: bytes | Iterable[bytes] = b"",
    at: str = "",
    encoding: str | None = None,
) -> AccountSkeleton:
    """
    As `account_for`, of the orders in files, which are read one after the other; then they are judged with the account.

    `paths` are as those of `validate`. What came from stdin is not judged again.
    """
    made = AccountSkeleton()
    judged = orders.judge_files(
        paths, pack.judge, orders.request("auto", None, None, at=at, encoding=encoding), stdin=stdin
    )
    _made(pack, _verdicts(judged, made), made)
    if "-" not in paths and not made.failing:
        account = pack.judge.account(made.data, "account")
        request = orders.request("auto", None, account, at=at, encoding=encoding)
        again = order_run.judge_run(paths, pack.judge, request, lists=False, jobs=1)
        failing = sum(isinstance(one, orders.JudgedDocument) and _fails(one.verdict) for one in again)
        made.failing = max(failing - made.left_out, 0)
    return made


def example_account(pack: Pack) -> Any:
    """
    An account with which every order passes that `examples` prints; raises NoSuchOrder where accounts have no type.

    It is the one of the pack's scenarios with which most pass, with what the others need added.
    """
    shown = _printed(pack)
    base, passing = None, -1
    for account in examples.sound_accounts(pack.judge, pack.folders):
        number = sum(_passes(pack, document, account) for document in shown)
        if number > passing:
            base, passing = account, number
    if base is None:
        return account_for(pack, shown).data
    rest = [document for document in shown if not _passes(pack, document, base)]
    return _made(pack, map(_verdict_of(pack), rest), AccountSkeleton(copy.deepcopy(base.data))).data


def _printed(pack: Pack) -> list[Any]:
    """The requests that `examples` prints, one for each variant that anybody may send."""
    found = examples.clean_examples(pack.judge, pack.folders)
    best = (examples.best(found, variant) for variant in pack.names)
    return [one.data for one in best if one is not None and one.role is Role.REQUEST]


def _verdict_of(pack: Pack) -> Any:
    return lambda document: pack.judge.verdict(document, "")


def _passes(pack: Pack, document: Any, account: Account) -> bool:
    found = pack.judge.verdict(document, "", account=account).findings
    return all(finding.severity is Severity.NOTE for finding in found)


def _fails(verdict: Verdict | None) -> bool:
    return verdict is not None and any(finding.severity is Severity.ERROR for finding in verdict.findings)


def _verdicts(judged: Iterable[orders.JudgedDocument], made: AccountSkeleton) -> Iterator[Verdict]:
    """The verdicts of what could be read; the findings of the rest are kept."""
    for one in judged:
        if one.verdict is not None:
            yield one.verdict
        elif one.unreadable:
            made.unread += one.findings


def _made(pack: Pack, verdicts: Iterable[Verdict], made: AccountSkeleton) -> AccountSkeleton:
    from covage_model.documents.make.valid.needed_account import NeededAccount  # slow to load

    needed = NeededAccount(pack.judge, pack.account_sheet, made.data)
    for verdict in verdicts:
        if verdict.variant is None or _fails(verdict):
            made.left_out += 1
            continue
        made.orders += 1
        if verdict.role is Role.REQUEST:
            needed.add(verdict.data, verdict.variant, verdict.status)
    made.data, made.assumed, made.failing = needed.finished(), needed.assumed(), needed.unmet
    return made
