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
        "'kafka.bootstrap' names the brokers",
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
    ("'source.group' names the group", ["group.id"]),
    (
        "it is made of 'instance_id' and 'membership', so that a restart takes its partitions back",
        ["group.instance.id"]
    ),
    (
        "other assignors lose or repeat records with the librdkafka versions supported",
        ["partition.assignment.strategy", "group.protocol", "group.remote.assignor"]
    ),
    (
        "it is made of the group, the instance and the lane, so that a restart fences its own past",
        ["transactional.id"]
    ),
    (
        "without it a retry repeats or reorders decisions",
        [
            "enable.idempotence", "acks", "request.required.acks", "max.in.flight",
            "max.in.flight.requests.per.connection", "retries", "message.send.max.retries",
            "enable.gapless.guarantee",
        ]
    ),
    (
        "decisions must land in the partition that other clients expect for their key",
        ["partitioner", "sticky.partitioning.linger.ms"]
    ),
    ("use 'session_timeout'", ["session.timeout.ms"]),
    ("use 'transaction_timeout'", ["transaction.timeout.ms"]),
    ("use 'message_timeout'", ["message.timeout.ms", "delivery.timeout.ms"]),
    (
        "use 'fetch_memory', which bounds what is fetched ahead",
        ["queued.max.messages.kbytes", "queued.min.messages"]
    ),
    (
        "every decision's acknowledgement is waited for",
        ["delivery.report.only.error", "enable.delivery.report"]
    ),
    (
        "the engine reads partition ends and errors in its own way",
        ["enable.partition.eof", "enabled_events", "consume.callback.max.messages"]
    ),
    (
        "a missing topic is an error; 'pact run --create-topics' makes it",
        ["allow.auto.create.topics"]
    ),
    (
        "it replaces the brokers by simulated ones",
        ["test.mock.num.brokers", "test.mock.broker.rtt"]
    ),
]
