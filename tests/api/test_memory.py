"""A file twice as large takes no more memory: each format, and a quarantine. Peaks are those of processes."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from covage_model import generate_defects, generate_orders, load_pack
from covage_model.cli.main import main

GROWTH = 5 * 2**10  # KiB that may be chance
MOST = 200 * 1000  # KiB, whatever the file
KINDS = {  # the size of the smaller file, and options
    "a.ndjson": (1_500_000, ()),
    "a.json": (1_500_000, ()),
    "envelope.json": (1_500_000, ("--at", "/data/orders")),
    "a.csv": (600_000, ()),
    "a.yaml": (50_000, ()),
    "bad.ndjson": (50_000, ()),
    "apart.ndjson": (2_500_000, ("--quarantine", "apart")),
    "listed.ndjson": (80_000, ("--format", "json")),
}


def contents(kind: str, size: int) -> Iterator[bytes]:
    pack = load_pack()
    if kind == "bad.ndjson":
        orders = [one.document for one in generate_defects(pack, "terminate-copper", count=4, seed=6)]
    else:
        orders = list(generate_orders(pack, "terminate-copper", count=4, fill="minimal", seed=6))
    lines = [json.dumps(order) for order in orders]
    if kind.endswith(".ndjson"):
        block = "".join(f"{line}\n" for line in lines).encode()
    elif kind.endswith(".json"):
        block = "".join(f"{line},\n" for line in lines).encode()
        yield b'{"data": {"orders": [' if kind == "envelope.json" else b"["
    elif kind == "a.yaml":
        block = "".join(f"--- {line}\n" for line in lines).encode()
    else:
        text = io.StringIO()
        rows = [dict(cells(order)) for order in orders]
        names = sorted({name for row in rows for name in row})
        csv.DictWriter(text, names).writerows(rows)
        block = text.getvalue().encode()
        yield f"{','.join(names)}\n".encode()
    for _ in range(size // len(block)):
        yield block
    if kind.endswith(".json"):
        yield f"{lines[0]}]".encode() + (b"}}" if kind == "envelope.json" else b"")


def cells(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    for key, item in value.items():
        path = f"{name}.{key}" if name else key
        if isinstance(item, dict):
            yield from cells(item, path)
        else:
            yield path, item if isinstance(item, str) else json.dumps(item)


def peak(kind: str, size: int, number: int) -> int:
    """The peak of a process that judges a file, in KiB. It is forked: all is loaded, and counts from the start."""
    with open(f"{number}-{kind}", "wb") as file:
        file.writelines(contents(kind, size))
    options = [f"{word}{number}" if word == "apart" else word for word in KINDS[kind][1]]
    process = os.fork()
    if not process:
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            code = main(["validate", f"{number}-{kind}", "--jobs", "1", *options], nowhere, sys.stderr, io.BytesIO())
        os._exit(code)
    _, status, used = os.wait4(process, 0)
    assert os.waitstatus_to_exitcode(status) == (kind == "bad.ndjson"), kind
    return used.ru_maxrss


@pytest.mark.skipif(not os.environ.get("COVAGE_LONG"), reason="it judges large files: make proof does")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere peaks are counted otherwise")
def test_twice_the_input_takes_no_more_memory(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, __file__], cwd=tmp_path, check=True, capture_output=True, text=True)
    peaks = json.loads(done.stdout)
    assert peaks.keys() == KINDS.keys()
    for kind, (once, twice) in peaks.items():
        assert twice < once + GROWTH, (kind, peaks)
        assert twice < MOST, (kind, peaks)


if __name__ == "__main__":
    Path("warm.ndjson").write_bytes(b"{}\n")
    main(["validate", "warm.ndjson"], io.StringIO(), sys.stderr, io.BytesIO())
    print(json.dumps({kind: [peak(kind, size * n, n) for n in (1, 2)] for kind, (size, _) in KINDS.items()}))
