"""Order files judged."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from covage_model.api import files
from covage_model.documents.judge.judged_document import JudgedDocument as JudgedDocument
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.documents.presence.role import Role
from covage_model.ground.diagnostics import Diagnostic, Location
from covage_model.ground.files import read
from covage_model.ground.files.limits import Limits

if TYPE_CHECKING:
    from covage_model.ground.files.document import Document


@dataclass(frozen=True, slots=True)
class Request:
    """What the caller wants documents to be judged as; None leaves it to the document."""

    role: Role | None = None
    status: str | None = None
    account: Account | None = None


def request(role: str, status: str | None, account: Account | None) -> Request:
    """What documents are to be judged as; the role `auto` leaves it to each document."""
    return Request(None if role == "auto" else Role(role), status, account)


def judge_files(
    paths: Sequence[str], judge: Judge, request: Request, *, stdin: bytes = b"", stdin_name: str = "-"
) -> Iterator[JudgedDocument]:
    """Every document of every file, in the order given; `-` is `stdin`, a folder is every order file below it."""
    for path in paths:
        if path == "-":
            yield from judge_bytes(stdin, stdin_name, judge, request)
        elif os.path.isdir(path):
            yield from _judge_folder(path, judge, request)
        else:
            yield from _judge_file(path, judge, request)


def belongs(path: str) -> bool:
    """Whether a file in a folder is an order file, by its name."""
    return path.lower().endswith(files.ORDER_ENDINGS)


def below(folder: str) -> tuple[str, ...]:
    """The order files under a folder."""
    return tuple(files.below(folder, files.ORDER_ENDINGS))


def lacking(folder: str) -> tuple[Diagnostic, ...]:
    """What is not in a folder: any order file at all."""
    return () if below(folder) else (Diagnostic("CM412", "nothing", {"where": folder}, Location(folder, 0, 0)),)


def _judge_folder(folder: str, judge: Judge, request: Request) -> Iterator[JudgedDocument]:
    if missing := lacking(folder):
        yield JudgedDocument(folder, missing)
    for path in below(folder):
        yield from _judge_file(path, judge, request)


def _judge_file(path: str, judge: Judge, request: Request) -> Iterator[JudgedDocument]:
    streams = path.lower().endswith((".ndjson", ".jsonl"))
    content = files.read_bytes(path, limit=None if streams else Limits().bytes)
    if isinstance(content, Diagnostic):
        yield JudgedDocument(path, (content,))
    else:
        yield from judge_bytes(content, path, judge, request)


def judge_bytes(content: bytes, name: str, judge: Judge, request: Request) -> Iterator[JudgedDocument]:
    """Every document in the bytes of one file. What could not be read of it is one `JudgedDocument` of its own."""
    documents, unread = read.read_documents(content, name)
    spoiled = [finding for finding in unread if not any(_within(finding, document) for document in documents)]
    if spoiled or not documents:
        yield JudgedDocument(name, tuple(spoiled or unread))
    for document in documents:
        own = [finding for finding in unread if finding not in spoiled and _within(finding, document)]
        yield judge_document(document, judge, request, unread=tuple(own))


def _within(finding: Diagnostic, document: Document) -> bool:
    """Whether a finding about reading speaks of this document: a key written twice leaves it readable."""
    return finding.code == "CM002" and finding.location.line >= document.first_line


def judge_document(
    document: Document, judge: Judge, request: Request, *, unread: tuple[Diagnostic, ...] = ()
) -> JudgedDocument:
    """One document judged, each finding at its line."""
    verdict = judge.verdict(
        document.data, document.file, role=request.role, status=request.status, account=request.account
    )
    found = sorted((placed(finding, document) for finding in verdict.findings), key=Diagnostic.sort_key)
    return JudgedDocument(document.file, (*unread, *found), replace(verdict, findings=tuple(found)), document)


def placed(finding: Diagnostic, document: Document) -> Diagnostic:
    """An unknown or forbidden field is shown at its key, everything else at its value."""
    where = finding.location.pointer
    at_key = finding.code in ("CM405", "CM406", "CM409")
    return replace(finding, location=document.key_at(where) if at_key else document.at(where))


def read_account(path: str, judge: Judge) -> tuple[Account | None, tuple[Diagnostic, ...]]:
    """The account in a file, judged by its type; None where the file holds none."""
    content = files.read_bytes(path, limit=Limits().bytes)
    if isinstance(content, Diagnostic):
        return None, (content,)
    documents, unread = read.read_documents(content, path)
    if len(documents) != 1:
        several = Diagnostic("CM506", "several", {"name": path, "found": len(documents)}, Location(path, 0, 0))
        return None, unread or (several,)
    document = documents[0]
    account = judge.account(document.data, path)
    return account, (*unread, *(placed(finding, document) for finding in account.findings))
