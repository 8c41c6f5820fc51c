import ArkaModel

extension Plugin {
    /// The plugin's functions as the engine calls them.
    /// - Throws: ``RegistrationFailure`` with everything that is wrong with their declarations.
    public func registeredFunctions() throws(RegistrationFailure) -> [RegisteredFunction] {
        try RegisteredFunction.register(functions, of: Self.metadata)
    }
}

extension RegisteredFunction {
    /// Registers the functions that a plugin declares.
    /// - Throws: ``RegistrationFailure`` with everything that is wrong with them.
    public static func register(
        _ functions: [DeclaredFunction], of metadata: PluginMetadata
    ) throws(RegistrationFailure) -> [RegisteredFunction] {
        var check = RegistrationCheck(metadata)
        check.check(functions)
        guard check.problems.isEmpty else { throw RegistrationFailure(problems: check.problems) }
        return functions.map { function in
            var signature = function.signature
            signature.plugin = metadata.ruleName
            return RegisteredFunction(
                signature, function.settings, function.form,
                parameterSummaries: function.parameterSummaries)
        }
    }
}
