"""Judges documents and order files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from covage_model.api import accounts, orders
from covage_model.api.workspace import Pack
from covage_model.documents.judge.verdict import Verdict
from covage_model.documents.presence.role import Role


def judge(
    pack: Pack, document: Any, *, role: str | None = None, status: str | None = None, account: Any = None
) -> Verdict:
    """Judges one document; `document` and `account` are JSON data. The findings have JSON Pointers but no lines."""
    given = pack.account(account)
    return pack.judge.verdict(
        document, "document", role=Role(role) if role is not None else None, status=status, account=given
    )


def judge_files(
    pack: Pack,
    paths: Sequence[str],
    *,
    role: str | None = None,
    status: str | None = None,
    account: str | Sequence[str] | None = None,
    exclude: Sequence[str] = (),
    at: str = "",
    encoding: str | None = None,
) -> tuple[orders.JudgedDocument, ...]:
    """
    Judges every document of these files, folders, globs and lists of paths; each finding has its line.

    What is not unique among them comes last. `account` is a path or several, `exclude` holds globs, `at` is a JSON
    Pointer, `encoding` that of CSV files: as for `covage-model validate`. Raises LookupError for an unknown encoding.
    """
    known, findings = accounts.read_accounts(accounts.paths_of(account), pack.judge)
    request = orders.Request(
        Role(role) if role is not None else None, status, known, exercised=True, at=at, encoding=encoding
    )
    return (*accounts.as_judged(findings), *orders.judge_files(paths, pack.judge, request, exclude=exclude))
