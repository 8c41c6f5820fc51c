"""The oracle against the plainest reading of three-valued logic, on random trees and messages."""

import itertools
import random
import sys
import unittest
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "oracle"))
import evaluate  # noqa: E402

SEED = 20260101


def walk(tree, message):
    """True, False or None (unknown), by the definition."""
    match tree["op"]:
        case "and":
            values = [walk(arg, message) for arg in tree["args"]]
            return False if False in values else None if None in values else True
        case "or":
            values = [walk(arg, message) for arg in tree["args"]]
            return True if True in values else None if None in values else False
        case "not":
            value = walk(tree["a"], message)
            return None if value is None else not value
    left = message.get(tree["a"]["field"])
    if left is None:
        return None
    right = tree["set"] if tree["op"] == "in" else tree["b"]["num"]
    return {"in": lambda: left in right, "eq": lambda: left == right, "ge": lambda: left >= right}[tree["op"]]()


def random_tree(source, depth):
    if depth == 0 or source.random() < 0.3:
        field = {"field": source.choice("abc")}
        if source.random() < 0.3:
            return {"op": "in", "a": field, "set": [Decimal(1), Decimal(2)]}
        return {"op": source.choice(["eq", "ge"]), "a": field, "b": {"num": Decimal(source.randrange(4))}}
    if source.random() < 0.3:
        return {"op": "not", "a": random_tree(source, depth - 1)}
    arguments = [random_tree(source, depth - 1) for _ in range(source.randrange(1, 4))]
    return {"op": source.choice(["and", "or"]), "args": arguments}


class OracleTests(unittest.TestCase):
    def test_fires_exactly_the_rules_that_are_true(self):
        source = random.Random(SEED)
        book = [{"name": f"r{n}", "when": random_tree(source, 4)} for n in range(300)]
        fired_by = evaluate.Compiler().compile(book)
        values = [None, Decimal(0), Decimal(1), Decimal(2), Decimal(3)]
        fired_once = set()
        for a, b, c in itertools.product(values, repeat=3):
            message = {"a": a, "b": b, "c": c}
            wanted = [rule["name"] for rule in book if walk(rule["when"], message) is True]
            self.assertEqual(fired_by(message), wanted, f"seed {SEED}, {message}")
            fired_once.update(wanted)
        self.assertGreater(len(fired_once), 200)

    def test_computes_without_rounding(self):
        rule = {"name": "r", "when": {"op": "eq", "a": {"op": "mul", "a": {"field": "x"}, "k": 3}, "b": {"num": Decimal("3.3")}}}
        self.assertEqual(evaluate.Compiler().compile([rule])({"x": Decimal("1.1")}), ["r"])

    def test_finds_a_missing_a_wrong_and_a_surplus_decision(self):
        expected = [("a", ["r"]), ("b", [])]
        right = [("a", ["r"], "flagged"), ("b", [], "compliant")]
        self.assertEqual(list(evaluate.differences(expected, right)), [])
        for wrong in (right[:1], right + right[:1], [right[0], ("b", ["r"], "flagged")], [right[1], right[0]]):
            self.assertTrue(list(evaluate.differences(expected, wrong)), wrong)


if __name__ == "__main__":
    unittest.main()
