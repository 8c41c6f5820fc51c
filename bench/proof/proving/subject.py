"""The program under proof: any command that reads one topic and answers into another."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

from confluent_kafka import KafkaException, TopicPartition

from . import topics


@dataclass
class Route:
    """Where one copy of the program reads and writes."""

    bootstrap: str
    source: str
    decisions: str
    group: str
    guarantee: str = "exactly_once"

    @staticmethod
    def create(bootstrap, partitions, number=0, guarantee="exactly_once", source=None, **source_config):
        """Makes fresh topics for a route; several routes may share a source."""
        stamp = f"{int(time.time())}-{os.getpid()}"
        source = source or f"proof-{stamp}-transactions"
        route = Route(bootstrap, source, f"proof-{stamp}-{number}-decisions", f"proof-{stamp}-{number}", guarantee)
        topics.create(bootstrap, route.source, partitions, **source_config)
        topics.create(bootstrap, route.decisions, partitions)
        return route

    def environment(self):
        """The variables that bench/workload's topologies read."""
        return {"PACT_BOOTSTRAP": self.bootstrap, "PACT_SOURCE_TOPIC": self.source,
                "PACT_DECISIONS_TOPIC": self.decisions, "PACT_GROUP": self.group, "PACT_GUARANTEE": self.guarantee}


class Subject:
    """Starts, kills and restarts the program, and follows its log for open transactions.

    In the command's words `{bootstrap}`, `{source}`, `{decisions}`, `{group}` and `{guarantee}` stand
    for the route's; the same values are in the environment (PACT_BOOTSTRAP, …).
    """

    def __init__(self, command, route, log_path):
        self.command, self.route = command, route
        self.log = open(log_path, "a", encoding="utf-8")
        self.process = None
        self.open_lanes = set()
        self.opened = 0  # transactions since the start
        self.lanes_changed = threading.Condition()

    def start(self, more_words=()):
        words = [word.format(**vars(self.route)) for word in (*self.command, *more_words)]
        self.open_lanes = set()
        self.process = subprocess.Popen(words, env={**os.environ, **self.route.environment()},
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.PIPE, text=True, errors="replace")
        self.follower = threading.Thread(target=self.follow_log, args=(self.process,), daemon=True)
        self.follower.start()

    def follow_log(self, process):
        for line in process.stderr:
            self.log.write(line)
            if '"transaction ' not in line:
                continue
            try:
                event = json.loads(line)
            except ValueError:
                continue
            with self.lanes_changed:
                if event.get("message") == "transaction opened":
                    self.open_lanes.add(event.get("lane"))
                    self.opened += 1
                elif event.get("message") in ("transaction committed", "transaction aborted"):
                    self.open_lanes.discard(event.get("lane"))
                self.lanes_changed.notify_all()
        self.log.flush()

    def wait_for_open_transaction(self, seconds):
        """Waits until the log says that one more transaction has opened; false if none does in time.

        Returns a little later, when it has records, and long before a commit interval of 100 ms ends.
        """
        with self.lanes_changed:
            before = self.opened
            seen = self.lanes_changed.wait_for(lambda: self.opened > before, timeout=seconds)
        time.sleep(0.015)
        return seen

    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """kill -9; returns the number of lanes whose transaction was open then, by the log."""
        self.process.kill()
        self.process.wait()
        self.follower.join()
        return len(self.open_lanes)

    def signal(self, number):
        self.process.send_signal(number)

    def finish(self, seconds=30):
        """SIGTERM, and the exit code; killed where it does not end in time."""
        if not self.is_running():
            return self.process.poll() if self.process else None
        self.signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            print(f"killed after {seconds} s without an end", file=sys.stderr)
            self.kill()
            return None


def wait_until_decided(route, seconds=90, while_true=lambda: True):
    """Waits until the group has committed every record of the source; false if it does not in time."""
    ends = topics.ends(route.bootstrap, route.source)
    reader = topics.consumer(route.bootstrap, **{"group.id": route.group})
    try:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and while_true():
            committed = committed_offsets(reader, route.source, ends)
            if committed and all(high == low or committed[p] >= high for p, (low, high) in ends.items()):
                return True
            time.sleep(0.25)
        return False
    finally:
        reader.close()


def committed_offsets(reader, topic, partitions):
    """The group's offset per partition; None while a transaction holds some of them back."""
    try:
        wanted = [TopicPartition(topic, p) for p in partitions]
        return {c.partition: c.offset for c in reader.committed(wanted, timeout=2)}
    except KafkaException:
        return None


def seed_from(option):
    """The seed of a run, printed so that the run can be repeated."""
    seed = option if option is not None else random.SystemRandom().randrange(2**32)
    print(f"seed {seed}", file=sys.stderr)
    return random.Random(seed), seed
