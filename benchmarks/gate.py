"""
Orders judged per second, as shares of what it costs only to parse them with `orjson`.

A file of different orders over all variants, a quarter of the lines compact, a quarter with default
spacing, a quarter in raw UTF-8 with accents and escapes, a quarter with shuffled keys. Whole processes on one
core, in turn, best of N: interpreter start included on both sides. A ratio is quoted, never asserted.

    python benchmarks/gate.py [ORDERS]
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

import yaml

from covage_model import generate_orders, load_pack, order_schema

ORDERS = 100_000
FILES = (200, 2_000)
LINES = 20_000  # of the comparison with jsonvet
TURNS = 3
ENTRIES = 100_000  # of the large account
YAML_SHARE = 20  # one order in so many is also written as YAML
ACCENTS = ("comment", "operator_order_name")
PARSE = "import sys, orjson\nfor line in open(sys.argv[1], 'rb'):\n    orjson.loads(line)\n"
EVENTS = "import sys, yaml\nfor event in yaml.parse(open(sys.argv[1], 'rb'), Loader=yaml.CLoader):\n    pass\n"
MEASURE = """
import os, sys
os.sched_setaffinity(0, {0})
nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=nowhere)
_, _, used = os.wait4(process, 0)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""  # a small process between: the peak of a process counts what its parent held when it was started
BARS = {
    "validate": " (the bar: 0.3 of orjson; the goal: 0.5)",
    "validate, a large account": f" (the bar: 0.6 of validate, with {ENTRIES:,} entries)",
    "validate, one in ten bad": " (the bar: 0.25 of validate)",
    "validate, a JSON list": " (the bar: 0.15 of orjson)",
    "validate, --at": " (the bar: 0.15 of orjson)",
    "validate, CSV": " (the bar: 0.1 of orjson)",
}
SCHEMA = """
import sys, orjson, jsonschema_rs
from covage_model import load_pack, order_schema
pack = load_pack()
schemas = {name: order_schema(pack, name) for name in pack.names}
valid = {name: jsonschema_rs.validator_for(schemas[name], validate_formats=True).is_valid for name in schemas}
variant = {}
for line in open(sys.argv[1], "rb"):
    order = orjson.loads(line)
    key = (order["type"], order.get("activation_type"), order.get("product", {}).get("code", "")[:1])
    if key not in variant:
        variant[key] = next((name for name in valid if valid[name](order)), None)
    if variant[key] is None or not valid[variant[key]](order):
        print("refused")
"""


