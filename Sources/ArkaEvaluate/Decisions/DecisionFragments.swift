import ArkaModel
import ArkaRules

/// The parts of decisions that are the same each time, rendered once. Immutable, shared by all lanes.
struct DecisionFragments: Sendable {
    /// All bytes, one fragment behind the other.
    private let bytes: FrozenArray<UInt8>
    /// Of each rule its entries in `actions`, with commas between them; empty if it has none, or if
    /// they are not always the same.
    private let actions: FrozenArray<Fragment>
    /// Of each rule the place of its template; -1 if its entries are always the same.
    private let templateOfRule: FrozenArray<Int32>
    private let templates: [[Piece]]
    /// Whether any rule has one.
    let hasTemplates: Bool
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

    /// A piece of a rule's entries in `actions`.
    enum Piece: Sendable {
        /// What is always the same.
        case bytes([UInt8])
        /// What depends on the transaction.
        case value(OutputValue)
    }

    init(book: RuleBook, name: String, digest: String) {
        var pool = Pool()
        var templates: [[Piece]] = []
        var fragments: [Fragment] = []
        var templateOfRule: [Int32] = []
        for rule in book.rules {
            let pieces = ActionEntries(rule).pieces
            if case .bytes(let bytes)? = pieces.first, pieces.count == 1 {
                fragments.append(pool.add(bytes))
                templateOfRule.append(-1)
            } else {
                fragments.append(Fragment())
                templateOfRule.append(pieces.isEmpty ? -1 : Int32(templates.count))
                if !pieces.isEmpty { templates.append(pieces) }
            }
        }
        actions = FrozenArray(fragments)
        self.templateOfRule = FrozenArray(templateOfRule)
        self.templates = templates
        hasTemplates = !templates.isEmpty
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

    /// The entries of a rule in `actions`, which depend on the transaction.
    func template(_ rule: Int) -> [Piece] { templates[Int(templateOfRule.base[rule])] }

    /// Whether the entries of a rule depend on the transaction.
    @inline(__always) func hasTemplate(_ rule: Int) -> Bool { templateOfRule.base[rule] >= 0 }

    /// The entries of a rule in `actions` that are always the same.
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

/// What a rule writes into `actions`, in pieces; no two pieces of bytes stand side by side.
private struct ActionEntries {
    private(set) var pieces: [DecisionFragments.Piece] = []

    init(_ rule: PlannedRule) {
        for (index, action) in rule.actions.enumerated() {
            if index > 0 { add(",") }
            add("{\"rule\":")
            add(JSONText.quoted(rule.name))
            switch action {
            case .decide(let kind, let reason, let details):
                add(",\"action\":\"\(kind.rawValue)\"")
                if let reason { add("reason", reason) }
                if let details { add("details", details) }
            case .call(let call):
                add(",\"action\":")
                add(JSONText.quoted(call.function.path))
            }
            add("}")
        }
    }

    private mutating func add(_ name: String, _ value: OutputValue) {
        add(",\"\(name)\":")
        if case .json(let json) = value { add(json) } else { pieces.append(.value(value)) }
    }

    private mutating func add(_ text: String) { add(Array(text.utf8)) }

    private mutating func add(_ bytes: [UInt8]) {
        if case .bytes(let before)? = pieces.last {
            pieces[pieces.count - 1] = .bytes(before + bytes)
        } else {
            pieces.append(.bytes(bytes))
        }
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
        case .disabled: ": its plugin is not enabled"
        }
    }
}
