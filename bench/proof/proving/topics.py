"""Topics of a proof: made through the admin API, and their ends."""

import contextlib
import time

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

ASK_SECONDS = 15

# What a broker says of a topic that it has only just made.
YOUNG = (KafkaError.NOT_LEADER_FOR_PARTITION, KafkaError.LEADER_NOT_AVAILABLE, KafkaError.UNKNOWN_TOPIC_OR_PART)


def create(bootstrap, name, partitions, **config):
    """Creates the topic; one that exists already is taken as it is."""
    topic = NewTopic(name, num_partitions=partitions, replication_factor=1, config=config)
    client = AdminClient({"bootstrap.servers": bootstrap})  # a name: it must outlive the answer
    try:
        client.create_topics([topic])[name].result(ASK_SECONDS)
    except KafkaException as error:
        if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
            raise
    wait_for_leaders(bootstrap, name)


def wait_for_leaders(bootstrap, name):
    """A topic answers for its ends a moment after its creation has been confirmed."""
    deadline = time.monotonic() + ASK_SECONDS
    while True:
        try:
            ends(bootstrap, name)
            return
        except KafkaException as error:
            if error.args[0].code() not in YOUNG or time.monotonic() > deadline:
                raise
        time.sleep(0.1)


def consumer(bootstrap, **settings):
    """A reader that belongs to no group and starts where it is told."""
    return Consumer({
        "bootstrap.servers": bootstrap, "group.id": "proof-reader", "enable.auto.commit": False,
        "auto.offset.reset": "error", "isolation.level": "read_committed", "enable.partition.eof": True,
        "fetch.wait.max.ms": 100, "socket.nagle.disable": True, "reconnect.backoff.max.ms": 250, **settings})


def partitions_of(reader, topic):
    metadata = reader.list_topics(topic, timeout=ASK_SECONDS).topics[topic]
    if metadata.error:
        raise KafkaException(metadata.error)
    return sorted(metadata.partitions)


def ends(bootstrap, topic):
    """Per partition: the first offset and the one after the last, open transactions included."""
    with contextlib.closing(consumer(bootstrap, **{"isolation.level": "read_uncommitted"})) as reader:
        return {p: reader.get_watermark_offsets(TopicPartition(topic, p), timeout=ASK_SECONDS)
                for p in partitions_of(reader, topic)}
