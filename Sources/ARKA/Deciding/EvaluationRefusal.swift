public import ArkaModel
import ArkaStream

/// Why a transaction was not decided.
public struct EvaluationRefusal: Error, Hashable, CustomStringConvertible {
    /// The kinds.
    public enum Kind: Sendable, Hashable {
        /// `plugins` names plugins that are not loaded.
        case unknownPlugin
        /// The transaction is no JSON object, or breaks the schema.
        case undecidable
        /// The engine was shut down.
        case ended
    }

    /// The kind.
    public let kind: Kind
    /// For a transaction that cannot be decided the way to what is wrong with it, such as
    /// `$.merchant.mcc`.
    public let path: String?
    private let reason: String

    /// The code, as `docs/spec/error-codes.md` lists it.
    public var code: DiagnosticCode {
        switch kind {
        case .unknownPlugin: .evaluationPlugin
        case .undecidable: .evaluationRecord
        case .ended: .evaluationEnded
        }
    }

    /// What is wrong and what to do, with the code; no values of the transaction in it.
    public var description: String { "\(reason) [\(code)]" }
}

extension EvaluationRefusal {
    static let ended = EvaluationRefusal(
        kind: .ended, path: nil, reason: "the engine was shut down before it was decided")

    init(_ letter: DeadLetterReason) {
        self.init(
            kind: .undecidable, path: letter.path,
            reason: "the transaction cannot be decided: \(letter.code.rawValue) at "
                + "\(letter.path): \(letter.reason)")
    }

    /// - Parameters:
    ///   - names: At least one, none of them among the engine's.
    ///   - loaded: What the engine has, by the names in rules.
    init(unknown names: [String], loaded: [String]) {
        let problems = names.map { name in
            "no plugin '\(shown(name))' is loaded; " + hint(to: name, among: loaded)
        }
        self.init(
            kind: .unknownPlugin, path: nil,
            reason: "`plugins` names what the engine does not have: "
                + problems.joined(separator: "; "))
    }
}

extension DiagnosticCode {
    static let evaluationPlugin = DiagnosticCode("EVAL", 1)
    static let evaluationRecord = DiagnosticCode("EVAL", 2)
    static let evaluationEnded = DiagnosticCode("EVAL", 3)
}
