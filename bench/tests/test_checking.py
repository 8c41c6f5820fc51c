"""`verify` must find each kind of defect; here against topics that are lists."""

import json
import sys
import types
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "proof"))
from proving import environment  # noqa: E402

environment.enter()

from proving import checking  # noqa: E402

ROWS = 6


def record(partition, offset, key, value):
    return types.SimpleNamespace(partition=lambda: partition, offset=lambda: offset, key=lambda: key,
                                 value=lambda: value, headers=lambda: [])


def decision(partition, offset, key=None, answers=None):
    body = {"decision_id": f"tx/{partition}/{answers if answers is not None else offset}/0", "status": "flagged",
            "actions": [{"rule": "large"}]}
    return record(partition, offset, key or b"k%d" % offset, json.dumps(body).encode())


class CheckingTests(unittest.TestCase):
    def check(self, decisions):
        """One partition of six records, one of them null, against the decisions given."""
        source = [record(0, n, b"k%d" % n, None if n == 5 else b"{}") for n in range(ROWS)]
        stored = {"tx": source, "decisions": decisions}
        with mock.patch.object(checking.reading, "committed_records", lambda _, topic: iter(stored[topic])), \
                mock.patch.object(checking.topics, "ends", lambda *_: {0: (0, ROWS)}):
            return checking.check("", "tx", "decisions")

    def assert_only(self, result, **defects):
        found = {kind: getattr(result, kind) for kind in result.DEFECTS if getattr(result, kind)}
        self.assertEqual(found, defects)
        self.assertEqual(result.holds, not defects)

    def test_accepts_one_decision_for_each_record(self):
        result = self.check([decision(0, n) for n in range(5)])
        self.assert_only(result)
        self.assertEqual((result.source_records, result.skipped, result.decisions), (6, 1, 5))
        self.assertEqual((result.statuses, result.rules), ({"flagged": 5}, {"large": 5}))

    def test_finds_a_missing_decision(self):
        self.assert_only(self.check([decision(0, n) for n in (0, 1, 3, 4)]), missing=1)

    def test_finds_a_doubled_decision(self):
        self.assert_only(self.check([decision(0, n) for n in (0, 1, 1, 2, 3, 4)]), duplicates=1)

    def test_finds_a_change_of_order(self):
        self.assert_only(self.check([decision(0, n) for n in (0, 2, 1, 3, 4)]), out_of_order=1)

    def test_finds_a_decision_about_nothing(self):
        self.assert_only(self.check([decision(0, n) for n in range(5)] + [decision(0, 9)]), unknown_rows=1)

    def test_finds_a_decision_about_a_null_payload(self):
        self.assert_only(self.check([decision(0, n) for n in range(6)]), unknown_rows=1)

    def test_finds_another_key(self):
        decisions = [decision(0, n) for n in range(4)] + [decision(0, 4, key=b"other")]
        self.assert_only(self.check(decisions), wrong_key=1)

    def test_finds_a_key_in_another_partition(self):
        moved = decision(0, 4)
        moved.partition = lambda: 1
        self.assert_only(self.check([decision(0, n) for n in range(4)] + [moved]), wrong_partition=1)

    def test_finds_what_is_no_decision(self):
        decisions = [decision(0, n) for n in range(5)] + [record(0, 9, b"k", b"junk")]
        self.assert_only(self.check(decisions), unreadable=1)


if __name__ == "__main__":
    unittest.main()
