"""Starting an order: its document and its account are read from files."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from covage_model.api import accounts, orders
from covage_model.api.workspace import NoSuchOrder as NoSuchOrder
from covage_model.api.workspace import Pack
from covage_model.behaviour.run import session as stepping
from covage_model.behaviour.run.scenario_file import SUFFIX, CannotSave, session_files
from covage_model.behaviour.run.session import Session as Session
from covage_model.behaviour.why.answer import Answer
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.ground import json_value
from covage_model.ground.classes import dataclass
from covage_model.ground.codes import message
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.files import writer
from covage_model.ground.files.document import Document

_VALUATIONS = 4096  # at most so many valuations of the atoms are enumerated
_EXAMPLES = 16  # at most so many of them are tried, those with most true atoms first


@dataclass(frozen=True, slots=True)
class Begun:
    """
    An order at its start. `session` is None if the document or the account cannot be used.

    `document` knows the line of each value in its file.
    """

    session: Session | None
    document: Document | None
    findings: tuple[Diagnostic, ...]


def begin(
    judge: Judge,
    names: Sequence[str],
    *,
    document: str | None = None,
    account: Sequence[str] = (),
    stdin: bytes = b"",
    at: str = "",
    encoding: str | None = None,
) -> Begun:
    """
    Starts an order of one of the variants in `names`; `document` and those of `account` are paths.

    `-` is `stdin`, of the document or of the account. `at` and `encoding` are as for `orders.Request`.

    Raises NoSuchOrder if there are several variants and no document that decides between them.
    """
    known, findings = accounts.read_accounts(account, judge, stdin=stdin)
    if account and known is None:
        return Begun(None, None, findings)
    if document is None:
        if len(names) != 1:
            raise NoSuchOrder(f"which variant is meant? Name one of: {', '.join(names)}")
        return Begun(stepping.begin(judge, names[0], json_value.ABSENT, known), None, findings)
    given, unread = orders.order_document(document, judge, orders.Request(at=at, encoding=encoding), stdin=stdin)
    if given is None:
        return Begun(None, None, (*unread, *findings))
    return _begun_with(judge, names, given, known, findings)


def _begun_with(
    judge: Judge,
    names: Sequence[str],
    document: Document,
    account: Account | None,
    account_findings: tuple[Diagnostic, ...],
) -> Begun:
    mismatches = stepping.not_this_order(judge, names, document.data, document.file)
    if mismatches:
        placed = (orders.placed(finding, document) for finding in mismatches)
        return Begun(None, document, (*placed, *account_findings))
    variant = choose(judge.prepared.alternatives, document.data, document.file).variant
    assert variant is not None  # a document without a mismatch has a variant
    return Begun(stepping.begin(judge, variant, document.data, account), document, account_findings)


def example(judge: Judge, variant: str, *, seed: int = 0) -> Session | None:
    """
    Starts an order of the variant with a generated document and account, for which many guard atoms are true.

    None if no document was found, or if no order follows the lifecycle.
    """
    from covage_model.behaviour.space import atoms
    from covage_model.documents.make.valid.lived import lived

    order = judge.pack.explorable_named(variant)
    if order.stand_in:
        return None
    tested = atoms.atoms_of(judge.pack.lifecycle(order.order.follows))
    codes = atoms.valuations(tested, order.match, limit=_VALUATIONS)
    for code in sorted(codes, key=lambda code: (-code.bit_count(), code))[:_EXAMPLES]:
        valuation = tuple((atom, bool(code >> len(tested) - 1 - place & 1)) for place, atom in enumerate(tested))
        made = lived(judge, variant, [valuation], seed=seed)
        if made is not None:
            account = None if made.account is None else judge.account(made.account, "account")
            return stepping.begin(judge, variant, made.documents[0], account)
    return None


def at_lines(answer: Answer, document: Document | None) -> Answer:
    """The answer with each finding about the document located at its line in the file."""
    if document is None:
        return answer
    blames = tuple(
        replace(blame, findings=tuple(orders.placed(finding, document) for finding in blame.findings))
        for blame in answer.blames
    )
    return replace(answer, blames=blames)


def save(session: Session, path: str) -> list[str]:
    """
    Writes the steps so far as a scenario to `path`, its document and account beside it. Returns the paths written.

    Raises CannotSave, FileExistsError if one of the files exists, and OSError.
    """
    folder, base = os.path.split(path)
    name = base.removesuffix(SUFFIX).removesuffix(".yaml").removesuffix(".yml")
    if not name:
        raise CannotSave("a file needs a name")
    texts = session_files(session, f"{session.variant.name}, walked by hand", name=name)
    paths = {os.path.join(folder, file): text for file, text in texts.items()}
    for file in paths:
        if os.path.exists(file):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), file)
    writer.write_all(paths.items())
    return list(paths)


def begin_order(pack: Pack, name: str, *, document: Any = json_value.ABSENT, account: Any = None) -> Session:
    """
    Starts an order of that variant; `covage_model.behaviour.run.session` has the functions for its steps.

    Raises KeyError for an unknown name, ValueError for a document that is not an order of that variant.
    """
    session = stepping.begin(pack.judge, name, document, pack.account(account))
    if document is not json_value.ABSENT:
        for finding in stepping.not_this_order(pack.judge, (name,), document, "document"):
            raise ValueError(message(finding))
    return session
