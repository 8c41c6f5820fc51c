public import ArkaModel

/// How far the answer to one call of one row has come.
public enum CallAnswerState: Sendable {
    /// Nobody has looked at it yet.
    case open
    /// It was called; the row waits.
    case pending
    /// There is an answer, or the reason why there is none.
    case settled(SettledCall)
}

/// What a call of one row came to.
public struct SettledCall: Sendable {
    /// What rules read.
    public enum Value: Sendable {
        /// The function's answer: what rules see of it, as JSON text, valid UTF-8.
        case answer(CallReply)
        /// There is none, and every place in it is unknown for this reason.
        case unknown(UnknownCause)
    }

    /// What rules read.
    public let value: Value
    /// What the decision says of how it came about.
    public let trace: CallTrace

    /// Settles a call.
    public init(_ value: Value, _ trace: CallTrace) {
        self.value = value
        self.trace = trace
    }
}

/// What a function answered; one object for all rows that share the answer, from a cache or not.
public final class CallReply: Sendable {
    /// The JSON text, an object as a rule, followed by ``RecordBatch/padding`` zero bytes.
    public let padded: [UInt8]
    /// The text's own length.
    public let count: Int
    /// How long it may be used from a cache; zero if it is not kept. It stands here and not in each
    /// ``CallTrace`` since a cached answer is handed out in nanoseconds.
    public let timeToLive: Duration
    /// What the function says besides, such as source and version, as JSON text; empty for nothing.
    /// Goes into the decision, not to rules.
    public let metadata: [UInt8]
    /// What the function warned of; goes into the decision.
    public let warnings: [String]

    /// Keeps an answer.
    /// - Parameters:
    ///   - json: A JSON value; valid UTF-8.
    ///   - timeToLive: How long it may be used from a cache; zero if it is not kept.
    ///   - metadata: Another JSON value; empty for none.
    public init(
        json: [UInt8], timeToLive: Duration = .zero, metadata: [UInt8] = [],
        warnings: [String] = []
    ) {
        count = json.count
        padded = Self.padding(json)
        self.timeToLive = timeToLive
        self.metadata = metadata
        self.warnings = warnings
    }

    /// Adds the padding, in the same memory where it has room for it and for little more: answers are
    /// kept, and must not keep what they grew in.
    private static func padding(_ json: [UInt8]) -> [UInt8] {
        let size = json.count + RecordBatch.padding
        var padded = json
        if !(size...size + 64).contains(json.capacity) {
            padded = []
            padded.reserveCapacity(size)
            padded.append(contentsOf: json)
        }
        padded.append(contentsOf: zeros)
        return padded
    }

    private static let zeros = [UInt8](repeating: 0, count: RecordBatch.padding)
}

/// How an answer came about, or why there is none; what a decision states in `calls`.
public struct CallTrace: Sendable, Hashable {
    /// The word: `answered`, `cached`, `failed`, `timeout`, `open`, `skipped`.
    public let outcome: String
    /// How old a cached answer was.
    public let age: Duration?
    /// What to tell people where there is no answer; no values of the record in it.
    public let error: String?

    /// Describes a call.
    public init(outcome: String, age: Duration? = nil, error: String? = nil) {
        self.outcome = outcome
        self.age = age
        self.error = error
    }
}
