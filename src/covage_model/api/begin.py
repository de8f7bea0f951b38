"""Orders begun: the document and the account that they live on read from files."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from covage_model.api import files, orders
from covage_model.api.workspace import NoSuchOrder as NoSuchOrder
from covage_model.behaviour.run import session as stepping
from covage_model.behaviour.run.scenario_file import SUFFIX, CannotSave, session_files
from covage_model.behaviour.run.session import Session
from covage_model.behaviour.why.answer import Answer
from covage_model.documents.judge.choose import choose
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.ground import json_value
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import read, writer
from covage_model.ground.files.document import Document
from covage_model.ground.files.limits import Limits

_VALUATIONS = 4096  # of the atoms, that are looked at
_EXAMPLES = 16  # of these, that are tried


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
    An order of one of the variants in `names`, its document and account read from these files (`-` is `stdin`).

    Raises NoSuchOrder where several variants are named and there is no document to tell which is meant.
    """
    known, spoiled = orders.read_account(account, judge) if account is not None else (None, ())
    if account is not None and known is None:
        return Begun(None, None, spoiled)
    if document is None:
        if len(names) != 1:
            raise NoSuchOrder(f"which variant is meant? Name one of: {', '.join(names)}")
        return Begun(stepping.begin(judge, names[0], json_value.ABSENT, known), None, spoiled)
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
    variant = choose(judge.prepared.alternatives, document.data, document.file).variant
    assert variant is not None  # a document without a finding is of some variant
    return Begun(stepping.begin(judge, variant, document.data, account), document, spoiled)


def _document(path: str, stdin: bytes) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    content = stdin if path == "-" else files.read_bytes(path, limit=Limits().bytes)
    if isinstance(content, Diagnostic):
        return None, (content,)
    documents, unread = read.read_documents(content, path)
    if unread or len(documents) != 1:
        several = Diagnostic("CM506", "several", {"name": path, "found": len(documents)}, Location(path, 0, 0))
        return None, unread or (several,)
    return documents[0], ()


def example(judge: Judge, variant: str, *, seed: int = 0) -> Session | None:
    """
    An order of that variant on a document and an account made for it, in which as many guards as can be hold.

    None where none was found.
    """
    from covage_model.behaviour.space import atoms
    from covage_model.documents.make.lived import lived

    order = judge.pack.explorable_named(variant)
    if order.stand_in:
        return None
    asked = atoms.atoms_of(judge.pack.lifecycle(order.order.follows))
    codes = atoms.valuations(asked, order.match, limit=_VALUATIONS)
    for code in sorted(codes, key=lambda code: (-code.bit_count(), code))[:_EXAMPLES]:
        valuation = tuple((atom, bool(code >> len(asked) - 1 - place & 1)) for place, atom in enumerate(asked))
        found = lived(judge, variant, [valuation], seed=seed)
        if found is not None:
            account = None if found.account is None else judge.account(found.account, "account")
            return stepping.begin(judge, variant, found.documents[0], account)
    return None


def at_lines(answer: Answer, document: Document | None) -> Answer:
    """The answer, its findings about the document at the lines of its file."""
    if document is None:
        return answer
    blames = tuple(
        replace(blame, findings=tuple(orders.placed(finding, document) for finding in blame.findings))
        for blame in answer.blames
    )
    return replace(answer, blames=blames)


def save(session: Session, path: str) -> list[str]:
    """
    The files written that make a scenario of what was done: `path` is the scenario's, the others lie beside it.

    Raises CannotSave, FileExistsError for a file that is there already, and OSError.
    """
    folder, base = os.path.split(path)
    name = base.removesuffix(SUFFIX).removesuffix(".yaml").removesuffix(".yml")
    if not name:
        raise CannotSave("a file needs a name")
    found = session_files(session, f"{session.variant.name}, walked by hand", name=name)
    paths = {os.path.join(folder, one): content for one, content in found.items()}
    for one in paths:
        if os.path.exists(one):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), one)
    for one, content in paths.items():
        writer.write(one, content)
    return list(paths)
