/// The variables of the environment that a plugin may read: those that its permissions declare.
///
/// ```swift
/// endpoint = services.environment.get("SANCTIONS_URL")
/// timeout = try services.environment.get("SANCTIONS_TIMEOUT", default: 30)
/// ```
public struct PluginEnvironment: Sendable {
    private let values: [String: String]

    /// Shows some variables of an environment.
    /// - Parameters:
    ///   - declared: The names that the plugin declares; all others do not exist for it.
    ///   - environment: The process' own.
    public init(declared: [String] = [], environment: [String: String] = [:]) {
        values = environment.filter { declared.contains($0.key) }
    }

    /// The value of a variable; `nil` where it is not set or not declared.
    public func get(_ name: String) -> String? { values[name] }

    /// The value of a variable as the type of what stands in for it.
    /// - Parameter standIn: What is returned where the variable is not set or not declared.
    /// - Throws: ``EnvironmentProblem`` if the variable is set to something else than such a value.
    public func get<Value: EnvironmentValue>(
        _ name: String, default standIn: Value
    ) throws(EnvironmentProblem) -> Value {
        guard let text = values[name] else { return standIn }
        guard let value = Value(environmentText: text) else {
            throw EnvironmentProblem(name: name, expected: Value.environmentWords)
        }
        return value
    }

    /// The texts of the variables that are visible; whoever redacts needs them.
    public var texts: [String] { Array(values.values) }
}

/// A variable of the environment is not what the plugin takes.
public struct EnvironmentProblem: Error, Hashable, CustomStringConvertible {
    /// The variable.
    public let name: String
    /// What it must be, such as `a whole number`.
    public let expected: String

    /// Names both, and never the value.
    public var description: String {
        "the environment's \(name) must be \(expected); correct it, or leave it out for the default"
    }
}
