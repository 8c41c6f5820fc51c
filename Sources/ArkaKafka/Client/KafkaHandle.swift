import ArkaModel
import ArkaSystem
import ArkaTelemetry
import CRdkafka
import Glibc
import Synchronization

/// A librdkafka client with an explicit end.
///
/// ```
/// open ──close──► closing ──all leases returned, destroyed──► closed
/// ```
///
/// Everything obtained from a client (queues, topics, messages, partition lists of its assignment)
/// must be destroyed before the client, or `rd_kafka_destroy` never returns. So what lives as long as
/// the client is given to it (``keep(_:destroyedBy:)``), and what lives shorter holds a ``Lease``, for
/// which ``close(within:)`` waits. There is no destroy in `deinit`: reference counting would decide
/// the order.
final class KafkaHandle: @unchecked Sendable {
    // SAFETY: librdkafka's clients may be used from any thread; the state is behind a lock.

    enum Kind {
        case consumer, transactionalProducer, acknowledgingProducer, admin
        /// Connects nowhere; embedded brokers live in one.
        case carrier

        /// Admin requests are made by a consumer, since a producer's request for metadata makes
        /// brokers create topics.
        var type: rd_kafka_type_t {
            switch self {
            case .consumer, .admin: RD_KAFKA_CONSUMER
            case .transactionalProducer, .acknowledgingProducer, .carrier: RD_KAFKA_PRODUCER
            }
        }
    }

    private enum Phase {
        case open, closing, closed
    }

    private struct State {
        var phase = Phase.open
        /// What is alive and by whom it is used, for ``close(within:)`` to wait for.
        var leases: [String: Int] = [:]
        /// What lives as long as the client, in the order in which it was made.
        var children: [Child] = []
    }

    private struct Child: @unchecked Sendable {
        // SAFETY: an object of librdkafka, which locks it itself; destroyed once, in `close`.
        let pointer: OpaquePointer
        let destroy: (OpaquePointer?) -> Void
    }

    /// The client. Not to be used after ``close(within:)`` was called.
    let pointer: OpaquePointer
    let callbacks: ClientCallbacks
    /// What the client is for, in messages.
    let name: String
    private let state: Mutex<State>

    /// Makes a client; it connects in the background.
    /// - Throws: ``KafkaError``: `noBootstrap`, `invalidProperty`.
    init(
        _ kind: Kind, name: String, properties: ClientProperties, callbacks: ClientCallbacks
    ) throws(KafkaError) {
        guard kind == .carrier || properties["bootstrap.servers"]?.isEmpty == false else {
            throw KafkaError(.noBootstrap, "bootstrap", "no broker is named")
        }
        let configuration = try Self.configuration(properties)
        callbacks.install(in: configuration, kind: kind)
        var reason = [CChar](repeating: 0, count: 512)
        guard let pointer = rd_kafka_new(kind.type, configuration, &reason, reason.count) else {
            // SAFETY: the library takes the configuration over only if it makes a client.
            rd_kafka_conf_destroy(configuration)
            throw KafkaError(.invalidProperty, name, text(reason))
        }
        self.pointer = pointer
        self.callbacks = callbacks
        self.name = name
        state = Mutex(State())
        // One place to poll: events and records that belong to no lane come from the same queue.
        if kind == .consumer { rd_kafka_poll_set_consumer(pointer) }
    }

    deinit {
        // Leaked rather than destroyed: blocking for ever in a deinit would be worse.
        let isClosed = state.withLock { $0.phase == .closed }
        assert(isClosed, "\(name) was let go of without being closed")
    }

    private static func configuration(
        _ properties: ClientProperties
    ) throws(KafkaError) -> OpaquePointer {
        guard let configuration = rd_kafka_conf_new() else {
            throw KafkaError(.invalidProperty, "kafka", "out of memory")
        }
        var reason = [CChar](repeating: 0, count: 512)
        for (property, value) in properties.entries {
            let result = rd_kafka_conf_set(
                configuration, property, value, &reason, reason.count)
            guard result != RD_KAFKA_CONF_OK else { continue }
            rd_kafka_conf_destroy(configuration)
            let isSecret = properties.secrets.contains(property)
            let words = isSecret ? "librdkafka does not accept the value" : text(reason)
            throw KafkaError(.invalidProperty, property, words)
        }
        return configuration
    }

