"""Reading a topic from its start to its end, as a `read_committed` reader sees it."""

import contextlib
import time

from confluent_kafka import KafkaError, KafkaException, TopicPartition

from . import topics

AT_ONCE = 5_000


class OpenTransaction(Exception):
    """A transaction stayed open at the end of a partition, so its end cannot be read."""


def committed_records(bootstrap, topic, patience_seconds=40):
    """Yields every committed record that was there at the call, each partition in its order.

    A transaction that nobody ends is ended by the broker: after transaction.timeout.ms plus at most
    10 s. `patience_seconds` must be longer than both together.
    """
    ends = {p: high for p, (low, high) in topics.ends(bootstrap, topic).items() if high > low}
    with contextlib.closing(topics.consumer(bootstrap)) as reader:
        starts = topics.ends(bootstrap, topic)
        reader.assign([TopicPartition(topic, p, starts[p][0]) for p in ends])
        last_progress = time.monotonic()
        while ends:
            for message in reader.consume(AT_ONCE, timeout=0.2):
                if message.error() is None:
                    last_progress = time.monotonic()
                    yield message
                elif message.error().code() != KafkaError._PARTITION_EOF:
                    raise KafkaException(message.error())
                # The end that a reader reports counts the markers of transactions, as `ends` does;
                # it lies before the last open transaction.
                elif message.offset() >= ends.get(message.partition(), 0):
                    ends.pop(message.partition(), None)
            if ends and time.monotonic() - last_progress > patience_seconds:
                raise OpenTransaction(f"{topic}: no end of partitions {sorted(ends)} after {patience_seconds} s")
