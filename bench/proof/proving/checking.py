"""The check of exactly-once from outside: the source topic against the decisions topic."""

import collections
import json
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

from . import reading, topics

EXAMPLES = 5


class SourcePartition:
    """The records of one input partition: offsets in order, keys, and how often each was decided."""

    def __init__(self):
        self.offsets = array("q")
        self.keys = []
        self.skipped = set()  # null payloads: data, but nothing to decide
        self.decided = bytearray()

    def add(self, message):
        if message.value() is None:
            self.skipped.add(message.offset())
            return
        self.offsets.append(message.offset())
        self.keys.append(message.key())
        self.decided.append(0)

    def index(self, offset):
        """Where the offset stands, or None if no such record was in the source."""
        index = bisect_left(self.offsets, offset)
        return index if index < len(self.offsets) and self.offsets[index] == offset else None


@dataclass
class Result:
    """What the check counted. `examples` names a few records of each defect."""

    source_records: int = 0
    skipped: int = 0
    decisions: int = 0
    dead_letters: int = 0
    missing: int = 0
    duplicates: int = 0
    unknown_rows: int = 0
    out_of_order: int = 0
    wrong_key: int = 0
    wrong_partition: int = 0
    unreadable: int = 0
    statuses: collections.Counter = field(default_factory=collections.Counter)
    rules: collections.Counter = field(default_factory=collections.Counter)
    examples: dict = field(default_factory=dict)

    DEFECTS = ("missing", "duplicates", "unknown_rows", "out_of_order", "wrong_key", "wrong_partition", "unreadable")

    def defect(self, kind, example):
        setattr(self, kind, getattr(self, kind) + 1)
        examples = self.examples.setdefault(kind, [])
        if len(examples) < EXAMPLES:
            examples.append(example)

    @property
    def holds(self):
        return not any(getattr(self, kind) for kind in self.DEFECTS)

    @property
    def holds_but_for_duplicates(self):
        """What is promised at least once."""
        return not any(getattr(self, kind) for kind in self.DEFECTS if kind != "duplicates")

    def as_json(self):
        return {"holds": self.holds, **vars(self), "statuses": dict(self.statuses),
                "rules": dict(sorted(self.rules.items()))}


def read_source(bootstrap, topic):
    partitions = collections.defaultdict(SourcePartition)
    for message in reading.committed_records(bootstrap, topic):
        partitions[message.partition()].add(message)
    return partitions


def check(bootstrap, source, decisions, dead_letters=None):
    """One answer for each record of `source`, in order, with its key, in its key's partition."""
    result = Result()
    partitions = read_source(bootstrap, source)
    result.source_records = sum(len(p.offsets) + len(p.skipped) for p in partitions.values())
    result.skipped = sum(len(p.skipped) for p in partitions.values())
    check_decisions(bootstrap, source, decisions, partitions, result)
    if dead_letters:
        check_dead_letters(bootstrap, dead_letters, partitions, result)
    for number, partition in sorted(partitions.items()):
        for index, times in enumerate(partition.decided):
            if times == 0:
                result.defect("missing", f"{source}/{number}/{partition.offsets[index]}")
    return result


def check_decisions(bootstrap, source, decisions, partitions, result):
    last_offset = {}  # per source partition: the offset decided last
    partition_of_key = {}
    same_layout = topics.ends(bootstrap, source).keys() == topics.ends(bootstrap, decisions).keys()
    for message in reading.committed_records(bootstrap, decisions):
        result.decisions += 1
        try:
            decision = json.loads(message.value())
            topic, number, offset, _ = decision["decision_id"].rsplit("/", 3)
            number, offset = int(number), int(offset)
        except (ValueError, KeyError, TypeError):
            result.defect("unreadable", f"{decisions}/{message.partition()}/{message.offset()}")
            continue
        result.statuses[decision.get("status")] += 1
        for rule in {action["rule"] for action in decision.get("actions", [])}:
            result.rules[rule] += 1
        partition = partitions.get(number)
        index = partition.index(offset) if partition and topic == source else None
        if index is None:
            result.defect("unknown_rows", decision["decision_id"])
            continue
        if not note_answer(partition, index, decision["decision_id"], result):
            continue
        if offset <= last_offset.get(number, -1):
            result.defect("out_of_order", decision["decision_id"])
        last_offset[number] = max(offset, last_offset.get(number, -1))
        key = partition.keys[index]
        if message.key() != key:
            result.defect("wrong_key", decision["decision_id"])
        # `load` partitions as Java does, and so must the program: with as many partitions a key stays put.
        elif key is not None and message.partition() != partition_of_key.setdefault(
                key, number if same_layout else message.partition()):
            result.defect("wrong_partition", decision["decision_id"])


def note_answer(partition, index, name, result):
    """Counts an answer; false if the record had one already."""
    partition.decided[index] = min(255, partition.decided[index] + 1)
    if partition.decided[index] > 1:
        result.defect("duplicates", name)
    return partition.decided[index] == 1


def check_dead_letters(bootstrap, topic, partitions, result):
    for message in reading.committed_records(bootstrap, topic):
        result.dead_letters += 1
        headers = {name: value.decode(errors="replace") for name, value in message.headers() or []}
        try:
            number, offset = int(headers["arka.source.partition"]), int(headers["arka.source.offset"])
        except (KeyError, ValueError):
            result.defect("unreadable", f"{topic}/{message.partition()}/{message.offset()}")
            continue
        index = partitions[number].index(offset) if number in partitions else None
        if index is None:
            result.defect("unknown_rows", f"dead letter {number}/{offset}")
        else:
            note_answer(partitions[number], index, f"dead letter {number}/{offset}", result)
