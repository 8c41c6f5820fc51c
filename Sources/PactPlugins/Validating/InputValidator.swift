/// What the parameters of a function must be besides their types. The checks run before the
/// function's code, so bad input causes no outside call.
///
/// ```swift
/// let entityCheck: InputValidator = [
///     "entity_id": [.length(1...100)],
///     "entity_type": [.oneOf(["individual", "organization", "vessel"])],
/// ]
/// ```
public struct InputValidator: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The checks of one parameter.
    struct Entry: Hashable {
        let parameter: String
        let checks: [InputCheck]
    }

    let entries: [Entry]

    /// Takes the checks of each parameter, by its name.
    public init(dictionaryLiteral entries: (String, [InputCheck])...) {
        self.entries = entries.map { Entry(parameter: $0.0, checks: $0.1) }
    }

    init(_ entries: [Entry] = []) {
        self.entries = entries
    }

    /// Everything that is wrong with some arguments; empty if nothing is.
    public func problems(in arguments: [String: PluginValue]) -> [String] {
        entries.flatMap { entry in
            entry.checks.compactMap { check in
                arguments[entry.parameter].flatMap {
                    check.problem(with: $0, named: entry.parameter)
                }
            }
        }
    }
}
