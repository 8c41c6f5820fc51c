"""Filling a source topic with JSON lines, flat out or at a rate."""

import re
import subprocess
import sys
import time
from pathlib import Path

from confluent_kafka import Producer

from .environment import PROJECT

WORKLOAD = PROJECT / "bench/workload/messages.jsonl.zst"
IDENTIFIER = re.compile(rb'"id"\s*:\s*"([^"]*)"')
LOAD = PROJECT / "bench/proof/load"


def lines_of(path):
    """The lines of a file, of a .zst file, or of stdin ('-')."""
    if path == "-":
        yield from sys.stdin.buffer
    elif str(path).endswith(".zst"):
        with subprocess.Popen(["zstd", "-dc", path], stdout=subprocess.PIPE) as process:
            yield from process.stdout
    else:
        with open(path, "rb") as file:
            yield from file


def transactions(path, count=None):
    """(id, line) of each line; with `count`, the lines again and again with new ids (ID-1, ID-2, …)."""
    if count is None:
        for line in lines_of(path):
            yield identifier_of(line), line.rstrip(b"\n")
        return
    kept = [line.rstrip(b"\n") for line in lines_of(path)]
    for number in range(count):
        turn, line = number // len(kept), kept[number % len(kept)]
        identifier = identifier_of(line)
        if turn:
            renamed = b"%s-%d" % (identifier, turn)
            line = IDENTIFIER.sub(lambda _: b'"id":"%s"' % renamed, line, count=1)
            identifier = renamed
        yield identifier, line


def identifier_of(line):
    """The line's first member `id`: in the workload and the data sets it is the transaction's."""
    match = IDENTIFIER.search(line)
    if match is None:
        raise ValueError(f"a line without an id: {line[:120]!r}")
    return match[1]


def feed(bootstrap, topic, rows, rate=None, one_by_one=False):
    """Writes the rows, keyed by id; returns (records, seconds). `rate` is records per second."""
    failures = []

    def delivered(error, _):
        if error is not None:
            failures.append(error)

    producer = Producer({
        "bootstrap.servers": bootstrap, "enable.idempotence": True, "partitioner": "murmur2_random",
        "linger.ms": 0 if one_by_one else 5, "queue.buffering.max.messages": 500_000,
        "socket.nagle.disable": True, "reconnect.backoff.max.ms": 250, "on_delivery": delivered})
    start, count = time.monotonic(), 0
    for count, (identifier, line) in enumerate(rows, 1):
        if rate:
            wait_until(start + count / rate, producer)
        while True:
            try:
                producer.produce(topic, value=line, key=identifier)
                break
            except BufferError:
                producer.poll(0.05)
        if count % 1_000 == 0:
            producer.poll(0)
    if producer.flush(60) or failures:
        raise RuntimeError(f"not all records were written: {failures[:1]}")
    return count, time.monotonic() - start


def wait_until(moment, producer):
    """Sleeps in steps short enough that a rate of some thousands stays even."""
    while (left := moment - time.monotonic()) > 0:
        producer.poll(0)
        time.sleep(min(left, 0.001))


class Feeder:
    """`load` as a process of its own, so that it shares no interpreter with what measures."""

    def __init__(self, bootstrap, topic, rate, seconds, one_by_one=False, input=WORKLOAD):
        words = [sys.executable, LOAD, "--bootstrap", bootstrap, "--topic", topic, "--input", input,
                 "--rate", str(rate), "--count", str(int(rate * seconds))]
        self.process = subprocess.Popen(words + ["--one-by-one"] * one_by_one, stdout=subprocess.DEVNULL)

    def is_feeding(self):
        return self.process.poll() is None

    def stop(self):
        if self.is_feeding():
            self.process.kill()
            self.process.wait()
