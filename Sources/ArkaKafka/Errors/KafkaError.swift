public import ArkaModel

/// What keeps the engine from working with Kafka: for people, with a code and a way out.
///
/// None of these is worth an immediate retry; what is, has been retried.
public struct KafkaError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind, listed in `docs/spec/error-codes.md`.
    public let code: DiagnosticCode
    /// What it is about: a topic, a property, brokers.
    public let subject: String
    /// What is wrong and what helps, without a full stop.
    public let reason: String

    /// Makes an error.
    public init(_ code: DiagnosticCode, _ subject: String, _ reason: String) {
        self.code = code
        self.subject = subject
        self.reason = reason
    }

    /// One line for people: subject, reason, code.
    public var description: String { "\(subject): \(reason) [\(code)]" }
}
