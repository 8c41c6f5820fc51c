/// librdkafka properties that cannot be passed through, each with the reason.
///
/// The promise that no record is lost, repeated or reordered rests on them, or a field of ours sets
/// them together with what belongs to them.
public let refusedKafkaProperties: [String: String] = {
    var reasons: [String: String] = [:]
    for (reason, names) in refusals {
        for name in names { reasons[name] = reason }
    }
    return reasons
}()

private let refusals: [(reason: String, names: [String])] = [
    (
        "use 'kafka.bootstrap'",
        ["bootstrap.servers", "metadata.broker.list"]
    ),
    (
        "offsets are committed with the decisions, never by a timer",
        [
            "enable.auto.commit", "auto.commit.enable", "auto.commit.interval.ms",
            "enable.auto.offset.store", "offset.store.method", "offset.store.path",
            "offset.store.sync.interval.ms",
        ]
    ),
    (
        "a committed offset that is gone must stop the partition, not move it; 'source.start' says"
            + " where a new group begins",
        ["auto.offset.reset"]
    ),
    ("use 'source.group'", ["group.id"]),
    (
        "the engine makes it of 'instance_id', so that a restart takes its partitions back",
        ["group.instance.id"]
    ),
    (
        "the engine chooses what works with the version of librdkafka",
        ["partition.assignment.strategy", "group.protocol", "group.remote.assignor"]
    ),
    (
        "the engine makes it of group, instance and lane, so that a restart fences its past",
        ["transactional.id"]
    ),
    (
        "the engine sets it, or a retry would repeat or reorder decisions",
        [
            "enable.idempotence", "acks", "request.required.acks", "max.in.flight",
            "max.in.flight.requests.per.connection", "retries", "message.send.max.retries",
            "enable.gapless.guarantee",
        ]
    ),
    (
        "the engine sets it, so that a key lands where Java clients put it",
        ["partitioner", "sticky.partitioning.linger.ms"]
    ),
    (
        "the engine sets it, or records of a partition would be sent out of order",
        ["queuing.strategy"]
    ),
    ("use 'session_timeout'", ["session.timeout.ms"]),
    ("use 'transaction_timeout'", ["transaction.timeout.ms"]),
    ("use 'message_timeout'", ["message.timeout.ms", "delivery.timeout.ms"]),
    (
        "use 'fetch_memory', which bounds what is fetched ahead",
        ["queued.max.messages.kbytes", "queued.min.messages"]
    ),
    (
        "the engine waits for the acknowledgement of every decision",
        ["delivery.report.only.error", "enable.delivery.report"]
    ),
    (
        "the engine sets what it reads from librdkafka",
        [
            "enable.partition.eof", "enabled_events", "consume.callback.max.messages", "opaque",
            "dr_cb", "dr_msg_cb", "rebalance_cb", "log_cb", "error_cb", "stats_cb",
        ]
    ),
    (
        "a missing topic is an error; 'pact run --create-topics' makes it",
        ["allow.auto.create.topics"]
    ),
    (
        "it would replace the brokers by simulated ones",
        ["test.mock.num.brokers", "test.mock.broker.rtt"]
    ),
]
