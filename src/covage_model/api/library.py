"""What other programs call: the same things the command line does, on data instead of files where that is simpler."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from covage_model.api import diagrams, orders, packs, scenarios
from covage_model.api.workspace import BrokenPack as BrokenPack
from covage_model.api.workspace import Workspace, open_workspace
from covage_model.documents.judge.verdict import Verdict
from covage_model.documents.presence.role import Role
from covage_model.ground import json_value
from covage_model.ground.codes import message
from covage_model.ground.diagnostics import Diagnostic

if TYPE_CHECKING:
    from covage_model.api.conform import ValidatorAnswer as Conformed
    from covage_model.api.mutation import Mutation
    from covage_model.api.order_suites import OrderSuite
    from covage_model.api.suites import Suites
    from covage_model.behaviour.run.machine import LiveMachine
    from covage_model.behaviour.run.session import Session
    from covage_model.behaviour.verify.verify import Verified
    from covage_model.behaviour.why.answer import Answer
    from covage_model.documents.schema.validator import OrderValidator
    from covage_model.quality.coverage.record import Record


Pack = Workspace


def load_pack(*names: str) -> Pack:
    """
    The packs of these names or folders laid over each other; none given: the bundled pack.

    Raises `NoSuchPack` for a name of nothing, `BrokenPack` for a pack with errors.
    """
    return open_workspace(names)


def check_pack(*names: str) -> tuple[Diagnostic, ...]:
    """Every finding about these packs, in file order: none where all is well. Raises `NoSuchPack`."""
    return packs.load(names, cache=False).findings


def order_schema(
    pack: Pack, name: str, *, status: str | None = None, role: str = "request", language: str = "en"
) -> dict[str, Any]:
    """
    The flat JSON Schema 2020-12 of a variant, for a status (default: the one that requests are judged for).

    Beside each `format` stands a pattern that says the same. Raises KeyError for an unknown name.
    """
    from covage_model.documents.schema.flat import print_schema

    sheet = pack.judge.sheet(name)
    chosen = status if status is not None else sheet.requests if role == Role.REQUEST.value else sheet.initial
    return print_schema(sheet, pack=pack.spec.name, status=chosen, role=role, language=language).schema


def order_validator(
    pack: Pack,
    order: str,
    variant: str | None = None,
    *,
    status: str | None = None,
    role: str = "request",
    language: str = "en",
) -> OrderValidator:
    """
    The schema of `order_schema` as a ready `jsonschema` validator (Draft 2020-12, our formats asserted).

    `order` is `ORDER/VARIANT`, or `ORDER` with or without a `variant`. Raises KeyError for an unknown name.
    """
    from covage_model.documents.schema.validator import validator_of

    name = order if variant is None else f"{order}/{variant}"
    return validator_of(order_schema(pack, name, status=status, role=role, language=language))


def judge(
    pack: Pack, document: Any, *, role: str | None = None, status: str | None = None, account: Any = None
) -> Verdict:
    """One document (JSON-like data) judged; `account` is data too. Its findings have pointers and no lines."""
    given = pack.account(account)
    return pack.judge.verdict(
        document, "document", role=Role(role) if role is not None else None, status=status, account=given
    )


def judge_files(
    pack: Pack, paths: Sequence[str], *, role: str | None = None, status: str | None = None, account: str | None = None
) -> tuple[orders.JudgedDocument, ...]:
    """Every document of these files and folders judged, each finding at its line; `account` is a file's path."""
    given, findings = orders.read_account(account, pack.judge) if account is not None else (None, ())
    request = orders.Request(Role(role) if role is not None else None, status, given, exercised=True)
    spoiled = (orders.JudgedDocument(account or "", findings),) if findings else ()
    return (*spoiled, *orders.judge_files(paths, pack.judge, request))


def build_machine(pack: Pack, name: str, *, document: Any = json_value.ABSENT, account: Any = None) -> LiveMachine:
    """
    A live `transitions` machine for an order of that name, its guards asked of `document` and `account`.

    Without a document, guards that read one are undecided. Raises KeyError for a name that is none.
    """
    from covage_model.behaviour.run.machine import build_machine as build

    variant = pack.spec.variant(name)
    given = pack.account(account)
    ready = None if document is json_value.ABSENT else pack.judge.readiness(name, document, given)
    return build(pack.spec.lifecycle(variant.order.follows), variant, ready)


def run_scenario(pack: Pack, path: str) -> tuple[scenarios.Played, ...]:
    """The scenario in a file, or all below a folder, played."""
    return tuple(scenarios.play_files([path], pack.judge, pack.folders))


