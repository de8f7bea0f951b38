"""The fast reader gives what the careful one gives, or doubts."""

import json
import sys
from functools import partial
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from covage_model.ground.files import json_reader, plain_json
from covage_model.ground.files.limits import Limits
from covage_model.ground.files.text import Text

BOTH = ["orjson", "standard library"]
KEYS = st.text(st.sampled_from('ab":\\ \t é€😀'), max_size=4)


class Members(list):  # type: ignore[type-arg]
    """The members of an object, some of them twice."""


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.lists(st.tuples(KEYS, inner), max_size=3).map(Members),
    max_leaves=8,
)


def spelled(value: Any, blank: str) -> str:
    """JSON text with keys as often as they come; blanks around colons and commas."""
    if isinstance(value, Members):
        members = (f"{json.dumps(key)}{blank}:{blank}{spelled(each, blank)}" for key, each in value)
        return "{" + f"{blank},".join(members) + "}"
    if isinstance(value, list):
        return "[" + f",{blank}".join(spelled(each, blank) for each in value) + "]"
    return json.dumps(value, ensure_ascii=len(blank) != 1)


@pytest.fixture(params=BOTH)
def read(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    if request.param == "orjson":
        pytest.importorskip("orjson")
    else:
        monkeypatch.setitem(sys.modules, "orjson", None)
    return plain_json.reader()


def agree(read: Any, line: str) -> bool:
    """Whether the fast reader gave a value; it is the careful reader's then."""
    try:
        value = read(line.encode("utf-8", "surrogatepass"))
    except ValueError:
        return False
    careful, findings = json_reader.careful(Text("f", line), 0, len(line), limits=Limits())
    assert not findings, line
    assert json.dumps(value) == json.dumps(careful), line
    return True


@pytest.mark.parametrize(
    "line",
    [
        '{"a":1,"a":1}',
        '{"a":1,"\\u0061":2}',
        '{"a" :1,"a":2,"b":"\\":"}',
        '{"a":1,"a":2,"b":"\\u0022:"}',
        '{"a\\u0022:":1,"b":2,"b":3}',
        '{"a":{"b":1,"b":[]}}',
        '{"a":"\\ud800"}',
        '{"a":NaN}',
        '{"a":1e400}',
        '{"a":1e-400}',
        '{"a":-1.5E-0324}',
        '{"a":0.' + "0" * 400 + "1}",
        "{'a':1}",
        '{"a":1}}',
        '\ufeff{"a":1}',
        "",
        "{" * 200,
        "[" * 260 + "]" * 260,
        '{"a":' * 65 + "1" + "}" * 65,
        '{"a":"","a":"\\u003a"}',
        '{"a":0.' + "1" * 1000 + "}",
        '{"a":[' + "[]," * 8000 + '{"' + "b" * 17_000 + '":[' + "1," * 16_000 + "1]}]}",
    ],
)
def test_what_only_the_careful_reader_may_judge_is_a_doubt(read: Any, line: str) -> None:
    with pytest.raises((ValueError, RecursionError)):
        read(line.encode())


@pytest.mark.parametrize("line", ['{"a":"x : y","b":{"c":[1,"\\":",null]}}', '{"é": "€", "b": "\\u00e9"}', "[]", "1"])
def test_what_is_plain_is_read(read: Any, line: str) -> None:
    assert agree(read, line)


@settings(max_examples=100, deadline=None)
@given(VALUES, st.sampled_from(["", " ", "\t ", "  "]))
@example(Members([("a", "1"), ("a", Members([]))]), "")
def test_the_fast_reader_gives_what_the_careful_one_gives(value: Any, blank: str) -> None:
    for read in (plain_json.reader(), partial(plain_json._limited, plain_json._by_standard_library, Limits(), 2**16)):
        line = spelled(value, blank)
        try:
            data = read(line.encode())
        except ValueError:
            continue
        careful, findings = json_reader.careful(Text("f", line), 0, len(line), limits=Limits())
        assert not findings
        assert same(data, careful)


def same(fast: Any, careful: Any) -> bool:
    """Equal, and of the same type: 1 is no 1.0."""
    if isinstance(fast, dict) and isinstance(careful, dict):
        return fast.keys() == careful.keys() and all(same(fast[key], careful[key]) for key in fast)
    if isinstance(fast, list) and isinstance(careful, list):
        return len(fast) == len(careful) and all(map(same, fast, careful))
    return type(fast) is type(careful) and bool(fast == careful)


@pytest.mark.parametrize(
    ("value", "limits"),
    [
        ([{"name": f"n{number}", "in": {"list": ["x", 1, None]}} for number in range(900)], Limits()),
        ([{"name": "n"}] * 4_000, Limits(nodes=7_999)),
        ([{"name": "n" * 450}] * 100, Limits(paths=50_000)),
        ([["x"]] * 9_000, Limits(depth=2)),
        ([[["x"]]] * 9_000, Limits(depth=2)),
        (["x" * 5_000] * 9, Limits(scalar=4_999)),
        (['"' * 5_000] * 9, Limits(scalar=4_999)),
        ({"x" * 5_000: 9}, Limits(scalar=4_999)),
        ("x" * 20_000, Limits()),
        (9, Limits()),
    ],
)
def test_what_bytes_say_of_limits_is_no_more_than_a_walk_says(value: Any, limits: Limits) -> None:
    record = json.dumps(value).encode()
    values = record.count(b",") + record.count(b"{") + record.count(b"[") + 1
    plainly = plain_json._is_plainly_within(record, value, values, limits)
    assert not plainly or plain_json._is_within(value, limits)
    assert plainly or limits != Limits() or len(record) < 16_000 or isinstance(value, str)


@pytest.mark.parametrize("number", [2**63, 2**64, 2**64 + 1, -(2**64), 10**20, 10**40, 10**17, 10**18 - 1])
def test_a_whole_number_beyond_64_bits_is_no_double(number: int) -> None:
    line = f'{{"a": [{number}], "b": "{number}"}}'
    for read in (plain_json.reader(), partial(plain_json._limited, plain_json._by_standard_library, Limits(), 2**16)):
        try:
            data = read(line.encode())
        except plain_json.Doubt:
            assert abs(number) >= 10**18
        else:
            assert same(data, {"a": [number], "b": str(number)})


@pytest.mark.parametrize("number", ["1e-400", "1.E-0400", "0.1e-007", "1e-99", "1e-100"])
@pytest.mark.parametrize("before", ["", "e-e-9", "E-", "be-100", "e-1e-2"])
def test_a_tiny_number_is_found_behind_what_looks_like_one(number: str, before: str) -> None:
    line = f'["{before}",{number}]'.encode()
    exponent = int(number.lower().partition("e-")[2])
    assert (plain_json._has_tiny(line, b"e-") or plain_json._has_tiny(line, b"E-")) == (exponent >= 100)
