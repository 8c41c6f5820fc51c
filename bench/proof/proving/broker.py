"""A broker that a proof may stop, kill and start again: one that `scripts/kafka` started by name."""

import subprocess
import sys

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
        """What Kafka's own tool says about transactions that nobody will end, for people."""
        words = [KAFKA, "admin", self.name, TRANSACTIONS_TOOL, "find-hanging", "--broker-id", "1"]
        answer = subprocess.run(words, capture_output=True, text=True)
        return (answer.stdout + answer.stderr).strip().splitlines()


def run(*words):
    subprocess.run([KAFKA, *words], check=True, stdout=subprocess.DEVNULL, stderr=sys.stderr)
