extension KafkaSettings {
    /// Why a librdkafka property cannot be passed through; `nil` if it can.
    ///
    /// Refused is what the promise of delivery depends on, and what has a field of its own. Names are
    /// compared as librdkafka does, exactly.
    public static func refusal(of property: String) -> String? {
        refusals[property]
    }

    /// The properties that cannot be passed through, with the reason.
    public static let refusals: [String: String] = [
        "bootstrap.servers": "the brokers stand under `bootstrap`",
        "metadata.broker.list": "the brokers stand under `bootstrap`",
        "group.id": "the group stands under `source`",
        "group.instance.id": "it follows from `instance_id` and `membership`",
        "group.protocol": "the engine works with the classic group protocol",
        "transactional.id": "it is made of group, instance and lane",
        "enable.idempotence": "without it a retried send could be written twice or out of order",
        "acks": "a decision counts when all in-sync replicas have it",
        "request.required.acks": "a decision counts when all in-sync replicas have it",
        "max.in.flight": "more than 5 would break the order of decisions",
        "max.in.flight.requests.per.connection": "more than 5 would break the order of decisions",
        "retries": "sends are retried until `message.timeout.ms`",
        "message.send.max.retries": "sends are retried until `message.timeout.ms`",
        "enable.auto.commit": "offsets are committed with the decisions",
        "auto.commit.enable": "offsets are committed with the decisions",
        "auto.commit.interval.ms": "offsets are committed with the decisions",
        "enable.auto.offset.store": "offsets are committed with the decisions",
        "auto.offset.reset": "no partition may jump; a new group starts at `source.start`",
        "enable.partition.eof": "the engine reads the ends of partitions",
        "delivery.report.only.error": "the engine needs the reports that it asks for",
        "dr_cb": "callbacks belong to the engine",
        "dr_msg_cb": "callbacks belong to the engine",
        "rebalance_cb": "callbacks belong to the engine",
        "log_cb": "callbacks belong to the engine",
        "error_cb": "callbacks belong to the engine",
        "stats_cb": "callbacks belong to the engine",
        "opaque": "callbacks belong to the engine",
        "consume.callback.max.messages": "callbacks belong to the engine",
        "enabled_events": "callbacks belong to the engine",
        "queued.min.messages": "a low value stops fetching for a second at a time",
        "queuing.strategy": "records of a partition must be sent in order",
        "test.mock.num.brokers": "an embedded broker is started by `pact demo`",
    ]
}
