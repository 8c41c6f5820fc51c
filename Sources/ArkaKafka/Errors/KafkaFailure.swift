import CRdkafka

/// What librdkafka says went wrong in one call: the code and its three bits.
///
/// Bits alone do not tell what to do (a fenced producer may come as merely abortable), codes alone
/// neither; ``RecoveryAction/after(_:during:)`` reads both.
struct KafkaFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The code, see `rd_kafka_resp_err_t`.
    let code: rd_kafka_resp_err_t
    /// The library's words.
    let reason: String
    /// The client cannot go on.
    let isFatal: Bool
    /// The same call may be made again.
    let isRetriable: Bool
    /// The transaction must be aborted.
    let requiresAbort: Bool

    init(
        _ code: rd_kafka_resp_err_t, reason: String? = nil, isFatal: Bool = false,
        isRetriable: Bool = false, requiresAbort: Bool = false
    ) {
        self.code = code
        self.reason = reason ?? text(rd_kafka_err2str(code))
        self.isFatal = isFatal
        self.isRetriable = isRetriable
        self.requiresAbort = requiresAbort
    }

    /// Takes over an error object; `nil` if there is none.
    init?(consuming error: OpaquePointer?) {
        guard let error else { return nil }
        self.init(
            rd_kafka_error_code(error), reason: text(rd_kafka_error_string(error)),
            isFatal: rd_kafka_error_is_fatal(error) != 0,
            isRetriable: rd_kafka_error_is_retriable(error) != 0,
            requiresAbort: rd_kafka_error_txn_requires_abort(error) != 0)
        // SAFETY: the caller handed over the object; its text has been copied.
        rd_kafka_error_destroy(error)
    }

    /// Reads the fatal error of a client; `nil` if it has none.
    init?(fatalErrorOf client: OpaquePointer) {
        var buffer = [CChar](repeating: 0, count: 512)
        let code = rd_kafka_fatal_error(client, &buffer, buffer.count)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        self.init(code, reason: text(buffer), isFatal: true)
    }

    /// Whether a topic refused a batch of records as too large.
    var isRefusalOfSize: Bool {
        code == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE
            || code == RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE
    }

    /// The code's name, such as `_FENCED`.
    var name: String { text(rd_kafka_err2name(code)) }

    var description: String {
        let bits = [(isFatal, "fatal"), (isRetriable, "retriable"), (requiresAbort, "abort")]
        let names = bits.filter(\.0).map(\.1).joined(separator: ",")
        return names.isEmpty ? "\(name): \(reason)" : "\(name) (\(names)): \(reason)"
    }

    static func == (a: KafkaFailure, b: KafkaFailure) -> Bool {
        a.code == b.code && a.reason == b.reason && a.isFatal == b.isFatal
            && a.isRetriable == b.isRetriable && a.requiresAbort == b.requiresAbort
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(code.rawValue)
        hasher.combine(reason)
    }
}

/// A copy of a C string that the library owns; empty for a null pointer.
func text(_ pointer: UnsafePointer<CChar>?) -> String {
    // SAFETY: the library's strings end with a zero and live as long as the call that lent them.
    pointer.map { String(cString: $0) } ?? ""
}

/// The text in a buffer that a C function filled.
func text(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
