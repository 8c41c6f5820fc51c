import ArkaEvaluate
import ArkaModel
import ArkaRules
import ArkaStream
import Foundation
import Testing
import WorkloadBook

/// A repeatable source of randomness (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    mutating func oneIn(_ chances: Int) -> Bool { below(chances) == 0 }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}

/// The project's folder and what lies beside it.
enum Place {
    static let project = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: project.appending(path: path)))
    }

    /// Up to this many messages of the workload.
    static func messages(_ count: Int) throws -> [[UInt8]] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "zstd", "-dcq", project.appending(path: "bench/workload/messages.jsonl.zst").path,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return text.split(separator: UInt8(ascii: "\n")).prefix(count).map { Array($0) }
    }

    static func workloadBook(_ rules: Int) throws -> RuleBook {
        try WorkloadBook.read(json: bytes("bench/workload/rules-\(rules).json"))
    }
}

/// Builds small rule books.
struct BookBuilder {
    private var fields: [Field] = []
    private var predicates: [ArkaRules.Predicate] = []
    private var rules: [PlannedRule] = []

    /// The lists from files.
    var lists: [BookList] = []

    /// A field by its path, `a.b[2].c`.
    mutating func field(_ path: String, _ uses: FieldUses = .number) -> FieldID {
        fields.append(Field(path: Self.steps(path), name: "transaction." + path, uses: uses))
        return FieldID(fields.count - 1)
    }

    /// A field that no record has.
    mutating func field(
        _ origin: Field.Origin, _ path: [PathStep] = [], name: String, _ uses: FieldUses = .number
    ) -> FieldID {
        fields.append(Field(origin: origin, path: path, name: name, uses: uses))
        return FieldID(fields.count - 1)
    }

    private static func steps(_ path: String) -> [PathStep] {
        path.split(separator: ".").flatMap { part -> [PathStep] in
            let pieces = part.split(separator: "[")
            return [.property(String(pieces[0]))]
                + pieces.dropFirst().map { .element(Int($0.dropLast()) ?? 0) }
        }
    }

    mutating func leaf(_ predicate: ArkaRules.Predicate, negated: Bool = false) -> Condition {
        predicates.append(predicate)
        return .leaf(PredicateID(predicates.count - 1), negated: negated)
    }

    mutating func rule(
        _ condition: Condition, onUnknown: OnUnknown = .review,
        actions: [PlannedAction] = [
            .decide(.flagForReview, reason: .json("\"why\""), details: nil)
        ]
    ) {
        rules.append(
            PlannedRule(
                name: "rule_\(rules.count)", condition: condition, actions: actions,
                onUnknown: onUnknown))
    }

    var book: RuleBook {
        RuleBook(fields: fields, predicates: predicates, rules: rules, lists: lists)
    }

    /// A book with one rule.
    static func one(_ make: (inout BookBuilder) -> Condition) -> RuleBook {
        var builder = BookBuilder()
        let condition = make(&builder)
        builder.rule(condition)
        return builder.book
    }
}

/// What became of one record, with its decision as text.
enum RowResult: Equatable, CustomStringConvertible {
    case decided(String, DecisionStatus)
    case deadLetter(DeadLetterCode, path: String, reason: String)
    case skipped
    case waiting(ticket: Int)

    var description: String {
        switch self {
        case .decided(let text, _): text
        case .deadLetter(let code, let path, let reason): "\(code.rawValue) \(path): \(reason)"
        case .skipped: "skipped"
        case .waiting(let ticket): "waiting \(ticket)"
        }
    }

    var code: DeadLetterCode? {
        if case .deadLetter(let code, _, _) = self { code } else { nil }
    }

    var isAccepted: Bool { if case .decided = self { true } else { false } }

    var status: DecisionStatus? { if case .decided(_, let status) = self { status } else { nil } }

    /// The decision's members.
    var members: [String: Any] {
        guard case .decided(let text, _) = self else { return [:] }
        let value = try? JSONSerialization.jsonObject(with: Data(text.utf8))
        return value as? [String: Any] ?? [:]
    }

