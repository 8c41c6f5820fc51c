/// The functions of all plugins that a topology names: what rules may call.
public struct FunctionTable: Sendable, Hashable {
    /// The functions, in the order in which they were declared.
    public let functions: [FunctionSignature]
    /// Plugins whose functions nobody knows, by their names in rules: something else is wrong with
    /// them, and was reported. What rules call of them is not reported besides.
    public let unreadPlugins: Set<String>

    /// Makes a table; of functions with one plugin and name the first counts.
    public init(_ functions: [FunctionSignature] = [], unreadPlugins: Set<String> = []) {
        self.functions = functions
        self.unreadPlugins = unreadPlugins
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
