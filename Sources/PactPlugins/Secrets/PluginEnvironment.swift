/// The variables of the environment that a plugin may read: those that its permissions declare.
public struct PluginEnvironment: Sendable {
    private let declared: Set<String>
    private let values: [String: String]

    /// Shows some variables of an environment.
    /// - Parameters:
    ///   - declared: The names that the plugin declares; all others do not exist for it.
    ///   - environment: The process' own.
    public init(declared: [String] = [], environment: [String: String] = [:]) {
        self.declared = Set(declared)
        values = environment.filter { declared.contains($0.key) }
    }

    /// The value of a variable; `nil` where it is not set or not declared.
    public func get(_ name: String) -> String? { values[name] }
}