def main() -> None:
    """Make the files, run the contestants, print the ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ORDERS
    with tempfile.TemporaryDirectory() as folder:
        orders, account = Path(folder, "orders.ndjson"), Path(folder, "account.json")
        size = write(orders, account, count)
        some_bad = Path(folder, "some_bad.ndjson")
        spoil(orders, some_bad)
        all_bad = Path(folder, "all_bad.ndjson")
        spoil(orders, all_bad, every=1)
        large = Path(folder, "large_account.json")
        enlarge(account, large)
        array, envelope, table = (Path(folder, name) for name in ("list.json", "envelope.json", "table.csv"))
        rewrite(orders, array, envelope, table)
        print(f"{count:,} orders, {size / count:.0f} bytes each")
        validate = [sys.executable, "-m", "covage_model", "validate", "--jobs", "1"]
        ours = [*validate, str(orders)]
        runs = {
            "orjson.loads alone": [sys.executable, "-c", PARSE, str(orders)],
            "orjson and jsonschema-rs": [sys.executable, "-c", SCHEMA, str(orders)],
            "validate": ours,
            "validate, with an account": [*ours, "--account", str(account)],
            "validate, a large account": [*ours, "--account", str(large)],
            "validate, one in ten bad": [*validate, str(some_bad)],
            "validate, all bad": [*validate, str(all_bad)],
            "validate, all as NDJSON": [*ours, "--format", "ndjson"],
            "validate, a JSON list": [*validate, str(array)],
            "validate, --at": [*validate, str(envelope), "--at", "/data/orders"],
            "validate, CSV": [*validate, str(table)],
        }
        seconds = {name: min(cpu(command)[0] for _ in range(TURNS)) for name, command in runs.items()}
        base = seconds["orjson.loads alone"]
        for name, spent in seconds.items():
            shares = f"{base / spent:6.3f} of orjson alone, {seconds['validate'] / spent:5.2f} of validate"
            print(f"{name:26} {count / spent:10,.0f} orders/s  {shares}{BARS.get(name, '')}")
        if count < ORDERS:
            print(f"fewer than {ORDERS:,} orders: mostly the start, and the reading of the account, were measured")
        print(f"{'validate':26} {cpu(ours)[1] / 1024:10,.0f} MiB at its peak")
        compare_yaml(orders, Path(folder, "orders.yaml"), count // YAML_SHARE, validate)
        compare_lines(Path(folder), validate)
        compare_folder(Path(folder))


def enlarge(account: Path, large: Path) -> None:
    """The same account with more services, until it has `ENTRIES` entries."""
    value = json.loads(account.read_text(encoding="utf-8"))
    known = value["services"]
    for number in range(ENTRIES - sum(map(len, value.values()))):
        known.append({**known[number % len(known)], "reference": f"S999999_{number:05}"})
    large.write_text(json.dumps(value), encoding="utf-8")


def rewrite(orders: Path, array: Path, envelope: Path, table: Path) -> None:
    """The same orders as a JSON list, in an envelope, and as rows of CSV."""
    lines = orders.read_text(encoding="utf-8").splitlines()
    items = ",\n".join(lines)
    array.write_text(f"[{items}]", encoding="utf-8")
    envelope.write_text(f'{{"page": 1, "data": {{"total": {len(lines)}, "orders": [{items}]}}}}', encoding="utf-8")
    rows = [dict(cells(json.loads(line))) for line in lines if "{}" not in line]  # CSV has no empty object
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, sorted({name for row in rows for name in row}))
        writer.writeheader()
        writer.writerows(islice(cycle(rows), len(lines)))  # as many as in the other files


def cells(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The cells of an order, by the names of their columns."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from cells(item, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from cells(item, name if number == 1 else f"{name}[{number}]")
    else:
        yield name, value if isinstance(value, str) else json.dumps(value)


def compare_yaml(orders: Path, stream: Path, count: int, validate: Sequence[str]) -> None:
    """The first orders as a stream of YAML, against the events of libyaml alone."""
    with orders.open(encoding="utf-8") as lines, stream.open("w", encoding="utf-8") as out:
        values = (json.loads(line) for line in islice(lines, count))
        yaml.dump_all(values, out, Dumper=yaml.CSafeDumper, allow_unicode=True, explicit_start=True)
    bare, ours = (
        min(cpu([*command, str(stream)])[0] for _ in range(TURNS))
        for command in ([sys.executable, "-c", EVENTS], validate)
    )
    print(
        f"{'validate, YAML':26} {count / ours:10,.0f} orders/s  {bare / ours:6.3f} of libyaml's events (the bar: 0.5)"
    )


def spoil(orders: Path, some_bad: Path, every: int = 10) -> None:
    """The same orders; one of so many has a field that no order has."""
    with orders.open("rb") as lines, some_bad.open("wb") as stream:
        for number, line in enumerate(lines):
            stream.write(line if number % every else b'{"colour":"%d",' % number + line.lstrip(b"{ "))


def compare_lines(home: Path, validate: Sequence[str]) -> None:
    """Orders of one variant on lines, against `jsonvet` with its schema; without it, where that is not installed."""
    peer = Path(sys.executable).parent / "jsonvet"
    if not peer.exists():
        print("jsonvet is not installed: `pip install jsonvet` puts it beside this Python")
        return
    pack = load_pack()
    lines, schema = home / "one_variant.ndjson", home / "one_variant.json"
    orders = generate_orders(pack, pack.names[0], count=LINES, seed=3)
    lines.write_text("".join(json.dumps(order) + "\n" for order in orders), encoding="utf-8")
    schema.write_text(json.dumps(order_schema(pack, pack.names[0])), encoding="utf-8")
    its = [str(peer), "--dialect", "jsonl", "--schema", str(schema), str(lines)]
    spent, ours = (min(cpu(command)[0] for _ in range(TURNS)) for command in (its, [*validate, str(lines)]))
    print(f"{'jsonvet, one variant':26} {LINES / spent:10,.0f} orders/s; validate {LINES / ours:,.0f}")


def compare_folder(home: Path) -> None:
    """Files of one order each, against `check-jsonschema` called once on all of them, with the schema of one order."""
    one = home / "one"
    one.mkdir()
    pack = load_pack()
    variant = pack.names[0]
    for number, order in enumerate(generate_orders(pack, variant, count=max(FILES), seed=2)):
        (one / f"{number}.json").write_text(json.dumps(order), encoding="utf-8")
    schema = home / "schema.json"
    schema.write_text(json.dumps(order_schema(pack, variant)), encoding="utf-8")
    names = [str(path) for path in sorted(one.iterdir())]
    peer = [str(Path(sys.executable).parent / "check-jsonschema"), "--schemafile", str(schema)]
    ours = [sys.executable, "-m", "covage_model", "validate"]
    for count in FILES:
        spent, its = (per_file(command, names[:count]) for command in (ours, peer))
        print(f"{its / spent:.1f} times as fast as check-jsonschema for each further of {count:,} files (the bar: 20)")


def per_file(command: Sequence[str], names: Sequence[str]) -> float:
    """Processor seconds of each file but the first."""
    many = min(cpu([*command, *names])[0] for _ in range(TURNS))
    alone = min(cpu([*command, names[0]])[0] for _ in range(TURNS))
    return max(many - alone, 1e-6) / (len(names) - 1)


def write(orders: Path, account: Path, count: int) -> int:
    """Write the orders in their four spellings, and their account; how many bytes."""
    random = Random(1)
    made = generate_orders(load_pack(), count=count, fill="random", seed=1)
    account.write_text(json.dumps(made.account), encoding="utf-8")
    with orders.open("w", encoding="utf-8") as stream:
        for number, order in enumerate(made):
            stream.write(spelled(order, number % 4, random) + "\n")
    return orders.stat().st_size


def spelled(order: dict[str, Any], way: int, random: Random) -> str:
    """One order as a line."""
    if way == 0:
        return json.dumps(order, separators=(",", ":"))
    if way == 1:
        return json.dumps(order)
    if way == 2:
        for name in ACCENTS:
            if name in order:
                order = {**order, name: f'Été à l\'œuvre, n° {random.random()} \\ "ici" : 5 €'}
        return json.dumps(order, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(dict(random.sample(list(order.items()), len(order))), separators=(",", ":"))


def cpu(command: Sequence[str]) -> tuple[float, int]:
    """Processor seconds and peak KiB of a whole process, on one core."""
    done = subprocess.run([sys.executable, "-c", MEASURE, *command], stdout=subprocess.PIPE, check=True)
    seconds, peak = done.stdout.split()
    return float(seconds), int(peak)


if __name__ == "__main__":
    main()
