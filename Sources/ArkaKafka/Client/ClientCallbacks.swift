import ArkaTelemetry
import CRdkafka
import Synchronization

/// What a client calls back: log lines, errors, rebalances, failed deliveries.
///
/// Reached from C through the client's opaque pointer. The handle keeps it alive until after
/// `rd_kafka_destroy`.
final class ClientCallbacks: @unchecked Sendable {
    // SAFETY: `onRebalance` is set before the client exists and only called on the thread that polls
    // it; everything else is immutable or behind a lock.

    /// Called with the event's code and the partitions; the list belongs to the library.
    typealias Rebalance = (
        rd_kafka_resp_err_t, UnsafeMutablePointer<rd_kafka_topic_partition_list_t>
    ) -> Void

    let logger: Logger
    private let noise: NoiseGate
    private let onRebalance: Rebalance?
    /// Records that could not be delivered since ``takeDeliveryFailures()``.
    private let deliveryFailures = Mutex(DeliveryFailures())
    /// The last thing the client reported about its connections.
    private let lastError = Mutex<KafkaFailure?>(nil)
    private let hasLostAll = Mutex(false)

    init(logger: Logger, noise: NoiseGate, onRebalance: Rebalance? = nil) {
        self.logger = logger
        self.noise = noise
        self.onRebalance = onRebalance
    }

    /// The reason of a failed transaction: its records' own errors say more than the transaction's.
    var deliveryFailure: rd_kafka_resp_err_t? { deliveryFailures.withLock { $0.first } }

    /// What is known about failed records since the last time that this was asked.
    func takeDeliveryFailures() -> DeliveryFailures {
        deliveryFailures.withLock { failures in
            defer { failures = DeliveryFailures() }
            return failures
        }
    }

    /// Whether all connections were reported to be down since the last time this was asked.
    func takeLossOfAllBrokers() -> Bool {
        hasLostAll.withLock { lost in
            defer { lost = false }
            return lost
        }
    }

    /// What the client last said about its connections, for messages to people.
    var lastReport: KafkaFailure? { lastError.withLock { $0 } }

    /// Takes note of a record that could not be delivered, as its report says.
    func noteDelivery(_ message: rd_kafka_message_t) {
        noteDelivery(
            message.err, topic: text(rd_kafka_topic_name(message.rkt)),
            bytes: message.len + message.key_len)
    }

    /// Takes note of a record that could not be delivered.
    /// - Parameter bytes: Its payload and its key.
    func noteDelivery(_ code: rd_kafka_resp_err_t, topic: String, bytes: Int) {
        deliveryFailures.withLock { $0.note(code, topic: topic, bytes: bytes) }
    }

    private func noteLog(level: Int32, facility: String, line: String) {
        // One set of properties serves consumers and producers; each names those of the other.
        if facility == "CONFWARN", line.contains("will be ignored by this") { return }
        // Never an error of ours: what a fatal client means is for its lane to say. And the embedded
        // broker is too old for one option, which is no news.
        let ours: LogLevel = level <= 4 && facility != "AUTOCREATE" ? .warning : .debug
        guard logger.sink.isOn(ours), let held = noise.admit(facility) else { return }
        logger.log(
            ours, "librdkafka",
            [.part: .text(facility), .reason: .text(line), .suppressed: .integer(held)])
    }

    private func noteError(_ failure: KafkaFailure) {
        lastError.withLock { $0 = failure }
        if failure.code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN { hasLostAll.withLock { $0 = true } }
        guard let held = noise.admit(failure.name) else { return }
        logger.warning(
            "kafka client reports an error",
            [
                .code: .text(failure.name), .reason: .text(failure.reason),
                .suppressed: .integer(held),
            ])
    }

    /// Connects a configuration to this object.
    func install(in configuration: OpaquePointer, kind: KafkaHandle.Kind) {
        rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(self).toOpaque())
        // Runs on any thread of the library: it must not call back into it.
        rd_kafka_conf_set_log_cb(configuration) { client, level, facility, line in
            ClientCallbacks.of(client)?.noteLog(
                level: level, facility: text(facility), line: text(line))
        }
        rd_kafka_conf_set_error_cb(configuration) { client, code, reason, _ in
            guard let client, let callbacks = ClientCallbacks.of(client) else { return }
            let failure = KafkaFailure(rd_kafka_resp_err_t(code), reason: text(reason))
            callbacks.noteError(KafkaFailure(fatalErrorOf: client) ?? failure)
        }
        switch kind {
        case .consumer where onRebalance != nil:
            rd_kafka_conf_set_rebalance_cb(configuration) { client, code, partitions, _ in
                guard let partitions else { return }
                ClientCallbacks.of(client)?.onRebalance?(code, partitions)
            }
        case .transactionalProducer:
            rd_kafka_conf_set_dr_msg_cb(configuration) { client, message, _ in
                guard let message else { return }
                ClientCallbacks.of(client)?.noteDelivery(message.pointee)
            }
        case .acknowledgingProducer:
            // Reports of many records come as one event, which costs less than a call for each.
            rd_kafka_conf_set_events(configuration, RD_KAFKA_EVENT_DR)
        case .consumer, .admin, .carrier: break
        }
    }

    private static func of(_ client: OpaquePointer?) -> ClientCallbacks? {
        guard let client, let opaque = rd_kafka_opaque(client) else { return nil }
        // SAFETY: set in `install`; the handle keeps the object alive as long as the client.
        return Unmanaged<ClientCallbacks>.fromOpaque(opaque).takeUnretainedValue()
    }
}
