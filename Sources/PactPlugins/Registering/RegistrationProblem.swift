public import ArkaModel

/// One thing that is wrong with what a plugin declares.
public struct RegistrationProblem: Sendable, Hashable, CustomStringConvertible {
    /// The code, as `docs/spec/error-codes.md` lists it.
    public let code: DiagnosticCode
    /// Where it is: the plugin, and the function if it is one's.
    public let place: String
    /// What is wrong, and what would be right.
    public let message: String

    /// Such as `ARKA-PLUGIN-0003: sanctions-list.check_sanctions: …`.
    public var description: String { "\(code): \(place): \(message)" }
}

/// Everything that is wrong with what a plugin declares.
public struct RegistrationFailure: Error, Hashable, CustomStringConvertible {
    /// The problems, in the order of the declarations; at least one.
    public let problems: [RegistrationProblem]

    /// A line for each problem.
    public var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension DiagnosticCode {
    /// A plugin's name or version is not sound.
    public static let pluginMetadata = DiagnosticCode("PLUGIN", 1)
    /// A plugin declares no function.
    public static let pluginEmpty = DiagnosticCode("PLUGIN", 2)
    /// The name of a function or a parameter cannot be written in a rule.
    public static let pluginName = DiagnosticCode("PLUGIN", 3)
    /// Two functions of a plugin, or two parameters of a function, have one name.
    public static let pluginDuplicate = DiagnosticCode("PLUGIN", 4)
    /// A cache key or a check names a parameter that the function does not have.
    public static let pluginUnknownParameter = DiagnosticCode("PLUGIN", 5)
    /// A setting of a function is out of its range.
    public static let pluginSetting = DiagnosticCode("PLUGIN", 6)
    /// A default or a check contradicts what the parameter says otherwise.
    public static let pluginContradiction = DiagnosticCode("PLUGIN", 7)
    /// A JSON Schema of a plugin's configuration or of a function's input cannot be checked by.
    public static let pluginSchema = DiagnosticCode("PLUGIN", 8)
}
