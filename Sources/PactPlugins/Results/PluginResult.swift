public import ArkaModel

/// What a function of a plugin answers; each kind of function has its own.
public protocol PluginResult: PluginConvertible {
    /// The kind of function that answers so.
    static var kind: FunctionSignature.Kind { get }
    /// The result as the engine takes it; its value is what rules read.
    var answer: FunctionAnswer { get }
    /// The result that an answer stands for.
    init(_ answer: FunctionAnswer)
    /// Reads a result from JSON with the names of the plugin guide.
    /// - Throws: ``ArgumentMismatch`` if a required field is missing or one is of a wrong type.
    init(wire: PluginValue) throws(ArgumentMismatch)
}

extension PluginResult {
    /// A result without success.
    /// - Parameter error: Why, for people; it is shown with the decision, so it holds nothing secret.
    public static func failure(_ error: String) -> Self {
        Self(FunctionAnswer(isSuccess: false, error: error))
    }
}
