#!/usr/bin/env python3
"""Writes a rule book of any size of which a transaction concerns one rule in a hundred or fewer.

    bench/micro/large_book.py RULES >book.json

The first 100 rules are those of rules-100.json. The others are those of rules-1000.json, over and
over, each for one merchant, one customer or one bank only: what a payments company has that
agrees on rules with its partners. The same size gives the same book.
"""
import json
import pathlib
import random
import sys

folder = pathlib.Path(__file__).resolve().parents[2] / "bench" / "workload"
count = int(sys.argv[1])
rules = json.loads((folder / "rules-100.json").read_text())
pool = json.loads((folder / "rules-1000.json").read_text())
draw = random.Random(count)


def partner() -> dict:
    kind = draw.randrange(3)
    if kind == 0:
        field, value = "merchant.id", f"mrc-{draw.randrange(500_000):08d}"
    elif kind == 1:
        field, value = "customer.id", f"cust-{draw.randrange(2_000_000):08d}"
    else:
        field, value = "destination.account", f"IT{draw.randrange(10**12):020d}"
    return {"op": "eq", "a": {"field": field}, "b": {"str": value}}


for index in range(len(rules), count):
    rule = pool[index % len(pool)]
    rules.append(
        {"name": f"partner_{index}", "when": {"op": "and", "args": [rule["when"], partner()]}})
json.dump(rules[:count], sys.stdout)
