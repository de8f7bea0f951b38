"""NDJSON that is plainly clean is only counted: what is printed is the same as if each line were read closely."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from covage_model import generate_defects, generate_orders, load_pack
from covage_model.api import clean_lines, order_run, orders, small_files
from covage_model.api.judging_run import JudgingRun
from covage_model.api.unchecked_rules import told_once
from covage_model.documents.judge.compiled import closer
from covage_model.ground.files import json_items, plain_json, read
from covage_model.report import printing
from covage_model.report.subjects import documents

LIBRARY = str(Path(__file__).resolve().parents[1] / "packs" / "library")
FEW_VARIANTS = {"covage": ["terminate-copper"], LIBRARY: []}  # the agreement tests have them all
FORMATS = {"text": False, "json": True, "csv": True}  # whether they list every order


@pytest.fixture(autouse=True)
def _compiles_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "FEW", 0)
    monkeypatch.setattr(closer, "_FEW", 0)


def chunks(content: bytes, size: int) -> Iterator[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))


def printed(judged: Iterable[Any], judge: Any, format_: str) -> str:
    parts: list[str] = []
    printing.deliver(documents.report(told_once(judged, judge), judge), [(format_, parts.append)], 140)
    return "".join(parts)


def both(
    content: bytes,
    pack: Any,
    format_: str,
    account: Any = None,
    size: int = 4096,
    name: str = "it.ndjson",
    at: str = "",
) -> tuple[str, str]:
    request = orders.Request(account=account, at=at)
    given = {"stdin": content, "stdin_name": name}
    if name.endswith(".json"):  # what is shown beside an item depends on the chunks
        given["stdin"] = chunks(content, size)
    slow = orders.judge_files(["-"], pack.judge, request, **given)
    given["stdin"] = chunks(content, size)
    fast = order_run.judge_run(["-"], pack.judge, request, **given, lists=FORMATS[format_])
    return printed(fast, pack.judge, format_), printed(slow, pack.judge, format_)


def spelled(order: Any, random: Random) -> bytes:
    """A line in one of many spellings, some of them wrong."""
    text = json.dumps(order, ensure_ascii=random.random() < 0.5, separators=random.choice([(",", ":"), (", ", " : ")]))
    way = random.randrange(24)
    if way == 0:  # a key twice
        key = random.choice(sorted(order))
        text = text[:-1] + f", {json.dumps(key)}:{json.dumps(order[key])}}}"
    elif way == 1:
        text = text[: len(text) // 2]
    elif way == 2:
        text = json.dumps(order, indent=1)
    elif way == 3:
        text = text.replace(":", "\\u003a", 3)
    elif way == 4:
        text = text[:-1] + ', "zz\\u003a": 1}'
    elif way == 5:
        text = " \t" + text + "\r"
    elif way == 6:
        text = ""
    elif way == 7:
        text = '{"a": ['
    elif way == 8:
        text += text
    elif way == 9:
        text = text.replace('"', '"\udc80', 1)
    elif way == 10:
        text = "\ufeff" + text
    return text.encode("utf-8", "surrogateescape") + random.choice([b"\n", b"\n", b"\r\n"])


@pytest.mark.parametrize(("name", "format_"), [("covage", "text"), ("covage", "json"), (LIBRARY, "csv")])
def test_what_is_printed_is_the_same(name: str, format_: str) -> None:
    pack, random = load_pack(name), Random(4)
    named = FEW_VARIANTS[name]
    made = generate_orders(pack, *named, count=24, fill="random", seed=6)
    wrong = [one.document for one in generate_defects(pack, *named, count=6, seed=6)]
    pool = [*made, *wrong]
    random.shuffle(pool)
    content = b"".join(spelled(order, random) for order in pool)
    account = pack.judge.account(made.account, "account") if made.account is not None else None
    for given in (None, account):
        fast, slow = both(content, pack, format_, given, size=random.choice([100, 5000, 2**20]))
        assert fast == slow
    assert "CM002" in fast


def test_clean_lines_are_counted_without_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack()
    made = list(generate_orders(pack, "terminate-copper", count=40, seed=2))
    content = b"".join(json.dumps(order).encode() + b"\n" for order in made)
    monkeypatch.setattr(read.ndjson, "record", None)
    monkeypatch.setattr(type(pack.judge), "verdict", None)
    given: dict[str, Any] = {"stdin": content, "stdin_name": "it.ndjson", "lists": False}
    found = list(order_run.judge_run(["-"], pack.judge, orders.Request(), **given))
    assert sum(count for each in found for _, count, _ in each.counts) == 40
    assert all(isinstance(each, orders.CleanDocuments) for each in found)


def test_without_the_fast_engine_the_same_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    pack, random = load_pack(), Random(8)
    content = b"".join(
        spelled(order, random) for order in generate_orders(pack, "terminate-copper", count=24, fill="random", seed=8)
    )
    with_it = both(content, pack, "text")[0]
    assert plain_json.engine() is not None
    monkeypatch.setitem(sys.modules, "msgspec", None)
    assert both(content, pack, "text")[0] == with_it
    monkeypatch.setattr(plain_json, "engine", lambda: None)
    monkeypatch.setattr(plain_json, "reader", lambda: plain_json._by_standard_library)
    assert both(content, pack, "text") == (with_it, with_it)


@pytest.mark.parametrize("spelling", ['{"a":1,"a\\u003a":":","a":2}', '{"t":":","t":"x\\u003a\\u003a\\u003a\\u003a"}'])
def test_a_key_twice_is_not_hidden_behind_colons(spelling: str, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = clean_lines.PlainJudge(load_pack().judge)
    plain = clean_lines.Plain("v", orders.Role.REQUEST, "s", (), False, (), False)
    monkeypatch.setitem(sys.modules, "msgspec", None)
    monkeypatch.setattr(type(judge), "accepted", lambda _, value: (len(value), plain))
    assert clean_lines.CleanLines(judge, "f")._found([spelling.encode()], [1]) == [None]
    assert clean_lines.CleanLines(judge, "f")._found([b'{"a":":","b" : 1}'], [1]) == [plain]


def item(order: Any, random: Random) -> str:
    """An item of a list in one of many spellings; some have a key twice, or what looks like the next item in a text."""
    if isinstance(order, dict) and random.random() < 0.2:
        order = {**order, "comment": random.choice(['a"},{"b', "},\\n{", "[[{", "]}, {"])}
    text = json.dumps(order, indent=random.choice([None, None, 1]))
    if isinstance(order, dict) and random.random() < 0.1:
        key = random.choice(sorted(order))
        text = text[:-1] + f", {json.dumps(key)}: 1e-400}}"
    return text.replace("\n", random.choice(["\n", "\r\n"]))


@cache
def made_orders() -> tuple[Any, tuple[Any, ...]]:
    pack = load_pack()
    wrong = [one.document for one in generate_defects(pack, count=4, seed=6)]
    made = generate_orders(pack, count=20, fill="random", seed=6)
    return pack.judge.account(made.account, "account"), (*made, *wrong)


def mixed_orders() -> tuple[Any, list[Any]]:
    account, pool = made_orders()
    return account, list(pool)


@pytest.mark.parametrize(
    ("between", "format_", "end"),
    [
        (",", "text", "]"),
        (", ", "json", "]"),
        (",\n", "csv", ""),
        (",\r\n", "text", ", 5]"),
        ("\n, \n", "json", "}"),
        (",", "text", "},{}]"),
    ],
)
def test_items_of_a_list_get_the_same_as_if_each_were_read(between: str, format_: str, end: str) -> None:
    pack, random = load_pack(), Random(f"{between}{end}")
    account, pool = mixed_orders()
    random.shuffle(pool)
    content = f"[{between.join(item(order, random) for order in pool)}{end}".encode()
    for text, at in ((content, ""), (b'{"a": 1, "orders": %b}' % content, "/orders")):
        fast, slow = both(text, pack, format_, account, size=random.choice([100, 5000, 2**20]), name="it.json", at=at)
        assert fast == slow


def test_items_of_a_list_are_counted_without_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack()
    content = json.dumps(list(generate_orders(pack, "terminate-copper", count=40, seed=2))).encode()
    read_closely: list[Any] = []
    usual = json_items._reading
    monkeypatch.setattr(json_items, "_reading", lambda *given: read_closely.append(1) or usual(*given))
    given: dict[str, Any] = {"stdin": content, "stdin_name": "it.json", "lists": False}
    found = list(order_run.judge_run(["-"], pack.judge, orders.Request(), **given))
    assert sum(count for each in found for _, count, _ in each.counts) == 40
    assert len(read_closely) == 2  # the first, and the last, whose end nothing tells


def test_a_unique_value_is_compared_whether_a_line_was_passed_or_not(tmp_path: Path) -> None:
    golden = Path(__file__).resolve().parents[1] / "golden" / "CM415-again"
    pack = load_pack(str(golden))
    good = {"kind": "parcel"}
    lines = [json.loads(line) for line in (golden / "parcels.ndjson").read_text().splitlines()]
    found = [json.dumps(order) for order in [*lines, good, *lines] * 3]
    content = "".join(f"{order}\n" for order in found).encode()
    for format_ in FORMATS:
        fast, slow = both(content, pack, format_, size=300)
        assert fast == slow
        assert "CM415" in fast
        fast, slow = both(f"[{','.join(found)}]".encode(), pack, format_, size=300, name="it.json")
        assert fast == slow
        assert "CM415" in fast


@pytest.mark.parametrize("name", ["it.json", "it.ndjson"])
def test_numbers_beyond_64_bits_are_exact_in_a_list_too(name: str, tmp_path: Path) -> None:
    files = {
        "pack.yaml": "pack: p\nformat: 1\nactors: {me: Me}\n",
        "life.yaml": "lifecycle: life\nstates: {draft: {initial: true, final: success}}\nrequests: draft\n",
        "a.yaml": "order: a\nfollows: life\nmatch: {kind: a}\nunique: [size]\n"
        "fields: {kind: string, size: {type: integer, maximum: 18446744073709551616}}\n",
    }
    for file, text in files.items():
        (tmp_path / file).write_text(text)
    items = [f'{{"kind":"a","size":{2**64 + number}}}' for number in range(-3, 60)]
    content = f"[{','.join(items)}]" if name == "it.json" else "\n".join(items)
    pack = load_pack(str(tmp_path))
    fast, slow = both(content.encode(), pack, "json", name=name)
    assert fast == slow
    assert (fast.count("CM404"), fast.count("CM415")) == (59, 0)
    assert str(2**64 + 7) in fast


def test_a_line_far_over_the_limit_ends_the_blocks() -> None:
    pack = load_pack()
    order = json.dumps(next(iter(generate_orders(pack, "terminate-copper", count=1, seed=2)))).encode() + b"\n"
    content = order * 3 + b'{"a": "' + b"x" * (2 * 2**20) + b'"}\n' + order * 2
    fast, slow = both(content, pack, "text", size=2**18)
    assert fast == slow
    assert "it.ndjson:4" in fast
    assert "5 documents" in fast


def test_documents_in_other_formats_are_counted_too(tmp_path: Path) -> None:
    pack = load_pack()
    wrong = [one.document for one in generate_defects(pack, "terminate-copper", count=6, seed=6)]
    for number, order in enumerate([*generate_orders(pack, "terminate-copper", count=12, seed=6), *wrong]):
        (tmp_path / f"{number}.json").write_text(json.dumps(order, indent=number % 3 or None))
    fast = order_run.judge_run([str(tmp_path)], pack.judge, orders.Request(), lists=False)
    slow = orders.judge_files([str(tmp_path)], pack.judge, orders.Request())
    assert printed(fast, pack.judge, "text") == printed(slow, pack.judge, "text")
    found = list(order_run.judge_run([str(tmp_path)], pack.judge, orders.Request(), lists=False))
    clean = [each for each in found if isinstance(each, orders.CleanDocuments)]
    assert sum(count for each in clean for _, count, _ in each.counts) >= 12


def test_small_files_are_counted_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack()
    for number, order in enumerate(generate_orders(pack, "terminate-copper", count=4, seed=6)):
        (tmp_path / f"{number}.json").write_text(json.dumps(order, indent=number or None))
    monkeypatch.setattr(read, "readings", None)
    found = list(order_run.judge_run([str(tmp_path)], pack.judge, orders.Request(), lists=False))
    assert [[(count, line) for _, count, line in each.counts] for each in found] == [[(4, 1)]]
    assert [(Path(each.file).name, Path(each.until).name) for each in found] == [("0.json", "3.json")]
    monkeypatch.undo()
    monkeypatch.setattr(orders, "FEW", 0)
    (tmp_path / "0.json").write_text(f"\n\n{(tmp_path / '0.json').read_text()}")
    found = list(order_run.judge_run([str(tmp_path / "0.json")], pack.judge, orders.Request(), lists=False))
    assert [line for each in found for _, _, line in each.counts] == [3]


def test_small_files_get_the_same_as_if_they_were_read(tmp_path: Path) -> None:
    pack = load_pack()
    order = json.dumps(next(iter(generate_orders(pack, "terminate-copper", count=1, seed=6)))).encode()
    contents = [
        order + b"\n", b"\n\n" + order, b"\xef\xbb\xbf" + order, order + b"\n" + order, order + b"x", b"[" + order + b"]",
        order[:-1] + b',"type":"terminate"}', order[:-1] + b',"comment":"\xff"}', order[:-20], b"", b"{}", b"{}" * 40_000,
        order[:-1] + b',"comment":"' + b"x" * 70_000 + b'"}', order[:-1] + b',"comment":"' + b"x" * 60_000 + b'"}',
    ]  # fmt: skip
    for number, content in enumerate(contents):
        (tmp_path / f"{number:02}.json").write_bytes(content)
    for format_, lists in FORMATS.items():
        fast = order_run.judge_run([str(tmp_path)], pack.judge, orders.Request(), lists=lists)
        slow = orders.judge_files([str(tmp_path)], pack.judge, orders.Request())
        assert printed(fast, pack.judge, format_) == printed(slow, pack.judge, format_)


@pytest.mark.parametrize("most", [1, 3, 64])
def test_small_files_that_wait_are_told_in_their_order(
    most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(small_files, "MOST", most)
    pack = load_pack()
    names, variants = [], ["terminate-copper", *pack.names[:3], "terminate-copper"]
    for number, order in enumerate(
        order for name in variants for order in generate_orders(pack, name, count=3, seed=4)
    ):
        (tmp_path / f"{number}.json").write_text(json.dumps(order))
        names.append(str(tmp_path / f"{number}.json"))
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.json").write_text('{"type": "terminate"}')
    (tmp_path / "many.ndjson").write_text("".join(Path(name).read_text() + "\n" for name in names))
    others = ("a.json", "missing.json", "b.json", "0.json", "c.json", "many.ndjson", "list.yaml")
    names[4:4] = [str(tmp_path / name) for name in others]
    fast = list(order_run.judge_run(names, pack.judge, orders.Request(), lists=False))
    slow = list(orders.judge_files(names, pack.judge, orders.Request()))
    assert printed(fast, pack.judge, "text") == printed(slow, pack.judge, "text")
    run = JudgingRun(fast, names[0])
    assert sum(1 for _ in run) < len(slow)
    assert run.documents == sum(each.verdict is not None for each in slow)
    alone = [each for each in fast if isinstance(each, orders.CleanDocuments) and each.until]
    assert all(names.index(each.file) <= names.index(each.until) for each in alone)
    assert any(each.until != each.file for each in alone) == (most > 1)


@pytest.mark.parametrize(("at_work", "line"), [(True, 21), (False, 32)])
def test_after_an_interrupt_clean_lines_count_up_to_the_last_that_was_reported(
    at_work: bool, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, orders_ = made_orders()
    good = [json.dumps(order).encode() + b"\n" for order in orders_[:20]] * 2
    content = b"".join([*good[:20], b"{}\n", *good[20:30], b"{}\n", *good[30:], b"{}\n"])
    judge_document = orders.judge_document

    def interrupted(document: Any, *given: Any, **more: Any) -> Any:
        if at_work and document.first_line == 32:
            signal.raise_signal(signal.SIGINT)
        return judge_document(document, *given, **more)

    monkeypatch.setattr(orders, "judge_document", interrupted)
    judged = order_run.judge_run(
        ["-"], load_pack().judge, orders.Request(), stdin=content, stdin_name="-.ndjson", lists=False
    )
    run = JudgingRun(judged, "-.ndjson")
    for each in run:
        if not at_work and run.last.line == 32 and isinstance(each, orders.JudgedDocument) and each.document:
            signal.raise_signal(signal.SIGINT)
    assert run.interrupted
    assert (run.documents, run.last.line) == (line, line)


@pytest.mark.parametrize(
    "size", ["1" + "0" * 1_500, "-1" + "0" * 1_500, "1e999", "1e-999", '1e999,"size":1', "0" * 9 + "1"]
)
def test_a_number_that_one_engine_takes_and_another_refuses_is_a_doubt(size: str, tmp_path: Path) -> None:
    files = {
        "pack.yaml": "pack: p\nformat: 1\nactors: {me: Me}\n",
        "a.yaml": "order: a\nfollows: life\nmatch: {kind: a}\nfields: {kind: string, size: number}\n",
        "life.yaml": "lifecycle: life\nstates: {draft: {initial: true}, done: {final: success}}\n"
        "transitions: {finish: {by: me, from: draft, to: done}}\n",
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    judge = clean_lines.PlainJudge(load_pack(str(tmp_path)).judge)
    lines = [f'{{"kind":"a","size":{size}}}\n'.encode(), b'{"kind":"a","size":1}\n']
    assert list(clean_lines.CleanLines(judge, "f", few=0).lines(lines, 1)) == [0]


@pytest.mark.parametrize("blank", [b"\n" * 9_000, b"\r\n" * 9_000, b"\n" * 5_000 + b" \t\n\r" + b"\n" * 5_000 + b"  "])
def test_long_runs_of_blank_lines_are_only_counted(blank: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = load_pack()
    first, second, third = (json.dumps(each).encode() for each in generate_orders(pack, "terminate-copper", count=3))
    content = b"".join(
        [blank, first, b"\n", blank, b'{"type": 1}\n', second, b"\n", blank, b"{]\n", third, b"\n", blank]
    )
    asked = list[int]()
    lines = clean_lines.CleanLines.lines
    monkeypatch.setattr(clean_lines.CleanLines, "lines", lambda *given: asked.append(len(given[1])) or lines(*given))
    fast, slow = both(content, pack, "text", size=2**20)
    assert fast == slow
    assert sum(asked) < 20
    small, slow = both(content, pack, "text", size=3_000)
    assert small == slow == fast


def test_each_result_is_an_entry_so_that_two_reports_of_a_run_keep_pace() -> None:
    _, orders_ = made_orders()
    content = b"".join(json.dumps(order).encode() + b"\n" for order in orders_[:40])
    run = order_run.judge_run(
        ["-"], load_pack().judge, orders.Request(), stdin=chunks(content, 4096), stdin_name="-.ndjson", lists=False
    )
    results = list(run)
    assert len(results) > 3
    assert sum(isinstance(each, orders.CleanDocuments) for each in results) > 1
    report = documents.report(iter(results), load_pack().judge, lists=False)
    assert sum(1 for _ in report.entries) == len(results)