    // MARK: Leases

    /// Gives an object of this client to it, to be destroyed before it, the youngest first.
    func keep(
        _ child: OpaquePointer, destroyedBy destroy: @escaping (OpaquePointer?) -> Void
    ) -> OpaquePointer {
        let child = Child(pointer: child, destroy: destroy)
        state.withLock { $0.children.append(child) }
        return child.pointer
    }

    /// Says that something of this client is alive; give it back by dropping it.
    func lease(_ what: String) -> Lease {
        state.withLock { state in
            precondition(state.phase == .open, "\(name) is closed")
            state.leases[what, default: 0] += 1
        }
        return Lease(handle: self, what: what)
    }

    fileprivate func giveBack(_ what: String) {
        state.withLock { state in
            let left = state.leases[what, default: 0] - 1
            assert(left >= 0, "gave back what was not leased")
            state.leases[what] = left > 0 ? left : nil
        }
    }

    /// Calls with the client, unless it is being closed: for threads that the close does not wait for.
    func whileOpen<Result>(_ what: String, _ body: (OpaquePointer) -> Result) -> Result? {
        let isOpen = state.withLock { state in
            guard state.phase == .open else { return false }
            state.leases[what, default: 0] += 1
            return true
        }
        guard isOpen else { return nil }
        defer { giveBack(what) }
        return body(pointer)
    }

    /// What of this client is still alive, for messages.
    var leased: [String] { state.withLock { $0.leases.keys.sorted() } }

    // MARK: The end

    /// Destroys the client. Waits for leases of other threads, but not longer than `limit`.
    /// - Returns: `nil` if it is gone, otherwise what held it up; it is leaked then.
    func close(within limit: Duration) -> String? {
        let wasOpen = state.withLock { state in
            defer { state.phase = state.phase == .open ? .closing : state.phase }
            return state.phase == .open
        }
        guard wasOpen else { return nil }
        let deadline = SystemTime().monotonic + limit
        while !leased.isEmpty {
            guard SystemTime().monotonic < deadline else {
                return "\(name): still in use: \(leased.joined(separator: ", "))"
            }
            pause(.milliseconds(1))
        }
        return destroy(before: deadline)
    }

    private func takeChildren() -> [Child] {
        state.withLock { state in
            defer { state.children.removeAll() }
            return state.children
        }
    }

    /// Destroys on a thread of its own, so that a client that hangs cannot take ours with it.
    private func destroy(before deadline: Duration) -> String? {
        guard let finished = try? Latch() else { return "\(name): no descriptor left" }
        let thread = try? Thread("kafka-destroy") { [self] in
            // SAFETY: nothing of the client is leased, no new lease is given, and nobody else
            // destroys its children.
            for child in takeChildren().reversed() { child.destroy(child.pointer) }
            rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
            finished.open()
        }
        guard let thread else { return "\(name): no thread left" }
        let limit = max(.milliseconds(1), deadline - SystemTime().monotonic)
        guard finished.wait(atMost: limit) else { return "\(name): destroying it hangs" }
        thread.join()
        state.withLock { $0.phase = .closed }
        return nil
    }
}

/// Something of a client is alive; ends with the value.
struct Lease: ~Copyable {
    let handle: KafkaHandle
    private let what: String

    fileprivate init(handle: KafkaHandle, what: String) {
        self.handle = handle
        self.what = what
    }

    deinit { handle.giveBack(what) }
}

/// Blocks this thread for a short while.
func pause(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    // SAFETY: `time` is ours for the call; an interruption only makes the pause shorter.
    nanosleep(&time, nil)
}
