"""A broker that a proof may stop, kill and start again: one that `scripts/kafka` started by name."""

import subprocess
import sys
from dataclasses import dataclass

from .environment import PROJECT

KAFKA = PROJECT / "scripts/kafka"
TRANSACTIONS_TOOL = "org.apache.kafka.tools.TransactionsCommand"


class Broker:
    """The named broker; its ports and its data stay the same from one life to the next."""

    def __init__(self, name):
        self.name = name

    def end(self, kill):
        """SIGTERM, or kill -9; returns when the process is gone."""
        run("stop", "--name", self.name, "--keep", *["--kill"] * kill)

    def start(self):
        """Returns when the broker says that it serves."""
        run("start", "--name", self.name)

    def hanging_transactions(self):
        """The transactions that nobody will end any more, as Kafka's own tool finds them."""
        # In minutes, and the least that the tool takes; proofs keep theirs open for 10 s at most.
        found = self.ask_transactions("find-hanging", "--broker-id", "1", "--max-transaction-timeout", "1")
        rows = [line.split("\t") for line in found.splitlines()[1:]]
        return [Hanging(*(cell.strip() for cell in (row[0], row[1], row[2], row[5]))) for row in rows if len(row) > 5]

    def abort(self, hanging):
        """What an administrator does about one of them."""
        self.ask_transactions("abort", "--topic", hanging.topic, "--partition", hanging.partition,
                              "--start-offset", hanging.start_offset)

    def ask_transactions(self, *words):
        return subprocess.run([KAFKA, "admin", self.name, TRANSACTIONS_TOOL, *words], check=True,
                              stdout=subprocess.PIPE, stderr=sys.stderr, text=True).stdout


@dataclass(frozen=True)
class Hanging:
    """A transaction that is open in a partition although its coordinator has completed it."""

    topic: str
    partition: str
    producer: str
    start_offset: str


def run(*words):
    subprocess.run([KAFKA, *words], check=True, stdout=subprocess.DEVNULL, stderr=sys.stderr)