    /// The names of the rules that fired.
    var fired: [String] {
        (members["actions"] as? [[String: Any]] ?? []).compactMap { $0["rule"] as? String }
    }

    /// `rule cause` of the rules that ended unknown.
    var unknown: [String] {
        (members["unknown"] as? [[String: Any]] ?? []).map {
            "\($0["rule"] ?? "") \($0["cause"] ?? "")"
        }
    }
}

/// A plan with a lane's evaluator and batch, for payloads given as bytes or text.
final class Engine {
    let evaluator: BatchEvaluator
    let batch = RecordBatch()
    var origin = RecordOrigin.topic("topic")
    var timestamp: Int64 = 1_770_227_029_413
    var evaluatedAt: Int64 = 1_770_227_030_000

    init(
        _ book: RuleBook = RuleBook(fields: [], predicates: [], rules: []),
        layout: RecordLayout = RecordLayout(), options: EvaluationOptions = EvaluationOptions(),
        jurisdiction: String? = nil, desk: (any CallDesk)? = nil
    ) {
        let plan = EvaluationPlan(
            book: book, layout: layout, rulebookName: "book", rulebookDigest: "0123456789abcdef",
            topology: "payments \"A\"", jurisdiction: jurisdiction)
        evaluator = BatchEvaluator(plan: plan, options: options, desk: desk)
    }

    func evaluate(_ payloads: [[UInt8]?], firstOffset: Int64 = 0) -> [RowResult] {
        evaluate(payloads.enumerated().map { (firstOffset + Int64($0), $1) })
    }

    func evaluate(_ records: [(offset: Int64, payload: [UInt8]?)]) -> [RowResult] {
        batch.removeAll()
        for (offset, payload) in records {
            guard let payload else {
                batch.append(
                    payload: nil, key: nil, partition: 3, offset: offset, timestamp: timestamp)
                continue
            }
            payload.withUnsafeBytes {
                batch.append(
                    payload: $0, key: nil, partition: 3, offset: offset, timestamp: timestamp)
            }
        }
        evaluator.evaluate(batch, origin: origin, evaluatedAt: evaluatedAt)
        return results()
    }

    private func results() -> [RowResult] {
        batch.output.withBytes { bytes in
            batch.outcomes.map { outcome in
                switch outcome {
                case .decided(let status, let start, let count):
                    .decided(
                        String(decoding: bytes[start..<(start + count)], as: UTF8.self), status)
                case .deadLetter(let index):
                    .deadLetter(
                        batch.deadLetters[index].code, path: batch.deadLetters[index].path,
                        reason: batch.deadLetters[index].reason)
                case .skipped: .skipped
                case .waiting(let ticket): .waiting(ticket: ticket)
                case .held: preconditionFailure("only lanes hold rows")
                }
            }
        }
    }

    func evaluate(_ text: String) -> RowResult { evaluate([Array(text.utf8)])[0] }

    func evaluate(_ bytes: [UInt8]) -> RowResult { evaluate([bytes])[0] }

    /// What the tests' own evaluator says of a payload at an offset.
    func expected(_ payload: [UInt8]?, offset: Int64 = 0) -> SlowEvaluator.Verdict {
        let plan = evaluator.plan
        return SlowEvaluator(
            book: plan.book, layout: plan.layout, topology: plan.topology,
            jurisdiction: plan.jurisdiction
        ).decide(
            payload,
            SlowEvaluator.Place(
                topic: origin.name, partition: 3, offset: offset, timestamp: timestamp,
                evaluatedAt: evaluatedAt))
    }
}

extension RowResult {
    /// Whether this is what the other evaluator says. Broken JSON that is too deep as well may be
    /// either.
    func agrees(with verdict: SlowEvaluator.Verdict) -> Bool {
        switch (self, verdict) {
        case (.skipped, .skipped): return true
        case (.decided(let text, let status), .decided(let expected, let wanted)):
            return text == expected && status == wanted
        case (.deadLetter(let code, let path, _), .deadLetter(let expected, let place)):
            if code == expected { return place == nil || place == path }
            return [code, expected].allSatisfy { $0 == .malformedJSON || $0 == .nestedTooDeep }
        default: return false
        }
    }
}
