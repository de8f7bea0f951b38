"""Hostile orders, accounts, specs and scenarios give a finding with a location, never a traceback or a hang."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from effort import share

from covage_model.cli.main import main

BASE = str(Path(__file__).parent / "golden" / "base")
GOOD = '{"kind": "parcel", "tariff": "P1", "speed": "economy", "address": {"street": "Rue Haute"}, "depot": "north"}\n'
DEEP = 100_000
SECONDS = 60  # for one test on a busy machine; each takes far less than one

_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)

# what a file holds: the code of its finding as JSON, and as YAML (None: it may be read as YAML)
CONTENTS: dict[str, tuple[bytes, str | None, str | None]] = {
    "empty": (b"", "CM001", "CM001"),
    "blank": (b" \n\t\n \n", "CM001", "CM001"),
    "binary": (bytes(range(256)) * 4, "CM001", "CM001"),
    "zeros": (b"\0" * 1000, "CM001", "CM001"),
    "truncated": (GOOD.encode()[:40], "CM001", "CM001"),
    "truncated in a character": ('{"a": "é'.encode()[:-1], "CM001", "CM001"),
    "not UTF-8": ('{"a": "Prénom"}'.encode("latin-1"), "CM001", "CM001"),
    "UTF-16": (GOOD.encode("utf-16"), "CM001", "CM001"),
    "UTF-16 without a mark": (GOOD.encode("utf-16-le"), "CM001", "CM001"),
    "UTF-32": (GOOD.encode("utf-32"), "CM001", "CM001"),
    "deep lists": (b"[" * DEEP + b"]" * DEEP, "CM003", "CM003"),
    "deep and open": (b"[" * DEEP, "CM003", "CM003"),
    "deep objects": (b'{"a":' * DEEP + b"1" + b"}" * DEEP, "CM003", "CM003"),
    "deep in a valid order": (
        GOOD.encode().strip()[:-1] + b', "x": ' + b"[" * DEEP + b"]" * DEEP + b"}",
        "CM003",
        "CM003",
    ),
    "deep by indentation": ("".join(f"{' ' * depth}a:\n" for depth in range(300)).encode(), "CM001", "CM003"),
    "many digits": (b'{"weight": ' + b"9" * 5_000 + b"}", "CM003", "CM003"),
    "many decimals": (b'{"weight": 0.' + b"9" * 5_000 + b"}", "CM003", None),
    "a huge text": (b'{"kind": "' + b"x" * 1_500_000 + b'"}', "CM003", "CM003"),
    "a huge key": (b'{"' + b"x" * 1_500_000 + b'": 1}', "CM003", "CM003"),
    "too large a number": (b'{"weight": 1e999}', "CM006", None),
    "NaN": (b'{"weight": NaN}', "CM006", None),
    "Infinity": (b'{"weight": -Infinity}', "CM006", None),
    "a lone surrogate": (b'{"kind": "\\ud800"}', "CM007", "CM007"),
    "a lone surrogate as a key": (b'{"\\udfff": 1}', "CM007", "CM007"),
    "keys twice": (b'{"kind": "parcel", "kind": "parcel"}', "CM002", "CM002"),
    "an alias bomb": (_BOMB.encode(), "CM001", "CM005"),
    "an alias of itself": (b"a: &a [*a]\n", "CM001", "CM005"),
    "billion laughs": (b'<!DOCTYPE l [<!ENTITY a "lol">]><l>&a;</l>', "CM001", None),
    "a tag that builds": (b"a: !!python/object/apply:os.system [id]\n", "CM001", "CM005"),
    "a merge key": (b"a: {<<: {b: 1}}\n", "CM001", "CM005"),
    "tabs": (b"a:\n\tb: 1\n", "CM001", "CM001"),
    "many documents": (b"--- a\n" * 3_000, "CM001", None),
    "many findings": (b"a: {" + b"x: y, " * 20_000 + b"}\n", "CM001", "CM003"),
    "a long line of quotes": (b'"' * 100_001, "CM001", "CM001"),
    "carriage returns": (b"\r" * 100_000, "CM001", "CM001"),
}


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))

    def hangs(*_: object) -> None:
        pytest.fail("it hangs")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def call(*argv: str) -> tuple[int, str]:
    out = io.StringIO()
    started = time.process_time()
    code = main(argv, out, out, io.BytesIO())
    assert time.process_time() - started < SECONDS / 6
    text = out.getvalue()
    assert "Traceback" not in text
    assert len(text) < 5_000_000
    return code, text


def write(name: str, content: bytes | str) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return name


def codes_about(text: str, name: str) -> set[str]:
    """The codes of the findings about a file. Each has a position in it, or is about the whole file."""
    found = set(re.findall(rf"^{re.escape(name)}(?::\d+:\d+)?: [a-z-]+ (CM\d{{3}}) ", text, re.MULTILINE))
    assert found, text[:500]
    return found


# --- orders and accounts


@pytest.mark.parametrize("what", CONTENTS)
def test_a_hostile_order_is_a_finding_and_the_next_file_is_judged(what: str) -> None:
    content, as_json, as_yaml = CONTENTS[what]
    for name, expected in (("bad.json", as_json), ("bad.yaml", as_yaml), ("bad.ndjson", None), ("bad", None)):
        code, text = call("validate", "--pack", BASE, write(name, content), write("good.json", GOOD))
        assert code == (4 if expected not in (None, "CM002", "CM005") else code)
        assert code in (1, 4)
        assert expected in (None, *codes_about(text, name)), text[:500]
        assert "good.json" in text  # its rule was not checked: it was looked at


@pytest.mark.parametrize("what", share(CONTENTS))
def test_a_hostile_account_is_a_finding_and_its_rules_are_not_checked(what: str) -> None:
    content, as_json, as_yaml = CONTENTS[what]
    for name, expected in (("bad.json", as_json), ("bad.yaml", as_yaml)):
        code, text = call("validate", "--pack", BASE, write("good.json", GOOD), "--account", write(name, content))
        assert code in (1, 4)
        assert expected in (None, *codes_about(text, name))
        assert "depot-is-known" in text
        assert "CM407" not in text


@pytest.mark.parametrize("what", share(CONTENTS))
def test_hostile_stdin_is_a_finding(what: str) -> None:
    out = io.StringIO()
    code = main(["validate", "--pack", BASE, "-"], out, out, io.BytesIO(CONTENTS[what][0]))
    assert code in (1, 4)
    assert codes_about(out.getvalue(), "-")


# --- specs and scenarios


@pytest.mark.parametrize("what", share(CONTENTS))
def test_a_hostile_spec_is_a_finding_beside_those_of_other_files(what: str) -> None:
    content, _, expected = CONTENTS[what]
    write("pack/pack.yaml", "pack: p\nformat: 1\n")
    write("pack/bad.yaml", content)
    write("pack/other.yaml", "types: {a: strin}\n")
    code, text = call("check", "pack")
    assert code in (1, 4)
    assert expected in (None, *codes_about(text, "pack/bad.yaml"))
    assert codes_about(text, "pack/other.yaml") == {"CM202"}
    code, text = call("validate", "--pack", "pack", write("good.json", GOOD))
    assert code == 3
    assert codes_about(text, "pack/bad.yaml")


@pytest.mark.parametrize("what", share(CONTENTS))
def test_a_hostile_pack_file_is_a_finding(what: str) -> None:
    write("pack/pack.yaml", b"pack: p\n" + CONTENTS[what][0])
    write("pack/types.yaml", "types: {a: string}\n")
    code, text = call("check", "pack")
    assert code in (1, 4)
    assert codes_about(text, "pack/pack.yaml")


@pytest.mark.parametrize("what", share(CONTENTS))
def test_a_hostile_scenario_or_its_document_is_a_finding(what: str) -> None:
    content, as_json, as_yaml = CONTENTS[what]
    code, text = call("run", "--pack", BASE, write("play/bad.yaml", content))
    assert code in (1, 4)
    assert as_yaml in (None, *codes_about(text, "play/bad.yaml"))
    write("play/order.json", content)
    code, text = call(
        "run",
        "--pack",
        BASE,
        write("play/s.yaml", "scenario: s\ngiven: {document: order.json}\nexpect: {findings: []}\n"),
    )
    assert code in (1, 4)
    assert as_json in (None, *codes_about(text, "play/order.json"))
    write("play/account.json", content)
    write("play/order.json", GOOD)
    code, text = call(
        "run",
        "--pack",
        BASE,
        write("play/s.yaml", "scenario: s\ngiven: {document: order.json, account: account.json}\nsteps: [accept]\n"),
    )
    assert code in (1, 4)
    assert as_json in (None, *codes_about(text, "play/account.json"))


def test_a_definition_nested_to_the_limit_is_compiled() -> None:
    depth = 30  # two levels of YAML each
    nested = "string"
    for _ in range(depth):
        nested = f"{{items: {nested}}}"
    write("pack/pack.yaml", "pack: p\nformat: 1\n")
    write("pack/types.yaml", f"types: {{a: {nested}}}\n")
    assert call("check", "pack")[0] == 0


@pytest.mark.parametrize("form", ["text", "json"])
def test_types_that_double_at_each_step_are_not_laid_out(form: str) -> None:
    write("pack/pack.yaml", "pack: p\nformat: 1\n")
    types = ["  t0: string"] + [f"  t{n}: {{fields: {{a: t{n - 1}, b: t{n - 1}}}}}" for n in range(1, 60)]
    write("pack/types.yaml", "types:\n" + "\n".join(types) + "\n")
    code, text = call("check", "pack", "--format", form)
    assert code in (0, 1)
    assert "CM311" in text


def test_a_chain_of_many_types_is_no_crash() -> None:
    write("pack/pack.yaml", "pack: p\nformat: 1\n")
    types = ["  t0: string"] + [f"  t{n}: {{fields: {{a: t{n - 1}}}}}" for n in range(1, 200)]
    write("pack/types.yaml", "types:\n" + "\n".join(types) + "\n")
    assert call("check", "pack")[0] in (0, 1)


# --- what is no file


def _directory(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _link_to_nothing(path: Path) -> None:
    path.symlink_to("nowhere")


def _link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def _link_to_a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _unreadable(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path.write_text(GOOD)
    path.chmod(0)


def _nothing(_: Path) -> None:
    return


THINGS: tuple[Callable[[Path], None], ...] = (
    _directory,
    _pipe,
    _link_to_nothing,
    _link_to_itself,
    _link_to_a_device,
    _unreadable,
    _nothing,
)


@pytest.mark.parametrize("make", THINGS)
def test_what_is_no_file_is_never_opened(make: Callable[[Path], None]) -> None:
    make(Path("bad.json"))
    code, text = call("validate", "--pack", BASE, "bad.json", write("good.json", GOOD))
    assert codes_about(text, "bad.json") == {"CM412" if make is _directory else "CM008"}
    assert code == (1 if make is _directory else 4)
    assert "good.json" in text
    code, text = call("validate", "--pack", BASE, "good.json", "--account", "bad.json")
    assert code == 4
    assert codes_about(text, "bad.json") == {"CM008"}
    code, text = call("run", "--pack", BASE, "bad.json")
    assert codes_about(text, "bad.json") <= {"CM008", "CM412"}
    assert code in (1, 4)


@pytest.mark.parametrize("make", THINGS)
def test_what_is_no_file_in_a_folder_is_a_finding_or_nothing(make: Callable[[Path], None]) -> None:
    write("orders/good.json", GOOD)
    make(Path("orders/bad.json"))
    code, text = call("validate", "--pack", BASE, "orders")
    assert "orders/good.json" in text
    assert code == (0 if make in (_directory, _nothing) else 4)


@pytest.mark.parametrize("make", THINGS)
def test_what_is_no_file_in_a_pack_is_a_finding_or_nothing(make: Callable[[Path], None]) -> None:
    write("pack/pack.yaml", "pack: p\nformat: 1\n")
    make(Path("pack/bad.yaml"))
    code, text = call("check", "pack")
    assert code == (0 if make in (_directory, _nothing) else 4)
    assert code == 0 or codes_about(text, "pack/bad.yaml") == {"CM008"}


@pytest.mark.parametrize("make", THINGS)
def test_what_is_no_file_cannot_be_a_scenarios_document(make: Callable[[Path], None]) -> None:
    make(Path("order.json"))
    code, text = call(
        "run", "--pack", BASE, write("s.yaml", "scenario: s\ngiven: {document: order.json}\nsteps: [accept]\n")
    )
    assert code in (1, 4)
    assert codes_about(text, "s.yaml") == {"CM506"}


def test_a_folder_that_contains_itself_by_a_link_ends() -> None:
    write("orders/good.json", GOOD)
    Path("orders/again").symlink_to("..", target_is_directory=True)
    code, text = call("validate", "--pack", BASE, "orders")
    assert text.count("good.json") == 1
    write("pack/pack.yaml", "pack: p\nformat: 1\n")
    Path("pack/again").symlink_to(".", target_is_directory=True)
    assert call("check", "pack")[0] == 0


def test_a_folder_that_is_linked_to_is_read_if_it_was_asked_for() -> None:
    write("orders/good.json", GOOD)
    Path("link").symlink_to("orders", target_is_directory=True)
    assert "link/good.json" in call("validate", "--pack", BASE, "link")[1]


@pytest.mark.parametrize(
    "name", ["a\nb.json", "\x1b[31m.json", "-.json", " .json", "é\u2028.json", "::error::.json", "a" * 250 + ".json"]
)
def test_a_strange_name_is_one_line(name: str) -> None:
    write(f"orders/{name}", '{"kind": 1}')
    code, text = call("validate", "--pack", BASE, "orders")
    assert code == 1
    assert re.search(r"^orders/[^\n]*:1:10: error CM401 ", text, re.MULTILINE)
    assert all(line.startswith(("orders/", " ", "judged as", "1 document")) for line in text.splitlines())
    assert all(char.isprintable() or char == "\n" for char in text)


def test_a_name_that_is_no_text_is_one_line() -> None:
    path = os.fsencode("orders") + b"/\xff.json"
    Path("orders").mkdir()
    try:
        Path(os.fsdecode(path)).write_bytes(b"{")
    except OSError:
        pytest.skip("this file system takes texts alone")
    code, text = call("validate", "--pack", BASE, "orders")
    assert code == 4
    text.encode()


def test_a_name_with_a_zero_byte_or_too_long_is_a_finding() -> None:
    for name in ("a\0b.json", "a" * 5_000 + ".json"):
        code, text = call("validate", "--pack", BASE, name, write("good.json", GOOD))
        assert code == 4
        assert "CM008" in text
        assert "good.json" in text


# --- scenarios that reach out

_OUT = ["../secret.json", "/etc/hostname", "sub/../../secret.json", "link.json", "linked/secret.json"]


@pytest.mark.parametrize("place", ["document", "account"])
@pytest.mark.parametrize("name", _OUT)
def test_a_scenario_reads_nothing_outside_its_folder(place: str, name: str) -> None:
    write("secret.json", '{"canary": "do-not-tell"}')
    write("play/order.json", GOOD)
    Path("play/link.json").symlink_to("../secret.json")
    Path("play/linked").symlink_to("..", target_is_directory=True)
    given = {"document": "order.json", place: name}
    code, text = call(
        "run", "--pack", BASE, write("play/s.yaml", f"scenario: s\ngiven: {json.dumps(given)}\nsteps: [accept]\n")
    )
    assert code == 1
    assert codes_about(text, "play/s.yaml") == {"CM506"}
    assert "canary" not in text


@pytest.mark.parametrize("name", [".", "", "..", "sub", "a\0b", "x" * 5_000])
def test_a_scenarios_document_that_is_none_is_a_finding(name: str) -> None:
    Path("play/sub").mkdir(parents=True)
    write("play/order.json", GOOD)
    code, text = call(
        "run",
        "--pack",
        BASE,
        write("play/s.yaml", f"scenario: s\ngiven: {{document: {json.dumps(name)}}}\nexpect: {{findings: []}}\n"),
    )
    assert code in (1, 4)
    assert codes_about(text, "play/s.yaml") <= {"CM102", "CM106", "CM506"}


def test_documents_of_a_pack_may_lie_anywhere_in_it_and_nowhere_else() -> None:
    write("secret.json", GOOD)
    for name in ("pack", "parcel", "pickup", "lifecycles", "collecting", "events", "types"):
        write(f"pack/{name}.yaml", Path(BASE, f"{name}.yaml").read_bytes())
    write("pack/documents/order.json", GOOD)
    expect = "expect: {findings: [CM408 /depot]}\n"
    write("pack/plays/in.yaml", f"scenario: in\ngiven: {{document: ../documents/order.json}}\n{expect}")
    assert call("run", "--pack", "pack")[0] == 0
    write("pack/plays/out.yaml", f"scenario: out\ngiven: {{document: ../../secret.json}}\n{expect}")
    code, text = call("run", "--pack", "pack")
    assert code == 1
    assert codes_about(text, "pack/plays/out.yaml") == {"CM506"}


# --- what is large and legal


def test_a_wide_order_is_judged_in_time() -> None:
    many: dict[str, Any] = {**json.loads(GOOD), **{f"key{number}": number for number in range(2_000)}}
    code, text = call("validate", "--pack", BASE, write("wide.json", json.dumps(many)), "--format", "json")
    assert code == 1


def test_a_pack_of_many_files_is_read_in_time() -> None:
    write("pack/pack.yaml", "pack: p\nformat: 1\n")
    for number in range(500):
        write(f"pack/t/{number}.yaml", f"types: {{t{number}: {{fields: {{a: t{number - 1 if number else 'x'}}}}}}}\n")
    code, text = call("check", "pack")
    assert code == 1
    assert codes_about(text, "pack/t/0.yaml") == {"CM202"}
