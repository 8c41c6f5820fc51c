"""Milliseconds from a record's append to its decision, by the broker's clock and the reader's.

The source topic must carry the broker's append time, which a decision's id repeats.
"""

import json
import time


class Latencies:
    """Those of the records appended in the interval measured."""

    def __init__(self):
        self.values = []
        self.interval = (0, 0)  # appended from, to; milliseconds since 1970

    def measure(self, warm_up_seconds, seconds):
        start = (time.time() + warm_up_seconds) * 1_000
        self.interval = (start, start + seconds * 1_000)

    def note(self, message):
        now = time.time() * 1_000
        appended = int(json.loads(message.value())["decision_id"].rsplit("/", 1)[1])
        if self.interval[0] <= appended < self.interval[1]:
            self.values.append(now - appended)

    def quantile(self, share):
        """The smallest value that at least this share of all values does not exceed."""
        ordered = sorted(self.values)
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else None
