import ArkaModel

extension Plugin {
    /// The plugin's functions as the engine calls them.
    /// - Parameter ruleName: What rules call the plugin; `nil` for its own name.
    /// - Throws: ``RegistrationFailure`` with everything that is wrong with their declarations.
    public func registeredFunctions(
        as ruleName: String? = nil
    ) throws(RegistrationFailure) -> [RegisteredFunction] {
        try RegisteredFunction.register(functions, of: Self.metadata, as: ruleName)
    }
}

extension RegisteredFunction {
    /// Registers the functions that a plugin declares.
    /// - Parameter ruleName: What rules call the plugin; `nil` for its own name.
    /// - Throws: ``RegistrationFailure`` with everything that is wrong with them.
    public static func register(
        _ functions: [DeclaredFunction], of metadata: PluginMetadata, as ruleName: String? = nil
    ) throws(RegistrationFailure) -> [RegisteredFunction] {
        var check = RegistrationCheck(metadata)
        check.check(functions)
        guard check.problems.isEmpty else { throw RegistrationFailure(problems: check.problems) }
        return functions.map { function in
            var signature = function.signature
            signature.plugin = ruleName ?? metadata.ruleName
            return RegisteredFunction(
                signature, function.settings, function.form,
                parameterSummaries: function.parameterSummaries)
        }
    }
}
