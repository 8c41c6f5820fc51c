import ArkaModel

/// A function as its author declares it; the registration makes it a ``RegisteredFunction``.
public struct DeclaredFunction: Sendable {
    /// What it takes and answers; its plugin's name comes with the registration.
    var signature: FunctionSignature
    /// How it may be called.
    let settings: FunctionSettings
    /// The code, arguments read and checked.
    let form: RegisteredFunction.Form
    /// What each parameter means.
    let parameterSummaries: [String]
    /// What its parameters must be besides their types.
    let validator: InputValidator
    /// What its arguments must be, as one object; `nil` where the author gives none.
    let inputSchema: DeclaredSchema?
}

/// Collects the functions of a plugin.
@resultBuilder
public enum FunctionsBuilder {
    /// Takes a function of any kind.
    public static func buildExpression<Answer: PluginResult>(
        _ function: PluginFunction<Answer>
    ) -> [DeclaredFunction] {
        [function.declared]
    }

    /// Takes functions that were declared elsewhere.
    public static func buildExpression(_ functions: [DeclaredFunction]) -> [DeclaredFunction] {
        functions
    }

    /// Keeps the order.
    public static func buildBlock(_ parts: [DeclaredFunction]...) -> [DeclaredFunction] {
        parts.flatMap { $0 }
    }

    /// Functions that are there only if something is configured.
    public static func buildOptional(_ part: [DeclaredFunction]?) -> [DeclaredFunction] {
        part ?? []
    }

    /// One set of functions,
    public static func buildEither(first part: [DeclaredFunction]) -> [DeclaredFunction] { part }

    /// or the other.
    public static func buildEither(second part: [DeclaredFunction]) -> [DeclaredFunction] { part }
}
