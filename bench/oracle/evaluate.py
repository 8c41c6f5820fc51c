#!/usr/bin/env python3
"""An evaluator of the workload's rule books that shares nothing with the engine, to compare it with.

It reads the books' .json form (expression trees), computes with Python's exact `decimal`, and knows
three truth values: a comparison with an absent or null field is unknown, `and`/`or`/`not` are Kleene's,
and only a rule whose condition is true fires.

    bench/oracle/evaluate.py --book bench/workload/rules-100.json
        prints {"transaction_id": …, "rules": […]} for each message
    pact eval bench/workload/rules-100.yaml --input MESSAGES --output decisions.jsonl
    bench/oracle/evaluate.py --book bench/workload/rules-100.json --compare decisions.jsonl
        exit code 1 and the first differences, unless each decision names exactly the rules that fired
"""

import argparse
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

WORKLOAD = Path(__file__).resolve().parent.parent / "workload"
EXAMPLES = 10
COMPARISONS = {"eq": "==", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


# --- from an expression tree to Python -----------------------------------------------------------


class Compiler:
    """Turns a book into one Python function of a message's fields.

    Two expressions stand for a three-valued one: when it is true, and when it is false. It is unknown
    when neither holds. `not` exchanges the two, and so Kleene's tables follow from and/or alone.
    """

    def __init__(self):
        self.fields = {}  # path → the name of its parameter
        self.constants = {}  # the name of a constant → its value

    def compile(self, book):
        tests = []
        for rule in book:
            tests.append(f"    if {self.when_true(rule['when'])}: fired.append({rule['name']!r})")
        source = f"def evaluate({', '.join(self.fields.values())}):\n    fired = []\n"
        scope = dict(self.constants)
        exec(source + "\n".join(tests) + "\n    return fired\n", scope)
        paths = [path.split(".") for path in self.fields]
        return lambda message: scope["evaluate"](*(value_at(message, path) for path in paths))

    def when_true(self, tree):
        match tree["op"]:
            case "and":
                return self.joined(" and ", self.when_true, tree["args"])
            case "or":
                return self.joined(" or ", self.when_true, tree["args"])
            case "not":
                return self.when_false(tree["a"])
        return self.comparison(tree, "")

    def when_false(self, tree):
        match tree["op"]:
            case "and":
                return self.joined(" or ", self.when_false, tree["args"])
            case "or":
                return self.joined(" and ", self.when_false, tree["args"])
            case "not":
                return self.when_true(tree["a"])
        return self.comparison(tree, "not ")

    @staticmethod
    def joined(word, form, trees):
        return "(" + word.join(map(form, trees)) + ")"

    def comparison(self, tree, negation):
        """Known, and true (or, with `negation`, known and false)."""
        left, fields = self.operand(tree["a"])
        if tree["op"] == "in":
            right, test = self.constant(frozenset(tree["set"])), "in"
        else:
            right, more = self.operand(tree["b"])
            fields, test = fields | more, COMPARISONS[tree["op"]]
        known = "".join(f"{field} is not None and " for field in sorted(fields))
        return f"({known}{negation}({left} {test} {right}))"

    def operand(self, tree):
        """The operand as Python, and the fields that must be known for it to be known."""
        if "field" in tree:
            name = self.fields.setdefault(tree["field"], f"f{len(self.fields)}")
            return name, {name}
        if tree.get("op") == "mul":
            text, fields = self.operand(tree["a"])
            return f"({text} * {self.constant(Decimal(tree['k']))})", fields
        ((_, value),) = tree.items()  # str, num or bool
        return self.constant(value), set()

    def constant(self, value):
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name


def value_at(message, path):
    """The value, or None where it is null or where the path leads through nothing."""
    for name in path:
        if not isinstance(message, dict):
            return None
        message = message.get(name)
    return message


# --- messages and decisions ----------------------------------------------------------------------


def lines_of(path):
    if path == "-":
        yield from sys.stdin
    elif str(path).endswith(".zst"):
        with subprocess.Popen(["zstd", "-dc", path], stdout=subprocess.PIPE, text=True) as process:
            yield from process.stdout
    else:
        with open(path, encoding="utf-8") as file:
            yield from file


def parsed(text):
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)


def expected_answers(book, messages):
    """(transaction id, rules that fired) of each message."""
    evaluate = Compiler().compile(parsed(Path(book).read_text(encoding="utf-8")))
    for line in lines_of(messages):
        message = parsed(line)
        yield message["id"], evaluate(message)


def engine_answers(decisions):
    """(transaction id, rules, status) of each decision."""
    for line in lines_of(decisions):
        decision = json.loads(line)
        rules = list(dict.fromkeys(action["rule"] for action in decision.get("actions", [])))
        yield decision["transaction_id"], rules, decision["status"]


def differences(expected, decisions):
    """The places where the engine's answer is not the expected one, for people to read."""
    decisions = iter(decisions)
    for number, (identifier, rules) in enumerate(expected, 1):
        decision = next(decisions, None)
        if decision is None:
            yield f"line {number}: no decision for {identifier} or anything after it"
            return
        wanted = (identifier, rules, "flagged" if rules else "compliant")
        if decision != wanted:
            yield f"line {number}: expected {wanted}, the engine says {decision}"
    for extra in decisions:
        yield f"a decision too many: {extra}"


def compare(expected, decisions):
    count = fired = 0
    examples = []

    def counted():
        nonlocal count, fired
        for identifier, rules in expected:
            count, fired = count + 1, fired + len(rules)
            yield identifier, rules

    different = 0
    for difference in differences(counted(), decisions):
        different += 1
        if len(examples) < EXAMPLES:
            examples.append(difference)
    print(json.dumps({"messages": count, "rules_fired": fired, "differences": different, "examples": examples}, indent=2))
    return 0 if count and not different else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--book", required=True, help="a rule book in its .json form")
    parser.add_argument("--messages", default=WORKLOAD / "messages.jsonl.zst", help="default: the workload's")
    parser.add_argument("--compare", metavar="DECISIONS", help="what pact eval wrote for the same messages")
    options = parser.parse_args()

    expected = expected_answers(options.book, options.messages)
    if options.compare:
        return compare(expected, engine_answers(options.compare))
    for identifier, rules in expected:
        print(json.dumps({"transaction_id": identifier, "rules": rules}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
