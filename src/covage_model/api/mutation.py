"""Mutation testing of a pack: reads a corpus from files and runs the mutants against it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import field
from itertools import groupby
from random import Random
from typing import Any

from covage_model.api import accounts, files, order_files, orders, scenarios, suite_files
from covage_model.api.workspace import Pack
from covage_model.behaviour.run import judged as judging
from covage_model.documents.judge.verdict import Judge, judge_of
from covage_model.documents.presence.role import Role
from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.processes import workers
from covage_model.pack.model.pack import SpecPack
from covage_model.pack.model.scenario import Scenario
from covage_model.quality.mutants.corpus import Corpus as Corpus
from covage_model.quality.mutants.corpus import CorpusItem
from covage_model.quality.mutants.corpus import Notice as Notice
from covage_model.quality.mutants.mutant import Mutant
from covage_model.quality.mutants.mutation import Mutation as Mutation
from covage_model.quality.mutants.operators import OPERATORS as OPERATORS
from covage_model.quality.mutants.operators import mutants
from covage_model.quality.mutants.trial import MutantFate, Tried, trial
from covage_model.quality.mutants.uses import uses_of

NOTICES = (Notice.FINDINGS.value, *(notice.value for notice in Notice if notice is not Notice.FINDINGS))


@dataclass(slots=True)
class _CorpusReader:
    """Collects the corpus items; `findings` are about files that cannot be read."""

    pack: SpecPack
    folders: Sequence[str]
    request: orders.Request  # its `at`, encoding and status
    stdin: bytes = b""
    items: list[CorpusItem] = field(default_factory=list)
    accounts: dict[str, Any] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def add_scenario(self, scenario: Scenario) -> None:
        """Adds a scenario with its document and its account."""
        root = scenarios.root_of(scenario, self.folders)
        given, account, findings = scenarios.read_given(scenario, root)
        earlier, more = scenarios.read_earlier(scenario, root)
        self.findings += (*findings, *more)
        if findings or more:
            return
        name = None if account is None else os.path.normpath(account.file)
        if account is not None and name is not None:
            self.accounts[name] = account.data
        role = scenario.given.role if not judging.judges_account(scenario) else None
        self.items.append(
            CorpusItem(
                scenario.origin.location.file,
                scenario,
                () if given is None else (given.data,),
                name,
                Role(role) if role is not None else None,
                scenario.given.status,
                tuple(document.data for document in earlier),
            )
        )

    def add_account(self, paths: Sequence[str]) -> str | None:
        """Adds an account that these files say: documents are judged with it, and it is judged itself. Its name."""
        whole, findings = accounts.account_data(paths, stdin=self.stdin)
        self.findings += findings
        if whole is None:
            return None
        name = " + ".join(paths)
        self.accounts[name] = whole.data
        self.items.append(CorpusItem(name, account=name))
        return name

    def add_paths(self, paths: Sequence[str], account: str | None, exclude: Sequence[str]) -> None:
        """Adds suites of order files, and what `order_files` finds: order files and scenarios."""
        for suites, group in groupby(paths, _is_suite):
            if suites:
                for path in group:
                    self._add_suite(path)
                continue
            for entry in order_files.order_files(list(group), exclude=exclude):
                if isinstance(entry, Diagnostic):
                    self.findings.append(entry)
                else:
                    self._add_file(entry, account)

    def _add_suite(self, folder: str) -> None:
        """Adds a suite written by `generate --suite`: each file with its account, role and status."""
        try:
            suite = suite_files.read_suite(folder)
        except suite_files.NoSuite as error:
            self.findings += error.findings
            return
        self.findings += suite.findings
        for entry in suite.entries:
            if suite.fault(entry) is not None:
                continue
            account = os.path.join(folder, entry["account"]) if entry.get("account") is not None else None
            if account is not None and account not in self.accounts:
                whole, findings = accounts.account_data([account])
                self.findings += findings
                self.accounts.update({account: whole.data} if whole is not None else {})
            path = os.path.join(folder, entry["file"])
            known = account if account in self.accounts else None
            role = Role(entry["role"]) if entry["role"] in {role.value for role in Role} else None
            for document in self._documents(order_files.OrderFile(path, named=False)):
                self.items.append(CorpusItem(path, None, (document.data,), known, role, entry["status"] or None))

    def _add_file(self, entry: order_files.OrderFile, account: str | None) -> None:
        path = entry.path
        if scenarios.is_scenario(path):
            scenario, findings = scenarios.read_scenario(path, self.pack)
            self.findings += findings
            if scenario is not None:
                self.add_scenario(scenario)
            return
        documents = self._documents(entry)
        for document in documents:
            name = path if len(documents) == 1 else f"{path}:{document.first_line}"
            self.items.append(CorpusItem(name, None, (document.data,), account, None, self.request.status))

    def _documents(self, entry: order_files.OrderFile) -> Sequence[Any]:
        is_stdin = entry.path == order_files.STDIN
        content: Any = self.stdin if is_stdin else files.chunks(entry.path, named=entry.named)
        if isinstance(content, Diagnostic):
            self.findings.append(content)
            return ()
        documents = []
        try:
            for reading in orders.order_readings(content, entry.path, judge_of(self.pack), self.request):
                self.findings += reading.findings
                documents += [reading.document] if reading.document is not None else []
        except (OSError, MemoryError) as error:
            self.findings.append(files.unreadable(entry.path, error))
        return documents


def _is_suite(path: str) -> bool:
    """Whether a path is a folder that `generate --suite` wrote."""
    return os.path.isfile(os.path.join(path, suite_files.MANIFEST))


def read_corpus(
    pack: SpecPack,
    folders: Sequence[str],
    paths: Sequence[str] = (),
    *,
    account: Sequence[str] = (),
    status: str | None = None,
    stdin: bytes = b"",
    exclude: Sequence[str] = (),
    at: str = "",
    encoding: str | None = None,
) -> tuple[Corpus, tuple[Diagnostic, ...]]:
    """
    Reads the corpus in these files and folders (default: the pack's own scenarios), with findings about faulty files.

    Order files are judged with the account in the files `account` (`-` is `stdin`), and for `status` if it is given.
    `paths`, `exclude`, `at` and `encoding` are as for `orders.judge_files`.
    """
    reader = _CorpusReader(pack, folders, orders.Request(status=status, at=at, encoding=encoding), stdin)
    known = reader.add_account(account) if account else None
    reader.add_paths(paths, known, exclude)
    if not paths:
        for scenario in pack.scenarios:
            reader.add_scenario(scenario)
    return Corpus(tuple(reader.items), reader.accounts), tuple(reader.findings)


def chosen(
    pack: SpecPack,
    *,
    variants: Collection[str] | None = None,
    operators: Collection[str] = OPERATORS,
    sample: int | None = None,
    seed: int = 0,
) -> tuple[Mutant, ...]:
    """
    The mutants of these operators in the definitions that `variants` use (None: all), sorted by spec line.

    `sample` draws so many of them; the same seed draws the same mutants.
    """
    uses = uses_of(pack)
    made = [
        mutant
        for mutant in mutants(pack, operators=operators)
        if variants is None or not uses.holders(mutant).isdisjoint(variants)
    ]
    if sample is not None and sample < len(made):
        numbers = Random(seed).sample(range(len(made)), sample)  # noqa: S311  sampling, no secret
        made = [made[number] for number in sorted(numbers)]
    return tuple(made)


def mutation(
    judge: Judge,
    corpus: Corpus,
    made: Sequence[Mutant],
    *,
    notice: Notice = Notice.FINDINGS,
    jobs: int = 1,
    findings: tuple[Diagnostic, ...] = (),
    tick: Callable[[], None] = lambda: None,
) -> Mutation:
    """
    Runs the mutants against the corpus in `jobs` processes; the result does not depend on their number.

    `findings` about the corpus become part of the result. `tick` is called after each mutant.
    """
    given = (judge.pack, corpus, notice)
    here = trial(*given)
    tried = tuple(_ticked(workers.results(trial, given, made, jobs=jobs, here=here, lost=_lost), tick))
    return Mutation(tried, len(corpus.items), here.idle, (*findings, *_nothing(judge.pack, corpus, made, findings)))


def _nothing(
    pack: SpecPack, corpus: Corpus, made: Sequence[Mutant], findings: tuple[Diagnostic, ...]
) -> Iterator[Diagnostic]:
    """The finding that there is no mutant, or nothing that could kill one, unless it is known why."""
    if not made:
        yield Diagnostic("CM412", "nothing-to-mutate", {"pack": pack.name}, pack.origin.location)
    elif not corpus.items and not findings:
        yield Diagnostic("CM412", "empty-corpus", {}, pack.origin.location)


def under(found: Mutation, pack: SpecPack, least: float | None) -> tuple[Diagnostic, ...]:
    """The finding that the score is below `least` percent, or that there is none; None asks for nothing."""
    if least is None or (found.score is not None and found.score >= least):
        return ()
    arguments = {"found": f"{found.score or 0:.1f} %", "least": f"{least:g} %"}
    return (Diagnostic("CM526", "no-score" if found.score is None else "score", arguments, pack.origin.location),)


def _lost(mutant: Mutant, why: str) -> Tried:
    """A mutant whose process was killed was not tried: nothing is known of it."""
    return Tried(mutant, MutantFate.UNTRIED, why)


def _ticked(results: Iterator[Tried], tick: Callable[[], None]) -> Iterator[Tried]:
    for result in results:
        yield result
        tick()


def mutate_pack(
    pack: Pack,
    *corpus: str,
    account: str | Sequence[str] | None = None,
    variants: Collection[str] | None = None,
    operators: Collection[str] | None = None,
    sample: int | None = None,
    seed: int = 0,
    notice: str = "findings",
    jobs: int = 1,
    exclude: Sequence[str] = (),
    at: str = "",
    encoding: str | None = None,
) -> Mutation:
    """
    Runs mutation testing with these order files, scenarios and folders (default: the pack's scenarios).

    `account` is a path or several; the paths of the corpus, `exclude`, `at` and `encoding` are as for `judge_files`.
    `variants` and `operators` select mutants (None: all), and `sample` draws so many of them. With `jobs` above 1,
    processes are spawned: call it below `if __name__ == "__main__"`.
    """
    wanted = OPERATORS if operators is None else operators
    made = chosen(pack.spec, variants=variants, operators=wanted, sample=sample, seed=seed)
    known = accounts.paths_of(account)
    read, findings = read_corpus(
        pack.spec, pack.folders, corpus, account=known, exclude=exclude, at=at, encoding=encoding
    )
    return mutation(pack.judge, read, made, notice=Notice(notice), jobs=jobs, findings=findings)
