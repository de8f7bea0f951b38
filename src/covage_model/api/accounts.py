"""Reads accounts: what the platform knows of the sender, in one file or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from covage_model.api import files
from covage_model.documents.judge.compiled.plain import is_sound_account
from covage_model.documents.judge.judged_document import JudgedDocument
from covage_model.documents.judge.verdict import Account, Judge
from covage_model.ground.diagnostics import Diagnostic, Location, Severity
from covage_model.ground.dotted import dotted
from covage_model.ground.files import opening, plain_json, read
from covage_model.ground.files.document import Document
from covage_model.ground.files.joined import Contradiction, JoinedDocuments, joined
from covage_model.ground.files.limits import Limits

STDIN = "-"
LIMITS = Limits(bytes=2**28, nodes=2 * 10**7, paths=2**32)  # an account lists all services of an operator
_LARGE = 2**18  # bytes from which the compiled judge of accounts pays off

_Findings = tuple[Diagnostic, ...]


def paths_of(account: str | Sequence[str] | None) -> Sequence[str]:
    """The paths of an account that is given as one, as several, or not at all."""
    return (account,) if isinstance(account, str) else account or ()


def read_account(path: str, judge: Judge) -> tuple[Account | None, _Findings]:
    """The account in a file, judged by its type, and the findings; None if the file cannot be read."""
    return read_accounts((path,), judge)


def read_accounts(
    paths: Sequence[str], judge: Judge, *, stdin: bytes | Iterable[bytes] = b""
) -> tuple[Account | None, _Findings]:
    """
    The account that these files say together, judged by its type, and the findings at their places in the files.

    `-` is `stdin`. Lists join, in the order of the files; a value that two files say otherwise is a finding (CM417),
    and no rule that reads its part is checked. None without a path, or if a file cannot be read.
    """
    whole, findings = account_data(paths, stdin=stdin)
    if whole is None:
        return None, findings
    account = _judged(whole, judge)
    unsound = account.unsound | {(*one.path, "")[0] for one in whole.contradictions}
    ranks = {document.file: rank for rank, document in enumerate(whole.documents)}
    placed = [replace(one, location=_place(one, whole)) for one in account.findings]
    found = sorted((*findings, *placed), key=lambda one: (ranks.get(one.location.file, -1), one.sort_key()))
    return replace(account, unsound=unsound), tuple(found)


def account_data(
    paths: Sequence[str], *, stdin: bytes | Iterable[bytes] = b""
) -> tuple[JoinedDocuments | None, _Findings]:
    """As `read_accounts`, before anything is judged."""
    documents: list[Document] = []
    findings: list[Diagnostic] = []
    known: dict[tuple[int, int] | None, str] = {}
    for path in paths:
        identity = None if path == STDIN else files.identity(path)
        first = known.setdefault(identity, path) if identity is not None else path
        if first is not path:
            findings.append(files.same_file(path, first))
            continue
        document, unread = _read(path, stdin)
        findings += unread
        if document is not None:
            documents.append(document)
    if not documents or any(one.severity is Severity.ERROR and one.code != "CM002" for one in findings):
        return None, tuple(findings)
    whole = joined(documents)
    return whole, (*findings, *map(_contradiction, whole.contradictions))


def as_judged(findings: Iterable[Diagnostic]) -> list[JudgedDocument]:
    """The findings about accounts as a report shows them: those of one file together."""
    return [JudgedDocument(file, tuple(of_file)) for file, of_file in groupby(findings, lambda one: one.location.file)]


def _read(path: str, stdin: bytes | Iterable[bytes]) -> tuple[Document | None, _Findings]:
    if path == STDIN:
        content = stdin if isinstance(stdin, bytes) else b"".join(stdin)
    else:
        found = files.read_bytes(path, limit=LIMITS.bytes)
        if isinstance(found, Diagnostic):
            return None, (found,)
        content = found
    plain = _plain(content, path)
    if plain is not None:
        return plain, ()
    return read.read_document(content, path, limits=LIMITS)


def _plain(content: bytes, path: str) -> Document | None:
    """A large account in plain JSON; None where the careful reader must look."""
    named = opening.FORMATS.get(path.rpartition(".")[2].lower(), "json")
    if len(content) < _LARGE or named != "json" or content.lstrip()[:1] != b"{":
        return None
    try:
        return Document(path, plain_json.whole(content, LIMITS), content.decode(), "json")
    except (ValueError, RecursionError):
        return None


def _judged(whole: JoinedDocuments, judge: Judge) -> Account:
    large = sum(len(document.text) for document in whole.documents) >= _LARGE
    if large and is_sound_account(judge, whole.data):
        return Account(whole.data)
    return judge.account(whole.data, whole.documents[0].file)


def _place(finding: Diagnostic, whole: JoinedDocuments) -> Location:
    where = finding.location.pointer
    return whole.key_at(where) if finding.code in ("CM405", "CM406", "CM409") else whole.at(where)


def _contradiction(found: Contradiction) -> Diagnostic:
    arguments = {
        "path": dotted(found.path) or "the account",
        "file": found.first.file,
        "line": found.first.line,
    }
    hint = "say it in one of the files, or the same in both"
    return Diagnostic("CM417", "contradiction", arguments, found.second, hint)
