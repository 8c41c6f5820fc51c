import ArkaModel
import ArkaRules

/// The parts of decisions that are the same each time, rendered once. Immutable, shared by all lanes.
struct DecisionFragments: Sendable {
    /// All bytes, one fragment behind the other.
    private let bytes: FrozenArray<UInt8>
    /// Of each rule its entries in `actions`, with commas between them; empty if it has none.
    private let actions: FrozenArray<Fragment>
    /// Of each rule its entry in `unknown` up to the cause.
    private let unknowns: FrozenArray<Fragment>
    /// Of each field its name, as it stands between quotes.
    private let fields: FrozenArray<Fragment>
    /// `,"rulebook":{…},"source":`
    let rulebook: [UInt8]

    /// Where a fragment stands.
    struct Fragment: BitwiseCopyable, Sendable {
        var start: Int32 = 0
        var count: Int32 = 0
    }

    init(book: RuleBook, name: String, digest: String) {
        var pool = Pool()
        actions = FrozenArray(book.rules.map { pool.add(Self.actions(of: $0)) })
        unknowns = FrozenArray(
            book.rules.map { rule in
                pool.add(
                    Array("{\"rule\":".utf8) + JSONText.quoted(rule.name)
                        + Array(",\"cause\":\"".utf8))
            })
        fields = FrozenArray(book.fields.map { pool.add(JSONText.escaped($0.name)) })
        rulebook =
            Array(",\"rulebook\":{\"name\":".utf8) + JSONText.quoted(name)
            + Array(",\"digest\":".utf8) + JSONText.quoted(digest) + Array("},\"source\":".utf8)
        bytes = FrozenArray(pool.bytes)
    }

    private struct Pool {
        var bytes: [UInt8] = []

        mutating func add(_ fragment: [UInt8]) -> Fragment {
            defer { bytes += fragment }
            return Fragment(start: Int32(bytes.count), count: Int32(fragment.count))
        }
    }

    private static func actions(of rule: PlannedRule) -> [UInt8] {
        var text: [UInt8] = []
        for action in rule.actions {
            guard case .decide(let kind, let reason, let details) = action else { continue }
            if !text.isEmpty { text.append(UInt8(ascii: ",")) }
            text += Array("{\"rule\":".utf8) + JSONText.quoted(rule.name)
            text += Array(",\"action\":\"\(kind.rawValue)\"".utf8)
            if case .json(let reason)? = reason { text += Array(",\"reason\":\(reason)".utf8) }
            if case .json(let details)? = details {
                text += Array(",\"details\":\(details)".utf8)
            }
            text.append(UInt8(ascii: "}"))
        }
        return text
    }

    /// The entries of a rule in `actions`.
    @inline(__always) func actions(_ rule: Int) -> UnsafeBufferPointer<UInt8> {
        text(actions.base[rule])
    }

    /// The entry of a rule in `unknown`, up to the cause.
    func unknown(_ rule: Int) -> UnsafeBufferPointer<UInt8> { text(unknowns[rule]) }

    /// The name of a field, as it stands between quotes.
    func field(_ field: FieldID) -> UnsafeBufferPointer<UInt8> { text(fields[field.index]) }

    @inline(__always) private func text(_ fragment: Fragment) -> UnsafeBufferPointer<UInt8> {
        // SAFETY: fragments were counted when they were put into `bytes`, which nobody changes since.
        UnsafeBufferPointer(start: bytes.base + Int(fragment.start), count: Int(fragment.count))
    }
}

extension UnknownCause {
    /// What an `error` says after the name of the field.
    var phrase: StaticString {
        switch self {
        case .absent: " is absent"
        case .null: " is null"
        case .duplicate: " stands more than once"
        case .outOfRange: " is out of range"
        case .otherType: " is of another type"
        case .overflow: ": the result is out of range"
        case .inexact: ": the result needs more than 18 decimals"
        case .dividedByZero: ": division by zero"
        case .notCalled: " was not asked for"
        case .callFailed: ": the call failed"
        case .timedOut: ": the call timed out"
        case .breakerOpen: ": the circuit breaker is open"
        case .budgetSpent: ": the time for the decision was spent"
        }
    }
}
