/// Whether the brokers can be reached at all: a value, told what the client reports.
///
/// librdkafka says when all connections are down, and nothing when one is up again; so after a while
/// somebody must ask.
struct BrokerWatch: Sendable {
    private var downSince: Duration?
    private var askedAt = Duration.zero

    /// The client reported that no broker is connected.
    mutating func didLoseAll(at now: Duration) { downSince = downSince ?? now }

    /// A broker answered.
    mutating func didAnswer() { downSince = nil }

    /// Whether to ask a broker for something now.
    mutating func mustAsk(at now: Duration) -> Bool {
        guard isDown(at: now), now - askedAt >= KafkaLimits.brokerQuestionInterval else {
            return false
        }
        askedAt = now
        return true
    }

    /// Whether no broker has been reached for longer than a reconnection takes.
    func isDown(at now: Duration) -> Bool {
        downSince.map { now - $0 >= KafkaLimits.brokerAwayAfter } ?? false
    }
}
