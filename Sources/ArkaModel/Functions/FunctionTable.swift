/// The functions of all plugins that a topology names: what rules may call.
public struct FunctionTable: Sendable, Hashable {
    /// The functions, in the order in which they were declared.
    public let functions: [FunctionSignature]

    /// Makes a table; of functions with one plugin and name the first counts.
    public init(_ functions: [FunctionSignature] = []) {
        self.functions = functions
    }

    /// The names of all plugins, as rules write them, each once.
    public var plugins: [String] {
        var seen: Set<String> = []
        return functions.map(\.plugin).filter { seen.insert($0).inserted }
    }

    /// The functions of a plugin.
    public func functions(of plugin: String) -> [FunctionSignature] {
        functions.filter { $0.plugin == plugin }
    }

    /// The function that a rule calls as `plugin.<plugin>.<name>`; `nil` if there is none.
    public func function(_ plugin: String, _ name: String) -> FunctionSignature? {
        functions.first { $0.plugin == plugin && $0.name == name }
    }
}
