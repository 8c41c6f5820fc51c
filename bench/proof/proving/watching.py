"""A `read_committed` reader that runs beside the program under proof and notes when decisions appear."""

import threading
import time

from confluent_kafka import KafkaError, TopicPartition

from . import topics


class Watcher:
    """Follows the decisions topic from its present end, in a thread of its own."""

    def __init__(self, bootstrap, topic, on_decision=None):
        self.reader = topics.consumer(bootstrap, **{"auto.offset.reset": "earliest"})
        starts = topics.ends(bootstrap, topic)
        self.reader.assign([TopicPartition(topic, p, high) for p, (_, high) in starts.items()])
        self.count = 0
        self.on_decision = on_decision
        self.stopping = threading.Event()
        self.changed = threading.Condition()
        self.sought = {}  # partition: not yet seen since the moment of `expect`
        self.since_milliseconds = 0
        self.expected_at = self.first_seen = None
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while not self.stopping.is_set():
            # One record, then what else is there: a batch read would wait until the batch is full.
            for message in self.reader.consume(1, timeout=0.05) + self.reader.consume(2_000, timeout=0):
                if message.error() is None:
                    self.note(message, time.monotonic())
                elif message.error().code() != KafkaError._PARTITION_EOF:
                    print(f"watcher: {message.error()}", flush=True)
        self.reader.close()

    def note(self, message, now):
        self.count += 1
        if self.on_decision:
            self.on_decision(message)
        # Only records written after the moment count: what was committed before it may arrive late.
        if self.sought and message.timestamp()[1] >= self.since_milliseconds:
            with self.changed:
                if self.first_seen is None:
                    self.first_seen = now
                self.sought.pop(message.partition(), None)
                self.last_seen = now
                self.changed.notify_all()

    def expect(self, partitions):
        """From now on, waits for a new decision in each of the partitions."""
        with self.changed:
            self.expected_at, self.first_seen, self.last_seen = time.monotonic(), None, None
            self.since_milliseconds = int(time.time() * 1_000) + 1
            self.sought = dict.fromkeys(partitions)

    def wait(self, deadline_seconds):
        """(seconds to the first new decision, seconds until every partition had one); None: not in time."""
        with self.changed:
            left = self.expected_at + deadline_seconds - time.monotonic()
            everywhere = self.changed.wait_for(lambda: not self.sought, timeout=max(0, left))
            first = None if self.first_seen is None else self.first_seen - self.expected_at
            return first, self.last_seen - self.expected_at if everywhere else None

    def stop(self):
        self.stopping.set()
        self.thread.join()