def mutate_pack(
    pack: Pack,
    *corpus: str,
    account: str | None = None,
    variants: Collection[str] | None = None,
    operators: Collection[str] | None = None,
    sample: int | None = None,
    seed: int = 0,
    notice: str = "findings",
    jobs: int = 1,
) -> Mutation:
    """
    Which changes of the spec these order files, scenarios and folders notice; none given: the pack's scenarios.

    `account` is a file's path. `variants` and `operators` None are all; `sample` takes so many mutants.
    With more than one of `jobs`, processes are spawned: call it below `if __name__ == "__main__"`.
    """
    from covage_model.api import mutation
    from covage_model.quality.mutants.corpus import Notice
    from covage_model.quality.mutants.operators import OPERATORS

    wanted = OPERATORS if operators is None else operators
    made = mutation.chosen(pack.spec, variants=variants, operators=wanted, sample=sample, seed=seed)
    read, findings = mutation.read_corpus(pack.spec, pack.folders, corpus, account=account)
    return mutation.mutation(pack.judge, read, made, notice=Notice(notice), jobs=jobs, findings=findings)


def verify_pack(pack: Pack, *names: str, limit: int | None = None) -> Verified:
    """
    Every property of the lifecycles of these orders and variants decided; without names, of all.

    At most `limit` configurations of each are looked at (default: a million). Raises KeyError for a
    name that is none.
    """
    from covage_model.api import verify

    return verify.verified(pack, pack.explorable(names), limit=limit)


def draw_lifecycle(
    pack: Pack, name: str, *, form: str = "svg", language: str = "en", coverage: Record | None = None
) -> str | bytes:
    """
    The state diagram of a lifecycle or of a variant: svg, mermaid or dot as text, png or pdf as bytes.

    `coverage` paints on it how often each state and move was seen, and what never was.

    Raises `NoSuchDiagram`, and `CannotDraw` where a format needs what this machine does not have.
    """
    subject = diagrams.subjects(pack.spec, (name,))[0]
    paint = diagrams.coverage(pack.spec, subject, coverage, language) if coverage is not None else None
    return diagrams.picture(pack, subject, form, language, paint=paint)


def why(
    pack: Pack,
    trigger: str,
    order: str,
    *,
    after: Sequence[str] = (),
    document: Any = json_value.ABSENT,
    account: Any = None,
) -> Answer:
    """
    Why a trigger is refused where the triggers of `after` lead an order of that variant, and what would allow it.

    Without a document, what the guards of `after` ask of one is taken for granted. Raises KeyError for
    an order or a trigger that is none, ValueError for a document that is no order of that variant.
    """
    from covage_model.behaviour.why.why import why as answered

    begun = begin_order(pack, order, document=document, account=account)
    return answered(begun, trigger, after, tables=pack.tables)


def begin_order(pack: Pack, name: str, *, document: Any = json_value.ABSENT, account: Any = None) -> Session:
    """
    An order of that variant at its start, to be walked with `covage_model.behaviour.run.session`.

    Raises KeyError for a name that is none, ValueError for a document that is no order of that variant.
    """
    from covage_model.behaviour.run import session as stepping

    given = pack.account(account)
    begun = stepping.begin(pack.judge, name, document, given)
    found = () if document is json_value.ABSENT else stepping.not_this_order(pack.judge, (name,), document, "document")
    if found:
        raise ValueError(message(found[0]))
    return begun


def build_suites(pack: Pack, *names: str, cover: str = "transitions", longest: int | None = None) -> Suites:
    """
    Test suites for behaviour: scenarios and documents, none of which can be dropped; no name means every variant.

    `cover` is states, transitions, pairs or guards. `.files()` are their texts by path. Raises KeyError for a
    name that is none.
    """
    from covage_model.api.suites import build

    return build(pack, pack.variants(names), cover, longest=longest)


def build_order_suite(pack: Pack, *names: str, seed: int = 0) -> OrderSuite:
    """
    Order files, valid and invalid, none of which can be dropped; no name means every variant.

    `.texts()` are their texts by path, the manifest among them. Raises KeyError for a name that is none.
    """
    from covage_model.api.order_suites import build

    return build(pack.judge, pack.variants(names), seed=seed)


def conform_command(
    folder: str,
    argv: Sequence[str],
    *,
    strict: bool = False,
    pointers: bool = False,
    seconds: float = 30,
    jobs: int = 1,
) -> Iterator[Conformed]:
    """
    What a validator's command says of each file of a suite, and whether that is right.

    In each word of `argv` {file}, {account}, {order}, {role} and {status} are replaced; exit code 0 says valid.
    A file that is not what was written is not asked about, and never agrees. Raises `NoSuite`, whose `findings` say
    why, for a folder without a manifest that can be read, `NoCommand` for what is no command.
    """
    from covage_model.api.conform import answers

    return answers(folder, argv, strict=strict, pointers=pointers, seconds=seconds, jobs=jobs)
