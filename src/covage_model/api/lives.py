"""Orders begun: the document and the account that they live on read from files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from covage_model.answers.answer import Answer
from covage_model.api import files, orders
from covage_model.conditions import truth
from covage_model.diagnostics import Diagnostic, Location
from covage_model.model.pack import SpecPack
from covage_model.orders.choose import choose
from covage_model.orders.verdict import Account, Judge
from covage_model.source import read
from covage_model.source.document import Document
from covage_model.source.limits import Limits
from covage_model.stepping import session as stepping
from covage_model.stepping.session import Session


class NoSuchOrder(Exception):
    """The name is none of an order or variant, or leaves open which variant is meant."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An order at its start, None where what it is given cannot be used; `document` shows the lines of its file."""

    session: Session | None
    document: Document | None
    findings: tuple[Diagnostic, ...]


def begin(
    judge: Judge,
    names: Sequence[str],
    *,
    document: str | None = None,
    account: str | None = None,
    stdin: bytes = b"",
) -> Begun:
    """
    An order of one of the leaves in `names`, its document and account read from these files (`-` is `stdin`).

    Raises NoSuchOrder where several leaves are named and there is no document to tell which is meant.
    """
    known, spoiled = orders.read_account(account, judge) if account is not None else (None, ())
    if account is not None and known is None:
        return Begun(None, None, spoiled)
    if document is None:
        if len(names) != 1:
            raise NoSuchOrder(f"which variant is meant? Name one of: {', '.join(names)}")
        return Begun(stepping.begin(judge, names[0], truth.ABSENT, known), None, spoiled)
    given, unread = _document(document, stdin)
    if given is None:
        return Begun(None, None, (*unread, *spoiled))
    return _on(judge, names, given, known, spoiled)


def _on(
    judge: Judge, names: Sequence[str], document: Document, account: Account | None, spoiled: tuple[Diagnostic, ...]
) -> Begun:
    found = stepping.not_this_order(judge, names, document.data, document.file)
    if found:
        return Begun(None, document, (*(orders.placed(finding, document) for finding in found), *spoiled))
    leaf = choose(judge.laid.alternatives, document.data, document.file).leaf
    assert leaf is not None  # a document without a finding is of some leaf
    return Begun(stepping.begin(judge, leaf, document.data, account), document, spoiled)


def _document(path: str, stdin: bytes) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    content = stdin if path == "-" else files.read_bytes(path, limit=Limits().bytes)
    if isinstance(content, Diagnostic):
        return None, (content,)
    documents, unread = read.read_documents(content, path)
    if unread or len(documents) != 1:
        several = Diagnostic("CM506", "several", {"name": path, "found": len(documents)}, Location(path, 0, 0))
        return None, unread or (several,)
    return documents[0], ()


def at_lines(answer: Answer, document: Document | None) -> Answer:
    """The answer, its findings about the document at the lines of its file."""
    if document is None:
        return answer
    blames = tuple(
        replace(blame, findings=tuple(orders.placed(finding, document) for finding in blame.findings))
        for blame in answer.blames
    )
    return replace(answer, blames=blames)


def data_of(account: Account | None) -> Any:
    """What an account file holds; ABSENT for none."""
    return truth.ABSENT if account is None else account.data


def leaves_of(pack: SpecPack, name: str) -> tuple[str, ...]:
    """The leaves of that order, or the leaf of that name; none for a name of nothing."""
    return tuple(leaf.name for leaf in pack.leaves if name in (leaf.order.name, leaf.name))
